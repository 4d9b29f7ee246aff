import type { Columns, TableOf } from '../../sim'

/** Rings and points of every layer that holds polygons. A polygon's first ring is its outer one, counter-clockwise. */
export const ringColumns = {
  pointFirst: { type: 'i32', unit: 'row', doc: 'first point' },
  pointCount: { type: 'i32', unit: '1', doc: 'points; the ring closes from the last to the first' },
} as const satisfies Columns

export const pointColumns2 = {
  x: { type: 'f32', unit: 'm', doc: 'east of the false origin' },
  y: { type: 'f32', unit: 'm', doc: 'north of the false origin' },
} as const satisfies Columns

/** Columns that every polygon table starts with. */
export const polygonColumns = {
  ringFirst: { type: 'i32', unit: 'row', doc: 'outer ring; holes follow' },
  ringCount: { type: 'i32', unit: '1', doc: 'rings' },
} as const satisfies Columns

export interface PolygonTables {
  readonly polygons: TableOf<typeof polygonColumns>
  readonly rings: TableOf<typeof ringColumns>
  readonly points: TableOf<typeof pointColumns2>
}

/** Rings of one polygon as [x, y] pairs. */
export function readPolygon({ polygons, rings, points }: PolygonTables, row: number): [number, number][][] {
  const result: [number, number][][] = []
  const first = polygons.ringFirst[row]!
  for (let ring = first; ring < first + polygons.ringCount[row]!; ring++) {
    const start = rings.pointFirst[ring]!
    result.push(Array.from({ length: rings.pointCount[ring]! }, (_, i) => [points.x[start + i]!, points.y[start + i]!]))
  }
  return result
}

/** Whether a point lies in polygon `row`: inside its outer ring and in none of its holes. */
export function polygonContains({ polygons, rings, points }: PolygonTables, row: number, x: number, y: number): boolean {
  let inside = false
  const first = polygons.ringFirst[row]!
  for (let ring = first; ring < first + polygons.ringCount[row]!; ring++) {
    const start = rings.pointFirst[ring]!
    const end = start + rings.pointCount[ring]!
    for (let i = start, j = end - 1; i < end; j = i++) {
      const ay = points.y[i]!
      const by = points.y[j]!
      if ((ay > y) !== (by > y) && x < ((points.x[j]! - points.x[i]!) * (y - ay)) / (by - ay) + points.x[i]!) inside = !inside
    }
  }
  return inside
}
