import { CloudRain, Moon, Pause, Play, Sun, Sunrise, Sunset } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { secondsOfDay } from '../scenario'
import { rainAt } from './model/editsInForce'
import { clock } from './model/format'
import { IconButton } from './parts/IconButton'
import { lazyPart } from './parts/lazyPart'
import { session } from './session'
import { SpeedButton } from './SpeedButton'
import { store, useApp } from './stores/store'

/** No part of opening the city; until it is there the button stands in for it. */
const SpeedMenu = lazyPart(() => import('./SpeedMenu'), SpeedButton)

/** Simulated clock, run and pause, speed, and the day as a line to run ahead on. */
export function Transport(): ReactElement {
  const { t } = useTranslation()
  const playing = useApp(state => state.playing)
  const running = useApp(state => state.phase === 'running')
  const time = useApp(state => (state.info ? Math.floor(state.info.startTime + (state.status?.totals.tick ?? 0) * state.info.dt) : null))
  const rain = useApp(state => (time === null || !state.scenario ? null : rainAt(state.scenario.edits, time)))
  const part = partOfDay(time ?? 8 * 3600)
  const Icon = part.icon
  return (
    <div className="island glass transport">
      <IconButton icon={playing ? Pause : Play} label={playing ? t('run.pause') : t('run.play')} keys="Space"
        onClick={() => store.setState({ playing: !playing })} />
      {running ? <SpeedMenu /> : <SpeedButton disabled />}
      <div className="clock" data-testid="clock">
        <time>{time === null ? '--:--' : clock(time)}<small>{time === null ? '' : `:${clock(time, true).slice(-2)}`}</small></time>
        <span className="soft" data-rain={rain ?? undefined}>{rain ? <CloudRain aria-hidden size="0.9rem" /> : <Icon aria-hidden size="0.9rem" />} {t(rain ? `weather.${rain}` : `run.${part.name}`)}</span>
      </div>
      <Timeline />
    </div>
  )
}

function Timeline(): ReactElement | null {
  const { t } = useTranslation()
  const info = useApp(state => state.info)
  const tick = useApp(state => Math.floor((state.status?.totals.tick ?? 0) / 20) * 20)
  const [chosen, setChosen] = useState<number | null>(null)
  if (!info) return null
  const end = info.startTime + info.endTick * info.dt
  const timeOf = (at: number): string => clock(info.startTime + at * info.dt)
  const go = (): void => {
    if (chosen !== null && Math.abs(chosen - tick) > 60) void session.runTo(info.startTime + chosen * info.dt)
    setChosen(null)
  }
  return (
    <div className="timeline">
      <input type="range" min={0} max={info.endTick} step={120} value={chosen ?? tick}
        style={{ '--done': `${(100 * tick) / info.endTick}%` } as React.CSSProperties}
        aria-label={t('run.progress', { start: clock(info.startTime), end: clock(end) })}
        aria-valuetext={timeOf(chosen ?? tick)}
        onChange={event => setChosen(Number(event.target.value))} onPointerUp={go} onKeyUp={event => { if (event.key === 'Enter') go() }} onBlur={() => setChosen(null)} />
      <EditMarks start={info.startTime} end={end} />
      <div className="timeline-ends soft"><span>{clock(info.startTime)}</span>
        {chosen !== null && <strong>{t(chosen > tick ? 'run.runTo' : 'run.goBackTo', { time: timeOf(chosen) })}</strong>}
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

function partOfDay(time: number): { name: 'night' | 'dawn' | 'morning' | 'noon' | 'afternoon' | 'dusk'; icon: typeof Sun } {
  const hour = (time / 3600) % 24
  if (hour < 5.5) return { name: 'night', icon: Moon }
  if (hour < 7) return { name: 'dawn', icon: Sunrise }
  if (hour < 11) return { name: 'morning', icon: Sun }
  if (hour < 14) return { name: 'noon', icon: Sun }
  if (hour < 17.5) return { name: 'afternoon', icon: Sun }
  if (hour < 19) return { name: 'dusk', icon: Sunset }
  return { name: 'night', icon: Moon }
}
