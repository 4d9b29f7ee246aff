import { invariant } from '../core/invariant'
import { createTable, type ColumnArray, type Columns, type TableOf } from '../core/table'
import { CrowdCount, type Crowd } from '../crowd/crowd'
import { countCrossings, createLineCrossings, createTrace, type LineCrossings, type Trace } from './lineCrossings'
import { followKeys, keysOf } from './rowKeys'

/** Gates of a walk space at most, those that a planner sets with them; and goals. */
const GATES_MAX = 512

export const gateWatchColumns = {
  seconds: { type: 'f64', unit: 's', doc: 'that all have waited there' },
  passed: { type: 'i32', unit: 'persons', doc: 'who went through' },
  most: { type: 'i32', unit: 'persons', doc: 'who waited at a time, at most' },
  mostTick: { type: 'i32', unit: 'tick', doc: 'of the crowd, when' },
} as const satisfies Columns

export const doorWatchColumns = {
  seconds: { type: 'f64', unit: 's', doc: 'that all have waited for room to come in' },
  most: { type: 'i32', unit: 'persons', doc: 'who waited at a time, at most' },
  mostTick: { type: 'i32', unit: 'tick', doc: 'of the crowd, when' },
} as const satisfies Columns

/** How many wait at gates, and before the ways into the walk space. */
export interface QueueWatch {
  readonly crossings: LineCrossings
  readonly trace: Trace
  readonly names: readonly string[]
  readonly keys: Uint32Array
  /** By gate, `GATES_MAX` of them. */
  readonly gates: TableOf<typeof gateWatchColumns>
  /** By goal. */
  readonly doors: TableOf<typeof doorWatchColumns>
}

export function createQueueWatch(crowd: Crowd): QueueWatch {
  const { space, walkers } = crowd.input
  invariant(space.gates.length <= GATES_MAX, () => `${space.gates.length} gates, ${GATES_MAX} at most`)
  const floorRow = new Map(space.floors.map(({ id }, row) => [id, row]))
  const names = space.gates.map(({ id }) => id)
  return {
    crossings: createLineCrossings(crowd, space.gates.map(({ line: [from, to], floor }) => ({ from, to, floors: [floorRow.get(floor)!] }))),
    trace: createTrace(space.gates.length > 0 ? walkers.rows : 0), names, keys: keysOf(names, GATES_MAX),
    gates: createTable(gateWatchColumns, GATES_MAX), doors: createTable(doorWatchColumns, space.goals.length),
  }
}

/** After every step of the crowd: who went through a gate in it. */
export function countGates({ crossings, trace, gates }: QueueWatch, crowd: Crowd): void {
  if (crossings.lines.length === 0) return
  countCrossings(crossings, null, crowd, trace)
  for (let gate = 0; gate < crossings.lines.length; gate++) gates.passed[gate] += crossings.toLeft[gate] + crossings.toRight[gate]
}

/** Who waits at a gate: those who have chosen one of its lanes. */
export function waitingAtGate({ navigation: { gates, lanes } }: Crowd, gate: number): number {
  let waiting = 0
  for (let lane = gates.laneFirst[gate]; lane < gates.laneFirst[gate] + gates.lanes[gate]; lane++) waiting += lanes.waiting[lane]
  return waiting
}

/** Who waits for room to come in at a goal. */
export function waitingAtDoor({ waitHead, persons }: Crowd, goal: number): number {
  let waiting = 0
  for (let walker = waitHead[goal]; walker >= 0; walker = persons.nextWaiting[walker]) waiting++
  return waiting
}

/** Once a second. */
export function watchQueues({ gates, doors, crossings }: QueueWatch, crowd: Crowd, second: number): void {
  const tick = crowd.counts[CrowdCount.tick]
  for (let gate = 0; gate < crossings.lines.length; gate++) note(gates, gate, waitingAtGate(crowd, gate), tick, second)
  for (let goal = 0; goal < doors.rows; goal++) if (crowd.waitHead[goal] >= 0) note(doors, goal, waitingAtDoor(crowd, goal), tick, second)
}

function note(table: { readonly seconds: Float64Array; readonly most: Int32Array; readonly mostTick: Int32Array }, row: number, waiting: number, tick: number, second: number): void {
  table.seconds[row] += waiting * second
  if (waiting <= table.most[row]) return
  table.most[row] = waiting
  table.mostTick[row] = tick
}

/** What is saved and hashed, in fixed order. */
export function* queueViews({ keys, gates, doors }: QueueWatch): Generator<ColumnArray> {
  yield keys
  yield* gateColumns(gates)
  yield doors.seconds
  yield doors.most
  yield doors.mostTick
}

function* gateColumns({ seconds, passed, most, mostTick }: QueueWatch['gates']): Generator<ColumnArray> {
  yield seconds
  yield passed
  yield most
  yield mostTick
}

/** After a restored state was laid in, in which other gates may have been. */
export function resumeQueues(watch: QueueWatch, crowd: Crowd): void {
  followKeys(watch.keys, watch.names, [...gateColumns(watch.gates)])
  if (watch.crossings.lines.length > 0) countCrossings(watch.crossings, null, crowd, watch.trace)
}
