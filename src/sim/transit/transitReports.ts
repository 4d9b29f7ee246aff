import { invariant } from '../core/invariant'
import { columnsOf, type ColumnArray } from '../core/table'
import { TransitCount, type Transit } from './createTransit'
import { doorColumns, passengerColumns, queueColumns, RideState, routeOrderColumns, stopStateColumns, tripOrderColumns, tripStateColumns, TripStage } from './transitTables'

/** What the state of a service consists of, in fixed order, to be hashed, saved and restored. */
export function* transitViews({ trips, stops, queues, doors, loads, freeSlots, passengers, firstTrip, counts, orders }: Transit): Generator<ColumnArray> {
  yield* columnsOf(tripStateColumns, trips)
  yield* columnsOf(stopStateColumns, stops)
  yield* columnsOf(queueColumns, queues)
  yield* columnsOf(doorColumns, doors)
  yield* columnsOf(passengerColumns, passengers)
  yield loads
  yield freeSlots
  yield firstTrip
  yield counts
  if (!orders) return
  yield* columnsOf(routeOrderColumns, orders.routes)
  yield* columnsOf(tripOrderColumns, orders.trips)
}

/** Where the people of a service are. */
export interface TransitTotals { readonly waiting: number; readonly aboard: number; readonly alighted: number; readonly leftBehind: number }

export function transitTotals({ passengers, stops }: Transit): TransitTotals {
  const totals = { waiting: 0, aboard: 0, alighted: 0, leftBehind: 0 }
  for (let person = 0; person < passengers.rows; person++) {
    if (passengers.state[person] === RideState.waiting) totals.waiting += 1
    if (passengers.state[person] === RideState.aboard) totals.aboard += 1
    if (passengers.state[person] === RideState.alighted) totals.alighted += 1
  }
  for (let stop = 0; stop < stops.rows; stop++) totals.leftBehind += stops.leftBehind[stop]
  return totals
}

/** Stops the run where somebody is lost or twice there, or a car holds more than it has room for. */
export function checkTransit(transit: Transit): void {
  const { service: { routes, stops: calls }, trips, stops, queues, doors, loads, passengers, counts, freeSlots, doorsMax, carsMax } = transit
  const seen = new Uint8Array(passengers.rows)
  const walk = (head: number, state: number, where: () => string): number => {
    let count = 0
    for (let person = head; person >= 0; person = passengers.next[person]) {
      invariant(seen[person] === 0 && passengers.state[person] === state, () => `transit: person ${person} at ${where()} is in two places or in the wrong state`)
      seen[person] = 1
      count += 1
    }
    return count
  }
  for (let stop = 0; stop < stops.rows; stop++) {
    let waiting = 0
    for (let door = 0; door < doorsMax; door++) waiting += walk(queues.head[stop * doorsMax + door], RideState.waiting, () => `stop ${stop}, door ${door}`)
    invariant(waiting === stops.waiting[stop], () => `transit: ${waiting} persons wait at stop ${stop}, counted are ${stops.waiting[stop]}`)
  }
  let underWay = 0
  for (let route = 0; route < routes.rows; route++) {
    for (let trip = routes.tripFirst[route]; trip < routes.tripFirst[route] + routes.tripCount[route]; trip++) {
      if (trips.slot[trip] < 0) continue
      underWay += 1
      let aboard = 0
      for (let door = 0; door < doorsMax; door++) {
        const row = trips.slot[trip] * doorsMax + door
        aboard += walk(doors.aboard[row], RideState.aboard, () => `trip ${trip}, door ${door}`) + walk(doors.leaving[row], RideState.aboard, () => `trip ${trip}, door ${door}`)
      }
      invariant(aboard === trips.aboard[trip], () => `transit: ${aboard} persons ride on trip ${trip}, counted are ${trips.aboard[trip]}`)
      for (let car = 0; car < carsMax; car++) {
        const load = loads[trips.slot[trip] * carsMax + car]
        invariant(load >= 0 && load <= routes.room[route], () => `transit: car ${car} of trip ${trip} holds ${load} of ${routes.room[route]}`)
      }
      invariant(calls.route[trips.stop[trip]] === route, () => `transit: trip ${trip} is at stop ${trips.stop[trip]} of another route`)
      invariant(trips.stage[trip] !== TripStage.before && trips.stage[trip] !== TripStage.done, () => `transit: trip ${trip} has doors but is not under way`)
    }
  }
  invariant(underWay + counts[TransitCount.freeSlots] === freeSlots.length, () => `transit: ${underWay} vehicles under way and ${counts[TransitCount.freeSlots]} free of ${freeSlots.length}`)
  for (let person = 0; person < passengers.rows; person++) {
    const inList = passengers.state[person] === RideState.waiting || passengers.state[person] === RideState.aboard
    invariant(inList === (seen[person] === 1), () => `transit: person ${person} is lost`)
  }
}
