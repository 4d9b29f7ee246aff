import { CLASSES, VehicleClass } from '../network/networkTables'
import type { World } from '../world'
import { advance, advanceHop, type RouteCursor } from './routePool'
import { CellMark, SlotFlag } from './vehicleTable'

/** How far ahead, m beyond the present link and links at most, drivers sort themselves into lanes. */
const SORT_AHEAD = 700
const SORT_LINKS = 10

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }
const hops = new Int32Array(SORT_LINKS)
/** By lane: metres beyond the end of its link that it leads on, and the lanes that it leads to, as bits. */
const leads = new Float64Array(16)
const reached = new Int32Array(16)

export function cursorOf(world: World, slot: number, place: RouteCursor): void {
  place.chunk = world.slots.routeChunk[slot]
  place.at = world.slots.routeCursor[slot]
  place.link = world.slots.link[slot]
}

/** Link that follows the slot's present one on its route, -1 = this is the last. */
export function linkAfter(world: World, slot: number): number {
  cursorOf(world, slot, cursor)
  return advance(world.routes, world.index, cursor)
}

/** Lanes of `link` that a class may use, as bits. */
export function lanesOpen(world: World, link: number, type: number): number {
  return world.router.open[link * CLASSES + type]
}

/**
 * Finds which lanes of the present link lead on longest along the route without a change of lane, some links ahead, so
 * that short links do not surprise a driver: those suit the route. `leadsOn` tells how far the present one does if it
 * is not among them.
 */
export function planLanes(world: World, slot: number): void {
  const { slots, index } = world
  const type = slots.class[slot]
  const { links, lanes } = world.input.network
  cursorOf(world, slot, cursor)
  const here = cursor.link
  ahead.count = 0
  ahead.distance = 0
  const hop = hopAhead(world, 0)
  slots.nextHop[slot] = hop
  if (hop < 0) {
    slots.lanesWanted[slot] = lanesOpen(world, here, type)
    markCell(world, slot, true)
    return
  }
  if (links.laneCount[here] === 1) slots.lanesWanted[slot] = 1
  else {
    slots.lanesWanted[slot] = longest(world, here, 0, type)
    if (slots.path[slot] < index.laneRows) slots.leadsOn[slot] = leads[lanes.index[slots.path[slot]]]
  }
  markCell(world, slot, false)
}

/** Hops of the route that `planLanes` has looked up. */
const ahead = { count: 0, distance: 0 }

/** Hop number `step` of the route from the cursor on; -1 = beyond what drivers look at. */
function hopAhead(world: World, step: number): number {
  while (ahead.count <= step) {
    if (ahead.count === SORT_LINKS || ahead.distance >= SORT_AHEAD) return -1
    const hop = advanceHop(world.routes, world.index, cursor)
    if (hop < 0) return -1
    hops[ahead.count++] = hop
    ahead.distance += world.input.network.links.length[world.index.nextLink[hop]]
  }
  return hops[step]
}

/** Lanes of `link`, from which hop number `step` leads on, that lead longest, as bits. Fills `leads`. */
function longest(world: World, link: number, step: number, type: number): number {
  const { nextLink, reachFirst, reach } = world.index
  const { links } = world.input.network
  const count = links.laneCount[link] < 16 ? links.laneCount[link] : 16
  let open = lanesOpen(world, link, type)
  for (let lane = 0; lane < count; lane++) {
    // Lanes closed to it come last, whatever they lead to.
    const starts = open === 0 || open & (1 << lane)
    leads[lane] = starts ? 0 : -1
    reached[lane] = starts ? 1 << lane : 0
  }
  for (let at = step; ; at++) {
    const hop = hopAhead(world, at)
    if (hop < 0) break
    const first = reachFirst[hop]
    const length = links.length[nextLink[hop]]
    open = lanesOpen(world, nextLink[hop], type)
    let same = true
    let all = 0
    for (let lane = 0; lane < count; lane++) {
      let to = 0
      for (let bits = reached[lane]; bits !== 0; bits &= bits - 1) to |= reach[first + 31 - Math.clz32(bits & -bits)]
      if (open !== 0) to &= open
      reached[lane] = to
      if (to === 0) continue
      leads[lane] += length
      if (all !== 0 && to !== all) same = false
      all = to
    }
    // Those that lead on lead to the same lanes: they go on alike.
    if (same) break
  }
  let most = -1
  let wanted = 0
  for (let lane = 0; lane < count; lane++) {
    if (leads[lane] > most) { most = leads[lane]; wanted = 0 }
    if (leads[lane] === most) wanted |= 1 << lane
  }
  // Electric two-wheelers keep to the kerb as far as their way lets them.
  return type === VehicleClass.ebike ? wanted & -wanted : wanted
}

/** Notes in the vehicle's cell, where the loops over all vehicles see it, whether its lane suits and its trip ends here. */
export function markCell(world: World, slot: number, last: boolean): void {
  const { slots, cells, index, input } = world
  const path = slots.path[slot]
  if (path >= index.laneRows) return
  const suits = slots.lanesWanted[slot] & (1 << input.network.lanes.index[path])
  const cell = slots.cell[slot]
  cells.marks[cell] = (cells.marks[cell] & CellMark.tied) | (suits ? 0 : CellMark.astray) | (last ? CellMark.last : 0)
  if (!suits) Atomics.or(world.astray, path >> 5, 1 << (path & 31))
  if (suits) slots.flags[slot] &= ~(SlotFlag.left | SlotFlag.right)
}

/**
 * Turn from `lane` to link `next` that enters a lane in `wanted`, else an open one as near to them as there is; -1 = none.
 * Closed lanes are taken only into a link that is closed as a whole: the way of somebody who is inside a closure and
 * drives on to leave it.
 */
export function pickTurn(world: World, lane: number, next: number, wanted: number, type: number): number {
  const { links, lanes, turns } = world.input.network
  const { turnLink } = world.index
  const first = links.laneFirst[next]
  const open = lanesOpen(world, next, type)
  let best = -1
  let bestAway = 99
  const end = lanes.turnFirst[lane] + lanes.turnCount[lane]
  for (let turn = lanes.turnFirst[lane]; turn < end; turn++) {
    if (turnLink[turn] !== next) continue
    const to = turns.toLane[turn] - first
    if (open !== 0 && !(open & (1 << to))) continue
    let away = 0
    while (away < 16 && !((wanted >> (to - away > 0 ? to - away : 0)) & 1 || (wanted >> (to + away)) & 1)) away++
    if (away < bestAway) { best = turn; bestAway = away }
  }
  return best
}

/** Sets the turn that a vehicle on a lane will take; to be called after `planLanes`, which has looked up its route. */
export function planTurn(world: World, slot: number, lane: number): void {
  const { slots, index } = world
  const hop = slots.nextHop[slot]
  if (hop < 0) { slots.nextTurn[slot] = -1; return }
  const next = index.nextLink[hop]
  const type = slots.class[slot]
  const wanted = hasChoice(world, lane, next) ? longest(world, next, 1, type) : ALL_LANES
  slots.nextTurn[slot] = pickTurn(world, lane, next, wanted, type)
}

const ALL_LANES = 0xffff

/** Whether several turns lead from a lane to a link. */
function hasChoice(world: World, lane: number, next: number): boolean {
  const { lanes } = world.input.network
  const { turnLink } = world.index
  const end = lanes.turnFirst[lane] + lanes.turnCount[lane]
  let turn = lanes.turnFirst[lane]
  while (turn < end && turnLink[turn] !== next) turn++
  for (turn++; turn < end; turn++) if (turnLink[turn] === next) return true
  return false
}
