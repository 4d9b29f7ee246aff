import { Activity, ACTIVITIES, EndKind } from '../city'
import { Draw, hash4, ON_CALL, Purpose, RoadClass, uniform, VehicleClass, type Network, type Outcome } from '../sim'
import { problem } from './checks'
import type { ScenarioCity, ScenarioVenue } from './city'
import { usableLinks } from './usableLinks'
import type { RunClock } from './closures'
import { tickOf } from './closures'
import type { EventEdit, EventPlace, HousingEdit, Profile, Scenario, ScenarioEdit } from './document'
import { isEvent } from './editKinds'
import type { SettledEvent } from './modeChoice'
import { endUse, homeWeights, pickLink, pickRow, type DemandSums } from './places'
import { emptyDraft, EVENT_IDS } from './synthesise'
import { secondsOfDay } from './timeOfDay'
import type { TripList } from './tripList'

// Arrivals before the start and departures after the end are triangular over first, most and last, min.
// assumed, no source yet: docs/demand.md
export const ARRIVAL_MINUTES: Profile = [120, 40, 0]
export const LEAVING_MINUTES: Profile = [0, 15, 60]
/** Persons in a taxi that comes to an event; assumed. */
export const PERSONS_PER_TAXI = 2
/** s that a taxi stands to set down or pick up. */
const TAXI_STOP = 60
/** An empty taxi comes from the nearest of so many places that are drawn; assumed. */
const TAXI_ORIGINS = 6
/** Links within this distance of a venue take its cars, nearest first. */
const VENUE_RADIUS = 1200
const VENUE_LINKS = 16
/** 8 bits of an event's name, 20 of the party, 2 of the leg. */
const PARTY_IDS = 1 << 22

/** People who come to an event in one car or taxi, and leave in one. */
export interface EventParty {
  /** Trip ids of the party: this one the way there, the next ones its empty taxis and the way home. */
  readonly id: number
  readonly taxi: boolean
  /** Link where the car stands, or the taxi stops. */
  readonly gate: number
  /** s of the day: when it is there, and when it would like to leave. */
  readonly come: number
  readonly leave: number
  /** Trips that were made: the way there, the way home, the empty taxi that fetches it; -1 = not within the run, or without a way. */
  readonly inbound: number
  readonly outbound: number
  readonly fetching: number
}

/**
 * Adds the trips of one event: cars come and leave again, taxis set down and leave empty, come empty and pick up.
 * Parties beyond those that could arrive within the run are left out. Events must be added in the order of `eventIds`.
 * Of an event whose people are simulated on foot the way home is on call: it begins when the party has reached its car.
 */
