import { createTable, Draw, findRoute, LinkFlag, Purpose, uniform, VehicleClass, type Network } from '../../sim'
import { layerFile, StringList } from '../pack/layerKind'
import type { LayerFile } from '../pack/layerFile'
import { listedTripColumns, routeLinkColumns, tripsLayer } from '../layers/trips'

/** A trip as an importer found it; links are rows of the assembled network. */
export interface ListedTrip {
  readonly id: string
  /** s of the day */
  readonly depart: number
  readonly class: number
  readonly originLink: number
  readonly originOffset: number
  readonly destinationLink: number
  readonly destinationOffset: number
  /** Links from origin to destination; empty = the driver finds a way. */
  readonly route: readonly number[]
  /** Desired speed / speed limit of drivers of its kind, mean and standard deviation; absent = of all drivers. */
  readonly speedFactor?: SpeedFactor
  /** m, bumper to bumper; absent = that of its class. */
  readonly length?: number
}

export interface SpeedFactor { readonly mean: number; readonly deviation: number }

/** The layer of these trips, by departure; trips that depart together keep their order. */
export function tripsFile(trips: readonly ListedTrip[]): LayerFile {
  const sorted = trips.toSorted((a, b) => a.depart - b.depart)
  const table = createTable(listedTripColumns, sorted.length)
  const routes = createTable(routeLinkColumns, sorted.reduce((sum, { route }) => sum + route.length, 0))
  const strings = new StringList()
  let at = 0
  for (const [row, trip] of sorted.entries()) {
    table.depart[row] = trip.depart
    table.originOffset[row] = trip.originOffset
    table.destinationOffset[row] = trip.destinationOffset
    table.originLink[row] = trip.originLink
    table.destinationLink[row] = trip.destinationLink
    table.routeFirst[row] = at
    table.routeCount[row] = trip.route.length
    table.speedFactor[row] = trip.speedFactor?.mean ?? 0
    table.speedDeviation[row] = trip.speedFactor?.deviation ?? 0
    table.length[row] = trip.length ?? 0
    table.name[row] = strings.row(trip.id)
    table.class[row] = trip.class
    table.purpose[row] = Purpose.other
    routes.link.set(trip.route, at)
    at += trip.route.length
  }
  return layerFile(tripsLayer, { trips: table, routes }, strings.strings)
}

/** Draws for one trip before its ends are given up. */
const ATTEMPTS = 50
/** m: shorter links are no place to start from or to go to. */
const LINK_MIN = 15

/**
 * `count` car trips that depart evenly between two times of the day, each from one link to another that can be reached
 * from it, drawn by length of lane. Same network, count and seed: same trips.
 */
export function randomTripList(network: Network, count: number, from: number, to: number, seed: number): ListedTrip[] {
  const { links, lanes } = network
  const forCars = new Set(Array.from(lanes.link).filter((_, lane) => lanes.allowed[lane]! & (1 << VehicleClass.car)))
  const usable = [...forCars].filter(link => links.length[link]! >= LINK_MIN)
  const sums = [0]
  for (const link of usable) sums.push(sums.at(-1)! + links.length[link]! * links.laneCount[link]!)
  const pick = (purpose: number, row: number, attempt: number): number => {
    const wanted = uniform(seed, purpose, row, attempt) * sums.at(-1)!
    let [low, high] = [0, usable.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (sums[middle]! <= wanted) low = middle
      else high = middle - 1
    }
    return usable[low] ?? -1
  }
  const trips: ListedTrip[] = []
  for (let row = 0; row < count; row++) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const [originLink, destinationLink] = [pick(Draw.origin, row, attempt), pick(Draw.destination, row, attempt)]
      if (originLink < 0 || originLink === destinationLink || findRoute(network, originLink, destinationLink).length < 2) continue
      trips.push({
        id: `random-${row}`, depart: from + ((to - from) * row) / count, class: VehicleClass.car, originLink, destinationLink,
        originOffset: links.flags[originLink]! & LinkFlag.gatewayIn ? 0 : links.length[originLink]! * 0.3,
        destinationOffset: links.length[destinationLink]! * (links.flags[destinationLink]! & LinkFlag.gatewayOut ? 1 : 0.7), route: [],
      })
      break
    }
  }
  return trips
}
