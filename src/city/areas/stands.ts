import { boxOf, type Point, type Polygon } from '../layers/compile/geometry'
import { onGrid, ringInside } from './shapes'
import type { SpaceDraft } from './spaceDraft'

/** Side of the squares where an audience stands, m; smaller ones are taken where ground has no room for four of a size. */
const SIDES = [40, 20, 10] as const
const ENOUGH = 4

/** Squares of ground where an audience stands, one goal each: those of a grid that lie wholly on free ground. */
export function addStands(draft: SpaceDraft, floor: string, ground: Polygon): void {
  const rings = SIDES.reduce<Point[][]>((found, side) => (found.length >= ENOUGH ? found : squares(ground, side)), [])
  for (const [at, shape] of rings.entries()) draft.goals.push({ id: `stand:${at + 1}`, floor, shape, kind: 'area', open: true })
}

function squares(ground: Polygon, side: number): Point[][] {
  const [west, south, east, north] = boxOf(ground[0]!)
  const rings: Point[][] = []
  for (let y = south; y < north; y += side) {
    for (let x = west; x < east; x += side) {
      const ring = ([[x + 1, y + 1], [x + side - 1, y + 1], [x + side - 1, y + side - 1], [x + 1, y + side - 1]] as Point[]).map(onGrid)
      if (ringInside(ring, ground)) rings.push(ring)
    }
  }
  return rings
}
