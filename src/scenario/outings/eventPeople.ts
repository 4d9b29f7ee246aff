import { Draw, hash4, TravelMode, uniform, type TransitService } from '../../sim'
import type { EventEdit } from '../document'
import { ARRIVAL_MINUTES, LEAVING_MINUTES, PERSONS_PER_TAXI, seconds, triangular, type EventParty } from '../events'
import { secondsOfDay } from '../timeOfDay'
import type { Way } from './area'
import { nearestWay, type AreaOffer } from './offer'

/** A ride by metro: the trains that one takes, and the stop at the other end. */
export interface Ride { readonly train: number; readonly stop: number }

/** One person of an event, before rows are given. */
export interface EventPerson {
  readonly id: number
  readonly mode: number
  /** Row in the parties of the event; -1 = alone. */
  readonly party: number
  /** Who go together share it; -1 = alone. */
  readonly group: number
  /** s of the day: when the person comes to the area, and leaves the stand. */
  readonly come: number
  readonly leave: number
  /** Goal in the area where the person stays. */
  readonly stand: string
  /** Where those enter and leave who do not come by a train of the area's own. */
  readonly way: Way
  /** By metro, there and back; null = otherwise. */
  readonly rides: { readonly there: Ride; readonly back: Ride } | null
  /** Node of the walking graph where those live who come on foot; -1 = they do not. */
  readonly home: number
}

/** Person ids begin above all trip ids of events, so that one number never means two things. */
const PERSON_IDS = 0x60000000
const EVENT_PERSONS = 1 << 20
/** Companions who walk together, at most: larger parties break up. */
const GROUP_MAX = 6
/** Stops that people ride, at most: about the mean ride of 13 km of the Shenzhen Metro. Assumed even: docs/assumptions.md. */
const STOPS_MAX = 10

/**
 * Draws the people of an event. Person n is the same whatever else the scenario holds: cars first, then taxis, then
 * those with the metro, then those who walk. Where there are no trains, those for the metro walk too.
 */
export function drawPeople(edit: EventEdit, slot: number, offer: AreaOffer, parties: readonly EventParty[], gateAt: (link: number) => readonly [number, number], seed: number): EventPerson[] {
  const arrive = seconds(edit.arrivalMinutesBefore ?? ARRIVAL_MINUTES, -60)
  const depart = seconds(edit.leavingMinutesAfter ?? LEAVING_MINUTES, 60)
  const begin = secondsOfDay(edit.window.start)!
  const finish = secondsOfDay(edit.window.end)!
  const cars = parties.filter(({ taxi }) => !taxi).length
  const carPersons = Math.round(edit.attendance * edit.carShare)
  const ends = parties.map((_, party) => (party < cars ? Math.floor(((party + 1) * carPersons) / cars) : carPersons + (party - cars + 1) * PERSONS_PER_TAXI))
  const riders = ends.at(-1) ?? 0
  const [coming, going] = [offer.trains.flatMap(({ before }, at) => (before.length > 0 ? [at] : [])), offer.trains.flatMap(({ after }, at) => (after.length > 0 ? [at] : []))]
  const metro = coming.length > 0 && going.length > 0 ? Math.round(edit.attendance * edit.onFoot!.metroShare) : 0
  const rooms = offer.stands.reduce<number[]>((sums, { room }) => [...sums, (sums.at(-1) ?? 0) + room], [])
  const people: EventPerson[] = []
  for (let n = 0, party = 0; n < edit.attendance; n++) {
    const id = PERSON_IDS + slot * EVENT_PERSONS + n
    while (party < parties.length && n >= ends[party]!) party++
    const own = n < riders ? parties[party]! : null
    const first = party === 0 ? 0 : ends[party - 1]!
    // Companions sit together: their stand is drawn by the first of them.
    const draw = uniform(seed, Draw.personPlace, own ? PERSON_IDS + slot * EVENT_PERSONS + first : id, 0) * rooms.at(-1)!
    const stand = offer.stands[rooms.findIndex(sum => draw < sum)]!.id
    const pick = <T>(list: readonly T[], key: number): T => list[hash4(seed, Draw.personPlace, id, key) % list.length]!
    if (own && (own.outbound >= 0 || own.inbound >= 0)) {
      people.push({
        id, stand, mode: own.taxi ? TravelMode.taxi : TravelMode.car, party, group: ends[party]! - first > 1 && ends[party]! - first <= GROUP_MAX ? id - (n - first) : -1,
        come: own.come, leave: own.leave, way: nearestWay(offer.ways, ...gateAt(own.gate)), rides: null, home: -1,
      })
      continue
    }
    const byTrain = !own && n < riders + metro
    const there = pick(coming, 1)
    const back = pick(going, 2)
    people.push({
      id, stand, mode: byTrain ? TravelMode.metro : TravelMode.walk, party: -1, group: -1,
      come: begin + triangular(arrive, uniform(seed, Draw.departure, id, 0)), leave: finish + triangular(depart, uniform(seed, Draw.departure, id, 1)),
      way: pick(offer.ways, 5), home: byTrain || offer.homes.length === 0 ? -1 : pick(offer.homes, 6),
      rides: byTrain ? { there: { train: there, stop: pick(offer.trains[there]!.before.slice(-STOPS_MAX), 3) }, back: { train: back, stop: pick(offer.trains[back]!.after.slice(0, STOPS_MAX), 4) } } : null,
    })
  }
  return people
}

/** s of a ride between two stops of a route, by timetable. */
export function rideTime({ stops, routes }: TransitService, from: number, to: number): number {
  let time = 0
  for (let stop = from; stop < to; stop++) time += stops.run[stop]! + routes.dwell[stops.route[stop]!]!
  return time
}