export function addEventTrips(
  edit: SettledEvent, idFirst: number, venue: ScenarioVenue, city: ScenarioCity, sums: DemandSums, usable: (link: number) => boolean,
  seed: number, clock: RunClock, trips: TripList,
): EventParty[] {
  const gates = linksNear(city.network, venue, usable)
  const arrive = seconds(edit.arrivalMinutesBefore ?? ARRIVAL_MINUTES, -60)
  const depart = seconds(edit.leavingMinutesAfter ?? LEAVING_MINUTES, 60)
  const cars = Math.round((edit.attendance * edit.carShare) / edit.personsPerCar)
  const taxis = Math.round((edit.attendance * edit.taxiShare) / PERSONS_PER_TAXI)
  const begin = secondsOfDay(edit.window.start)!
  const finish = secondsOfDay(edit.window.end)!
  const homes = endWeights(sums)
  const trip = emptyDraft()
  const parties: EventParty[] = []
  for (let party = 0; party < cars + taxis; party++) {
    const id = idFirst + party * 4
    const taxi = party >= cars
    const home = pickRow(homes, 0, homes.length - 1, uniform(seed, Draw.origin, id, 0))
    const gate = gates[Math.floor(uniform(seed, Draw.destination, id, 0) * gates.length)]!
    const come = begin + triangular(arrive, uniform(seed, Draw.departure, id, 0)) - driveTime(sums, home, venue)
    const leave = finish + triangular(depart, uniform(seed, Draw.departure, id, 1))
    const add = (leg: number, time: number, inbound: boolean, end: number, purpose: number): number => {
      const link = pickLink(sums, endUse(sums.demand, end, Activity.home, inbound), seed, Draw.gateway, id + leg, 0)
      const onCall = edit.onFoot !== undefined && purpose === Purpose.eventDeparture
      if (link < 0 || link === gate || (!onCall && (time < clock.start || time >= clock.end))) return -1
      trip.id = id + leg
      trip.departTick = onCall ? ON_CALL : tickOf(clock, time)
      trip.originLink = inbound ? link : gate
      trip.destinationLink = inbound ? gate : link
      const atGateway = sums.demand.ends.kind[end] === EndKind.gateway
      const { length } = city.network.links
      trip.originOffset = inbound && atGateway ? 0 : length[trip.originLink]! * (0.15 + 0.7 * uniform(seed, Draw.origin, id + leg, 2))
      trip.destinationOffset = length[trip.destinationLink]! * (!inbound && atGateway ? 1 : 0.15 + 0.7 * uniform(seed, Draw.destination, id + leg, 2))
      trip.originZone = inbound ? sums.demand.ends.id[end]! : -1
      trip.destinationZone = inbound ? -1 : sums.demand.ends.id[end]!
      trip.class = taxi ? VehicleClass.taxi : VehicleClass.car
      trip.purpose = purpose
      trips.add(trip)
      return trip.id
    }
    const inbound = add(0, come, true, home, Purpose.eventArrival)
    let outbound = -1
    let fetching = -1
    if (!taxi) outbound = add(1, leave, false, home, Purpose.eventDeparture)
    else {
      const elsewhere = (leg: number): number => pickRow(homes, 0, homes.length - 1, uniform(seed, Draw.origin, id + leg, 1))
      add(1, come + driveTime(sums, home, venue) + TAXI_STOP, false, elsewhere(1), Purpose.taxi)
      // Where people go by their own feet, a taxi stands at the rank when its party comes: it is called in time from near by, at the start of the run at the latest.
      const from = edit.onFoot ? nearest(sums, venue, Array.from({ length: TAXI_ORIGINS }, (_, at) => pickRow(homes, 0, homes.length - 1, uniform(seed, Draw.origin, id + 2, at + 1)))) : elsewhere(2)
      const setOut = leave - driveTime(sums, from, venue) - TAXI_STOP
      fetching = add(2, edit.onFoot ? Math.max(clock.start, setOut) : setOut, true, from, Purpose.taxi)
      outbound = add(3, leave, false, home, Purpose.eventDeparture)
    }
    parties.push({ id, taxi, gate, come: come + driveTime(sums, home, venue), leave, inbound, outbound, fetching })
  }
  return parties
}

export const seconds = ([first, most, last]: Profile, perMinute: number): Profile => [first * perMinute, most * perMinute, last * perMinute]

/** Where an event is; refused where the city has no such venue, or no road of the modelled area near it. */
export function resolveVenue(venue: EventEdit['venue'], city: ScenarioCity, usable: (link: number) => boolean, where: string): Outcome<ScenarioVenue> {
  const place = typeof venue === 'string' ? city.venues.find(({ id }) => id === venue) : placeOf(venue, city)
  if (!place) {
    return { ok: false, problems: [problem('scenario/unknown-venue', 'venue', String(venue), `${where}: the city has no venue "${String(venue)}".`,
      `It has ${city.venues.map(({ id }) => id).join(', ') || 'none'}.`)] }
  }
  if (linksNear(city.network, place, usable).length > 0) return { ok: true, value: place }
  return { ok: false, problems: [problem('scenario/venue-off-road', 'venue', place.id, `${where}: no road of the modelled area lies within `
    + `${VENUE_RADIUS} m of ${place.name}, so nobody could drive there.`, 'Choose a place inside the modelled area.')] }
}

/** Roads that take the cars of an event, nearest first; none where it cannot be held. */
export function roadsTo(venue: EventEdit['venue'], city: ScenarioCity): readonly number[] {
  const place = typeof venue === 'string' ? city.venues.find(({ id }) => id === venue) : placeOf(venue, city)
  return place ? linksNear(city.network, place, usableLinks(city)) : []
}

