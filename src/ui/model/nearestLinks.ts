import { nearestOnLink, VehicleClass, type Network } from '../../sim'

const CAR = 1 << VehicleClass.car

/** Links that cars may use, by how near their centrelines pass to a place, m of the pack; the nearest first. */
export function nearestLinks(network: Network, x: number, y: number, count: number): number[] {
  const { links, lanes } = network
  const isOpen = (link: number): boolean => {
    for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) if (lanes.allowed[lane]! & CAR) return true
    return false
  }
  const distance = Float64Array.from(links.length, (_, link) => (isOpen(link) ? nearestOnLink(network, link, x, y).distance : Infinity))
  return Array.from(distance.keys()).sort((a, b) => distance[a]! - distance[b]!).slice(0, count)
}
