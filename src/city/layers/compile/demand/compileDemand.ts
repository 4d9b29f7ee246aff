import { Purpose, type Network } from '../../../../sim'
import type { LayerBuild } from '../../../pack/writePack'
import { Activity } from '../../demand'
import { sources } from '../sources'
import { cityParts, insideTest, type CityPart } from './cityParts'
import { connectedLinks } from './connected'
import { findGateways, reduceToCore } from './cordon'
import { fitToRoads, type RoadFit } from './fitToRoads'
import { innerWays } from './innerWays'
import { gravityMatrix, scaled, transposed, type Deterrence } from './gravity'
import { readBuildingUses, readDistricts, readZones } from './landUse'
import { layOnLinks, placesOf } from './linkPlaces'
import { hoursAll, hoursBus, hoursFreight, hoursFromWork, hoursTaxi, hoursToWork, parameters } from './parameters'
import { hoursOther, normal } from './profiles'
import { readTaxiMatrix } from './taxiMatrix'
import { writeDemand, type MatrixSpec, type WrittenReport } from './writeDemand'

export interface DemandReport extends WrittenReport {
  readonly fit: Omit<RoadFit, 'trips'>
  readonly zones: number
  readonly gateways: number
  readonly connectedLinks: number
  readonly inbound: readonly { readonly name: string; readonly perDay: number; readonly capacityPerHour: number }[]
}

const CAR = { car: 1, taxi: 0, bus: 0 } as const
const specs: readonly MatrixSpec[] = [
  { name: 'toWork', purpose: Purpose.commute, originUse: Activity.home, destinationUse: Activity.job, hours: hoursToWork, classes: CAR },
  { name: 'fromWork', purpose: Purpose.commute, originUse: Activity.job, destinationUse: Activity.home, hours: hoursFromWork, classes: CAR },
  { name: 'otherOut', purpose: Purpose.other, originUse: Activity.home, destinationUse: Activity.other, hours: hoursOther(), classes: CAR },
  { name: 'otherBack', purpose: Purpose.other, originUse: Activity.other, destinationUse: Activity.home, hours: hoursOther(), classes: CAR },
  { name: 'taxi', purpose: Purpose.taxi, originUse: Activity.other, destinationUse: Activity.other, hours: hoursTaxi, classes: { car: 0, taxi: 1, bus: 0 } },
  { name: 'freight', purpose: Purpose.freight, originUse: Activity.job, destinationUse: Activity.job, hours: hoursFreight, classes: { car: 0, taxi: 0, bus: 0 } },
  { name: 'bus', purpose: Purpose.other, originUse: Activity.other, destinationUse: Activity.other, hours: hoursBus, classes: { car: 0, taxi: 0, bus: 1 } },
  { name: 'through', purpose: Purpose.through, originUse: Activity.other, destinationUse: Activity.other, hours: hoursAll, classes: parameters.throughClasses },
]

/**
 * Compiles the demand layer from the raw figures for a compiled network, and times the network's signals for it, in place.
 * The same inputs give the same layer and times.
 */
