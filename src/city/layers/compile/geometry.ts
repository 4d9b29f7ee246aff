import { toPlane } from '../../projection'

/** Points are metres from the false origin. A ring is not closed: its last point is not its first. */
export type Point = [number, number]
export type Ring = Point[]
/** Outer ring first, then holes. */
export type Polygon = Ring[]
export type Box = readonly [west: number, south: number, east: number, north: number]

export interface GeoFeature<P> {
  readonly properties: P
  readonly geometry:
    | { readonly type: 'Polygon'; readonly coordinates: [number, number][][] }
    | { readonly type: 'MultiPolygon'; readonly coordinates: [number, number][][][] }
    | { readonly type: 'LineString'; readonly coordinates: [number, number][] }
    | { readonly type: 'Point'; readonly coordinates: [number, number] }
}
export interface GeoCollection<P> { readonly features: readonly GeoFeature<P>[] }

/** Polygons of a feature in the plane; none for points and lines. */
export function planePolygons(geometry: GeoFeature<unknown>['geometry']): Polygon[] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : []
  return polygons.map(rings => orient(rings.map(planeRing).filter(ring => ring.length >= 3))).filter(polygon => polygon.length > 0)
}

/** Ring in the plane without its closing point and without repeated points. */
export function planeRing(coordinates: readonly (readonly [number, number])[]): Ring {
  const ring: Ring = []
  for (const [longitude, latitude] of coordinates) {
    const point = toPlane(longitude, latitude)
    const last = ring.at(-1)
    if (!last || distance(last, point) > 0.01) ring.push(point)
  }
  while (ring.length > 1 && distance(ring[0]!, ring.at(-1)!) <= 0.01) ring.pop()
  return ring
}

/** Outer ring counter-clockwise, holes clockwise. */
export function orient(polygon: Polygon): Polygon {
  return polygon.map((ring, index) => (signedArea(ring) > 0) === (index === 0) ? ring : [...ring].reverse())
}

export const distance = (a: Point, b: Point): number => Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)

/** m², positive counter-clockwise. */
export function signedArea(ring: Ring): number {
  let sum = 0
  const [x0, y0] = ring[0] ?? [0, 0]
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    sum += (ring[j]![0] - x0) * (ring[i]![1] - y0) - (ring[i]![0] - x0) * (ring[j]![1] - y0)
  }
  return sum / 2
}

/** m², holes taken off. */
export function polygonArea(polygon: Polygon): number {
  return polygon.reduce((sum, ring, index) => sum + (index === 0 ? 1 : -1) * Math.abs(signedArea(ring)), 0)
}

export function centroid(ring: Ring): Point {
  let sum = 0
  let sumX = 0
  let sumY = 0
  const [x0, y0] = ring[0]!
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const ax = ring[j]![0] - x0
    const ay = ring[j]![1] - y0
    const bx = ring[i]![0] - x0
    const by = ring[i]![1] - y0
    const cross = ax * by - bx * ay
    sum += cross
    sumX += (ax + bx) * cross
    sumY += (ay + by) * cross
  }
  return Math.abs(sum) < 1e-9 ? ring[0]! : [x0 + sumX / (3 * sum), y0 + sumY / (3 * sum)]
}

export function boxOf(ring: readonly Point[]): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of ring) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}

export const boxesMeet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]

export function inRing(x: number, y: number, ring: Ring): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const ax = ring[i]![0]
    const ay = ring[i]![1]
    const bx = ring[j]![0]
    const by = ring[j]![1]
    if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

export function inPolygon(x: number, y: number, polygon: Polygon): boolean {
  return polygon.length > 0 && inRing(x, y, polygon[0]!) && !polygon.slice(1).some(hole => inRing(x, y, hole))
}

/** Distance from a point to the boundary of a ring, m. */
export function ringDistance(x: number, y: number, ring: Ring): number {
  let best = Infinity
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) best = Math.min(best, squaredDistance([x, y], ring[j]!, ring[i]!))
  return Math.sqrt(best)
}

