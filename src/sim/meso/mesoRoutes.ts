import { uniform, Draw } from '../core/random'
import { groupOf, searchRoute } from '../network/router'
import type { NetworkIndex } from '../network/networkIndex'
import { LinkFlag, type Network } from '../network/networkTables'
import type { WorldInput } from '../worldTypes'
import { freePiece, HOP, takePiece } from './hopPool'
import { unitsOf } from './mesoNetwork'
import { LANE_BYTES, Lane, SLOT_BYTES, Slot } from './mesoTables'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'

/** How often a driver with live times looks at the way ahead, s. */
const LOOK_SECONDS = 300
/** A driver looks for another way where the one ahead takes longer than usual by this share and s, and takes one that saves as much. */
const GAIN_MIN = 0.12
const GAIN_SECONDS = 5

/** So far ahead drivers choose their lanes, m; as in the micro engine. */
const SORT_AHEAD = 700
const SLOT_WORDS = SLOT_BYTES / 4

/**
 * Gives a vehicle that sets out its route: the one that its trip came with or that was found ahead, else the quickest as
 * its driver knows it. False if there is none.
 */
export function firstRoute(world: MesoWorld, slot: number, row: number): boolean {
  const { given, slots, pool, input: { trips } } = world
  let place = given[row]
  if (place >= 0 && !isOpen(world, place, trips.originLink[row], trips.class[row])) {
    freePiece(pool, place)
    place = -1
  }
  if (place < 0) place = routeAtStart(world, row)
  slots.i32[slot * SLOT_WORDS + Slot.route] = slots.i32[slot * SLOT_WORDS + Slot.hop] = place
  given[row] = -1
  return place >= 0
}

/** Finds a trip the quickest route from its start as its driver knows it; answers its place in the pool, -1 if there is none. */
export function routeAtStart(world: MesoWorld, row: number): number {
  const { input, router, index } = world
  const { trips } = input
  const [from, to] = [trips.originLink[row], trips.destinationLink[row]]
  const start = comesOverCordon(input, row) ? 0 : trips.originOffset[row]
  const count = searchRoute(router, index, from, to, trips.class[row], groupOf(input.seed, trips.id[row], isLive(world, row)), from === to && trips.destinationOffset[row] <= start)
  return count > 0 ? layFound(world, count) : -1
}

/** Vehicles within this of the start of a gateway come in over the cordon, m. */
const AT_GATEWAY = 20

export const comesOverCordon = ({ network: { links }, trips }: WorldInput, row: number): boolean =>
  (links.flags[trips.originLink[row]] & LinkFlag.gatewayIn) !== 0 && trips.originOffset[row] < AT_GATEWAY

export const isLive = ({ input }: MesoWorld, row: number): boolean => uniform(input.seed, Draw.reroute, input.trips.id[row], 0) < input.rerouteShare

function isOpen({ pool: { hops }, router }: MesoWorld, place: number, link: number, type: number): boolean {
  const bit = 1 << type
  if (router.closed[link] & bit) return false
  for (let at = place; hops[at] >= 0; at += HOP) if (router.shut[hops[at]] & bit) return false
  return true
}

/** The routes that trips came with, as hops and lanes, and the place of each; -1 where there is none, or it cannot be driven. All at once, before the run. */
export function givenHops({ routes, trips, network }: WorldInput, index: NetworkIndex): { first: Int32Array; hops: Int32Array } {
  const first = new Int32Array(trips.rows).fill(-1)
  if (!routes) return { first, hops: new Int32Array(0) }
  const hops = new Int32Array(HOP * (routes.link.length + trips.rows))
  let used = 0
  for (let row = 0; row < trips.rows; row++) {
    const count = routes.first[row + 1] - routes.first[row]
    if (count > 0 && layRoute(network, index, routes.link, routes.first[row], count, hops, used)) {
      first[row] = used
      used += HOP * count
    }
  }
  return { first, hops: hops.subarray(0, used) }
}

const leads = new Float64Array(16)
const leadsNext = new Float64Array(16)

/**
 * Writes a route of `count` links as hops, each with the lanes of its link from which the way goes on farthest without
 * a change of lane, at most SORT_AHEAD, as drivers of the micro engine choose theirs. False where two links do not meet.
 */
