import { createTable } from '../../../sim'
import { layerFile } from '../../pack/layerKind'
import type { LayerBuild } from '../../pack/writePack'
import { toLonLat } from '../../projection'
import { HEIGHT_UNIT, predictHeight, terrainColumns, terrainLayer, type Terrain, type TerrainMeta } from '../terrain'
import type { Elevation, Lake } from './elevation'
import { scanPolygon, type Polygon } from './geometry'
import { DRAWN_BOUNDS, type Land } from './land'
import { sources } from './sources'

/** Spacing of nodes, m. Shores and slopes are readable at it, and the layer stays below 1 MB. */
const CELL = 60
/** Slope of the drawn ground on both sides of a shore: the water line of the drawn surface lies on the real one. */
const SHORE_SLOPE = 0.05
/** m from the shore within which the slope holds. */
const SHORE_REACH = 150
/** m; land is at least this high beyond the shore slope. */
const LAND_MIN = 2.5

/** Ground of the drawn area from SRTM, with the buildings and trees taken off that a radar surface holds. */
export function compileTerrain(elevation: Elevation, land: Land, lakes: readonly Lake[]): { terrain: Terrain; build: LayerBuild } {
  const ground = bareGround(elevation)
  const [west, south, east, north] = DRAWN_BOUNDS
  const meta: TerrainMeta = { west, south, cell: CELL, columns: (east - west) / CELL + 1, rows: (north - south) / CELL + 1 }
  const height = new Float64Array(meta.columns * meta.rows)
  const isLand = mark(meta, land.all)
  const shore = distances(meta, land.sea)
  for (let row = 0, at = 0; row < meta.rows; row++) {
    for (let column = 0; column < meta.columns; column++, at++) {
      const [longitude, latitude] = toLonLat(west + column * CELL, south + row * CELL)
      const near = SHORE_SLOPE * shore[at]!
      height[at] = isLand[at] === 1 ? Math.min(Math.max(LAND_MIN, sampleMirrored(ground, longitude, latitude)), coastal(near, shore[at]!)) : -near
    }
  }
  for (const lake of lakes) sinkLake(meta, height, lake)
  const heights = Int16Array.from(height, value => Math.round(value / HEIGHT_UNIT))
  const table = createTable(terrainColumns, heights.length)
  for (let row = 0, at = 0; row < meta.rows; row++) {
    for (let column = 0; column < meta.columns; column++, at++) {
      table.step[at] = heights[at]! - predictHeight(heights, meta.columns, row, column)
    }
  }
  return {
    terrain: { ...meta, heights },
    build: { layer: layerFile(terrainLayer, { nodes: table }, [], { ...meta }), sources: [sources.srtm, sources.gshhg, sources.subDistricts, sources.districts] },
  }
}

/** Upper bound of land heights near a shore: the slope up from the water, open-ended where it has reached the land. */
const coastal = (near: number, distance: number): number => (distance >= SHORE_REACH ? Infinity : near * (1 + distance / 60))

/** Water of a lake lies at its level: the bed below, the bank above, both sloping from the shore line. */
function sinkLake(meta: TerrainMeta, height: Float64Array, lake: Lake): void {
  const inside = new Set<number>()
  scanPolygon(lake.polygon, nodeGrid(meta), (row, from, to) => {
    for (let column = from; column <= to; column++) inside.add(row * meta.columns + column)
  })
  for (const [at, distance] of nearShore(meta, lake.polygon)) {
    height[at] = inside.has(at) ? lake.level - SHORE_SLOPE * distance : Math.max(height[at]!, lake.level + SHORE_SLOPE * Math.min(distance, 60))
  }
  for (const at of inside) height[at] = Math.min(height[at]!, lake.level - 1)
}

const nodeGrid = (meta: TerrainMeta) => ({ ...meta, west: meta.west - meta.cell / 2, south: meta.south - meta.cell / 2 })

