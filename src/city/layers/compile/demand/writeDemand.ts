import { createTable, type Network } from '../../../../sim'
import type { LayerFile } from '../../../pack/layerFile'
import { layerFile, StringList } from '../../../pack/layerKind'
import {
  ACTIVITIES, cellColumns, connectedColumns, demandLayer, EndKind, endColumns, endUseColumns, matrixColumns, placeColumns, PROFILE_SLOTS,
  profileColumns,
} from '../../demand'
import type { Gateway } from './cordon'
import type { Place } from './linkPlaces'
import { parameters } from './parameters'
import { quarters } from './profiles'

export interface MatrixSpec {
  readonly name: string
  readonly purpose: number
  readonly originUse: number
  readonly destinationUse: number
  /** Relative departures by hour. */
  readonly hours: readonly number[]
  /** Shares of the vehicles; the rest are lorries. */
  readonly classes: { readonly car: number; readonly taxi: number; readonly bus: number }
}

export interface DemandContent {
  /** Zones with their places by activity, in the order home, job, other. */
  readonly zones: readonly { readonly id: number; readonly x: number; readonly y: number; readonly places: readonly (readonly Place[])[] }[]
  readonly gateways: readonly Gateway[]
  readonly specs: readonly MatrixSpec[]
  /** veh/day by matrix: ends x ends, zones first, then gateways. */
  readonly trips: readonly Float64Array[]
  /** Factor on all of them. */
  readonly volume: number
}

export interface WrittenReport {
  /** veh/day by matrix. */
  readonly matrices: Readonly<Record<string, number>>
  readonly cells: number
  /** Share of the trips in cells too small for a whole-number weight, left out. */
  readonly dropped: number
}

const WEIGHT_MAX = 65535

/** Puts demand into the tables of its layer, weights as whole numbers. */
export function writeDemand(network: Network, connected: Int32Array, content: DemandContent): { layer: LayerFile; report: WrittenReport } {
  const strings = new StringList()
  const { matrices, cells, profiles, report } = writeMatrices(content)
  const connectedTable = createTable(connectedColumns, connected.length)
  connectedTable.link.set(connected)
  const layer = layerFile(demandLayer, {
    ends: writeEnds(content, strings), ...writePlaces(content), matrices, cells, profiles, connected: connectedTable,
  }, strings.strings, { links: network.links.rows, parameters })
  return { layer, report }
}

function writeEnds({ zones, gateways }: DemandContent, strings: StringList) {
  const ends = createTable(endColumns, zones.length + gateways.length)
  for (const [row, { id, x, y }] of [...zones, ...gateways.map(({ node, x, y }) => ({ id: -node - 2, x, y }))].entries()) {
    const gateway = gateways[row - zones.length]
    ends.id[row] = id
    ends.x[row] = x
    ends.y[row] = y
    ends.kind[row] = gateway ? EndKind.gateway : EndKind.zone
    ends.name[row] = gateway ? strings.row(gateway.name) : -1
  }
  return ends
}

function writePlaces({ zones, gateways }: DemandContent) {
  const lists: (readonly Place[])[] = [
    ...zones.flatMap(({ places }) => Array.from({ length: ACTIVITIES }, (_, use) => places[use] ?? [])),
    ...gateways.flatMap(({ inLink, outLink }) => [inLink, outLink, -1].map(link => (link >= 0 ? [{ link, weight: 1 }] : []))),
  ]
  const endUses = createTable(endUseColumns, lists.length)
  const places = createTable(placeColumns, lists.reduce((sum, list) => sum + list.length, 0))
  let row = 0
  for (const [use, list] of lists.entries()) {
    const most = list.reduce((best, { weight }) => Math.max(best, weight), 0)
    endUses.placeFirst[use] = row
    endUses.placeCount[use] = list.length
    for (const { link, weight } of list) {
      places.link[row] = link
      places.weight[row] = Math.max(1, Math.round((weight / most) * WEIGHT_MAX))
      row++
    }
  }
  return { endUses, places }
}

function writeMatrices({ zones, gateways, specs, trips, volume }: DemandContent) {
  const ends = zones.length + gateways.length
  const matrices = createTable(matrixColumns, specs.length)
  const profiles = createTable(profileColumns, specs.length * PROFILE_SLOTS)
  const rows: { origin: number; destination: number; weight: number }[] = []
  const perDay: Record<string, number> = {}
  let [all, kept] = [0, 0]
  for (const [m, { name, purpose, originUse, destinationUse, hours, classes }] of specs.entries()) {
    const values = trips[m]!
    const total = values.reduce((a, b) => a + b, 0)
    const most = values.reduce((a, b) => Math.max(a, b), 0)
    all += total
    matrices.cellFirst[m] = rows.length
    for (let i = 0; i < values.length; i++) {
      const weight = most > 0 ? Math.round((values[i]! / most) * WEIGHT_MAX) : 0
      if (weight < 1) continue
      kept += values[i]!
      rows.push({ origin: Math.floor(i / ends), destination: i % ends, weight })
    }
    matrices.cellCount[m] = rows.length - matrices.cellFirst[m]!
    matrices.tripsPerDay[m] = Math.round(total * volume)
    matrices.profile[m] = m
    matrices.purpose[m] = purpose
    matrices.originUse[m] = originUse
    matrices.destinationUse[m] = destinationUse
    matrices.carShare[m] = Math.round(classes.car * 10000)
    matrices.taxiShare[m] = Math.round(classes.taxi * 10000)
    matrices.busShare[m] = Math.round(classes.bus * 10000)
    profiles.weight.set(quarters(hours), m * PROFILE_SLOTS)
    perDay[name] = Math.round(total * volume)
  }
  const cells = createTable(cellColumns, rows.length)
  for (const [row, { origin, destination, weight }] of rows.entries()) {
    cells.origin[row] = origin
    cells.destination[row] = destination
    cells.weight[row] = weight
  }
  return { matrices, profiles, cells, report: { matrices: perDay, cells: rows.length, dropped: all > 0 ? 1 - kept / all : 0 } }
}
