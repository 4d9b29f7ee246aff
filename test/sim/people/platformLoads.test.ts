import { describe, expect, test } from 'vitest'
import { AlarmKind, createCrowd, crowdLimits, type Crowd, type Floor, type PeopleInput, type Point } from '../../../src/sim'
import { createLineCounts } from '../../../src/sim/people/countLines'
import { createPeopleWatch, watchPeople } from '../../../src/sim/people/peopleWatch'
import { clearMinutes, createPlatformLoads } from '../../../src/sim/people/platformLoads'
import { exitReports } from '../../../src/sim/people/exitReports'
import type { People } from '../../../src/sim/people/people'
import { PLACES } from '../../../src/sim/people/peopleTypes'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../crowd/support'

const slope = (id: string, x: number, width: number, belt?: number): Floor => ({
  ...floorOf(id, rectangle(x, 10, x + width, 20)), surface: belt === undefined ? 'stairs' : 'escalator', ...(belt === undefined ? {} : { belt }),
  ascent: { from: [x + width / 2, 10], to: [x + width / 2, 20], rise: 5 },
})

/** A platform of 40 x 10 m with two escalators up, one down, and 3 m of stairs; persons stand on it. */
function station(persons: number): { crowd: Crowd; input: PeopleInput } {
  const space = spaceOf({
    floors: [floorOf('platform', rectangle(0, 0, 40, 10)), slope('up 1', 2, 1, 0.65), slope('up 2', 6, 1, 0.65), slope('down', 10, 1, -0.65), slope('stair', 14, 3), { ...floorOf('hall', rectangle(0, 20, 40, 30)), height: 5 }],
    joins: [['up 1', 2, 1], ['up 2', 6, 1], ['down', 10, 1], ['stair', 14, 3]].flatMap(([id, x, width]) => [
      { id: `${id} foot`, floors: ['platform', id as string] as const, line: [[x as number, 10], [(x as number) + (width as number), 10]] as const },
      { id: `${id} head`, floors: [id as string, 'hall'] as const, line: [[x as number, 20], [(x as number) + (width as number), 20]] as const },
    ]),
    goals: [exitOf('door', 'platform', [20, 0.2], [22, 0.2]), exitOf('out', 'hall', [40, 22], [40, 28])],
  })
  const places = Array.from({ length: persons }, (_, at): Point => [18 + (at % 50) * 0.4, 1 + Math.floor(at / 50) * 0.4])
  const crowd = createCrowd(inputOf(space, walkersAt(places), [['out']]))
  for (const [row, [x, y]] of places.entries()) {
    crowd.now.x[row] = x
    crowd.now.y[row] = y
  }
  crowd.mail.first[crowd.index.domains] = persons
  return { crowd, input: { goalStop: Int32Array.of(0, -1), limits: crowdLimits } as unknown as PeopleInput }
}

describe('a platform', () => {
  test('is cleared by its stairs and all escalators that lead away from it but one, at nine tenths: GB 51298-2018, 5.1.2', () => {
    const { crowd, input } = station(0)
    const { floors, capacity } = createPlatformLoads(crowd, input)
    expect(floors).toEqual([0])
    // 0.9 [8190 / 60 (2 - 1) + 3700 / 60 * 3] persons a minute.
    expect(capacity[0]).toBeCloseTo(0.9 * (136.5 + 185), 6)
    expect(clearMinutes(4 * capacity[0]!, capacity[0]!)).toEqual({ platform: 4, safety: 5 })
    expect(clearMinutes(0, 0)).toEqual({ platform: 0, safety: 0 })
    expect(clearMinutes(1, 0).platform).toBe(Infinity)
  })

  test('that takes longer raises an alarm, with its limit, once', () => {
    const alarms = (persons: number): { kind: number; value: number; limit: number }[] => {
      const { crowd, input } = station(persons)
      const watch = createPeopleWatch(input, crowd, null)
      for (let second = 1; second <= 4; second++) {
        crowd.counts[0] = 20 * second
        watchPeople(watch, crowd, null, new Int32Array(PLACES))
      }
      expect(watch.platforms.table.most[0]).toBe(persons)
      return Array.from({ length: watch.alarms.raised[0]! }, (_, row) => ({ kind: watch.alarms.list.kind[row]!, value: watch.alarms.list.peak[row]!, limit: watch.alarms.list.limit[row]! }))
    }
    expect(alarms(1100)).toEqual([])
    // 289.35 a minute: 1,200 take 4.15 min, and all are in safety after 5.15.
    expect(alarms(1200)).toEqual([{ kind: AlarmKind.platform, value: 1200 / (0.9 * 321.5), limit: 4 }])
    // One platform, one alarm: the graver.
    expect(alarms(1500)).toEqual([{ kind: AlarmKind.safety, value: 1 + 1500 / (0.9 * 321.5), limit: 6 }])
  })
})

test('a minute with more over a line than the Green Guide reckons with raises an alarm', () => {
  const { crowd, input } = station(0)
  const line = { id: 'line', line: [[10, 0], [10, 10]] as const, level: 'platform', from: 0, until: Infinity }
  const watch = createPeopleWatch({ ...input, countLines: [line] }, crowd, null)
  expect(createLineCounts(crowd, null, [line]).width[0]).toBeCloseTo(10, 6)
  const minute = (index: number, persons: number): number => {
    watch.lines.series[index] = persons
    crowd.counts[0] = 20 * 60 * (index + 1)
    watchPeople(watch, crowd, null, new Int32Array(PLACES))
    return watch.alarms.raised[0]!
  }
  expect(minute(0, 820)).toBe(0)
  expect(minute(1, 821)).toBe(1)
  expect([watch.alarms.list.kind[0], watch.alarms.list.peak[0], watch.alarms.list.limit[0]]).toEqual([AlarmKind.flow, 82.1, 82])
})

test('exits are balanced where each takes as many as its width does of all widths', () => {
  const space = spaceOf({ floors: [floorOf('a/ground', rectangle(0, 0, 20, 20))], goals: [exitOf('a/portal:1', 'a/ground', [20, 2], [20, 4]), exitOf('a/portal:2', 'a/ground', [0, 2], [0, 8])] })
  const crowd = createCrowd(inputOf(space, walkersAt(Array.from({ length: 8 }, (_, at): Point => [5 + at, 5])), [['a/portal:1']]))
  const use = (narrow: number, wide: number): ReturnType<typeof exitReports> => {
    for (let at = 0; at < narrow + wide; at++) crowd.left.goal[at] = at < narrow ? 0 : 1
    crowd.counts[5] = narrow + wide
    return exitReports({ crowd, input: { crowd: crowd.input, goalStop: Int32Array.of(-1, -1) } } as unknown as People)
  }
  expect(use(2, 6).balance).toBeCloseTo(1, 9)
  expect(use(8, 0).balance).toBeCloseTo(0.25, 9)
  expect(use(2, 6).exits.map(({ goal, persons, share, capacityShare }) => [goal, persons, share, capacityShare])).toEqual([['a/portal:2', 6, 0.75, 0.75], ['a/portal:1', 2, 0.25, 0.25]])
  expect(use(0, 0).balance).toBeNull()
})
