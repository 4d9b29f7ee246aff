import { describe, expect, test } from 'vitest'
import { AlarmKind, createCrowd, crowdLimits, fruinRoom, type Crowd, type Point } from '../../../src/sim'
import { createWatch, watchCrowd, WatchCount, type CrowdWatch } from '../../../src/sim/people/crowdWatch'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../crowd/support'

/** A crowd that stands, or walks east at `speed`, at given places of a hall of 20 x 20 m. */
function crowdAt(places: readonly Point[], speed: (row: number) => number = () => 0): Crowd {
  const hall = floorOf('hall', rectangle(0, 0, 20, 20))
  const crowd = createCrowd(inputOf(spaceOf({ floors: [hall], goals: [exitOf('out', 'hall', [20, 8], [20, 12])] }), walkersAt(places), [['out']]))
  for (const [row, [x, y]] of places.entries()) {
    Object.assign(crowd.now.x, { [row]: x })
    crowd.now.y[row] = y
    crowd.now.headingX[row] = Math.sign(speed(row)) || 1
    crowd.now.speed[row] = Math.abs(speed(row))
  }
  crowd.mail.first[crowd.index.domains] = places.length
  return crowd
}
/** So many persons a square metre, in columns of a grid over a rectangle. */
function grid(west: number, south: number, side: number, perMetre: number): Point[] {
  const n = side * perMetre
  return Array.from({ length: n * n }, (_, at): Point => [west + ((at % n) + 0.5) / perMetre, south + (Math.floor(at / n) + 0.5) / perMetre])
}
const look = (crowd: Crowd, seconds = 1, watch = createWatch(crowd)): CrowdWatch => {
  for (let second = 0; second < seconds; second++) { crowd.counts[0] = 20 * (second + 1); watchCrowd(watch, crowd) }
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
    const watch = look(crowdAt(grid(0, 0, 20, 1)), 3)
    // 1 person a square metre: 1.00 m² each, between D (0.93) and C (1.39).
    expect(fruinRoom.walkway[3]).toBe(0.93)
    expect(Array.from(watch.levels.subarray(0, 6))).toEqual([0, 0, 0, 1200, 0, 0])
  })
})

describe('exposure and alarms', () => {
  test('person-seconds at 4 and at 5 a square metre', () => {
    expect(Array.from(look(crowdAt(grid(0, 0, 20, 2)), 2).exposure)).toEqual([3200, 0])
    const dense = look(crowdAt(grid(4, 4, 6, 3)))
    expect(dense.exposure[1]).toBeGreaterThan(100)
    expect(dense.counts[WatchCount.densest]).toBeCloseTo(9, 4)
  })

  test('what lasts is told once, at its place; what passes is not', () => {
    const crowd = crowdAt(grid(8, 8, 4, 3))
    expect(look(crowd, crowdLimits.hold - 1).raised[0]).toBe(0)
    const watch = look(crowd, 40)
    const kinds = Array.from({ length: watch.raised[0]! }, (_, row) => watch.alarms.kind[row])
    expect(new Set(kinds)).toEqual(new Set([AlarmKind.unstable, AlarmKind.dangerous]))
    // The square lies over four blocks: at most one alarm of a kind in each.
    expect(kinds.length).toBeLessThanOrEqual(8)
    for (let row = 0; row < kinds.length; row++) {
      expect(Math.max(Math.abs(watch.alarms.x[row]! - 10), Math.abs(watch.alarms.y[row]! - 10))).toBeLessThanOrEqual(2)
      expect(watch.alarms.tick[row]).toBe(20 * crowdLimits.hold)
    }
  })

  test('pressure is density times the variance of velocity: none where all walk alike, turbulence where they push to and fro', () => {
    const places = grid(8, 8, 4, 3)
    expect(look(crowdAt(places, () => 1)).counts[WatchCount.pressure]).toBeLessThan(1e-5)
    const mixed = look(crowdAt(places, row => (row % 2 === 0 ? 0.5 : -0.5)), 10)
    // Variance 0.25 m²/s² at 9 a square metre.
    expect(mixed.counts[WatchCount.pressure]).toBeGreaterThan(2)
    expect(Array.from({ length: mixed.raised[0]! }, (_, row) => mixed.alarms.kind[row])).toContain(AlarmKind.turbulent)
  })

  test('a handful on a narrow step raises none', () => expect(look(crowdAt([[10, 10], [10.1, 10], [10, 10.1]]), 60).raised[0]).toBe(0))
})
