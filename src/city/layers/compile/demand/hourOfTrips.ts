import { Draw, uniform, type HourOfTrips } from '../../../../sim'
import type { Place } from './linkPlaces'
import { normal } from './profiles'
import type { DemandContent } from './writeDemand'

/** One hour's trips from link to link, with the matrix and the cell, origin end x ends + destination end, that each was drawn from. */
export interface DrawnHour extends HourOfTrips {
  readonly matrix: Uint8Array
  readonly cell: Int32Array
}

/**
 * Trips that depart within an hour of the day: as many of each cell as it has, evenly spread over the matrix, so that no
 * chance is in the totals; where on its zone's streets a trip begins and ends is drawn.
 */
export function hourOfTrips({ zones, gateways, specs, trips, volume }: DemandContent, hour: number): DrawnHour {
  const ends = zones.length + gateways.length
  const drawn: { origin: number; destination: number; matrix: number; cell: number }[] = []
  const linkAt = (end: number, use: number, leaves: boolean, key: number): number => {
    const gateway = gateways[end - zones.length]
    if (gateway) return leaves ? gateway.inLink : gateway.outLink
    return pick(zones[end]!.places[use]!, uniform(hour, leaves ? Draw.origin : Draw.destination, key, 0))
  }
  for (const [matrix, { hours, originUse, destinationUse }] of specs.entries()) {
    const share = volume * normal(hours)[hour]!
    let sum = 0.5
    for (const [cell, perDay] of trips[matrix]!.entries()) {
      sum += perDay * share
      for (; sum >= 1; sum--) {
        const key = drawn.length
        const origin = linkAt(Math.floor(cell / ends), originUse, true, key)
        const destination = linkAt(cell % ends, destinationUse, false, key)
        if (origin >= 0 && destination >= 0 && origin !== destination) drawn.push({ origin, destination, matrix, cell })
      }
    }
  }
  return {
    origin: Int32Array.from(drawn, trip => trip.origin), destination: Int32Array.from(drawn, trip => trip.destination),
    matrix: Uint8Array.from(drawn, trip => trip.matrix), cell: Int32Array.from(drawn, trip => trip.cell),
  }
}

/** Link of the place at a share of the places' weights; -1 = there are none. */
function pick(places: readonly Place[], share: number): number {
  let left = share * places.reduce((sum, { weight }) => sum + weight, 0)
  for (const { link, weight } of places) {
    left -= weight
    if (left < 0) return link
  }
  return places.at(-1)?.link ?? -1
}
