import { expect, test } from 'vitest'
import { assembleNetwork, createWorld, linkReport, straightSpec, vehicleReport, vehicleWith } from '../../src/sim'
import { inputOf, run, tripTable } from './support'

test('a road that has been empty for a minute shows nothing of those who were there before, and for how long it has been', () => {
  const network = assembleNetwork(straightSpec(1600, { parts: 2, signal: false, lanes: 1 }))
  // 15 vehicles from 100 s on, all gone before 300 s.
  const trips = tripTable(network, Array.from({ length: 15 }, (_, k) => ({ depart: 200 + k * 8, from: 0, to: 1, toOffset: 700 })))
  const world = createWorld(inputOf(network, trips, { startTime: 0 }))
  run(world, 400)
  expect(linkReport(world, 0)).toMatchObject({ quiet: 0, seen: 15 })
  expect(linkReport(world, 0).speed).toBeGreaterThan(5)
  run(world, 600 - 400)
  const gone = linkReport(world, 0)
  expect(gone).toMatchObject({ vehicles: 0, seen: 15 })
  // 80 s into the next five minutes eleven of fifteen would still count.
  run(world, 160)
  expect(linkReport(world, 0)).toMatchObject({ vehicles: 0, seen: 0, flow: 0, speed: null, quiet: 80 })
  run(world, 600)
  expect(linkReport(world, 0)).toMatchObject({ quiet: 380 })
})

test('a vehicle on the road is found by the number of its trip; one that has not set out or has arrived is not', () => {
  const network = assembleNetwork(straightSpec(1600, { parts: 2, signal: false, lanes: 1 }))
  const trips = tripTable(network, [{ depart: 0, from: 0, to: 1, toOffset: 700 }, { depart: 20, from: 0, to: 1, toOffset: 700 }, { depart: 900, from: 0, to: 1, toOffset: 700 }])
  const world = run(createWorld(inputOf(network, trips, { startTime: 0 })), 60)
  const [first, second, third] = Array.from(trips.id)
  expect(vehicleReport(world, vehicleWith(world, first!))?.trip).toBe(first)
  expect(vehicleReport(world, vehicleWith(world, second!))?.trip).toBe(second)
  expect(vehicleWith(world, third!)).toBe(-1)
  run(world, 600)
  expect(vehicleWith(world, first!)).toBe(-1)
})
