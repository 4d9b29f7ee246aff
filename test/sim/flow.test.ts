import { describe, expect, test } from 'vitest'
import { assembleNetwork, Control, createWorld, laneDropSpec, rampSpec, straightSpec, teeSpec, tripResults, type Network } from '../../src/sim'
import { drivers } from '../../src/sim/traffic/driverTypes'
import { speedFactor } from '../../src/sim/world'
import { inputOf, mean, run, runChecked, travelTimes, tripTable, type TripRow } from './support'

/** `count` trips, one every `every` ticks. */
const stream = (from: number, to: number, count: number, every: number, idFirst = 0, more: Partial<TripRow> = {}): TripRow[] =>
  Array.from({ length: count }, (_, k) => ({ id: idFirst + k, depart: Math.round(k * every), from, to, ...more }))

/** Arrivals in veh/h between two times, s. */
function arrivalRate(arriveTick: Int32Array, from: number, to: number, rows: (row: number) => boolean = () => true): number {
  const count = arriveTick.filter((tick, row) => tick >= from * 2 && tick < to * 2 && rows(row)).length
  return (count * 3600) / (to - from)
}

test.each([30, 50, 80, 120])('a car alone at a limit of %d km/h takes length / (limit x its factor)', limitKmh => {
  const limit = limitKmh / 3.6
  const network = assembleNetwork(straightSpec(4000, { parts: 4, speedLimit: limit }))
  for (let id = 100; id < 106; id++) {
    const world = createWorld(inputOf(network, tripTable(network, [{ id, depart: 0, from: 0, to: 3 }])))
    run(world, 1400)
    const way = world.trips.distance[0]!
    // It enters at 95 % of the limit and arrives in the tick that ends up to 0.5 s later.
    const speed = Math.min(limit * speedFactor(1, id), drivers.speedMax[0]!)
    expect(Math.abs(travelTimes(world)[0]! - way / speed)).toBeLessThan(1.5)
    expect(world.trips.freeFlowTime[0]! / (way / limit)).toBeCloseTo(1, 1)
  }
})

test('speed factors of drivers have mean 1 and standard deviation 0.1, within 0.8 and 1.2', () => {
  const factors = Array.from({ length: 20000 }, (_, id) => speedFactor(5, id))
  const average = mean(factors)
  expect(average).toBeCloseTo(1, 2)
  expect(Math.sqrt(mean(factors.map(f => (f - average) ** 2)))).toBeCloseTo(0.1, 2)
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.8)
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.2)
})

describe('narrow places', () => {
  const passed = (lanes: number, demand: number, seed: number): number => {
    const network = assembleNetwork(laneDropSpec({ lanes }))
    const world = runChecked(inputOf(network, tripTable(network, stream(0, 1, demand, 7200 / demand)), { seed }), 4800)
    return arrivalRate(world.trips.arriveTick, 600, 2400)
  }
  test('1,300 veh/h pass from two lanes to one', () => {
    expect(passed(2, 1300, 1) / 1300).toBeGreaterThan(0.98)
    expect(passed(2, 1300, 1) / 1300).toBeLessThan(1.02)
  })

  // A lane carries at most v / (s0 + length + v T) = 2,245 veh/h at 50 km/h; queues at real lane drops discharge 5 to 15 %
  // less than their lanes can carry (Cassidy & Bertini 1999, Transp. Res. B 33, 25; Chung, Rudjanakanoknad & Cassidy 2007).
  test.each([[2, 1, 1], [2, 1, 2], [3, 2, 1]])('lanes that zip from %d to %d discharge an overload at 82 to 97 %% of what their lanes carry (seed %d)', (lanes, left, seed) => {
    const flow = passed(lanes, 1800 * lanes, seed) / left
    expect(flow).toBeGreaterThan(0.82 * 2245)
    expect(flow).toBeLessThan(0.97 * 2245)
  })

  test.each([[2000, 400, 2350], [3000, 800, 3500]])('an expressway with %d veh/h and a ramp with %d both flow', (main, ramp, least) => {
    const network = assembleNetwork(rampSpec())
    const trips = tripTable(network, [...stream(0, 1, main / 2, 7200 / main), ...stream(2, 1, ramp / 2, 7200 / ramp, 100000)])
    const world = runChecked(inputOf(network, trips), 3600)
    const { arriveTick } = tripResults(world)
    expect(arrivalRate(arriveTick, 600, 1800)).toBeGreaterThan(least)
    expect(arrivalRate(arriveTick, 600, 1800)).toBeLessThan(4400)
    expect(arrivalRate(arriveTick, 600, 1800, row => trips.id[row]! >= 100000) / ramp).toBeGreaterThan(0.95)
  })

  test('an empty expressway lets a ramp flow freely', () => {
    const network = assembleNetwork(rampSpec())
    const world = runChecked(inputOf(network, tripTable(network, stream(2, 1, 300, 8))), 3200)
    const times = travelTimes(world)
    expect(times.every(Number.isFinite)).toBe(true)
    expect(mean(times) / mean([...world.trips.freeFlowTime])).toBeLessThan(1.25)
  })
})

describe('a minor road that meets a major one', () => {
  // Links of the tee: 0 in and 1 out in the west, 2 in and 3 out in the east, 4 in and 5 out on the minor road in the south.
  const network: Network = assembleNetwork(teeSpec({ control: Control.priority }))
  const delays = (majorPerHour: number, minorPerHour: number): { major: number; minor: number } => {
    const hour = 7200
    const major = majorPerHour > 0 ? stream(2, 1, majorPerHour / 2, hour / majorPerHour) : []
    const minor = minorPerHour > 0 ? stream(4, 1, minorPerHour / 2, hour / minorPerHour, 100000) : []
    const trips = tripTable(network, [...major, ...minor])
    const world = runChecked(inputOf(network, trips), 4800)
    const times = travelTimes(world).map((time, row) => time - world.trips.freeFlowTime[row]!)
    expect(times.every(Number.isFinite)).toBe(true)
    const of = (from: number): number => mean(times.filter((_, row) => trips.originLink[row] === from))
    return { major: of(2), minor: of(4) }
  }
  test('the minor road waits, the more the busier the major one, which hardly notices', () => {
    const majorAlone = delays(600, 0).major
    const minorAlone = delays(0, 100).minor
    const [calm, busy] = [delays(200, 100), delays(600, 100)]
    expect(calm.minor).toBeGreaterThan(minorAlone)
    expect(busy.minor).toBeGreaterThan(calm.minor)
    expect(busy.minor - minorAlone).toBeGreaterThan(3 * (busy.major - majorAlone))
    expect(busy.major - majorAlone).toBeLessThan(2)
  })
})
