import { uniform, Draw } from '../core/random'
import { isShared } from '../core/table'
import type { World } from '../world'
import type { WorldInput } from '../worldTypes'
import { adjust, buildHierarchy, createMarks, createSearch, createWeights, customise, FAR, query, unpack, weightsBytes, type Hierarchy, type Search, type Weights } from './hierarchy'
import { indexNetwork, type NetworkIndex } from './networkIndex'
import { CLASSES, type Network } from './networkTables'

/** Link times as drivers see them: some go by habit, in several tastes, others by live times, in several tastes. */
export const HABIT_GROUPS = 8
export const LIVE_GROUPS = 4
export const GROUPS = HABIT_GROUPS + LIVE_GROUPS
/** How often the times that drivers know are renewed, s. */
export const REFRESH_SECONDS = 150

export interface Router {
  /** Time of each hop, ms, by group: of the link that it leaves, waiting for that very turn included. All routes follow from it. */
  readonly cost: Int32Array
  /** What a group of drivers takes a link for, ms per s of its time: by group, then by link. */
  readonly taste: Float64Array
  /** Bits of the classes for which no lane of the link is open. */
  readonly closed: Uint16Array
  /** Bits of the classes for which a closure of turns bans the hop. */
  readonly banned: Uint16Array
  /** Bits of the classes for which no open lane leads over the hop, or that are banned from it. */
  readonly shut: Uint16Array
  /** Open lanes of each link as bits, by class: open[link * CLASSES + class]. */
  readonly open: Uint16Array
  /** What searches of this thread write. */
  readonly search: Search
  /** Links of the last route found in `search`. */
  readonly path: Int32Array
  readonly hierarchy: Hierarchy
  /** Weights by group and class: made when first asked for, brought up to date when that is asked for again. Queries only read them. */
  readonly weights: (Weights | undefined)[]
  /** 1: times of many hops have changed, all weights of the set must be made anew. */
  readonly stale: Uint8Array
  /** Hops that were shut to a class or opened since, and how many of them each set has heeded. */
  changedHops: number[]
  readonly heeded: Int32Array
  readonly marks: Int32Array
  /** Times of hops from which weights are being made, ms. */
  readonly hopTime: Int32Array
  /** Class whose closed links a class shares, so that equal ones share weights. */
  readonly likeClass: Int32Array
}

export function createRouter(input: WorldInput, index: NetworkIndex): Router {
  const { links } = input.network
  const hierarchy = hierarchyOf(input.network, index)
  const search = createSearch(hierarchy)
  const router: Router = {
    cost: new Int32Array(GROUPS * index.nextLink.length),
    taste: tastesOf(input.seed, links.rows),
    closed: new Uint16Array(links.rows),
    banned: new Uint16Array(index.nextLink.length),
    shut: new Uint16Array(index.nextLink.length),
    open: new Uint16Array(links.rows * CLASSES),
    search,
    path: search.path,
    hierarchy,
    weights: [],
    stale: new Uint8Array(GROUPS * CLASSES).fill(1),
    changedHops: [],
    heeded: new Int32Array(GROUPS * CLASSES),
    marks: createMarks(hierarchy),
    hopTime: new Int32Array(index.nextLink.length),
    likeClass: new Int32Array(CLASSES),
  }
  for (let group = 0; group < GROUPS; group++) setCosts(router, index, group, index.hopTime)
  findClosed(router, input, index, null)
  return router
}

const hierarchies = new WeakMap<Network, Hierarchy>()

/** The hierarchy depends on the network alone, so all worlds on it share one. */
export function hierarchyOf(network: Network, index: NetworkIndex): Hierarchy {
  let hierarchy = hierarchies.get(network)
  if (!hierarchy) {
    const { links, points } = network
    const middle = (link: number): number => links.pointFirst[link] + (links.pointCount[link] >> 1)
    const x = Float64Array.from({ length: links.rows }, (_, link) => points.x[middle(link)])
    const y = Float64Array.from({ length: links.rows }, (_, link) => points.y[middle(link)])
    hierarchy = buildHierarchy(x, y, index.nextFirst, index.nextLink)
    hierarchies.set(network, hierarchy)
  }
  return hierarchy
}

/**
 * Renews what drivers know of the times of hops: habit from the usual times, live from the last minutes. One group in turn,
 * so that no tick is much longer than the others.
 */