function mark(meta: TerrainMeta, polygons: readonly Polygon[]): Uint8Array {
  const mask = new Uint8Array(meta.columns * meta.rows)
  for (const polygon of polygons) {
    scanPolygon(polygon, nodeGrid(meta), (row, from, to) => mask.fill(1, row * meta.columns + from, row * meta.columns + to + 1))
  }
  return mask
}

/** Distance of every node to the nearest shore, at most SHORE_REACH. */
function distances(meta: TerrainMeta, polygons: readonly Polygon[]): Float64Array {
  const result = new Float64Array(meta.columns * meta.rows).fill(SHORE_REACH)
  for (const polygon of polygons) for (const [at, distance] of nearShore(meta, polygon)) result[at] = Math.min(result[at]!, distance)
  return result
}

/** Nodes within SHORE_REACH of a polygon's rings and their distance; the frame of the drawn bounds is no shore. */
function nearShore(meta: TerrainMeta, polygon: Polygon): Map<number, number> {
  const found = new Map<number, number>()
  const frame = [meta.west, meta.south, meta.west + (meta.columns - 1) * meta.cell, meta.south + (meta.rows - 1) * meta.cell]
  const onFrame = (axis: 0 | 1, value: number): boolean => Math.abs(value - frame[axis]!) < 1 || Math.abs(value - frame[axis + 2]!) < 1
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[j]!
      const [bx, by] = ring[i]!
      if ((ax === bx && onFrame(0, ax)) || (ay === by && onFrame(1, ay))) continue
      const columnFrom = Math.max(0, Math.ceil((Math.min(ax, bx) - SHORE_REACH - meta.west) / meta.cell))
      const columnTo = Math.min(meta.columns - 1, Math.floor((Math.max(ax, bx) + SHORE_REACH - meta.west) / meta.cell))
      const rowFrom = Math.max(0, Math.ceil((Math.min(ay, by) - SHORE_REACH - meta.south) / meta.cell))
      const rowTo = Math.min(meta.rows - 1, Math.floor((Math.max(ay, by) + SHORE_REACH - meta.south) / meta.cell))
      const [dx, dy] = [bx - ax, by - ay]
      const lengthSquared = dx * dx + dy * dy
      for (let row = rowFrom; row <= rowTo; row++) {
        for (let column = columnFrom; column <= columnTo; column++) {
          const px = meta.west + column * meta.cell - ax
          const py = meta.south + row * meta.cell - ay
          const t = lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / lengthSquared))
          const distance = Math.sqrt((px - t * dx) ** 2 + (py - t * dy) ** 2)
          const at = row * meta.columns + column
          if (distance < (found.get(at) ?? SHORE_REACH)) found.set(at, distance)
        }
      }
    }
  }
  return found
}

/**
 * Takes buildings and trees off a radar surface. A morphological opening (minimum, then maximum) removes what is
 * narrower than its window. The blur before it keeps the noise of the radar, some metres, from pulling the minimum
 * down. Where the ground itself rises, the window shrinks: hills are kept as they are, and lightly smoothed.
 */
function bareGround(source: Elevation): Elevation {
  const { columns, rows, heights } = source
  const grid = { columns, rows }
  const calm = gauss(heights, grid, 1.5)
  const wide = gauss(opening(calm, grid, 6), grid, 5)
  const narrow = gauss(opening(calm, grid, 2), grid, 2)
  const hill = gauss(heights, grid, 0.9)
  const relief = gauss(extent(narrow, grid, 6), grid, 3)
  const result = new Float32Array(heights.length)
  for (let i = 0; i < heights.length; i++) {
    const toNarrow = ramp(relief[i]!, 14, 26)
    const toHill = ramp(relief[i]!, 32, 55)
    const flat = wide[i]! * (1 - toNarrow) + narrow[i]! * toNarrow
    result[i] = flat * (1 - toHill) + hill[i]! * toHill
  }
  return { ...source, heights: gauss(result, grid, 1) }
}

