import type { CityArea } from '../../city'
import { Draw, hash4, TravelMode, uniform, type TransitService } from '../../sim'
import { ARRIVAL_MINUTES, LEAVING_MINUTES, PERSONS_PER_TAXI, seconds, triangular, type EventParty } from '../events'
import type { MetroDay } from '../metroChanges'
import type { SettledEvent } from '../modeChoice'
import { secondsOfDay } from '../timeOfDay'
import type { Way } from './area'
import { audienceSpots, type Spot } from './audience'
import { nearestWay, servedAt, STOPS_MAX, stopsBeside, type AreaOffer, type Change } from './offer'

/** A ride to or from an event: by a train of the offer, with a change or none; by a bus of the offer; by the ordered buses. `far`: the stop at the other end. */
export type PublicRide =
  | { readonly kind: 'train'; readonly train: number; readonly far: number; readonly change: Change | null }
  | { readonly kind: 'bus'; readonly bus: number; readonly far: number }
  | { readonly kind: 'shuttle' }

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
  /** Where on the ground the person stands; null = anywhere in the stand. */
  readonly spot: Spot | null
  /** Where those enter and leave who do not come by a train of the area's own. */
  readonly way: Way
  /** Null = by no train or bus. */
  readonly there: PublicRide | null
  readonly back: PublicRide | null
  /** Node of the walking graph where those live who come on foot; -1 = they do not. */
  readonly home: number
}

/** Person ids begin above all trip ids of events, so that one number never means two things. */
const PERSON_IDS = 0x60000000
const EVENT_PERSONS = 1 << 20
/** Companions who walk together, at most: larger parties break up. */
const GROUP_MAX = 6
/** Of metro journeys this share has a change: 1.783 boardings a journey (2025-05); two changes are not modelled. */
const CHANGES = 0.783

/**
 * Draws the people of an event. Person n is the same whatever else the scenario holds: cars first, then taxis, then
 * those with the metro, then those with the bus, then those who walk. Where there are no trains or buses they walk.
 * Who would ride a line that does not run, or use a station that is closed when they come or go, takes another: trains
 * of the next stations, else a bus; with none of these they wait until trains run again.
 *
 * @param busPart  of those who neither drive nor take the metro, the share that takes a bus
 */
