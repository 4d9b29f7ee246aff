import { othersInCar, othersShare, takeSlot, TransitCount, type Transit } from './createTransit'
import { RideEvent, RideState, TripStage } from './transitTables'

/** Share of the fixed time that passes before the first person gets off; the rest lies between the last one and the departure. */
const OPENING = 0.4
/** Longest time that people may go on boarding after an arrival, s: then the doors close on those who come. Assumed. */
export const HOLD_MAX = 120

/**
 * Advances vehicles and their doors to `time` (s of the day), by 1 s at most a call for exact dwells. Each stop takes
 *
 *   dwell = max(timetable, fixed + max over doors (alighting + boarding) * service / streams)
 *
 * since people get off before others get on, and a person takes `service` in one of the door's streams. A full car
 * takes nobody: who stays is counted and waits for the next. Passengers who are not simulated one by one take up room
 * and time: they get off and on before the others. Vehicles of a route keep their order and a clearance, so a
 * late one delays those behind it; it wins back only what the timetable's stops have in hand.
 *
 * Source: TCRP Report 165 (Transit Capacity and Quality of Service Manual, 3rd ed.), ch. 8, dwell time by the critical
 * door; capacity of 6 persons per m² standing (310 in an A-car) after GB 50157.
 */
export function stepTransit(transit: Transit, time: number): void {
  const { service: { routes }, trips, firstTrip, counts } = transit
  counts[TransitCount.events] = 0
  for (let route = 0; route < routes.rows; route++) {
    const end = routes.tripFirst[route] + routes.tripCount[route]
    while (firstTrip[route] < end && trips.stage[firstTrip[route]] === TripStage.done) firstTrip[route] += 1
    for (let trip = firstTrip[route]; trip < end; trip++) {
      if (trips.stage[trip] === TripStage.before) {
        if (trips.time[trip] > time) break
        takeSlot(transit, trip)
        trips.stage[trip] = TripStage.running
      }
      if (trips.stage[trip] === TripStage.running) arrive(transit, route, trip, time)
      if (trips.stage[trip] === TripStage.standing) exchange(transit, route, trip, time)
      if (trips.stage[trip] === TripStage.closing && trips.time[trip] <= time) depart(transit, route, trip)
    }
  }
}

/** Lets a vehicle in if it is due, the stop is free, and the one before it has been gone for long enough. */
function arrive(transit: Transit, route: number, trip: number, time: number): void {
  const { service: { routes, others }, trips, stops, doors, passengers, doorsMax } = transit
  const stop = trips.stop[trip]
  if (trips.time[trip] > time || stops.trip[stop] >= 0 || time < stops.lastDeparture[stop] + routes.clearance[route]) return
  const at = Math.max(trips.time[trip], stops.lastDeparture[stop] + routes.clearance[route])
  trips.time[trip] = at
  trips.stage[trip] = TripStage.standing
  stops.trip[stop] = trip
  trips.last[trip] = at + OPENING * routes.fixed[route]
  trips.leaving[trip] = 0
  const count = routes.cars[route] * routes.doors[route]
  // Others get off and on first, evenly at all doors.
  if (others) trips.last[trip] += ((others.exchange[24 * stop + (Math.floor(time / 3600) % 24)] * othersShare(transit, trip)) / count) * (routes.service[route] / routes.streams[route])
  doors.free.fill(trips.last[trip], trips.slot[trip] * doorsMax, trips.slot[trip] * doorsMax + count)
  for (let door = 0; door < count && trips.aboard[trip] > 0; door++) {
    const row = trips.slot[trip] * doorsMax + door
    // Those who get off here leave the list of those who ride; both keep their order.
    let [stays, leaves] = [-1, -1]
    let person = doors.aboard[row]
    doors.aboard[row] = doors.leaving[row] = -1
    while (person >= 0) {
      const next = passengers.next[person]
      passengers.next[person] = -1
      if (passengers.to[person] === stop) {
        if (leaves < 0) doors.leaving[row] = person
        else passengers.next[leaves] = person
        leaves = person
        trips.leaving[trip] += 1
      } else {
        if (stays < 0) doors.aboard[row] = person
        else passengers.next[stays] = person
        stays = person
      }
      person = next
    }
  }
}

