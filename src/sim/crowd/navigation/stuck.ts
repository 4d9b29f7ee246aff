import { Draw, uniform } from '../../core/random'
import { CrowdCount, Mode, type Crowd } from '../crowd'
import { EVENTS_MAX } from './createNavigation'
import { look, seen } from './flowField'
import { sees } from './targets'
import { FIELD_SPEED, gridCell } from './walkGrid'

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
/** Who stands so near behind somebody, m, who is slower than this, m/s, is in line; a line is followed for so many at most. */
const LINE_REACH = 1.5
const LINE_SPEED = 0.5
const LINE_MAX = 256
/** So many times longer than alone one takes at most in a throng, as fields have it. */
const SLOWEST = 4
const DIAGONAL = Math.SQRT1_2
const DIRECTIONS = [[1, 0], [DIAGONAL, DIAGONAL], [0, 1], [-DIAGONAL, DIAGONAL], [-1, 0], [-DIAGONAL, -DIAGONAL], [0, -1], [DIAGONAL, -DIAGONAL]] as const

/**
 * Alone: nobody is ever stuck. Who is, and does not wait in a line that gets on, gets a direction for a while, one of the eight that are free; all ways lead round
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
    if (lineTick(crowd, row, tick) >= 0) continue
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

/** Those from whom the line that is looked at has been followed on, and the latest progress of somebody right ahead. Scratch of one thread. */
const line = { walkers: new Int32Array(LINE_MAX), tick: -1 }

/**
 * When the line that somebody stands in last got on: from each to who stands right ahead, up to one who got on in the last
 * minute, or waits for a reason: at a gate, at an exit, in a queue. -1 = there is none, so this is no line, and who stands
 * in it is stuck. Lines are those before a door too, where people part behind it. The one moment counts for all who have
 * been asked, so that those who wait for each other wait no longer than a minute.
 */
function lineTick(crowd: Crowd, row: number, tick: number): number {
  const { persons, now, input } = crowd
  const oldest = tick - STUCK_SECONDS / input.dt
  let at = row
  for (let length = 0; length < LINE_MAX; length++) {
    line.walkers[length] = now.walker[at]
    at = rightAhead(crowd, at, tick)
    if (at < 0) return -1
    if (line.tick <= oldest) continue
    for (let k = 0; k <= length; k++) if (persons.progressTick[line.walkers[k]] < line.tick) persons.progressTick[line.walkers[k]] = line.tick
    return line.tick
  }
  return -1
}

/**
 * Row of who is farthest ahead on one's way, within reach, slow, in sight, and goes the same way; or of one who got on in
 * the last minute, where there is any. -1 = nobody. Sets `line.tick` to when they got on.
 */
function rightAhead(crowd: Crowd, row: number, tick: number): number {
  const { now, persons, input, cellFirst, index, navigation: { intents } } = crowd
  const walker = now.walker[row]
  const floor = now.floor[row]
  const x = now.x[row]
  const y = now.y[row]
  const field = persons.field[walker]
  if (!lookAlong(crowd, field, floor, x, y)) return -1
  const { x: wayX, y: wayY, time } = seen
  const width = index.floors.width[floor]
  const oldest = tick - STUCK_SECONDS / input.dt
  let found = -1
  let farthest = 0
  for (let first = now.cell[row] - 2 * width - 2, lines = 5; lines > 0; first += width, lines--)
    for (let other = cellFirst[first]; other < cellFirst[first + 5]; other++) {
      const dx = now.x[other] - x
      const dy = now.y[other] - y
      const square = dx * dx + dy * dy
      if (other === row || square > LINE_REACH * LINE_REACH || now.speed[other] > LINE_SPEED) continue
      const ahead = dx * wayX + dy * wayY
      if (ahead <= 0 || 4 * ahead * ahead < square) continue
      const next = now.walker[other]
      // Beyond a fence or wall the way is another one.
      if (!lookAlong(crowd, field, floor, now.x[other], now.y[other]) || seen.time > time || (time - seen.time) * FIELD_SPEED > SLOWEST * Math.sqrt(square) + 1) continue
      if (persons.field[next] !== field && !(lookAlong(crowd, persons.field[next], floor, now.x[other], now.y[other]) && seen.x * wayX + seen.y * wayY > 0)) continue
      if (!sees(index, floor, x, y, now.x[other], now.y[other])) continue
      // Who has been sent another way has not got on yet.
      const since = waitsForReason(persons, next, field) ? tick : intents.stuck[next] > 0 ? -1 : persons.progressTick[next]
      if (since > oldest) {
        line.tick = since
        return other
      }
      if (ahead <= farthest) continue
      farthest = ahead
      found = other
      line.tick = since
    }
  return found
}

/** Looks up the way of a field at a place; false = there is none. */
function lookAlong({ navigation: { fields, grid, openings, openingsIfOpen } }: Crowd, row: number, floor: number, x: number, y: number): boolean {
  if (row < 0 || fields[row].made[0] === 0) return false
  look(grid, fields[row].waits ? openingsIfOpen : openings, fields[row], floor, x, y)
  return seen.time < Infinity
}

/** At a gate, at an exit or in a queue; who stays somewhere only if one wants to get there as well. */
function waitsForReason({ mode, remaining, field }: Crowd['persons'], walker: number, of: number): boolean {
  if (mode[walker] === Mode.walking) return false
  return mode[walker] === Mode.standing ? field[walker] === of : remaining[walker] < Infinity
}

/** Has fields take the cells about a place for slow. */
function avoid({ navigation: { stuck }, index: { floors } }: Crowd, floor: number, cell: number): void {
  const width = floors.width[floor]
  for (let line = cell - width; line <= cell + width; line += width)
    for (let other = line - 1; other <= line + 1; other++) stuck[other] = Math.min(AVOID_MOST, stuck[other] + AVOID)
}
