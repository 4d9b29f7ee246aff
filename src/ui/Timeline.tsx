import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsOfDay } from '../scenario'
import { clock } from './model/format'
import { session } from './session'
import { useApp } from './stores/store'

/** The day as a line: what was is looked at again while the thumb is drawn over it, what will be is run ahead to. */
export default function Timeline(): ReactElement | null {
  const { t } = useTranslation()
  const info = useApp(state => state.info)
  const tick = useApp(state => Math.floor((state.status?.totals.tick ?? 0) / 20) * 20)
  const live = useApp(state => Math.floor((state.status?.liveTick ?? 0) / 20) * 20)
  const [chosen, setChosen] = useState<number | null>(null)
  if (!info) return null
  const end = info.startTime + info.endTick * info.dt
  const timeOf = (at: number): string => clock(info.startTime + at * info.dt)
  const share = (at: number): string => `${(100 * at) / info.endTick}%`
  function choose(at: number): void {
    setChosen(at)
    if (at < live) session.review(at)
  }
  function go(): void {
    if (chosen !== null && chosen >= live && chosen - live > 60) void session.runTo(info!.startTime + chosen * info!.dt)
    setChosen(null)
  }
  return (
    <div className="timeline">
      <input type="range" min={0} max={info.endTick} step={20} value={chosen ?? tick}
        style={{ '--done': share(tick), '--live': share(live) } as React.CSSProperties} data-testid="timeline"
        aria-label={t('run.progress', { start: clock(info.startTime), end: clock(end) })}
        aria-valuetext={timeOf(chosen ?? tick)}
        onChange={event => choose(Number(event.target.value))} onPointerUp={go} onKeyUp={event => { if (event.key === 'Enter' || (chosen !== null && chosen < live)) go() }} onBlur={() => setChosen(null)} />
      <EditMarks start={info.startTime} end={end} />
      <div className="timeline-ends soft"><span>{clock(info.startTime)}</span>
        {chosen !== null && <strong>{t(chosen >= live ? 'run.runTo' : 'run.lookAt', { time: timeOf(chosen) })}</strong>}
        <span>{clock(end)}</span></div>
    </div>
  )
}

/** When the changes of the document hold, under the line of the day. */
function EditMarks({ start, end }: { start: number; end: number }): ReactElement | null {
  const edits = useApp(state => state.scenario?.edits)
  const marks = (edits ?? []).filter(edit => edit.enabled).map(({ id, kind, window }) => {
    const [from, to] = [window.start, window.end].map(text => Math.min(1, Math.max(0, ((secondsOfDay(text) ?? start) - start) / (end - start)))) as [number, number]
    return { id, kind, left: from * 100, width: (to - from) * 100 }
  }).filter(({ width }) => width > 0)
  if (marks.length === 0) return null
  return <div className="timeline-marks" aria-hidden>{marks.map(({ id, kind, left, width }) => <i key={id} data-kind={kind} style={{ left: `${left}%`, width: `${width}%` }} />)}</div>
}
