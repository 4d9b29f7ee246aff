import { busLayer, loadAreas, metroLayer, metroService, sidewalksLayer, type CityPack } from '../../city'
import { PlaceKind, type Network } from '../../sim'
import type { ScenarioCity } from '../city'
import type { ScenarioEdit } from '../document'
import { drawnAreas } from '../ground/drawnGround'
import { groundRules } from '../ground/groundRules'
import { nodeNear } from './offer'

/** A city with all that people on foot need, as far as its pack has it, and with the ground that is drawn for events. */
export async function withWalking(roads: ScenarioCity, pack: CityPack, edits: readonly ScenarioEdit[]): Promise<ScenarioCity> {
  const city = { ...roads, ...await loadWalking(pack, roads.network, edits) }
  return { ...city, ground: groundRules(city) }
}

async function loadWalking(pack: CityPack, network: Network, edits: readonly ScenarioEdit[]): Promise<Pick<ScenarioCity, 'areas' | 'walking'>> {
  const [shipped, drawn] = await Promise.all([loadAreas(pack), drawnAreas(edits, pack, network)])
  const areas = [...shipped, ...drawn]
  if (!pack.has(sidewalksLayer.kind) || !pack.has(metroLayer.kind)) return { areas }
  const [sidewalks, metro, bus] = await Promise.all([pack.layer(sidewalksLayer), pack.layer(metroLayer), pack.has(busLayer.kind) ? pack.layer(busLayer) : null])
  const { places, strings } = sidewalks
  const portalNode = new Map<string, number>()
  for (let row = 0; row < places.rows; row++) if (places.kind[row] === PlaceKind.portal) portalNode.set(strings[places.name[row]!]!, places.node[row]!)
  for (const { id, portals } of drawn) for (const { goal, at: [x, y] } of portals) portalNode.set(`${id}/${goal}`, nodeNear(sidewalks, x, y))
  return { areas, walking: { sidewalks, metro, bus, transit: metroService(metro), portalNode } }
}
