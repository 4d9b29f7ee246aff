import type { World } from '../world'
import { advance, type RouteCursor } from './routePool'
import { CellMark } from './vehicleTable'

/** Over how short links, m together and how many, drivers sort themselves into lanes for the junction after the next. */
const SORT_AHEAD = 250
const SORT_LINKS = 4

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }
const ahead = new Int32Array(SORT_LINKS + 1)

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
  const { links, lanes } = world.input.network
  const first = links.laneFirst[link]
  const bit = 1 << type
  let open = 0
  for (let at = 0; at < links.laneCount[link] && at < 16; at++)
    if (lanes.allowed[first + at] & bit && !(world.lanes.closed[first + at] & bit)) open |= 1 << at
  return open
}

/** Lanes of `link` with a turn to a lane of `next` that is in `wanted`, as bits. */
function lanesTo(world: World, link: number, next: number, wanted: number): number {
  const { links, lanes, turns } = world.input.network
  const { turnLink } = world.index
  const first = links.laneFirst[link]
  const nextLane = links.laneFirst[next]
  let found = 0
  for (let at = 0; at < links.laneCount[link] && at < 16; at++) {
    const turnFirst = lanes.turnFirst[first + at]
    for (let turn = turnFirst; turn < turnFirst + lanes.turnCount[first + at]; turn++)
      if (turnLink[turn] === next && wanted & (1 << (turns.toLane[turn] - nextLane))) { found |= 1 << at; break }
  }
  return found
}

/**
 * Sets which lanes of its present link, and of the next, suit the route of a vehicle, looking a few links ahead so
 * that short links do not surprise it.
 */
export function planLanes(world: World, slot: number): void {
  const { slots, index } = world
  const type = slots.class[slot]
  const { links } = world.input.network
  cursorOf(world, slot, cursor)
  let count = 0
  let distance = 0
  ahead[0] = cursor.link
  while (count < SORT_LINKS && distance < SORT_AHEAD) {
    const next = advance(world.routes, index, cursor)
    if (next < 0) break
    ahead[++count] = next
    distance += links.length[next]
  }
  // From the far end back: lanes that suit, else any open lane that leads on at all.
  let wanted = lanesOpen(world, ahead[count], type)
  slots.lanesNext[slot] = 0
  for (let at = count - 1; at >= 0; at--) {
    if (at === 0) slots.lanesNext[slot] = wanted
    const open = lanesOpen(world, ahead[at], type)
    let suits = lanesTo(world, ahead[at], ahead[at + 1], wanted)
    if ((suits & open) !== 0) suits &= open
    if (suits === 0) suits = lanesTo(world, ahead[at], ahead[at + 1], lanesOpen(world, ahead[at + 1], type)) & open
    if (suits === 0) suits = lanesTo(world, ahead[at], ahead[at + 1], 0xffff)
    wanted = suits
  }
  slots.lanesWanted[slot] = wanted
  markCell(world, slot, count === 0)
}

/** Notes in the vehicle's cell, where the loops over all vehicles see it, whether its lane suits and its trip ends here. */
export function markCell(world: World, slot: number, last: boolean): void {
  const { slots, cells, index, input } = world
  const path = slots.path[slot]
  if (path >= index.laneRows) return
  const suits = slots.lanesWanted[slot] & (1 << input.network.lanes.index[path])
  cells.marks[slots.cell[slot]] = (suits ? 0 : CellMark.astray) | (last ? CellMark.last : 0)
}

/**
 * Turn from `lane` to link `next` that enters a lane in `wanted` if there is one, else an open lane; -1 = none.
 * Closed lanes are taken only into a link that is closed as a whole: the way of somebody who is inside a closure and
 * drives on to leave it.
 */
export function pickTurn(world: World, lane: number, next: number, wanted: number, type: number): number {
  const { links, lanes, turns } = world.input.network
  const { turnLink } = world.index
  const first = links.laneFirst[next]
  const bit = 1 << type
  let best = -1
  let bestRank = 0
  const end = lanes.turnFirst[lane] + lanes.turnCount[lane]
  for (let turn = lanes.turnFirst[lane]; turn < end; turn++) {
    if (turnLink[turn] !== next) continue
    const to = turns.toLane[turn]
    const open = lanes.allowed[to] & bit && !(world.lanes.closed[to] & bit)
    if (!open && !(world.router.closed[next] & bit)) continue
    const rank = wanted & (1 << (to - first)) ? 2 : 1
    if (rank > bestRank) { best = turn; bestRank = rank }
  }
  return best
}

/** Sets the turn that a vehicle on a lane will take. */
export function planTurn(world: World, slot: number, lane: number): void {
  const { slots } = world
  const next = linkAfter(world, slot)
  slots.nextTurn[slot] = next < 0 ? -1 : pickTurn(world, lane, next, slots.lanesNext[slot], slots.class[slot])
}
