import { useRef, type KeyboardEvent, type PointerEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { metresPerSecond } from '../../sim'
import { metres } from '../model/format'
import { placeRows } from './placeRows'
import type { CorridorDraft, SignalDraft } from './useCorridorDraft'

/** Cycles of the slowest signal that are drawn. */
const CYCLES = 3
const LEFT = 230, RIGHT = 14, TOP = 14, BOTTOM = 30 // px
/** px: of a bar; between two rows, from name to name, and of what is dragged of a row. */
const BAR = 5, ROWS_APART = 13, NAMES_APART = 15, GRIP = 26
const TICK_EVERY = 30 // s

interface Props { readonly draft: CorridorDraft; readonly width: number; /** px for the distances. */ readonly height: number; readonly nameOf: (node: number) => string }

/** Signals of a road by distance, to scale, over some cycles: green and red of both directions, and the bands of those who meet only green. A row is dragged to move its offset. */
export function TimeSpaceDiagram({ draft, width, height, nameOf }: Props): ReactElement {
  const { t } = useTranslation()
  const { signals, bands, cycle, speedKmh } = draft
  const end = CYCLES * Math.max(...signals.map(each => each.cycle))
  const x = (time: number): number => LEFT + (time / end) * (width - LEFT - RIGHT)
  const rows = placeRows(signals.map(({ signal }) => signal.at), height - TOP - BOTTOM - GRIP / 2, ROWS_APART, NAMES_APART)
  const y = (row: number): number => TOP + rows.height - rows.lines[row]!
  const bottom = TOP + rows.height + GRIP / 2
  const ticks = Array.from({ length: Math.floor(end / TICK_EVERY) + 1 }, (_, at) => at * TICK_EVERY)
  const speed = metresPerSecond(speedKmh)
  /** A band from place to place. */
  const polygon = (direction: 'forward' | 'backward', first: number, wide: number): string => {
    const shift = (at: number): number => (direction === 'forward' ? at / speed : -at / speed)
    const side = (from: number): string[] => signals.map(({ signal }, row) => `${x(from + shift(signal.at)).toFixed(1)},${y(row).toFixed(1)}`)
    return [...side(first), ...side(first + wide).reverse()].join(' ')
  }
  const travel = (signals.at(-1)!.signal.at - signals[0]!.signal.at) / speed
  const starts = (start: number, back: boolean): number[] => (cycle === null ? [] : Array.from({ length: CYCLES + 2 * Math.ceil(travel / cycle) + 2 }, (_, at) => start + (at - (back ? 0 : Math.ceil(travel / cycle)) - 1) * cycle))
  return (
    <svg className="time-space" width={width} height={bottom + BOTTOM} role="group" aria-label={t('corridor.diagram')}>
      <clipPath id="time-space-room"><rect x={LEFT} y={0} width={width - LEFT - RIGHT} height={bottom + 4} /></clipPath>
      {ticks.map(time => <g key={time}><line className="time-tick" x1={x(time)} x2={x(time)} y1={TOP / 2} y2={bottom} /><text x={x(time)} y={bottom + 16} textAnchor="middle">{time}</text></g>)}
      <text x={width - RIGHT} y={bottom + 28} textAnchor="end">{t('corridor.seconds')}</text>
      <g clipPath="url(#time-space-room)">
        {(['forward', 'backward'] as const).flatMap(direction => {
          const band = bands?.[direction]
          return band && band.width > 0 ? starts(band.start, direction === 'backward').map(start => <polygon key={`${direction} ${start}`} className="wave" data-direction={direction} points={polygon(direction, start, band.width)} />) : []
        })}
      </g>
      {signals.map((each, row) => <Row key={each.signal.program} each={each} y={y(row)} named={TOP + rows.height - rows.names[row]!} grip={gripOf(rows.lines, row)} x={x} end={end} name={nameOf(each.signal.node)} onOffset={offset => draft.setOffset(row, offset)} />)}
    </svg>
  )
}

interface RowProps { readonly each: SignalDraft; readonly y: number; /** px, of its name. */ readonly named: number; /** px above and below its line that are dragged. */ readonly grip: number; readonly x: (time: number) => number; readonly end: number; readonly name: string; readonly onOffset: (offset: number) => void }

/** One signal: above its line those who drive with the order of the road, below those against it. */
function Row({ each, y, named, grip, x, end, name, onOffset }: RowProps): ReactElement {
  const { t } = useTranslation()
  const held = useRef<{ readonly x: number; readonly offset: number } | null>(null)
  const { cycle, offset, wave, signal } = each
  const begin = (event: PointerEvent<SVGGElement>): void => {
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = { x: event.clientX, offset }
  }
  const drag = (event: PointerEvent<SVGGElement>): void => {
    if (held.current) onOffset(held.current.offset + (event.clientX - held.current.x) / (x(1) - x(0)))
  }
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowRight' || event.key === 'ArrowUp' ? 1 : event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 0
    if (by === 0) return
    event.preventDefault()
    event.stopPropagation()
    onOffset(offset + by)
  }
  const release = (): void => { held.current = null }
  return (
    <g className="signal-row" role="slider" tabIndex={0} aria-label={t('corridor.offsetOf', { name })} aria-valuemin={0} aria-valuemax={Math.ceil(cycle) - 1} aria-valuenow={offset} aria-valuetext={t('corridor.offsetIs', { offset })}
      onPointerDown={begin} onPointerMove={drag} onPointerUp={release} onPointerCancel={release} onKeyDown={onKey}>
      <title>{name}</title>
      <rect className="signal-grip" x={LEFT} y={y - grip} width={x(end) - LEFT} height={2 * grip} />
      <rect className="signal-grip" x={0} y={named - NAMES_APART / 2} width={LEFT - 12} height={NAMES_APART} />
      <text className="signal-name" x={LEFT - 70} y={named + 4} textAnchor="end">{shorten(name)}</text>
      <text x={LEFT - 16} y={named + 4} textAnchor="end">{metres(signal.at)}</text>
      <line className="time-tick" x1={LEFT - 13} x2={LEFT} y1={named} y2={y} />
      {(['forward', 'backward'] as const).map(direction => {
        const span = wave[direction]
        const top = direction === 'forward' ? y - BAR - 1 : y + 1
        if (!span) return null
        const spans = Array.from({ length: Math.ceil(end / cycle) + 2 }, (_, at) => offset + span.start + (at - 1) * cycle - (offset + span.start >= cycle ? cycle : 0))
        return (
          <g key={direction}>
            <rect className="red" x={x(0)} y={top + 1} width={x(end) - x(0)} height={BAR - 2} />
            {spans.map(start => [Math.max(0, start), Math.min(end, start + span.length)] as const).filter(([from, to]) => to > from).map(([from, to]) => <rect key={from} className="green" data-direction={direction} x={x(from)} y={top} width={x(to) - x(from)} height={BAR} />)}
          </g>
        )
      })}
    </g>
  )
}

const LONGEST = 20
const shorten = (name: string): string => (name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name)

/** Half of the way to the next row, or as far as a row reaches that stands alone. */
const gripOf = (lines: readonly number[], row: number): number =>
  Math.min(GRIP / 2, ...[row - 1, row + 1].filter(other => lines[other] !== undefined).map(other => Math.max(BAR, Math.abs(lines[other]! - lines[row]!) / 2)))
