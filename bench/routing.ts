import { createDijkstra } from '../src/analysis/dijkstra'
import { ALL_CLASSES, assembleNetwork, CLASSES, createRoutePlanner, Draw, gridSpec, hopGraph, uniform, type Network } from '../src/sim'
import { query } from '../src/sim/network/hierarchy'
import { GROUPS, hierarchyOf, findClosed, searchRoute, setCosts, weightsOf } from '../src/sim/network/router'

/** One line of the routing bench. */
export interface RoutingBenchRow {
  readonly case: string
  /** What was done, `times` times. */
  readonly what: string
  readonly times: number
  /** All of them, s. */
  readonly seconds: number
  /** Each, us: least and median of the batches that were timed one by one, and the distance of their quartiles. */
  readonly min: number
  readonly median: number
  readonly spread: number
  /** Of the routes or times found: equal wherever and whenever this runs. */
  readonly checksum: string
}

export interface RoutingBenchCase {
  readonly name: string
  readonly network: () => Network
  /** Random routes, and how many of them Dijkstra finds as well. */
  readonly routes: number
  readonly dijkstra: number
}

export const tinyRouting: readonly RoutingBenchCase[] = [{ name: 'grid 6 x 6', network: () => assembleNetwork(gridSpec(6)), routes: 400, dijkstra: 20 }]

/** Seed of the pairs of links. */
const SEED = 1

/**
 * Times what routing is made of, on one thread: building the hierarchy, re-weighting it, finding routes.
 *
 * A closure makes stale which hops are shut, and the arcs of every group of drivers for every class that is shut out of
 * other hops than the rest: `closure to all` counts one set of them (all classes alike), `closure by class` one for each
 * class.
 */
export function runRoutingBench(cases: readonly RoutingBenchCase[], clock: () => number = () => performance.now()): RoutingBenchRow[] {
  return cases.flatMap(({ name, network: make, routes, dijkstra: few }) => {
    const network = make()
    const rows: RoutingBenchRow[] = []
    const time = (what: string, times: number, batch: number, run: (at: number) => number): void => {
      const each: number[] = []
      let whole = 0
      let sum = 0
      for (let first = 0; first < times; first += batch) {
        const last = Math.min(times, first + batch)
        const start = clock()
        for (let at = first; at < last; at++) sum = (Math.imul(sum, 31) + run(at)) | 0
        const spent = clock() - start
        whole += spent
        each.push((1000 * spent) / (last - first))
      }
      each.sort((a, b) => a - b)
      const [low, middle, high] = [0.25, 0.5, 0.75].map(share => each[Math.floor(each.length * share)]!)
      rows.push({ case: name, what, times, seconds: whole / 1000, min: each[0]!, median: middle!, spread: high! - low!, checksum: (sum >>> 0).toString(16).padStart(8, '0') })
    }

    const planner = createRoutePlanner(network)
    const { index, router } = planner
    time('hierarchy built', 3, 1, () => hierarchyOf({ ...network }, index).arcs)
    // The tastes of all groups, as in a run; group 0 keeps the plain times of the planner.
    const input = { network } as Parameters<typeof findClosed>[1]
    for (let group = 1; group < GROUPS; group++) setCosts(router, index, group, index.hopTime)

    const { links, lanes } = network
    const from = Int32Array.from({ length: routes }, (_, at) => Math.floor(uniform(SEED, Draw.origin, at, 0) * links.rows))
    const to = Int32Array.from({ length: routes }, (_, at) => Math.floor(uniform(SEED, Draw.destination, at, 0) * links.rows))
    const weights = weightsOf(router, 0, 0)
    const { search, hierarchy, path } = router
    const { arcs } = hierarchy
    const find = (at: number): number => searchRoute(router, index, from[at]!, to[at]!, 0, 0, false)
    for (let at = 0; at < routes; at += 5) find(at) // warms the compiler up
    time('routes', routes, 100, at => {
      const count = find(at)
      let sum = count
      for (let place = 0; place < count; place++) sum = (Math.imul(sum, 31) + path[place]!) | 0
      return sum
    })
    time('of these, finding', routes, 100, at => {
      query(hierarchy, weights, search, from[at]!, to[at]!)
      return search.time
    })
    const [whole, found] = rows.slice(-2)
    rows.push({ ...whole!, what: 'of these, writing (the rest)', seconds: whole!.seconds - found!.seconds, min: whole!.min - found!.min, median: whole!.median - found!.median })
    const dijkstra = createDijkstra(hopGraph(planner, 0))
    for (let at = 0; at < few; at += 4) dijkstra.time(from[at]!, to[at]!)
    time('Dijkstra', few, 10, at => dijkstra.time(from[at]!, to[at]!))

    for (let group = 0; group < GROUPS; group++) weightsOf(router, group, 0)
    time('re-weighting one group of drivers', 120, 1, at => {
      const group = at % GROUPS
      router.stale[group * CLASSES] = 1
      return weightsOf(router, group, 0).time[arcs >> 1]!
    })
    for (const [what, classes] of [['closure to all', 1], ['closure by class', CLASSES]] as const) {
      const closures = new Uint16Array(lanes.rows)
      time(`${what}, re-weighting ${GROUPS * classes} sets`, 12, 1, at => {
        // One link after another is closed, to all or each to another class.
        closures.fill(0)
        for (let k = 0; k < classes; k++) {
          const link = Math.floor(uniform(SEED, Draw.origin, at, 1 + k) * links.rows)
          closures.fill(classes === 1 ? ALL_CLASSES : 1 << k, links.laneFirst[link], links.laneFirst[link]! + links.laneCount[link]!)
        }
        findClosed(router, input, index, closures)
        let sum = 0
        for (let group = 0; group < GROUPS; group++)
          for (let type = 0; type < CLASSES; type++) sum = (sum + weightsOf(router, group, type).time[arcs >> 1]!) | 0
        return sum
      })
    }
    return rows
  })
}
