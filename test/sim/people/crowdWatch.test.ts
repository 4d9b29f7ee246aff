import { describe, expect, test } from 'vitest'
import { createCrowd, fruinRoom, type Crowd } from '../../../src/sim'
import { createAlarms } from '../../../src/sim/people/alarms'
import { createWatch, watchCrowd, WatchCount, type CrowdWatch } from '../../../src/sim/people/crowdWatch'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../crowd/support'
import { crowdAt, grid } from './support'

const look = (crowd: Crowd): CrowdWatch => {
  const watch = createWatch(crowd)
  crowd.counts[0] = 20
  watchCrowd(watch, createAlarms(crowd.input.space), crowd)
  return watch
}

describe('density', () => {
  test('of an even crowd is what it is, inside and along a wall, where only half the ground counts', () => {
    const watch = look(crowdAt(grid(0, 0, 20, 2)))
    const seen = Array.from(watch.densest).filter(value => value > 0)
    expect(seen).toHaveLength(400)
    for (const value of seen) expect(value).toBeCloseTo(4, 4)
  })

  test('at a door it is that of both sides, as of any other ground', () => {
    const space = spaceOf({
      floors: [floorOf('hall', rectangle(0, 0, 10, 20)), floorOf('court', rectangle(10, 0, 20, 20))],
      joins: [{ id: 'door', floors: ['hall', 'court'], line: [[10, 8], [10, 12]] }], goals: [exitOf('out', 'court', [20, 8], [20, 12])],
    })
    const places = grid(0, 0, 20, 2)
    const crowd = createCrowd(inputOf(space, walkersAt(places), [['out']]))
    for (const [row, [x, y]] of places.entries()) {
      crowd.now.x[row] = x
      crowd.now.y[row] = y
      crowd.now.floor[row] = x < 10 ? 0 : 1
    }
    crowd.mail.first[crowd.index.domains] = places.length
    const watch = look(crowd)
    const seen = Array.from(watch.densest).filter(value => value > 0)
    expect(seen).toHaveLength(400)
    for (const value of seen) expect(value).toBeCloseTo(4, 4)
    // In the middle of the door nine square metres count, and not the six of one side.
    const cell = (floor: number, x: number, y: number): number => watch.first[floor]! + Math.floor(y - watch.originY[floor]!) * watch.width[floor]! + Math.floor(x - watch.originX[floor]!)
    expect([watch.room[cell(0, 9.5, 10)], watch.room[cell(1, 10.5, 10)], watch.room[cell(0, 9.5, 3)]]).toEqual([9, 9, 6])
  })

  test('time is counted by Fruin level: a bound belongs to the better one', () => {
    const watch = look(crowdAt(grid(0, 0, 20, 1)))
    // 1 person a square metre: 1.00 m² each, between D (0.93) and C (1.39).
    expect(fruinRoom.walkway[3]).toBe(0.93)
    expect(Array.from(watch.levels.subarray(0, 6))).toEqual([0, 0, 0, 400, 0, 0])
  })
})

test('exposure is person-seconds at 4 and at 5 a square metre', () => {
  expect(Array.from(look(crowdAt(grid(0, 0, 20, 2))).exposure)).toEqual([1600, 0])
  const dense = look(crowdAt(grid(4, 4, 6, 3)))
  expect(dense.exposure[1]).toBeGreaterThan(100)
  expect(dense.counts[WatchCount.densest]).toBeCloseTo(9, 4)
})

test('pressure is density times the variance of velocity: none where all walk alike', () => {
  const places = grid(8, 8, 4, 3)
  expect(look(crowdAt(places, () => 1)).counts[WatchCount.pressure]).toBeLessThan(1e-5)
  // Variance 0.25 m²/s² at 9 a square metre.
  expect(look(crowdAt(places, row => (row % 2 === 0 ? 0.5 : -0.5))).counts[WatchCount.pressure]).toBeGreaterThan(2)
})
