import type { Network } from '../sim'
import type { RunRecord } from './record'

/** Links that carry one name; unnamed links stand alone under the name of the junctions that they join. */
export interface RoadGroups {
  readonly names: readonly string[]
  /** Row in `names` of each link. */
  readonly ofLink: Int32Array
}

export function groupRoads(network: Network): RoadGroups {
  const { links, nodes, strings } = network
  const rows = new Map<string, number>()
  const ofLink = new Int32Array(links.rows)
  for (let link = 0; link < links.rows; link++) {
    const name = strings[links.name[link]!]
      || `${strings[nodes.name[links.fromNode[link]!]!] || '?'} → ${strings[nodes.name[links.toNode[link]!]!] || '?'}`
    const row = rows.get(name) ?? rows.size
    rows.set(name, row)
    ofLink[link] = row
  }
  return { names: [...rows.keys()], ofLink }
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