export function drawPeople(edit: SettledEvent, slot: number, area: CityArea, offer: AreaOffer, transit: TransitService, day: MetroDay, parties: readonly EventParty[], busPart: number, gateAt: (link: number) => readonly [number, number], seed: number): EventPerson[] {
  const arrive = seconds(edit.arrivalMinutesBefore ?? ARRIVAL_MINUTES, -60)
  const depart = seconds(edit.leavingMinutesAfter ?? LEAVING_MINUTES, 60)
  const begin = secondsOfDay(edit.window.start)!
  const finish = secondsOfDay(edit.window.end)!
  const { metroShare, stage, staggered, shuttle } = edit.onFoot!
  const cars = parties.filter(({ taxi }) => !taxi).length
  const carPersons = Math.round(edit.attendance * edit.carShare)
  const ends = parties.map((_, party) => (party < cars ? Math.floor(((party + 1) * carPersons) / cars) : carPersons + (party - cars + 1) * PERSONS_PER_TAXI))
  const riders = ends.at(-1) ?? 0
  const { trains, buses } = offer
  const [coming, going] = [rowsWith(trains, ({ before }) => before), rowsWith(trains, ({ after }) => after)]
  const [busComing, busGoing] = [rowsWith(buses, ({ before }) => before), rowsWith(buses, ({ after }) => after)]
  const wanted = Math.round(edit.attendance * metroShare)
  const metro = coming.length > 0 && going.length > 0 ? wanted : 0
  const byBus = busComing.length > 0 && busGoing.length > 0 ? Math.round((edit.attendance - riders - metro) * busPart) : 0
  const ordered = offer.shuttle ? Math.round(edit.attendance * shuttle!.share) : 0
  const rooms = offer.stands.reduce<number[]>((sums, { room }) => [...sums, (sums.at(-1) ?? 0) + room], [])
  // With a stage the nearest stands fill first; else all fill alike.
  const filled = stage ? Math.min(edit.attendance, rooms.at(-1)!) : rooms.at(-1)!
  const isOpen = (stop: number, time: number): boolean => day.open(transit.stops.place[stop]!, time)
  const spots = audienceSpots(area, edit, ends, seed)
  const people: EventPerson[] = []
  for (let n = 0, party = 0; n < edit.attendance; n++) {
    const id = PERSON_IDS + slot * EVENT_PERSONS + n
    while (party < parties.length && n >= ends[party]!) party++
    const own = n < riders ? parties[party]! : null
    const first = party === 0 ? 0 : ends[party - 1]!
    // Companions sit together: their stand is drawn by the first of them.
    const draw = uniform(seed, Draw.personPlace, own ? PERSON_IDS + slot * EVENT_PERSONS + first : id, 0) * filled
    const standRow = rooms.findIndex(sum => draw < sum)
    const spot = spots[n] ?? null
    const stand = spot?.stand ?? offer.stands[standRow]!.id
    const late = staggered ? 60 * staggered.minutes * Math.min(staggered.blocks - 1, Math.floor(staggered.blocks * (spot?.turn ?? standRow / offer.stands.length))) : 0
    const pick = <T>(list: readonly T[], key: number): T => list[hash4(seed, Draw.personPlace, id, key) % list.length]!
    const alone = { id, stand, spot, party: -1, group: -1, there: null, back: null, home: -1 }
    if (own && (own.outbound >= 0 || own.inbound >= 0)) {
      people.push({
        ...alone, mode: own.taxi ? TravelMode.taxi : TravelMode.car, party, group: ends[party]! - first > 1 && ends[party]! - first <= GROUP_MAX ? id - (n - first) : -1,
        come: own.come, leave: own.leave + late, way: nearestWay(offer.ways, ...gateAt(own.gate)),
      })
      continue
    }
    const times = { come: begin + triangular(arrive, uniform(seed, Draw.departure, id, 0)), leave: finish + triangular(depart, uniform(seed, Draw.departure, id, 1)) + late, way: pick(offer.ways, 5) }
    const trainRide = (row: number, back: boolean): PublicRide => {
      const usual = back ? going : coming
      const time = back ? times.leave : times.come
      const now = servedAt(trains, day, time).filter(train => usual.includes(train))
      if (now.length === 0 && (back ? busGoing : busComing).length > 0) return busRide(back)
      const train = pick(now.length > 0 ? now : usual, row)
      const { before, after, changesBefore, changesAfter } = trains[train]!
      const changes = (back ? changesAfter : changesBefore).filter(({ own, other }) => isOpen(own, time) && day.runs(transit.routes.line[transit.stops.route[other]!]!, time))
      const nearest = (rows: readonly number[]): readonly number[] => (back ? rows.slice(0, STOPS_MAX) : rows.slice(-STOPS_MAX))
      const change = changes.length > 0 && uniform(seed, Draw.personPlace, id, back ? 8 : 7) < CHANGES ? pick(changes, back ? 10 : 9) : null
      const ends = nearest(change ? stopsBeside(transit, change.other, back) : back ? after : before)
      const open = ends.filter(stop => isOpen(stop, time))
      return { kind: 'train', train, change, far: pick(open.length > 0 ? open : ends, back ? 4 : 3) }
    }
    const busRide = (back: boolean): PublicRide => {
      const bus = pick(back ? busGoing : busComing, back ? 2 : 1)
      return { kind: 'bus', bus, far: back ? pick(buses[bus]!.after.slice(0, STOPS_MAX), 4) : pick(buses[bus]!.before.slice(-STOPS_MAX), 3) }
    }
    const alike = n - riders
    if (!own && alike < metro) {
      const back: PublicRide = alike < ordered ? { kind: 'shuttle' } : trainRide(2, true)
      people.push({ ...alone, ...times, mode: back.kind === 'bus' ? TravelMode.bus : TravelMode.metro, there: trainRide(1, false), back })
    } else if (!own && alike < metro + byBus) {
      people.push({ ...alone, ...times, mode: TravelMode.bus, there: busRide(false), back: busRide(true) })
    } else people.push({ ...alone, ...times, mode: TravelMode.walk, home: offer.homes.length === 0 ? -1 : pick(offer.homes, 6) })
  }
  return people
}

const rowsWith = <T>(list: readonly T[], stops: (item: T) => readonly number[]): number[] => list.flatMap((item, at) => (stops(item).length > 0 ? [at] : []))

/** s of a ride between two stops of a route, by timetable. */
export function rideTime({ stops, routes }: TransitService, from: number, to: number): number {
  let time = 0
  for (let stop = from; stop < to; stop++) time += stops.run[stop]! + routes.dwell[stops.route[stop]!]!
  return time
}