export function refreshCosts(world: World): void {
  const { input, router, tick, measures } = world
  const every = Math.max(1, Math.round(REFRESH_SECONDS / input.dt / GROUPS))
  if (tick === 0 || tick % every !== 0) return
  const group = (tick / every) % GROUPS
  setCosts(router, world.index, group, group < HABIT_GROUPS ? measures.hops.timeUsual : measures.hops.time)
}

/** Each group sees each link up to 15 % (habit) or 6 % (live) longer or shorter than it is. */
function tastesOf(seed: number, links: number): Float64Array {
  const tastes = new Float64Array(GROUPS * links)
  for (let group = 0; group < GROUPS; group++) {
    const spread = group < HABIT_GROUPS ? 0.3 : 0.12
    for (let link = 0; link < links; link++) tastes[group * links + link] = 1000 * (1 + spread * (uniform(seed, Draw.routeNoise, group, link) - 0.5))
  }
  return tastes
}

/** Sets the cost of a group's hops from their times, s. */
export function setCosts(router: Router, { nextFirst, nextLink }: NetworkIndex, group: number, times: Float64Array): void {
  const { cost, taste } = router
  const base = group * nextLink.length
  const links = nextFirst.length - 1
  for (let link = 0; link < links; link++)
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++) cost[base + hop] = Math.round(times[hop] * taste[group * links + link])
  router.stale.fill(1, group * CLASSES, (group + 1) * CLASSES)
}

/** Sets which lanes, links and hops are shut to which classes, from the lanes' own rules and the closures in force. */
export function findClosed(router: Router, input: WorldInput, index: NetworkIndex, closures: Uint16Array | null): void {
  const { links, lanes } = input.network
  const { nextFirst, nextLink, reachFirst, reach } = index
  const { open, closed, banned, shut } = router
  open.fill(0)
  for (let link = 0; link < links.rows; link++) {
    closed[link] = 0
    for (let type = 0; type < CLASSES; type++) {
      for (let at = 0; at < links.laneCount[link] && at < 16; at++) {
        const lane = links.laneFirst[link] + at
        if ((lanes.allowed[lane] & ~(closures ? closures[lane] : 0)) & (1 << type)) open[link * CLASSES + type] |= 1 << at
      }
      if (open[link * CLASSES + type] === 0) closed[link] |= 1 << type
    }
  }
  const all = (1 << CLASSES) - 1
  for (let link = 0; link < links.rows; link++)
    for (let hop = nextFirst[link]; hop < nextFirst[link + 1]; hop++) {
      const next = nextLink[hop]
      let bits = closed[next] | banned[hop]
      let [fromBefore, toBefore, leads] = [-1, -1, false]
      for (let type = 0; type < CLASSES; type++) {
        const from = open[link * CLASSES + type]
        const to = open[next * CLASSES + type]
        if (from !== fromBefore || to !== toBefore) { // most classes may use the same lanes
          // Whoever is inside a link that is closed as a whole drives on from any lane of it.
          leads = from === 0
          for (let at = 0; !leads && at < links.laneCount[link] && at < 16; at++)
            if (from & (1 << at) && reach[reachFirst[hop] + at] & to) leads = true
          fromBefore = from
          toBefore = to
        }
        if (!leads) bits |= 1 << type
      }
      bits &= all
      if (bits === shut[hop]) continue
      shut[hop] = bits
      router.changedHops.push(hop)
    }
  // So many are no longer few: all is made anew.
  if (router.changedHops.length > nextLink.length / 8) {
    router.stale.fill(1)
    router.changedHops = []
  }
  findAlike(router)
}

/** Finds which classes are shut out of the same hops. */
function findAlike({ shut, likeClass }: Router): void {
  // Bits of the classes of which one is shut out of some hop and the other is not.
  const differs = new Int32Array(CLASSES)
  const all = (1 << CLASSES) - 1
  for (let hop = 0; hop < shut.length; hop++) {
    const bits = shut[hop] & all
    if (bits !== 0 && bits !== all) for (let type = 0; type < CLASSES; type++) differs[type] |= bits >> type & 1 ? ~bits : bits
  }
  for (let type = 0; type < CLASSES; type++) {
    likeClass[type] = type
    for (let other = type - 1; other >= 0; other--) if (!(differs[type] >> other & 1)) likeClass[type] = other
  }
}

/** After `cost` or `shut` were set from outside: all weights are made anew. */
export function compareClasses(router: Router): void {
  findAlike(router)
  router.stale.fill(1)
}

export const groupOf = (seed: number, tripId: number, live: boolean): number =>
  live ? HABIT_GROUPS + Math.floor(uniform(seed, Draw.routeNoise, tripId, -1) * LIVE_GROUPS)
    : Math.floor(uniform(seed, Draw.routeNoise, tripId, -1) * HABIT_GROUPS)

