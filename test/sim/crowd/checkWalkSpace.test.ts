import { expect, test } from 'vitest'
import { checkWalkSpace, createCrowd, type WalkSpace } from '../../../src/sim'
import { exitOf, floorOf, hallInput, inputOf, rectangle, spaceOf, walkersAt } from './support'

test('a sound walk space has no problems', () => {
  expect(checkWalkSpace(hallInput(1, 1).space)).toEqual([])
})

const room = spaceOf({ floors: [floorOf('room', rectangle(0, 0, 10, 10)), floorOf('next', rectangle(10, 0, 20, 10))], goals: [exitOf('out', 'room', [0.4, 2], [0.4, 4])] })

test.each<[string, Partial<WalkSpace>]>([
  ['no-floor', { floors: [], goals: [] }],
  ['double-id', { goals: [...room.goals, ...room.goals] }],
  ['no-area', { floors: [...room.floors, floorOf('thin', [[0, 0], [5, 0], [9, 0]])] }],
  ['crossing-edges', { floors: [...room.floors, floorOf('bow', [[0, 0], [5, 5], [5, 0], [0, 6]])] }],
  ['no-ascent', { floors: [...room.floors, { ...floorOf('stair', rectangle(20, 0, 30, 2)), surface: 'stairs' }] }],
  ['no-gap', { floors: [...room.floors, { ...floorOf('hall', rectangle(20, 0, 30, 2)), orderly: -0.1 }] }],
  ['no-reluctance', { floors: [...room.floors, { ...floorOf('hall', rectangle(20, 0, 30, 2)), reluctance: 0.5 }] }],
  ['no-berth', { floors: [...room.floors, { ...floorOf('hall', rectangle(20, 0, 30, 2)), berth: -1 }] }],
  ['join-off-edge', { joins: [{ id: 'door', floors: ['room', 'next'], line: [[9.5, 2], [9.5, 4]] }] }],
  ['narrow-join', { joins: [{ id: 'door', floors: ['room', 'next'], line: [[10, 2], [10, 2.2]] }] }],
  ['no-such-floor', { goals: [exitOf('out', 'cellar', [1, 1], [1, 2])] }],
  ['off-floor', { goals: [exitOf('out', 'room', [50, 1], [50, 2])] }],
  ['no-lanes', { gates: [{ id: 'gate', floor: 'room', line: [[5, 0], [5, 3]], lanes: 0, service: 2, lets: 'both', open: true }] }],
])('%s', (code, parts) => {
  const problems = checkWalkSpace({ ...room, ...parts })
  expect(problems.map(problem => problem.code)).toContain(`walk-space/${code}`)
  for (const problem of problems) expect(problem.message.endsWith(problem.remedy!)).toBe(true)
  expect(() => createCrowd(inputOf({ ...room, ...parts }, walkersAt([[1, 1]]), [['out']]))).toThrow(/no crowd can be made of this walk space/)
})
