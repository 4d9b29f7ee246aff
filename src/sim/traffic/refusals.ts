import { TurnKind } from '../network/networkIndex'
import { Control, VehicleClass, Yield } from '../network/networkTables'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { arrivalTime, clearingTime, noteCrossing } from './crossing'
import { drivers, LENGTH_MAX } from './driverTypes'
import { arrivedBefore, arrivesSoon, followsTooSoon, gapNeeded, mustYield } from './gapAcceptance'
import { findLast, last, rearOfLast } from './lastOnTurn'
import { canMerge } from './merging'
import { advance, type RouteCursor } from './routePool'
import { lightOf } from './signals'
import { cursorOf, pickTurn } from './turnChoice'
import { MINDS, SlotFlag } from './vehicleTable'

/** Slower than this, m/s, a lane is held to stand. */
const ROLLING = 1.4

/** What `refuse` found on its way: conflicts at which the vehicle goes behind somebody. */
const notes = new Int32Array(MINDS)
let noted = 0
/** And the reservations that it takes: of these lanes, from these cells on. */
export const displaced = { count: 0, lane: new Int32Array(8), from: new Int32Array(8) }

/** Why a vehicle `left` m before its stop line may not be let into its turn yet: a `Wait`; none if it may. */
export function refuse(world: World, lane: number, cell: number, slot: number, turn: number, light: number, left: number): number {
  noted = displaced.count = 0
  const { index, cells, slots, turns, links, tick } = world
  const { crossFirst, crossOther, crossOtherEnd, crossOtherStart, crossYields, pathLink, turnLink } = index
  const kind = index.turnKind[turn]
  if (kind === TurnKind.free) return Wait.none
  // Nobody drives on to a crossing while somebody walks on it, before the junction or behind it.
  if (links.onEnd[pathLink[lane]] === 1 || links.onStart[turnLink[turn]] === 1) {
    slots.waitFor[slot] = -1
    return Wait.crossing
  }
  const forced = (slots.flags[slot] & SlotFlag.forced) !== 0
  const speed = cells.speed[cell]
  const since = slots.waitSince[slot]
  const canStop = left > (speed * speed) / 6
  for (let at = crossFirst[turn]; at < crossFirst[turn + 1]; at++) {
    const other = crossOther[at]
    const otherLight = lightOf(world, other)
    if (turns.lastSlot[other] >= 0 && rearOfLast(world, other) <= crossOtherEnd[at] && !fitsIn(world, lane, cell, slot, turn, at, left, mustYield(light, otherLight, crossYields[at]))) {
      slots.waitFor[slot] = turns.lastSlot[other]
      return Wait.junctionBusy
    }
    if (forced) continue
    if (crossYields[at] === Yield.byArrival && arrivedBefore(world, lane, slot, other)) return Wait.yield
    if (mustYield(light, otherLight, crossYields[at]) && arrivesSoon(world, slot, other, crossOtherStart[at], gapNeeded(world, cell, slot, turn, at, left))) return Wait.yield
    // Courtesy: who has waited too long goes before those who had priority, if they can still stop.
    if (canStop && turns.starvedTick[other] >= tick - 1 && (since < 0 || turns.starvedSince[other] < since)) {
      slots.waitFor[slot] = -1
      return Wait.yield
    }
  }
  if (!forced && followsTooSoon(world, lane, turn)) return Wait.yield
  const { nodes, turns: table } = world.input.network
  const crosses = crossFirst[turn + 1] > crossFirst[turn]
  const control = nodes.control[table.node[turn]]
  const joins = control !== Control.none && index.turnZips[turn] === 0 && (control !== Control.roundabout || isStanding(world, table.toLane[turn]))
  if (!forced && (crosses || joins)) {
    if (!hasRoom(world, slot, turn)) {
      if (control !== Control.roundabout) claimRoom(world, slot, table.toLane[turn])
      return Wait.exitFull
    }
    if (isClaimed(world, slot, table.toLane[turn])) return Wait.exitFull
  }
  if (!canMerge(world, lane, slot, turn, light, left, speed, forced)) return Wait.yield
  return Wait.none
}