/** Weights of the hierarchy for a group and class, brought up to date with all that they follow from. */
export function weightsOf(router: Router, group: number, type: number): Weights {
  const { likeClass, hierarchy, weights, stale, heeded, changedHops, marks } = router
  const like = likeClass[type]
  const at = group * CLASSES + like
  const own = weights[at] ??= createWeights(hierarchy, isShared(router.cost) ? new SharedArrayBuffer(weightsBytes(hierarchy)) : undefined)
  if (stale[at]) {
    const times = timesOf(router, group, like)
    const other = similarClass(router, group, like)
    if (other < 0) customise(hierarchy, own, times)
    else {
      const similar = weights[group * CLASSES + other]!
      own.time.set(similar.time)
      own.via.set(similar.via)
      adjust(hierarchy, own, times, differingHops(router, like, other), 0, marks)
    }
  } else if (changedHops.length - heeded[at] > fewHops(router)) customise(hierarchy, own, timesOf(router, group, like))
  else if (heeded[at] < changedHops.length) adjust(hierarchy, own, timesOf(router, group, like), changedHops, heeded[at], marks)
  stale[at] = 0
  heeded[at] = changedHops.length
  return own
}

/** Up to so many hops it takes less time to adjust what follows from them than to make all anew (a third, at 60 of 25,000). */
const fewHops = ({ shut }: Router): number => shut.length >> 8

/** A class whose weights in a group are up to date, and that is shut out of nearly the same hops; -1 = there is none. */
function similarClass(router: Router, group: number, type: number): number {
  const { weights, stale, heeded, changedHops } = router
  for (let other = 0; other < CLASSES; other++) {
    const at = group * CLASSES + other
    if (weights[at] && !stale[at] && heeded[at] === changedHops.length && differingHops(router, type, other).length <= fewHops(router)) return other
  }
  return -1
}

/** Hops that one of two classes is shut out of and the other is not: all, or some more than are few. */
function differingHops(router: Router, type: number, other: number): number[] {
  const { shut } = router
  const found: number[] = []
  for (let hop = 0; hop < shut.length && found.length <= fewHops(router); hop++)
    if ((shut[hop] >> type ^ shut[hop] >> other) & 1) found.push(hop)
  return found
}

/** Times of all hops for a group and class, ms. */
function timesOf({ cost, shut, hopTime }: Router, group: number, type: number): Int32Array {
  const base = group * hopTime.length
  for (let hop = 0; hop < hopTime.length; hop++) hopTime[hop] = shut[hop] >> type & 1 ? FAR : cost[base + hop]
  return hopTime
}

/**
 * Quickest route from the start of `from` to the start of `to`, as links in `search.path`; answers how many, 0 if there
 * is none. `loop`: the way back to the start of the same link is wanted. Ways that take `bound` ms or longer need not be found.
 */
export function searchRoute(
  router: Router, index: NetworkIndex, from: number, to: number, type: number, group: number, loop: boolean, search: Search = router.search, bound = FAR,
): number {
  if (from !== to || loop) weightsOf(router, group, type)
  return searchReady(router, index, from, to, type, group, loop, search, bound)
}

/** The same once `weightsOf` has brought the weights of the group and class up to date: threads with a search of their own may do it at the same time. */
export function searchReady(
  router: Router, index: NetworkIndex, from: number, to: number, type: number, group: number, loop: boolean, search: Search, bound: number,
): number {
  const { hierarchy } = router
  const { path } = search
  path[0] = from
  if (from === to && !loop) return 1
  const weights = router.weights[group * CLASSES + router.likeClass[type]]!
  if (from !== to) {
    query(hierarchy, weights, search, from, to, bound)
    return search.time < FAR ? unpack(hierarchy, weights, search, 1) + 1 : 0
  }
  const bit = 1 << type
  const base = group * index.nextLink.length
  let best = FAR
  let first = -1
  for (let hop = index.nextFirst[from]; hop < index.nextFirst[from + 1]; hop++) {
    const next = index.nextLink[hop]
    if (router.shut[hop] & bit || next === from) continue
    query(hierarchy, weights, search, next, to)
    const time = router.cost[base + hop] + search.time
    if (time < best) {
      best = time
      first = next
    }
  }
  if (first < 0) return 0
  path[1] = first
  query(hierarchy, weights, search, first, to)
  return unpack(hierarchy, weights, search, 2) + 2
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
