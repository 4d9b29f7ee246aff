import { describe, expect, test } from 'vitest'
import { runMesoBench } from '../../../bench/meso'
import { compareEngines } from '../../../bench/mesoAgainstMicro'
import { assembleNetwork, gridSpec, mesoEquilibrium, mesoStateHash, mesoTotals, randomTrips } from '../../../src/sim'
import { inputOf } from '../support'
import { runMeso } from './support'

const city = (trips: number, seed: number) => {
  const network = assembleNetwork(gridSpec(3))
  return inputOf(network, randomTrips(network, trips, 1800, seed), { seed })
}

describe.each([1, 2])('seed %d', seed => {
  test('nobody is lost, doubled or late at any step, and all arrive in the end', () => {
    const world = runMeso(city(1500, seed), 3000)
    expect(mesoTotals(world)).toMatchObject({ departures: 1500, arrived: 1500, running: 0, waiting: 0, unreachable: 0 })
  })

  test('the same input is the same run', () => {
    const hash = (rerouteShare: number) => mesoStateHash(runMeso({ ...city(1200, seed), rerouteShare }, 900))
    expect(hash(0.3)).toBe(hash(0.3))
    expect(hash(0.3)).not.toBe(hash(0))
  })
})

test('an overloaded block locks, turns its rings on one by one, counts each, and empties itself', () => {
  const world = runMeso(city(6000, 3), 9000)
  const { departures, arrived, interventions } = mesoTotals(world)
  expect(arrived).toBe(departures)
  expect(world.interventions.length).toBe(3 * interventions)
})

test('repeated days come nearer to equilibrium, and save time', () => {
  const days = mesoEquilibrium(city(1700, 5), 1800)
  const steps = Array.from({ length: 6 }, () => days.next().value).map(({ gap, world }) => ({ gap, hours: mesoTotals(world).vehicleHours }))
  expect(steps.at(-1)!.gap).toBeLessThan(0.5 * steps[0]!.gap)
  expect(steps.at(-1)!.hours).toBeLessThan(steps[0]!.hours)
})

test('the bench runs, and repeats', () => {
  const tiny = [{ name: 'tiny', input: () => city(300, 1), seconds: 600 }]
  const [row] = runMesoBench(tiny, () => 0)
  expect(row!.moves).toBeGreaterThan(100)
  expect(runMesoBench(tiny, () => 0)[0]!.checksum).toBe(row!.checksum)
})

test('on an uncrowded grid links last as long as in the micro engine', () => {
  const { within, median, passages } = compareEngines(city(900, 4), { from: 300, to: 1500 })
  expect(passages).toBeGreaterThan(500)
  expect(median).toBeGreaterThan(0.9)
  expect(median).toBeLessThan(1.1)
  expect(within).toBeGreaterThan(0.7)
})