/**
 * A polygon without the points that lie closer than `tolerance` (m) to the line of their neighbours (Douglas-Peucker,
 * each ring cut at its two points furthest apart). Rings that would collapse are dropped; an outer ring is kept.
 */
export function simplify(polygon: Polygon, tolerance: number): Polygon {
  return polygon.map((ring, index) => {
    const simple = simplifyRing(ring, tolerance)
    return simple.length >= 3 ? simple : index === 0 ? ring : []
  }).filter(ring => ring.length >= 3)
}

function simplifyRing(ring: Ring, tolerance: number): Ring {
  if (ring.length <= 4) return ring
  let first = 0
  for (let i = 1; i < ring.length; i++) if (ring[i]![0] < ring[first]![0] || (ring[i]![0] === ring[first]![0] && ring[i]![1] < ring[first]![1])) first = i
  const turned = [...ring.slice(first), ...ring.slice(0, first)]
  let far = 1
  for (let i = 2; i < turned.length; i++) if (distance(turned[i]!, turned[0]!) > distance(turned[far]!, turned[0]!)) far = i
  const head = simplifyLine(turned.slice(0, far + 1), tolerance)
  const tail = simplifyLine([...turned.slice(far), turned[0]!], tolerance)
  return [...head.slice(0, -1), ...tail.slice(0, -1)]
}

/** Douglas-Peucker on an open line; both ends stay. */
export function simplifyLine(line: readonly Point[], tolerance: number): Point[] {
  const keep = new Uint8Array(line.length)
  keep[0] = keep[line.length - 1] = 1
  const stack: [number, number][] = [[0, line.length - 1]]
  while (stack.length > 0) {
    const [from, to] = stack.pop()!
    let worst = tolerance * tolerance
    let split = -1
    for (let i = from + 1; i < to; i++) {
      const d = squaredDistance(line[i]!, line[from]!, line[to]!)
      if (d > worst) [worst, split] = [d, i]
    }
    if (split < 0) continue
    keep[split] = 1
    stack.push([from, split], [split, to])
  }
  return line.filter((_, index) => keep[index] === 1)
}

function squaredDistance(p: Point, a: Point, b: Point): number {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const lengthSquared = dx * dx + dy * dy
  const t = lengthSquared === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / lengthSquared))
  return (p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2
}

/** Calls `fill(row, from, to)` for the runs of cell centres inside the polygon: cell c has its centre at origin + (c + 0.5) cell. */
export function scanPolygon(
  polygon: Polygon,
  grid: { readonly west: number; readonly south: number; readonly cell: number; readonly columns: number; readonly rows: number },
  fill: (row: number, columnFrom: number, columnTo: number) => void,
): void {
  const [, south, , north] = boxOf(polygon[0]!)
  const rowFirst = Math.max(0, Math.floor((south - grid.south) / grid.cell - 0.5))
  const rowLast = Math.min(grid.rows - 1, Math.ceil((north - grid.south) / grid.cell))
  const crossings: number[][] = Array.from({ length: Math.max(0, rowLast - rowFirst + 1) }, () => [])
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[j]!
      const [bx, by] = ring[i]!
      if (ay === by) continue
      const low = Math.max(rowFirst, Math.ceil((Math.min(ay, by) - grid.south) / grid.cell - 0.5))
      const high = Math.min(rowLast, Math.floor((Math.max(ay, by) - grid.south) / grid.cell - 0.5))
      for (let row = low; row <= high; row++) {
        const y = grid.south + (row + 0.5) * grid.cell
        if ((ay > y) !== (by > y)) crossings[row - rowFirst]!.push(ax + ((y - ay) * (bx - ax)) / (by - ay))
      }
    }
  }
  for (const [index, xs] of crossings.entries()) {
    xs.sort((a, b) => a - b)
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const from = Math.max(0, Math.ceil((xs[i]! - grid.west) / grid.cell - 0.5))
      const to = Math.min(grid.columns - 1, Math.floor((xs[i + 1]! - grid.west) / grid.cell - 0.5))
      if (from <= to) fill(rowFirst + index, from, to)
    }
  }
}
