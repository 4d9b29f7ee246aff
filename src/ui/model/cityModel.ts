import { networkLayer, type CityPack } from '../../city'
import type { Network } from '../../sim'

/** A place that has a name: what search finds and what a click on a station or park shows. */
export interface PlaceHit {
  readonly kind: string
  readonly zh: string
  readonly en: string
  readonly x: number
  readonly y: number
  /** A road's link. */
  readonly link?: number
  /** A person's slot. */
  readonly person?: number
  /** A vehicle on the road, and the number of its trip. */
  readonly vehicle?: { readonly slot: number; readonly trip: number }
  /** More about it, in the language of the page. */
  readonly detail?: string
}

/** What the page itself knows of the city: names of links and zones, and the manifest for the credits. */
export interface CityModel {
  readonly pack: CityPack
  readonly network: Network
}

export async function openCityModel(pack: CityPack): Promise<CityModel> {
  const network = await pack.layer(networkLayer)
  return { pack, network }
}

export function linkName(network: Network, link: number): string | null {
  const row = network.links.name[link] ?? -1
  return row >= 0 ? network.strings[row]! : null
}

/** Middle of a link's centreline. */
export function linkMiddle({ links, points }: Network, link: number): { x: number; y: number } {
  const point = links.pointFirst[link]! + (links.pointCount[link]! >> 1)
  return { x: points.x[point]!, y: points.y[point]! }
}

/** Compass octant of travel, 0 = north, clockwise. */
export function linkOctant({ links, points }: Network, link: number): number {
  const first = links.pointFirst[link]!
  const last = first + links.pointCount[link]! - 1
  const bearing = Math.atan2(points.x[last]! - points.x[first]!, points.y[last]! - points.y[first]!)
  return ((Math.round(bearing / (Math.PI / 4)) % 8) + 8) % 8
}

/** The link that runs the other way between the same two nodes, or beside it with the same name; -1 = none. */
export function oppositeLink(network: Network, link: number): number {
  const { links, points } = network
  const middle = linkMiddle(network, link)
  const first = links.pointFirst[link]!
  const last = first + links.pointCount[link]! - 1
  const dx = points.x[last]! - points.x[first]!
  const dy = points.y[last]! - points.y[first]!
  let best = -1
  let distanceBest = 80
  for (let other = 0; other < links.rows; other++) {
    if (other === link) continue
    if (links.fromNode[other] === links.toNode[link] && links.toNode[other] === links.fromNode[link]) return other
    if (links.name[other] !== links.name[link] || links.name[link] === -1) continue
    const from = links.pointFirst[other]!
    const to = from + links.pointCount[other]! - 1
    if (dx * (points.x[to]! - points.x[from]!) + dy * (points.y[to]! - points.y[from]!) >= 0) continue
    const place = linkMiddle(network, other)
    const distance = Math.hypot(place.x - middle.x, place.y - middle.y)
    if (distance < distanceBest) { best = other; distanceBest = distance }
  }
  return best
}
