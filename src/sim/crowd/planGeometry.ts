import type { Point } from './walkSpace'

/** Whether a place is inside rings, even-odd. */
export function insideRings(rings: readonly (readonly Point[])[], x: number, y: number): boolean {
  let inside = false
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at++) {
      const [ax, ay] = ring[at]
      const [bx, by] = ring[(at + 1) % ring.length]
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside
    }
  }
  return inside
}

/** Square of the distance between a place and a piece a-b. */
export function distanceSquare(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const dx = bx - ax
  const dy = by - ay
  const length = dx * dx + dy * dy
  let share = length > 0 ? ((x - ax) * dx + (y - ay) * dy) / length : 0
  share = share < 0 ? 0 : share > 1 ? 1 : share
  const toX = ax + share * dx - x
  const toY = ay + share * dy - y
  return toX * toX + toY * toY
}

/** Least distance of a piece a-b and an upright rectangle, m; 0 if they meet. */
export function distanceToRectangle(ax: number, ay: number, bx: number, by: number, west: number, south: number, east: number, north: number): number {
  if (meetsRectangle(ax, ay, bx, by, west, south, east, north)) return 0
  const outside = (x: number, y: number): number => {
    const dx = x < west ? west - x : x > east ? x - east : 0
    const dy = y < south ? south - y : y > north ? y - north : 0
    return dx * dx + dy * dy
  }
  return Math.sqrt(Math.min(
    outside(ax, ay), outside(bx, by),
    distanceSquare(ax, ay, bx, by, west, south), distanceSquare(ax, ay, bx, by, east, south), distanceSquare(ax, ay, bx, by, west, north), distanceSquare(ax, ay, bx, by, east, north),
  ))
}

/** Liang and Barsky's clipping: whether anything of the piece lies within. */
function meetsRectangle(ax: number, ay: number, bx: number, by: number, west: number, south: number, east: number, north: number): boolean {
  let from = 0
  let to = 1
  for (const [step, room] of [[ax - bx, ax - west], [bx - ax, east - ax], [ay - by, ay - south], [by - ay, north - ay]] as const) {
    if (step === 0) { if (room < 0) return false; continue }
    const share = room / step
    if (step < 0) from = Math.max(from, share)
    else to = Math.min(to, share)
  }
  return from <= to
}

/** How far off its edge a join may lie, m. */
const APART = 0.01

/** What remains of an edge a-b when the stretches along `lines` are taken out, as shares of its length in order. */
export function closedStretches(a: Point, b: Point, lines: readonly (readonly [Point, Point])[]): [from: number, to: number][] {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const length = Math.sqrt(dx * dx + dy * dy)
  const open: [number, number][] = []
  for (const [p, q] of lines) {
    const off = ([x, y]: Point): number => Math.abs((x - a[0]) * dy - (y - a[1]) * dx) / length
    if (off(p) > APART || off(q) > APART) continue
    const along = ([x, y]: Point): number => ((x - a[0]) * dx + (y - a[1]) * dy) / (length * length)
    const [from, to] = [along(p), along(q)].sort((s, t) => s - t)
    if (to > 0 && from < 1) open.push([from, to])
  }
  open.sort((s, t) => s[0] - t[0])
  const closed: [number, number][] = []
  let at = 0
  for (const [from, to] of open) {
    if (from * length > at * length + APART) closed.push([at, from])
    at = Math.max(at, to)
  }
  if ((1 - at) * length > APART) closed.push([at, 1])
  return closed
}
