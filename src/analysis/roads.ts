import type { Network } from '../sim'
import type { RunRecord } from './record'

/** Links that carry one name; those without one are told by the named road that they are nearest to. */
export interface RoadGroups {
  readonly names: readonly string[]
  /** Row in `names` of each link. */
  readonly ofLink: Int32Array
}

export function groupRoads(network: Network): RoadGroups {
  const { links, strings } = network
  const near = namedRoadsNear(network)
  const rows = new Map<string, number>()
  const ofLink = new Int32Array(links.rows)
  for (let link = 0; link < links.rows; link++) {
    const name = strings[links.name[link]!] || (near[link] === null ? 'unnamed road' : `unnamed road near ${near[link]}`)
    const row = rows.get(name) ?? rows.size
    rows.set(name, row)
    ofLink[link] = row
  }
  return { names: [...rows.keys()], ofLink }
}

const known = new WeakMap<Network, readonly (string | null)[]>()

/** By link the named road that is reached over the fewest other links, its own if it has a name; null = it is joined to none. */
export function namedRoadsNear(network: Network): readonly (string | null)[] {
  const found = known.get(network) ?? searchNear(network)
  known.set(network, found)
  return found
}

function searchNear({ links, nodes, strings }: Network): readonly (string | null)[] {
  const near = Array.from({ length: links.rows }, (_, link) => strings[links.name[link]!] || null)
  const atNode: number[][] = Array.from({ length: nodes.rows }, () => [])
  for (let link = 0; link < links.rows; link++) {
    atNode[links.fromNode[link]!]!.push(link)
    atNode[links.toNode[link]!]!.push(link)
  }
  let front = near.flatMap((name, link) => (name === null ? [] : [link]))
  while (front.length > 0) {
    const next: number[] = []
    for (const link of front) {
      for (const node of [links.fromNode[link]!, links.toNode[link]!]) {
        for (const other of atNode[node]!) if (near[other] === null) { near[other] = near[link]!; next.push(other) }
      }
    }
    front = next
  }
  return near
}

/** Sums of a run by link over all bins. */
export interface LinkSums {
  readonly vehicleSeconds: Float64Array
  readonly vehicleMetres: Float64Array
}

export function sumByLink({ links: { total } }: RunRecord): LinkSums {
  return { vehicleSeconds: total.vehicleSeconds, vehicleMetres: total.vehicleMetres }
}

/** veh·h spent on each road. */
export function roadHours({ names, ofLink }: RoadGroups, sums: LinkSums): Float64Array {
  const hours = new Float64Array(names.length)
  for (let link = 0; link < ofLink.length; link++) hours[ofLink[link]!]! += sums.vehicleSeconds[link]! / 3600
  return hours
}
