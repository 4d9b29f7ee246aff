import type { AssignmentProblem } from './assignmentTables'
import { demandByOrigin } from './demandByOrigin'
import { linkCostArea, linkTime } from './linkCost'
import { createShortestTree, forwardStar, growTree } from './shortestTree'

export interface FlowMeasures {
  /** By link: time and fixed cost at its flow. */
  readonly cost: Float64Array
  /** Beckmann's: the areas under the cost curves up to the flows. */
  readonly objective: number
  /** Flow x time, without fixed costs. */
  readonly totalTime: number
  /** Flow x cost. */
  readonly totalCost: number
  /** (total cost - cost if all took the cheapest routes at these costs) / total cost; 0 without any cost. */
  readonly relativeGap: number
}

/**
 * Measures flows from the link table alone, whatever produced them.
 *
 * Source: Boyce, Ralevic-Dekic & Bar-Gera (2004), J. Transp. Eng. 130, 49 (relative gap).
 */
export function evaluateFlows(problem: AssignmentProblem, flow: Float64Array): FlowMeasures {
  const { links, nodes, firstThroughNode } = problem
  const cost = new Float64Array(links.rows)
  let objective = 0
  let totalTime = 0
  let totalCost = 0
  for (let link = 0; link < links.rows; link++) {
    const time = linkTime(links, link, flow[link])
    cost[link] = time + links.fixedCost[link]
    objective += linkCostArea(links, link, flow[link])
    totalTime += flow[link] * time
    totalCost += flow[link] * cost[link]
  }
  const star = forwardStar(problem)
  const ordered = Float64Array.from(star.order, link => cost[link])
  const tree = createShortestTree(nodes)
  const { origins, first, destination, trips } = demandByOrigin(problem)
  let cheapest = 0
  origins.forEach((origin, at) => {
    growTree(tree, star, ordered, firstThroughNode, origin)
    for (let pair = first[at]; pair < first[at + 1]; pair++) cheapest += trips[pair] * tree.cost[destination[pair]]
  })
  return { cost, objective, totalTime, totalCost, relativeGap: totalCost > 0 ? (totalCost - cheapest) / totalCost : 0 }
}
