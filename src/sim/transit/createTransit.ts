import { createTable, type TableOf } from '../core/table'
import { invariant } from '../core/invariant'
import {
  doorColumns, passengerColumns, queueColumns, rideEventColumns, RideState, routeOrderColumns, stopStateColumns, tripOrderColumns, tripStateColumns, TripStage, type TransitService,
} from './transitTables'

/** A public transport service while it runs. `time` is the time of the day, s. */
export interface Transit {
  readonly service: TransitService
  readonly trips: TableOf<typeof tripStateColumns>
  readonly stops: TableOf<typeof stopStateColumns>
  /** Row: stop * doorsMax + door. */
  readonly queues: TableOf<typeof queueColumns>
  /** Row: slot * doorsMax + door. */
  readonly doors: TableOf<typeof doorColumns>
  /** Row: slot * carsMax + car. */
  readonly loads: Int32Array
  readonly freeSlots: Int32Array
  readonly passengers: TableOf<typeof passengerColumns>
  readonly events: TableOf<typeof rideEventColumns>
  /** First trip of each route that is not done. */
  readonly firstTrip: Int32Array
  readonly counts: Int32Array
  /** By route and by trip: what `orderHeadway` sets; null = the service has no departures to spare. */
  readonly orders: { readonly routes: TableOf<typeof routeOrderColumns>; readonly trips: TableOf<typeof tripOrderColumns> } | null
  readonly doorsMax: number
  readonly carsMax: number
}

/** Entries of `counts`. */
export const TransitCount = { events: 0, freeSlots: 1 } as const

/** Vehicles under way at a time: those between the first stop and the last of their route, by timetable, and as many again for delays; all of a route whose headway may be ordered. */
function slotsOf({ routes, stops, trips }: TransitService): number {
  let slots = 0
  for (let route = 0; route < routes.rows; route++) {
    if (routes.spare[route] > 0) { slots += routes.tripCount[route]; continue }
    let duration = 0
    for (let i = routes.stopFirst[route]; i < routes.stopFirst[route] + routes.stopCount[route]; i++) duration += stops.run[i] + routes.dwell[route]
    let [most, low] = [0, routes.tripFirst[route]]
    for (let trip = low; trip < routes.tripFirst[route] + routes.tripCount[route]; trip++) {
      while (trips.departure[low] < trips.departure[trip] - duration) low += 1
      most = Math.max(most, trip - low + 1)
    }
    slots += Math.min(routes.tripCount[route], 2 * most + 2)
  }
  return slots
}

/**
 * Starts a service at a time of the day. Vehicles that left their first stop before are where the timetable has them.
 *
 * @param persons  people are rows 0..persons-1, whoever they are
 */
export function createTransit(service: TransitService, persons: number, startTime: number): Transit {
  const { routes, stops } = service
  let [doorsMax, carsMax] = [1, 1]
  for (let route = 0; route < routes.rows; route++) {
    doorsMax = Math.max(doorsMax, routes.cars[route] * routes.doors[route])
    carsMax = Math.max(carsMax, routes.cars[route])
  }
  const slots = slotsOf(service)
  const transit: Transit = {
    service, doorsMax, carsMax,
    trips: createTable(tripStateColumns, service.trips.rows),
    stops: createTable(stopStateColumns, stops.rows),
    queues: createTable(queueColumns, stops.rows * doorsMax),
    doors: createTable(doorColumns, slots * doorsMax),
    loads: new Int32Array(slots * carsMax),
    freeSlots: Int32Array.from({ length: slots }, (_, i) => slots - 1 - i),
    passengers: createTable(passengerColumns, persons),
    events: createTable(rideEventColumns, 3 * persons),
    firstTrip: Int32Array.from(routes.tripFirst.subarray(0, routes.rows)),
    counts: new Int32Array(2),
    orders: ordersOf(service),
  }
  transit.counts[TransitCount.freeSlots] = slots
  transit.stops.lastDeparture.fill(-1e9)
  transit.stops.trip.fill(-1)
  transit.queues.head.fill(-1)
  transit.queues.tail.fill(-1)
  transit.doors.aboard.fill(-1)
  transit.doors.leaving.fill(-1)
  transit.passengers.next.fill(-1)
  transit.passengers.trip.fill(-1)
  transit.trips.slot.fill(-1)
  for (let route = 0; route < routes.rows; route++) place(transit, route, startTime)
  return transit
}

function ordersOf({ routes, trips: { departure, rows } }: TransitService): Transit['orders'] {
  if (!routes.spare.some(trips => trips > 0)) return null
  const orders = { routes: createTable(routeOrderColumns, routes.rows), trips: createTable(tripOrderColumns, rows) }
  orders.trips.departure.set(departure.subarray(0, rows))
  orders.trips.others.fill(1)
  return orders
}

