import type { CityArea } from '../../city'
import {
  createTable, From, LegKind, legColumns, partyColumns, planColumns, taxiColumns, walkerColumns,
  type Journey, type Network, type PeopleInput, type Stage, type TripTable, type WalkSpace,
} from '../../sim'
import type { WalkingCity } from '../city'
import type { RunClock } from '../closures'
import type { EventParty } from '../events'
import type { GroundMeasures } from '../ground/groundMeasures'
import type { EventPerson } from './eventPeople'
import type { AreaOffer, TrainOffer } from './offer'
import { peopleSpace } from './peopleSpace'
import { planner, type Draft } from './plans'
import type { PublicTransport } from './publicTransport'

/** s, of a step of the crowd: ten to a tick of the traffic. */
const CROWD_DT = 0.05
/** An event whose people are simulated on foot. */
export interface Outing {
  /** Id of the event. */
  readonly event: string
  readonly area: CityArea
  readonly offer: AreaOffer
  readonly people: readonly EventPerson[]
  readonly parties: readonly EventParty[]
  /** How its people choose among the ways out of the ground: fields of a `Stage` that walks. */
  readonly choice: { readonly follows?: number; readonly keeps?: number }
}

/**
 * People of all outings of a scenario as the simulation wants them. Their trips must be in the table already.
 *
 * @param measuresOn  stewards' measures on areas, by the clock of the crowd
 */
export function peopleInput(outings: readonly Outing[], trips: TripTable, network: Network, walking: WalkingCity, transport: PublicTransport, clock: RunClock, seed: number, measuresOn: (areas: readonly CityArea[], clock: RunClock) => GroundMeasures): PeopleInput {
  const areas = [...new Set(outings.flatMap(({ area, offer }) => [area, ...offer.trains.map(train => train.area)]))]
  const measures = measuresOn(areas, { ...clock, dt: CROWD_DT })
  const space = withMeasures(peopleSpace(areas), measures)
  const goalRow = new Map(space.goals.map(({ id }, row) => [id, row]))
  const tripRow = new Map(Array.from({ length: trips.rows }, (_, row) => [trips.id[row]!, row]))
  const plan = planner(trips, tripRow, network, walking, transport.transit, clock)
  const drafts = outings.flatMap((outing, event) => outing.people.filter(({ leave }) => leave >= clock.start).map(person => ({ event, ...plan(outing, person) }))).sort((a, b) => a.startTick - b.startTick || a.person.id - b.person.id)

  const ranks = [...new Set(outings.filter(({ offer }) => offer.rank !== null).map(({ area }) => area.id))]
  const rides = rideTables(outings, drafts, tripRow, ranks)
  const journeys: Journey[] = []
  const journeyRow = new Map<string, number>()
  const rowOfJourney = (area: CityArea, stages: readonly Stage[]): number => {
    const named = stages.map(stage => (stage.kind === 'walk' ? { ...stage, goals: stage.goals.map(goal => `${area.id}/${goal}`) } : stage))
    const key = JSON.stringify(named)
    const row = journeyRow.get(key) ?? journeys.push({ id: `${area.id} ${journeys.length}`, stages: named }) - 1
    journeyRow.set(key, row)
    return row
  }

  // Those who are called by their plans come first: walkers stand in order of the tick at which they appear.
  const visits = drafts.flatMap((draft, at) => draft.legs.flatMap(leg => (leg.kind === 'crowd' ? [{ at, leg }] : [])))
  visits.sort((a, b) => Number(a.leg.own ?? false) - Number(b.leg.own ?? false) || a.at - b.at)
  const walkerRow = new Map(visits.map(({ leg }, row) => [leg, row]))
  const walkers = createTable(walkerColumns, visits.length)
  walkers.group.fill(-1)
  walkers.floor.fill(-1)
  walkers.x.fill(NaN)
  walkers.leaveTick.fill(-1)
  for (const [row, { at, leg: { area, enter, stages, own } }] of visits.entries()) {
    const { person } = drafts[at]!
    walkers.id[row] = person.id
    walkers.appearTick[row] = own ? 0 : -1
    walkers.from[row] = enter === null ? -1 : goalRow.get(`${area.id}/${enter}`)!
    walkers.journey[row] = rowOfJourney(area, stages)
    if (!stages.some(stage => stage.kind === 'stay')) continue
    walkers.group[row] = person.group
    if (person.spot) {
      walkers.x[row] = person.spot.x
      walkers.y[row] = person.spot.y
    }
    walkers.leaveTick[row] = Math.max(1, Math.round((person.leave - clock.start) / CROWD_DT))
  }
  const persons = createTable(planColumns, drafts.length)
  const legs = createTable(legColumns, drafts.reduce((sum, draft) => sum + draft.legs.length, 0))
  legs.from.fill(-1)
  legs.to.fill(-1)
  legs.ref.fill(-1)
  let row = 0
  for (const [at, { event, person, startTick, legs: own }] of drafts.entries()) {
    persons.id[at] = person.id
    persons.event[at] = event
    persons.startTick[at] = startTick
    persons.mode[at] = person.mode
    persons.legFirst[at] = row
    persons.legCount[at] = own.length
    for (const leg of own) {
      legs.kind[row] = LegKind[leg.kind]
      if (leg.kind === 'crowd') {
        legs.ref[row] = walkerRow.get(leg)!
        legs.from[row] = leg.own ? From.own : leg.enter === null ? From.trainDoor : walkers.from[legs.ref[row]!]!
      } else if (leg.kind === 'footway' || leg.kind === 'transit') {
        legs.from[row] = leg.from
        legs.to[row] = leg.to
      } else if (leg.kind === 'transfer') legs.to[row] = Math.round(leg.seconds / clock.dt)
      else legs.ref[row] = rides.partyOf(leg.trip)
      row++
    }
  }
  const stopOf = new Map<string, TrainOffer>(outings.flatMap(({ offer }) => offer.trains.flatMap(train => train.doors.map(door => [`${train.area.id}/${door}`, train] as const))))
  return {
    crowd: { space, walkers, journeys, changes: measures.changes, ...(measures.onCall?.length ? { onCall: measures.onCall } : {}), seed, dt: CROWD_DT, startTime: clock.start },
    persons, legs, events: outings.map(({ event }) => event), parties: rides.parties, taxis: rides.taxis, ranks,
    goalNode: Int32Array.from(space.goals, ({ id }) => walking.portalNode.get(id) ?? -1),
    goalStop: Int32Array.from(space.goals, ({ id }) => stopOf.get(id)?.stop ?? -1),
    goalDoor: Int32Array.from(space.goals, ({ id }) => (stopOf.has(id) ? Number(id.slice(id.lastIndexOf(':') + 1)) : -1)),
    sidewalks: walking.sidewalks, transit: transport.transit, transitNames: transport.names,
  }
}

