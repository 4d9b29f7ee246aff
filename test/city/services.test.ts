import { join } from 'node:path'
import { expect, test } from 'vitest'
import { busLayer, busService, loadAreas, metroLayer, metroService, otherPassengers, workdayHeadway } from '../../src/city'
import { openPackFolder } from '../../src/city/node'
import { checkTransit, createTransit, stepTransit, TripStage } from '../../src/sim'

const pack = await openPackFolder(join(import.meta.dirname, '../../assets/shenzhen'))
const metro = await pack.layer(metroLayer)
const service = metroService(metro)

test('every line of the metro runs in both directions, with the stations of its layer', () => {
  expect(service.routes.rows).toBe(2 * metro.lines.rows)
  for (let route = 0; route < service.routes.rows; route++) {
    const line = service.routes.line[route]!
    const first = service.routes.stopFirst[route]!
    expect(service.routes.stopCount[route]).toBe(metro.lines.stopCount[line])
    const end = service.routes.reverse[route] ? metro.lines.stopFirst[line]! + metro.lines.stopCount[line]! - 1 : metro.lines.stopFirst[line]!
    expect(service.stops.place[first]).toBe(metro.stops.station[end])
  }
})

test('a train takes as long from end to end as the timetable says, within its whole minutes', () => {
  for (let route = 0; route < service.routes.rows; route++) {
    const line = service.routes.line[route]!
    let [modelled, listed] = [0, 0]
    for (let i = 0; i < service.routes.stopCount[route]! - 1; i++) {
      modelled += service.stops.run[service.routes.stopFirst[route]! + i]! + 30
      const row = metro.lines.stopFirst[line]! + i
      listed += service.routes.reverse[route] ? metro.stops.reverse[row]! : metro.stops.forward[row]!
    }
    expect(Math.abs(modelled / listed - 1), metro.strings[metro.lines.code[line]!]).toBeLessThan(0.05)
  }
})

test('doors of the platforms in the areas are those of the trains', async () => {
  const lineOf = new Map(Array.from({ length: metro.lines.rows }, (_, row) => [metro.strings[metro.lines.code[row]!]!, row]))
  let platforms = 0
  for (const { space } of await loadAreas(pack)) {
    const doors = new Map<string, number>()
    for (const { id } of space.goals) {
      const [, code, way] = /^door:(\w+):([fr]):/.exec(id) ?? []
      if (code && way) doors.set(`${code} ${way}`, (doors.get(`${code} ${way}`) ?? 0) + 1)
    }
    for (const [key, count] of doors) {
      const [code, way] = key.split(' ')
      const route = 2 * lineOf.get(code!)! + (way === 'r' ? 1 : 0)
      expect(count, key).toBe(service.routes.cars[route]! * service.routes.doors[route]!)
      platforms += 1
    }
  }
  expect(platforms).toBeGreaterThan(2)
})

test('an hour of the evening peak of the whole metro keeps its order, and trains are where the timetable wants them', () => {
  const transit = createTransit(service, 1, 18 * 3600)
  for (let time = 18 * 3600; time <= 19 * 3600; time += 1) stepTransit(transit, time)
  checkTransit(transit)
  let [running, late] = [0, 0]
  for (let trip = 0; trip < transit.trips.rows; trip++) {
    if (transit.trips.stage[trip] === TripStage.before || transit.trips.stage[trip] === TripStage.done) continue
    running += 1
    if (transit.trips.delay[trip]! > 15) late += 1
  }
  expect(running).toBeGreaterThan(300)
  expect(late).toBe(0)
})

test('bus lines that call at a stop are a service with that stop', async () => {
  const bus = await pack.layer(busLayer)
  const made = busService(bus, new Set([100]))
  expect(made.routes.rows).toBe(bus.stops.lineCount[100])
  for (let route = 0; route < made.routes.rows; route++) {
    const stops = made.stops.place.subarray(made.routes.stopFirst[route]!, made.routes.stopFirst[route]! + made.routes.stopCount[route]!)
    expect([...stops]).toContain(100)
  }
})

test('other passengers of a day are as many as get on the metro, fit in its trains, and all get off again', () => {
  const { aboard, exchange } = otherPassengers(metro, service)
  let boardings = 0
  for (let stop = 0; stop < service.stops.rows; stop++) {
    const route = service.stops.route[stop]!
    const seats = service.routes.cars[route]! * service.routes.room[route]!
    for (let hour = 0; hour < 24; hour++) {
      const departures = 3600 / workdayHeadway(metro.strings[metro.lines.code[service.routes.line[route]!]!]!, (hour + 0.5) * 3600)
      boardings += (exchange[24 * stop + hour]! / 2) * departures
      expect(aboard[24 * stop + hour]).toBeLessThan(seats)
    }
    if (stop + 1 === service.routes.stopFirst[route]! + service.routes.stopCount[route]!) expect(aboard[24 * stop + 18]).toBe(0)
  }
  // hk01.com: 9,000,200 a day in 2025.
  expect(boardings / 9_000_200).toBeCloseTo(1, 2)
})
