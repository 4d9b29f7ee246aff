import type { CityArea } from '../../city'
import {
  createTable, LegKind, legColumns, partyColumns, planColumns, taxiColumns, walkerColumns,
  type Goal, type Journey, type PeopleInput, type TripTable, type WalkSpace,
} from '../../sim'
import type { RunClock } from '../closures'
import { tickOf } from '../closures'
import type { EventParty } from '../events'
import { journeyOf, type EventPerson } from './eventPeople'

/** s, of a step of the crowd: ten to a tick of the traffic. */
const CROWD_DT = 0.05

/** An event whose people are simulated on foot. */
export interface Outing {
  readonly area: CityArea
  readonly people: readonly EventPerson[]
  readonly parties: readonly EventParty[]
}

/** A person's plan with the hour at which it begins, before rows are given. */
interface Draft {
  readonly person: EventPerson
  readonly outing: number
  /** Trip of the party's way there; -1 = none to be waited for. */
  readonly inbound: number
  readonly there: boolean
  readonly startTick: number
}

/** People of all outings of a scenario as the simulation wants them. Their trips must be in the table already. */
export function peopleInput(outings: readonly Outing[], trips: TripTable, clock: RunClock, seed: number): PeopleInput {
  const areas = [...new Set(outings.map(({ area }) => area))]
  const space = joinSpaces(areas)
  const goalRow = new Map(space.goals.map(({ id }, row) => [id, row]))
  const tripRow = new Map(Array.from({ length: trips.rows }, (_, row) => [trips.id[row]!, row]))
  const drafts = outings.flatMap(({ people, parties }, outing) => people.map((person): Draft => {
    const inbound = person.party < 0 ? -1 : parties[person.party]!.inbound
    const there = inbound < 0 && person.come <= clock.start
    const startTick = inbound >= 0 ? trips.departTick[tripRow.get(inbound)!]! : Math.max(0, tickOf(clock, person.come))
    return { person, outing, inbound, there, startTick }
  })).sort((a, b) => a.startTick - b.startTick || a.person.id - b.person.id)

  const ranks = outings.filter(({ people }) => people.some(({ exits }) => exits[0] === 'taxi')).map(({ area }) => area.id)
  const rides = rideTables(outings, drafts, tripRow, ranks)
  const journeys: Journey[] = []
  const journeyRow = new Map<string, number>()
  const rowOfJourney = (person: EventPerson, there: boolean, area: string): number => {
    const stages = journeyOf(person, there).stages.map(stage => (stage.kind === 'walk' ? { ...stage, goals: stage.goals.map(goal => `${area}/${goal}`) } : stage))
    const id = JSON.stringify(stages)
    const row = journeyRow.get(id) ?? journeys.push({ id: `${area} ${journeys.length}`, stages }) - 1
    journeyRow.set(id, row)
    return row
  }

  const persons = createTable(planColumns, drafts.length)
  const legRows: { kind: number; from: number; ref: number }[] = []
  const walkers = createTable(walkerColumns, drafts.length)
  walkers.from.fill(-1)
  walkers.group.fill(-1)
  // Those who are called by their plans come first: walkers stand in order of the tick at which they appear.
  const order = drafts.map((_, row) => row).sort((a, b) => Number(drafts[a]!.there) - Number(drafts[b]!.there) || a - b)
  const walkerOf = new Int32Array(drafts.length)
  for (const [row, draft] of order.entries()) {
    const { person, outing, there } = drafts[draft]!
    walkerOf[draft] = row
    walkers.id[row] = person.id
    walkers.appearTick[row] = there ? 0 : -1
    walkers.floor[row] = -1
    walkers.from[row] = goalRow.get(`${outings[outing]!.area.id}/${there ? person.stand : person.enter[0]!}`)!
    walkers.x[row] = NaN
    walkers.journey[row] = rowOfJourney(person, there, outings[outing]!.area.id)
    walkers.group[row] = person.group
    walkers.leaveTick[row] = Math.max(0, Math.round((person.leave - clock.start) / CROWD_DT))
  }
  for (const [row, { person, outing, inbound, there, startTick }] of drafts.entries()) {
    persons.id[row] = person.id
    persons.startTick[row] = startTick
    persons.mode[row] = person.mode
    persons.legFirst[row] = legRows.length
    if (inbound >= 0) legRows.push({ kind: LegKind.drive, from: -1, ref: rides.partyOf(inbound) })
    legRows.push({ kind: LegKind.crowd, from: there ? -1 : walkers.from[walkerOf[row]!]!, ref: walkerOf[row]! })
    const outbound = person.party < 0 ? -1 : outings[outing]!.parties[person.party]!.outbound
    if (outbound >= 0) legRows.push({ kind: rides.rankOf(outbound) < 0 ? LegKind.drive : LegKind.taxi, from: -1, ref: rides.partyOf(outbound) })
    persons.legCount[row] = legRows.length - persons.legFirst[row]!
  }
  const legs = createTable(legColumns, legRows.length)
  legs.to.fill(-1)
  for (const [row, { kind, from, ref }] of legRows.entries()) {
    legs.kind[row] = kind
    legs.from[row] = from
    legs.ref[row] = ref
  }
  return {
    crowd: { space, walkers, journeys, changes: [], seed, dt: CROWD_DT, startTime: clock.start },
    persons, legs, parties: rides.parties, taxis: rides.taxis, ranks,
    goalNode: new Int32Array(space.goals.length).fill(-1), goalStop: new Int32Array(space.goals.length).fill(-1), goalDoor: new Int32Array(space.goals.length).fill(-1),
  }
}