function layRoute({ links }: Network, index: NetworkIndex, path: Int32Array, from: number, count: number, hops: Int32Array, place: number): boolean {
  const { reachFirst, reach } = index
  hops[place + HOP * (count - 1)] = -1
  hops[place + HOP * (count - 1) + 1] = 0xffff
  leadsNext.fill(0)
  for (let at = count - 2; at >= 0; at--) {
    const link = path[from + at]
    const next = path[from + at + 1]
    const hop = hopBetween(index, link, next)
    if (hop < 0) return false
    let most = 0
    let wanted = 0
    for (let lane = 0; lane < links.laneCount[link] && lane < 16; lane++) {
      const to = reach[reachFirst[hop] + lane]
      let on = 0
      for (let other = 0; to >> other !== 0; other++)
        if (to & (1 << other) && links.length[next] + leadsNext[other] > on) on = links.length[next] + leadsNext[other]
      leads[lane] = on > SORT_AHEAD ? SORT_AHEAD : on
      if (leads[lane] > most) { most = leads[lane]; wanted = 0 }
      if (leads[lane] === most) wanted |= 1 << lane
    }
    leadsNext.set(leads)
    hops[place + HOP * at] = hop
    hops[place + HOP * at + 1] = wanted
  }
  return true
}

export function hopBetween({ nextFirst, nextLink }: NetworkIndex, from: number, to: number): number {
  for (let hop = nextFirst[from]; hop < nextFirst[from + 1]; hop++) if (nextLink[hop] === to) return hop
  return -1
}

/** Lays the route in `router.path` into the pool; answers its place. */
function layFound({ pool, router, index, input }: MesoWorld, count: number): number {
  const place = takePiece(pool, count)
  layRoute(input.network, index, router.path, 0, count, pool.hops, place)
  return place
}

/** Finds a vehicle at the end of its link another way; false if there is none. */
export function findWay(world: MesoWorld, slot: number, link: number): boolean {
  const { input, slots, router, index, counts } = world
  const row = slots.i32[slot * SLOT_WORDS + Slot.trip]
  const type = slots.i32[slot * SLOT_WORDS + Slot.class]
  const group = groupOf(input.seed, input.trips.id[row], isLive(world, row))
  const to = input.trips.destinationLink[row]
  const count = searchRoute(router, index, link, to, type, group, link === to)
  if (count < 2) return false
  replaceRoute(world, slot, count)
  counts[MesoCount.reroutes]++
  return true
}

/** Gives every vehicle whose way ahead is shut another one, so that it does not enter what it cannot leave. */
export function rerouteShutMeso(world: MesoWorld): void {
  const { slots: { i32 }, pool, counts, router: { shut }, index } = world
  for (let slot = 0; slot < counts[MesoCount.slotsUsed]; slot++) {
    const at = slot * SLOT_WORDS
    if (i32[at + Slot.trip] < 0 || i32[at + Slot.turn] < 0) continue
    const bit = 1 << i32[at + Slot.class]
    let hop = i32[at + Slot.hop]
    while (pool.hops[hop] >= 0 && !(shut[pool.hops[hop]] & bit)) hop += HOP
    if (pool.hops[hop] >= 0) findWay(world, slot, index.pathLink[i32[at + Slot.lane]])
  }
}

/** Takes another turn of its lane to a link with room, if a way leads on from there; false if there is none. */
export function divert(world: MesoWorld, slot: number, lane: number): boolean {
  const { input, slots, router, index, lanes: { i32: room }, counts } = world
  const { turns, links, lanes: { turnFirst, turnCount } } = input.network
  const row = slots.i32[slot * SLOT_WORDS + Slot.trip]
  const type = slots.i32[slot * SLOT_WORDS + Slot.class]
  const link = input.network.lanes.link[lane]
  for (let turn = turnFirst[lane]; turn < turnFirst[lane] + turnCount[lane]; turn++) {
    const next = index.turnLink[turn]
    const hop = index.turnHop[turn]
    if (hop === index.turnHop[slots.i32[slot * SLOT_WORDS + Slot.turn]] || router.shut[hop] & (1 << type) || links.fromNode[link] === links.toNode[next]) continue
    const into = turns.toLane[turn] * (LANE_BYTES / 4)
    if (room[into + Lane.entered] - room[into + Lane.left] + unitsOf(type) > room[into + Lane.storage]) continue
    const group = groupOf(input.seed, input.trips.id[row], isLive(world, row))
    const count = searchRoute(router, index, next, input.trips.destinationLink[row], type, group, false)
    const again = router.path.indexOf(link)
    if (count === 0 || (again >= 0 && again < count)) continue
    router.path.copyWithin(1, 0, count)
    router.path[0] = link
    replaceRoute(world, slot, count + 1)
    counts[MesoCount.reroutes]++
    return true
  }
  return false
}

/**
 * A vehicle at the end of a lane that does not lead along its route takes the turn of that lane from which it is there
 * soonest, as drivers of the micro engine do who missed their lane; false if none of them leads there.
 */