interface Grid { readonly columns: number; readonly rows: number }

const ramp = (value: number, from: number, to: number): number => {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

const opening = (heights: Float32Array, grid: Grid, radius: number): Float32Array =>
  sweep(sweep(heights, grid, radius, 1), grid, radius, -1)

/** Highest minus lowest within the radius (pixels). */
function extent(heights: Float32Array, grid: Grid, radius: number): Float32Array {
  const high = sweep(heights, grid, radius, -1)
  return sweep(heights, grid, radius, 1).map((low, i) => high[i]! - low)
}

/** Minimum (sign 1) or maximum (sign -1) over a square window, rows first, then columns. */
function sweep(source: Float32Array, { columns, rows }: Grid, radius: number, sign: 1 | -1): Float32Array {
  const across = new Float32Array(source.length)
  for (let y = 0; y < rows; y++) {
    const start = y * columns
    for (let x = 0; x < columns; x++) {
      const to = start + Math.min(columns - 1, x + radius)
      let least = sign * source[start + x]!
      for (let at = start + Math.max(0, x - radius); at <= to; at++) {
        const value = sign * source[at]!
        if (value < least) least = value
      }
      across[start + x] = least
    }
  }
  const result = across.slice()
  for (let y = 0; y < rows; y++) {
    const start = y * columns
    for (let k = Math.max(0, y - radius); k <= Math.min(rows - 1, y + radius); k++) {
      const other = k * columns
      for (let x = 0; x < columns; x++) if (across[other + x]! < result[start + x]!) result[start + x] = across[other + x]!
    }
  }
  if (sign < 0) for (let i = 0; i < result.length; i++) result[i] = -result[i]!
  return result
}

/** Gaussian blur, sigma in pixels, edges repeated. */
function gauss(source: Float32Array, { columns, rows }: Grid, sigma: number): Float32Array {
  const radius = Math.ceil(sigma * 3)
  const weights = Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const across = new Float32Array(source.length)
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      let sum = 0
      for (let k = -radius; k <= radius; k++) sum += weights[k + radius]! * source[y * columns + Math.max(0, Math.min(columns - 1, x + k))]!
      across[y * columns + x] = sum / total
    }
  }
  const result = new Float32Array(source.length)
  for (let y = 0; y < rows; y++) {
    for (let k = -radius; k <= radius; k++) {
      const from = Math.max(0, Math.min(rows - 1, y + k)) * columns
      const weight = weights[k + radius]! / total
      for (let x = 0; x < columns; x++) result[y * columns + x]! += weight * across[from + x]!
    }
  }
  return result
}

/**
 * Bilinear height at a place. Beyond the raster its mirror image stands in, lower with the distance: no data, only a
 * backdrop that does not end in a cliff.
 */
function sampleMirrored({ heights, columns, rows, west, north, pixel }: Elevation, longitude: number, latitude: number): number {
  const u = (longitude - west) / pixel - 0.5
  const v = (north - latitude) / pixel - 0.5
  const outside = Math.max(0, -u, u - columns + 1, -v, v - rows + 1)
  const [mu, mv] = [mirror(u, columns - 1), mirror(v, rows - 1)]
  const x = Math.min(columns - 2, Math.floor(mu))
  const y = Math.min(rows - 2, Math.floor(mv))
  const [fx, fy] = [mu - x, mv - y]
  const at = y * columns + x
  const low = heights[at]! * (1 - fx) + heights[at + 1]! * fx
  const high = heights[at + columns]! * (1 - fx) + heights[at + columns + 1]! * fx
  return (low * (1 - fy) + high * fy) * Math.max(0.25, 1 - outside / 350)
}

function mirror(value: number, last: number): number {
  const wrapped = Math.abs(value) % (2 * last)
  return wrapped > last ? 2 * last - wrapped : wrapped
}
