import { describe, expect, test } from 'vitest'
import { checkTransit, createTable, createTransit, orderHeadway, othersInCar, routeColumns, routeStopColumns, stepTransit, transitTripColumns, transitViews, waitForRide, type Transit, type TransitService } from '../../../src/sim'

const LISTED = 12
const HEADWAY = 300

/** One line in one direction with a train every 5 minutes from 1000 s on, and some to spare. */
function service(spare: number): TransitService {
  const rows = LISTED + spare
  const made = { routes: createTable(routeColumns, 1), stops: createTable(routeStopColumns, 4), trips: createTable(transitTripColumns, rows) }
  const values = { fixed: 12, dwell: 30, service: 1, clearance: 40, stopCount: 4, tripCount: rows, spare, room: 310, cars: 2, doors: 5, streams: 2, alightDoor: -1 }
  for (const [name, value] of Object.entries(values)) made.routes[name as keyof typeof values][0] = value
  made.stops.run.fill(90)
  for (let stop = 0; stop < 4; stop++) made.stops.place[stop] = stop
  for (let trip = 0; trip < rows; trip++) made.trips.departure[trip] = trip < LISTED ? 1000 + trip * HEADWAY : Infinity
  return { ...made, others: { aboard: new Float32Array(96).fill(100), exchange: new Float32Array(96) } }
}

/** Times at which trains leave the first stop, while orders come at their time. */
function departures(transit: Transit, from: number, until: number, orders: Readonly<Record<number, number | null>> = {}, each?: (time: number) => void): number[] {
  const left: number[] = []
  for (let time = from; time <= until; time += 0.5) {
    const order = orders[time]
    if (order !== undefined) orderHeadway(transit, 0, order, time)
    each?.(time)
    stepTransit(transit, time)
    if (time % 10 === 0) checkTransit(transit)
    const last = transit.stops.lastDeparture[0]!
    if (last > 0 && left.at(-1) !== last) left.push(last)
  }
  return left
}

describe('an ordered headway', () => {
  test('holds from the next departure on, and ends with the next one of the timetable that there is room for', () => {
    // Ordered 200 s after a departure: one leaves as soon as it has stood there, then one every two minutes. The last leaves
    // at 2550, so that of 2500 is over and the next is that of 2800.
    expect(departures(createTransit(service(20), 1, 900), 900, 3500, { 1800: 120, 2600: null })).toEqual([1000, 1300, 1600, 1830, 1950, 2070, 2190, 2310, 2430, 2550, 2800, 3100, 3400])
    // Ordered 20 s after one.
    expect(departures(createTransit(service(20), 1, 900), 900, 2100, { 1620: 150 })).toEqual([1000, 1300, 1600, 1750, 1900, 2050])
  })

  test('that is longer makes fewer trains', () => {
    expect(departures(createTransit(service(20), 1, 900), 900, 4500, { 1650: 700, 3050: null })).toEqual([1000, 1300, 1600, 2300, 3000, 3100, 3400, 3700, 4000, 4300])
  })

  test('lets no train leave before the first or after the last of the timetable, however long it holds', () => {
    const transit = createTransit(service(40), 1, 500)
    const left = departures(transit, 500, 6000, { 500: 100 })
    expect(left).toEqual(Array.from({ length: 34 }, (_, trip) => 1000 + 100 * trip))
    expect(left.at(-1)).toBe(1000 + (LISTED - 1) * HEADWAY)
  })

  test('leaves no train right behind the last one', () => {
    // 2190 is the last one ordered; 2200 has no room behind it.
    expect(departures(createTransit(service(20), 1, 900), 900, 2900, { 1800: 120, 2195: null })).toEqual([1000, 1300, 1600, 1830, 1950, 2070, 2190, 2500, 2800])
  })

  test('carries as many of the city on more trains', () => {
    const transit = createTransit(service(20), 1, 900)
    const aboard = new Set<number>()
    departures(transit, 900, 3000, { 1800: 120 }, time => { if (transit.stops.trip[0]! >= 0) aboard.add(othersInCar(transit, 0, time)) })
    expect([...aboard]).toEqual([50, 20])
  })

  test('takes everybody along, and the same orders end in the same state', () => {
    const end = (): { views: number[][]; left: number; delays: number } => {
      const transit = createTransit(service(20), 400, 900)
      for (let person = 0; person < 400; person++) waitForRide(transit, person, person % 3, person % 10, 3, 900)
      departures(transit, 900, 4000, { 1100: 90, 2000: 200, 2400: 90, 3000: null })
      return { views: [...transitViews(transit)].map(view => Array.from(view)), left: transit.stops.alighted[3]!, delays: Math.max(...transit.trips.delay) }
    }
    const one = end()
    expect(one.left).toBe(400)
    // A train is late by what was ordered, not by what the timetable once said.
    expect(one.delays).toBeLessThan(60)
    expect(end()).toEqual(one)
  })

  test('that is never ordered leaves the run as it is; trains to spare stay', () => {
    const [plain, spare] = [createTransit(service(0), 1, 900), createTransit(service(20), 1, 900)]
    expect(plain.orders).toBeNull()
    expect(departures(spare, 900, 6000)).toEqual(departures(plain, 900, 6000))
    expect(Array.from(spare.trips.stage.subarray(LISTED, LISTED + 20))).toEqual(Array<number>(20).fill(0))
    expect(() => orderHeadway(plain, 0, 120, 900)).toThrow(/no departures to spare/)
  })
})
