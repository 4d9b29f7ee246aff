import { describe, expect, test } from 'vitest'
import { assembleNetwork, createWorld, step, straightSpec, type Network } from '../../src/sim'
import { inputOf, mean, run, travelTimes, tripTable, withGreenAndRed, type TripRow } from './support'

/** A straight road at 50 km/h with one signal in its middle: cars only. */
const signalled = (green: number, red: number, lanes = 1): Network =>
  withGreenAndRed(assembleNetwork(straightSpec(1600, { parts: 2, signal: true, lanes })), green, red)

const cars = (count: number, everyTicks: number): TripRow[] =>
  Array.from({ length: count }, (_, k) => ({ depart: Math.round(k * everyTicks), from: 0, to: 1, toOffset: 700 }))

/** Seconds after the start of each green at which fronts pass the stop line, by cycle. */
function passages(network: Network, trips: readonly TripRow[], cycle: number, cycles: number, seed: number): number[][] {
  const world = createWorld(inputOf(network, tripTable(network, trips), { seed, startTime: 0 }))
  const found: number[][] = Array.from({ length: cycles }, () => [])
  const before = new Map<number, number>()
  for (let tick = 0; tick < (cycles * cycle) / 0.5; tick++) {
    step(world)
    for (let slot = 0; slot < world.capacity; slot++) {
      if (world.slots.trip[slot]! < 0) continue
      const cell = world.slots.cell[slot]!
      const path = world.slots.path[slot]!
      const past = path >= network.lanes.rows || network.lanes.link[path] === 1
      const trip = world.slots.trip[slot]!
      if (past && !before.has(trip)) {
        // Within the tick, from the way that the front is past the line.
        const way = world.cells.position[cell]! + (path >= network.lanes.rows ? 0 : network.turns.length[0]!)
        const time = world.tick * 0.5 - way / Math.max(world.cells.speed[cell]!, 1)
        before.set(trip, time)
        found[Math.floor(time / cycle)]?.push(time - Math.floor(time / cycle) * cycle)
      }
    }
  }
  return found
}

describe('a queue at a fixed signal', () => {
  // Vehicles 5 to 21 of a standing queue, as the Highway Capacity Manual measures them.
  test.each([1, 2, 3])('discharges 1,900 veh/h a lane, 3 percent more or less, after 2.0 to 2.5 s of start-up loss (seed %d)', seed => {
    const cycles = passages(signalled(57, 60), cars(700, 3.6), 120, 10, seed).slice(2).filter(times => times.length > 22)
    expect(cycles.length).toBeGreaterThan(4)
    const headways = cycles.map(times => (times[20]! - times[4]!) / 16)
    const flow = 3600 / mean(headways)
    const lost = mean(cycles.map(times => times[3]!)) - (4 * 3600) / flow
    expect(flow).toBeGreaterThan(1900 * 0.97)
    expect(flow).toBeLessThan(1900 * 1.03)
    expect(lost).toBeGreaterThan(2.0)
    expect(lost).toBeLessThan(2.5)
  })

  test('nobody passes in the red', () => {
    for (const times of passages(signalled(30, 40), cars(200, 5), 73, 6, 4)) for (const time of times) expect(time).toBeLessThan(33.01)
  })

  test.each([[300, 30, 40], [450, 40, 40], [250, 25, 50]])('%d veh/h at regular intervals through %d s of green and %d s of red wait as Webster says', (flow, green, red) => {
    // Webster (1958), first term: c (1 - g/c)^2 / (2 (1 - q/s)), with the green that is used: yellow in, start-up loss out.
    const cycle = green + 3 + red
    const used = green + 3 - 2.2
    const stopped = (1 - used / cycle) / (1 - flow / 1900)
    const webster = (cycle * (1 - used / cycle) ** 2) / (2 * (1 - flow / 1900))
    // Theory stacks cars on the line; those who really stopped there have yet to reach their speed: v / (2 a).
    const theory = webster + (stopped * (50 / 3.6)) / (2 * 1.8)
    const trips = cars(180, 7200 / flow)
    const time = (network: Network): number => {
      const world = createWorld(inputOf(network, tripTable(network, trips)))
      run(world, Math.ceil((180 * 7200) / flow) + 1000)
      return mean(travelTimes(world).slice(20))
    }
    const delay = time(signalled(green, red)) - time(signalled(3600, 1))
    expect(delay / theory).toBeGreaterThan(0.85)
    expect(delay / theory).toBeLessThan(1.15)
  })
})