function placeOf({ name, position: [longitude, latitude] }: EventPlace, city: ScenarioCity): ScenarioVenue {
  const [x, y] = city.toPlane(longitude, latitude)
  return { id: name, name, x, y, capacity: -1 }
}

/** Which of the 256 events that ids have room for. */
export const eventSlot = (idFirst: number): number => (idFirst - EVENT_IDS) / PARTY_IDS

/** The trips of each event and estate that is in force, by its own id: an id between `first` and `first + count`. */
export function tripIdsOf({ edits }: Scenario): ReadonlyMap<string, { readonly first: number; readonly count: number }> {
  return new Map([...eventIds(plannedEdits(edits))].map(([id, first]) => [id, { first, count: PARTY_IDS }]))
}

/** Events and new estates that are in force: what brings trips of its own. */
export const plannedEdits = (edits: readonly ScenarioEdit[]): (EventEdit | HousingEdit)[] =>
  edits.flatMap(edit => ((isEvent(edit) || edit.kind === 'housing') && edit.enabled ? [edit] : []))

/** First trip id of each event or estate, by its own id, so that one more shifts no other's draws. */
export function eventIds(edits: readonly { readonly id: string }[]): Map<string, number> {
  const taken = new Set<number>()
  const result = new Map<string, number>()
  for (const { id } of edits) {
    let h = 0
    for (let i = 0; i < id.length; i++) h = hash4(h, 0, id.charCodeAt(i), i)
    let slot = h % 256
    while (taken.has(slot)) slot = (slot + 1) % 256
    taken.add(slot)
    result.set(id, EVENT_IDS + slot * PARTY_IDS)
  }
  return result
}

/** Running sum of `homeWeights` over the ends from which one can drive there and back. */
function endWeights({ demand }: DemandSums): Float64Array {
  const weights = homeWeights(demand)
  const sums = new Float64Array(weights.length + 1)
  for (let end = 0; end < weights.length; end++) {
    const reachable = demand.endUses.placeCount[end * ACTIVITIES]! > 0 && demand.endUses.placeCount[endUse(demand, end, Activity.home, false)]! > 0
    sums[end + 1] = sums[end]! + (reachable ? weights[end]! : 0)
  }
  return sums
}

/** Seconds to drive from an end to a venue: 18 km/h in the air line, about 25 km/h on the road. */
function driveTime({ demand }: DemandSums, end: number, venue: ScenarioVenue): number {
  const dx = demand.ends.x[end]! - venue.x
  const dy = demand.ends.y[end]! - venue.y
  return 120 + Math.sqrt(dx * dx + dy * dy) / 5
}

const nearest = (sums: DemandSums, venue: ScenarioVenue, ends: readonly number[]): number => ends.reduce((best, end) => (driveTime(sums, end, venue) < driveTime(sums, best, venue) ? end : best))

/** Inverse of the triangular distribution. */
export function triangular([low, mode, high]: Profile, share: number): number {
  const split = (mode - low) / (high - low)
  return share < split
    ? low + Math.sqrt(share * (high - low) * (mode - low))
    : high - Math.sqrt((1 - share) * (high - low) * (high - mode))
}

function linksNear({ links, points }: Network, { x, y }: ScenarioVenue, usable: (link: number) => boolean): number[] {
  const near: { link: number; distance: number }[] = []
  for (let link = 0; link < links.rows; link++) {
    const roadClass = links.class[link]!
    if (roadClass < RoadClass.primary || links.length[link]! < 25 || !usable(link)) continue
    let best = Infinity
    for (let point = links.pointFirst[link]!; point < links.pointFirst[link]! + links.pointCount[link]!; point++) {
      const dx = points.x[point]! - x
      const dy = points.y[point]! - y
      best = Math.min(best, Math.sqrt(dx * dx + dy * dy))
    }
    if (best <= VENUE_RADIUS) near.push({ link, distance: best })
  }
  return near.sort((a, b) => a.distance - b.distance || a.link - b.link).slice(0, VENUE_LINKS).map(({ link }) => link)
}
