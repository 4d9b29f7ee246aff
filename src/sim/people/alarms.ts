import { columnsOf, createTable, type ColumnArray, type Columns, type TableOf } from '../core/table'
import { distanceSquare } from '../crowd/planGeometry'
import type { WalkSpace } from '../crowd/walkSpace'
import { AlarmKind, crowdLimits, type CrowdLimits } from './crowdLimits'

/** Share of a limit below which what passed it is calm again, so that a value that sways about its limit is one alarm. Assumed. */
export const ENDS_BELOW = 0.9
/** m within which places of one floor, or of two that meet, are one. Assumed. */
const PLACE = 50
/** By kind: s for which it must be calm until an alarm is over. A line is counted once a minute; between two trains a platform is calm. Assumed. */
const CALM = [60, 60, 60, 90, 300, 300] as const
/** By kind, of what it is a grade: of these, one alarm a place. */
const FAMILY = [AlarmKind.unstable, AlarmKind.unstable, AlarmKind.turbulent, AlarmKind.flow, AlarmKind.platform, AlarmKind.platform] as const

export const alarmColumns = {
  x: { type: 'f64', unit: 'm', doc: 'where it was worst' },
  y: { type: 'f64', unit: 'm', doc: 'the same' },
  peak: { type: 'f64', unit: 'of its kind', doc: 'most that was measured there' },
  limit: { type: 'f64', unit: 'of its kind', doc: 'what it passed' },
  tick: { type: 'i32', unit: 'tick', doc: 'of the crowd, when it began' },
  peakTick: { type: 'i32', unit: 'tick', doc: 'when it was worst' },
  endTick: { type: 'i32', unit: 'tick', doc: 'when it was last above what keeps it up; -1 = it goes on' },
  floor: { type: 'i32', unit: 'row', doc: 'floor; -1 = footways' },
  persons: { type: 'i32', unit: 'persons', doc: 'who were there when it was worst; 0 = a line' },
  kind: { type: 'i32', unit: 'AlarmKind', doc: 'what passed its limit' },
} as const satisfies Columns
const ALARMS_MAX = 512

/** What passes a limit at a place, alarm or not yet. */
export const episodeColumns = {
  x: { type: 'f64', unit: 'm', doc: 'place' },
  y: { type: 'f64', unit: 'm', doc: 'place' },
  value: { type: 'f64', unit: 'of its kind', doc: 'worst of this look; 0 = calm' },
  valueX: { type: 'f64', unit: 'm', doc: 'where' },
  valueY: { type: 'f64', unit: 'm', doc: 'where' },
  limit: { type: 'f64', unit: 'of its kind', doc: 'what is to be passed' },
  sum: { type: 'f64', unit: 'of its kind', doc: 'of the values of the looks that are averaged' },
  peak: { type: 'f64', unit: 'of its kind', doc: 'most so far' },
  peakX: { type: 'f64', unit: 'm', doc: 'where' },
  peakY: { type: 'f64', unit: 'm', doc: 'where' },
  seconds: { type: 'i32', unit: 's', doc: 'that are averaged so far' },
  floor: { type: 'i32', unit: 'row', doc: 'floor; -1 = footways' },
  kind: { type: 'i32', unit: 'AlarmKind', doc: 'what is measured, and how grave it is' },
  persons: { type: 'i32', unit: 'persons', doc: 'of the worst of this look' },
  tick: { type: 'i32', unit: 'tick', doc: 'when it began' },
  peakTick: { type: 'i32', unit: 'tick', doc: 'when it was worst' },
  peakPersons: { type: 'i32', unit: 'persons', doc: 'who were there then' },
  lastTick: { type: 'i32', unit: 'tick', doc: 'when it was last not calm' },
  alarm: { type: 'i32', unit: 'row', doc: 'its alarm; -1 = has not lasted yet' },
  used: { type: 'i32', unit: '1', doc: '1 = goes on; 0 = free row' },
} as const satisfies Columns
const EPISODES_MAX = 128

/** What passes its limit: one alarm a place and episode, from when it began until it is calm again. A log by the limits of its time. */
export interface Alarms {
  readonly limits: CrowdLimits
  readonly list: TableOf<typeof alarmColumns>
  readonly episodes: TableOf<typeof episodeColumns>
  /** How many there have been, listed or not. */
  readonly raised: Int32Array
  /** Pairs of floors that meet: a * floors + b. */
  readonly meeting: ReadonlySet<number>
  readonly floors: number
}

export function createAlarms({ floors, joins }: Pick<WalkSpace, 'floors' | 'joins'>, limits = crowdLimits): Alarms {
  const row = new Map(floors.map(({ id }, at) => [id, at]))
  const meeting = new Set(joins.flatMap(({ floors: [a, b] }) => [row.get(a)! * floors.length + row.get(b)!, row.get(b)! * floors.length + row.get(a)!]))
  return { limits, list: createTable(alarmColumns, ALARMS_MAX), episodes: createTable(episodeColumns, EPISODES_MAX), raised: new Int32Array(1), meeting, floors: floors.length }
}

/**
 * Tells what is measured at a place now, as soon as it reaches `ENDS_BELOW` of its limit. @param floor  row, -1 = footways
 * @param persons  who are there
 */
