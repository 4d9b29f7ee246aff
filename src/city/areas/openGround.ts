import { RoadClass, type Network } from '../../sim'
import { linkWidths } from '../geometry/roadIndex'
import { boxesMeet, boxOf, distance, inPolygon, type Point, type Polygon } from '../layers/compile/geometry'
import { INSET } from './platforms'
import { box, frameOf, ringInside, without } from './shapes'
import type { SpaceDraft } from './spaceDraft'

/** Portals along the edge of open ground: apart, wide, and at most this far from the street that they lead to, m. */
const PORTAL_SPACING = 40
const PORTAL_WIDTH = 6
const STREET_NEAR = 35

/** Streets and squares of a walk space: what the network's roads take of it, and where sidewalks pass it. */
export interface Streets {
  /** Carriageways on the ground within a box, as polygons; service roads of squares and parks belong to those on foot. */
  carriageways(outline: Polygon): Polygon[]
  /** Distance to the nearest street that has sidewalks, m; Infinity beyond `STREET_NEAR`. */
  near(x: number, y: number): number
}

export function streetsOf(network: Network): Streets {
  const { links, points } = network
  const widths = linkWidths(network)
  const pieces: { link: number; a: Point; b: Point; half: number }[] = []
  for (let link = 0; link < links.rows; link++) {
    if (links.layer[link] !== 0 || links.class[link] === RoadClass.service) continue
    const first = links.pointFirst[link]!
    for (let i = first + 1; i < first + links.pointCount[link]!; i++) {
      pieces.push({ link, a: [points.x[i - 1]!, points.y[i - 1]!], b: [points.x[i]!, points.y[i]!], half: widths[link]! / 2 })
    }
  }
  return {
    carriageways(outline) {
      const around = boxOf(outline[0]!)
      return pieces.filter(({ a, b }) => boxesMeet(boxOf([a, b]), around) && distance(a, b) > 0.1).map(({ a, b, half }) => {
        const frame = frameOf(a, b)
        return [box(frame, -1, frame.length + 1, -half, half)]
      })
    },
    near: (x, y) => pieces.reduce((best, { link, a, b, half }) => {
      if (links.class[link]! < RoadClass.primary || Math.abs(a[0] - x) > 500 || Math.abs(a[1] - y) > 500) return best
      const frame = frameOf(a, b)
      const along = Math.max(0, Math.min(frame.length, (x - a[0]) * frame.along[0] + (y - a[1]) * frame.along[1]))
      const off = distance([a[0] + along * frame.along[0], a[1] + along * frame.along[1]], [x, y]) - half
      return off < best && off < STREET_NEAR ? off : best
    }, Infinity),
  }
}

/**
 * Open ground: an outline without the buildings and water on it and without the carriageways through it. What is cut
 * off from the largest piece is left out.
 */
export function openGround(outline: Polygon, obstacles: readonly Polygon[], streets: Streets): Polygon {
  const around = boxOf(outline[0]!)
  const near = obstacles.filter(polygon => boxesMeet(boxOf(polygon[0]!), around))
  return without(outline, [...near.map(polygon => [polygon[0]!]), ...streets.carriageways(outline)])[0]!
}

/** Adds portals along the outer edge of a ground floor wherever a street with sidewalks passes, and near the given places. */
export function addPortals(draft: SpaceDraft, floor: string, ground: Polygon, streets: Streets, given: readonly Point[]): void {
  const placed: Point[] = []
  const outer = ground[0]!
  for (const [i, a] of outer.entries()) {
    const frame = frameOf(a, outer[(i + 1) % outer.length]!)
    if (frame.length < PORTAL_WIDTH + 1) continue
    const count = Math.max(1, Math.floor(frame.length / PORTAL_SPACING))
    for (let k = 0; k < count; k++) {
      const s = ((k + 0.5) * frame.length) / count
      const at = frame.at(s, 0)
      if (placed.some(other => distance(other, at) < PORTAL_SPACING * 0.7) || (streets.near(at[0], at[1]) === Infinity && !given.some(point => distance(point, at) < PORTAL_SPACING))) continue
      // The outer ring runs counter-clockwise: the floor lies to the left of its edges.
      if (!ringInside(box(frame, s - PORTAL_WIDTH / 2, s + PORTAL_WIDTH / 2, 0.1, 3), ground) || inPolygon(...frame.at(s, -0.3), ground)) continue
      placed.push(at)
      const goal = `portal:${draft.portals.length + 1}`
      draft.goals.push({ id: goal, floor, shape: [frame.at(s - PORTAL_WIDTH / 2, INSET), frame.at(s + PORTAL_WIDTH / 2, INSET)], kind: 'exit', open: true })
      draft.portals.push({ goal, at, width: PORTAL_WIDTH })
    }
  }
}