/** Lets people through the doors as far as the time goes, and begins to close when nobody passes any more. */
function exchange(transit: Transit, route: number, trip: number, time: number): void {
  const { service: { routes }, trips, stops, doors, doorsMax } = transit
  const pace = routes.service[route] / routes.streams[route]
  const room = routes.room[route] - othersInCar(transit, trips.stop[trip], time)
  const boarding = time < trips.time[trip] + HOLD_MAX && stops.waiting[trips.stop[trip]] > 0
  const count = boarding || trips.leaving[trip] > 0 ? routes.cars[route] * routes.doors[route] : 0
  for (let door = 0; door < count; door++) {
    const row = trips.slot[trip] * doorsMax + door
    while (doors.free[row] <= time) {
      const from = doors.leaving[row] >= 0 ? alightOne(transit, route, trip, door, row) : boarding ? boardOne(transit, route, trip, door, row, room) : -1
      if (from < 0) break
      doors.free[row] = Math.max(doors.free[row], from) + pace
      trips.last[trip] = Math.max(trips.last[trip], doors.free[row])
    }
  }
  const due = trips.time[trip] + routes.dwell[route] - (1 - OPENING) * routes.fixed[route]
  if (trips.last[trip] <= time && time >= due) close(transit, route, trip, Math.max(trips.last[trip], due) + (1 - OPENING) * routes.fixed[route])
}

/** One person gets off; the time from which the door served, s. */
function alightOne({ doors, passengers, trips, stops, loads, carsMax, ...rest }: Transit, route: number, trip: number, door: number, row: number): number {
  const person = doors.leaving[row]
  doors.leaving[row] = passengers.next[person]
  passengers.next[person] = -1
  passengers.state[person] = RideState.alighted
  passengers.trip[person] = -1
  trips.aboard[trip] -= 1
  trips.leaving[trip] -= 1
  loads[trips.slot[trip] * carsMax + Math.floor(door / rest.service.routes.doors[route])] -= 1
  stops.alighted[trips.stop[trip]] += 1
  note(rest, RideEvent.alighted, person, trips.stop[trip], trip, door)
  return trips.time[trip]
}

/** The first of the queue gets on, if the car has room; the time since which he or she waits, -1 = nobody got on. */
function boardOne({ doors, passengers, trips, stops, queues, loads, carsMax, doorsMax, ...rest }: Transit, route: number, trip: number, door: number, row: number, room: number): number {
  const { routes } = rest.service
  const stop = trips.stop[trip]
  const queue = stop * doorsMax + door
  const car = Math.floor(door / routes.doors[route])
  const load = trips.slot[trip] * carsMax + car
  const person = queues.head[queue]
  if (person < 0 || loads[load] >= room) return -1
  queues.head[queue] = passengers.next[person]
  if (queues.head[queue] < 0) queues.tail[queue] = -1
  const ride = routes.alightDoor[route] < 0 ? row : row - door + car * routes.doors[route] + routes.alightDoor[route]
  passengers.next[person] = doors.aboard[ride]
  doors.aboard[ride] = person
  passengers.state[person] = RideState.aboard
  passengers.trip[person] = trip
  loads[load] += 1
  trips.aboard[trip] += 1
  stops.waiting[stop] -= 1
  stops.boarded[stop] += 1
  note(rest, RideEvent.boarded, person, stop, trip, door)
  return passengers.since[person]
}

/** Doors close: whoever still waits at a full car is left behind. */
function close(transit: Transit, route: number, trip: number, leaves: number): void {
  const { service: { routes }, trips, stops, queues, passengers, doorsMax } = transit
  const stop = trips.stop[trip]
  const count = routes.cars[route] * routes.doors[route]
  for (let door = 0; door < count; door++) {
    for (let person = queues.head[stop * doorsMax + door]; person >= 0; person = passengers.next[person]) {
      passengers.passed[person] += 1
      stops.leftBehind[stop] += 1
      note(transit, RideEvent.leftBehind, person, stop, trip, door)
    }
  }
  trips.stage[trip] = TripStage.closing
  trips.time[trip] = leaves
}

function depart(transit: Transit, route: number, trip: number): void {
  const { service, orders, trips, stops, counts, freeSlots } = transit
  const { routes } = service
  const stop = trips.stop[trip]
  stops.trip[stop] = -1
  stops.lastDeparture[stop] = trips.time[trip]
  trips.delay[trip] = trips.time[trip] - (orders?.trips ?? service.trips).departure[trip] - timetabled(transit, route, stop)
  if (stop + 1 === routes.stopFirst[route] + routes.stopCount[route]) {
    trips.stage[trip] = TripStage.done
    freeSlots[counts[TransitCount.freeSlots]++] = trips.slot[trip]
    trips.slot[trip] = -1
    return
  }
  trips.stage[trip] = TripStage.running
  trips.stop[trip] = stop + 1
  trips.time[trip] += service.stops.run[stop]
}

/** s from the departure at the first stop to that at `stop`, by timetable. */
function timetabled({ service: { routes, stops } }: Transit, route: number, stop: number): number {
  let sum = 0
  for (let i = routes.stopFirst[route]; i < stop; i++) sum += stops.run[i] + routes.dwell[route]
  return sum
}

function note({ events, counts }: Pick<Transit, 'events' | 'counts'>, kind: number, person: number, stop: number, trip: number, door: number): void {
  const row = counts[TransitCount.events]++
  events.person[row] = person
  events.stop[row] = stop
  events.trip[row] = trip
  events.door[row] = door
  events.kind[row] = kind
}
