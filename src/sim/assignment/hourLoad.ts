import { VehicleClass } from '../network/networkTables'
import { searchRoute } from '../network/router'
import type { RoutePlanner } from '../routePlanner'
import { hopSaturation, LANE_CAPACITY } from './saturation'

/** Trips of one hour, from link to link. */
export interface HourOfTrips {
  readonly origin: Int32Array
  readonly destination: Int32Array
}

/** How an hour's trips load the roads, by hop: from the start of a link to the start of the next. */
export interface HourLoad {
  readonly planner: RoutePlanner
  readonly trips: HourOfTrips
  /** Vehicles an hour that each trip stands for. */
  readonly weight: Float64Array
  /** Hops of each trip; none where there is no way. */
  readonly ways: (readonly number[])[]
  /** veh/h by hop. */
  readonly flow: Float64Array
  rounds: number
}

/** From this round on no smaller share of the trips looks for a way again, so that a load can follow new greens and weights. */
const STEP_LAST = 10

export const createHourLoad = (planner: RoutePlanner, trips: HourOfTrips): HourLoad => ({
  planner, trips, weight: new Float64Array(trips.origin.length).fill(1), ways: [], flow: new Float64Array(planner.index.nextLink.length), rounds: 0,
})

/**
 * Loads trips on the roads by the method of successive averages: in round k every k-th trip looks for a way again, at the
 * times that the flows so far give. Other than the equilibrium between zones this knows turns, their bans, the lanes that
 * lead to them and where on a street a trip begins. Queues have no length and nothing ends: flows may exceed capacity.
 * Further rounds go on from where the last ones ended.
 *
 * Source: Sheffi (1985), Urban Transportation Networks, ch. 5.4.
 */
export function loadHour(load: HourLoad, rounds: number): void {
  const { planner, trips, weight, ways, flow } = load
  const { network, index, router } = planner
  const free = router.cost.slice(0, flow.length)
  for (let round = 0; round < rounds; round++) {
    const first = load.rounds === 0
    const step = Math.min(++load.rounds, STEP_LAST)
    if (!first) {
      const saturation = hopSaturation(network, index, flow)
      for (let hop = 0; hop < flow.length; hop++) router.cost[hop] = free[hop] + Math.round(1000 * queueing(saturation[hop], flow[hop]))
    }
    router.stale.fill(1)
    for (let row = load.rounds % step; row < weight.length; row += step) {
      if (!first) for (const hop of ways[row]) flow[hop] -= weight[row]
      ways[row] = wayOf(planner, trips.origin[row], trips.destination[row])
      for (const hop of ways[row]) flow[hop] += weight[row]
    }
  }
  router.cost.set(free)
  router.stale.fill(1)
}

/** Gives every trip a new weight, on the way that it has. */
export function weighHour({ flow, weight, ways }: HourLoad, weights: Float64Array): void {
  weight.set(weights)
  flow.fill(0)
  for (const [row, way] of ways.entries()) for (const hop of way) flow[hop] += weight[row]
}

/**
 * Mean delay of a queue within an hour T that began without one, s, beyond the delay of few vehicles:
 *
 *   900 T ((x - 1) + sqrt((x - 1)^2 + 8 J x / (Q T))),   x: saturation, Q: capacity in veh/h, J = 0.5 of random arrivals
 *
 * Source: Akcelik (1991), ARRB Research Report 22(3), 50 (time-dependent travel time).
 */
function queueing(saturation: number, flow: number): number {
  if (saturation <= 0) return 0
  const capacity = Math.min(4 * LANE_CAPACITY, Math.max(60, flow / saturation))
  const over = saturation - 1
  return 900 * (over + Math.sqrt(over * over + (4 * saturation) / capacity))
}

/** Hops of the quickest way of a car; none where there is no way. */
function wayOf({ index, router }: RoutePlanner, from: number, to: number): number[] {
  const count = searchRoute(router, index, from, to, VehicleClass.car, 0, false)
  const way: number[] = []
  for (let at = 1; at < count; at++) {
    let hop = index.nextFirst[router.path[at - 1]]
    while (index.nextLink[hop] !== router.path[at]) hop++
    way.push(hop)
  }
  return way
}
