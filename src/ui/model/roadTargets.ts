import { toPlane } from '../../city'
import { effectOf, isNetworkEdit, resolveTarget, type RoadTarget, type ScenarioCity, type ScenarioEdit } from '../../scenario'
import { linkName, oppositeLink, type CityModel } from './cityModel'

/** Links that a target means; none where the city does not know it. */
export function linksOf(target: RoadTarget, city: CityModel): readonly number[] {
  const outcome = resolveTarget(target, roadsOf(city), '')
  return outcome.ok ? outcome.value : []
}

/** Links that an edit is about: of a turn the one that it leaves, of signals the approaches; none for the weather, events and people. */
export function linksOfEdit(edit: ScenarioEdit, city: CityModel): readonly number[] {
  if (!isNetworkEdit(edit)) return []
  const outcome = effectOf(edit, roadsOf(city), '')
  return outcome.ok ? outcome.value.links : []
}

/** Road targets need the network alone; demand and venues stay with the worker. */
const roadsOf = ({ pack, network }: CityModel): ScenarioCity => ({ id: pack.manifest.id, network, venues: [], toPlane }) as unknown as ScenarioCity

export interface TargetChoice { readonly bothWays: boolean; readonly wholeRoad: boolean }

/** The target that a planner means who clicked `link`. */
export function targetOf(link: number, { bothWays, wholeRoad }: TargetChoice, city: CityModel): RoadTarget {
  const { network } = city
  const name = linkName(network, link)
  const idOf = (row: number): string => network.strings[network.links.id[row]!]!
  if (wholeRoad && name) {
    if (bothWays) return { road: name }
    for (const heading of ['east', 'west', 'north', 'south'] as const) {
      if (linksOf({ road: name, heading }, city).includes(link)) return { road: name, heading }
    }
  }
  const opposite = bothWays ? oppositeLink(network, link) : -1
  return { links: opposite >= 0 ? [idOf(link), idOf(opposite)] : [idOf(link)] }
}
