import { Ban, Construction, CornerUpRight, Crosshair, Ellipsis, SlidersHorizontal, Timer } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { GRADED_LEAST, streetLevelOfService } from '../../analysis'
import { linkMiddle, linkOctant } from '../model/cityModel'
import { fixed, metres, whole } from '../model/format'
import { roadName } from '../model/places'
import { roadTitle } from '../model/roadTitle'
import { Figure } from '../parts/Figure'
import { Tip } from '../parts/Tip'
import { session } from '../session'
import { store, useApp } from '../stores/store'
import { CardFrame } from './CardFrame'
import { CapacityForm } from './CapacityForm'
import { ClosureForm } from './ClosureForm'
import { LinkEdits } from './LinkEdits'
import { RoadMoreForm } from './RoadMoreForm'
import { SpeedLimitForm } from './SpeedLimitForm'
import { TurnClosureForm } from './TurnClosureForm'

/** A road section: what it is, how it flows, what is changed about it, and changing it. */
export function LinkCard({ link, onClose }: { link: number; onClose: () => void }): ReactElement | null {
  const { t } = useTranslation()
  const report = useApp(state => (state.linkReport?.link === link ? state.linkReport : null))
  const tool = useApp(state => state.tool)
  const [asked, setAsked] = useState<'closure' | 'turn' | 'limit' | 'works' | 'more' | null>(null)
  const form = tool === 'close' ? 'closure' : asked
  // By the clock of the page: a standing run takes a change in with its next step.
  const shutLanes = useApp(state => countOn(link, state.closedLanes))
  const { city, view } = session
  useEffect(() => {
    view.highlightLinks([link])
    return () => view.highlightLinks([])
  }, [link, view])
  if (!city) return null
  const { network } = city
  const road = roadName(city, link)
  const closed = Math.min(report?.closedLanes ?? 0, shutLanes)
  const shut = report !== null && closed >= report.lanes
  // What was measured before a road was shut or emptied is no state of it.
  const speed = shut || !report ? null : report.speedKmh
  const few = report !== null && !shut && report.seen < GRADED_LEAST
  const grade = report && speed !== null && !few ? streetLevelOfService(speed, report.speedLimitKmh) : null
  function done(): void {
    setAsked(null)
    view.highlightLinks([link])
    if (tool === 'close') store.getState().setTool('inspect')
  }
  return (
    <CardFrame kind={t(`roadClass.${network.links.class[link]!}`)} title={roadTitle(city, link)} onClose={onClose}
      subtitle={<>{road?.other && `${road.other} · `}{t(`heading.${linkOctant(network, link)}`)} · {metres(network.links.length[link]!)}
        {closed > 0 && <i className="tag" data-tone="closure">{t(shut ? 'inspector.closed' : 'inspector.partlyClosed')}</i>}</>}>
      <div className="grade-row">
        <Tip text={shut ? t('inspector.losClosed') : t(few ? 'inspector.losFew' : 'inspector.losNote', { least: GRADED_LEAST, count: report?.seen ?? 0 })} side="left">
          <div className="grade" data-grade={grade ?? 'none'} tabIndex={0}><b>{grade ?? '–'}</b><span>{t('inspector.los')}</span></div>
        </Tip>
        <div className="speed-now">
          <b>{speed === null ? '–' : fixed(speed, 0)}<small> km/h</small></b>
          <span className="soft">{shut ? t('inspector.closedNow') : report && speed === null ? t('inspector.noTraffic', { count: Math.max(1, Math.floor(report.quiet / 60)) }) : `${t('inspector.limit')} ${report ? whole(report.speedLimitKmh) : '–'} km/h`}</span>
          <i className="speed-bar"><i style={{ width: `${speed === null || !report ? 0 : Math.min(100, (100 * speed) / report.speedLimitKmh)}%` }} data-grade={grade ?? 'none'} /></i>
        </div>
      </div>
      <dl className="figures">
        <Figure label={t('inspector.flow')} value={report && !shut ? whole(report.flowVehPerHour) : '–'} unit={t('inspector.flowUnit')} />
        <Figure label={t('inspector.onIt')} value={<span data-testid="link-vehicles">{report ? whole(report.vehicles) : '–'}</span>} unit={t('unit.veh')} />
        <Figure label={t('inspector.queue')} value={report ? whole(report.queueVehicles) : '–'} unit={t('inspector.queueUnit')} />
        <Figure label={t('inspector.lanes')} value={report ? report.lanes : network.links.laneCount[link]!}
          {...(closed > 0 ? { unit: t('inspector.closedLanes', { count: closed }), tone: 'closure' as const } : {})} />
      </dl>
      {form === null && <LinkEdits link={link} />}
      {form === 'closure' && <ClosureForm link={link} onDone={done} />}
      {form === 'turn' && <TurnClosureForm link={link} onDone={done} />}
      {form === 'limit' && <SpeedLimitForm link={link} onDone={done} />}
      {form === 'works' && <CapacityForm link={link} onDone={done} />}
      {form === 'more' && <RoadMoreForm link={link} onDone={done} />}
      {form === null && (
        <div className="row">
          {!shut && <button type="button" className="button closure" data-testid="close-road" onClick={() => setAsked('closure')}><Ban aria-hidden size="1rem" /> {t('rail.close')}</button>}
          {!shut && <button type="button" className="button closure" data-testid="close-turn" onClick={() => setAsked('turn')}><CornerUpRight aria-hidden size="1rem" /> {t('turnClosure.plan')}</button>}
          {!shut && <button type="button" className="button" data-testid="limit-speed" onClick={() => setAsked('limit')}><Timer aria-hidden size="1rem" /> {t('speedLimit.plan')}</button>}
          {!shut && <button type="button" className="button" data-testid="plan-works" onClick={() => setAsked('works')}><Construction aria-hidden size="1rem" /> {t('capacity.plan')}</button>}
          {!shut && <button type="button" className="button" data-testid="road-more" onClick={() => setAsked('more')}><Ellipsis aria-hidden size="1rem" /> {t('roadMore.plan')}</button>}
          {network.nodes.program[network.links.toNode[link]!]! >= 0 && <button type="button" className="button" data-testid="signals-ahead" onClick={() => store.getState().select({ kind: 'node', row: network.links.toNode[link]! })}><SlidersHorizontal aria-hidden size="1rem" /> {t('signalPlan.ahead')}</button>}
          <button type="button" className="button" onClick={() => view.flyTo({ ...linkMiddle(network, link), distance: 600 })}><Crosshair aria-hidden size="1rem" /> {t('inspector.zoom')}</button>
        </div>
      )}
    </CardFrame>
  )
}

function countOn(link: number, closedLanes: readonly number[]): number {
  const lanes = session.city?.network.lanes
  return lanes ? closedLanes.reduce((count, lane) => count + (lanes.link[lane] === link ? 1 : 0), 0) : 0
}
