import { createTable, Purpose, type Network } from '../../../../sim'
import { layerFile, StringList } from '../../../pack/layerKind'
import type { LayerBuild } from '../../../pack/writePack'
import {
  ACTIVITIES, Activity, cellColumns, connectedColumns, demandLayer, EndKind, endColumns, endUseColumns, matrixColumns, placeColumns,
  PROFILE_SLOTS, profileColumns,
} from '../../demand'
import { sources } from '../sources'
import { cityParts, insideTest, type CityPart } from './cityParts'
import { connectedLinks } from './connected'
import { findGateways, reduceToCore } from './cordon'
import { gravityMatrix, scaled, transposed, type Deterrence } from './gravity'
import { readBuildingUses, readDistricts, readZones } from './landUse'
import { layOnLinks, placesOf } from './linkPlaces'
import { hoursAll, hoursBus, hoursFreight, hoursFromWork, hoursTaxi, hoursToWork, parameters } from './parameters'
import { hoursOther, normal, quarters } from './profiles'
import { readTaxiMatrix } from './taxiMatrix'

export interface DemandReport {
  readonly zones: number
  readonly gateways: number
  readonly connectedLinks: number
  /** veh/day of the core by matrix, before `volume`. */
  readonly matrices: Readonly<Record<string, number>>
  readonly cells: number
  /** Share of the trips in cells too small for a whole-number weight, left out. */
  readonly dropped: number
  readonly inbound: readonly { readonly name: string; readonly perDay: number; readonly capacityPerHour: number }[]
}

