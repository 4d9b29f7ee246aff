import type { Point } from './point'

/** A closed line; the last point is joined with the first. */
export type Ring = readonly Point[]
/** Rings by the even-odd rule: outer edges, and holes in them. */
export type Polygon = readonly Ring[]

/** m2, positive where the ring runs counter-clockwise (shoelace formula, about its first point so that large coordinates cost no digits). */
export function ringArea(ring: Ring): number {
  let twice = 0
  const [x0, y0] = ring[0] ?? [0, 0]
  for (let at = 1; at + 1 < ring.length; at++) {
    const [ax, ay] = ring[at]!
    const [bx, by] = ring[at + 1]!
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
  }
  return twice / 2
}

/** m2. Rings must not cross each other: a ring within an odd number of others is a hole. */
export function polygonArea(rings: Polygon): number {
  return rings.reduce((sum, ring, at) => sum + (isHole(rings, at) ? -1 : 1) * Math.abs(ringArea(ring)), 0)
}

/** Whether ring `at` is cut out of the others: the middle of its first edge lies within an odd number of them. */
export function isHole(rings: Polygon, at: number): boolean {
  const [[ax, ay], [bx, by]] = [rings[at]![0]!, rings[at]![1]!]
  const middle: Point = [(ax + bx) / 2, (ay + by) / 2]
  return rings.filter((ring, other) => other !== at && inRing(ring, middle[0], middle[1])).length % 2 === 1
}

/** Even-odd rule; an edge belongs to the side left of or below it, so that areas side by side count a person once. */
export function inRing(ring: Ring, x: number, y: number): boolean {
  let inside = false
  for (let at = 0, before = ring.length - 1; at < ring.length; before = at++) {
    const [ax, ay] = ring[at]!
    const [bx, by] = ring[before]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

export const inPolygon = (rings: Polygon, x: number, y: number): boolean => rings.reduce((inside, ring) => inside !== inRing(ring, x, y), false)

export interface Box { readonly minX: number; readonly minY: number; readonly maxX: number; readonly maxY: number }

export function boxOf(points: Iterable<Point>): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    minX = Math.min(minX, x); minY = Math.min(minY, y)
    maxX = Math.max(maxX, x); maxY = Math.max(maxY, y)
  }
  return { minX, minY, maxX, maxY }
}

export const apart = (a: Box, b: Box): boolean => a.maxX <= b.minX || b.maxX <= a.minX || a.maxY <= b.minY || b.maxY <= a.minY

/** Counter-clockwise copy. */
export const counterClockwise = (ring: Ring): Ring => (ringArea(ring) < 0 ? ring.toReversed() : ring)

/** Whether a ring turns left at every corner or right at every corner (a straight one is both). */
export function isConvex(ring: Ring): boolean {
  const turned = counterClockwise(ring)
  return turned.every(([ax, ay], at) => {
    const [bx, by] = turned[(at + 1) % turned.length]!
    const [cx, cy] = turned[(at + 2) % turned.length]!
    return (bx - ax) * (cy - by) - (by - ay) * (cx - bx) >= -1e-12
  })
}

/**
 * The part of a ring within a convex, counter-clockwise ring. Of a ring that is not convex the parts hang together by
 * lines without width, so that only its area may be asked for.
 *
 * Source: Sutherland & Hodgman (1974), Commun. ACM 17, 32.
 */
export function clipByConvex(ring: Ring, convex: Ring): Ring {
  let left: Point[] = [...ring]
  for (let at = 0; at < convex.length && left.length > 0; at++) {
    const [ax, ay] = convex[at]!
    const [bx, by] = convex[(at + 1) % convex.length]!
    const whole = left
    left = []
    for (let i = 0; i < whole.length; i++) {
      const [px, py] = whole[i]!
      const [qx, qy] = whole[(i + 1) % whole.length]!
      const p = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
      const q = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
      if (p >= 0) left.push(whole[i]!)
      if (p >= 0 !== q >= 0) {
        const share = p / (p - q)
        left.push([px + share * (qx - px), py + share * (qy - py)])
      }
    }
  }
  return left
}

/** m2 that a polygon shares with a convex, counter-clockwise ring. */
export function sharedArea(rings: Polygon, convex: Ring): number {
  return rings.length === 1 ? Math.abs(ringArea(clipByConvex(rings[0]!, convex)))
    : rings.reduce((sum, ring, at) => sum + (isHole(rings, at) ? -1 : 1) * Math.abs(ringArea(clipByConvex(ring, convex))), 0)
}
