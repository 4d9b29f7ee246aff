import { invariant } from '../core/invariant'
import type { AssignmentProblem } from './assignmentTables'
import { demandByOrigin, type DemandByOrigin } from './demandByOrigin'
import { evaluateFlows, type FlowMeasures } from './evaluateFlows'
import { createCostFunctions, updateCost, type CostFunctions } from './linkCost'
import { appendPath, balancePair, copyPath, createMarks, createPathFlows, loadPathFlows, pathCost, type Marks, type PathFlows } from './pathFlows'
import { createShortestTree, forwardStar, growTree, type ForwardStar, type ShortestTree } from './shortestTree'

export interface AssignmentOptions {
  /** Relative gap at which to stop. */
  readonly gap: number
  readonly iterationsMax?: number
  /** Called after each iteration with the gap, an estimate until it is near the one asked for. */
  readonly onIteration?: (iteration: number, gap: number) => void
}

/** Flows at which nobody gains by another route, and how near to that they are. */
export interface Assignment extends FlowMeasures {
  /** By link. */
  readonly flow: Float64Array
  /** Routes in use, with their flows; built when asked for. */
  readonly routes: () => AssignedRoute[]
  readonly iterations: number
  readonly converged: boolean
}

/** A route in use. */
export interface AssignedRoute {
  /** Row of its pair in the table of demand. */
  readonly demandRow: number
  readonly flow: number
  /** In order of travel. */
  readonly links: Int32Array
}

interface Search {
  readonly problem: AssignmentProblem
  readonly star: ForwardStar
  readonly demand: DemandByOrigin
  readonly costs: CostFunctions
  readonly tree: ShortestTree
  readonly marks: Marks
}

/** Passes over the known routes between two searches for new ones, at most. */
const PASSES_MAX = 10
/** A route is new if it is cheaper than the known ones by more than rounding. */
const CHEAPER = 1 - 1e-12
/** A route with less than this share of its pair's trips is dropped. */
const NOTHING = 1e-13

/**
 * Static user equilibrium (Wardrop's first principle) by gradient projection over routes: each iteration finds, origin
 * by origin, routes cheaper than all in use, and evens out the costs of each pair's routes, link costs following every
 * move. All demand must have a route: see `unservedDemand`.
 *
 * Source: Jayakrishnan, Tsai, Prashker & Rajadhyaksha (1994), TRR 1443, 75; passes between searches: Xie, Nie & Liu
 * (2018), Transp. Sci. 52, 1406.
 */
export function assignTraffic(problem: AssignmentProblem, { gap, iterationsMax = 1000, onIteration }: AssignmentOptions): Assignment {
  const star = forwardStar(problem)
  const demand = demandByOrigin(problem)
  const search: Search = {
    problem, star, demand, costs: createCostFunctions(problem.links, star.order),
    tree: createShortestTree(problem.nodes), marks: createMarks(problem.links.rows),
  }
  // Routes much nearer to each other than the gap asks for need no further work.
  const tolerance = gap / 20
  let routes = createPathFlows(demand.row.length)
  let former = createPathFlows(demand.row.length)
  loadFirstRoutes(search, routes)
  let measures = evaluateFlows(problem, linkFlows(search))
  let iterations = 0
  while (measures.relativeGap > gap && iterations < iterationsMax) {
    iterations++
    const known = routes
    routes = former
    former = known
    const met = searchRoutes(search, former, routes, tolerance)
    for (let pass = 0, left = Infinity; pass < PASSES_MAX && left > met / 10; pass++) left = evenOut(search, routes, tolerance)
    // Added up anew, so that what rounding does to link flows move by move does not grow.
    loadPathFlows(routes, search.costs)
    // A full evaluation costs as much as a search; worth it only near the end.
    const evaluated = met <= 20 * gap || iterations === iterationsMax
    if (evaluated) measures = evaluateFlows(problem, linkFlows(search))
    onIteration?.(iterations, evaluated ? measures.relativeGap : met)
  }
  const final = routes
  return { ...measures, flow: linkFlows(search), routes: () => assignedRoutes(search, final), iterations, converged: measures.relativeGap <= gap }
}

