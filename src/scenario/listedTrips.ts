import type { TripsLayer } from '../city'
import { Draw, speedFactor, uniform, type GivenRoutes, type TripTable } from '../sim'
import type { RunClock } from './closures'
import type { Scenario } from './document'
import { TripList } from './tripList'

/** Ids of a listed trip: its row, and above that the number of its copy where demand is scaled up. */
const COPY_IDS = 1 << 22
/** Standard deviation of drivers' desired speeds / limits where nothing is given. */
const SPEED_DEVIATION = 0.1

/**
 * The trips of a city that lists them, those that depart within the run. Demand below 1 drops some, above 1 repeats
 * some within the minute after: the same ones, whatever else the scenario holds.
 */
export function listedTrips({ trips }: TripsLayer, { seed, demand: { scale } }: Scenario, clock: RunClock): TripList {
  const list = new TripList()
  for (let copy = 0; copy < Math.ceil(scale); copy++) {
    for (let row = 0; row < trips.rows; row++) {
      if (copy + uniform(seed, Draw.tripCount, row, 0) >= scale) continue
      const id = copy * COPY_IDS + row
      const time = trips.depart[row]! + (copy === 0 ? 0 : uniform(seed, Draw.departure, id, 0) * 60)
      if (time < clock.start || time >= clock.end) continue
      list.add({
        id, departTick: Math.floor((time - clock.start) / clock.dt), originLink: trips.originLink[row]!, destinationLink: trips.destinationLink[row]!,
        originOffset: trips.originOffset[row]!, destinationOffset: trips.destinationOffset[row]!, originZone: -1, destinationZone: -1,
        class: trips.class[row]!, purpose: trips.purpose[row]!,
      })
    }
  }
  return list
}

/** Row of the list that a trip of a run is, or is a copy of; -1 = none. `listed` = ids below this are of the list. */
const listedRow = (trips: TripTable, row: number, listed: number): number => (trips.id[row]! < listed ? trips.id[row]! % COPY_IDS : -1)

/**
 * Desired speeds / limits of those trips of a run whose kind of driver the list gives, 0 for the others; undefined if it
 * gives none. Drawn as all drivers are, two deviations wide.
 */
export function listedSpeedFactors({ trips: list }: TripsLayer, trips: TripTable, listed: number, seed: number): Float32Array | undefined {
  if (list.speedFactor.every(factor => factor === 0)) return undefined
  return Float32Array.from({ length: trips.rows }, (_, row) => {
    const from = listedRow(trips, row, listed)
    if (from < 0 || list.speedFactor[from] === 0) return 0
    const deviations = (speedFactor(seed, trips.id[row]!) - 1) / SPEED_DEVIATION
    return Math.max(0.1, list.speedFactor[from]! + list.speedDeviation[from]! * deviations)
  })
}

/** Lengths of the vehicles of those trips of a run whose kind the list gives, m, 0 for the others; undefined if it gives none. */
export function listedLengths({ trips: list }: TripsLayer, trips: TripTable, listed: number): Float32Array | undefined {
  if (list.length.every(length => length === 0)) return undefined
  return Float32Array.from({ length: trips.rows }, (_, row) => list.length[listedRow(trips, row, listed)] ?? 0)
}

/** Routes of those trips of a run that are listed with one; undefined if none is. `listed` = ids below this are rows of the list. */
export function listedRoutes({ trips: list, routes }: TripsLayer, trips: TripTable, listed: number): GivenRoutes | undefined {
  if (routes.rows === 0) return undefined
  const first = new Int32Array(trips.rows + 1)
  const rowOf = (row: number): number => listedRow(trips, row, listed)
  for (let row = 0; row < trips.rows; row++) first[row + 1] = first[row]! + (rowOf(row) < 0 ? 0 : list.routeCount[rowOf(row)]!)
  const link = new Int32Array(first[trips.rows]!)
  for (let row = 0; row < trips.rows; row++) {
    const from = rowOf(row)
    if (from >= 0) link.set(routes.link.subarray(list.routeFirst[from], list.routeFirst[from]! + list.routeCount[from]!), first[row])
  }
  return { first, link }
}
