import { expect, test } from 'vitest'
import { createCrowd, CrowdCount, stepCrowd, type Point } from '../../../src/sim'
import { exitOf, floorOf, inputOf, spaceOf, walkersAt } from './support'

/** Most persons within 2 m of the inner corner that 264 go round, and s until the last is out. */
function roundCorner(berth: number): { most: number; seconds: number } {
  const floor = { ...floorOf('square', [[0, 0], [30, 0], [30, 30], [15, 30], [15, 15], [0, 15]]), cell: 0.5, berth }
  const places = Array.from({ length: 264 }, (_, at): Point => [0.8 + 0.6 * (at % 12), 0.8 + 0.6 * Math.floor(at / 12)])
  const crowd = createCrowd(inputOf(spaceOf({ floors: [floor], goals: [exitOf('out', 'square', [15.4, 29.6], [29.6, 29.6])] }), walkersAt(places), [['out']]))
  const { mail, index, counts } = crowd
  let most = 0
  let ticks = 0
  for (; counts[CrowdCount.left]! < places.length && ticks < 20 * 120; ticks++) {
    stepCrowd(crowd)
    let near = 0
    for (let row = 0; row < mail.first[index.domains]!; row++) if (Math.hypot(crowd.now.x[row]! - 15, crowd.now.y[row]! - 15) < 2) near++
    most = Math.max(most, near)
  }
  expect(counts[CrowdCount.left]).toBe(places.length)
  return { most, seconds: ticks / 20 }
}

test('where people keep a berth from walls they do not all turn a corner at its point, and get round it hardly later', () => {
  const close = roundCorner(0)
  const wide = roundCorner(6)
  expect(wide.most).toBeLessThan(0.8 * close.most)
  expect(wide.seconds).toBeLessThan(1.05 * close.seconds)
})