interface Rides {
  readonly parties: PeopleInput['parties']
  readonly taxis: PeopleInput['taxis']
  partyOf(trip: number): number
}

/** Parties by trip, with as many persons as have it in their plans, and the empty taxis that fetch them. */
function rideTables(outings: readonly Outing[], drafts: readonly Draft[], tripRow: ReadonlyMap<number, number>, ranks: readonly string[]): Rides {
  const sizes = new Map<number, number>()
  const fromRank = new Set<number>()
  for (const { legs } of drafts) {
    for (const leg of legs) {
      if (leg.kind !== 'drive' && leg.kind !== 'taxi') continue
      sizes.set(leg.trip, (sizes.get(leg.trip) ?? 0) + 1)
      if (leg.kind === 'taxi') fromRank.add(leg.trip)
    }
  }
  const rankOfTrip = new Map<number, number>()
  const fetching: { trip: number; rank: number }[] = []
  for (const { area, parties } of outings) {
    const rank = ranks.indexOf(area.id)
    for (const { taxi, outbound, fetching: trip } of parties) {
      if (!taxi || rank < 0 || !fromRank.has(outbound)) continue
      rankOfTrip.set(outbound, rank)
      if (trip >= 0) fetching.push({ trip, rank })
    }
  }
  const rows = [...sizes.keys()].sort((a, b) => a - b)
  const parties = createTable(partyColumns, rows.length)
  for (const [row, trip] of rows.entries()) {
    parties.trip[row] = tripRow.get(trip)!
    parties.size[row] = sizes.get(trip)!
    parties.rank[row] = rankOfTrip.get(trip) ?? -1
  }
  const taxis = createTable(taxiColumns, fetching.length)
  for (const [row, { trip, rank }] of fetching.entries()) {
    taxis.trip[row] = tripRow.get(trip)!
    taxis.rank[row] = rank
  }
  const partyRow = new Map(rows.map((trip, row) => [trip, row]))
  return { parties, taxis, partyOf: trip => partyRow.get(trip)! }
}

const withMeasures = (space: WalkSpace, { barriers, gates }: GroundMeasures): WalkSpace => ({ ...space, barriers: [...space.barriers, ...barriers], gates: [...space.gates, ...gates] })
