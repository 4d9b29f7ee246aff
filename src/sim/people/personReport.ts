import { Mode } from '../crowd/crowd'
import { WalkerState } from '../crowd/crowdTypes'
import { TripStage, type Transit } from '../transit'
import { Count, type World } from '../world'
import type { People } from './people'
import { From, LegKind, Place, type LocalName, type PeopleInput } from './peopleTypes'

/** One leg of a person's plan. Times are s after the start of the run; null = not yet. */
export interface LegReport {
  /** One of `LegKind`. */
  readonly kind: number
  readonly begin: number | null
  readonly end: number | null
  /** Rides: stops and line. */
  readonly from: LocalName | null
  readonly to: LocalName | null
  readonly line: LocalName | null
  /** Walk spaces: where one comes in and where one went out, or the ways of which one is taken; ids of goals. */
  readonly enter: string | null
  readonly leave: string | null
  /** Cars and taxis: how many sit in it. */
  readonly party: number | null
}

/** Where a train or bus with a person is. */
export interface RideReport {
  readonly line: LocalName | null
  readonly last: LocalName | null
  readonly next: LocalName | null
  /** m, on the straight way between two stops; null where places have no coordinates. */
  readonly at: readonly [x: number, y: number] | null
  readonly standing: boolean
}

/** What is known of one person. */
export interface PersonReport {
  /** Slot of snapshots. */
  readonly row: number
  readonly id: number
  /** `TravelMode`. */
  readonly mode: number
  readonly place: number
  /** Leg under way; -1 = not yet out. */
  readonly leg: number
  readonly legs: readonly LegReport[]
  /** Floor of the walk space on which the person is. */
  readonly floor: string | null
  /** Slot of the vehicle that the person sits in; -1 = none. */
  readonly vehicle: number
  readonly ride: RideReport | null
  /** Those who share the car or taxi, or stay together on foot. */
  readonly companions: readonly { readonly row: number; readonly id: number; readonly place: number }[]
  /** What the person waits for, and for how long so far, s. */
  readonly wait: { readonly for: 'train' | 'taxi' | 'companions' | 'gate' | 'room'; readonly seconds: number } | null
}

/** @param row  of the plans, as in snapshots; null = there is no such person */
export function personReport(world: World, people: People, row: number): PersonReport | null {
  const { input: { persons: plans }, persons, legTick } = people
  if (!(row >= 0 && row < plans.rows)) return null
  const { dt } = world.input
  const first = plans.legFirst[row]
  const count = plans.legCount[row]
  const seconds = (tick: number): number | null => (tick < 0 ? null : tick * dt)
  const place = persons.place[row]
  const under = persons.leg[row] >= 0 && persons.leg[row] < count ? first + persons.leg[row] : -1
  return {
    row, id: plans.id[row], mode: plans.mode[row], place, leg: persons.leg[row],
    legs: Array.from({ length: count }, (_, at) => ({
      ...legReport(people, first + at, at > 0 ? first + at - 1 : -1), begin: seconds(legTick[first + at]),
      end: at + 1 < count ? seconds(legTick[first + at + 1]) : seconds(persons.endTick[row]),
    })),
    floor: place === Place.crowd ? floorOf(people, row) : null, vehicle: place === Place.driving && under >= 0 ? vehicleOf(world, people.input.parties.trip[people.input.legs.ref[under]]) : -1,
    ride: place === Place.train ? rideOf(people, row, world.input.startTime + world.tick * dt) : null,
    companions: companionsOf(people, row), wait: waitOf(world, people, row, under),
  }
}

/** Row of the person with a number; -1 = nobody has it. */
export const personWith = ({ input: { persons } }: People, id: number): number => persons.id.subarray(0, persons.rows).indexOf(id)

function legReport({ input, crowd }: People, leg: number, before: number): Omit<LegReport, 'begin' | 'end'> {
  const { legs, parties, goalStop } = input
  const { goals } = input.crowd.space
  const report = { kind: legs.kind[leg], from: null as LocalName | null, to: null as LocalName | null, line: null as LocalName | null, enter: null as string | null, leave: null as string | null, party: null as number | null }
  if (report.kind === LegKind.crowd) {
    const walker = legs.ref[leg]
    const state = crowd.persons.state[walker]
    if (legs.from[leg] >= 0) report.enter = goals[legs.from[leg]].id
    if (legs.from[leg] === From.own && input.crowd.walkers.from[walker] >= 0) report.enter = goals[input.crowd.walkers.from[walker]].id
    const last = input.crowd.journeys[input.crowd.walkers.journey[walker]].stages.at(-1)
    // Of several ways to the street nobody knows yet which one it will be; doors of a platform are all of one line.
    const aim = last?.kind === 'walk' && (last.goals.length === 1 || last.goals[0].includes('/door:')) ? last.goals[0] : null
    report.leave = state === WalkerState.left ? goals[crowd.persons.leftAt[walker]].id : aim
  } else if (report.kind === LegKind.transit) {
    // Of those who take a door of a platform, by where that leads; before they have chosen one, by where they get off.
    const boarded = before >= 0 && legs.kind[before] === LegKind.crowd && crowd.persons.state[legs.ref[before]] === WalkerState.left ? goalStop[crowd.persons.leftAt[legs.ref[before]]] : -1
    const stop = legs.from[leg] >= 0 ? legs.from[leg] : boarded
    report.from = stopName(input, stop)
    report.to = stopName(input, legs.to[leg])
    report.line = lineName(input, legs.to[leg])
  } else if (report.kind === LegKind.drive || report.kind === LegKind.taxi) report.party = parties.size[legs.ref[leg]]
  return report
}

