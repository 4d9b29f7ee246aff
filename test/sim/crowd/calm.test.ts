import { expect, test } from 'vitest'
import { createCrowd, createTable, crowdStateHash, crowdTotals, stepCrowd, walkerColumns, type Crowd, type CrowdInput } from '../../../src/sim'
import { exitOf, floorOf, rectangle, spaceOf } from './support'

/** An audience that stands close, of which one after another goes to the door through the others, and a barrier that opens half way. */
function audience(persons: number): CrowdInput {
  const walkers = createTable(walkerColumns, persons)
  walkers.group.fill(-1)
  walkers.from.fill(-1)
  for (let row = 0; row < persons; row++) {
    walkers.id[row] = row + 1
    walkers.x[row] = 2 + 0.55 * (row % 20)
    walkers.y[row] = 2 + 0.55 * Math.floor(row / 20)
    walkers.leaveTick[row] = row % 5 === 0 ? 40 + 2 * row : 100_000
  }
  return {
    space: spaceOf({
      floors: [floorOf('hall', rectangle(0, 0, 24, 20))], goals: [exitOf('door', 'hall', [24, 8], [24, 10])],
      barriers: [{ id: 'rope', floor: 'hall', line: [[18, 0], [18, 20]], lets: 'none', closed: true }],
    }),
    walkers, journeys: [{ id: 'go', stages: [{ kind: 'stay', own: true }, { kind: 'walk', goals: ['door'], ifClosed: 'wait' }] }],
    changes: [{ tick: 300, source: 'test', kind: 'barrier', id: 'rope', closed: false }], seed: 1, dt: 0.05, startTime: 0,
  }
}

test('standers who are left alone while nobody near moves end where the model would have them, to the bit', () => {
  const input = audience(150)
  const [once, always] = [createCrowd(input), createCrowd(input)]
  const asleep = ({ calm }: Crowd): number => calm.reduce((sum, one) => sum + one, 0)
  let most = 0
  for (let tick = 1; tick <= 800; tick++) {
    stepCrowd(once)
    always.stir.fill(1)
    stepCrowd(always)
    most = Math.max(most, asleep(once))
    if (tick % 50 === 0) expect(crowdStateHash(once), `tick ${tick}`).toBe(crowdStateHash(always))
  }
  expect(most).toBeGreaterThan(100)
  expect(crowdTotals(once).left).toBeGreaterThan(10)
})
