import { demandLayer, networkLayer, toPlane, tripsLayer, venuesLayer, type CityPack, type VenuesLayer } from '../city'
import type { ScenarioCity, ScenarioVenue } from './city'

/** The layers of a pack that a scenario is compiled against; `onFoot`: those for people as well. */
export async function loadScenarioCity(pack: CityPack, onFoot = false): Promise<ScenarioCity> {
  const [network, demand, venues, trips] = await Promise.all([
    pack.layer(networkLayer), pack.layer(demandLayer), pack.has(venuesLayer.kind) ? pack.layer(venuesLayer) : null,
    pack.has(tripsLayer.kind) ? pack.layer(tripsLayer) : null,
  ])
  const ground = onFoot ? await (await import('./outings/loadWalking')).loadWalking(pack) : { areas: [] }
  if (demand.meta['links'] !== network.links.rows) {
    throw new Error(`city pack "${pack.manifest.id}": its demand was compiled for another network (${String(demand.meta['links'])} links, not ${network.links.rows}). Compile the pack again with "npm run city -- build".`)
  }
  return { id: pack.manifest.id, network, demand, ...(trips ? { trips } : {}), venues: venues ? listVenues(venues) : [], ...ground, toPlane }
}

function listVenues({ venues, strings }: VenuesLayer): ScenarioVenue[] {
  return Array.from({ length: venues.rows }, (_, row) => ({
    id: strings[venues.id[row]!]!, name: strings[venues.name[row]!]!, x: venues.x[row]!, y: venues.y[row]!, capacity: venues.capacity[row]!,
  }))
}