export function compileDemand(rawFolder: string, network: Network): LayerBuild & { readonly report: DemandReport } {
  const connected = connectedLinks(network)
  const buildings = readBuildingUses(rawFolder)
  const inside = insideTest(network, connected.links)
  const { parts, partOf } = cityParts(readZones(rawFolder), readDistricts(rawFolder), buildings, inside, parameters.intercityShare)
  const places = layOnLinks(network, connected.links, buildings, partOf)
  // A part without a single link to start from counts as outside.
  const served = new Set(places.linkPart)
  const usable = parts.map((part, row) => (part.inside && !served.has(row) ? { ...part, inside: false } : part))
  const gateways = findGateways(network, connected)
  const purposes = cityMatrices(rawFolder, usable, partOf)
  const core = reduceToCore(usable, gateways, purposes, [8, 18].map(hour => specs.map(({ hours }) => normal(hours)[hour]!)), linkBox(network, connected.links),
    innerWays(network, gateways, places.linkPart, usable.length))
  const insideParts = usable.flatMap((part, row) => (part.inside ? [row] : []))
  const perEnd = tripsPerEnd(core.trips, core.ends)
  const content = {
    zones: insideParts.map((row, end) => ({
      id: usable[row]!.zone, x: usable[row]!.x, y: usable[row]!.y,
      places: uses.map(use => placesOf(network, places, row, use, perEnd[end]! / uses.length)),
    })),
    gateways, specs, trips: specs.map((spec, m) => (spec.name === 'through' ? core.through : core.trips[m]!)), volume: parameters.volume,
  }
  const { trips, ...fit } = fitToRoads(network, content)
  const written = writeDemand(network, connected.links, { ...content, trips })
  return {
    layer: written.layer,
    sources: [sources.zones, sources.osmBuildings, sources.facts, { ...sources.bus, name: 'Taxi trips 2013, taxi orders 2020', date: '2013, 2020' }],
    report: {
      fit, zones: insideParts.length, gateways: gateways.length, connectedLinks: connected.links.length, ...written.report,
      inbound: gateways.map(({ name, capacityIn }, g) => ({ name, perDay: Math.round(core.inbound[g]!), capacityPerHour: capacityIn })),
    },
  }
}

const uses = ['home', 'job', 'other'] as const

/** Vehicle trips a day between parts of the whole city, one matrix for each of `specs` but the last. */
export function cityMatrices(rawFolder: string, parts: readonly CityPart[], partOf: (x: number, y: number) => number): Float64Array[] {
  const { purposeShares, tripsPerDay } = parameters
  const n = parts.length
  const distances = new Float64Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) distances[i * n + j] = i === j ? 700 : Math.hypot(parts[i]!.x - parts[j]!.x, parts[i]!.y - parts[j]!.y)
  const gravity = (productions: 'home' | 'other' | 'freight', attractions: 'job' | 'other' | 'freight', law: Deterrence, share: number): Float64Array => scaled(
    gravityMatrix(Float64Array.from(parts, part => part[productions]), Float64Array.from(parts, part => part[attractions]), distances, law), tripsPerDay * share)
  const commuters = gravity('home', 'job', parameters.commute, 1)
  const toWork = scaled(commuters.map((trips, i) => {
    const km = distances[i]! / 1000
    return trips * (km * km) / (km * km + parameters.drivingHalf * parameters.drivingHalf)
  }), (tripsPerDay * purposeShares.commute) / 2)
  const other = gravity('other', 'other', parameters.other, purposeShares.other / 2)
  const observed = scaled(readTaxiMatrix(rawFolder, n, partOf), tripsPerDay * purposeShares.taxi * parameters.taxiObserved)
  const guessed = gravity('other', 'other', parameters.other, purposeShares.taxi * (1 - parameters.taxiObserved))
  return [
    toWork, transposed(toWork, n), other, transposed(other, n), observed.map((trips, i) => trips + guessed[i]!),
    gravity('freight', 'freight', parameters.freight, purposeShares.freight), gravity('other', 'other', parameters.other, purposeShares.bus),
  ]
}

/** Trips a day that start or end at each end. */
function tripsPerEnd(matrices: readonly Float64Array[], ends: number): Float64Array {
  const result = new Float64Array(ends)
  for (const matrix of matrices) {
    for (let i = 0; i < matrix.length; i++) {
      result[Math.floor(i / ends)]! += matrix[i]! / 2
      result[i % ends]! += matrix[i]! / 2
    }
  }
  return result
}

function linkBox({ links, points }: Network, connected: Int32Array): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const link of connected) {
    for (let p = links.pointFirst[link]!; p < links.pointFirst[link]! + links.pointCount[link]!; p++) {
      box[0] = Math.min(box[0], points.x[p]!)
      box[1] = Math.min(box[1], points.y[p]!)
      box[2] = Math.max(box[2], points.x[p]!)
      box[3] = Math.max(box[3], points.y[p]!)
    }
  }
  return box
}
