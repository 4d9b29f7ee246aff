import type { Network } from '../../sim'
import type { Point } from './walkGround'

/** m² of land that one person of an estate takes on the map: 30 m² of floor, three floors on a plot. For the picture alone; assumed. */
const LAND_EACH = 10
const CORNERS = 48
/** m */
const EXIT_WIDTH = 16

/** The edge of an estate as the map draws it: a circle with room for its people. */
export function estateRing([x, y]: Point, persons: number): Point[] {
  const radius = Math.sqrt((persons * LAND_EACH) / Math.PI)
  return Array.from({ length: CORNERS + 1 }, (_, at): Point => {
    const angle = (2 * Math.PI * (at % CORNERS)) / CORNERS
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
  })
}

/** A short stretch of a street, where cars come on to it. */
export function exitAt({ links, points }: Network, link: number, offset: number): Point[] {
  const first = links.pointFirst[link]!
  let left = offset
  for (let at = first; at < first + links.pointCount[link]! - 1; at++) {
    const [ax, ay, bx, by] = [points.x[at]!, points.y[at]!, points.x[at + 1]!, points.y[at + 1]!]
    const long = Math.hypot(bx - ax, by - ay)
    if (left <= long || at === first + links.pointCount[link]! - 2) {
      const [ux, uy, share] = [(bx - ax) / long, (by - ay) / long, Math.min(1, left / long)]
      const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)]
      return [[x - (ux * EXIT_WIDTH) / 2, y - (uy * EXIT_WIDTH) / 2], [x + (ux * EXIT_WIDTH) / 2, y + (uy * EXIT_WIDTH) / 2]]
    }
    left -= long
  }
  return []
}
