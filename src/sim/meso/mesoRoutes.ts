import { uniform, Draw } from '../core/random'
import { groupOf, searchRoute, setCosts, HABIT_GROUPS, LIVE_GROUPS } from '../network/router'
import { freePiece, takePiece } from './hopPool'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'

/** How often the times that drivers know are renewed, s: one group of drivers after the other. */
const REFRESH_SECONDS = 600
/** How often a driver with live times looks at the way ahead, s. */
const LOOK_SECONDS = 300
/** A driver looks for another way where the one ahead takes longer than usual by this share and s, and takes one that saves as much. */
const GAIN_MIN = 0.12
const GAIN_SECONDS = 5

/** Finds the route of a trip that sets out: the one it came with, else the quickest as its driver knows it. Answers its links, in `router.path`. */
export function firstRoute(world: MesoWorld, row: number, loop: boolean): number {
  const { input, router, index } = world
  const { trips } = input
  const given = givenRoute(world, row)
  if (given > 0) return given
  const live = isLive(world, row)
  return searchRoute(router, index, trips.originLink[row], trips.destinationLink[row], trips.class[row], groupOf(input.seed, trips.id[row], live), loop)
}

export const isLive = ({ input }: MesoWorld, row: number): boolean => uniform(input.seed, Draw.reroute, input.trips.id[row], 0) < input.rerouteShare

function givenRoute({ input, router, index }: MesoWorld, row: number): number {
  const { routes, trips } = input
  if (!routes) return 0
  const count = routes.first[row + 1] - routes.first[row]
  if (count > router.path.length) return 0
  const bit = 1 << trips.class[row]
  for (let at = 0; at < count; at++) {
    const link = routes.link[routes.first[row] + at]
    router.path[at] = link
    const hop = at > 0 ? hopBetween(index, router.path[at - 1], link) : -1
    if (at > 0 ? hop < 0 || router.shut[hop] & bit : router.closed[link] & bit) return 0
  }
  return count
}

export function hopBetween({ nextFirst, nextLink }: MesoWorld['index'], from: number, to: number): number {
  for (let hop = nextFirst[from]; hop < nextFirst[from + 1]; hop++) if (nextLink[hop] === to) return hop
  return -1
}

/** Gives a vehicle the route in `router.path`, which begins with its present link. */
export function takeRoute({ pool, slots, router, index }: MesoWorld, slot: number, count: number): void {
  const place = takePiece(pool, count)
  for (let at = 1; at < count; at++) pool.hops[place + at - 1] = hopBetween(index, router.path[at - 1], router.path[at])
  pool.hops[place + count - 1] = -1
  slots.route[slot] = slots.hop[slot] = place
}

/** Finds a vehicle at the end of its link another way; false if there is none. */
export function findWay(world: MesoWorld, slot: number, link: number): boolean {
  const { input, slots, router, index, counts } = world
  const row = slots.trip[slot]
  const type = slots.class[slot]
  const group = groupOf(input.seed, input.trips.id[row], isLive(world, row))
  const to = input.trips.destinationLink[row]
  const count = searchRoute(router, index, link, to, type, group, link === to)
  if (count < 2) return false
  replaceRoute(world, slot, count)
  counts[MesoCount.reroutes]++
  return true
}

/** Takes another turn of its lane to a link with room, if a way leads on from there; false if there is none. */
export function divert(world: MesoWorld, slot: number, lane: number): boolean {
  const { input, slots, router, index, lanes, fixed, counts } = world
  const { turns, links, lanes: { turnFirst, turnCount } } = input.network
  const row = slots.trip[slot]
  const bit = 1 << slots.class[slot]
  const link = input.network.lanes.link[lane]
  for (let turn = turnFirst[lane]; turn < turnFirst[lane] + turnCount[lane]; turn++) {
    const next = index.turnLink[turn]
    const hop = index.turnHop[turn]
    if (hop === index.turnHop[slots.turn[slot]] || router.shut[hop] & bit || links.fromNode[link] === links.toNode[next]) continue
    const into = turns.toLane[turn]
    if (lanes.entered[into] - lanes.left[into] + slots.size[slot] > fixed.storage[into]) continue
    const group = groupOf(input.seed, input.trips.id[row], isLive(world, row))
    const count = searchRoute(router, index, next, input.trips.destinationLink[row], slots.class[slot], group, false)
    if (count === 0 || router.path.indexOf(link) >= 0 && router.path.indexOf(link) < count) continue
    router.path.copyWithin(1, 0, count)
    router.path[0] = link
    replaceRoute(world, slot, count + 1)
    counts[MesoCount.reroutes]++
    return true
  }
  return false
}

function replaceRoute(world: MesoWorld, slot: number, count: number): void {
  const { pool, slots, fixed, input } = world
  freePiece(pool, slots.route[slot])
  takeRoute(world, slot, count)
  // A turn of its own lane if there is one: else it crosses over at the stop line.
  const hop = pool.hops[slots.hop[slot]]
  slots.turn[slot] = fixed.hopTurn[fixed.hopFirst[hop]]
  for (let at = fixed.hopFirst[hop]; at < fixed.hopFirst[hop + 1]; at++)
    if (input.network.turns.fromLane[fixed.hopTurn[at]] === slots.lane[slot]) slots.turn[slot] = fixed.hopTurn[at]
}

/** Renews what drivers know of link times: habit from the usual times, live from the last minutes, one group in turn. */
export function refreshMesoCosts({ tick, router, input, index, hops }: MesoWorld): void {
  const groups = HABIT_GROUPS + LIVE_GROUPS
  const every = Math.round(REFRESH_SECONDS / MESO_STEP / groups)
  if (tick === 0 || tick % every !== 0) return
  const group = (tick / every) % groups
  setCosts(router, input, index, group, group < HABIT_GROUPS ? hops.timeUsual : hops.time)
}

/** Drivers with live times look at the way ahead every five minutes, in turn, and for a better one where it takes longer than usual. */
export function rerouteMeso(world: MesoWorld): void {
  const { slots, counts, tick, input, router, index, hops } = world
  const every = LOOK_SECONDS / MESO_STEP
  for (let slot = tick % every; slot < counts[MesoCount.slotsUsed]; slot += every) {
    const row = slots.trip[slot]
    if (row < 0 || slots.turn[slot] < 0 || !isLive(world, row)) continue
    const live = timeAhead(world, slot, hops.time)
    const usual = timeAhead(world, slot, hops.timeUsual)
    if (live < usual * (1 + GAIN_MIN) + GAIN_SECONDS) continue
    const link = input.network.lanes.link[slots.lane[slot]]
    const group = groupOf(input.seed, input.trips.id[row], true)
    const count = searchRoute(router, index, link, input.trips.destinationLink[row], slots.class[slot], group, false)
    if (count < 2) continue
    let found = 0
    for (let at = 1; at < count; at++) found += hops.time[hopBetween(index, router.path[at - 1], router.path[at])]
    if (found > live * (1 - GAIN_MIN) - GAIN_SECONDS) continue
    replaceRoute(world, slot, count)
    counts[MesoCount.reroutes]++
  }
}

/** Time of the rest of a route from the start of its present link, s. */
function timeAhead({ pool, slots }: MesoWorld, slot: number, times: Float64Array): number {
  let sum = 0
  for (let at = slots.hop[slot]; pool.hops[at] >= 0; at++) sum += times[pool.hops[at]]
  return sum
}
