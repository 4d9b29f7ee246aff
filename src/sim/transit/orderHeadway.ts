import { invariant } from '../core/invariant'
import type { Transit } from './createTransit'
import { TripStage } from './transitTables'

/**
 * Has the vehicles of a route leave its first stop every so many seconds from the next departure on: that many after the
 * last one, at once if that has passed, and between the first and the last departure of the timetable. Those under way
 * go on. What is ordered already is not ordered again.
 *
 * @param seconds  null = back to the timetable, at its next departure that the last one leaves room for
 * @param time     of the day, s
 */
export function orderHeadway(transit: Transit, route: number, seconds: number | null, time: number): void {
  const { service: { routes, trips: { departure: timetable } }, trips, orders, firstTrip } = transit
  invariant(orders !== null && routes.spare[route] > 0, () => `transit: a headway is ordered on route ${route}, which has no departures to spare`)
  invariant(seconds === null || seconds > 0, () => `transit: a headway of ${seconds} s is ordered on route ${route}`)
  if (orders.routes.headway[route] === (seconds ?? 0)) return
  orders.routes.headway[route] = seconds ?? 0
  const { departure, others } = orders.trips
  const first = routes.tripFirst[route]
  const end = first + routes.tripCount[route]
  const listed = end - routes.spare[route]
  let next = firstTrip[route]
  while (next < end && trips.stage[next] !== TripStage.before) next += 1
  const last = next > first ? departure[next - 1] : -Infinity
  const soonest = Math.max(time + routes.dwell[route], last + (seconds ?? routes.dwell[route] + routes.clearance[route]))
  const lastOfDay = listed > first ? timetable[listed - 1] : -Infinity
  const from = Math.max(soonest, timetable[first])
  let row = first
  for (let trip = next; trip < end; trip++) {
    if (seconds === null) {
      while (row < listed && timetable[row] < soonest) row += 1
      departure[trip] = row < listed ? timetable[row] : Infinity
      others[trip] = 1
      row += 1
    } else {
      const leaves = from + (trip - next) * seconds
      while (row + 2 < listed && timetable[row + 1] <= leaves) row += 1
      departure[trip] = leaves <= lastOfDay ? leaves : Infinity
      others[trip] = row + 1 < listed ? seconds / (timetable[row + 1] - timetable[row]) : 1
    }
    trips.time[trip] = departure[trip] - routes.dwell[route]
  }
}
