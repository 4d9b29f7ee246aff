import { uniform, Draw } from '../core/random'
import { Heap } from '../core/heap'
import type { World } from '../world'
import type { WorldInput } from '../worldTypes'
import { indexNetwork, type NetworkIndex } from './networkIndex'
import type { Network } from './networkTables'

/** Link times as drivers see them: some go by habit, in several tastes, others by live times, in several tastes. */
export const HABIT_GROUPS = 8
export const LIVE_GROUPS = 4
const GROUPS = HABIT_GROUPS + LIVE_GROUPS
/** How often the times that drivers know are renewed, s. */
export const REFRESH_SECONDS = 150
const CLASSES = 4

export interface Router {
  /** Time to pass each link and its junction, ms, by group: the state from which all searches start. */
  readonly cost: Int32Array
  /** Bits of the classes for which no lane of the link is open. */
  readonly closed: Uint16Array
  /** Links of the last route found. */
  readonly path: Int32Array
  readonly heap: Heap
  readonly distance: Float64Array
  readonly parent: Int32Array
  readonly mark: Int32Array
  markNow: number
}

export function createRouter(input: WorldInput, index: NetworkIndex): Router {
  const links = input.network.links.rows
  const router: Router = {
    cost: new Int32Array(GROUPS * links),
    closed: new Uint16Array(links),
    path: new Int32Array(links + 2),
    heap: new Heap(index.nextLink.length + 8),
    distance: new Float64Array(links),
    parent: new Int32Array(links),
    mark: new Int32Array(links),
    markNow: 0,
  }
  const usual = Float64Array.from({ length: links }, (_, link) => index.linkTime[link] + index.linkDelay[link])
  setCosts(router, input, usual, usual)
  findClosed(router, input, null)
  return router
}

/** Renews what drivers know of link times: habit from the usual times, live from the last minutes. */
export function refreshCosts(world: World): void {
  const { timeUsual, time } = world.measures.live
  setCosts(world.router, world.input, timeUsual, time)
}

/** Taste: each group sees each link up to 15 % (habit) or 6 % (live) longer or shorter than it is. */
function setCosts(router: Router, input: WorldInput, usual: Float64Array, live: Float64Array): void {
  const links = input.network.links.rows
  for (let group = 0; group < GROUPS; group++) {
    const times = group < HABIT_GROUPS ? usual : live
    const spread = group < HABIT_GROUPS ? 0.3 : 0.12
    for (let link = 0; link < links; link++) {
      const taste = 1 + spread * (uniform(input.seed, Draw.routeNoise, group, link) - 0.5)
      router.cost[group * links + link] = Math.round(times[link] * taste * 1000)
    }
  }
}

/** Sets which links are shut to which classes, from the lanes' own rules and the closures in force. */
export function findClosed(router: Router, input: WorldInput, closures: Uint16Array | null): void {
  const { links, lanes } = input.network
  for (let link = 0; link < links.rows; link++) {
    let open = 0
    for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++)
      open |= lanes.allowed[lane] & ~(closures ? closures[lane] : 0)
    router.closed[link] = ~open & ((1 << CLASSES) - 1)
  }
}

export const groupOf = (seed: number, tripId: number, live: boolean): number =>
  live ? HABIT_GROUPS + Math.floor(uniform(seed, Draw.routeNoise, tripId, -1) * LIVE_GROUPS)
    : Math.floor(uniform(seed, Draw.routeNoise, tripId, -1) * HABIT_GROUPS)

/**
 * Quickest route from the end of `from` to the end of `to`, as links in `router.path`; answers how many, 0 if there
 * is none. `loop`: the way back to the start of the same link is wanted.
 */
export function searchRoute(
  router: Router, index: NetworkIndex, from: number, to: number, type: number, group: number, loop: boolean,
): number {
  const { nextFirst, nextLink, nextTime } = index
  const { heap, distance, parent, mark, closed, cost, path } = router
  if (from === to && !loop) {
    path[0] = from
    return 1
  }
  const links = closed.length
  const bit = 1 << type
  const base = group * links
  const now = ++router.markNow
  heap.clear()
  heap.push(0, -1 - from)
  let last = -1
  while (heap.size > 0) {
    const key = heap.keyOfTop
    let link = heap.pop()
    let origin = false
    if (link < 0) {
      link = -1 - link
      origin = true
    } else {
      if (key > distance[link]) continue
      if (link === to) { last = link; break }
    }
    for (let at = nextFirst[link]; at < nextFirst[link + 1]; at++) {
      const next = nextLink[at]
      if (closed[next] & bit) continue
      const time = key + nextTime[at] * 1000 + cost[base + next]
      if (mark[next] === now && distance[next] <= time) continue
      mark[next] = now
      distance[next] = time
      parent[next] = origin ? -1 : link
      heap.push(time, next)
    }
  }
  if (last < 0) return 0
  let count = 1
  for (let link = last; link >= 0; link = parent[link]) count++
  let at = count - 1
  for (let link = last; link >= 0; link = parent[link]) path[at--] = link
  path[0] = from
  return count
}

/** Free-flow time of the links after the first of a route, s. */
export function freeTimeOfRoute(world: World, route: readonly number[]): number {
  const { index } = world
  let time = 0
  for (let at = 1; at < route.length; at++) time += index.linkTime[route[at]] + index.linkDelay[route[at - 1]]
  return time
}

/** Links of the quickest way on the empty network between two links for a class of vehicle; empty if there is none. */
export function findRoute(network: Network, fromLink: number, toLink: number, type = 0): number[] {
  let found = routers.get(network)
  if (!found) {
    const index = indexNetwork(network)
    found = { index, router: createRouter({ network, seed: 0 } as WorldInput, index) }
    routers.set(network, found)
  }
  const count = searchRoute(found.router, found.index, fromLink, toLink, type, 0, false)
  return Array.from(found.router.path.subarray(0, count))
}

const routers = new WeakMap<Network, { index: NetworkIndex; router: Router }>()
