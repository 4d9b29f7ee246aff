import { ACTIVITIES, Activity, EndKind, GatewayUse, type DemandLayer } from '../city'
import { uniform } from '../sim'

/** Running sums over the weights of a demand layer, so that a draw is one binary search. Whole numbers throughout. */
export interface DemandSums {
  readonly demand: DemandLayer
  /** Sum of the cell weights before each row, and after the last. */
  readonly cells: Float64Array
  readonly places: Float64Array
}

export function sumDemand(demand: DemandLayer): DemandSums {
  return { demand, cells: runningSum(demand.cells.weight), places: runningSum(demand.places.weight) }
}

function runningSum(weights: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(weights.length + 1)
  for (let row = 0; row < weights.length; row++) sums[row + 1] = sums[row]! + weights[row]!
  return sums
}

/** The row in first .. first + count - 1 in which `share` (0 to 1, 1 excluded) of their common weight falls. */
export function pickRow(sums: Float64Array, first: number, count: number, share: number): number {
  const wanted = sums[first]! + share * (sums[first + count]! - sums[first]!)
  let low = first
  let high = first + count - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (sums[middle]! <= wanted) low = middle
    else high = middle - 1
  }
  return low
}

/** Row of `endUses` for a trip that starts or ends at `end`: an activity at zones, in or out at gateways. */
export function endUse(demand: DemandLayer, end: number, activity: number, asOrigin: boolean): number {
  const use = demand.ends.kind[end] === EndKind.gateway ? (asOrigin ? GatewayUse.in : GatewayUse.out) : activity
  return end * ACTIVITIES + use
}

/** A link of an end, drawn by weight; -1 where the end has no place for this use. `attempt` gives another draw. */
export function pickLink(sums: DemandSums, use: number, seed: number, purpose: number, id: number, attempt: number): number {
  const { endUses, places } = sums.demand
  const count = endUses.placeCount[use]!
  if (count === 0) return -1
  return places.link[pickRow(sums.places, endUses.placeFirst[use]!, count, uniform(seed, purpose, id, attempt))]!
}

/** How many trips begin at each end on the way to work: where people live, seen from the core. */
export function homeWeights({ matrices, cells, ends }: DemandLayer): Float64Array {
  const weights = new Float64Array(ends.rows)
  for (let matrix = 0; matrix < matrices.rows; matrix++) {
    if (matrices.originUse[matrix] !== Activity.home) continue
    const first = matrices.cellFirst[matrix]!
    for (let cell = first; cell < first + matrices.cellCount[matrix]!; cell++) weights[cells.origin[cell]!]! += cells.weight[cell]!
  }
  return weights
}
