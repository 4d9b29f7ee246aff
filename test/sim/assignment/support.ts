import { createAssignmentDemand, createAssignmentLinks, type AssignmentProblem } from '../../../src/sim'

export interface Road { from: number; to: number; time: number; b?: number; capacity?: number; power?: number; fixed?: number }

/** A problem written out by hand. Trips are [origin, destination, flow]. */
export function problemOf(nodes: number, roads: readonly Road[], trips: readonly (readonly [number, number, number])[], firstThroughNode = 0): AssignmentProblem {
  const links = createAssignmentLinks(roads.length)
  roads.forEach(({ from, to, time, b = 0, capacity = 1, power = 1, fixed = 0 }, row) => {
    links.fromNode[row] = from
    links.toNode[row] = to
    links.freeFlowTime[row] = time
    links.b[row] = b
    links.capacity[row] = capacity
    links.power[row] = power
    links.fixedCost[row] = fixed
  })
  const demand = createAssignmentDemand(trips.length)
  trips.forEach(([origin, destination, flow], row) => {
    demand.origin[row] = origin
    demand.destination[row] = destination
    demand.trips[row] = flow
  })
  return { nodes, firstThroughNode, links, demand }
}

/** A road that takes `constant + perTrip * flow`. A bare multiple of flow rests on a time of next to nothing. */
export const linear = (from: number, to: number, constant: number, perTrip: number): Road =>
  ({ from, to, time: constant || 1e-9, b: perTrip / (constant || 1e-9), power: 1 })

/** Flow out of each node less flow into it, and less the trips that start there more than end there: 0 everywhere. */
export function imbalance({ nodes, links, demand }: AssignmentProblem, flow: Float64Array): number {
  const left = new Float64Array(nodes)
  for (let link = 0; link < links.rows; link++) {
    left[links.fromNode[link]!]! += flow[link]!
    left[links.toNode[link]!]! -= flow[link]!
  }
  for (let row = 0; row < demand.rows; row++) {
    left[demand.origin[row]!]! -= demand.trips[row]!
    left[demand.destination[row]!]! += demand.trips[row]!
  }
  return left.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

const costAt = ({ links }: AssignmentProblem, link: number, flow: number): number =>
  links.freeFlowTime[link]! * (1 + links.b[link]! * (flow / links.capacity[link]!) ** links.power[link]!) + links.fixedCost[link]!

/** Beckmann's objective by Simpson's rule on the costs, sharing nothing with the code under test. */
export function objectiveByQuadrature(problem: AssignmentProblem, flow: Float64Array): number {
  const strips = 200
  let sum = 0
  for (let link = 0; link < flow.length; link++) {
    const width = flow[link]! / strips
    for (let k = 0; k <= strips; k++) sum += (costAt(problem, link, k * width) * (k === 0 || k === strips ? 1 : k % 2 ? 4 : 2) * width) / 3
  }
  return sum
}

/** Cheapest cost and its links from an origin to everywhere, by Bellman and Ford. */
export function cheapest(problem: AssignmentProblem, costs: readonly number[], origin: number): { cost: number[]; last: number[] } {
  const { nodes, links, firstThroughNode } = problem
  const cost = Array.from({ length: nodes }, () => Infinity)
  const last = Array.from({ length: nodes }, () => -1)
  cost[origin] = 0
  for (let round = 0, changed = true; changed && round < nodes; round++) {
    changed = false
    for (let link = 0; link < links.rows; link++) {
      const from = links.fromNode[link]!
      if (from < firstThroughNode && from !== origin) continue
      const sum = cost[from]! + costs[link]!
      if (sum < cost[links.toNode[link]!]! - 1e-12) { cost[links.toNode[link]!] = sum; last[links.toNode[link]!] = link; changed = true }
    }
  }
  return { cost, last }
}

/** Frank and Wolfe's method with bisection on the line: slow, but another way to the same equilibrium. */
export function frankWolfe(problem: AssignmentProblem, iterations: number): Float64Array {
  const { links, demand } = problem
  const allOrNothing = (costs: readonly number[]): Float64Array => {
    const flow = new Float64Array(links.rows)
    for (const origin of new Set(demand.origin)) {
      const { last } = cheapest(problem, costs, origin)
      for (let row = 0; row < demand.rows; row++) {
        if (demand.origin[row] !== origin) continue
        for (let node = demand.destination[row]!; node !== origin; node = links.fromNode[last[node]!]!) flow[last[node]!]! += demand.trips[row]!
      }
    }
    return flow
  }
  const costsAt = (flow: Float64Array): number[] => Array.from(flow, (value, link) => costAt(problem, link, value))
  let flow = allOrNothing(costsAt(new Float64Array(links.rows)))
  for (let k = 0; k < iterations; k++) {
    const target = allOrNothing(costsAt(flow))
    let [low, high] = [0, 1]
    for (let half = 0; half < 40; half++) {
      const at = (low + high) / 2
      const slope = costsAt(flow.map((value, link) => value + at * (target[link]! - value)))
        .reduce((sum, cost, link) => sum + cost * (target[link]! - flow[link]!), 0)
      if (slope < 0) low = at
      else high = at
    }
    flow = flow.map((value, link) => value + low * (target[link]! - value))
  }
  return flow
}
