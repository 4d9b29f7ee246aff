import { Draw, uniform } from '../../core/random'
import { CrowdCount, Mode, type Crowd } from '../crowd'
import { EVENTS_MAX } from './createNavigation'
import { gridCell } from './walkGrid'

/** Whoever wants to get on and has not come half a metre nearer for so long, s, is sent another way. */
const STUCK_SECONDS = 60
/** Ticks between two looks. */
const LOOK_TICKS = 20
/** Another way: so long in a direction of their own, s. */
const DETOUR_SECONDS = 3
/** Sent another way so often without getting nearer: all are led round the place. */
const HOPELESS = 2
/** Added to how many times longer than alone one takes about a place where somebody was stuck; and at most in all. */
const AVOID = 10
const AVOID_MOST = 400
/** Who stands so near behind somebody, m, who is slower than this, m/s, is in line. */
const LINE_REACH = 1.2
const LINE_SPEED = 0.5
const DIAGONAL = Math.SQRT1_2
const DIRECTIONS = [[1, 0], [DIAGONAL, DIAGONAL], [0, 1], [-DIAGONAL, DIAGONAL], [-1, 0], [-DIAGONAL, -DIAGONAL], [0, -1], [DIAGONAL, -DIAGONAL]] as const

/**
 * Alone: nobody is ever stuck. Who is gets a direction for a while, one of the eight that are free; all ways lead round
 * the place for a while, if there is another; and the event is counted and written down.
 */
export function replanStuck(crowd: Crowd): void {
  const { navigation, now, persons, counts, input, mail, index } = crowd
  const { intents, grid, events } = navigation
  const tick = counts[CrowdCount.tick]
  if (tick % LOOK_TICKS !== 0) return
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const walker = now.walker[row]
    if (persons.mode[walker] !== Mode.walking) { persons.progressTick[walker] = tick; continue }
    if ((tick - persons.progressTick[walker]) * input.dt < STUCK_SECONDS) continue
    if (isInLine(crowd, row, tick)) { persons.progressTick[walker] = tick; continue }
    const at = counts[CrowdCount.replans]++
    if (at < EVENTS_MAX) {
      events.x[at] = now.x[row]
      events.y[at] = now.y[row]
      events.floor[at] = now.floor[row]
      events.tick[at] = tick
      events.walker[at] = walker
    }
    // In a jam one gets on in time; where that did not help, there is no way.
    if (++intents.stuck[walker] >= HOPELESS) avoid(crowd, now.floor[row], now.cell[row])
    const turn = Math.floor(8 * uniform(input.seed, Draw.detour, input.walkers.id[walker], tick))
    for (let k = 0; k < 8; k++) {
      const [x, y] = DIRECTIONS[(turn + k) & 7]
      const cell = gridCell(grid, now.floor[row], now.x[row] + 0.5 * x, now.y[row] + 0.5 * y)
      if (cell < 0 || !(grid.costFree[cell] > 0)) continue
      intents.detourX[walker] = x
      intents.detourY[walker] = y
      break
    }
    intents.detourUntil[walker] = tick + Math.round(DETOUR_SECONDS / input.dt)
    persons.progressTick[walker] = tick
  }
}

/**
 * Whether somebody right ahead has the same way to go, less of it, and stands there for a reason: waits at a gate, an exit
 * or in a queue, got on in the last minute, or is in line themselves. Who stands behind them is not stuck.
 */
function isInLine({ now, persons, input, cellFirst, index: { floors } }: Crowd, row: number, tick: number): boolean {
  const walker = now.walker[row]
  const width = floors.width[now.floor[row]]
  for (let line = now.cell[row] - 2 * width - 2, lines = 5; lines > 0; line += width, lines--)
    for (let other = cellFirst[line]; other < cellFirst[line + 5]; other++) {
      const dx = now.x[other] - now.x[row]
      const dy = now.y[other] - now.y[row]
      const square = dx * dx + dy * dy
      const ahead = dx * now.headingX[row] + dy * now.headingY[row]
      if (square > LINE_REACH * LINE_REACH || ahead <= 0 || 2 * ahead * ahead < square || now.speed[other] > LINE_SPEED) continue
      const next = now.walker[other]
      if (persons.field[next] !== persons.field[walker] || persons.remaining[next] >= persons.remaining[walker]) continue
      if (persons.mode[next] !== Mode.walking || (tick - persons.progressTick[next]) * input.dt < STUCK_SECONDS) return true
    }
  return false
}

/** Has fields take the cells about a place for slow. */
function avoid({ navigation: { stuck }, index: { floors } }: Crowd, floor: number, cell: number): void {
  const width = floors.width[floor]
  for (let line = cell - width; line <= cell + width; line += width)
    for (let other = line - 1; other <= line + 1; other++) stuck[other] = Math.min(AVOID_MOST, stuck[other] + AVOID)
}
