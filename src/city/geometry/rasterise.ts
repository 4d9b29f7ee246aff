/** A grid of coverage: how much of each cell lies inside some polygons, 0..1. Row 0 is the south edge. */
export interface Raster {
  readonly x0: number
  readonly y0: number
  readonly cell: number
  readonly columns: number
  readonly rows: number
}

/**
 * Adds exact area coverage of polygon rings to an accumulation buffer of `rows * (columns + 1)` floats. Rings that
 * run against each other cancel, so holes work if they turn the other way. Finish with `coverageOf`.
 *
 * Signed area accumulation as in font rasterisers (R. Levien, font-rs, 2016): each edge adds its area to the cells
 * that it crosses, and a running sum along the row fills what lies beside it.
 */
export function addRing(raster: Raster, sums: Float32Array, xs: ArrayLike<number>, ys: ArrayLike<number>, first: number, count: number, sign = 1): void {
  const { x0, y0, cell } = raster
  for (let i = 0; i < count; i++) {
    const a = first + i, b = first + (i + 1 === count ? 0 : i + 1)
    addEdge(raster, sums, (xs[a]! - x0) / cell, (ys[a]! - y0) / cell, (xs[b]! - x0) / cell, (ys[b]! - y0) / cell, sign)
  }
}

function addEdge({ columns, rows }: Raster, sums: Float32Array, ax: number, ay: number, bx: number, by: number, sign: number): void {
  if (ay === by) return
  const direction = (ay < by ? 1 : -1) * sign
  if (ay > by) { [ax, bx] = [bx, ax]; [ay, by] = [by, ay] }
  const slope = (bx - ax) / (by - ay)
  const yEnd = Math.min(by, rows)
  let x = ax
  let y = ay
  if (y < 0) { x -= y * slope; y = 0 }
  const stride = columns + 1
  while (y < yEnd) {
    const row = Math.floor(y)
    const yNext = Math.min(row + 1, yEnd)
    const xNext = x + slope * (yNext - y)
    const share = direction * (yNext - y)
    const left = Math.min(x, xNext), right = Math.max(x, xNext)
    if (right <= 0) sums[row * stride]! += share
    else if (left < columns) {
      const from = Math.max(left, 0), to = Math.min(right, columns)
      const width = right - left
      const i0 = Math.floor(from), i1 = Math.min(Math.ceil(to), columns)
      if (left < 0) sums[row * stride]! += share * (-left / width)
      const inside = width > 0 ? share * ((to - from) / width) : share
      if (i1 <= i0 + 1) {
        const part = 1 - ((from + to) / 2 - i0)
        sums[row * stride + i0]! += inside * part
        sums[row * stride + i0 + 1]! += inside * (1 - part)
      } else {
        // The edge crosses several cells of this row: each gets the trapezoid beside it.
        for (let i = i0; i < i1; i++) {
          const u0 = Math.max(from, i), u1 = Math.min(to, i + 1)
          const piece = inside * ((u1 - u0) / (to - from))
          const part = 1 - ((u0 + u1) / 2 - i)
          sums[row * stride + i]! += piece * part
          sums[row * stride + i + 1]! += piece * (1 - part)
        }
      }
    }
    x = xNext
    y = yNext
  }
}

export const newSums = ({ columns, rows }: Raster): Float32Array => new Float32Array((columns + 1) * rows)

/** Turns accumulated sums into coverage 0..1. */
export function coverageOf({ columns, rows }: Raster, sums: Float32Array): Float32Array {
  const coverage = new Float32Array(columns * rows)
  for (let j = 0; j < rows; j++) {
    let sum = 0
    for (let i = 0; i < columns; i++) {
      sum += sums[j * (columns + 1) + i]!
      coverage[j * columns + i] = Math.min(1, Math.abs(sum))
    }
  }
  return coverage
}

/** Box blur of radius `radius` cells, `passes` times, in place: cheap stand-in for a Gaussian. */
export function blur({ columns, rows }: Raster, values: Float32Array, radius: number, passes = 2): void {
  const before = new Float32Array(values.length)
  const sums = new Float64Array(columns)
  const share = 1 / (2 * radius + 1)
  for (let pass = 0; pass < passes; pass++) {
    before.set(values)
    for (let j = 0; j < rows; j++) {
      const start = j * columns
      let sum = 0
      for (let i = -radius; i <= radius; i++) sum += before[start + Math.min(Math.max(i, 0), columns - 1)]!
      for (let i = 0; i < columns; i++) {
        values[start + i] = sum * share
        sum += before[start + Math.min(i + radius + 1, columns - 1)]! - before[start + Math.max(i - radius, 0)]!
      }
    }
    // Down the columns too, but a row at a time: memory is read in the order in which it lies.
    before.set(values)
    sums.fill(0)
    for (let j = -radius; j <= radius; j++) {
      const start = Math.min(Math.max(j, 0), rows - 1) * columns
      for (let i = 0; i < columns; i++) sums[i]! += before[start + i]!
    }
    for (let j = 0; j < rows; j++) {
      const start = j * columns
      const enters = Math.min(j + radius + 1, rows - 1) * columns, leaves = Math.max(j - radius, 0) * columns
      for (let i = 0; i < columns; i++) {
        values[start + i] = sums[i]! * share
        sums[i]! += before[enters + i]! - before[leaves + i]!
      }
    }
  }
}
