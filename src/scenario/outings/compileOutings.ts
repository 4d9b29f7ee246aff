import { crowdLimits, type CrowdLimits, type Network, type PeopleInput, type TripTable } from '../../sim'
import type { ScenarioCity } from '../city'
import type { RunClock } from '../closures'
import type { CrowdLimitSettings, Scenario } from '../document'
import { isGroundEdit } from '../editKinds'
import type { EventParty } from '../events'
import { countLines } from '../ground/countLines'
import { groundMeasures } from '../ground/groundMeasures'
import { withRules } from '../rules/ruleGround'
import { metroDay } from '../metroChanges'
import { modeShares, type SettledEvent } from '../modeChoice'
import { areaOf, middleOf } from './area'
import { drawPeople } from './eventPeople'
import { offerOf } from './offer'
import { peopleInput, type Outing } from './peopleInput'
import { publicTransportFor } from './publicTransport'

/** An event whose people are on foot, with its parties by car and taxi; `slot`: which of the events that ids have room for. */
export interface OutingEvent { readonly edit: SettledEvent; readonly slot: number; readonly parties: readonly EventParty[] }

/** People of events as the simulation wants them. Scenarios without any do without this module: it is fetched when needed. */
export function compileOutings(events: readonly OutingEvent[], city: ScenarioCity, network: Network, trips: TripTable, clock: RunClock, { seed, edits, rules, crowdLimits: limits }: Pick<Scenario, 'seed' | 'edits' | 'rules' | 'crowdLimits'>): PeopleInput | undefined {
  const { walking } = city
  if (!walking) return undefined
  const placed = events.flatMap(event => {
    const area = areaOf(event.edit, city.areas)
    return area ? [{ ...event, area }] : []
  })
  if (placed.length === 0) return undefined
  const day = metroDay({ edits }, city)
  const transport = publicTransportFor(placed, city, walking, day, rules)
  const outings = placed.map(({ edit, slot, parties, area }): Outing => {
    const offer = offerOf(area, edit, city, walking, transport, day)
    const { bus, walk } = modeShares(offer.ways[0]!, city.demand, city.stations)
    const { followSeconds, keepSeconds } = edit.onFoot!.exitChoice ?? {}
    return { event: edit.id, area, offer, parties, choice: { ...(followSeconds && { follows: followSeconds }), ...(keepSeconds && { keeps: keepSeconds }) }, people: drawPeople(edit, slot, area, offer, transport.transit, day, parties, bus / (bus + walk), link => middleOf(network, link), seed) }
  })
  return {
    ...peopleInput(outings, trips, network, walking, transport, clock, seed, (areas, crowdClock) => withRules(groundMeasures(edits.filter(isGroundEdit), areas, city, crowdClock), rules, areas, city)),
    countLines: countLines(edits, city, clock), limits: limitsOf(limits),
  }
}

function limitsOf({ holdSeconds: hold, platformMinutes: platform, safetyMinutes: safety, ...same }: CrowdLimitSettings = {}): CrowdLimits {
  return { ...crowdLimits, ...same, ...(hold === undefined ? {} : { hold }), ...(platform === undefined ? {} : { platform }), ...(safety === undefined ? {} : { safety }) }
}
