import { useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { BEAUFORT_SPEEDS, exposedRoads, GALE, type Rain, type SingleEdit, type WeatherEdit } from '../../scenario'
import { useEditWindow } from '../inspector/useEditWindow'
import { newEditId } from '../model/editsInForce'
import { fixed } from '../model/format'
import { namePair } from '../model/places'
import { weatherName } from '../model/describeEdit'
import { EditForm } from '../parts/EditForm'
import { Field } from '../parts/Field'
import { Segments } from '../parts/Segments'
import { session } from '../session'

/** Beaufort numbers that are offered: below them wind does nothing. */
const FORCES = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]

/** Rain and wind over the whole city within a time window; of a gale, what is done about roads on bridges too. */
export function WeatherForm({ old, onDone }: { old?: WeatherEdit; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const hours = useEditWindow(old ? { given: old.window } : {})
  const [rain, setRain] = useState<Rain | 'none'>(old ? old.rain ?? 'none' : 'heavy')
  const [force, setForce] = useState(old?.windBeaufort ?? 0)
  const [bridges, setBridges] = useState(old === undefined)
  const exposed = useMemo(() => (session.city ? exposedRoads(session.city.network) : []), [])
  const gale = force >= GALE.limited && exposed.length > 0
  const shut = force >= GALE.shut

  function submit(): void {
    const window = hours.read()
    const falls = rain === 'none' ? {} : { rain }
    const blows = force > 0 ? { windBeaufort: force } : {}
    const edit: WeatherEdit = { kind: 'weather', id: old?.id ?? newEditId('weather'), enabled: old?.enabled ?? true, ...falls, ...blows, window, label: weatherName({ ...falls, ...blows }, t) }
    const about = exposed.map((road, at): SingleEdit => {
      const base = { id: `${newEditId('gale')}-${at + 1}`, enabled: true, window, target: { road }, label: t(shut ? 'wind.shutLabel' : 'wind.limitLabel', { road: nameOf(road), limit: GALE.limitKmh }) } as const
      return { kind: 'add', edit: shut ? { kind: 'closure', lanes: 'all', ...base } : { kind: 'speedLimit', speedLimitKmh: GALE.limitKmh, ...base } }
    })
    const edits = [old ? { kind: 'replace', id: old.id, edit } as const : { kind: 'add', edit } as const, ...gale && bridges ? about : []]
    if (session.apply({ kind: 'several', edits })) onDone()
  }

  return (
    <EditForm title={t('wind.title')} onSubmit={submit}>
      <Field label={t('weather.rain')}>
        <Segments label={t('weather.rain')} value={rain} onChange={setRain} options={[
          { value: 'none', text: t('wind.none') }, { value: 'light', text: t('weather.lightShort') }, { value: 'medium', text: t('weather.mediumShort') }, { value: 'heavy', text: t('weather.heavyShort') }]} />
      </Field>
      <label className="number-field"><span>{t('wind.wind')}</span>
        <select className="time-field" data-testid="wind-force" value={force} onChange={({ target }) => setForce(Number(target.value))}>
          <option value={0}>{t('wind.none')}</option>
          {FORCES.map(each => <option key={each} value={each}>{t('wind.force', { force: each, from: fixed(BEAUFORT_SPEEDS[each]!, 1), to: fixed(BEAUFORT_SPEEDS[each + 1]!, 1) })}</option>)}
        </select>
      </label>
      {gale && <label className="row small"><input type="checkbox" checked={bridges} onChange={({ target }) => setBridges(target.checked)} />
        <span>{t(shut ? 'wind.shut' : 'wind.limit', { roads: exposed.map(nameOf).join(t('edits.comma')), limit: GALE.limitKmh })}</span></label>}
      {hours.fields}
      <p className="soft small">{t('weather.note')} {force > 0 && t('wind.note')}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-rain" disabled={rain === 'none' && force === 0}>{t(old ? 'draw.save' : 'wind.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}

const nameOf = (road: string): string => (session.city ? namePair(session.city.pack, road).name : road)
