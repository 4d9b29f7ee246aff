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
  const before = held()
  for (let tick = 0; tick < 1000; tick++) step(world)
  const kept = held() - before
  expect(totals(world).arrived).toBeGreaterThan(arrived + 300)
  // 300 vehicles for 1,000 ticks: a number kept for each would be 2.4 MB. What remains are the compiler's own notes.
  expect(kept).toBeLessThan(200_000)
})
