import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClosureEdit } from '../../scenario'
import { newEditId } from '../model/editsInForce'
import { EditForm } from '../parts/EditForm'
import { Field } from '../parts/Field'
import { Segments } from '../parts/Segments'
import { Stepper } from '../parts/Stepper'
import { session } from '../session'
import { useClasses } from './useClasses'
import { useEditWindow } from './useEditWindow'
import { useRoadTarget } from './useRoadTarget'

/** Closing a road: direction, extent, lanes and time window. It applies to the running simulation at once. */
export function ClosureForm({ link, onDone }: { link: number; onDone: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const { target, links, road, fields } = useRoadTarget(link)
  const hours = useEditWindow()
  const { choice, classes, field } = useClasses()
  const [count, setCount] = useState<number | null>(null)
  const [side, setSide] = useState<'kerb' | 'median'>('kerb')
  const { city } = session
  if (!city || !target) return null
  const lanesMost = Math.max(1, ...links.map(row => city.network.links.laneCount[row]!))

  function submit(): void {
    const edit: ClosureEdit = {
      kind: 'closure', id: newEditId('closure'), enabled: true, target: target!,
      label: choice !== 'all' ? t(`closure.label_${choice}`, { road }) : count === null ? t('closure.label', { road }) : t('closure.labelLanes', { road, count }),
      window: hours.read(),
      lanes: count === null ? 'all' : { count, side }, ...(classes ? { classes } : {}),
    }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('closure.title')} tone="closure" onSubmit={submit}>
      {fields}
      <Field label={t('closure.lanes')}>
        <Stepper value={`${count ?? lanesMost} / ${lanesMost}`} less={t('closure.fewer')} more={t('closure.more')}
          onLess={lanesMost < 2 || count === 1 ? null : () => setCount(Math.max(1, (count ?? lanesMost) - 1))}
          onMore={count === null ? null : () => setCount(count + 1 >= lanesMost ? null : count + 1)}>
          <button type="button" className="segment" aria-pressed={count === null} data-state={count === null ? 'on' : 'off'} onClick={() => setCount(null)}>{t('closure.all')}</button>
        </Stepper>
      </Field>
      {count !== null && (
        <Field label={t('closure.side')}>
          <Segments label={t('closure.side')} value={side} onChange={setSide} options={[
            { value: 'kerb', text: t('closure.kerb') }, { value: 'median', text: t('closure.median') }]} />
        </Field>
      )}
      {field}
      {hours.fields}
      <p className="soft small">{t('closure.note')}</p>
      <div className="row">
        <button type="submit" className="button closure" data-testid="apply-closure">{count === null ? t('closure.apply') : t('closure.applyLanes', { count })}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
