import { CLASSES } from '../network/networkTables'
import type { World } from '../world'
import { advance, advanceHop, type RouteCursor } from './routePool'
import { CellMark } from './vehicleTable'

/** How far ahead, m beyond the present link and links at most, drivers sort themselves into lanes. */
const SORT_AHEAD = 700
const SORT_LINKS = 10

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }
const hops = new Int32Array(SORT_LINKS)
/** By lane of the link in hand and of the one after it: metres beyond the end of its link that a lane leads on. */
let leads = new Float64Array(16)
let leadsNext = new Float64Array(16)

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
 * Finds how far each lane of the present link leads along the route without a change of lane, some links ahead, so that
 * short links do not surprise a driver. The lanes that lead on longest suit the route; \`leadsOn\` tells how far the
 * present one does.
 */
export function planLanes(world: World, slot: number): void {
  const { slots, index } = world
  const { nextLink, reachFirst, reach } = index
  const type = slots.class[slot]
  const { links, lanes } = world.input.network
  cursorOf(world, slot, cursor)
  const here = cursor.link
  let count = 0
  let distance = 0
  while (count < SORT_LINKS && distance < SORT_AHEAD) {
    const hop = advanceHop(world.routes, index, cursor)
    if (hop < 0) break
    hops[count++] = hop
    distance += links.length[nextLink[hop]]
  }
  slots.nextHop[slot] = count > 0 ? hops[0] : -1
  slots.lanesNext[slot] = 0
  // From the far end back.
  let link = count > 0 ? nextLink[hops[count - 1]] : here
  let wanted = lanesOpen(world, link, type)
  for (let at = 0; at < 16; at++) leads[at] = wanted & (1 << at) || wanted === 0 ? 0 : -1
  for (let step = count - 1; step >= 0; step--) {
    const swap = leadsNext
    leadsNext = leads
    leads = swap
    if (step === 0) slots.lanesNext[slot] = wanted
    const length = links.length[link]
    link = step > 0 ? nextLink[hops[step - 1]] : here
    const open = lanesOpen(world, link, type)
    const first = reachFirst[hops[step]]
    let most = -1
    wanted = 0
    for (let at = 0; at < links.laneCount[link] && at < 16; at++) {
      // Lanes closed to it come last, whatever they lead to.
      let on = open === 0 || open & (1 << at) ? 0 : -1
      const to = reach[first + at]
      if (on === 0)
        for (let other = 0; to >> other !== 0; other++)
          if (to & (1 << other) && leadsNext[other] >= 0 && length + leadsNext[other] > on) on = length + leadsNext[other]
      leads[at] = on
      if (on > most) { most = on; wanted = 0 }
      if (on === most) wanted |= 1 << at
    }
  }
  slots.lanesWanted[slot] = wanted
  slots.leadsOn[slot] = slots.path[slot] < index.laneRows ? leads[lanes.index[slots.path[slot]]] : 0
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

/** Sets the turn that a vehicle on a lane will take. */
export function planTurn(world: World, slot: number, lane: number): void {
  const { slots } = world
  const next = linkAfter(world, slot)
  slots.nextTurn[slot] = next < 0 ? -1 : pickTurn(world, lane, next, slots.lanesNext[slot], slots.class[slot])
}