interface Rides {
  readonly parties: PeopleInput['parties']
  readonly taxis: PeopleInput['taxis']
  partyOf(trip: number): number
  rankOf(trip: number): number
}

/** Parties by trip, with as many persons as have it in their plans, and the empty taxis that fetch them. */
function rideTables(outings: readonly Outing[], drafts: readonly Draft[], tripRow: ReadonlyMap<number, number>, ranks: readonly string[]): Rides {
  const sizes = new Map<number, number>()
  const rankOfTrip = new Map<number, number>()
  const fetching: { trip: number; rank: number }[] = []
  const count = (trip: number): void => { if (trip >= 0) sizes.set(trip, (sizes.get(trip) ?? 0) + 1) }
  for (const { person, outing, inbound } of drafts) {
    count(inbound)
    if (person.party >= 0) count(outings[outing]!.parties[person.party]!.outbound)
  }
  for (const { area, parties } of outings) {
    const rank = ranks.indexOf(area.id)
    for (const { taxi, outbound, fetching: trip } of parties) {
      if (!taxi || rank < 0) continue
      if (outbound >= 0) rankOfTrip.set(outbound, rank)
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
  return { parties, taxis, partyOf: trip => partyRow.get(trip)!, rankOf: trip => rankOfTrip.get(trip) ?? -1 }
}

/** Several areas as one walk space, with the area's id before every name. */
function joinSpaces(areas: readonly CityArea[]): WalkSpace {
  const named = <T extends { readonly id: string }>(pick: (space: WalkSpace) => readonly T[], more: (item: T, name: (id: string) => string) => Partial<T>): T[] =>
    areas.flatMap(({ id, space }) => {
      const name = (own: string): string => `${id}/${own}`
      return pick(space).map(item => ({ ...item, id: name(item.id), ...more(item, name) }))
    })
  return {
    floors: named(({ floors }) => floors, () => ({})),
    joins: named(({ joins }) => joins, ({ floors: [a, b] }, name) => ({ floors: [name(a), name(b)] })),
    barriers: named(({ barriers }) => barriers, ({ floor }, name) => ({ floor: name(floor) })),
    gates: named(({ gates }) => gates, ({ floor }, name) => ({ floor: name(floor) })),
    queues: named(({ queues }) => queues, ({ floor }, name) => ({ floor: name(floor) })),
    lifts: named(({ lifts }) => lifts, ({ landings }, name) => ({ landings: landings.map(landing => ({ ...landing, floor: name(landing.floor) })) })),
    // A rank is left by whoever reaches it: the line for taxis is kept by the rank itself.
    goals: named(({ goals }) => goals, (goal, name): Partial<Goal> => ({ floor: name(goal.floor), ...(goal.id === 'taxi' ? { kind: 'exit' } : {}) })),
  }
}
