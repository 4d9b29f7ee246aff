import { Crosshair, PencilLine, SlidersHorizontal, Trash2 } from 'lucide-react'
import { Switch } from 'radix-ui'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { isEvent, isGroundEdit, ringArea, TRIPS_PER_CAR, type EventEdit, type GroundEdit, type HousingEdit } from '../../scenario'
import { editName } from '../model/labels'
import { endNow, stateOf } from '../model/editsInForce'
import { clock, duration, fixed, squareMetres, whole } from '../model/format'
import { framingOf } from '../model/framing'
import { drawnGround, lengthOf, lineOfEdit, octantAcross, wayNamed, type Point } from '../model/walkGround'
import { wayName } from '../model/wayName'
import { EditForm } from '../parts/EditForm'
import { Figure } from '../parts/Figure'
import { session, timeNow } from '../session'
import { store, useApp } from '../stores/store'
import { CardFrame } from './CardFrame'
import { useGrounds } from './useGrounds'
import { useMeasure } from './useMeasure'

/** A change that stands on the ground: what it is and does, changing it, and taking it away. */
export function MarkCard({ id, onClose }: { id: string; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const edit = useApp(state => state.scenario?.edits.find(each => each.id === id))
  const state = useApp(({ info, status }) => edit && stateOf(edit, info ? info.startTime + (status?.totals.tick ?? 0) * info.dt : 0))
  const [changing, setChanging] = useState(false)
  if (!edit || !(isGroundEdit(edit) || isEvent(edit) || edit.kind === 'housing')) return null
  const time = (state === 'upcoming' ? edit.window.start : edit.window.end).slice(0, 5)
  const remove = (): void => { if (session.apply({ kind: 'remove', id })) onClose() }
  return (
    <CardFrame kind={t(`edits.${edit.kind}`)} title={editName(edit, t)} onClose={onClose}
      subtitle={<>{edit.window.start.slice(0, 5)}–{edit.window.end.slice(0, 5)}<i className="tag" data-tone={state === 'active' ? 'accent' : undefined}>{t(`edits.${state!}`, { time })}</i></>}>
      {isEvent(edit) ? <EventFigures edit={edit} /> : edit.kind === 'housing' ? <EstateFigures edit={edit} /> : <MeasureFigures edit={edit} />}
      {changing && isGroundEdit(edit) ? <ChangeForm edit={edit} onDone={() => setChanging(false)} /> : (
        <>
          <label className="row spread"><span className="small">{t('edits.enable')}</span>
            <Switch.Root className="switch" aria-label={t('edits.enable')} checked={edit.enabled} onCheckedChange={enabled => session.apply({ kind: 'replace', id, edit: { ...edit, enabled } })}>
              <Switch.Thumb className="switch-thumb" />
            </Switch.Root>
          </label>
          <div className="row">
            {isGroundEdit(edit) && <button type="button" className="button" data-testid="change-mark" onClick={() => setChanging(true)}><SlidersHorizontal aria-hidden size="1rem" /> {t('mark.change')}</button>}
            {edit.kind === 'housing' && <button type="button" className="button" data-testid="change-mark" onClick={() => store.getState().draw('housing', id)}><SlidersHorizontal aria-hidden size="1rem" /> {t('mark.change')}</button>}
            {isGroundEdit(edit) && <button type="button" className="button" onClick={() => store.getState().draw(edit.kind, id)}><PencilLine aria-hidden size="1rem" /> {t('mark.redraw')}</button>}
            {isGroundEdit(edit) && state === 'active' && <button type="button" className="button" data-testid="end-mark" onClick={() => session.apply(endNow(edit, timeNow()))}>{t('mark.end')}</button>}
            <button type="button" className="button" onClick={() => void fly(edit)}><Crosshair aria-hidden size="1rem" /> {t('edits.show')}</button>
            <button type="button" className="button" data-testid="remove-mark" onClick={remove}><Trash2 aria-hidden size="1rem" /> {t('mark.remove')}</button>
          </div>
        </>
      )}
    </CardFrame>
  )
}

async function fly(edit: GroundEdit | EventEdit | HousingEdit): Promise<void> {
  const pose = session.city && await framingOf([{ ...edit, enabled: true }], session.city)
  if (pose) session.view.flyTo(pose)
}

function MeasureFigures({ edit }: { edit: GroundEdit }): ReactElement {
  const { t } = useTranslation()
  const { areas, grounds } = useGrounds()
  const line = lineOfEdit(edit, areas, grounds)?.line ?? []
  const passage = edit.kind === 'countLine' ? undefined : edit.passage
  const found = edit.kind === 'gate' && typeof edit.at === 'string' ? wayNamed(areas, edit.at) : null
  const way = passage && (found ? t(`draw.${found.way.kind}${passage === 'toLeft' ? 'Out' : 'In'}`) : line.length > 1 ? t(`heading.${octantAcross(line, passage)}`) : '')
  return (
    <>
      <dl className="figures">
        <Figure label={t('mark.length')} value={line.length > 1 ? fixed(lengthOf(line), 1) : '–'} unit="m" />
        {edit.kind === 'gate' && <Figure label={t('draw.persons')} value={edit.personsPerMinute === 0 ? t('mark.shut') : whole(edit.personsPerMinute)} {...(edit.personsPerMinute === 0 ? { tone: 'closure' as const } : {})} />}
        {edit.kind !== 'countLine' && <Figure label={t('draw.direction')} value={way ?? t(edit.kind === 'gate' ? 'draw.both' : 'draw.nobody')} />}
      </dl>
      {edit.kind === 'gate' && <GateFigures id={edit.id} />}
      {edit.kind === 'countLine' && <CountFigures id={edit.id} line={line} />}
      {found && <p className="soft small">{wayName(found.way, found.area, t)}</p>}
    </>
  )
}

/** What a run has seen at an entry control. */
function GateFigures({ id }: { id: string }): ReactElement | null {
  const { t } = useTranslation()
  const queue = useApp(state => state.status?.people?.queues.find(each => each.id === `edit:${id}`))
  return queue ? (
    <dl className="figures">
      <Figure label={t('mark.waitingNow')} value={whole(queue.now)} unit={t('kpiUnit.persons')} />
      <Figure label={t('mark.waitingMost')} value={whole(queue.most)} unit={t('kpiUnit.persons')} />
      <Figure label={t('mark.passed')} value={whole(queue.passed)} unit={t('kpiUnit.persons')} />
      <Figure label={t('mark.wait')} value={queue.waitMean === null ? '–' : duration(queue.waitMean)} unit={t('unit.min')} />
    </dl>
  ) : null
}

/** What a run has counted at a line. */
function CountFigures({ id, line }: { id: string; line: readonly Point[] }): ReactElement | null {
  const { t } = useTranslation()
  const start = useApp(state => state.info?.startTime ?? 0)
  const counted = useApp(state => state.status?.people?.lines.find(each => each.id === id))
  if (!counted || line.length < 2) return <p className="soft small">{t('mark.nobodyYet')}</p>
  const { toLeft, toRight, flowNow, peak, limit } = counted
  return (
    <dl className="figures" data-testid="count-figures">
      <Figure label={t(`heading.${octantAcross(line, 'toLeft')}`)} value={whole(toLeft)} unit={t('kpiUnit.persons')} />
      <Figure label={t(`heading.${octantAcross(line, 'toRight')}`)} value={whole(toRight)} unit={t('kpiUnit.persons')} />
      <Figure label={t('mark.flowNow')} value={fixed(flowNow, 1)} unit="p/m/min" {...(flowNow > limit ? { tone: 'bad' as const } : {})} />
      <Figure label={t('mark.flowMost')} value={peak ? fixed(peak.flow, 1) : '–'} unit={peak ? `p/m/min, ${clock(start + peak.time)}` : ''} {...(peak && peak.flow > limit ? { tone: 'bad' as const } : {})} />
    </dl>
  )
}

function EventFigures({ edit }: { edit: EventEdit }): ReactElement {
  const { t } = useTranslation()
  const ground = drawnGround(edit)
  return (
    <dl className="figures">
      <Figure label={t('event.attendance')} value={whole(edit.attendance)} />
      {ground && <Figure label={t('mark.ground')} value={squareMetres(ringArea(ground.outline))} />}
      {ground && <Figure label={t('mark.exits')} value={ground.exits.length > 0 ? ground.exits.length : t('mark.exitsOwn')} />}
      {edit.onFoot?.metroShare !== undefined && <Figure label={t('event.metro')} value={Math.round(edit.onFoot.metroShare * 100)} />}
    </dl>
  )
}

function EstateFigures({ edit: { persons, carsPerPerson } }: { edit: HousingEdit }): ReactElement {
  const { t } = useTranslation()
  return (
    <dl className="figures">
      <Figure label={t('housing.persons')} value={whole(persons)} />
      <Figure label={t('housing.carsAll')} value={whole(persons * carsPerPerson)} />
      <Figure label={t('housing.tripsDaily')} value={whole(persons * carsPerPerson * TRIPS_PER_CAR)} />
    </dl>
  )
}

function ChangeForm({ edit, onDone }: { edit: GroundEdit; onDone: () => void }): ReactElement {
  const { t } = useTranslation()
  const { areas, grounds } = useGrounds()
  const line = lineOfEdit(edit, areas, grounds)?.line ?? null
  const found = edit.kind === 'gate' && typeof edit.at === 'string' ? wayNamed(areas, edit.at) : null
  const measure = useMeasure(edit.kind, { line, way: found?.way.kind ?? null, old: edit })
  function submit(): void {
    if (!line) return
    const next = measure.edit(found ? { way: found.way.id, name: wayName(found.way, found.area, t) } : { line, level: edit.level ?? null })
    if (session.apply({ kind: 'replace', id: edit.id, edit: next })) onDone()
  }
  return (
    <EditForm title={t('mark.change')} onSubmit={submit}>
      {measure.fields}
      <div className="row">
        <button type="submit" className="button primary" data-testid="apply-measure">{t('draw.save')}</button>
        <button type="button" className="button" onClick={onDone}>{t('closure.cancel')}</button>
      </div>
    </EditForm>
  )
}
