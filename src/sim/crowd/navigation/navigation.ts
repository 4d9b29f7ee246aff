import type { Columns } from '../../core/table'
import type { Crowd } from '../crowd'
import { applyCrowdChanges } from './changes'
import type { Navigation } from './createNavigation'
import { serveExits } from './exits'
import { serveGates } from './gates'
import { runLifts } from './lifts'
import { eventColumns, gateColumns, goalColumns, intentColumns, laneColumns, liftColumns, queueColumns, slotColumns } from './navigationTables'
import { serveQueues } from './queues'
import { makeFields } from './refresh'
import { replanStuck } from './stuck'

export { createNavigation, type Navigation } from './createNavigation'
export { aim } from './aim'
export { arrive } from './arrive'

type View = Float64Array | Float32Array | Int32Array | Uint8Array

/** The part of the state that is navigation's own, in fixed order, for hashing and saving. */
export function* navigationViews(navigation: Navigation): Generator<View> {
  const { targets, openings, queue, arrival, fields, counts, grid } = navigation
  yield counts
  for (const [columns, table] of [
    [intentColumns, navigation.intents], [goalColumns, navigation.goals], [gateColumns, navigation.gates], [laneColumns, navigation.lanes],
    [queueColumns, navigation.queues], [slotColumns, navigation.slots], [liftColumns, navigation.lifts], [eventColumns, navigation.events],
  ] as const satisfies readonly (readonly [Columns, object])[])
    for (const name of Object.keys(columns)) yield (table as unknown as Record<string, View>)[name]
  yield navigation.members
  yield navigation.courses
  yield targets.open
  yield navigation.openedBefore
  yield targets.wait
  yield openings.passes
  yield openings.links
  if (fields.some(field => field.waits)) {
    yield navigation.openingsIfOpen.passes
    yield navigation.openingsIfOpen.links
  }
  yield grid.cost
  yield grid.links.extra
  yield navigation.density
  yield navigation.stuck
  yield navigation.wanted
  yield navigation.due
  yield navigation.keep
  // First which have been made: the others are left out.
  for (const { made } of fields) yield made
  for (const { time, source, wait, heading, extra, made } of fields) {
    if (made[0] === 0) continue
    yield time
    yield source
    yield wait
    yield bytesOf(heading)
    yield extra
  }
  yield arrival.time
  yield arrival.source
  yield arrival.wait
  yield queue.next
  yield queue.previous
  yield bytesOf(queue.bucket)
  yield queue.head
  yield queue.up
  yield queue.down
  yield queue.state
}

const bytesOf = (view: Int8Array | Int16Array): Uint8Array => new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

/** Alone, at the start of a tick: changes; fields that follow the crowd; who is served at gates, exits, queues and lifts; who is stuck. */
export function direct(crowd: Crowd): void {
  applyCrowdChanges(crowd)
  makeFields(crowd)
  serveGates(crowd)
  serveExits(crowd)
  serveQueues(crowd)
  runLifts(crowd)
  replanStuck(crowd)
}

/** Alone, after all have walked. What is shared is decided in `direct`, from the places at the start of the tick. */
export function settle(_crowd: Crowd): void {}
