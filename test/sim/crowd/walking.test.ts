import { expect, test } from 'vitest'
import { checkCrowd, createCrowd, crowdTotals, stepCrowd } from '../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from './support'

test('one person walks 40 m at their free speed', () => {
  const space = spaceOf({ floors: [floorOf('corridor', rectangle(0, 0, 42, 2))], goals: [exitOf('end', 'corridor', [41.2, 0], [41.2, 2])] })
  const crowd = createCrowd(inputOf(space, walkersAt([[1, 1]], (walkers, row) => { walkers.speed[row] = 1.33 }), [['end']]))
  while (crowdTotals(crowd).left === 0 && crowdTotals(crowd).tick < 1000) {
    stepCrowd(crowd)
    checkCrowd(crowd)
  }
  // The exit is reached 0.2 m before its line: 40 m at 1.33 m/s.
  expect(crowd.left.tick[0]! * crowd.input.dt).toBeCloseTo(40 / 1.33, 0)
})
