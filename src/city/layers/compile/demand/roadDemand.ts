import { Purpose, RoadClass, type Network } from '../../../../sim'
import type { LayerBuild } from '../../../pack/writePack'
import { Activity } from '../../demand'
import { connectedLinks } from './connected'
import { findGateways } from './cordon'
import { deterrence } from './gravity'
import type { Place } from './linkPlaces'
import { hoursAll, hoursFromWork, hoursToWork, parameters } from './parameters'
import { writeDemand, type MatrixSpec } from './writeDemand'

/** Side of the square zones, m. */
const ZONE = 1000
/** Trips a day that start on a km of lane, and share of a gateway's capacity that is used in the peak hour; assumed. */
const TRIPS_PER_LANE_KM = 250
const GATEWAY_USE = 0.4
/** Share of a gateway's traffic that only passes through; assumed. */
const THROUGH = 0.3

const CAR = { car: 1, taxi: 0, bus: 0 } as const
const specs: readonly MatrixSpec[] = [
  { name: 'toWork', purpose: Purpose.commute, originUse: Activity.home, destinationUse: Activity.job, hours: hoursToWork, classes: CAR },
  { name: 'fromWork', purpose: Purpose.commute, originUse: Activity.job, destinationUse: Activity.home, hours: hoursFromWork, classes: CAR },
  { name: 'other', purpose: Purpose.other, originUse: Activity.other, destinationUse: Activity.other, hours: hoursAll, classes: { car: 0.7, taxi: 0.2, bus: 0.02 } },
  { name: 'through', purpose: Purpose.through, originUse: Activity.other, destinationUse: Activity.other, hours: hoursAll, classes: parameters.throughClasses },
]
/** Share of the trips of a zone by matrix; as the purposes of the default city. */
const shares = [0.2, 0.2, 0.6]

/**
 * Demand of a city of which only the roads are known: squares of 1 km send and draw trips by their km of lane, gateways
 * by their capacity. A plausible load to begin with, not a calibrated one.
 */
export function compileRoadDemand(network: Network): LayerBuild {
  const connected = connectedLinks(network)
  const gateways = findGateways(network, connected)
  const zones = squares(network, connected.links)
  const ends = [...zones.map(({ x, y, laneKm }) => ({ x, y, perDay: laneKm * TRIPS_PER_LANE_KM, perDayIn: laneKm * TRIPS_PER_LANE_KM })),
    ...gateways.map(({ x, y, capacityIn, capacityOut }) => ({
      x, y, perDayIn: (capacityIn * GATEWAY_USE) / parameters.peakHourShare, perDay: (capacityOut * GATEWAY_USE) / parameters.peakHourShare,
    }))]
  const n = ends.length
  const within = new Float64Array(n * n)
  const through = new Float64Array(n * n)
  const sum = ends.reduce((total, { perDay }) => total + perDay, 0)
  for (const [i, origin] of ends.entries()) {
    const weights = ends.map((end, j) => (i === j && i >= zones.length ? 0 : end.perDay * deterrence(Math.hypot(end.x - origin.x, end.y - origin.y), parameters.other)))
    for (const passing of [false, true]) {
      const fits = (j: number): boolean => (i >= zones.length && j >= zones.length) === passing
      const total = weights.reduce((all, weight, j) => all + (fits(j) ? weight : 0), 0)
      if (total <= 0 || sum <= 0) continue
      const trips = origin.perDayIn * (i < zones.length ? (passing ? 0 : 1) : passing ? THROUGH : 1 - THROUGH)
      for (let j = 0; j < n; j++) if (fits(j)) (passing ? through : within)[i * n + j] = (trips * weights[j]!) / total
    }
  }
  const { layer } = writeDemand(network, connected.links, {
    zones: zones.map(({ id, x, y, places }) => ({ id, x, y, places: [places, places, places] })),
    gateways, specs, trips: [...shares.map(share => within.map(trips => trips * share)), through], volume: 1,
  })
  return { layer, sources: [{ name: 'Demand assumed from the roads', attribution: 'Pengcheng project', licence: 'as the roads', date: 'as the roads' }] }
}

interface Square { readonly id: number; readonly x: number; readonly y: number; laneKm: number; readonly places: Place[] }

function squares({ links, points }: Network, connected: Int32Array): Square[] {
  const result = new Map<string, Square>()
  for (const link of connected) {
    const roadClass = links.class[link]!
    if (roadClass < RoadClass.primary || roadClass === RoadClass.primaryLink || roadClass === RoadClass.secondaryLink || links.length[link]! < 25) continue
    const middle = links.pointFirst[link]! + (links.pointCount[link]! >> 1)
    const [column, row] = [Math.floor(points.x[middle]! / ZONE), Math.floor(points.y[middle]! / ZONE)]
    const key = `${column},${row}`
    const square = result.get(key) ?? { id: result.size, x: (column + 0.5) * ZONE, y: (row + 0.5) * ZONE, laneKm: 0, places: [] }
    result.set(key, square)
    const laneKm = (links.length[link]! * links.laneCount[link]!) / 1000
    square.laneKm += laneKm
    square.places.push({ link, weight: laneKm })
  }
  return [...result.values()]
}
