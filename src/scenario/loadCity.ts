import { demandLayer, metroLayer, networkLayer, toPlane, tripsLayer, venuesLayer, type CityArea, type CityPack, type VenuesLayer } from '../city'
import type { Network } from '../sim'
import type { ScenarioCity, ScenarioVenue } from './city'
import type { ScenarioEdit } from './document'
import { metroPlaces } from './metroPlaces'

/**
 * The layers of a pack that a scenario is compiled against.
 *
 * @param edits  of a scenario that has people on foot: where they walk and ride, and the ground drawn for them; absent = roads alone
 */
export async function loadScenarioCity(pack: CityPack, edits?: readonly ScenarioEdit[]): Promise<ScenarioCity> {
  const [network, demand, venues, metro, trips] = await Promise.all([
    pack.layer(networkLayer), pack.layer(demandLayer), pack.has(venuesLayer.kind) ? pack.layer(venuesLayer) : null,
    pack.has(metroLayer.kind) ? pack.layer(metroLayer) : null,
    pack.has(tripsLayer.kind) ? pack.layer(tripsLayer) : null,
  ])
  if (demand.meta['links'] !== network.links.rows) {
    throw new Error(`city pack "${pack.manifest.id}": its demand was compiled for another network (${String(demand.meta['links'])} links, not ${network.links.rows}). Compile the pack again with "npm run city -- build".`)
  }
  const roads: ScenarioCity = {
    id: pack.manifest.id, network, demand, ...(trips ? { trips } : {}), venues: venues ? listVenues(venues) : [], ...metro ? metroPlaces(metro) : { stations: [], lines: [] }, areas: [], toPlane,
  }
  return edits ? (await import('./outings/loadWalking')).withWalking(roads, pack, edits) : roads
}

/** Walk spaces of the ground that is drawn for events; what makes them is fetched when it is wanted. */
export async function loadDrawnAreas(pack: CityPack, network: Network, edits: readonly ScenarioEdit[]): Promise<CityArea[]> {
  return (await import('./ground/drawnGround')).drawnAreas(edits, pack, network)
}

function listVenues({ venues, strings }: VenuesLayer): ScenarioVenue[] {
  return Array.from({ length: venues.rows }, (_, row) => ({
    id: strings[venues.id[row]!]!, name: strings[venues.name[row]!]!, x: venues.x[row]!, y: venues.y[row]!, capacity: venues.capacity[row]!,
  }))
}