interface MatrixSpec {
  readonly name: string
  readonly purpose: number
  readonly originUse: number
  readonly destinationUse: number
  readonly hours: readonly number[]
  readonly classes: { readonly car: number; readonly taxi: number; readonly bus: number }
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

/** Compiles the demand layer from the raw figures for a compiled network. The same inputs give the same layer. */
export function compileDemand(rawFolder: string, network: Network): LayerBuild & { readonly report: DemandReport } {
  const connected = connectedLinks(network)
  const buildings = readBuildingUses(rawFolder)
  const inside = insideTest(network, connected)
  const { parts, partOf } = cityParts(readZones(rawFolder), readDistricts(rawFolder), buildings, inside, parameters.intercityShare)
  const places = layOnLinks(network, connected, buildings, partOf)
  // A part without a single link to start from counts as outside.
  const served = new Set(places.linkPart)
  const usable = parts.map((part, row) => (part.inside && !served.has(row) ? { ...part, inside: false } : part))
  const gateways = findGateways(network, connected)
  const purposes = cityMatrices(rawFolder, usable, partOf)
  const core = reduceToCore(usable, gateways, purposes, [8, 18].map(hour => specs.map(({ hours }) => normal(hours)[hour]!)), linkBox(network, connected))
  const insideParts = usable.flatMap((part, row) => (part.inside ? [row] : []))

  const strings = new StringList()
  const ends = createTable(endColumns, core.ends)
  for (const [end, row] of insideParts.entries()) fillEnd(end, usable[row]!.zone, EndKind.zone, usable[row]!.x, usable[row]!.y, -1)
  for (const [g, gateway] of gateways.entries()) fillEnd(insideParts.length + g, -gateway.node - 2, EndKind.gateway, gateway.x, gateway.y, strings.row(gateway.name))
  function fillEnd(end: number, id: number, kind: number, x: number, y: number, name: number): void {
    ends.id[end] = id
    ends.kind[end] = kind
    ends.x[end] = x
    ends.y[end] = y
    ends.name[end] = name
  }

  const matrices = createTable(matrixColumns, specs.length)
  const profiles = createTable(profileColumns, specs.length * PROFILE_SLOTS)
  const cellRows: { origin: number; destination: number; weight: number }[] = []
  const report: Record<string, number> = {}
  let dropped = 0
  for (const [m, spec] of specs.entries()) {
    const trips = spec.name === 'through' ? core.through : core.trips[m]!
    const total = trips.reduce((a, b) => a + b, 0)
    const most = trips.reduce((a, b) => Math.max(a, b), 0)
    matrices.cellFirst[m] = cellRows.length
    let kept = 0
    for (let i = 0; i < trips.length; i++) {
      const weight = most > 0 ? Math.round((trips[i]! / most) * 65535) : 0
      if (weight < 1) continue
      kept += trips[i]!
      cellRows.push({ origin: Math.floor(i / core.ends), destination: i % core.ends, weight })
    }
    dropped += total - kept
    matrices.cellCount[m] = cellRows.length - matrices.cellFirst[m]!
    matrices.tripsPerDay[m] = Math.round(total * parameters.volume)
    matrices.profile[m] = m
    matrices.purpose[m] = spec.purpose
    matrices.originUse[m] = spec.originUse
    matrices.destinationUse[m] = spec.destinationUse
    matrices.carShare[m] = Math.round(spec.classes.car * 10000)
    matrices.taxiShare[m] = Math.round(spec.classes.taxi * 10000)
    matrices.busShare[m] = Math.round(spec.classes.bus * 10000)
    profiles.weight.set(quarters(spec.hours), m * PROFILE_SLOTS)
    report[spec.name] = Math.round(total)
  }
  const cells = createTable(cellColumns, cellRows.length)
  for (const [row, cell] of cellRows.entries()) {
    cells.origin[row] = cell.origin
    cells.destination[row] = cell.destination
    cells.weight[row] = cell.weight
  }

  const endUses = createTable(endUseColumns, core.ends * ACTIVITIES)
  const placeRows: { link: number; weight: number }[] = []
  const addPlaces = (use: number, list: readonly { link: number; weight: number }[]): void => {
    const most = list.reduce((a, { weight }) => Math.max(a, weight), 0)
    endUses.placeFirst[use] = placeRows.length
    endUses.placeCount[use] = list.length
    for (const { link, weight } of list) placeRows.push({ link, weight: Math.max(1, Math.round((weight / most) * 65535)) })
  }
  const perEnd = tripsPerEnd(core.trips, core.ends)
  for (const [end, row] of insideParts.entries()) {
    addPlaces(end * ACTIVITIES + Activity.home, placesOf(network, places, row, 'home', perEnd[end]! / 3))
    addPlaces(end * ACTIVITIES + Activity.job, placesOf(network, places, row, 'job', perEnd[end]! / 3))
    addPlaces(end * ACTIVITIES + Activity.other, placesOf(network, places, row, 'other', perEnd[end]! / 3))
  }
  for (const [g, { inLink, outLink }] of gateways.entries()) {
    const end = insideParts.length + g
    addPlaces(end * ACTIVITIES, inLink >= 0 ? [{ link: inLink, weight: 1 }] : [])
    addPlaces(end * ACTIVITIES + 1, outLink >= 0 ? [{ link: outLink, weight: 1 }] : [])
    addPlaces(end * ACTIVITIES + 2, [])
  }
  const placeTable = createTable(placeColumns, placeRows.length)
  for (const [row, place] of placeRows.entries()) {
    placeTable.link[row] = place.link
    placeTable.weight[row] = place.weight
  }
  const connectedTable = createTable(connectedColumns, connected.length)
  connectedTable.link.set(connected)
  const all = Object.values(report).reduce((a, b) => a + b, 0)
  return {
    layer: layerFile(demandLayer, {
      ends, endUses, places: placeTable, matrices, cells, profiles, connected: connectedTable,
    }, strings.strings, { links: network.links.rows, parameters }),
    sources: [sources.zones, sources.osmBuildings, sources.bus, sources.facts].map(source => source === sources.bus ? { ...source, name: 'Taxi trips 2013, taxi orders 2020', date: '2013, 2020' } : source),
    report: {
      zones: insideParts.length, gateways: gateways.length, connectedLinks: connected.length, matrices: report, cells: cellRows.length,
      dropped: dropped / Math.max(1, all),
      inbound: gateways.map(({ name, capacityIn }, g) => ({ name, perDay: Math.round(core.inbound[g]!), capacityPerHour: capacityIn })),
    },
  }
}

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
