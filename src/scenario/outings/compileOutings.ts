import { crowdLimits, type CrowdLimits, type LocalName, type Network, type PeopleInput, type TripTable } from '../../sim'
import type { ScenarioCity } from '../city'
import type { RunClock } from '../closures'
import type { CrowdLimitSettings, EventEdit, Scenario } from '../document'
import { isGroundEdit } from '../editKinds'
import type { EventParty } from '../events'
import { countLines } from '../ground/countLines'
import { groundMeasures } from '../ground/groundMeasures'
import { areaOf, middleOf } from './area'
import { drawPeople } from './eventPeople'
import { offerOf } from './offer'
import { peopleInput, type Outing } from './peopleInput'

/** An event whose people are on foot, with its parties by car and taxi; `slot`: which of the events that ids have room for. */
export interface OutingEvent { readonly edit: EventEdit; readonly slot: number; readonly parties: readonly EventParty[] }

/** People of events as the simulation wants them. Scenarios without any do without this module: it is fetched when needed. */
export function compileOutings(events: readonly OutingEvent[], city: ScenarioCity, network: Network, trips: TripTable, clock: RunClock, { seed, edits, crowdLimits: limits }: Pick<Scenario, 'seed' | 'edits' | 'crowdLimits'>): PeopleInput | undefined {
  const { walking } = city
  if (!walking) return undefined
  const outings = events.flatMap(({ edit, slot, parties }): Outing[] => {
    const area = areaOf(edit, city.areas)
    if (!area) return []
    const offer = offerOf(area, city, walking)
    return [{ area, offer, parties, people: drawPeople(edit, slot, offer, parties, link => middleOf(network, link), seed) }]
  })
  if (outings.length === 0) return undefined
  const { metro: { stations, lines, strings } } = walking
  const named = ({ name, nameEn }: typeof stations | typeof lines): LocalName[] => Array.from(name, (zh, row) => ({ zh: strings[zh]!, en: strings[nameEn[row]!] || strings[zh]! }))
  return {
    ...peopleInput(outings, trips, network, walking, clock, seed, (areas, crowdClock) => groundMeasures(edits.filter(isGroundEdit), areas, city, crowdClock)),
    countLines: countLines(edits, city, clock), limits: limitsOf(limits), transitNames: { stations: named(stations), lines: named(lines) },
  }
}

function limitsOf({ holdSeconds: hold, platformMinutes: platform, safetyMinutes: safety, ...same }: CrowdLimitSettings = {}): CrowdLimits {
  return { ...crowdLimits, ...same, ...(hold === undefined ? {} : { hold }), ...(platform === undefined ? {} : { platform }), ...(safety === undefined ? {} : { safety }) }
}