/** Loads one origin after the other, each on the cheapest routes at the flows of those before. */
function loadFirstRoutes({ problem, star, demand, costs, tree }: Search, routes: PathFlows): void {
  for (let at = 0; at < demand.origins.length; at++) {
    const origin = demand.origins[at]
    growTree(tree, star, costs.cost, problem.firstThroughNode, origin)
    for (let pair = demand.first[at]; pair < demand.first[at + 1]; pair++) {
      appendTreePath(tree, star, routes, origin, demand.destination[pair], demand.trips[pair])
      routes.pathFirst[pair + 1] = routes.paths
      for (let step = routes.linkFirst[routes.paths - 1]; step < routes.linkFirst[routes.paths]; step++) costs.flow[routes.links[step]] += demand.trips[pair]
    }
    for (let link = 0; link < costs.cost.length; link++) updateCost(costs, link)
  }
}

/**
 * Carries the routes in use over from `former`, adds those that became cheaper than all of their pair, and evens out
 * their costs, origin by origin. Answers the relative gap met on the way.
 */
function searchRoutes({ problem, star, demand, costs, tree, marks }: Search, former: PathFlows, routes: PathFlows, tolerance: number): number {
  let excess = 0
  let spent = 0
  routes.paths = 0
  for (let at = 0; at < demand.origins.length; at++) {
    const origin = demand.origins[at]
    growTree(tree, star, costs.cost, problem.firstThroughNode, origin)
    for (let pair = demand.first[at]; pair < demand.first[at + 1]; pair++) {
      const quickest = tree.cost[demand.destination[pair]]
      const trips = demand.trips[pair]
      let least = Infinity
      let main = -1
      let sum = 0
      for (let path = former.pathFirst[pair]; path < former.pathFirst[pair + 1]; path++) {
        const flow = former.flow[path]
        if (flow <= NOTHING * trips) continue
        const cost = pathCost(former, path, costs.cost)
        if (cost < least) least = cost
        copyPath(former, path, routes)
        if (main < 0 || flow > routes.flow[main]) main = routes.paths - 1
        sum += flow
        excess += flow * (cost - quickest)
        spent += flow * cost
      }
      // What rounding and emptied routes left of the sum.
      routes.flow[main] += trips - sum
      if (quickest < CHEAPER * least) appendTreePath(tree, star, routes, origin, demand.destination[pair], 0)
      routes.pathFirst[pair + 1] = routes.paths
    }
    for (let pair = demand.first[at]; pair < demand.first[at + 1]; pair++) balancePair(routes, pair, costs, marks, tolerance)
  }
  return spent > 0 ? excess / spent : 0
}

/** One pass over the known routes. Answers the relative gap among them before it. */
function evenOut({ demand, costs, marks }: Search, routes: PathFlows, tolerance: number): number {
  let excess = 0
  for (let pair = 0; pair < demand.row.length; pair++)
    if (routes.pathFirst[pair + 1] - routes.pathFirst[pair] > 1) excess += balancePair(routes, pair, costs, marks, tolerance)
  let spent = 0
  for (let link = 0; link < costs.flow.length; link++) spent += costs.flow[link] * costs.cost[link]
  return spent > 0 ? excess / spent : 0
}

function appendTreePath({ last }: ShortestTree, { tail }: ForwardStar, routes: PathFlows, origin: number, destination: number, flow: number): void {
  let count = 0
  for (let node = destination; node !== origin; node = tail[last[node]]) {
    invariant(last[node] >= 0, () => `no route from node ${origin} to node ${destination}`)
    count++
  }
  let at = appendPath(routes, count, flow)
  for (let node = destination; node !== origin; node = tail[last[node]]) routes.links[at++] = last[node]
}

function linkFlows({ problem, star, costs }: Search): Float64Array {
  const flow = new Float64Array(problem.links.rows)
  star.order.forEach((link, at) => { flow[link] = costs.flow[at] })
  return flow
}

function assignedRoutes({ star, demand }: Search, routes: PathFlows): AssignedRoute[] {
  const found: AssignedRoute[] = []
  for (let pair = 0; pair < demand.row.length; pair++)
    for (let path = routes.pathFirst[pair]; path < routes.pathFirst[pair + 1]; path++) {
      const links = routes.links.slice(routes.linkFirst[path], routes.linkFirst[path + 1]).reverse().map(at => star.order[at])
      if (routes.flow[path] > 0) found.push({ demandRow: demand.row[pair], flow: routes.flow[path], links })
    }
  return found
}
