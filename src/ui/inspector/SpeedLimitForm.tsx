import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { SpeedLimitEdit } from '../../scenario'
import { kmPerHour } from '../../sim'
import { newEditId } from '../model/editsInForce'
import { whole } from '../model/format'
import { EditForm } from '../parts/EditForm'
import { Field } from '../parts/Field'
import { Stepper } from '../parts/Stepper'
import { session } from '../session'
import { useEditWindow } from './useEditWindow'
import { useRoadTarget } from './useRoadTarget'

const STEP = 10 // km/h
const LEAST = 10
const MOST = 120

/** Another speed limit for a road within a time window. */
export function SpeedLimitForm({ link, onDone }: { link: number; onDone: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const { target, road, fields } = useRoadTarget(link)
  const hours = useEditWindow()
  const { city } = session
  const usual = city ? Math.round(kmPerHour(city.network.links.speedLimit[link]!)) : 50
  const [limit, setLimit] = useState(() => Math.max(LEAST, Math.floor((usual - 1) / STEP) * STEP))
  if (!city || !target) return null

  function submit(): void {
    const edit: SpeedLimitEdit = {
      kind: 'speedLimit', id: newEditId('limit'), enabled: true, target: target!, window: hours.read(), speedLimitKmh: limit,
      label: t('speedLimit.label', { road, limit }),
    }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('speedLimit.title')} onSubmit={submit}>
      {fields}
      <Field label={t('speedLimit.limit')}>
        <Stepper value={`${whole(limit)} km/h`} less={t('speedLimit.lower')} more={t('speedLimit.higher')}
          onLess={limit <= LEAST ? null : () => setLimit(limit - STEP)} onMore={limit >= MOST ? null : () => setLimit(limit + STEP)}>
          <span className="soft small">{t('speedLimit.usual', { limit: usual })}</span>
        </Stepper>
      </Field>
      {hours.fields}
      <p className="soft small">{t('speedLimit.note')}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-limit" disabled={limit === usual}>{t('speedLimit.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
