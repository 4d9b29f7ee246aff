import { Draw, hopGraph, planRoute, uniform, type RoutePlanner } from '../sim'
import { createDijkstra } from './dijkstra'

/** What routes between random pairs of links are like beside those of plain Dijkstra. */
export interface RouteComparison {
  readonly pairs: number
  /** Pairs with a way between them. */
  readonly reachable: number
  /** Pairs for which only one of the two finds a way. */
  readonly missing: number
  /** Routes that take longer, or are said to take another time, than Dijkstra's. */
  readonly differing: number
  /** Routes whose links do not follow one another, or that take a turn that is shut to the class. */
  readonly broken: number
  /** Links of a route, mean. */
  readonly linksMean: number
}

/** Compares the routes of a class of vehicle between `pairs` random pairs of links with plain Dijkstra's. */
export function compareRoutes(planner: RoutePlanner, type: number, pairs: number, seed: number): RouteComparison {
  const graph = hopGraph(planner, type)
  const dijkstra = createDijkstra(graph)
  const links = graph.first.length - 1
  const { closed } = planner.router
  let [reachable, missing, differing, broken, length] = [0, 0, 0, 0, 0]
  for (let pair = 0; pair < pairs; pair++) {
    const from = Math.floor(uniform(seed, Draw.origin, pair, type) * links)
    const to = Math.floor(uniform(seed, Draw.destination, pair, type) * links)
    const quickest = closed[from]! & (1 << type) ? -1 : dijkstra.time(from, to)
    const route = planRoute(planner, from, to, type)
    if (quickest >= 0) reachable++
    if (!route || quickest < 0) {
      if (route !== null || quickest >= 0) missing++
      continue
    }
    length += route.links.length
    const time = timeOf(route.links, graph)
    if (time < 0 || route.links[0] !== from || route.links.at(-1) !== to) broken++
    else if (time !== quickest || route.milliseconds !== quickest) differing++
  }
  return { pairs, reachable, missing, differing, broken, linksMean: length / Math.max(1, reachable) }
}

/** Time from the start of the first link to that of the last, ms; -1 if one does not follow another, or must not. */
function timeOf(route: readonly number[], { first, link, time }: ReturnType<typeof hopGraph>): number {
  let sum = 0
  for (let at = 1; at < route.length; at++) {
    let found = -1
    for (let hop = first[route[at - 1]!]!; hop < first[route[at - 1]! + 1]!; hop++) if (link[hop] === route[at]) found = time[hop]!
    if (found < 0) return -1
    sum += found
  }
  return sum
}
