import { binNow } from '../measures/measures'
import { CLASSES, VehicleClass } from '../network/networkTables'
import { findClosed, refreshCosts } from '../network/router'
import { Count, type World } from '../world'
import type { NetworkChange } from '../worldTypes'
import { findBanned, inForce } from './inForce'
import { rerouteShut } from './rerouting'

/** Applies the changes that are due, and renews what drivers know of travel times every few minutes. */
export function applyChanges(world: World): void {
  const { counts, input, tick } = world
  binNow(world)
  let next = counts[Count.nextChange]
  let waysChanged = false
  while (next < world.changes.length && world.changes[next].tick <= tick) {
    const change = world.changes[next]
    if (change.kind !== 'speedLimit') waysChanged = true
    applyChange(world, change, next)
    next++
  }
  counts[Count.nextChange] = next
  refreshCosts(world)
  if (waysChanged) {
    findBanned(world.router.banned, world.changes, next, world.index.turnHop)
    findClosed(world.router, input, world.index, world.lanes.closed)
    rerouteShut(world)
  }
}

function applyChange(world: World, change: NetworkChange, at: number): void {
  const { paths, input } = world
  if (change.kind === 'closeLane') countClosure(world, change.row, change.classes ?? 0xffff, 1)
  else if (change.kind === 'openLane') countClosure(world, change.row, change.classes ?? 0xffff, -1)
  else if (change.kind === 'speedLimit') {
    const { links } = input.network
    const limit = inForce(world.changes, at + 1, 'speedLimit', change.row)?.speedLimit ?? links.speedLimit[change.row]
    const first = links.laneFirst[change.row]
    paths.limit.fill(limit, first, first + links.laneCount[change.row])
  }
}

/** A lane that several edits close opens again when the last of them ends. Emergency vehicles pass every barrier. */
function countClosure(world: World, lane: number, classes: number, change: number): void {
  const { lanes, shut } = world
  let closed = 0
  for (let type = 0; type < CLASSES; type++) {
    if (type === VehicleClass.emergency) continue
    const at = lane * CLASSES + type
    if (classes & (1 << type)) shut[at] = Math.max(0, shut[at] + change)
    if (shut[at] > 0) closed |= 1 << type
  }
  lanes.closed[lane] = closed
}

/** Adds changes to a run under way; those of past ticks apply at the next one. Keeps the order of tick, then of arrival. */
export function scheduleChanges(world: World, changes: readonly NetworkChange[]): void {
  const done = world.counts[Count.nextChange]
  const late = changes.map(change => (change.tick < world.tick ? { ...change, tick: world.tick } : change))
  const rest = [...world.changes.slice(done), ...late].sort((a, b) => a.tick - b.tick)
  world.changes = [...world.changes.slice(0, done), ...rest]
}
