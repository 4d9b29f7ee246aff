import { VehicleClass, type Network } from '../../sim'

const CAR = 1 << VehicleClass.car

/** Links that cars may use, by how near their centrelines pass to a place, m of the pack; the nearest first. */
export function nearestLinks({ links, lanes, points }: Network, x: number, y: number, count: number): number[] {
  const isOpen = (link: number): boolean => {
    for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) if (lanes.allowed[lane]! & CAR) return true
    return false
  }
  const distance = new Float64Array(links.rows).fill(Infinity)
  for (let link = 0; link < links.rows; link++) {
    if (!isOpen(link)) continue
    for (let at = links.pointFirst[link]!; at < links.pointFirst[link]! + links.pointCount[link]! - 1; at++) {
      const dx = points.x[at + 1]! - points.x[at]!, dy = points.y[at + 1]! - points.y[at]!
      const share = Math.max(0, Math.min(1, ((x - points.x[at]!) * dx + (y - points.y[at]!) * dy) / (dx * dx + dy * dy || 1)))
      distance[link] = Math.min(distance[link]!, (points.x[at]! + share * dx - x) ** 2 + (points.y[at]! + share * dy - y) ** 2)
    }
  }
  return Array.from(distance.keys()).sort((a, b) => distance[a]! - distance[b]!).slice(0, count)
}
