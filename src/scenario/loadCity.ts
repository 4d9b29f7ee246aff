import { demandLayer, networkLayer, toPlane, type CityPack } from '../city'
import type { ScenarioCity } from './city'

/** The layers of a pack that a scenario is compiled against. */
export async function loadScenarioCity(pack: CityPack): Promise<ScenarioCity> {
  const [network, demand] = await Promise.all([pack.layer(networkLayer), pack.layer(demandLayer)])
  return { id: pack.manifest.id, network, demand, venues: [], toPlane }
}
