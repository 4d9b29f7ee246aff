import { createTable, type Columns, type TableOf } from '../../../sim'
import { pointColumns2, ringColumns, type PolygonTables } from '../polygons'
import { orient, type Polygon } from './geometry'

/** Lays polygons out as tables, outer rings counter-clockwise. Coordinates are rounded to 1/8 m, which keeps the files small. */
export function polygonTables<C extends Columns>(columns: C, drawn: readonly Polygon[]): PolygonTables & { readonly polygons: TableOf<C> } {
  const polygons = drawn.map(orient)
  const table = createTable(columns, polygons.length)
  const ringCount = polygons.reduce((sum, polygon) => sum + polygon.length, 0)
  const pointCount = polygons.reduce((sum, polygon) => sum + polygon.reduce((n, ring) => n + ring.length, 0), 0)
  const rings = createTable(ringColumns, ringCount)
  const points = createTable(pointColumns2, pointCount)
  let ring = 0
  let point = 0
  for (const [row, polygon] of polygons.entries()) {
    const target = table as unknown as PolygonTables['polygons']
    target.ringFirst[row] = ring
    target.ringCount[row] = polygon.length
    for (const line of polygon) {
      rings.pointFirst[ring] = point
      rings.pointCount[ring] = line.length
      ring += 1
      for (const [x, y] of line) {
        points.x[point] = Math.round(x * 8) / 8
        points.y[point] = Math.round(y * 8) / 8
        point += 1
      }
    }
  }
  return { polygons: table as TableOf<C> & PolygonTables['polygons'], rings, points }
}