/**
 * Room behind a junction that is enough for a car never becomes enough for a long vehicle where cars of other lanes take
 * it first. A long one that has waited for it beyond patience claims it: those who have waited less leave it alone, for as
 * long again; then the others have their turn, as there may never be room for it.
 */
function claimRoom({ slots, lanes, tick, input: { dt } }: World, slot: number, exit: number): void {
  const since = slots.waitSince[slot]
  if (since < 0 || Math.floor(((tick - since) * dt) / PATIENCE) % 2 === 0 || drivers.length[slots.class[slot]] <= drivers.length[VehicleClass.car]) return
  const other = lanes.claimSlot[exit]
  if (other >= 0 && other !== slot && lanes.claimTick[exit] >= tick - 1 && slots.waitSince[other] < since) return
  lanes.claimSlot[exit] = slot
  lanes.claimTick[exit] = tick
}

/** Whether the room in an exit lane is claimed by somebody who has waited longer. */
function isClaimed({ slots, lanes, tick }: World, slot: number, exit: number): boolean {
  const other = lanes.claimSlot[exit]
  if (other < 0 || other === slot || lanes.claimTick[exit] < tick - 1) return false
  const since = slots.waitSince[slot]
  if (slots.waitSince[other] < 0 || (since >= 0 && since <= slots.waitSince[other])) return false
  slots.waitFor[slot] = other
  return true
}

/** Whether the last in an exit lane stands. Who enters a ring behind somebody who moves on need not wait until there is room for him to stand. */
function isStanding(world: World, lane: number): boolean {
  const { paths, cells } = world
  return paths.count[lane] > 0 && cells.speed[paths.first[lane] + paths.count[lane] - 1] < ROLLING
}

/** Notes behind whom `slot`, who was not refused just now, crosses; its turn begins at `odometer`. Returns behind how many. */
export function noteCrossings(world: World, slot: number, odometer: number): number {
  const { crossStart, crossOther, crossOtherEnd } = world.index
  let entry = 0
  for (let k = 0; k < noted; k++) {
    const at = notes[k]
    if (rearOfLast(world, crossOther[at]) <= crossOtherEnd[at]) noteCrossing(world, slot, entry++, odometer + crossStart[at], crossOther[at], crossOtherEnd[at])
  }
  return entry
}

/** Braking, m/s2, that is asked of somebody who loses his reservation to one who crosses before him. */
const DISPLACED_BRAKING = 4
/** s by which somebody with priority may be early at a zone that another is leaving, when he is let in. */
const PRIORITY_WAITS = 2

/**
 * Whether a vehicle may be let in although others hold a reservation of the turn that conflict `at` is with, and have
 * not cleared it. Those so far away that he will have crossed before they come, who can still stop, lose it if he is
 * one who looks for gaps; of the rest the last must have cleared the zone before he gets there, or soon after if he has priority: then he slows down for it.
 */
function fitsIn(world: World, lane: number, cell: number, slot: number, turn: number, at: number, left: number, yields: boolean): boolean {
  const { index, lanes, paths, cells, input } = world
  const other = index.crossOther[at]
  const otherLane = input.network.turns.fromLane[other]
  if (otherLane === lane || noted === MINDS) return false
  const room = left + index.crossStart[at]
  if (cells.speed[cell] * cells.speed[cell] > 2 * DISPLACED_BRAKING * (room - 1)) return false
  const keep = yields ? reservationsAhead(world, cell, slot, turn, at, left) : lanes.reserved[otherLane]
  if (keep < lanes.reserved[otherLane]) {
    if (displaced.count === displaced.lane.length || index.pathLength[input.network.turns.toLane[other]] < LENGTH_MAX) return false
    displaced.lane[displaced.count] = otherLane
    displaced.from[displaced.count++] = paths.first[otherLane] + keep
  }
  findLast(world, otherLane, other, keep)
  if (last.slot < 0) return true
  const before = world.slots.cell[last.slot]
  const rear = world.slots.base[last.slot] + cells.position[before] - last.odometer - cells.length[before]
  if (rear > index.crossOtherEnd[at]) return true
  if (clearingTime(world, before, other, index.crossOtherEnd[at] - rear) > arrivalTime(world, cell, turn, room) + (yields ? 0 : PRIORITY_WAITS)) return false
  notes[noted++] = at
  return true
}

