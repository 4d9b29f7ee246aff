import type { PolygonTables } from './polygonSource'
import { areaOf, BuildingVertices, Look, middleOf, Part, plant, roof, scaled, square, SUNK, sweep, walls } from './buildingVertices'
import { addLandmark } from './landmarkMesh'
import type { MeshData } from './meshData'
import { TILE_SIZE, tileCentre, tileKey } from './tiles'

export interface BuildingSource {
  readonly polygons: PolygonTables
  /** m above the sea, and m from there to the roof. */
  readonly base: ArrayLike<number>
  readonly height: ArrayLike<number>
  readonly look: ArrayLike<number>
  /** Name of a building, empty if it has none: landmarks go by it. */
  names?(row: number): string
}

const PARAPET = 1.1 // m that walls rise above the roof

/** Rows of the buildings of each tile, largest first, so that a far tile may draw only the first part of its mesh. */
export function buildingTiles({ polygons, height }: BuildingSource): Map<string, Int32Array> {
  const { rings, points } = polygons
  const rows = new Map<string, number[]>()
  const size = new Float32Array(polygons.polygons.rows)
  for (let row = 0; row < polygons.polygons.rows; row++) {
    const ring = polygons.polygons.ringFirst[row]!
    const first = rings.pointFirst[ring]!, count = rings.pointCount[ring]!
    if (count < 3) continue
    let x = 0, y = 0, area = 0
    for (let i = 0; i < count; i++) {
      const a = first + i, b = first + ((i + 1) % count)
      x += points.x[a]!; y += points.y[a]!
      area += (points.x[a]! - points.x[first]!) * (points.y[b]! - points.y[first]!) - (points.x[b]! - points.x[first]!) * (points.y[a]! - points.y[first]!)
    }
    size[row] = height[row]! * Math.sqrt(Math.abs(area / 2))
    const key = tileKey(x / count, y / count)
    const list = rows.get(key)
    if (list) list.push(row)
    else rows.set(key, [row])
  }
  return new Map([...rows].map(([key, list]) => [key, Int32Array.from(list.sort((a, b) => size[b]! - size[a]!))]))
}

/**
 * One mesh of all buildings of a tile. Corners are shared between walls: the shader takes normals from derivatives.
 *   position  i16 x 4  x, y, z in 1/16 m; metres along the wall in 1/8 m
 *   facts     u8 x 4   look, seed, part, 0
 *   extent    u16 x 2  ground height and height of the building, 1/16 m
 *   row       f32      row in the buildings layer
 */
export function buildBuildings(source: BuildingSource, key: string, rows: ArrayLike<number>): MeshData | null {
  const centre = tileCentre(key)
  const out = new BuildingVertices(centre)
  for (let k = 0; k < rows.length; k++) addBuilding(out, source, rows[k]!)
  return out.take()
}

function addBuilding(out: BuildingVertices, { polygons, base, height, look, names }: BuildingSource, row: number): void {
  const rings = readRings(polygons, row)
  const outer = rings[0]
  if (!outer) return
  const [cx, cy] = middleOf(outer)
  if (Math.abs(cx - out.centre[0]) > TILE_SIZE || Math.abs(cy - out.centre[1]) > TILE_SIZE) return
  const ground = base[row]!
  out.look = look[row]!
  out.seed = hash(row)
  out.ground = ground
  out.height = height[row]!
  out.building = row
  const top = ground + height[row]!
  const name = names ? names(row) : ''
  if (name && addLandmark(out, name, outer, ground, height[row]!)) return
  const area = Math.abs(areaOf(outer))
  if (look[row] === Look.house && outer.length === 8 && height[row]! < 16 && area < 420 && (out.seed & 3) !== 0) return addPitched(out, outer, ground, top)
  if (height[row]! >= 150 && rings.length === 1 && area > 300) return addTower(out, outer, ground, top, row)
  for (const ring of rings) walls(out, ring, ground - SUNK, top)
  const parapet = height[row]! > 9 && area > 60 ? PARAPET : 0
  roof(out, rings, top - parapet)
  const compact = area > 180 && rings.length === 1 && fills(outer, area) > 0.55
  if (compact && height[row]! > 20) {
    const box = scaled(outer, cx, cy, 0.3 + (out.seed & 7) * 0.03)
    plant(out, box, top - parapet, top + 2.6 + (out.seed >> 5) * 0.4)
  }
}

