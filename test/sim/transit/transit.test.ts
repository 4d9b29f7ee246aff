import { expect, test } from 'vitest'
import {
  checkTransit, createTable, createTransit, RideEvent, RideState, routeColumns, routeStopColumns, stepTransit, TransitCount, transitTotals, transitTripColumns,
  transitViews, TripStage, uniform, waitForRide, type Transit, type TransitService,
} from '../../../src/sim'

interface Line { readonly stops?: number; readonly headway?: number; readonly trains?: number; readonly cars?: number; readonly room?: number; readonly run?: number; readonly alightDoor?: number; readonly doors?: number }

/** One line in one direction; the first train leaves at 1000 s. */
function service({ stops = 3, headway = 180, trains = 10, cars = 2, room = 310, run = 90, alightDoor = -1, doors = 5 }: Line = {}): TransitService {
  const made = { routes: createTable(routeColumns, 1), stops: createTable(routeStopColumns, stops), trips: createTable(transitTripColumns, trains) }
  const { routes } = made
  const values = { fixed: 12, dwell: 30, service: 1, clearance: 40, stopCount: stops, tripCount: trains, room, cars, doors, streams: 2, alightDoor }
  for (const [name, value] of Object.entries(values)) routes[name as keyof typeof values][0] = value
  made.stops.run.fill(run)
  for (let i = 0; i < stops; i++) made.stops.place[i] = i
  for (let i = 0; i < trains; i++) made.trips.departure[i] = 1000 + i * headway
  return made
}

function run(transit: Transit, from: number, until: number, each?: (time: number) => void): void {
  for (let time = from; time <= until; time += 0.5) {
    each?.(time)
    stepTransit(transit, time)
    if (time % 10 === 0) checkTransit(transit)
  }
}

test('everybody who gets on gets off where they want to, and nobody is lost', () => {
  const transit = createTransit(service({ stops: 5, cars: 3 }), 2000, 900)
  const place = new Int32Array(2000).fill(-1)
  run(transit, 900, 3500, time => {
    // Two persons a second from 900 to 1900 s.
    const first = Math.round((time - 900) * 2)
    if (first >= 2000) return
    const from = Math.floor(uniform(7, 1, first, 0) * 4)
    waitForRide(transit, first, from, Math.floor(uniform(7, 2, first, 0) * 15), from + 1 + Math.floor(uniform(7, 3, first, 0) * (4 - from)), time)
    for (let i = 0; i < transit.counts[TransitCount.events]!; i++) if (transit.events.kind[i] === RideEvent.alighted) place[transit.events.person[i]!] = transit.events.stop[i]!
  })
  expect(transitTotals(transit)).toEqual({ waiting: 0, aboard: 0, alighted: 2000, leftBehind: 0 })
  for (let person = 0; person < 2000; person++) if (place[person]! >= 0) expect(place[person]).toBe(transit.passengers.to[person])
})

test('a car never holds more than its room; the others are left behind and counted at every full train', () => {
  const transit = createTransit(service({ cars: 1, room: 100 }), 250, 900)
  for (let person = 0; person < 250; person++) waitForRide(transit, person, 0, person % 5, 2, 900)
  run(transit, 900, 3000)
  expect(transit.stops.leftBehind[0]).toBe(150 + 50)
  expect(Math.max(...transit.passengers.passed.subarray(0, 250))).toBe(2)
  expect(transitTotals(transit)).toMatchObject({ alighted: 250, waiting: 0 })
})

// TCRP 165: dwell = fixed + (alighting + boarding at the critical door) * service / streams, at least that of the timetable.
test.each([[0, 0], [20, 0], [40, 10], [60, 60], [100, 100], [80, 20]] as const)('a stop with %d on and %d off at the critical door takes as long as the formula says', (on, off) => {
  const transit = createTransit(service({ cars: 1 }), 400, 900)
  for (let person = 0; person < off; person++) waitForRide(transit, person, 0, 2, 1, 900)
  for (let person = off; person < off + on; person++) waitForRide(transit, person, 1, 2, 2, 900)
  let [arrived, left] = [0, 0]
  run(transit, 900, 1600, () => {
    if (transit.trips.stop[0] === 1 && transit.trips.stage[0] === TripStage.standing) arrived = transit.trips.time[0]!
    if (transit.trips.stop[0] === 1 && transit.trips.stage[0] === TripStage.closing) left = transit.trips.time[0]!
  })
  expect(left - arrived).toBeGreaterThanOrEqual(Math.max(30, 12 + (on + off) / 2) - 1e-6)
  expect(left - arrived).toBeLessThanOrEqual(Math.max(30, 12 + (on + off) / 2) + 1)
})