function place(transit: Transit, route: number, startTime: number): void {
  const { service: { routes, stops, trips: timetable }, trips } = transit
  const first = routes.stopFirst[route]
  for (let trip = routes.tripFirst[route]; trip < routes.tripFirst[route] + routes.tripCount[route]; trip++) {
    let [stop, arrival] = [first, timetable.departure[trip] - routes.dwell[route]]
    trips.stop[trip] = stop
    trips.time[trip] = arrival
    if (arrival >= startTime) continue
    while (stop < first + routes.stopCount[route] && arrival < startTime) {
      arrival += routes.dwell[route] + stops.run[stop]
      stop += 1
    }
    if (stop === first + routes.stopCount[route]) {
      trips.stage[trip] = TripStage.done
      trips.stop[trip] = stop - 1
      continue
    }
    trips.stop[trip] = stop
    trips.time[trip] = arrival
    trips.stage[trip] = TripStage.running
    takeSlot(transit, trip)
  }
}

/** Gives a vehicle its doors. */
export function takeSlot({ counts, freeSlots, trips }: Transit, trip: number): void {
  invariant(counts[TransitCount.freeSlots] > 0, () => `transit: trip ${trip} finds no doors; more vehicles are under way than twice those of the timetable`)
  counts[TransitCount.freeSlots] -= 1
  trips.slot[trip] = freeSlots[counts[TransitCount.freeSlots]]
}

/** Door at which a person stands where that route stops: cars * doors of them, from the front of the vehicle. */
export const doorsAt = ({ service: { routes, stops } }: Transit, stop: number): number => routes.cars[stops.route[stop]] * routes.doors[stops.route[stop]]

/** Passengers who are not simulated one by one, in each car of a vehicle that leaves a stop at a time of the day (s). */
export function othersInCar(transit: Transit, stop: number, time: number): number {
  const { service: { others, routes, stops } } = transit
  return others ? Math.ceil((others.aboard[24 * stop + (Math.floor(time / 3600) % 24)] * othersShare(transit, transit.stops.trip[stop])) / routes.cars[stops.route[stop]]) : 0
}

/** Passengers who are not simulated one by one, by those of a vehicle of the timetable. @param trip  -1 = none is there */
export const othersShare = ({ orders }: Transit, trip: number): number => (orders && trip >= 0 ? orders.trips.others[trip] : 1)

/** How many more the car of a door takes that stands at a stop, besides those who wait for it in its lines and after all who get off there have left it. */
export function roomAt(transit: Transit, stop: number, door: number, time: number): number {
  const { service: { routes, stops: calls }, trips, stops, queues, doors, loads, passengers, doorsMax, carsMax } = transit
  const trip = stops.trip[stop]
  if (trip < 0) return 0
  const perCar = routes.doors[calls.route[stop]]
  const car = Math.floor(door / perCar)
  let room = routes.room[calls.route[stop]] - loads[trips.slot[trip] * carsMax + car] - othersInCar(transit, stop, time)
  for (let at = car * perCar; at < (car + 1) * perCar; at++) {
    for (let person = queues.head[stop * doorsMax + at]; person >= 0; person = passengers.next[person]) room -= 1
    for (let person = doors.leaving[trips.slot[trip] * doorsMax + at]; person >= 0; person = passengers.next[person]) room += 1
  }
  return room > 0 ? room : 0
}

/** A full vehicle leaves without somebody who stands before its door, but has not been put into its line. */
export function leaveBehind({ passengers, stops }: Transit, person: number, stop: number): void {
  passengers.passed[person] += 1
  stops.leftBehind[stop] += 1
}

/** A person begins to wait at a door of a stop for the next vehicle of its route, to get off at stop `to` of the same route. */
export function waitForRide(transit: Transit, person: number, stop: number, door: number, to: number, time: number): void {
  const { passengers, queues, stops, service, doorsMax } = transit
  invariant(service.stops.route[to] === service.stops.route[stop] && to > stop, () => `transit: person ${person} wants to ride from stop ${stop} to ${to}, which does not come after it on the same route`)
  invariant(passengers.state[person] !== RideState.waiting && passengers.state[person] !== RideState.aboard, () => `transit: person ${person} already waits or rides`)
  invariant(door < doorsAt(transit, stop), () => `transit: there is no door ${door} at stop ${stop}`)
  const queue = stop * doorsMax + door
  passengers.from[person] = stop
  passengers.to[person] = to
  passengers.door[person] = door
  passengers.trip[person] = -1
  passengers.since[person] = time
  passengers.next[person] = -1
  passengers.state[person] = RideState.waiting
  if (queues.head[queue] < 0) queues.head[queue] = person
  else passengers.next[queues.tail[queue]] = person
  queues.tail[queue] = person
  stops.waiting[stop] += 1
}
