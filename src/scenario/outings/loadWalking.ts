import { loadAreas, metroLayer, metroService, sidewalksLayer, type CityPack } from '../../city'
import { PlaceKind } from '../../sim'
import type { ScenarioCity } from '../city'

/** Where people walk and ride, as far as the pack has it. */
export async function loadWalking(pack: CityPack): Promise<Pick<ScenarioCity, 'areas' | 'walking'>> {
  const areas = await loadAreas(pack)
  if (!pack.has(sidewalksLayer.kind) || !pack.has(metroLayer.kind)) return { areas }
  const [sidewalks, metro] = await Promise.all([pack.layer(sidewalksLayer), pack.layer(metroLayer)])
  const { places, strings } = sidewalks
  const portalNode = new Map<string, number>()
  for (let row = 0; row < places.rows; row++) if (places.kind[row] === PlaceKind.portal) portalNode.set(strings[places.name[row]!]!, places.node[row]!)
  return { areas, walking: { sidewalks, metro, transit: metroService(metro), portalNode } }
}
