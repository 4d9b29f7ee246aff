import { binNow } from '../measures/measures'
import { ALL_CLASSES, CLASSES, VehicleClass } from '../network/networkTables'
import { findClosed, refreshCosts } from '../network/router'
import { Count, type World } from '../world'
import type { NetworkChange } from '../worldTypes'
import { setConditions } from './conditions'
import { findBanned } from './inForce'
import { setMessage } from './messages'
import { rerouteShut } from './rerouting'
import { changePlan } from './signals'

/** Applies the changes that are due, and renews what drivers know of travel times every few minutes. */
export function applyChanges(world: World): void {
  const { counts, input, tick } = world
  binNow(world)
  let next = counts[Count.nextChange]
  let waysChanged = false
  while (next < world.changes.length && world.changes[next].tick <= tick) {
    const change = world.changes[next]
    next++
    if (applyChange(world, change, next)) waysChanged = true
  }
  counts[Count.nextChange] = next
  refreshCosts(world)
  if (waysChanged) {
    findBanned(world.router.banned, world.changes, next, world.index.turnHop)
    findClosed(world.router, input, world.index, world.lanes.closed)
    markBarred(world)
    rerouteShut(world)
  }
}

/** Applies the last of the first `count` changes; answers whether it opens or shuts a way. */
function applyChange(world: World, { kind, row, classes = ALL_CLASSES }: NetworkChange, count: number): boolean {
  switch (kind) {
    case 'closeLane': countClosure(world, row, classes, 1); return true
    case 'openLane': countClosure(world, row, classes, -1); return true
    case 'closeTurn': case 'openTurn': return true
    case 'speedLimit': case 'capacity': setConditions(world, row, count); return false
    case 'weather':
      for (let link = 0; link < world.links.rows; link++) setConditions(world, link, count)
      return false
    case 'signalPlan': changePlan(world, row, count); return false
    case 'message': setMessage(world, row, count); return false
  }
}

const CAR = 1 << VehicleClass.car

/** Marks the links that closures shut to cars, and those from which one leads on into such a link or over a closed turn. */
function markBarred({ measures: { live }, lanes, index, router, input }: World): void {
  const { links } = input.network
  const isShut = (link: number): boolean => {
    for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++) if (!(lanes.closed[lane] & CAR)) return false
    return true
  }
  for (let link = 0; link < links.rows; link++) {
    let barred = isShut(link)
    for (let hop = index.nextFirst[link]; hop < index.nextFirst[link + 1] && !barred; hop++) barred = (router.banned[hop] & CAR) !== 0 || isShut(index.nextLink[hop])
    live.barred[link] = barred ? 1 : 0
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

/** Has a run follow other changes from now on; what is done stays as it is. */
export function followChanges(world: World, changes: readonly NetworkChange[]): void {
  world.changes = [...world.changes.slice(0, world.counts[Count.nextChange]), ...changes.filter(({ tick }) => tick >= world.tick)]
}

/** Adds changes to a run under way; those of past ticks apply at the next one. Keeps the order of tick, then of arrival. */
export function scheduleChanges(world: World, changes: readonly NetworkChange[]): void {
  const done = world.counts[Count.nextChange]
  const late = changes.map(change => (change.tick < world.tick ? { ...change, tick: world.tick } : change))
  const rest = [...world.changes.slice(done), ...late].sort((a, b) => a.tick - b.tick)
  world.changes = [...world.changes.slice(0, done), ...rest]
}