function stopName({ transit, transitNames }: PeopleInput, stop: number): LocalName | null {
  return stop < 0 || !transit ? null : transitNames?.stations[transit.stops.place[stop]] ?? null
}

function lineName({ transit, transitNames }: PeopleInput, stop: number): LocalName | null {
  return stop < 0 || !transit ? null : transitNames?.lines[transit.routes.line[transit.stops.route[stop]]] ?? null
}

function floorOf({ crowd, personOfWalker, input }: People, row: number): string | null {
  const { now, mail, index } = crowd
  for (let body = 0; body < mail.first[index.domains]; body++) if (personOfWalker[now.walker[body]] === row) return input.crowd.space.floors[now.floor[body]].id
  return null
}

function vehicleOf({ slots, counts }: World, trip: number): number {
  for (let slot = 0; slot < counts[Count.slotsUsed]; slot++) if (slots.trip[slot] === trip) return slot
  return -1
}

function rideOf({ transit, input }: People, row: number, time: number): RideReport | null {
  const { trips, passengers, service: { stops, routes } } = transit as Transit
  const trip = passengers.trip[row]
  if (trip < 0) return null
  const stop = trips.stop[trip]
  const route = stops.route[stop]
  const running = trips.stage[trip] === TripStage.running
  const last = running && stop > routes.stopFirst[route] ? stop - 1 : stop
  const places = input.transitNames?.stations
  const [a, b] = [places?.[stops.place[last]], places?.[stops.place[stop]]]
  const share = running && stops.run[last] > 0 ? Math.min(1, Math.max(0, 1 - (trips.time[trip] - time) / stops.run[last])) : 1
  return {
    line: lineName(input, stop), last: stopName(input, last), next: stopName(input, stop), standing: !running,
    at: a && b ? [a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)] : null,
  }
}

function companionsOf({ input: { persons: plans, legs, crowd: { walkers } }, persons, memberFirst, member, personOfWalker }: People, row: number): PersonReport['companions'] {
  const found = new Set<number>()
  for (let leg = plans.legFirst[row]; leg < plans.legFirst[row] + plans.legCount[row]; leg++) {
    if (legs.kind[leg] === LegKind.drive || legs.kind[leg] === LegKind.taxi) for (let at = memberFirst[legs.ref[leg]]; at < memberFirst[legs.ref[leg] + 1]; at++) found.add(member[at])
    else if (legs.kind[leg] === LegKind.crowd && walkers.group[legs.ref[leg]] >= 0) {
      const group = walkers.group[legs.ref[leg]]
      for (let walker = 0; walker < walkers.rows; walker++) if (walkers.group[walker] === group && personOfWalker[walker] >= 0) found.add(personOfWalker[walker])
    }
  }
  found.delete(row)
  return [...found].sort((a, b) => a - b).map(other => ({ row: other, id: plans.id[other], place: persons.place[other] }))
}

function waitOf(world: World, { persons, parties, crowd, transit, input: { legs } }: People, row: number, leg: number): PersonReport['wait'] {
  const { tick, input: { dt, startTime } } = world
  const since = (from: number): number => Math.max(0, tick - from) * dt
  switch (leg < 0 ? -1 : persons.place[row]) {
    case Place.platform: return { for: 'train', seconds: Math.max(0, startTime + tick * dt - transit!.passengers.since[row]) }
    case Place.taxiRank: {
      const party = legs.ref[leg]
      return parties.lineTick[party] < 0 ? { for: 'companions', seconds: since(persons.sinceTick[row]) } : { for: 'taxi', seconds: since(parties.lineTick[party]) }
    }
    case Place.car: return { for: 'companions', seconds: since(persons.sinceTick[row]) }
    case Place.crowd: {
      const walker = legs.ref[leg]
      if (persons.waitTick[row] >= 0) return { for: 'train', seconds: since(persons.waitTick[row]) }
      if (crowd.persons.state[walker] === WalkerState.waitingToEnter) return { for: 'room', seconds: since(persons.sinceTick[row]) }
      const progress = (crowd.persons.progressTick[walker] * crowd.input.dt) / dt
      return crowd.persons.mode[walker] === Mode.held ? { for: 'gate', seconds: since(progress) } : null
    }
    default: return null
  }
}