export function noteAlarm(alarms: Alarms, kind: number, value: number, limit: number, persons: number, floor: number, x: number, y: number, tick: number): void {
  const { episodes } = alarms
  let row = episodeAt(alarms, kind, floor, x, y)
  if (row < 0) {
    if (value <= limit) return
    row = episodes.used.indexOf(0)
    if (row < 0) return
    episodes.used[row] = 1
    episodes.x[row] = x
    episodes.y[row] = y
    episodes.floor[row] = floor
    episodes.tick[row] = tick
    episodes.alarm[row] = -1
    episodes.kind[row] = kind
    episodes.limit[row] = limit
    episodes.value[row] = episodes.sum[row] = episodes.seconds[row] = episodes.peak[row] = 0
  }
  episodes.lastTick[row] = tick
  if (kind > episodes.kind[row]) worsen(alarms, row, kind, limit)
  if (value <= episodes.value[row]) return
  episodes.value[row] = value
  episodes.valueX[row] = x
  episodes.valueY[row] = y
  episodes.persons[row] = persons
}

/** What goes on at a place; -1 = nothing does. */
function episodeAt({ episodes, meeting, floors }: Alarms, kind: number, floor: number, x: number, y: number): number {
  for (let row = 0; row < episodes.rows; row++) {
    if (episodes.used[row] === 0 || FAMILY[episodes.kind[row]] !== FAMILY[kind]) continue
    if (episodes.floor[row] !== floor && !meeting.has(episodes.floor[row] * floors + floor)) continue
    // Lines and platforms are places of their own.
    const reach = FAMILY[kind] === AlarmKind.unstable || kind === AlarmKind.turbulent ? PLACE : 0.01
    if (distanceSquare(x, y, x, y, episodes.x[row], episodes.y[row]) <= reach * reach) return row
  }
  return -1
}

/** The next grade. Minutes until all are in safety are not those until a platform is clear: their peak begins anew. */
function worsen({ list, episodes }: Alarms, row: number, kind: number, limit: number): void {
  episodes.kind[row] = kind
  episodes.limit[row] = limit
  const alarm = episodes.alarm[row]
  if (alarm < 0) return
  list.kind[alarm] = kind
  list.limit[alarm] = limit
  if (kind === AlarmKind.safety) episodes.peak[row] = 0
}

/** When all of a look has been told: what has lasted is raised, what has been calm for long enough is over. @param perTick  s */
export function settleAlarms(alarms: Alarms, seconds: number, tick: number, perTick: number): void {
  const { limits, list, episodes } = alarms
  for (let row = 0; row < episodes.rows; row++) {
    if (episodes.used[row] === 0) continue
    const value = episodes.value[row]
    const kind = episodes.kind[row]
    if (value === 0) {
      episodes.sum[row] = episodes.seconds[row] = 0
      const alarm = episodes.alarm[row]
      if (alarm < 0) episodes.used[row] = 0
      else if ((tick - episodes.lastTick[row]) * perTick >= CALM[kind]) {
        episodes.used[row] = 0
        if (alarm < ALARMS_MAX) list.endTick[alarm] = episodes.lastTick[row]
      }
      continue
    }
    episodes.value[row] = 0
    if (value > episodes.peak[row]) {
      episodes.peak[row] = value
      episodes.peakX[row] = episodes.valueX[row]
      episodes.peakY[row] = episodes.valueY[row]
      episodes.peakTick[row] = tick
      episodes.peakPersons[row] = episodes.persons[row]
    }
    episodes.sum[row] += value
    episodes.seconds[row] += seconds
    const lasts = FAMILY[kind] === AlarmKind.unstable || kind === AlarmKind.turbulent
    if (!lasts || episodes.seconds[row] >= limits.hold) {
      const mean = lasts ? (episodes.sum[row] * seconds) / episodes.seconds[row] : value
      if (mean > episodes.limit[row] && episodes.alarm[row] < 0) raise(alarms, row)
      if (kind === AlarmKind.unstable && mean > limits.dangerous) worsen(alarms, row, AlarmKind.dangerous, limits.dangerous)
      episodes.sum[row] = episodes.seconds[row] = 0
    }
    const alarm = episodes.alarm[row]
    if (alarm < 0 || alarm >= ALARMS_MAX) continue
    list.peak[alarm] = episodes.peak[row]
    list.peakTick[alarm] = episodes.peakTick[row]
    list.x[alarm] = episodes.peakX[row]
    list.y[alarm] = episodes.peakY[row]
    list.persons[alarm] = episodes.peakPersons[row]
  }
}

/** Adds an alarm to the list; all are counted, the first `ALARMS_MAX` are told. */
function raise({ list, episodes, raised }: Alarms, row: number): void {
  const alarm = raised[0]++
  episodes.alarm[row] = alarm
  if (alarm >= ALARMS_MAX) return
  list.kind[alarm] = episodes.kind[row]
  list.limit[alarm] = episodes.limit[row]
  list.floor[alarm] = episodes.floor[row]
  list.tick[alarm] = episodes.tick[row]
  list.endTick[alarm] = -1
}

/** How many alarms go on. */
export function alarmsNow({ episodes }: Alarms): number {
  let count = 0
  for (let row = 0; row < episodes.rows; row++) if (episodes.used[row] === 1 && episodes.alarm[row] >= 0) count++
  return count
}

/** What is saved, and not hashed: no part of the state that two runs share. */
export function* alarmViews({ list, episodes, raised }: Alarms): Generator<ColumnArray> {
  yield raised
  yield* columnsOf(episodeColumns, episodes)
  yield* columnsOf(alarmColumns, list)
}