test('people get off before others get on', () => {
  const transit = createTransit(service({ cars: 1, room: 50 }), 100, 900)
  for (let person = 0; person < 50; person++) waitForRide(transit, person, 0, person % 5, 1, 900)
  for (let person = 50; person < 100; person++) waitForRide(transit, person, 1, person % 5, 2, 900)
  const order: number[] = []
  run(transit, 900, 1500, () => {
    for (let i = 0; i < transit.counts[TransitCount.events]!; i++) if (transit.events.stop[i] === 1 && transit.events.door[i] === 0) order.push(transit.events.kind[i]!)
  })
  expect(order).toEqual([...Array<number>(10).fill(RideEvent.alighted), ...Array<number>(10).fill(RideEvent.boarded)])
  expect(transit.stops.leftBehind[1]).toBe(0)
})

test('with few people trains keep their headway; a long stop delays the trains behind it, but never the order', () => {
  const departuresAt = (crowd: number): number[] => {
    const transit = createTransit(service({ stops: 4, headway: 100, trains: 6, cars: 1 }), 1000, 900)
    for (let person = 0; person < crowd; person++) waitForRide(transit, person, 1, 0, 3, 900)
    const left: number[] = []
    run(transit, 900, 2500, () => {
      if (left.at(-1) !== transit.stops.lastDeparture[1] && transit.stops.lastDeparture[1]! > 0) left.push(transit.stops.lastDeparture[1]!)
    })
    return left
  }
  const quiet = departuresAt(0)
  expect(quiet.slice(1).map((time, i) => time - quiet[i]!)).toEqual([100, 100, 100, 100, 100])
  expect(quiet[0]).toBe(1000 + 90 + 30)
  const busy = departuresAt(200)
  expect(busy[0]! - quiet[0]!).toBeGreaterThan(70)
  expect(busy[1]! - quiet[1]!).toBeGreaterThan(30) // 40 s of clearance and its own stop
  expect(busy.at(-1)! - quiet.at(-1)!).toBeLessThan(busy[0]! - quiet[0]!)
  expect([...busy].sort((a, b) => a - b)).toEqual(busy)
})

test('a service started later has its trains where the timetable has them', () => {
  const early = createTransit(service({ stops: 6, trains: 20 }), 1, 900)
  run(early, 900, 2500)
  const late = createTransit(service({ stops: 6, trains: 20 }), 1, 2400)
  run(late, 2400, 2500)
  for (let trip = 0; trip < 20; trip++) {
    expect([trip, late.trips.stage[trip], late.trips.stop[trip]]).toEqual([trip, early.trips.stage[trip], early.trips.stop[trip]])
  }
})

test('on a bus people get on at the front and off at the rear', () => {
  const transit = createTransit(service({ cars: 1, doors: 2, alightDoor: 1, room: 80 }), 30, 900)
  for (let person = 0; person < 30; person++) waitForRide(transit, person, 0, 0, 1, 900)
  const doors = new Set<string>()
  run(transit, 900, 1500, () => {
    for (let i = 0; i < transit.counts[TransitCount.events]!; i++) doors.add(`${transit.events.kind[i]} ${transit.events.door[i]}`)
  })
  expect([...doors].sort()).toEqual([`${RideEvent.boarded} 0`, `${RideEvent.alighted} 1`])
})

test('the same people and times end in the same state, and whoever waits for nothing waits', () => {
  const end = (): number[][] => {
    const transit = createTransit(service({ stops: 4 }), 300, 900)
    run(transit, 900, 1800, time => {
      const person = Math.round((time - 900) * 2)
      if (person < 299) waitForRide(transit, person, person % 3, person % 10, 3, time)
    })
    return [...transitViews(transit)].map(view => Array.from(view))
  }
  expect(end()).toEqual(end())
  const transit = createTransit(service({ trains: 1 }), 1, 900)
  run(transit, 900, 1100)
  waitForRide(transit, 0, 0, 0, 2, 1100)
  run(transit, 1100, 2000)
  expect(transit.passengers.state[0]).toBe(RideState.waiting)
})
