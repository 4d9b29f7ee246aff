import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { createCrowd, crowdTotals, stepCrowd } from '../../../src/sim'
import { hallInput } from './support'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes on the heap that something still holds. */
function held(): number {
  collect()
  collect()
  return process.memoryUsage().heapUsed
}

test('ticks of a crowd keep nothing on the heap', () => {
  const crowd = createCrowd(hallInput(800, 1))
  for (let tick = 0; tick < 200; tick++) stepCrowd(crowd)
  const before = crowdTotals(crowd)
  const kept = Array.from({ length: 3 }, () => {
    const start = held()
    for (let tick = 0; tick < 60; tick++) stepCrowd(crowd)
    return held() - start
  })
  const { left, inside } = crowdTotals(crowd)
  expect(left).toBeGreaterThan(before.left)
  expect(inside).toBeGreaterThan(300)
  // A number kept for each of 300 people and 60 ticks would be 144,000 bytes.
  expect(Math.min(...kept)).toBeLessThan(50_000)
})
