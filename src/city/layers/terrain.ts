import type { Columns } from '../../sim'
import type { Layer, LayerKind } from '../pack/layerKind'

/**
 * Heights of a square grid, rows from south to north, each row from west to east, as differences from the plane through
 * the three neighbours already known: on smooth ground they are small and compress well.
 */
export const terrainColumns = {
  step: { type: 'i16', unit: '0.2 m', doc: 'height - (west + south - south-west); on the first row or column minus its one neighbour' },
} as const satisfies Columns

export const terrainLayer = { kind: 'terrain', version: 1, tables: { nodes: terrainColumns } } as const satisfies LayerKind<{ nodes: typeof terrainColumns }>

export interface TerrainMeta {
  readonly west: number
  readonly south: number
  /** Spacing of nodes, m. */
  readonly cell: number
  readonly columns: number
  readonly rows: number
}

/** The ground of the city and its surroundings, buildings and trees taken off; the sea bed slopes down from the shore. */
export interface Terrain extends TerrainMeta {
  /** Fifths of a metre above the sea, node by node. */
  readonly heights: Int16Array
}

/** m per unit of `heights`. */
export const HEIGHT_UNIT = 0.2

/** m; streets and houses by the shore stand at least this high even where the drawn ground slopes into the water. */
export const GROUND_MIN = 1.5

export function openTerrain(layer: Layer<typeof terrainLayer.tables>): Terrain {
  const meta = layer.meta as unknown as TerrainMeta
  const heights = new Int16Array(meta.columns * meta.rows)
  const { step } = layer.nodes
  for (let row = 0, at = 0; row < meta.rows; row++) {
    for (let column = 0; column < meta.columns; column++, at++) heights[at] = step[at]! + predictHeight(heights, meta.columns, row, column)
  }
  return { ...meta, heights }
}

/** What the neighbours to the west and south let one expect. */
export function predictHeight(heights: Int16Array, columns: number, row: number, column: number): number {
  const at = row * columns + column
  if (row === 0) return column === 0 ? 0 : heights[at - 1]!
  if (column === 0) return heights[at - columns]!
  return heights[at - 1]! + heights[at - columns]! - heights[at - columns - 1]!
}

/** Height of the drawn ground or sea bed, m: bilinear between nodes, and that of the edge beyond the grid. */
export function sampleSurface({ west, south, cell, columns, rows, heights }: Terrain, x: number, y: number): number {
  const u = Math.max(0, Math.min(columns - 1.000001, (x - west) / cell))
  const v = Math.max(0, Math.min(rows - 1.000001, (y - south) / cell))
  const column = Math.floor(u)
  const row = Math.floor(v)
  const at = row * columns + column
  const [fx, fy] = [u - column, v - row]
  const low = heights[at]! * (1 - fx) + heights[at + 1]! * fx
  const high = heights[at + columns]! * (1 - fx) + heights[at + columns + 1]! * fx
  return (low * (1 - fy) + high * fy) * HEIGHT_UNIT
}

/** Height on which something built stands, m: the drawn ground, but never down to the water. */
export function sampleTerrain(terrain: Terrain, x: number, y: number): number {
  return Math.max(GROUND_MIN, sampleSurface(terrain, x, y))
}
