import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { ClosableClass, FloodEdit, LaneUseEdit, MessageEdit } from '../../scenario'
import { newEditId } from '../model/editsInForce'
import { EditForm } from '../parts/EditForm'
import { Field } from '../parts/Field'
import { NumberField } from '../parts/NumberField'
import { Segments } from '../parts/Segments'
import { session } from '../session'
import { useEditWindow } from './useEditWindow'
import { useRoadTarget } from './useRoadTarget'

type Kind = 'laneUse' | 'flood' | 'message'
/** Whom a lane is for, by choice. */
const FOR: Record<'bus' | 'busTaxi' | 'ebike', readonly ClosableClass[]> = { bus: ['bus'], busTaxi: ['bus', 'taxi'], ebike: ['ebike'] }
/** mm through which cars still drive, at walking pace. */
const USUAL_DEPTH = 150
const USUAL_PERCENT = 30

/** A lane for some classes, water on the road, or word to the drivers who are bound over it. */
export function RoadMoreForm({ link, onDone }: { link: number; onDone: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const { target, links, road, fields } = useRoadTarget(link)
  const hours = useEditWindow()
  const [kind, setKind] = useState<Kind>('laneUse')
  const [whom, setWhom] = useState<keyof typeof FOR>('bus')
  const [laneCount, setLaneCount] = useState(1)
  const [side, setSide] = useState<'kerb' | 'median'>('kerb')
  const [depthMm, setDepth] = useState(USUAL_DEPTH)
  const [percent, setPercent] = useState(USUAL_PERCENT)
  const { city } = session
  if (!city || !target) return null
  const lanesMost = Math.max(...links.map(row => city.network.links.laneCount[row]!))

  function submit(): void {
    const base = { id: newEditId(kind), enabled: true, target: target!, window: hours.read(), label: `${road} · ${t(`edits.${kind}`)}` } as const
    const edit: LaneUseEdit | FloodEdit | MessageEdit = kind === 'laneUse' ? { ...base, kind, laneCount: Math.min(laneCount, lanesMost - 1), side, classes: FOR[whom] }
      : kind === 'flood' ? { ...base, kind, depthMm } : { ...base, kind, share: percent / 100 }
    if (session.apply({ kind: 'add', edit })) onDone()
  }

  return (
    <EditForm title={t('roadMore.title')} onSubmit={submit}>
      <label className="number-field">
        <span>{t('roadMore.what')}</span>
        <select className="time-field" data-testid="road-more-kind" value={kind} onChange={event => setKind(event.target.value as Kind)}>
          {(['laneUse', 'flood', 'message'] as const).map(each => <option key={each} value={each}>{t(`edits.${each}`)}</option>)}
        </select>
      </label>
      {fields}
      {kind === 'laneUse' && lanesMost > 1 && <>
        <label className="number-field">
          <span>{t('roadMore.for')}</span>
          <select className="time-field" value={whom} onChange={event => setWhom(event.target.value as keyof typeof FOR)}>
            {(Object.keys(FOR) as (keyof typeof FOR)[]).map(each => <option key={each} value={each}>{t(`roadMore.${each}`)}</option>)}
          </select>
        </label>
        <NumberField label={t('roadMore.lanes')} value={Math.min(laneCount, lanesMost - 1)} min={1} max={lanesMost - 1} step={1} onChange={setLaneCount} />
        <Field label={t('closure.side')}>
          <Segments label={t('closure.side')} value={side} onChange={setSide} options={[{ value: 'kerb', text: t('closure.kerb') }, { value: 'median', text: t('closure.median') }]} />
        </Field>
      </>}
      {kind === 'flood' && <NumberField label={t('roadMore.depth')} value={depthMm} min={10} max={3000} step={10} onChange={setDepth} />}
      {kind === 'message' && <NumberField label={t('roadMore.share')} value={percent} min={0} max={100} step={5} onChange={setPercent} />}
      {hours.fields}
      <p className="soft small">{t(kind === 'laneUse' && lanesMost < 2 ? 'roadMore.oneLane' : `roadMore.note.${kind}`)}</p>
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-road-more" disabled={kind === 'laneUse' && lanesMost < 2}>{t('roadMore.apply')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
