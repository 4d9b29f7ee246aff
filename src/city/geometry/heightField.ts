/** Ground heights on a regular grid; row 0 is the south edge. */
export interface HeightField {
  readonly x0: number
  readonly y0: number
  readonly cell: number
  readonly columns: number
  readonly rows: number
  /** m above the sea, `rows * columns`, never below 0. */
  readonly height: Float32Array
}

/** Height by bilinear interpolation; outside the grid the nearest edge counts. */
export function heightAt(field: HeightField, x: number, y: number): number {
  const { x0, y0, cell, columns, rows, height } = field
  const u = Math.min(Math.max((x - x0) / cell, 0), columns - 1.001)
  const v = Math.min(Math.max((y - y0) / cell, 0), rows - 1.001)
  const i = Math.floor(u), j = Math.floor(v), fu = u - i, fv = v - j
  const at = j * columns + i
  const south = height[at]! * (1 - fu) + height[at + 1]! * fu
  const north = height[at + columns]! * (1 - fu) + height[at + columns + 1]! * fu
  return south * (1 - fv) + north * fv
}

/** A flat field, for cities without a terrain layer and for tests. */
export const flatField = (x0: number, y0: number, x1: number, y1: number, height = 4): HeightField =>
  ({ x0, y0, cell: Math.max(x1 - x0, y1 - y0), columns: 2, rows: 2, height: new Float32Array(4).fill(height) })
