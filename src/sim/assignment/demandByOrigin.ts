import type { AssignmentProblem } from './assignmentTables'
import { createShortestTree, forwardStar, growTree } from './shortestTree'

/** Demand between different nodes, in order of origin. */
export interface DemandByOrigin {
  readonly origins: Int32Array
  /** Pairs of origin i are first[i] .. first[i + 1] - 1. */
  readonly first: Int32Array
  /** By pair. */
  readonly destination: Int32Array
  readonly trips: Float64Array
  /** Row of the pair in the table of demand. */
  readonly row: Int32Array
}

export function demandByOrigin({ nodes, demand }: AssignmentProblem): DemandByOrigin {
  const count = new Int32Array(nodes + 1)
  const counts = (row: number): boolean => demand.trips[row] > 0 && demand.origin[row] !== demand.destination[row]
  for (let row = 0; row < demand.rows; row++) if (counts(row)) count[demand.origin[row] + 1]++
  const origins = Int32Array.from(Array.from({ length: nodes }, (_, node) => node).filter(node => count[node + 1] > 0))
  for (let node = 0; node < nodes; node++) count[node + 1] += count[node]
  const row = new Int32Array(count[nodes])
  const fill = count.slice()
  for (let at = 0; at < demand.rows; at++) if (counts(at)) row[fill[demand.origin[at]]++] = at
  return {
    origins, row, first: Int32Array.from([...origins.map(node => count[node]), row.length]),
    destination: row.map(at => demand.destination[at]), trips: Float64Array.from(row, at => demand.trips[at]),
  }
}

/** Rows of demand that no route serves, ascending; empty where an assignment exists. */
export function unservedDemand(problem: AssignmentProblem): number[] {
  const { origins, first, destination, row } = demandByOrigin(problem)
  const star = forwardStar(problem)
  const tree = createShortestTree(problem.nodes)
  const even = new Float64Array(star.head.length).fill(1)
  const unserved: number[] = []
  origins.forEach((origin, at) => {
    growTree(tree, star, even, problem.firstThroughNode, origin)
    for (let pair = first[at]; pair < first[at + 1]; pair++) if (tree.cost[destination[pair]] === Infinity) unserved.push(row[pair])
  })
  return unserved.sort((a, b) => a - b)
}
