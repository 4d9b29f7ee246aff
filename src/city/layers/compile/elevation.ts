import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromArrayBuffer } from 'geotiff'
import { toPlane } from '../../projection'
import { simplify, type Point, type Polygon, type Ring } from './geometry'

/** A raster of heights in longitude and latitude; row 0 is the northernmost. */
export interface Elevation {
  readonly heights: Float32Array
  readonly columns: number
  readonly rows: number
  /** West and north edge and size of a pixel, degrees. */
  readonly west: number
  readonly north: number
  readonly pixel: number
}

const FILE = 'dem-srtm30/shenzhen_dem.tif'

/** The SRTM raster as it is, voids and depressions below the sea set to 0. */
export async function readElevation(rawFolder: string): Promise<Elevation> {
  const bytes = readFileSync(join(rawFolder, FILE))
  const tiff = await fromArrayBuffer(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer)
  const image = await tiff.getImage()
  const [band] = await image.readRasters() as unknown as [Int16Array]
  const [west, north] = image.getOrigin() as [number, number]
  const heights = Float32Array.from(band, height => Math.max(0, height))
  return { heights, columns: image.getWidth(), rows: image.getHeight(), west, north, pixel: image.getResolution()[0]! }
}

export interface Lake {
  readonly polygon: Polygon
  /** Height of the water surface in the raster, m. */
  readonly level: number
  /** Pixels of open water. */
  readonly pixels: number
}

/**
 * Still water of the raster. SRTM flattened lakes and reservoirs to one height, so a patch whose 3 x 3 surroundings
 * are all exactly equal is water: 25 pixels (about 22,000 m²) of that never happen on land that is above the flats.
 */
export function lakesOf({ heights, columns, rows, west, north, pixel }: Elevation): Lake[] {
  const PIXELS_MIN = 25
  const LEVEL_MIN = 5 // below that, tidal flats and fish ponds are level too
  const calm = new Uint8Array(columns * rows)
  for (let y = 1; y < rows - 1; y++) {
    for (let x = 1; x < columns - 1; x++) {
      const at = y * columns + x
      const height = heights[at]!
      if (height < LEVEL_MIN) continue
      let equal = true
      for (let dy = -columns; dy <= columns && equal; dy += columns) {
        for (let dx = -1; dx <= 1; dx++) if (heights[at + dy + dx] !== height) equal = false
      }
      if (equal) calm[at] = 1
    }
  }
  const seen = new Uint8Array(columns * rows)
  const lakes: Lake[] = []
  for (let start = 0; start < calm.length; start++) {
    if (calm[start] === 0 || seen[start] === 1) continue
    const level = heights[start]!
    const cells = [start]
    seen[start] = 1
    for (let i = 0; i < cells.length; i++) {
      for (const step of [-1, 1, -columns, columns]) {
        const next = cells[i]! + step
        if (calm[next] === 1 && seen[next] === 0 && heights[next] === level) {
          seen[next] = 1
          cells.push(next)
        }
      }
    }
    if (cells.length < PIXELS_MIN) continue
    // The calm cells are the water less its outermost pixel: grow by one to get the shore back.
    const mask = new Set<number>()
    for (const cell of cells) for (let dy = -columns; dy <= columns; dy += columns) for (let dx = -1; dx <= 1; dx++) mask.add(cell + dy + dx)
    const rings = traceMask(mask, columns).map(ring =>
      smooth(ring.map(([x, y]) => toPlane(west + x * pixel, north - y * pixel))))
    const outer = rings.reduce((best, ring) => (ring.length > best.length ? ring : best))
    const polygon = simplify([outer, ...rings.filter(ring => ring !== outer)], 6)
    lakes.push({ polygon, level, pixels: cells.length })
  }
  return lakes
}

/** Outlines of a set of cells as rings through the middles of cell edges, in cell units, y down. */
function traceMask(mask: ReadonlySet<number>, columns: number): Ring[] {
  // Directed edges with the cell on one side; key = corner it starts from, at most two start from one corner.
  const edges = new Map<number, number[]>()
  const stride = columns + 1
  const add = (from: number, to: number): void => {
    const list = edges.get(from)
    if (list) list.push(to)
    else edges.set(from, [to])
  }
  for (const cell of [...mask].sort((a, b) => a - b)) {
    const x = cell % columns
    const y = (cell - x) / columns
    const corner = y * stride + x
    if (!mask.has(cell - columns)) add(corner, corner + 1)
    if (!mask.has(cell + 1)) add(corner + 1, corner + 1 + stride)
    if (!mask.has(cell + columns)) add(corner + 1 + stride, corner + stride)
    if (!mask.has(cell - 1)) add(corner + stride, corner)
  }
  const rings: Ring[] = []
  for (const [start, list] of edges) {
    while (list.length > 0) {
      const ring: Ring = []
      let from = start
      let to = list.pop()!
      for (;;) {
        const ax = from % stride
        const ay = (from - ax) / stride
        const bx = to % stride
        const by = (to - bx) / stride
        ring.push([(ax + bx) / 2, (ay + by) / 2])
        if (to === start) break
        const onward = edges.get(to)!
        const next = onward.pop()!
        from = to
        to = next
      }
      if (ring.length >= 4) rings.push(ring)
    }
  }
  return rings
}

/** Rounds the steps of a traced outline: every point becomes the mean of itself and its neighbours, twice. */
function smooth(ring: Ring): Ring {
  let current = ring
  for (let pass = 0; pass < 2; pass++) {
    const source = current
    current = source.map((point, i): Point => {
      const before = source[(i + source.length - 1) % source.length]!
      const after = source[(i + 1) % source.length]!
      return [(before[0] + 2 * point[0] + after[0]) / 4, (before[1] + 2 * point[1] + after[1]) / 4]
    })
  }
  return current
}
