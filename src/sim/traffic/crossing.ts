import type { World } from '../world'
import { BRAKING_HARD, drivers } from './driverTypes'
import { MINDS } from './vehicleTable'

/**
 * Order at the zones where ways cross. Whoever is let in after somebody on a crossing turn, before that one has cleared
 * their common zone, notes it: it does not enter the zone until the other's rear has left it. As everybody minds only
 * those who were let in earlier, nobody ever waits in a ring inside a junction, and two bodies are never in one zone.
 */
export function noteCrossing(world: World, slot: number, entry: number, ownOdometer: number, turn: number, otherEnd: number): void {
  const { minds, turns, slots, cells } = world
  const at = slot * MINDS + entry
  const other = turns.lastSlot[turn]
  minds.slot[at] = other
  minds.trip[at] = turns.lastTrip[turn]
  minds.ownOdometer[at] = ownOdometer
  minds.otherOdometer[at] = turns.lastOdometer[turn] + otherEnd + cells.length[slots.cell[other]]
}

export function forgetCrossings(world: World, slot: number): void {
  world.minds.slot.fill(-1, slot * MINDS, (slot + 1) * MINDS)
}

/** Who was let in earlier has not left the zone that entry `at` notes. */
function isPending(world: World, at: number): boolean {
  const { minds, slots, cells } = world
  const other = minds.slot[at]
  return other >= 0 && slots.trip[other] === minds.trip[at] && slots.base[other] + cells.position[slots.cell[other]] < minds.otherOdometer[at]
}

/** Braking, m/s2, with which a driver can always stop before a zone that he must not enter yet. */
const BRAKING_SURE = 6
/** Braking with which he makes others' way out of it his own time, m/s2. */
const BRAKING_EASE = 3
/** Room that is kept before a zone, m. */
const MARGIN = 0.2
/** Speed up to which a vehicle that leaves a zone gathers pace, m/s; assumed. */
const PASSING_SPEED = 8

/**
 * Acceleration, m/s2, with which a vehicle keeps out of the zones that it must not enter yet; Infinity = it need not
 * mind. It slows down early and gently, so as to be at the zone when the other, as it looks now, has left it, and always
 * remains able to stop before it.
 */
export function accelerationBeforeCrossing(world: World, slot: number, cell: number, dt: number): number {
  const { minds, slots, cells } = world
  const v = cells.speed[cell]
  let a = Infinity
  for (let at = slot * MINDS; at < (slot + 1) * MINDS && minds.slot[at] >= 0; at++) {
    if (!isPending(world, at)) continue
    const room = Math.max(0.01, minds.ownOdometer[at] - slots.base[slot] - cells.position[cell] - MARGIN)
    const other = slots.cell[minds.slot[at]]
    const rest = minds.otherOdometer[at] - slots.base[minds.slot[at]] - cells.position[other]
    const time = timeOver(rest, cells.speed[other], PASSING_SPEED, 1) + v / (2 * BRAKING_SURE) + dt
    const stop = (v * v) / (2 * room)
    if (v * time > room) {
      const ease = (2 * (v * time - room)) / (time * time)
      const most = ease * time < v ? ease : stop
      if (-most < a) a = most < BRAKING_EASE ? -most : -BRAKING_EASE
    }
    // Not able to stop after another step at full throttle: now.
    if (room < (v * v) / (2 * BRAKING_SURE) + v * dt + dt * dt && -stop < a) a = stop < BRAKING_HARD ? -stop : -BRAKING_HARD
  }
  return a
}

/** Slot of one that holds this vehicle up before a zone; -1 = nobody. */
export function mindedBy(world: World, slot: number): number {
  const { minds } = world
  for (let at = slot * MINDS; at < (slot + 1) * MINDS && minds.slot[at] >= 0; at++) if (isPending(world, at)) return minds.slot[at]
  return -1
}

/**
 * The reservation of `gone` on `turn` was taken back: those who mind it now mind the one let into that turn before it,
 * or nobody.
 */
export function passOnCrossings(world: World, gone: number, turn: number): void {
  const { index, input, lanes, paths, cells } = world
  for (let row = index.crossFirst[turn]; row < index.crossFirst[turn + 1]; row++) {
    const other = index.crossOther[row]
    const lane = input.network.turns.fromLane[other]
    for (let k = 0; k < lanes.reserved[lane]; k++) passOn(world, cells.slot[paths.first[lane] + k], gone, turn, index.crossEnd[row])
    const path = index.laneRows + other
    for (let k = 0; k < paths.count[path]; k++) passOn(world, cells.slot[paths.first[path] + k], gone, turn, index.crossEnd[row])
  }
}

function passOn(world: World, slot: number, gone: number, turn: number, end: number): void {
  const { minds, turns, slots, cells } = world
  for (let at = slot * MINDS; at < (slot + 1) * MINDS && minds.slot[at] >= 0; at++) {
    if (minds.slot[at] !== gone || minds.trip[at] !== slots.trip[gone]) continue
    const before = turns.lastSlot[turn]
    if (before < 0) { minds.trip[at] = -1; continue }
    minds.slot[at] = before
    minds.trip[at] = turns.lastTrip[turn]
    minds.otherOdometer[at] = turns.lastOdometer[turn] + end + cells.length[slots.cell[before]]
  }
}

/** s to drive `distance` m from `speed`, gaining `acceleration` up to `limit`. */
export function timeOver(distance: number, speed: number, limit: number, acceleration: number): number {
  if (distance <= 0) return 0
  if (speed >= limit) return distance / speed
  const far = (limit * limit - speed * speed) / (2 * acceleration)
  return distance <= far ? (Math.sqrt(speed * speed + 2 * acceleration * distance) - speed) / acceleration
    : (limit - speed) / acceleration + (distance - far) / limit
}

/** s at least until a vehicle `distance` m before a zone on `turn` reaches it. */
export const arrivalTime = (world: World, cell: number, turn: number, distance: number): number =>
  timeOver(distance, world.cells.speed[cell], limitOf(world, cell, turn), drivers.acceleration[world.cells.class[cell]])

/** s until a vehicle that has `distance` m to go to leave a zone on `turn` will have left it: it does not hurry. */
export const clearingTime = (world: World, cell: number, turn: number, distance: number): number =>
  timeOver(distance, world.cells.speed[cell], limitOf(world, cell, turn), 0.7 * drivers.acceleration[world.cells.class[cell]])

const limitOf = (world: World, cell: number, turn: number): number => world.paths.limit[world.index.laneRows + turn] * world.cells.factor[cell]
