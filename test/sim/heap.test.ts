import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { assembleNetwork, createWorld, gridSpec, randomTrips, step, totals } from '../../src/sim'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes on the heap that something still holds. */
function held(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

test('ticks keep nothing on the heap: what a run needs it has from the start', () => {
  const network = assembleNetwork(gridSpec(6))
  const world = createWorld({ network, trips: randomTrips(network, 3000, 3000, 1), changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3 })
  for (let tick = 0; tick < 900; tick++) step(world)
  const arrived = totals(world).arrived
  const kept = Array.from({ length: 4 }, () => {
    const before = held()
    for (let tick = 0; tick < 300; tick++) step(world)
    return held() - before
  })
  expect(totals(world).arrived).toBeGreaterThan(arrived + 300)
  // The compiler's notes come and go, now in this stretch and now in that; what ticks keep is kept in each. 300 vehicles
  // for 300 ticks: a number kept for each would be 720,000 bytes.
  expect(Math.min(...kept)).toBeLessThan(50_000)
})
