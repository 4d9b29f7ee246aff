import { Control, Yield } from '../network/networkTables'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { clearingTime } from './crossing'

/** Signals decide first: permitted yields to green; else the rule of the junction. */
export function mustYield(light: number, otherLight: number, rule: number): boolean {
  if (otherLight === Light.red || otherLight === Light.yellow || otherLight === Light.redYellow) return false
  if (light === Light.permitted && otherLight === Light.green) return true
  if (light === Light.green && otherLight === Light.permitted) return false
  return rule === Yield.owner
}

/**
 * Critical gaps and follow-up times, s. Highway Capacity Manual 6th ed., exhibits 20-11 and 20-12: 4.1 and 2.2 for the
 * left turn from the major road; 6.2 and 3.3 right, 6.5 and 4.0 through, 7.1 and 3.5 left from the minor one. The
 * manual's gaps begin when one on the major road passes, these when he has cleared the conflict, and end when the next
 * is about to reach it, so they are shorter by what that takes. After half a minute of waiting they
 * shrink, to half after two minutes (assumed).
 */
export const GAP_MAJOR_LEFT = 2.6
/** Into a roundabout: 5.0 s of headway and follow-up 2.6 s, ch. 22, exhibit 22-18. */
const GAP_ROUNDABOUT = 2.6
export const GAP_MINOR = [3.9, 5.8, 8]
export const FOLLOW_UP_MINOR = [3.3, 4, 3]

export function criticalGap(world: World, slot: number, turn: number): number {
  const { turns, nodes } = world.input.network
  const direction = turns.direction[turn]
  const gap = nodes.control[turns.node[turn]] === Control.roundabout ? GAP_ROUNDABOUT : turns.rank[turn] > 1 ? GAP_MINOR[direction > 2 ? 2 : direction] : direction === 0 ? GAP_MINOR[0] : GAP_MAJOR_LEFT
  const since = world.slots.waitSince[slot]
  const waited = since < 0 ? 0 : (world.tick - since) * world.input.dt
  return waited <= 30 ? gap : gap * (waited > 120 ? 0.5 : 1 - (waited - 30) / 180)
}

/** s by which one with priority may have to slow down for somebody who crosses before him; assumed. */
const EASED = 0.6

/** s: the critical gap, and almost what it takes him to leave the zone of conflict `at`. */
export function gapNeeded(world: World, cell: number, slot: number, turn: number, at: number, left: number): number {
  const critical = criticalGap(world, slot, turn)
  const own = clearingTime(world, cell, turn, left + world.index.crossEnd[at] + world.cells.length[cell])
  return own - EASED > critical ? own - EASED : critical
}

/** True if somebody with priority on turn `other` reaches the conflict at `start` within `gap` s. */
export function arrivesSoon(world: World, slot: number, other: number, start: number, gap: number): boolean {
  const { input, index, lanes, paths, cells, slots } = world
  const lane = input.network.turns.fromLane[other]
  const at = lanes.reserved[lane]
  if (at >= paths.count[lane]) return false
  const cell = paths.first[lane] + at
  const major = cells.slot[cell]
  if (slots.nextTurn[major] !== other || slots.wait[major] === Wait.exitFull) return false
  const speed = cells.speed[cell]
  const left = index.pathLength[lane] - cells.position[cell]
  if (speed < 1) {
    if (left > 4 || slots.waitSince[major] >= 0) return false
  }
  const soon = (left + start) < gap * (speed > 3 ? speed : 3)
  if (soon) slots.waitFor[slot] = major
  return soon
}

/** Whether the one before him on a minor road has only just been let in: all stop at the line, and look. */
export function followsTooSoon(world: World, lane: number, turn: number): boolean {
  const { index, input, lanes, tick } = world
  const { turns, nodes } = input.network
  if (turns.rank[turn] < 2 || index.turnZips[turn] || nodes.control[turns.node[turn]] !== Control.priority) return false
  const direction = turns.direction[turn]
  return (tick - lanes.letInTick[lane]) * input.dt < FOLLOW_UP_MINOR[direction > 2 ? 2 : direction] - 1e-6
}

/** All-way stop: whether the first in the lane of turn `other`, who crosses, has stood at his stop line for longer. */
export function arrivedBefore(world: World, lane: number, slot: number, other: number): boolean {
  const { input: { network: { nodes, turns } }, lanes, paths, cells, slots, tick } = world
  const otherLane = turns.fromLane[other]
  if (nodes.control[turns.node[other]] !== Control.allWay || lanes.reserved[otherLane] >= paths.count[otherLane]) return false
  const rival = cells.slot[paths.first[otherLane] + lanes.reserved[otherLane]]
  if (slots.nextTurn[rival] !== other || slots.waitSince[rival] < 0 || slots.wait[rival] === Wait.exitFull) return false
  const since = slots.waitSince[slot] < 0 ? tick : slots.waitSince[slot]
  if (slots.waitSince[rival] > since || (slots.waitSince[rival] === since && otherLane > lane)) return false
  slots.waitFor[slot] = rival
  return true
}
