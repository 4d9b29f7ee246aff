import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { CapacityEdit } from '../../scenario'
import { newEditId } from '../model/editsInForce'
import { EditForm } from '../parts/EditForm'
import { NumberField } from '../parts/NumberField'
import { session } from '../session'
import { useEditWindow } from './useEditWindow'
import { useRoadTarget } from './useRoadTarget'

/** What a lane beside works carries unless the planner says otherwise: 1,600 of some 2,250 veh/h (Highway Capacity Manual 2000, ch. 22, short-term works). */
const USUAL_PERCENT = 70

/** A road that carries less for a while: works or an accident beside it. */
export function CapacityForm({ link, onDone }: { link: number; onDone: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const { target, road, fields } = useRoadTarget(link)
  const hours = useEditWindow()
  const [percent, setPercent] = useState(USUAL_PERCENT)
  if (!target) return null

  function submit(): void {
    const edit: CapacityEdit = {
      kind: 'capacity', id: newEditId('works'), enabled: true, target: target!, capacityShare: percent / 100, window: hours.read(),
      label: t('capacity.label', { road, percent }),
    }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('capacity.title')} onSubmit={submit}>
      {fields}
      <NumberField label={t('capacity.share')} value={percent} min={20} max={100} step={5} onChange={setPercent} />
      {hours.fields}
      <p className="soft small">{t('capacity.note')}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-works" disabled={percent === 100}>{t('capacity.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
