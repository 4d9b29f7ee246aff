import { expect, test } from 'vitest'
import { assembleNetwork, callsByZone, createWorld, gridSpec, randomTrips, step, tallyTrips, totals, VehicleClass, type World } from '../../src/sim'

/** A grid with trips of two classes from zones 0..9. */
function world(ticks: number): World {
  const network = assembleNetwork(gridSpec(6, { spacing: 180, lanes: 2 }))
  const trips = randomTrips(network, 400, 600, 3)
  for (let row = 0; row < trips.rows; row++) {
    trips.class[row] = row % 4 === 0 ? VehicleClass.taxi : VehicleClass.car
    trips.originZone[row] = row % 10
  }
  const made = createWorld({ network, trips, changes: [], seed: 3, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0 })
  for (let tick = 0; tick < ticks; tick++) step(made)
  return made
}

test('the tally of all trips is that of the run, at any moment', () => {
  for (const ticks of [0, 1, 150, 700]) {
    const made = world(ticks), { departures, waiting, running, arrived, unreachable } = totals(made)
    expect(tallyTrips(made, -Infinity, Infinity)).toEqual({ trips: 400, due: departures, waiting, underWay: running, arrived, unreachable })
  }
})

test('tallies of parts add up to that of the whole', () => {
  const made = world(400)
  const ids = [...made.input.trips.id].sort((a, b) => a - b), middle = ids[200]!
  const low = tallyTrips(made, ids[0]!, middle - ids[0]!), high = tallyTrips(made, middle, ids.at(-1)! - middle + 1)
  expect(low.trips + high.trips).toBe(400)
  const all = tallyTrips(made, -Infinity, Infinity)
  for (const key of ['due', 'waiting', 'underWay', 'arrived', 'unreachable'] as const) expect(low[key] + high[key]).toBe(all[key])
})

test('calls are of one class, of the time asked for, and lie where they set out', () => {
  const made = world(600)
  const { trips, network: { points } } = made.input
  const within = (seconds: number): number => Array.from({ length: trips.rows }, (_, row) => row).filter(row => trips.class[row] === VehicleClass.taxi && trips.departTick[row]! < made.tick && trips.departTick[row]! >= made.tick - seconds / 0.5).length
  for (const seconds of [60, 300]) {
    const places = callsByZone(made, VehicleClass.taxi, seconds)
    expect(places.reduce((sum, { calls }) => sum + calls, 0)).toBe(within(seconds))
    expect(places.map(({ calls }) => calls)).toEqual(places.map(({ calls }) => calls).sort((a, b) => b - a))
    for (const { x, y } of places) {
      expect(x >= Math.min(...points.x) && x <= Math.max(...points.x)).toBe(true)
      expect(y >= Math.min(...points.y) && y <= Math.max(...points.y)).toBe(true)
    }
  }
  expect(within(300)).toBeGreaterThan(20)
})
