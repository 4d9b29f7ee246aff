import { expect, test } from 'vitest'
import { createCrowd, crowdTotals, stepCrowd, type Crowd } from '../../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../support'

function run(crowd: Crowd, seconds: number): Crowd {
  for (let tick = 0; tick < seconds * 20; tick++) stepCrowd(crowd)
  return crowd
}

test('a line before a door is no jam: of 360 who wait up to three minutes hardly anybody is sent another way (22 before), though some turn left behind it and others right', () => {
  const floors = [{ ...floorOf('stand', rectangle(0, 0, 20, 16)), orderly: 0.25 }, { ...floorOf('ring', rectangle(0, 16, 20, 20)), orderly: 0.25 }]
  const space = spaceOf({
    floors, joins: [{ id: 'door', floors: ['stand', 'ring'], line: [[9.4, 16], [10.6, 16]] }],
    goals: [exitOf('left', 'ring', [0.4, 16.4], [0.4, 19.6]), exitOf('right', 'ring', [19.6, 16.4], [19.6, 19.6])],
  })
  const places = Array.from({ length: 360 }, (_, at) => [0.7 + (at % 24) * 0.8, 0.8 + Math.floor(at / 24) * 0.9] as const)
  const crowd = run(createCrowd(inputOf(space, walkersAt(places, (table, row) => { table.journey[row] = row % 2 }), [['left'], ['right']])), 120)
  expect(crowdTotals(crowd).inside).toBeGreaterThan(60)
  run(crowd, 100)
  expect(crowdTotals(crowd).left).toBe(360)
  expect(crowdTotals(crowd).replans).toBeLessThanOrEqual(3)
})

test('two who meet where neither can pass are no line: they are sent off after a minute', () => {
  const space = spaceOf({
    floors: [floorOf('passage', rectangle(0, 0, 12, 0.5))],
    goals: [exitOf('west', 'passage', [0.2, 0.05], [0.2, 0.45]), exitOf('east', 'passage', [11.8, 0.05], [11.8, 0.45])],
  })
  const walkers = walkersAt([[2, 0.25], [10, 0.25]], (table, row) => { table.journey[row] = row; table.radius[row] = 0.2 })
  const crowd = run(createCrowd(inputOf(space, walkers, [['east'], ['west']])), 120)
  const { replans } = crowdTotals(crowd)
  expect(replans).toBeGreaterThanOrEqual(1)
  expect([...crowd.navigation.events.tick.subarray(0, replans)].every(tick => tick * 0.05 > 60)).toBe(true)
})

test('who stands in a line before nothing is stuck like the first of it', () => {
  // The first does not fit through the gap that the shortest way leads through; those behind would wait for ever.
  const space = spaceOf({
    floors: [floorOf('hall', rectangle(0, 0, 10, 1.1), rectangle(6, 0, 6.2, 0.33), rectangle(6, 0.77, 6.2, 1.1))],
    goals: [exitOf('out', 'hall', [9.8, 0.1], [9.8, 1])],
  })
  const crowd = run(createCrowd(inputOf(space, walkersAt([[5, 0.55], [4, 0.55], [3, 0.55]], (table, row) => { table.radius[row] = 0.3 }), [['out']])), 90)
  expect(crowdTotals(crowd)).toMatchObject({ left: 0 })
  expect(new Set(crowd.navigation.events.walker.subarray(0, crowdTotals(crowd).replans)).size).toBe(3)
})
