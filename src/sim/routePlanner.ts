import { createTable } from './core/table'
import type { NetworkIndex } from './network/networkIndex'
import { CLASSES, type Network } from './network/networkTables'
import { searchRoute, type Router } from './network/router'
import { applyChanges } from './traffic/changes'
import { createWorld } from './world'
import { tripColumns, type NetworkChange } from './worldTypes'

/** The roads as they stand at one moment, with nobody on them: what is closed then, and how long each hop takes. */
export interface RoutePlanner {
  readonly network: Network
  readonly index: NetworkIndex
  readonly router: Router
}

export interface PlannedRoute {
  /** Rows of links, both ends included. */
  readonly links: readonly number[]
  /** Time from the start of the first link to the start of the last, ms. */
  readonly milliseconds: number
  /** Length of the same, m, with the turns between. */
  readonly metres: number
}

/** The group of drivers whose times a planner sets: those of the road itself, without anybody's taste. */
const GROUP = 0

/** @param changes  closures, bans and limits; those up to `tick` are in force */
export function createRoutePlanner(network: Network, changes: readonly NetworkChange[] = [], tick = 0): RoutePlanner {
  const world = createWorld({ network, trips: createTable(tripColumns, 0), changes, seed: 0, dt: 0.5, startTime: 0, rerouteShare: 0 })
  world.tick = tick
  applyChanges(world)
  const { index, router, paths } = world
  const { links } = network
  for (let link = 0; link < links.rows; link++) {
    const slower = links.length[link] / paths.limit[links.laneFirst[link]] - links.length[link] / links.speedLimit[link]
    for (let hop = index.nextFirst[link]; hop < index.nextFirst[link + 1]; hop++)
      router.cost[GROUP * index.nextLink.length + hop] = Math.round(1000 * (index.hopTime[hop] + slower))
  }
  router.stale.fill(1, GROUP * CLASSES, (GROUP + 1) * CLASSES)
  return { network, index, router }
}

/** Quickest route between two links for a class of vehicle; null if there is none. */
export function planRoute({ index, router }: RoutePlanner, from: number, to: number, type: number): PlannedRoute | null {
  if (router.closed[from] & (1 << type)) return null
  const count = searchRoute(router, index, from, to, type, GROUP, false)
  if (count === 0) return null
  let milliseconds = 0
  let metres = 0
  for (let at = 1; at < count; at++) {
    let hop = index.nextFirst[router.path[at - 1]]
    while (index.nextLink[hop] !== router.path[at]) hop++
    milliseconds += router.cost[GROUP * index.nextLink.length + hop]
    metres += index.hopLength[hop]
  }
  return { links: Array.from(router.path.subarray(0, count)), milliseconds, metres }
}

/** Links that can follow each link, in compressed rows, and how long each hop takes, ms; -1 = shut to the class. */
export interface HopGraph { readonly first: Int32Array; readonly link: Int32Array; readonly time: Int32Array }

/** The graph on which routes are planned for a class, for whoever wants to search it in another way. */
export function hopGraph({ index, router }: RoutePlanner, type: number): HopGraph {
  const time = Int32Array.from(index.nextLink, (_, hop) => (router.shut[hop] & (1 << type) ? -1 : router.cost[GROUP * index.nextLink.length + hop]))
  return { first: index.nextFirst, link: index.nextLink, time }
}
