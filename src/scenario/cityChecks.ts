import type { Problem } from '../sim'
import { problem } from './checks'
import type { ScenarioCity } from './city'
import { checkEffect } from './effects'
import { resolveVenue } from './events'
import { resolveAccess } from './housing'
import { checkMetro } from './metroChanges'
import type { SoundScenario } from './sound'
import { usableLinks } from './usableLinks'

/** What only the city can tell: roads, lanes and venues that it lacks. Edits that are switched off may name anything. */
export function checkInCity({ city: id, edits }: SoundScenario, city: ScenarioCity): Problem[] {
  if (id !== undefined && id !== city.id) {
    return [problem('scenario/city', 'field', 'city', `city: the scenario is about "${id}", the loaded city is "${city.id}".`, 'Open it with that city.')]
  }
  const usable = usableLinks(city)
  return edits.flatMap((edit, index) => {
    if (!edit || edit.enabled === false) return []
    const where = edit.id === undefined ? `edits[${index}]` : `edit "${edit.id}"`
    const effect = checkEffect(edit, city, where)
    const venue = edit.venue === undefined ? null : resolveVenue(edit.venue, city, usable, where)
    const id = edit.id ?? where
    const metro = edit.change === undefined ? null : checkMetro(edit.change, city, id, where)
    const estate = edit.kind === 'housing' && edit.position ? resolveAccess(edit.access ?? edit.position, city, usable, id, where) : null
    return [...(metro && !metro.ok ? metro.problems : []), ...(estate && !estate.ok ? estate.problems : []), ...(effect.ok ? [] : effect.problems), ...(venue && !venue.ok ? venue.problems : city.ground?.problemsOf(edit, where) ?? [])]
  })
}
