import { Count, type World } from '../world'
import { Wait } from '../worldTypes'
import { nextActive } from './cells'
import { mindedBy } from './crossing'
import { body, bodyAhead } from './bodies'
import { takeBack } from './junctions'
import { canEnterBefore, enterBefore } from './merging'
import { hasRoom } from './refusals'
import { divert } from './rerouting'
import { SlotFlag } from './vehicleTable'

/**
 * Gridlock, without sleight of hand. Drivers whose exit stays blocked take another turn if their lane has one with
 * room. Where vehicles wait for each other in a ring, one of them is let through: it may enter the junction although
 * its exit lane is full, or goes first where all give way, never through another vehicle or a red light. Each such
 * intervention is counted and logged with tick, node and trip.
 */
const LOOK_TICKS = 10
/** Standing so long at a blocked exit, s, a driver looks for another turn. */
const DIVERT_SECONDS = 60
/** Everyone in a ring has stood at least so long, s. */
const RING_SECONDS = 30
/** A reservation that was not used for so long, s, is taken back. */
const HELD_SECONDS = 10
const RING_MAX = 400

export function breakDeadlocks(world: World): void {
  if (world.tick % LOOK_TICKS !== 0) return
  const { index, active, paths, lanes, cells, slots, input, tick } = world
  const stoodFor = (slot: number): number => (slots.standSince[slot] < 0 ? 0 : (tick - slots.standSince[slot]) * input.dt)
  for (let lane = nextActive(active, 0, index.laneRows); lane >= 0; lane = nextActive(active, lane + 1, index.laneRows)) {
    if (index.laneFree[lane]) continue
    const slot = cells.slot[paths.first[lane]]
    if (lanes.reserved[lane] > 0) {
      // Let in, but held up: it must not hold up those who could go before it.
      if (stoodFor(slot) > RING_SECONDS && isRing(world, slot, stoodFor) && ring.inOrder >= 0) letThrough(world, slot, slots.reservedTurn[slot])
      else if (stoodFor(slot) > HELD_SECONDS && cells.speed[paths.first[lane]] === 0) takeBack(world, lane, paths.first[lane])
      continue
    }
    const turn = slots.nextTurn[slot]
    if (turn < 0 || stoodFor(slot) < RING_SECONDS || slots.flags[slot] & SlotFlag.forced) continue
    if (slots.wait[slot] === Wait.signal && hasRoom(world, slot, turn)) continue
    if (stoodFor(slot) > DIVERT_SECONDS && slots.wait[slot] !== Wait.yield && divert(world, slot, lane)) continue
    if (isRing(world, slot, stoodFor)) letThrough(world, slot, turn)
  }
}

/** Somebody in the ring who only lets another into his exit lane first enters before him; without one, `slot` may enter. */
function letThrough(world: World, slot: number, turn: number): void {
  const { slots, input, counts, tick } = world
  if (ring.inOrder >= 0) enterBefore(world, ring.inOrder)
  else slots.flags[slot] |= SlotFlag.forced
  counts[Count.interventions]++
  world.interventions.push(tick, input.network.turns.node[turn], input.trips.id[slots.trip[slot]])
}

/** What `isRing` saw: whether the last wait was for the order at a merge, and one whose wait is and need not be. */
const ring = { byOrder: false, inOrder: -1 }

/** Follows who waits for whom from `start`; true if the chain comes back to it and nobody in it was let through already. */
function isRing(world: World, start: number, stoodFor: (slot: number) => number): boolean {
  const { slots } = world
  let slot = start
  ring.inOrder = -1
  for (let step = 0; step < RING_MAX; step++) {
    const before = slot
    slot = waitsFor(world, slot)
    if (ring.byOrder && canEnterBefore(world, before)) ring.inOrder = before
    if (slot < 0 || stoodFor(slot) < RING_SECONDS) return false
    if (slot === start) return true
    if (slots.flags[slot] & SlotFlag.forced) return false
  }
  return false
}

/** Who must move before `slot` can; -1 = nobody, or only a light. */
function waitsFor(world: World, slot: number): number {
  const { slots, paths, cells, lanes, index, input } = world
  const path = slots.path[slot]
  ring.byOrder = false
  const first = paths.first[path]
  if (slots.cell[slot] !== first) {
    // The first of the path, or the first in its lane that may not go yet.
    const head = cells.slot[first]
    if (path >= index.laneRows || lanes.reserved[path] === 0) return head
    return cells.slot[slots.cell[slot] - 1]
  }
  if (path < index.laneRows && slots.reservedTurn[slot] < 0) {
    const turn = slots.nextTurn[slot]
    if (turn < 0) return -1
    if (!hasRoom(world, slot, turn)) return slots.waitFor[slot]
    return slots.wait[slot] === Wait.signal ? -1 : slots.waitFor[slot]
  }
  const crossing = mindedBy(world, slot)
  if (crossing >= 0) return crossing
  // On a turn, or about to enter it: the nearest vehicle ahead on the turn or its exit lane.
  const turn = path < index.laneRows ? slots.reservedTurn[slot] : path - index.laneRows
  const turnPath = index.laneRows + turn
  if (path !== turnPath && paths.count[turnPath] > 0) return cells.slot[paths.first[turnPath] + paths.count[turnPath] - 1]
  const own = path < index.laneRows ? -1 : cells.position[slots.cell[slot]]
  for (let at = index.partFirst[turn]; at < index.partFirst[turn + 1]; at++) {
    if (own > index.partEnd[at]) continue
    const ahead = bodyAhead(world, index.partOther[at], own)
    if (ahead >= 0 && body.rear < index.partOtherEnd[at]) return cells.slot[ahead]
  }
  const exit = input.network.turns.toLane[turn]
  if (paths.count[exit] > 0) {
    const tail = paths.first[exit] + paths.count[exit] - 1
    if (cells.position[tail] < 20) return cells.slot[tail]
  }
  ring.byOrder = true
  return slots.leader[slot]
}
