import { CloudRain, Moon, Pause, Play, RotateCcw, Sun, Sunrise, Sunset } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { rainAt } from './model/editsInForce'
import { clock } from './model/format'
import { withTexts } from './i18n'
import { IconButton } from './parts/IconButton'
import { lazyPart } from './parts/lazyPart'
import { SpeedButton } from './SpeedButton'
import { session } from './session'
import { useApp } from './stores/store'

/** No part of opening the city; until it is there the button stands in for it. */
const SpeedMenu = lazyPart(() => import('./SpeedMenu'), SpeedButton)
const Timeline = lazyPart(withTexts(() => import('./Timeline')))

/** Simulated clock, run and pause, speed, and the day as a line. */
export function Transport(): ReactElement {
  const { t } = useTranslation()
  const playing = useApp(state => state.playing)
  const finished = useApp(state => state.status?.finished)
  const running = useApp(state => state.phase === 'running')
  const time = useApp(state => (state.info ? Math.floor(state.info.startTime + (state.status?.totals.tick ?? 0) * state.info.dt) : null))
  const rain = useApp(state => (time === null || !state.scenario ? null : rainAt(state.scenario.edits, time)))
  const part = partOfDay(time ?? 8 * 3600)
  const Icon = part.icon
  return (
    <div className="island glass transport">
      <IconButton icon={playing ? Pause : finished ? RotateCcw : Play} label={t(playing ? 'run.pause' : finished ? 'run.again' : 'run.play')} keys="Space" onClick={() => session.toggle()} />
      {running ? <SpeedMenu /> : <SpeedButton disabled />}
      <div className="clock" data-testid="clock">
        <time>{time === null ? '--:--' : clock(time)}<small>{time === null ? '' : `:${clock(time, true).slice(-2)}`}</small></time>
        <span className="soft" data-rain={rain ?? undefined}>{rain ? <CloudRain aria-hidden size="0.9rem" /> : <Icon aria-hidden size="0.9rem" />} {t(rain ? `weather.${rain}` : `run.${part.name}`)}</span>
      </div>
      {running && <Timeline />}
    </div>
  )
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
