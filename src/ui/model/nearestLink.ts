import { VehicleClass, type Network } from '../../sim'

const CAR = 1 << VehicleClass.car

/** The link whose centreline passes nearest to a place, m of the pack, of those that cars may use; -1 = there is none. */
export function nearestLink({ links, lanes, points }: Network, x: number, y: number): number {
  const isOpen = (link: number): boolean => {
    for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) if (lanes.allowed[lane]! & CAR) return true
    return false
  }
  let best = -1, least = Infinity
  for (let link = 0; link < links.rows; link++) {
    for (let at = links.pointFirst[link]!; at < links.pointFirst[link]! + links.pointCount[link]! - 1; at++) {
      const dx = points.x[at + 1]! - points.x[at]!, dy = points.y[at + 1]! - points.y[at]!
      const share = Math.max(0, Math.min(1, ((x - points.x[at]!) * dx + (y - points.y[at]!) * dy) / (dx * dx + dy * dy || 1)))
      const distance = (points.x[at]! + share * dx - x) ** 2 + (points.y[at]! + share * dy - y) ** 2
      if (distance < least && isOpen(link)) { least = distance; best = link }
    }
  }
  return best
}
