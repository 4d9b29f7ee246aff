import { expect, test } from 'vitest'
import { createCrowd, stepCrowd } from '../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from './support'

test('people keep the gap that an orderly floor asks for, but not in its openings', () => {
  const floors = [{ ...floorOf('stand', rectangle(0, 0, 20, 20)), orderly: 0.25 }, floorOf('ring', rectangle(0, 20, 20, 26))]
  const space = spaceOf({ floors, joins: [{ id: 'opening', floors: ['stand', 'ring'], line: [[8.8, 20], [11.2, 20]] }], goals: [exitOf('out', 'ring', [0.4, 25.6], [19.6, 25.6])] })
  const { navigation: { linesUp }, index: { floors: { originX, originY, width, cellFirst }, cell } } = createCrowd(inputOf(space, walkersAt([[5, 5]]), [['out']]))
  const gapAt = (x: number, y: number): number => linesUp[cellFirst[0]! + Math.floor((y - originY[0]!) / cell) * width[0]! + Math.floor((x - originX[0]!) / cell)]!
  expect(gapAt(10, 19.8)).toBe(0)
  expect(gapAt(8.9, 19.8)).toBe(0)
  for (const [x, y] of [[10, 15], [3, 19.8], [17, 19.8], [1, 1]] as const) expect(gapAt(x, y)).toBe(0.25)
})

test('a floor that people are reluctant to walk along is left by a way out nearby, though the way inside is no longer', () => {
  const [inside, outside] = [1, 1.5].map(reluctance => {
    const floors = [{ ...floorOf('hall', rectangle(0, 0, 40, 6)), reluctance }, floorOf('yard', rectangle(0, 6, 40, 12))]
    const doorAt = (id: string, x: number) => ({ id, floors: ['hall', 'yard'] as const, line: [[x, 6], [x + 2, 6]] as const })
    const space = spaceOf({ floors, joins: [doorAt('near', 4), doorAt('far', 34)], goals: [exitOf('out', 'yard', [39.6, 6.4], [39.6, 8])] })
    const crowd = createCrowd(inputOf(space, walkersAt([[5, 1]]), [['out']]))
    for (let tick = 0; tick < 10 * 20; tick++) stepCrowd(crowd)
    return space.floors[crowd.now.floor[0]!]!.id
  })
  expect(inside).toBe('hall')
  expect(outside).toBe('yard')
})
