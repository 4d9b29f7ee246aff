import type { Problem } from '../sim'
import type { ScenarioCity } from './city'
import { checkInCity } from './cityChecks'
import { findJsonFault } from './jsonText'
import { migrate } from './migrations'
import { soundParts } from './sound'

/** What a city lacks of a document that was refused: roads and venues, to be told together with its other problems. */
export function problemsInCity(text: string, city: ScenarioCity): Problem[] {
  return findJsonFault(text) ? [] : checkInCity(soundParts(migrate(JSON.parse(text))), city)
}
