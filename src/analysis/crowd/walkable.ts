import earcut from 'earcut'
import type { Line, Point } from './point'
import { apart, boxOf, clipByConvex, counterClockwise, inPolygon, inRing, isConvex, isHole, ringArea, type Box, type Polygon, type Ring } from './polygon'

/** Where people can be, cut into convex pieces, and where one passes from piece to piece. */
export interface Walkable {
  readonly outline: Polygon
  readonly area: number
  readonly box: Box
  /** Boxes of the edges of the outline. */
  readonly edges: readonly Box[]
  readonly pieces: readonly Ring[]
  readonly boxes: readonly Box[]
  /** Of each piece: its neighbours, and the edge between. */
  readonly doors: readonly (readonly { readonly to: number; readonly edge: Line }[])[]
}

/** m: two edges that are closer lie on each other. */
const TOUCH = 1e-7

/** Cuts a polygon (rings by the even-odd rule) into convex pieces. */
export function createWalkable(outline: Polygon): Walkable {
  const pieces = (outline.length === 1 && isConvex(outline[0]!) ? [counterClockwise(outline[0]!)] : triangles(outline)).filter(piece => ringArea(piece) > 0)
  const boxes = pieces.map(boxOf)
  const doors = pieces.map((piece, from) => pieces.flatMap((other, to) => {
    const near = boxes[to]!
    if (to === from || apart(boxes[from]!, { minX: near.minX - TOUCH, minY: near.minY - TOUCH, maxX: near.maxX + TOUCH, maxY: near.maxY + TOUCH })) return []
    const edge = commonEdge(piece, other)
    return edge ? [{ to, edge }] : []
  }))
  const edges = outline.flatMap(ring => ring.map((a, at) => {
    const { minX, minY, maxX, maxY } = boxOf([a, ring[(at + 1) % ring.length]!])
    return { minX: minX - TOUCH, minY: minY - TOUCH, maxX: maxX + TOUCH, maxY: maxY + TOUCH }
  }))
  return { outline, area: pieces.reduce((sum, piece) => sum + ringArea(piece), 0), box: boxOf(outline.flat()), edges, pieces, boxes, doors }
}

function triangles(outline: Polygon): Ring[] {
  const holes = outline.filter((_, at) => isHole(outline, at))
  return outline.filter((_, at) => !isHole(outline, at)).flatMap(outer => {
    const rings = [outer, ...holes.filter(([first]) => inRing(outer, first![0], first![1]))]
    const points = rings.flat()
    const [ox, oy] = points[0]!
    const starts = rings.slice(1).map((_, at) => rings.slice(0, at + 1).reduce((sum, { length }) => sum + length, 0))
    const corners = earcut(points.flatMap(([x, y]) => [x - ox, y - oy]), starts)
    return Array.from({ length: corners.length / 3 }, (_, at) => counterClockwise([0, 1, 2].map(k => points[corners[3 * at + k]!]!)))
  })
}

/** The stretch that two pieces that lie beside each other have in common. */
function commonEdge(a: Ring, b: Ring): Line | undefined {
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const edge = overlap(a[i]!, a[(i + 1) % a.length]!, b[j]!, b[(j + 1) % b.length]!)
      if (edge) return edge
    }
  }
  return undefined
}

function overlap(a: Point, b: Point, c: Point, d: Point): Line | undefined {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1])
  if (length < TOUCH) return undefined
  const [ux, uy] = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
  const along = (p: Point): number => (p[0] - a[0]) * ux + (p[1] - a[1]) * uy
  const aside = (p: Point): number => Math.abs((p[1] - a[1]) * ux - (p[0] - a[0]) * uy)
  if (aside(c) > TOUCH || aside(d) > TOUCH) return undefined
  const from = Math.max(0, Math.min(along(c), along(d)))
  const to = Math.min(length, Math.max(along(c), along(d)))
  return to - from > TOUCH ? [[a[0] + ux * from, a[1] + uy * from], [a[0] + ux * to, a[1] + uy * to]] : undefined
}

/**
 * The part of a convex, counter-clockwise ring that lies within the walkable area and hangs together with a point of
 * it, as convex pieces: what lies behind a wall is not a person's. Empty if the point lies outside.
 */
export function reachOf({ outline, edges, pieces, boxes, doors }: Walkable, cell: Ring, x: number, y: number): Ring[] {
  const box = boxOf(cell)
  // Far from all walls the cell is as it is.
  if (!edges.some(edge => !apart(edge, box))) return inPolygon(outline, x, y) ? [cell] : []
  const start = pieces.findIndex((piece, at) => x >= boxes[at]!.minX - TOUCH && x <= boxes[at]!.maxX + TOUCH && y >= boxes[at]!.minY - TOUCH && y <= boxes[at]!.maxY + TOUCH && holds(piece, x, y))
  if (start < 0) return []
  if (pieces.length === 1) return [clipByConvex(cell, pieces[0]!)].filter(piece => piece.length > 2)
  const seen = new Set([start])
  const found: Ring[] = []
  for (const at of seen) {
    const part = clipByConvex(cell, pieces[at]!)
    if (part.length > 2) found.push(part)
    for (const { to, edge } of doors[at]!) if (!seen.has(to) && !apart(boxes[to]!, box) && clippedLength(edge, cell) > TOUCH) seen.add(to)
  }
  return found
}

/** Whether a convex, counter-clockwise ring holds a point, its edges included. */
function holds(ring: Ring, x: number, y: number): boolean {
  return ring.every(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % ring.length]!
    return (bx - ax) * (y - ay) - (by - ay) * (x - ax) >= -TOUCH * Math.hypot(bx - ax, by - ay)
  })
}

/** m of a line within a convex, counter-clockwise ring. Source: Cyrus & Beck (1978), Comput. Graph. 3, 23. */
export function clippedLength([[px, py], [qx, qy]]: Line, convex: Ring): number {
  let from = 0
  let to = 1
  for (let at = 0; at < convex.length; at++) {
    const [ax, ay] = convex[at]!
    const [bx, by] = convex[(at + 1) % convex.length]!
    const p = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
    const q = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
    if (p < 0 && q < 0) return 0
    if (p < 0) from = Math.max(from, p / (p - q))
    else if (q < 0) to = Math.min(to, p / (p - q))
  }
  return Math.max(0, to - from) * Math.hypot(qx - px, qy - py)
}
