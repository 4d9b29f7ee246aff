import { expect, test } from 'vitest'
import { assembleNetwork, createWorld, linkReport, straightSpec } from '../../src/sim'
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
