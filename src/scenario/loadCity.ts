import { demandLayer, networkLayer, toPlane, type CityPack } from '../city'
import type { ScenarioCity } from './city'

/** The layers of a pack that a scenario is compiled against. */
export async function loadScenarioCity(pack: CityPack): Promise<ScenarioCity> {
  const [network, demand] = await Promise.all([pack.layer(networkLayer), pack.layer(demandLayer)])
  if (demand.meta['links'] !== network.links.rows) {
    throw new Error(`city pack "${pack.manifest.id}": its demand was compiled for another network (${String(demand.meta['links'])} links, not ${network.links.rows}). Compile the pack again with "npm run city -- build".`)
  }
  return { id: pack.manifest.id, network, demand, venues: [], toPlane }
}
