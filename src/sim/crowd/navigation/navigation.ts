import type { Columns } from '../../core/table'
import type { Crowd } from '../crowd'
import { applyCrowdChanges } from './changes'
import { NavigationCount, type Navigation } from './createNavigation'
import { serveExits } from './exits'
import { serveGates } from './gates'
import { runLifts } from './lifts'
import { eventColumns, gateColumns, goalColumns, intentColumns, laneColumns, liftColumns, queueColumns, slotColumns } from './navigationTables'
import { differing, gathered, inRuns, queued, type Views } from './packing'
import { serveQueues } from './queues'
import { makeFields } from './refresh'
import { replanStuck } from './stuck'

export { createNavigation, type Navigation } from './createNavigation'
export { aim } from './aim'
export { arrive } from './arrive'

/** The part of the state that is navigation's own, in fixed order, for hashing and saving; `into`: to be restored. Of cells only those that are inside; of what is being made, nothing when nothing is. */
export function* navigationViews(navigation: Navigation, into: boolean): Views {
  const { targets, openings, queue, arrival, fields, counts, grid } = navigation
  yield counts
  for (const [columns, table] of [
    [intentColumns, navigation.intents], [goalColumns, navigation.goals], [gateColumns, navigation.gates], [laneColumns, navigation.lanes],
    [queueColumns, navigation.queues], [slotColumns, navigation.slots], [liftColumns, navigation.lifts], [eventColumns, navigation.events],
  ] as const satisfies readonly (readonly [Columns, object])[])
    for (const name of Object.keys(columns)) yield (table as unknown as Record<string, Int32Array>)[name]
  yield navigation.members
  yield navigation.courses
  yield targets.open
  yield navigation.openedBefore
  yield targets.wait
  yield* inRuns(openings.passes, grid.inside, into)
  yield openings.links
  if (fields.some(field => field.waits)) {
    yield* inRuns(navigation.openingsIfOpen.passes, grid.inside, into)
    yield navigation.openingsIfOpen.links
  }
  yield* differing(grid.cost, cell => grid.costFree[cell], grid.inside, into)
  yield grid.links.extra
  yield* differing(navigation.density, () => 0, null, into)
  yield* differing(navigation.stuck, () => 0, null, into)
  yield navigation.wanted
  yield navigation.due
  yield navigation.keep
  // First which have been made: the others are left out, but for one that is half written.
  for (const { made } of fields) yield made
  for (const [row, { time, source, wait, heading, extra, made }] of fields.entries()) {
    if (made[0] === 0 && !(counts[NavigationCount.field] === row && counts[NavigationCount.written] > 0)) continue
    if (into) time.fill(Infinity)
    yield* gathered(time, grid.inside, into)
    yield* inRuns(source, grid.inside, into)
    yield wait
    yield* gathered(new Uint8Array(heading.buffer, heading.byteOffset, heading.byteLength), grid.inside, into, 2)
    yield extra
  }
  if (counts[NavigationCount.field] < 0) return
  yield* gathered(arrival.time, grid.inside, into)
  yield* inRuns(arrival.source, grid.inside, into)
  yield arrival.wait
  yield* queued(queue, into)
  yield queue.up
  yield queue.down
  yield queue.state
}

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
