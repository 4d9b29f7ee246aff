import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'
import type { PolygonTables } from './polygons'

export const BuildingKind = {
  residential: 0, house: 1, office: 2, commercial: 3, industrial: 4, public: 5, school: 6, hospital: 7, hotel: 8,
  transport: 9, utility: 10,
} as const

/** Bits of `buildings.flags`. */
export const BuildingFlag = { estimatedHeight: 1, guessedKind: 2, landmark: 4 } as const

/** Side of a tile, m. */
export const BUILDING_TILE = 2000
/** m per unit of point coordinates: they reach 1.3 km from the middle of a tile, so that what overhangs it still fits. */
export const BUILDING_UNIT = 0.04

/** Buildings come tile by tile, rows of tiles from the south. A building belongs to the tile of its middle. */
export const buildingTileColumns = {
  x: { type: 'f64', unit: 'm', doc: 'middle of the tile: 0, 0 of its points' },
  y: { type: 'f64', unit: 'm', doc: 'middle of the tile' },
  first: { type: 'i32', unit: 'row', doc: 'first building' },
  count: { type: 'i32', unit: '1', doc: 'buildings' },
  west: { type: 'f32', unit: 'm', doc: 'bounds of what stands on it' },
  south: { type: 'f32', unit: 'm', doc: 'bounds' },
  east: { type: 'f32', unit: 'm', doc: 'bounds' },
  north: { type: 'f32', unit: 'm', doc: 'bounds' },
  top: { type: 'f32', unit: 'm', doc: 'highest roof above the sea' },
} as const satisfies Columns

export const buildingColumns = {
  name: { type: 'i32', unit: 'string', doc: 'name; -1 = none' },
  floorArea: { type: 'u32', unit: 'm²', doc: 'footprint times storeys' },
  base: { type: 'i16', unit: 'dm', doc: 'lowest ground under it' },
  height: { type: 'u16', unit: 'dm', doc: 'base to roof' },
  ringCount: { type: 'u8', unit: '1', doc: 'outline and courtyards' },
  kind: { type: 'u8', unit: 'BuildingKind', doc: 'use' },
  flags: { type: 'u8', unit: 'BuildingFlag', doc: 'bits' },
} as const satisfies Columns

export const buildingRingColumns = {
  pointCount: { type: 'u16', unit: '1', doc: 'points; the ring closes by itself' },
} as const satisfies Columns

export const buildingPointColumns = {
  x: { type: 'i16', unit: '4 cm', doc: 'first of a ring: from the middle of the tile; others: from the point before' },
  y: { type: 'i16', unit: '4 cm', doc: 'as x' },
} as const satisfies Columns

export const buildingsLayer = {
  kind: 'buildings',
  version: 1,
  tables: { tiles: buildingTileColumns, buildings: buildingColumns, rings: buildingRingColumns, points: buildingPointColumns },
} as const satisfies LayerKind<Readonly<Record<string, Columns>>>

/** Buildings with coordinates in metres from the false origin, ready to be drawn or counted. */
export interface Buildings extends PolygonTables {
  readonly count: number
  /** m above the sea. */
  readonly base: Float32Array
  /** m from base to roof. */
  readonly height: Float32Array
  /** m² of all storeys. */
  readonly floorArea: Uint32Array
  /** BuildingKind */
  readonly kind: Uint8Array
  /** BuildingFlag bits. */
  readonly flags: Uint8Array
  /** Row of `strings`, -1 = none. */
  readonly name: Int32Array
  readonly tiles: Layer<(typeof buildingsLayer)['tables']>['tiles']
  readonly strings: readonly string[]
}

export function openBuildings(layer: Layer<(typeof buildingsLayer)['tables']>): Buildings {
  const { tiles, buildings, rings, points, strings } = layer
  const ringFirst = new Int32Array(buildings.rows)
  const pointFirst = new Int32Array(rings.rows)
  const pointCount = new Int32Array(rings.rows)
  const x = new Float32Array(points.rows)
  const y = new Float32Array(points.rows)
  let ring = 0
  let point = 0
  for (let tile = 0; tile < tiles.rows; tile++) {
    const [middleX, middleY] = [tiles.x[tile]!, tiles.y[tile]!]
    for (let row = tiles.first[tile]!; row < tiles.first[tile]! + tiles.count[tile]!; row++) {
      ringFirst[row] = ring
      for (const end = ring + buildings.ringCount[row]!; ring < end; ring++) {
        pointFirst[ring] = point
        pointCount[ring] = rings.pointCount[ring]!
        let [localX, localY] = [0, 0]
        for (const last = point + rings.pointCount[ring]!; point < last; point++) {
          localX += points.x[point]!
          localY += points.y[point]!
          x[point] = middleX + localX * BUILDING_UNIT
          y[point] = middleY + localY * BUILDING_UNIT
        }
      }
    }
  }
  return {
    polygons: { rows: buildings.rows, buffer: ringFirst.buffer, ringFirst, ringCount: Int32Array.from(buildings.ringCount) },
    rings: { rows: rings.rows, buffer: pointFirst.buffer, pointFirst, pointCount },
    points: { rows: points.rows, buffer: x.buffer, x, y },
    count: buildings.rows,
    base: Float32Array.from(buildings.base, value => value / 10),
    height: Float32Array.from(buildings.height, value => value / 10),
    floorArea: buildings.floorArea,
    kind: buildings.kind,
    flags: buildings.flags,
    name: buildings.name,
    tiles,
    strings,
  }
}

/** Stable id of a building: its south-western corner in metres. It survives other buildings being added or removed. */
export function buildingId({ polygons, rings, points }: PolygonTables, row: number): string {
  const ring = polygons.ringFirst[row]!
  let [west, south] = [Infinity, Infinity]
  for (let i = rings.pointFirst[ring]!; i < rings.pointFirst[ring]! + rings.pointCount[ring]!; i++) {
    west = Math.min(west, points.x[i]!)
    south = Math.min(south, points.y[i]!)
  }
  return `b${Math.round(west)}_${Math.round(south)}`
}
