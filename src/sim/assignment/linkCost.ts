import type { AssignmentLinks } from './assignmentTables'
import { power } from '../core/power'

/** Time of a link at a flow, without its fixed cost. */
export function linkTime(links: AssignmentLinks, link: number, flow: number): number {
  const steep = links.freeFlowTime[link] * links.b[link]
  return links.freeFlowTime[link] + (steep === 0 ? 0 : steep * power(flow / links.capacity[link], links.power[link]))
}

/** Area under the cost of a link from no flow to this one: its part of Beckmann's objective. */
export function linkCostArea(links: AssignmentLinks, link: number, flow: number): number {
  const steep = links.freeFlowTime[link] * links.b[link]
  const queueing = steep === 0 ? 0 : (steep * power(flow / links.capacity[link], links.power[link])) / (links.power[link] + 1)
  return flow * (links.freeFlowTime[link] + links.fixedCost[link] + queueing)
}

/** Costs of all links at present flows, and how fast they grow, kept while flows change link by link. */
export interface CostFunctions {
  readonly flow: Float64Array
  readonly cost: Float64Array
  /** d cost / d flow */
  readonly slope: Float64Array
  /** cost = base + steep flow^power */
  readonly base: Float64Array
  readonly steep: Float64Array
  readonly power: Float64Array
}

/** @param order  links in the order in which the arrays hold them */
export function createCostFunctions(links: AssignmentLinks, order: Int32Array): CostFunctions {
  const rows = order.length
  const functions: CostFunctions = {
    flow: new Float64Array(rows), cost: new Float64Array(rows), slope: new Float64Array(rows),
    base: new Float64Array(rows), steep: new Float64Array(rows), power: new Float64Array(rows),
  }
  for (let at = 0; at < rows; at++) {
    const link = order[at]
    const steep = links.freeFlowTime[link] * links.b[link]
    functions.base[at] = links.freeFlowTime[link] + links.fixedCost[link]
    functions.power[at] = links.power[link]
    if (steep !== 0) functions.steep[at] = steep / power(links.capacity[link], links.power[link])
    updateCost(functions, at)
  }
  return functions
}

/** Sets cost and slope of one link from its flow. */
export function updateCost(functions: CostFunctions, at: number): void {
  const exponent = functions.power[at]
  const steep = functions.steep[at]
  let flow = functions.flow[at]
  // Flows are sums and differences; what rounding leaves of an emptied road may lie a hair below zero.
  if (flow < 0) functions.flow[at] = flow = 0
  if (exponent === 4) {
    const cube = flow * flow * flow
    functions.cost[at] = functions.base[at] + steep * cube * flow
    functions.slope[at] = 4 * steep * cube
    return
  }
  const rise = steep === 0 ? 0 : steep * power(flow, exponent)
  functions.cost[at] = functions.base[at] + rise
  functions.slope[at] = flow > 0 ? (exponent * rise) / flow : exponent === 1 ? steep : 0
}
