import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rain, WeatherEdit } from '../../scenario'
import { useEditWindow } from '../inspector/useEditWindow'
import { newEditId } from '../model/editsInForce'
import { EditForm } from '../parts/EditForm'
import { Field } from '../parts/Field'
import { Segments } from '../parts/Segments'
import { session } from '../session'

/** Rain over the whole city within a time window. */
export function RainForm({ onDone }: { onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const hours = useEditWindow()
  const [rain, setRain] = useState<Rain>('heavy')

  function submit(): void {
    const edit: WeatherEdit = { kind: 'weather', id: newEditId('rain'), enabled: true, rain, window: hours.read(), label: t(`weather.${rain}`) }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('weather.title')} onSubmit={submit}>
      <Field label={t('weather.rain')}>
        <Segments label={t('weather.rain')} value={rain} onChange={setRain} options={[
          { value: 'light', text: t('weather.lightShort') }, { value: 'medium', text: t('weather.mediumShort') }, { value: 'heavy', text: t('weather.heavyShort') }]} />
      </Field>
      {hours.fields}
      <p className="soft small">{t('weather.note')}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-rain">{t('weather.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
