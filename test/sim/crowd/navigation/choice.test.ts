import { expect, test } from 'vitest'
import { createCrowd, crowdStateHash, crowdTotals, restoreCrowd, saveCrowd, stepCrowd, type Crowd, type CrowdChange, type Point, type Stage, type WalkSpace } from '../../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../support'

const room: WalkSpace = spaceOf({ floors: [floorOf('room', rectangle(0, 0, 20, 12))], goals: [exitOf('left', 'room', [0, 5], [0, 7]), exitOf('right', 'room', [20, 5], [20, 7])] })
/** The same, with a wall along the room between the undecided in the south and the others in the north. */
const walled: WalkSpace = { ...room, floors: [floorOf('room', rectangle(0, 0, 20, 12), rectangle(3, 4, 17, 4.2))] }

interface Choice { readonly follows?: number; readonly keeps?: number; readonly others?: number; readonly space?: WalkSpace; readonly changes?: readonly CrowdChange[] }

/** Twenty in the west of the middle who may choose, two seconds after ten others set out to the right. */
function roomOf({ follows, keeps, others = 10, space = room, changes = [] }: Choice): Crowd {
  const undecided = Array.from({ length: 20 }, (_, k): Point => [8 + 0.4 * (k % 4), 1 + 0.6 * Math.floor(k / 4)])
  const leaders = Array.from({ length: others }, (_, k): Point => [11 + (k % 5), 5 + Math.floor(k / 5)])
  const stage: Stage = { kind: 'walk', goals: ['left', 'right'], ...(follows !== undefined && { follows }), ...(keeps !== undefined && { keeps }) }
  const walkers = walkersAt([...undecided, ...leaders], (table, row) => {
    if (row < 20) table.reaction[row] = 2
    else table.journey[row] = 1
  })
  return createCrowd({ ...inputOf(space, walkers, []), changes, journeys: [{ id: 'choose', stages: [stage] }, { id: 'right', stages: [{ kind: 'walk', goals: ['right'] }] }] })
}

/** How many of the undecided leave by the right exit. */
function byTheRight(choice: Choice): number {
  const crowd = roomOf(choice)
  for (let tick = 0; tick < 1200 && crowdTotals(crowd).left < crowd.input.walkers.rows; tick++) stepCrowd(crowd)
  expect(crowdTotals(crowd).inside).toBe(0)
  return Array.from({ length: 20 }, (_, walker) => crowd.persons.leftAt[walker]!).filter(goal => goal === 1).length
}

test('the more one is drawn by others, the more of those who would go left go right with them', () => {
  const shares = [0, 3, 10, 60].map(follows => byTheRight({ follows }))
  expect(shares[0]).toBe(0)
  for (let at = 1; at < shares.length; at++) expect(shares[at]).toBeGreaterThanOrEqual(shares[at - 1]!)
  expect(shares[2]).toBeGreaterThan(5)
  expect(shares[3]).toBeGreaterThan(15)
})

test('nobody follows whom they do not see, nor where nobody walks', () => {
  expect(byTheRight({ follows: 10, space: walled })).toBe(0)
  expect(byTheRight({ follows: 10, others: 0 })).toBe(0)
})

test('who keeps to a choice leaves it when it is closed, and comes back to none that is shut', () => {
  const changes: CrowdChange[] = [{ kind: 'goal', id: 'left', open: false, tick: 60, source: 'test' }]
  expect(byTheRight({ keeps: 1000, changes })).toBeGreaterThan(15)
})

test('without either, a stage is the same to the bit; with them, a run that was saved and resumed is', () => {
  const hashes = [roomOf({}), roomOf({ follows: 0, keeps: 0 }), roomOf({ follows: 10, keeps: 2 })].map(crowd => {
    for (let tick = 0; tick < 150; tick++) stepCrowd(crowd)
    return crowdStateHash(crowd)
  })
  expect(hashes[1]).toBe(hashes[0])
  expect(hashes[2]).not.toBe(hashes[0])
  const early = roomOf({ follows: 10, keeps: 2 })
  for (let tick = 0; tick < 70; tick++) stepCrowd(early)
  const resumed = restoreCrowd(early.input, saveCrowd(early))
  for (let tick = 70; tick < 150; tick++) stepCrowd(resumed)
  expect(crowdStateHash(resumed)).toBe(hashes[2])
})
