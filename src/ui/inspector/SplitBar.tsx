import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { StageTimes } from '../../scenario'

interface Props { readonly stages: readonly StageTimes[]; readonly greens: readonly number[]; readonly cycle: number; readonly onChange: (greens: readonly number[]) => void }

/** One cycle as a bar: greens with the yellow and all-red after each. What lies between two greens can be dragged, so that one gains what the other loses. */
export function SplitBar({ stages, greens, cycle, onChange }: Props): ReactElement {
  const { t } = useTranslation()
  const bar = useRef<HTMLDivElement>(null)
  const dragged = useRef<{ readonly at: number; readonly x: number; readonly greens: readonly number[] } | null>(null)

  /** Moves seconds from the green after a gap to the one before it, as far as both keep their least. */
  function shift(from: readonly number[], at: number, seconds: number): void {
    const [low, high] = [Math.ceil(stages[at]!.greenMin) - from[at]!, from[at + 1]! - Math.ceil(stages[at + 1]!.greenMin)]
    const moved = Math.max(Math.min(0, low), Math.min(Math.max(0, high), Math.round(seconds)))
    onChange(from.map((green, each) => (each === at ? green + moved : each === at + 1 ? green - moved : green)))
  }
  function begin(event: PointerEvent<HTMLElement>, at: number): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    dragged.current = { at, x: event.clientX, greens }
  }
  function drag(event: PointerEvent<HTMLElement>): void {
    const held = dragged.current
    if (held && bar.current) shift(held.greens, held.at, ((event.clientX - held.x) / bar.current.clientWidth) * cycle)
  }
  function onKey(event: KeyboardEvent, at: number): void {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    event.stopPropagation()
    shift(greens, at, by)
  }
  return (
    <div ref={bar} className="split-bar" role="group" aria-label={t('signalPlan.splits')}>
      {stages.map(({ yellow, allRed }, at) => (
        <div key={at} className="split" style={{ flexGrow: greens[at]! + yellow + allRed }}>
          <span className="split-green" style={{ flexGrow: greens[at]! }}>{at + 1}<small>{greens[at]} s</small></span>
          {at < stages.length - 1
            ? <span className="split-gap" style={{ flexGrow: yellow + allRed }} role="slider" tabIndex={0} aria-label={t('signalPlan.between', { stage: at + 1, next: at + 2 })}
                aria-valuemin={Math.ceil(stages[at]!.greenMin)} aria-valuemax={Math.floor(greens[at]! + greens[at + 1]! - stages[at + 1]!.greenMin)} aria-valuenow={greens[at]!} aria-valuetext={t('signalPlan.greenOf', { stage: at + 1, seconds: greens[at]! })}
                onPointerDown={event => begin(event, at)} onPointerMove={drag} onPointerUp={() => { dragged.current = null }} onPointerCancel={() => { dragged.current = null }} onKeyDown={event => onKey(event, at)} />
            : <span className="split-gap" data-last style={{ flexGrow: yellow + allRed }} />}
        </div>
      ))}
    </div>
  )
}
