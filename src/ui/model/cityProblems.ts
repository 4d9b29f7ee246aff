import type { CityPack } from '../../city'
import { loadScenarioCity, problemsInCity } from '../../scenario'
import type { Problem } from '../../sim'

/** What a city lacks of a document that was refused; apart, since it is fetched when one is. */
export async function cityProblems(text: string, pack: CityPack): Promise<readonly Problem[]> {
  return problemsInCity(text, await loadScenarioCity(pack, []))
}
