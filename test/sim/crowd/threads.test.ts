import { expect, test } from 'vitest'
import { checkCrowd, createCrowd, crowdStateHash, crowdTotals, restoreCrowd, saveCrowd, stepCrowd, stepCrowdTogether, type CrowdInput } from '../../../src/sim'
import { NavigationCount } from '../../../src/sim/crowd/navigation/createNavigation'
import { hallInput } from './support'
import { crewStarter } from '../crewStarter'

const crewOf = crewStarter()

const hall = hallInput(900, 3)
/** Half of them choose for themselves, with a look at others. */
const input: CrowdInput = { ...hall, journeys: [hall.journeys[0]!, { id: 'choose', stages: [{ kind: 'walk', goals: ['left', 'right'], follows: 40, keeps: 5 }] }] }
const TICKS = 130

test('the same crowd comes out of any number of threads, of a run begun again, and of one that was saved and resumed', () => {
  const alone = createCrowd(input)
  let saved: ArrayBuffer | null = null
  for (let tick = 0; tick < TICKS; tick++) {
    // While a field is being made, over stairs too.
    if (tick > 20 && saved === null && alone.navigation.counts[NavigationCount.field]! >= 0) saved = saveCrowd(alone)
    stepCrowd(alone)
  }
  const expected = crowdStateHash(alone)
  expect(alone.index.domains).toBeGreaterThanOrEqual(7)
  expect(crowdTotals(alone).inside).toBeGreaterThan(300)
  expect(saved).not.toBeNull()
  const resumed = restoreCrowd(input, saved!)
  while (crowdTotals(resumed).tick < TICKS) stepCrowd(resumed)
  expect(crowdStateHash(resumed)).toBe(expected)
  for (const threads of [2, 4, 7]) {
    const crew = crewOf(threads)
    const crowd = createCrowd(input, true)
    for (let tick = 0; tick < TICKS; tick++) {
      stepCrowdTogether(crew, crowd)
      if (tick % 50 === 0) checkCrowd(crowd)
    }
    expect(crowdStateHash(crowd), `${threads} threads`).toBe(expected)
  }
}, 60_000)
