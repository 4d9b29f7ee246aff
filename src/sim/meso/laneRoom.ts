import type { MesoLanes } from './mesoTables'
import { MESO_STEP, type MesoWorld } from './mesoWorld'
import { addEvent } from './timingWheel'

/** Everyone in a ring of lanes that wait for each other's room has waited so long, s, before it moves on by one. */
const RING_SECONDS = 10
const RING_MAX = 400

/** Puts a lane behind those that wait for room in another. */
export function joinWaiters(lanes: MesoLanes, lane: number, to: number): void {
  lanes.waitsFor[lane] = to
  lanes.waiterNext[lane] = -1
  if (lanes.waiterFirst[to] < 0) lanes.waiterFirst[to] = lane
  else lanes.waiterNext[lanes.waiterLast[to]] = lane
  lanes.waiterLast[to] = lane
}

/** Takes a lane out of the line of those that wait for the same room. */
function dropWaiter(lanes: MesoLanes, lane: number): void {
  const { waitsFor, waiterFirst, waiterLast, waiterNext } = lanes
  const to = waitsFor[lane]
  let before = -1
  for (let at = waiterFirst[to]; at >= 0; at = waiterNext[at]) {
    if (at !== lane) { before = at; continue }
    if (before < 0) waiterFirst[to] = waiterNext[lane]
    else waiterNext[before] = waiterNext[lane]
    if (waiterLast[to] === lane) waiterLast[to] = before
    return
  }
}

/** Tells the first lane that waits for room in `to` that there will be some at `time`. Nobody else takes it meanwhile. */
export function promiseRoom({ lanes, wheel, tick }: MesoWorld, to: number, time: number): void {
  const lane = lanes.waiterFirst[to]
  lanes.waiterFirst[to] = lanes.waiterNext[lane]
  if (lanes.waiterFirst[to] < 0) lanes.waiterLast[to] = -1
  lanes.promised[to] = lane
  lanes.due[lane] = addEvent(wheel, lane, Math.max(tick, Math.floor(time / MESO_STEP)), tick)
}

/** A lane no longer wants the room that it waited for, or was promised. */
export function releaseRoom(world: MesoWorld, lane: number): void {
  const { lanes, fixed } = world
  const to = lanes.waitsFor[lane]
  if (lanes.promised[to] === lane) {
    lanes.promised[to] = -1
    if (lanes.waiterFirst[to] >= 0 && lanes.entered[to] - lanes.left[to] < fixed.storage[to]) promiseRoom(world, to, world.tick * MESO_STEP)
  } else dropWaiter(lanes, lane)
  lanes.waitsFor[lane] = -1
}

/**
 * Where the lanes whose heads want each other's room, from this one on, come back to it, and all have waited long
 * enough: lets the head of each move on by one place. Answers whether it did.
 */
export function turnRing({ lanes, wheel, tick }: MesoWorld, start: number, now: number): boolean {
  const { wanted, blockedSince, pass, due } = lanes
  let lane = start
  let steps = 0
  do {
    if (blockedSince[lane] < 0 || now - blockedSince[lane] < RING_SECONDS || pass[lane] || ++steps > RING_MAX) return false
    lane = wanted[lane]
  } while (lane !== start)
  do {
    pass[lane] = 1
    due[lane] = addEvent(wheel, lane, tick, tick)
    lane = wanted[lane]
  } while (lane !== start)
  return true
}