/** How many of the reservations of the lane that conflict `at` is with stay ahead of a driver who looks for a gap. */
function reservationsAhead(world: World, cell: number, slot: number, turn: number, at: number, left: number): number {
  const { index, lanes, paths, cells, input } = world
  const lane = input.network.turns.fromLane[index.crossOther[at]]
  const gap = gapNeeded(world, cell, slot, turn, at, left)
  let keep = lanes.reserved[lane]
  for (; keep > 0; keep--) {
    const rival = paths.first[lane] + keep - 1
    const speed = cells.speed[rival]
    const stop = index.pathLength[lane] - cells.position[rival]
    if (stop + index.crossOtherStart[at] < gap * (speed > 3 ? speed : 3) || speed * speed > 2 * DISPLACED_BRAKING * (stop - 1)) break
  }
  return keep
}

/** m of an exit lane that a vehicle takes up. */
export const roomFor = (type: number): number => drivers.length[type] + 1.5

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/** Room beyond the turn for the whole vehicle, not counting what is promised to others. */
export function hasRoom(world: World, slot: number, turn: number): boolean {
  const { input, index, lanes, paths, cells, slots } = world
  const { turns } = input.network
  const type = slots.class[slot]
  let lane = turns.toLane[turn]
  let need = roomFor(type) + lanes.roomTaken[lane]
  cursorOf(world, slot, cursor)
  advance(world.routes, index, cursor)
  for (;;) {
    if (paths.count[lane] > 0) {
      const tail = paths.first[lane] + paths.count[lane] - 1
      const speed = cells.speed[tail]
      const room = cells.position[tail] - cells.length[tail] + (speed * speed) / 4
      if (room >= need) return true
      slots.waitFor[slot] = cells.slot[tail]
      return false
    }
    need -= index.pathLength[lane]
    if (need <= 0) return true
    const next = advance(world.routes, index, cursor)
    if (next < 0) return true
    const after = pickTurn(world, lane, next, 0xffff, type)
    // That lane does not lead along the route: there he will have to take another turn, which beats standing here.
    if (after < 0) return lanes.roomTaken[turns.toLane[turn]] === 0 && patienceIsOver(world, slot)
    if (index.turnKind[after] !== TurnKind.free) {
      // A stop line closer than a vehicle is long: enter only if nobody else does, and at green; after a while on red too,
      // or two signals a few metres apart that are never green together would shut the way.
      slots.waitFor[slot] = -1
      const light = lightOf(world, after)
      return lanes.roomTaken[turns.toLane[turn]] === 0 && (light === Light.green || light === Light.permitted || patienceIsOver(world, slot))
    }
    const path = index.laneRows + after
    if (paths.count[path] > 0) {
      const tail = paths.first[path] + paths.count[path] - 1
      slots.waitFor[slot] = cells.slot[tail]
      return cells.position[tail] - cells.length[tail] >= need
    }
    need -= index.pathLength[path]
    lane = turns.toLane[after]
  }
}

/** s: for so long drivers wait for room behind a junction before they stop across it; assumed. */
const PATIENCE = 20

function patienceIsOver(world: World, slot: number): boolean {
  const since = world.slots.waitSince[slot]
  return since >= 0 && (world.tick - since) * world.input.dt > PATIENCE
}
