import { demandLayer, loadAreas, metroLayer, metroService, networkLayer, sidewalksLayer, toPlane, tripsLayer, venuesLayer, type CityPack, type VenuesLayer } from '../city'
import { PlaceKind } from '../sim'
import type { ScenarioCity, ScenarioVenue, WalkingCity } from './city'
import type { Scenario } from './document'

/** The layers of a pack that a scenario is compiled against; those for people on foot only if the scenario has any. */
export async function loadScenarioCity(pack: CityPack, scenario?: Pick<Scenario, 'edits'>): Promise<ScenarioCity> {
  const walks = scenario?.edits.some(edit => edit.kind === 'event' && edit.enabled && edit.onFoot) ?? false
  const [network, demand, venues, trips, areas] = await Promise.all([
    pack.layer(networkLayer), pack.layer(demandLayer), pack.has(venuesLayer.kind) ? pack.layer(venuesLayer) : null,
    pack.has(tripsLayer.kind) ? pack.layer(tripsLayer) : null, loadAreas(pack),
  ])
  const walking = walks && pack.has(sidewalksLayer.kind) && pack.has(metroLayer.kind) ? await loadWalking(pack) : undefined
  if (demand.meta['links'] !== network.links.rows) {
    throw new Error(`city pack "${pack.manifest.id}": its demand was compiled for another network (${String(demand.meta['links'])} links, not ${network.links.rows}). Compile the pack again with "npm run city -- build".`)
  }
  return { id: pack.manifest.id, network, demand, ...(trips ? { trips } : {}), venues: venues ? listVenues(venues) : [], areas, ...(walking ? { walking } : {}), toPlane }
}

async function loadWalking(pack: CityPack): Promise<WalkingCity> {
  const [sidewalks, metro] = await Promise.all([pack.layer(sidewalksLayer), pack.layer(metroLayer)])
  const { places, strings } = sidewalks
  const portalNode = new Map<string, number>()
  for (let row = 0; row < places.rows; row++) if (places.kind[row] === PlaceKind.portal) portalNode.set(strings[places.name[row]!]!, places.node[row]!)
  return { sidewalks, metro, transit: metroService(metro), portalNode }
}

function listVenues({ venues, strings }: VenuesLayer): ScenarioVenue[] {
  return Array.from({ length: venues.rows }, (_, row) => ({
    id: strings[venues.id[row]!]!, name: strings[venues.name[row]!]!, x: venues.x[row]!, y: venues.y[row]!, capacity: venues.capacity[row]!,
  }))
}
