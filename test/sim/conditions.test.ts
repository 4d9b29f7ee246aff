import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, createWorld, drivers, gridSpec, linkMeasures, linkReport, randomTrips, restoreWorld, saveWorld, stateHash, straightSpec, type NetworkChange, type World,
} from '../../src/sim'
import { inputOf, linkBetween, mean, run, runChecked, travelTimes, tripTable, withGreenAndRed } from './support'

const rain = (tick: number, until: number, speedFactor: number, capacity: number, source = 'rain'): NetworkChange[] => [
  { tick, kind: 'weather', row: 0, speedFactor, capacity, source }, { tick: until, kind: 'weather', row: 0, source }]
const works = (row: number, tick: number, until: number, capacity: number, source = 'works'): NetworkChange[] => [
  { tick, kind: 'capacity', row, capacity, source }, { tick: until, kind: 'capacity', row, source }]
const never = 1e6

/** veh/h that pass a stop line from a standing queue, the first four left out. */
function saturationFlow(changes: readonly NetworkChange[], seed: number): number {
  const network = withGreenAndRed(assembleNetwork(straightSpec(1600, { parts: 2, signal: true, lanes: 1 })), 57, 60)
  const trips = tripTable(network, Array.from({ length: 420 }, (_, k) => ({ depart: Math.round(k * 3.6), from: 0, to: 1, toOffset: 700 })))
  const world = createWorld(inputOf(network, trips, { seed, startTime: 0, changes }))
  const past = new Map<number, number>()
  run(world, 8 * 240, now => {
    for (let slot = 0; slot < now.capacity; slot++) {
      const trip = now.slots.trip[slot]!
      const path = now.slots.path[slot]!
      if (trip < 0 || past.has(trip) || path === 0) continue
      const way = now.cells.position[now.slots.cell[slot]!]! + (path === 1 ? network.turns.length[0]! : 0)
      past.set(trip, now.tick * 0.5 - way / Math.max(1, now.cells.speed[now.slots.cell[slot]!]!))
    }
  })
  const times = [...past.values()].sort((a, b) => a - b)
  const headways = Array.from({ length: 5 }, (_, at) => times.filter(time => Math.floor(time / 120) === at + 2)).map(cycle => (cycle[20]! - cycle[4]!) / 16)
  return 3600 / mean(headways)
}

describe('rain', () => {
  test.each([[0.98, 0.98], [0.96, 0.94], [0.94, 0.89]])('at %f of the speed a queue at a stop line discharges less, though not as little as %f', (speed, capacity) => {
    // A standing queue crosses the line before it is up to speed: there the longer gap counts for less than on a free road.
    const share = saturationFlow(rain(0, never, speed, capacity), 1) / saturationFlow([], 1)
    // Drivers' noise leaves 1 % of chance in the mean of 80 headways.
    expect(share).toBeGreaterThan(capacity - 0.012)
    expect(share).toBeLessThan(1 - 0.35 * (1 - capacity))
  })

  test('one drives as much slower on a free road', () => {
    const network = assembleNetwork(straightSpec(3000, { parts: 1, signal: false, lanes: 1 }))
    const trips = tripTable(network, Array.from({ length: 20 }, (_, k) => ({ depart: k * 200, from: 0, to: 0, fromOffset: 100, toOffset: 2900 })))
    const time = (changes: readonly NetworkChange[]): number => mean(travelTimes(run(createWorld(inputOf(network, trips, { changes })), 6000)))
    // Gathering speed takes a little of both.
    expect(time([]) / time(rain(0, never, 0.9, 0.9))).toBeCloseTo(0.9, 1)
    expect(Math.abs(time([]) / time(rain(0, never, 0.9, 0.9)) - 0.9)).toBeLessThan(0.01)
  })
})

describe('works', () => {
  test.each([0.7, 0.5])('let %f of the flow of a free lane past, less what a queue loses as it discharges', capacity => {
    const network = assembleNetwork(straightSpec(3000, { parts: 3, signal: false, lanes: 1 }))
    const trips = tripTable(network, Array.from({ length: 1600 }, (_, k) => ({ depart: Math.round(k * 2.8), from: 0, to: 2, toOffset: 900 })))
    const { bins } = linkMeasures(run(createWorld(inputOf(network, trips, { changes: works(1, 0, never, capacity) })), 4200))
    const flow = mean(bins.slice(2, 7).map(bin => bin.left[1]!)) / 300
    // 1 / (T + (s0 + L) / v); of queues about 7 % less (Highway Capacity Manual 6th ed., ch. 12).
    const free = 1 / (drivers.timeGap[0]! + (drivers.gapMin[0]! + drivers.length[0]!) / network.links.speedLimit[1]!)
    expect(flow / free).toBeLessThan(capacity)
    expect(flow / free).toBeGreaterThan(capacity * 0.89)
  })

  test('leave the road its speed limit, and rain what the law says of it', () => {
    const network = assembleNetwork(straightSpec(1600, { parts: 2, signal: true, lanes: 1 }))
    const world = run(createWorld(inputOf(network, tripTable(network, []), { changes: [...works(0, 0, never, 0.7), ...rain(0, never, 0.9, 0.9)] })), 1)
    expect(linkReport(world, 0).speedLimit).toBe(network.links.speedLimit[0])
  })
})

describe('the run and its past', () => {
  const network = assembleNetwork(gridSpec(4))
  const street = linkBetween(network, [250, 250], [500, 250])
  const trips = randomTrips(network, 700, 1500, 7)
  const changes = [...rain(300, 900, 0.94, 0.89), ...rain(500, 700, 0.96, 0.94, 'shower'), ...works(street, 400, 800, 0.5),
    { tick: 350, kind: 'speedLimit', row: street, speedLimit: 8, source: 'calm' }, { tick: 850, kind: 'speedLimit', row: street, source: 'calm' }] as const
  const at = (tick: number, more: readonly NetworkChange[]): World => run(createWorld(inputOf(network, trips, { changes: more })), tick)
  const conditions = (world: World): number[] => [...world.paths.limit, ...world.paths.gapFactor]

  test('when all is over every limit and time gap is as it was, and nothing collides on the way', () => {
    const world = runChecked(inputOf(network, trips, { changes }), 901)
    expect(conditions(world)).toEqual(conditions(at(901, [])))
    expect(conditions(at(600, changes))).not.toEqual(conditions(at(600, [])))
  })

  test('rain to come leaves every state before it as it is', () => {
    expect(stateHash(at(300, changes))).toBe(stateHash(at(300, [])))
    expect(stateHash(at(310, changes))).not.toBe(stateHash(at(310, [])))
  })

  test('conditions as they are change nothing', () => {
    const same = [...rain(0, never, 1, 1), ...works(street, 0, never, 1)]
    const [a, b] = [at(600, same), at(600, [])]
    // Only how many changes have been made differs.
    a.counts[17] = b.counts[17]!
    expect(stateHash(a)).toBe(stateHash(b))
  })

  test('a saved run goes on in the rain that it was saved in', () => {
    const input = inputOf(network, trips, { changes })
    expect(stateHash(run(restoreWorld(input, saveWorld(at(600, changes))), 400))).toBe(stateHash(at(1000, changes)))
  })
})
