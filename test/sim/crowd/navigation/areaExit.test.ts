import { expect, test } from 'vitest'
import { createCrowd, CrowdCount, stepCrowd } from '../../../../src/sim'
import { floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../support'

test('an exit that is an area lets everybody out, also from cells that lie partly in it', () => {
  // A rank 2 m deep on ground with cells of 1 m that it cuts.
  const space = spaceOf({
    floors: [{ ...floorOf('ground', rectangle(0, 0, 30, 20)), cell: 1 }],
    goals: [{ id: 'rank', floor: 'ground', shape: rectangle(8.4, 17.4, 21.6, 19.4), kind: 'exit', open: true }],
  })
  const crowd = createCrowd(inputOf(space, walkersAt(Array.from({ length: 120 }, (_, at) => [1.2 + (at % 30) * 0.9, 2 + Math.floor(at / 30) * 1.5] as const)), [['rank']]))
  for (let tick = 0; tick < 20 * 60; tick++) stepCrowd(crowd)
  expect(crowd.counts[CrowdCount.left]).toBe(120)
})
