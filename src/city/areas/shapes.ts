import { difference, union } from 'polyclip-ts'
import type { Point as WalkPoint } from '../../sim'
import { inPolygon, orient, polygonArea, signedArea, type Point, type Polygon, type Ring } from '../layers/compile/geometry'

/** Everything of a walk space lies on whole centimetres, so that edges which two floors share are the same edges. */
export const onGrid = ([x, y]: WalkPoint): Point => [Math.round(x * 100) / 100, Math.round(y * 100) / 100]

/** Holes and pieces below this are traces of rounding, m². */
const CRUMB = 0.5

/** Open rings on the grid without repeated points, outer ring counter-clockwise. */
function clean(polygons: readonly (readonly (readonly WalkPoint[])[])[]): Polygon[] {
  return polygons.map(polygon => orient(polygon.map(cleanRing).filter(ring => ring.length >= 3 && Math.abs(signedArea(ring)) > CRUMB)))
    .filter(polygon => polygon.length > 0).sort((a, b) => polygonArea(b) - polygonArea(a))
}

function cleanRing(ring: readonly WalkPoint[]): Ring {
  const result: Ring = []
  for (const point of ring.map(onGrid)) {
    const last = result.at(-1)
    if (!last || last[0] !== point[0] || last[1] !== point[1]) result.push(point)
  }
  while (result.length > 1 && result[0]![0] === result.at(-1)![0] && result[0]![1] === result.at(-1)![1]) result.pop()
  return result
}

/** Union, largest piece first. */
export const united = (polygons: readonly Polygon[]): Polygon[] => polygons.length === 0 ? [] : clean(union(polygons[0]!, ...polygons.slice(1)))

/** What is left of a polygon, largest piece first. */
export const without = (polygon: Polygon, cut: readonly Polygon[]): Polygon[] => cut.length === 0 ? clean([polygon]) : clean(difference([polygon], ...cut.map(piece => [piece])))

/** A place on a line with a direction: `s` m along it, `d` m to its left. */
export interface Frame {
  readonly length: number
  readonly along: Point
  readonly left: Point
  at(s: number, d: number): Point
}

export function frameOf(from: Point, to: Point): Frame {
  const length = Math.sqrt((to[0] - from[0]) ** 2 + (to[1] - from[1]) ** 2)
  const along: Point = [(to[0] - from[0]) / length, (to[1] - from[1]) / length]
  const left: Point = [-along[1], along[0]]
  return { length, along, left, at: (s, d) => onGrid([from[0] + s * along[0] + d * left[0], from[1] + s * along[1] + d * left[1]]) }
}

/** Rectangle of a frame, counter-clockwise. */
export const box = (frame: Frame, s0: number, s1: number, d0: number, d1: number): Ring => [frame.at(s0, d0), frame.at(s1, d0), frame.at(s1, d1), frame.at(s0, d1)]

/** Whether a ring lies in a polygon: its corners and points every 2 m of its sides. */
export function ringInside(ring: Ring, polygon: Polygon): boolean {
  return ring.every((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    const steps = Math.max(1, Math.ceil(Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2) / 2))
    for (let k = 0; k < steps; k++) if (!inPolygon(a[0] + ((b[0] - a[0]) * k) / steps, a[1] + ((b[1] - a[1]) * k) / steps, polygon)) return false
    return true
  })
}

/** The pieces of a line from `a` to `b` that lie inside a polygon, as shares of its length, in order. */
export function insidePieces(a: Point, b: Point, polygon: Polygon): [number, number][] {
  const cuts = [0, 1]
  for (const ring of polygon) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [p, q] = [ring[j]!, ring[i]!]
      const [rx, ry, sx, sy] = [b[0] - a[0], b[1] - a[1], q[0] - p[0], q[1] - p[1]]
      const det = rx * sy - ry * sx
      if (Math.abs(det) < 1e-9) continue
      const t = ((p[0] - a[0]) * sy - (p[1] - a[1]) * sx) / det
      const u = ((p[0] - a[0]) * ry - (p[1] - a[1]) * rx) / det
      if (t > 0 && t < 1 && u >= 0 && u <= 1) cuts.push(t)
    }
  }
  cuts.sort((x, y) => x - y)
  const pieces: [number, number][] = []
  for (let i = 1; i < cuts.length; i++) {
    const [from, to] = [cuts[i - 1]!, cuts[i]!]
    if (to - from < 1e-6) continue
    const middle = (from + to) / 2
    if (!inPolygon(a[0] + middle * (b[0] - a[0]), a[1] + middle * (b[1] - a[1]), polygon)) continue
    if (pieces.at(-1)?.[1] === from) pieces.at(-1)![1] = to
    else pieces.push([from, to])
  }
  return pieces
}

/** A ring in which the given points, which lie on its edges (within 5 cm), are corners. */
export function withCorners(ring: Ring, points: readonly Point[]): Ring {
  let result = ring
  for (const point of points) {
    if (result.some(corner => corner[0] === point[0] && corner[1] === point[1])) continue
    const after = result.findIndex((a, i) => {
      const b = result[(i + 1) % result.length]!
      const length = Math.sqrt((b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2)
      const along = ((point[0] - a[0]) * (b[0] - a[0]) + (point[1] - a[1]) * (b[1] - a[1])) / length
      const off = Math.abs((b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])) / length
      return along >= 0 && along <= length && off < 0.05
    })
    if (after >= 0) result = [...result.slice(0, after + 1), point, ...result.slice(after + 1)]
  }
  return result
}
