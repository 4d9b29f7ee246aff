/** Polylines in the plane with height: flat arrays of x, y, z triples, metres. */
export type Polyline = readonly number[]

export interface Place { x: number; y: number; z: number; /** Unit direction of travel. */ dx: number; dy: number }

export const pointCount = (line: Polyline): number => line.length / 3

/** Length in the plane, m. */
export function length(line: Polyline): number {
  let sum = 0
  for (let i = 3; i < line.length; i += 3) sum += Math.hypot(line[i] - line[i - 3], line[i + 1] - line[i - 2])
  return sum
}

/** Drops points closer than `gap` to their predecessor; keeps both ends. */
export function clean(line: Polyline, gap = 0.05): number[] {
  const out = [line[0], line[1], line[2]]
  for (let i = 3; i < line.length; i += 3) {
    const last = out.length - 3
    if (Math.hypot(line[i] - out[last], line[i + 1] - out[last + 1]) >= gap) out.push(line[i], line[i + 1], line[i + 2])
    else if (i === line.length - 3 && out.length > 3) out.splice(last, 3, line[i], line[i + 1], line[i + 2])
  }
  if (out.length === 3) out.push(line[line.length - 3] + gap, line[line.length - 2], line[line.length - 1])
  return out
}

/** The place `at` metres along; beyond an end it is the end. */
export function placeAt(line: Polyline, at: number): Place {
  let left = Math.max(0, at)
  for (let i = 3; i < line.length; i += 3) {
    const ex = line[i] - line[i - 3], ey = line[i + 1] - line[i - 2]
    const edge = Math.hypot(ex, ey)
    if (left <= edge || i === line.length - 3) {
      const t = edge === 0 ? 0 : Math.min(1, left / edge)
      const norm = edge === 0 ? 1 : edge
      return {
        x: line[i - 3] + ex * t, y: line[i - 2] + ey * t, z: line[i - 1] + (line[i + 2] - line[i - 1]) * t,
        dx: ex / norm, dy: ey / norm,
      }
    }
    left -= edge
  }
  return { x: line[0], y: line[1], z: line[2], dx: 1, dy: 0 }
}

/** The part from `start` to `end` metres; at least two points. */
export function slice(line: Polyline, start: number, end: number): number[] {
  const a = placeAt(line, start), b = placeAt(line, end)
  const out = [a.x, a.y, a.z]
  let at = 0
  for (let i = 3; i < line.length - 3; i += 3) {
    at += Math.hypot(line[i] - line[i - 3], line[i + 1] - line[i - 2])
    if (at > start + 0.05 && at < end - 0.05) out.push(line[i], line[i + 1], line[i + 2])
  }
  out.push(b.x, b.y, b.z)
  return out
}

export function reversed(line: Polyline): number[] {
  const out: number[] = []
  for (let i = line.length - 3; i >= 0; i -= 3) out.push(line[i], line[i + 1], line[i + 2])
  return out
}

/** Parallel line `right` metres to the right of travel (negative = left); mitred, with the mitre limited to 2. */
export function offset(line: Polyline, right: number): number[] {
  if (right === 0) return [...line]
  const n = pointCount(line)
  const out: number[] = []
  for (let p = 0; p < n; p++) {
    const before = edgeDirection(line, Math.max(0, p - 1)), after = edgeDirection(line, Math.min(n - 2, p))
    const nx = before.dy + after.dy, ny = -(before.dx + after.dx)
    const norm = Math.hypot(nx, ny)
    const ux = norm < 1e-6 ? after.dy : nx / norm, uy = norm < 1e-6 ? -after.dx : ny / norm
    const cosHalf = Math.max(0.5, ux * after.dy - uy * after.dx)
    const i = p * 3
    out.push(line[i] + (ux * right) / cosHalf, line[i + 1] + (uy * right) / cosHalf, line[i + 2])
  }
  return out
}

function edgeDirection(line: Polyline, edge: number): { dx: number; dy: number } {
  const i = edge * 3
  const ex = line[i + 3] - line[i], ey = line[i + 4] - line[i + 1]
  const norm = Math.hypot(ex, ey) || 1
  return { dx: ex / norm, dy: ey / norm }
}

/** Shortest distance from a point to the polyline, m. */
export function distanceTo(line: Polyline, x: number, y: number): number {
  let best = Infinity
  for (let i = 3; i < line.length; i += 3) {
    const ex = line[i] - line[i - 3], ey = line[i + 1] - line[i - 2]
    const square = ex * ex + ey * ey
    const t = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - line[i - 3]) * ex + (y - line[i - 2]) * ey) / square))
    const qx = line[i - 3] + ex * t - x, qy = line[i - 2] + ey * t - y
    const d = qx * qx + qy * qy
    if (d < best) best = d
  }
  return Math.sqrt(best)
}

/** Signed change of heading from one direction to another, rad in (-pi, pi]; positive = left. */
export function turnAngle(fromX: number, fromY: number, toX: number, toY: number): number {
  return Math.atan2(fromX * toY - fromY * toX, fromX * toX + fromY * toY)
}