/** A tall tower: shaft, set-back or tapered crown, and a mast on the tallest. */
function addTower(out: BuildingVertices, ring: Float64Array, ground: number, top: number, row: number): void {
  const [cx, cy] = middleOf(ring)
  const height = top - ground
  const steps: [number, number][] = height > 450
    ? [[0, 1], [0.12, 0.99], [0.8, 0.9], [0.9, 0.62], [0.955, 0.3], [1, 0.03]]
    : [[[0, 1], [0.93, 1], [0.935, 0.78], [1, 0.74]], [[0, 1], [0.85, 0.97], [1, 0.72]], [[0, 1], [0.97, 1], [1, 0.97]], [[0, 1], [0.9, 1], [0.905, 0.86], [0.97, 0.86], [0.975, 0.6], [1, 0.6]]][hash(row * 7 + 3) & 3]! as [number, number][]
  sweep(out, steps.map(([share, scale]) => ({ ring: scaled(ring, cx, cy, scale), z: share === 0 ? ground - SUNK : ground + height * share })))
  const last = scaled(ring, cx, cy, steps.at(-1)![1])
  roof(out, [last], top - (height > 450 ? 0 : PARAPET))
  if (height > 230 && height <= 450 && (out.seed & 1) === 0) plant(out, square(cx, cy, 1.1), top, top + height * 0.08)
}

/** Two slopes over a four-cornered house, ridge along its longer sides. */
function addPitched(out: BuildingVertices, ring: Float64Array, ground: number, top: number): void {
  const side = (i: number): number => Math.hypot(ring[(i * 2 + 2) % 8]! - ring[i * 2]!, ring[(i * 2 + 3) % 8]! - ring[i * 2 + 1]!)
  const turned = side(0) + side(2) < side(1) + side(3) // first side is a short one
  const corner = (i: number): [number, number] => { const k = ((i + (turned ? 0 : 1)) % 4) * 2; return [ring[k]!, ring[k + 1]!] }
  const short = Math.hypot(corner(1)[0] - corner(0)[0], corner(1)[1] - corner(0)[1])
  const rise = Math.min(short * 0.32, 3.6)
  const eaves = top - rise * 0.5
  walls(out, ring, ground - SUNK, eaves)
  const middle = (a: [number, number], b: [number, number]): [number, number] => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  const [ax, ay] = middle(corner(0), corner(1)), [bx, by] = middle(corner(2), corner(3))
  const z = eaves + rise
  const put = ([x, y]: readonly [number, number], height: number, part: number): number => out.vertex(x, y, height, 0, part)
  for (const [p, q, r, s] of [[corner(1), corner(2), [bx, by], [ax, ay]], [corner(3), corner(0), [ax, ay], [bx, by]]] as const) {
    const a = put(p, eaves, Part.pitched), b = put(q, eaves, Part.pitched), c = put(r, z, Part.pitched), d = put(s, z, Part.pitched)
    out.index.push(a, b, c, a, c, d)
  }
  for (const [p, q, r] of [[corner(0), corner(1), [ax, ay]], [corner(2), corner(3), [bx, by]]] as const) {
    const a = put(p, eaves, Part.wall), b = put(q, eaves, Part.wall), c = put(r, z, Part.wall)
    out.index.push(a, b, c)
  }
}

/** Rings of a polygon as x, y pairs without points that lie on a straight wall; the outer one counter-clockwise. */
function readRings({ polygons, rings, points }: PolygonTables, row: number): Float64Array[] {
  const result: Float64Array[] = []
  const first = polygons.ringFirst[row]!
  for (let ring = first; ring < first + polygons.ringCount[row]!; ring++) {
    const start = rings.pointFirst[ring]!, count = rings.pointCount[ring]!
    const kept: number[] = []
    for (let i = 0; i < count; i++) {
      const a = start + ((i + count - 1) % count), b = start + i, c = start + ((i + 1) % count)
      const ux = points.x[b]! - points.x[a]!, uy = points.y[b]! - points.y[a]!, vx = points.x[c]! - points.x[b]!, vy = points.y[c]! - points.y[b]!
      if (Math.hypot(ux, uy) < 0.05) continue
      if (count > 4 && Math.abs(ux * vy - uy * vx) < 0.03 * Math.hypot(ux, uy) * Math.hypot(vx, vy) && ux * vx + uy * vy > 0) continue
      kept.push(points.x[b]!, points.y[b]!)
    }
    if (kept.length < 6) continue
    const line = Float64Array.from(kept)
    const area = areaOf(line)
    if ((ring === first) === area < 0) reverse(line)
    result.push(line)
  }
  return result
}

function reverse(ring: Float64Array): void {
  for (let i = 0, j = ring.length - 2; i < j; i += 2, j -= 2) {
    const x = ring[i]!, y = ring[i + 1]!
    ring[i] = ring[j]!; ring[i + 1] = ring[j + 1]!
    ring[j] = x; ring[j + 1] = y
  }
}

/** Share of its bounding box that a ring fills. */
function fills(ring: Float64Array, area: number): number {
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
  for (let i = 0; i < ring.length; i += 2) {
    x0 = Math.min(x0, ring[i]!); x1 = Math.max(x1, ring[i]!)
    y0 = Math.min(y0, ring[i + 1]!); y1 = Math.max(y1, ring[i + 1]!)
  }
  return area / ((x1 - x0) * (y1 - y0) || 1)
}

/** 0..255, the same for the same row. */
function hash(row: number): number {
  let h = Math.imul(row + 1, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b)
  return (h ^ (h >>> 13)) >>> 24
}
