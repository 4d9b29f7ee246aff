import type { CityPack } from '../city'
import { Draw, uniform, type Outcome, type Problem, type WorldInput } from '../sim'
import { checkDocument } from './checks'
import type { ScenarioCity } from './city'
import { checkInCity, usableLinks } from './cityChecks'
import { cutOffWarnings, networkChanges, tickOf, type AppliedEdit, type RunClock } from './closures'
import type { EventEdit, Scenario } from './document'
import { addEventTrips, eventIds, eventSlot, resolveVenue } from './events'
import { overlapWarnings } from './overlaps'
import { listedLengths, listedRoutes, listedSpeedFactors, listedTrips } from './listedTrips'
import { areaOf, middleOf } from './outings/area'
import { drawPeople } from './outings/eventPeople'
import { offerOf } from './outings/offer'
import { peopleInput, type Outing } from './outings/peopleInput'
import { loadScenarioCity } from './loadCity'
import { sumDemand } from './places'
import { EVENT_IDS, synthesiseTrips } from './synthesise'
import { secondsOfDay } from './timeOfDay'
import { TripList } from './tripList'
import { buildRoadGrid, placeUnderWay, UNDER_WAY_SPREAD, UNDER_WAY_WINDOW } from './underWay'

/** A scenario ready to run: the world's input, and what lists and maps show of the edits. */
export interface CompiledScenario extends WorldInput {
  readonly endTick: number
  readonly applied: readonly AppliedEdit[]
  /** What a planner should know though the scenario runs: streets that a closure cuts off, edits that overlap. */
  readonly warnings: readonly Problem[]
}

/** s */
const DT = 0.5

/** Compiles a scenario for its city pack; the layers it needs are fetched, and what moves people where it has some. */
export async function compileScenario(scenario: Scenario, pack: CityPack): Promise<Outcome<CompiledScenario>> {
  const outcome = compileInCity(scenario, await loadScenarioCity(pack, scenario))
  if (outcome.ok && outcome.value.people) (await import('../sim/onFoot')).walkPeople()
  return outcome
}

/** Compiles a scenario (whoever runs one with people calls `walkPeople` first): trips, timed changes of the network, and every problem that only the city can tell. */
export function compileInCity(scenario: Scenario, city: ScenarioCity): Outcome<CompiledScenario> {
  const problems = [...checkDocument(scenario), ...checkInCity(scenario, city)]
  if (problems.length > 0) return { ok: false, problems }
  const clock: RunClock = { start: secondsOfDay(scenario.window.start)!, end: secondsOfDay(scenario.window.end)!, dt: DT }
  const { changes, applied } = networkChanges(scenario, city, clock)
  const list = city.trips ? listedTrips(city.trips, scenario, clock) : baseTrips(scenario, city, clock)
  const outings = addEvents(scenario, city, clock, list)
  const trips = list.sorted()
  const people = outings.length > 0 ? peopleInput(outings, trips, city.network, city.walking!, clock, scenario.seed) : undefined
  const routes = city.trips ? listedRoutes(city.trips, trips, EVENT_IDS) : undefined
  const lengths = city.trips ? listedLengths(city.trips, trips, EVENT_IDS) : undefined
  const speedFactors = city.trips ? listedSpeedFactors(city.trips, trips, EVENT_IDS, scenario.seed) : undefined
  return {
    ok: true,
    value: {
      network: city.network, trips, ...(people ? { people } : {}), ...(routes ? { routes } : {}), ...(speedFactors ? { speedFactors } : {}), ...(lengths ? { lengths } : {}), changes, applied, seed: scenario.seed, dt: clock.dt, startTime: clock.start,
      rerouteShare: scenario.demand.rerouteShare, ...(scenario.demand.keepRight ? { keepRight: true } : {}), endTick: tickOf(clock, clock.end),
      warnings: [...cutOffWarnings(scenario, city, applied), ...overlapWarnings(scenario)],
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

/** Adds the trips of all events; answers those whose people are simulated on foot. */
function addEvents(scenario: Scenario, city: ScenarioCity, clock: RunClock, trips: TripList): Outing[] {
  const events = scenario.edits.filter((edit): edit is EventEdit => edit.kind === 'event' && edit.enabled)
  if (events.length === 0) return []
  const outings: Outing[] = []
  const sums = sumDemand(city.demand)
  const usable = usableLinks(city)
  const ids = eventIds(events)
  for (const edit of events.toSorted((a, b) => ids.get(a.id)! - ids.get(b.id)!)) {
    const venue = resolveVenue(edit.venue, city, usable, `edit "${edit.id}"`)
    if (!venue.ok) continue
    const parties = addEventTrips(edit, ids.get(edit.id)!, venue.value, city, sums, usable, scenario.seed, clock, trips)
    const area = edit.onFoot && areaOf(edit, city.areas)
    if (!area || !city.walking) continue
    const offer = offerOf(area, city, city.walking)
    outings.push({ area, parties, offer, people: drawPeople(edit, eventSlot(ids.get(edit.id)!), offer, parties, link => middleOf(city.network, link), scenario.seed) })
  }
  return outings
}