export function missTurn(world: MesoWorld, slot: number, lane: number): boolean {
  const { input, slots, router, index, counts, hops } = world
  const { lanes: { turnFirst, turnCount } } = input.network
  const row = slots.i32[slot * SLOT_WORDS + Slot.trip]
  const type = slots.i32[slot * SLOT_WORDS + Slot.class]
  const group = groupOf(input.seed, input.trips.id[row], isLive(world, row))
  const search = (link: number): number => searchRoute(router, index, link, input.trips.destinationLink[row], type, group, false)
  let best = -1
  let least = Infinity
  for (let turn = turnFirst[lane]; turn < turnFirst[lane] + turnCount[lane]; turn++) {
    if (router.shut[index.turnHop[turn]] & (1 << type)) continue
    const next = index.turnLink[turn]
    const count = search(next)
    if (count === 0) continue
    let time = hops.time[index.turnHop[turn]]
    for (let at = 1; at < count; at++) time += hops.time[hopBetween(index, router.path[at - 1], router.path[at])]
    if (time < least) { least = time; best = next }
  }
  if (best < 0) return false
  const count = search(best)
  router.path.copyWithin(1, 0, count)
  router.path[0] = index.pathLink[lane]
  replaceRoute(world, slot, count + 1)
  counts[MesoCount.missedTurns]++
  return true
}

/** Gives a vehicle the route in `router.path`, which begins with its present link. */
function replaceRoute(world: MesoWorld, slot: number, count: number): void {
  const { pool, slots, input, index, lanes } = world
  const at = slot * SLOT_WORDS
  freePiece(pool, slots.i32[at + Slot.route])
  slots.i32[at + Slot.route] = slots.i32[at + Slot.hop] = layFound(world, count)
  const lane = slots.i32[at + Slot.lane]
  // A place that it has booked is no longer on its way.
  if (lanes.i32[lane * (LANE_BYTES / 4) + Lane.head] === slot) lanes.f64[lane * (LANE_BYTES / 8) + Lane.booked] = -1
  slots.i32[at + Slot.turn] = turnFor(world, pool.hops[slots.i32[at + Slot.hop]], index.pathLink[lane], lane - input.network.links.laneFirst[index.pathLink[lane]])
}

/** Turn of a lane over a hop; that of another lane if it has none: its vehicle crosses over at the stop line. */
export function turnFor({ fixed, index: { reachFirst }, input }: MesoWorld, hop: number, link: number, lane: number): number {
  const own = fixed.hopLaneTurn[reachFirst[hop] + lane]
  if (own >= 0) return own
  for (let at = 0; at < input.network.links.laneCount[link]; at++) if (fixed.hopLaneTurn[reachFirst[hop] + at] >= 0) return fixed.hopLaneTurn[reachFirst[hop] + at]
  return -1
}

/** Drivers with live times look at the way ahead every five minutes, in turn, and for a better one where it takes longer than usual. */
export function rerouteMeso(world: MesoWorld): void {
  const { slots: { i32 }, counts, tick, input, router, index, hops, fixed } = world
  const every = LOOK_SECONDS / MESO_STEP
  for (let slot = tick % every; slot < counts[MesoCount.slotsUsed]; slot += every) {
    const row = i32[slot * SLOT_WORDS + Slot.trip]
    if (row < 0 || i32[slot * SLOT_WORDS + Slot.turn] < 0 || !isLive(world, row)) continue
    const live = timeAhead(world, slot, hops.time)
    const usual = timeAhead(world, slot, hops.timeUsual)
    if (live < usual * (1 + GAIN_MIN) + GAIN_SECONDS) continue
    const link = index.pathLink[i32[slot * SLOT_WORDS + Slot.lane]]
    const group = groupOf(input.seed, input.trips.id[row], true)
    const count = searchRoute(router, index, link, input.trips.destinationLink[row], i32[slot * SLOT_WORDS + Slot.class], group, false)
    // Nobody changes lanes on a link here: only a way from his own is any use.
    if (count < 2 || fixed.hopLaneTurn[index.reachFirst[hopBetween(index, link, router.path[1])] + i32[slot * SLOT_WORDS + Slot.lane] - input.network.links.laneFirst[link]] < 0) continue
    let found = 0
    for (let at = 1; at < count; at++) found += hops.time[hopBetween(index, router.path[at - 1], router.path[at])]
    if (found > live * (1 - GAIN_MIN) - GAIN_SECONDS) continue
    replaceRoute(world, slot, count)
    counts[MesoCount.reroutes]++
  }
}

/** Time of the rest of a route from the start of its present link, s. */
function timeAhead({ pool: { hops }, slots }: MesoWorld, slot: number, times: Float64Array): number {
  let sum = 0
  for (let at = slots.i32[slot * SLOT_WORDS + Slot.hop]; hops[at] >= 0; at += HOP) sum += times[hops[at]]
  return sum
}
