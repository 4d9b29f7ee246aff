import type { CityPack } from '../city'
import { Draw, uniform, type Outcome, type Problem, type WorldInput } from '../sim'
import { checkDocument } from './checks'
import type { ScenarioCity } from './city'
import { checkInCity } from './cityChecks'
import { networkChanges, tickOf, type AppliedEdit, type RunClock } from './closures'
import type { Scenario } from './document'
import { settleShares } from './modeChoice'
import { isOnFoot, needsGround, rulesOf } from './editKinds'
import { addEventTrips, eventIds, eventSlot, plannedEdits, resolveVenue } from './events'
import { addHousingTrips, resolveAccess } from './housing'
import { listedLengths, listedRoutes, listedSpeedFactors, listedTrips } from './listedTrips'
import type { compileRules } from './rules/compileRules'
import type { compileOutings, OutingEvent } from './outings/compileOutings'
import { loadScenarioCity } from './loadCity'
import { sumDemand } from './places'
import { EVENT_IDS, synthesiseTrips } from './synthesise'
import { secondsOfDay } from './timeOfDay'
import { TripList } from './tripList'
import { usableLinks } from './usableLinks'
import { buildRoadGrid, placeUnderWay, UNDER_WAY_SPREAD, UNDER_WAY_WINDOW } from './underWay'

/** A scenario ready to run: the world's input, and what lists and maps show of the edits. */
export interface CompiledScenario extends WorldInput {
  readonly endTick: number
  readonly applied: readonly AppliedEdit[]
  /** What compiling found out that a planner should know; `scenarioWarnings` tells all. */
  readonly warnings: readonly Problem[]
}

/** s */
const DT = 0.5

/** Compiles a scenario for its city pack; the layers it needs are fetched, and what moves people where it has some. */
export async function compileScenario(scenario: Scenario, pack: CityPack): Promise<Outcome<CompiledScenario>> {
  const [city, onFoot, ruled] = await Promise.all([
    loadScenarioCity(pack, needsGround(scenario) ? scenario.edits : undefined),
    isOnFoot(scenario) ? Promise.all([import('../sim/onFoot'), import('./outings/compileOutings')]) : null,
    rulesOf(scenario).length > 0 ? Promise.all([import('../sim/withRules'), import('./rules/compileRules')]) : null,
  ])
  onFoot?.[0].walkPeople()
  ruled?.[0].followRules()
  return compileInCity(scenario, city, onFoot?.[1].compileOutings, ruled?.[1].compileRules)
}

/**
 * Compiles a scenario: trips, timed changes of the network, and every problem that only the city can tell.
 *
 * @param onFoot  for scenarios that are `isOnFoot`; whoever runs one calls `walkPeople` as well
 * @param ruled   for scenarios that have rules; whoever runs one calls `followRules` as well
 */
export function compileInCity(scenario: Scenario, city: ScenarioCity, onFoot?: typeof compileOutings, ruled?: typeof compileRules): Outcome<CompiledScenario> {
  const problems = [...checkDocument(scenario), ...checkInCity(scenario, city)]
  if (problems.length > 0) return { ok: false, problems }
  const clock: RunClock = { start: secondsOfDay(scenario.window.start)!, end: secondsOfDay(scenario.window.end)!, dt: DT }
  const { changes, applied } = networkChanges(scenario, city, clock)
  const list = city.trips ? listedTrips(city.trips, scenario, clock) : baseTrips(scenario, city, clock)
  const outings = addPlanned(scenario, city, clock, list)
  const trips = list.sorted()
  if (outings.length > 0 && !onFoot) throw new Error(`scenario ${scenario.id} has people on foot: give compileInCity what makes them`)
  const people = outings.length > 0 ? onFoot!(outings, city, city.network, trips, clock, scenario) : undefined
  if (rulesOf(scenario).length > 0 && !ruled) throw new Error(`scenario ${scenario.id} has rules: give compileInCity what makes them`)
  const rules = ruled?.(scenario, city, people, clock, changes)
  if (rules && !rules.ok) return rules
  const routes = city.trips ? listedRoutes(city.trips, trips, EVENT_IDS) : undefined
  const lengths = city.trips ? listedLengths(city.trips, trips, EVENT_IDS) : undefined
  const speedFactors = city.trips ? listedSpeedFactors(city.trips, trips, EVENT_IDS, scenario.seed) : undefined
  return {
    ok: true,
    value: {
      network: city.network, trips, ...(people ? { people } : {}), ...(routes ? { routes } : {}), ...(speedFactors ? { speedFactors } : {}), ...(lengths ? { lengths } : {}), changes, ...(rules && rules.value.rules.length > 0 ? { rules: rules.value.rules } : {}), applied, seed: scenario.seed, dt: clock.dt, startTime: clock.start,
      rerouteShare: scenario.demand.rerouteShare, ...(scenario.demand.keepRight ? { keepRight: true } : {}), endTick: tickOf(clock, clock.end),
      warnings: rules?.value.warnings ?? [],
    },
  }
}

/** The day's own trips, those under way at the start included. */
function baseTrips({ seed, demand: { scale } }: Scenario, city: ScenarioCity, clock: RunClock): TripList {
  const { network, demand } = city
  const sums = sumDemand(demand)
  const trips = new TripList()
  const grid = buildRoadGrid(network, usableLinks(city))
  synthesiseTrips(network, sums, seed, scale, Math.max(0, clock.start - UNDER_WAY_WINDOW), clock.end, (trip, time, origin, destination) => {
    if (time >= clock.start) trip.departTick = Math.floor((time - clock.start) / clock.dt)
    else {
      const { x, y } = demand.ends
      if (!placeUnderWay(network, grid, trip, clock.start - time, seed, x[origin]!, y[origin]!, x[destination]!, y[destination]!)) return
      trip.departTick = Math.floor((uniform(seed, Draw.departure, trip.id, 2) * UNDER_WAY_SPREAD) / clock.dt)
    }
    trips.add(trip)
  })
  return trips
}

/** Adds the trips of all events and new estates; answers the events whose people are simulated on foot. */
function addPlanned(scenario: Scenario, city: ScenarioCity, clock: RunClock, trips: TripList): OutingEvent[] {
  const planned = plannedEdits(scenario.edits)
  if (planned.length === 0) return []
  const outings: OutingEvent[] = []
  const sums = sumDemand(city.demand)
  const usable = usableLinks(city)
  const ids = eventIds(planned)
  for (const edit of planned.toSorted((a, b) => ids.get(a.id)! - ids.get(b.id)!)) {
    if (edit.kind === 'housing') {
      const access = resolveAccess(edit.access ?? edit.position, city, usable, edit.id, `edit "${edit.id}"`)
      if (access.ok) addHousingTrips(edit, ids.get(edit.id)!, access.value, city, sums, scenario.seed, clock, trips)
      continue
    }
    const venue = resolveVenue(edit.venue, city, usable, `edit "${edit.id}"`)
    if (!venue.ok) continue
    const settled = settleShares(edit, venue.value, city)
    const parties = addEventTrips(settled, ids.get(edit.id)!, venue.value, city, sums, usable, scenario.seed, clock, trips)
    if (edit.onFoot) outings.push({ edit: settled, slot: eventSlot(ids.get(edit.id)!), parties })
  }
  return outings
}
