import type { Network, PeopleInput, TripTable } from '../../sim'
import type { ScenarioCity } from '../city'
import type { RunClock } from '../closures'
import type { EventEdit, Scenario } from '../document'
import { isGroundEdit } from '../editKinds'
import type { EventParty } from '../events'
import { groundMeasures } from '../ground/groundMeasures'
import { areaOf, middleOf } from './area'
import { drawPeople } from './eventPeople'
import { offerOf } from './offer'
import { peopleInput, type Outing } from './peopleInput'

/** An event whose people are on foot, with its parties by car and taxi; `slot`: which of the events that ids have room for. */
export interface OutingEvent { readonly edit: EventEdit; readonly slot: number; readonly parties: readonly EventParty[] }

/** People of events as the simulation wants them. Scenarios without any do without this module: it is fetched when needed. */
export function compileOutings(events: readonly OutingEvent[], city: ScenarioCity, network: Network, trips: TripTable, clock: RunClock, { seed, edits }: Pick<Scenario, 'seed' | 'edits'>): PeopleInput | undefined {
  const { walking } = city
  if (!walking) return undefined
  const outings = events.flatMap(({ edit, slot, parties }): Outing[] => {
    const area = areaOf(edit, city.areas)
    if (!area) return []
    const offer = offerOf(area, city, walking)
    return [{ area, offer, parties, people: drawPeople(edit, slot, offer, parties, link => middleOf(network, link), seed) }]
  })
  return outings.length > 0 ? peopleInput(outings, trips, network, walking, clock, seed, (areas, crowdClock) => groundMeasures(edits.filter(isGroundEdit), areas, city, crowdClock)) : undefined
}
