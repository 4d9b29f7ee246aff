/** Points of a path with their distance from its start. */
export interface Line {
  readonly x: Float64Array
  readonly y: Float64Array
  readonly z: Float64Array
  /** m from the first point. */
  readonly along: Float64Array
}

interface PointTable { readonly x: Float32Array; readonly y: Float32Array; readonly z: Float32Array }

/** A polyline of the network with extra points so that no two lie more than `spacing` apart; repeated points drop out. */
export function readLine(points: PointTable, first: number, count: number, spacing: number): Line {
  const x: number[] = [], y: number[] = [], z: number[] = [], along: number[] = []
  let distance = 0
  for (const i of cornersOf(points, first, count)) {
    const px = points.x[i]!, py = points.y[i]!, pz = points.z[i]!
    if (x.length > 0) {
      const qx = x.at(-1)!, qy = y.at(-1)!, qz = z.at(-1)!
      const step = Math.hypot(px - qx, py - qy)
      if (step < 0.05) continue
      const pieces = Math.ceil(step / spacing)
      for (let k = 1; k <= pieces; k++) {
        const t = k / pieces
        x.push(qx + (px - qx) * t); y.push(qy + (py - qy) * t); z.push(qz + (pz - qz) * t)
        along.push(distance + step * t)
      }
      distance += step
    } else {
      x.push(px); y.push(py); z.push(pz); along.push(0)
    }
  }
  return { x: Float64Array.from(x), y: Float64Array.from(y), z: Float64Array.from(z), along: Float64Array.from(along) }
}

const TOLERANCE = 0.06 // m that a line may leave its points by

/** Rows of the points that a polyline needs to keep its shape. */
function cornersOf(points: PointTable, first: number, count: number): number[] {
  const kept = [first]
  let anchor = first
  for (let end = first + 2; end < first + count; end++) {
    if (end - anchor < 24 && fits(points, anchor, end)) continue
    anchor = end - 1
    kept.push(anchor)
  }
  if (count > 1) kept.push(first + count - 1)
  return kept
}

/** Whether all points between two others lie on the straight line through them. */
function fits({ x, y, z }: PointTable, from: number, to: number): boolean {
  const dx = x[to]! - x[from]!, dy = y[to]! - y[from]!
  const squared = dx * dx + dy * dy
  if (squared < 1e-6) return false
  for (let i = from + 1; i < to; i++) {
    const ex = x[i]! - x[from]!, ey = y[i]! - y[from]!
    const t = (ex * dx + ey * dy) / squared
    const off = ex * dy - ey * dx
    if (off * off > TOLERANCE * TOLERANCE * squared || Math.abs(z[from]! + (z[to]! - z[from]!) * t - z[i]!) > 0.12) return false
  }
  return true
}

/** Unit tangent at point `i`, averaged over both neighbours, with the mitre factor 1 / cos(half bend), at most 1.6. */
export function tangentAt({ x, y }: Line, i: number): [number, number, number] {
  const last = x.length - 1
  let ax = 0, ay = 0, bx = 0, by = 0
  if (i > 0) { const d = Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!); ax = (x[i]! - x[i - 1]!) / d; ay = (y[i]! - y[i - 1]!) / d }
  if (i < last) { const d = Math.hypot(x[i + 1]! - x[i]!, y[i + 1]! - y[i]!); bx = (x[i + 1]! - x[i]!) / d; by = (y[i + 1]! - y[i]!) / d }
  let tx = ax + bx, ty = ay + by
  const norm = Math.hypot(tx, ty)
  if (norm < 1e-6) return [bx || 1, by, 1]
  tx /= norm; ty /= norm
  const cosine = i > 0 && i < last ? Math.max(0.6, tx * ax + ty * ay) : 1
  return [tx, ty, 1 / cosine]
}
