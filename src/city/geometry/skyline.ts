import type { BuildingSource } from './buildingMesh'
import type { HeightField } from './heightField'

const CELL = 20 // m
const LOWEST = 18 // m: what is lower hides nothing from a camera above the roofs

/** How high buildings reach, m above the sea, cell by cell; 0 where none stands. For asking what hides what. */
export function buildSkyline({ polygons: { polygons, rings, points }, base, height }: BuildingSource, [x0, y0, x1, y1]: readonly [number, number, number, number]): HeightField {
  const columns = Math.ceil((x1 - x0) / CELL), rows = Math.ceil((y1 - y0) / CELL)
  const top = new Float32Array(columns * rows)
  for (let row = 0; row < polygons.rows; row++) {
    if (height[row]! < LOWEST) continue
    const ring = polygons.ringFirst[row]!
    const first = rings.pointFirst[ring]!, end = first + rings.pointCount[ring]!
    let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity
    for (let p = first; p < end; p++) {
      west = Math.min(west, points.x[p]!); east = Math.max(east, points.x[p]!)
      south = Math.min(south, points.y[p]!); north = Math.max(north, points.y[p]!)
    }
    const level = base[row]! + height[row]!
    const raise = (i: number, j: number): void => {
      if (i < 0 || j < 0 || i >= columns || j >= rows) return
      const at = j * columns + i
      if (top[at]! < level) top[at] = level
    }
    raise(Math.floor(((west + east) / 2 - x0) / CELL), Math.floor(((south + north) / 2 - y0) / CELL))
    for (let j = Math.ceil((south - y0) / CELL - 0.5); (j + 0.5) * CELL + y0 <= north; j++) {
      for (let i = Math.ceil((west - x0) / CELL - 0.5); (i + 0.5) * CELL + x0 <= east; i++) {
        if (contains(points, first, end, x0 + (i + 0.5) * CELL, y0 + (j + 0.5) * CELL)) raise(i, j)
      }
    }
  }
  return { x0, y0, cell: CELL, columns, rows, height: top }
}

function contains(points: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }, first: number, end: number, x: number, y: number): boolean {
  let inside = false
  for (let p = first, q = end - 1; p < end; q = p++) {
    const py = points.y[p]!, qy = points.y[q]!
    if (py > y !== qy > y && x < points.x[p]! + ((y - py) / (qy - py)) * (points.x[q]! - points.x[p]!)) inside = !inside
  }
  return inside
}
