import { LANE_BYTES, Lane } from './mesoTables'
import { MESO_STEP, type MesoWorld } from './mesoWorld'
import type { Records } from './records'
import { addEvent } from './timingWheel'

/** Whoever finds that the lane he waits for waits for his own, over others, has waited so long, s, before the ring moves on by one. */
const RING_SECONDS = 10
const RING_MAX = 400
const WORDS = LANE_BYTES / 4
const DOUBLES = LANE_BYTES / 8

/** Puts a lane behind those that wait for room in another. */
export function joinWaiters({ i32 }: Records, lane: number, to: number): void {
  const at = to * WORDS
  i32[lane * WORDS + Lane.waitsFor] = to
  i32[lane * WORDS + Lane.waiterNext] = -1
  if (i32[at + Lane.waiterFirst] < 0) i32[at + Lane.waiterFirst] = lane
  else i32[i32[at + Lane.waiterLast] * WORDS + Lane.waiterNext] = lane
  i32[at + Lane.waiterLast] = lane
}

/** Takes a lane out of the line of those that wait for the same room. */
function dropWaiter({ i32 }: Records, lane: number): void {
  const to = i32[lane * WORDS + Lane.waitsFor] * WORDS
  let before = -1
  for (let at = i32[to + Lane.waiterFirst]; at >= 0; at = i32[at * WORDS + Lane.waiterNext]) {
    if (at !== lane) { before = at; continue }
    if (before < 0) i32[to + Lane.waiterFirst] = i32[lane * WORDS + Lane.waiterNext]
    else i32[before * WORDS + Lane.waiterNext] = i32[lane * WORDS + Lane.waiterNext]
    if (i32[to + Lane.waiterLast] === lane) i32[to + Lane.waiterLast] = before
    return
  }
}

/** Tells the first lane that waits for room in `to` that there will be some at `time`. Nobody else takes it meanwhile. */
export function promiseRoom({ lanes: { i32 }, wheel, tick }: MesoWorld, to: number, time: number): void {
  const at = to * WORDS
  const lane = i32[at + Lane.waiterFirst]
  i32[at + Lane.waiterFirst] = i32[lane * WORDS + Lane.waiterNext]
  if (i32[at + Lane.waiterFirst] < 0) i32[at + Lane.waiterLast] = -1
  i32[at + Lane.promised] = lane
  i32[lane * WORDS + Lane.due] = addEvent(wheel, lane, Math.max(tick, Math.floor(time / MESO_STEP)), tick)
}

/** A lane no longer wants the room that it waited for, or was promised. */
export function releaseRoom(world: MesoWorld, lane: number): void {
  const { i32 } = world.lanes
  const to = i32[lane * WORDS + Lane.waitsFor]
  const at = to * WORDS
  if (i32[at + Lane.promised] === lane) {
    i32[at + Lane.promised] = -1
    if (i32[at + Lane.waiterFirst] >= 0 && i32[at + Lane.entered] - i32[at + Lane.left] < i32[at + Lane.storage]) promiseRoom(world, to, world.tick * MESO_STEP)
  } else dropWaiter(world.lanes, lane)
  i32[lane * WORDS + Lane.waitsFor] = -1
}

/**
 * Where the lanes whose heads want each other's room, from this one on, come back to it, and none of them has found any:
 * lets the head of each move on by one place. Answers whether it did.
 */
export function turnRing({ lanes: { i32, f64 }, wheel, tick }: MesoWorld, start: number, now: number): boolean {
  let lane = start
  let steps = 0
  do {
    const since = f64[lane * DOUBLES + Lane.blockedSince]
    if (since < 0 || (lane === start && now - since < RING_SECONDS) || i32[lane * WORDS + Lane.pass] || ++steps > RING_MAX) return false
    lane = i32[lane * WORDS + Lane.wanted]
  } while (lane !== start)
  do {
    i32[lane * WORDS + Lane.pass] = 1
    i32[lane * WORDS + Lane.due] = addEvent(wheel, lane, tick, tick)
    lane = i32[lane * WORDS + Lane.wanted]
  } while (lane !== start)
  return true
}
