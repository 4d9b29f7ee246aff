import { describe, expect, test } from 'vitest'
import { AlarmKind, crowdLimits, type Crowd, type Point } from '../../../src/sim'
import { alarmsNow, createAlarms, noteAlarm, settleAlarms, type Alarms } from '../../../src/sim/people/alarms'
import { createWatch, watchCrowd } from '../../../src/sim/people/crowdWatch'
import { crowdAt, grid } from './support'

interface Told { readonly kind: number; readonly peak: number; readonly persons: number; readonly from: number; readonly to: number | null; readonly x: number; readonly y: number }
const told = ({ list, raised }: Alarms): Told[] => Array.from({ length: raised[0]! }, (_, row) => ({
  kind: list.kind[row]!, peak: list.peak[row]!, persons: list.persons[row]!, from: list.tick[row]! / 20, to: list.endTick[row]! < 0 ? null : list.endTick[row]! / 20, x: list.x[row]!, y: list.y[row]!,
}))

/** Looks once a second; `there` says who of the places is there. */
function watched(crowd: Crowd, seconds: number, there: (second: number) => boolean = () => true): Alarms {
  const watch = createWatch(crowd)
  const alarms = createAlarms(crowd.input.space)
  const all = crowd.mail.first[crowd.index.domains]!
  for (let second = 1; second <= seconds; second++) {
    crowd.mail.first[crowd.index.domains] = there(second) ? all : 0
    crowd.counts[0] = 20 * second
    watchCrowd(watch, alarms, crowd)
    settleAlarms(alarms, 1, 20 * second, 0.05)
  }
  return alarms
}

describe('a crowd', () => {
  test('of a few who stand close, as before the door of a train, is no crush however long they do', () => {
    // 27 on 3 x 1 m, and 25 on the 9 m² of one small cell and those around.
    const door: Point[] = grid(8, 8, 3, 3).slice(0, 27)
    expect(watched(crowdAt(door), 300).raised[0]).toBe(0)
    expect(watched(crowdAt(grid(8, 8, 2.5, 2.1)), 300).raised[0]).toBe(0)
  })

  test('on 5 x 5 m that lasts is one alarm, the gravest that it was, with its peak; what passes is none', () => {
    const crowd = crowdAt(grid(7, 7, 6, 3))
    expect(watched(crowd, crowdLimits.hold - 1).raised[0]).toBe(0)
    // It lies over four blocks, and is unstable and dangerous.
    const [alarm, ...others] = told(watched(crowd, 100))
    expect(others).toEqual([])
    expect(alarm).toMatchObject({ kind: AlarmKind.dangerous, from: 1, to: null, persons: 225 })
    expect(alarm!.peak).toBeCloseTo(9, 6)
    expect(Math.hypot(alarm!.x - 10, alarm!.y - 10)).toBeLessThan(1)
  })

  test('that is gone for a moment goes on; calm for a minute it is over, and what comes then is another', () => {
    const alarms = watched(crowdAt(grid(7, 7, 6, 3)), 400, second => second <= 100 || (second > 130 && second <= 180) || second > 300)
    expect(told(alarms).map(({ from, to }) => [from, to])).toEqual([[1, 180], [301, null]])
    expect(alarmsNow(alarms)).toBe(1)
  })

  test('at two far places is two alarms', () => {
    const places = [...grid(7, 7, 6, 3), ...grid(107, 7, 6, 3)]
    expect(told(watched(crowdAt(places, () => 0, 120), 60)).map(({ x }) => Math.round(x / 10))).toEqual([1, 11])
  })

  test('is turbulent where it is dense on the whole and people push to and fro', () => {
    const turbulent = (places: Point[]): boolean => told(watched(crowdAt(places, row => (row % 2 === 0 ? 0.5 : -0.5)), 60)).some(({ kind }) => kind === AlarmKind.turbulent)
    expect(turbulent(grid(7, 7, 6, 3))).toBe(true)
    expect(turbulent(grid(8, 8, 3, 3))).toBe(false)
  })
})

test('what sways about its limit is one alarm, and none if it is below it on average', () => {
  const sway = (mean: number): Told[] => {
    const alarms = createAlarms({ floors: [], joins: [] })
    for (let second = 1; second <= 600; second++) {
      noteAlarm(alarms, AlarmKind.unstable, mean + (second % 2 === 0 ? 0.2 : -0.2), 4, 50, 0, 5, 5, 20 * second)
      settleAlarms(alarms, 1, 20 * second, 0.05)
    }
    return told(alarms)
  }
  expect(sway(4.05)).toHaveLength(1)
  expect(sway(3.95)).toEqual([])
})

test('its peak is the worst of all of it, before it had lasted long enough too', () => {
  const alarms = createAlarms({ floors: [], joins: [] })
  for (let second = 1; second <= 40; second++) {
    noteAlarm(alarms, AlarmKind.unstable, second < 10 ? 4.9 : 4.1, 4, 50, 0, 5, 5, 20 * second)
    settleAlarms(alarms, 1, 20 * second, 0.05)
  }
  expect(told(alarms)).toMatchObject([{ kind: AlarmKind.unstable, peak: 4.9 }])
})

test('a platform that grows from too full to clear to too full for safety is one alarm', () => {
  const alarms = createAlarms({ floors: [], joins: [] })
  for (let second = 1; second <= 60; second++) {
    if (second > 30) noteAlarm(alarms, AlarmKind.safety, 7, 6, 1700, 0, 5, 5, 20 * second)
    else noteAlarm(alarms, AlarmKind.platform, 5, 4, 1400, 0, 5, 5, 20 * second)
    settleAlarms(alarms, 1, 20 * second, 0.05)
  }
  expect(told(alarms)).toEqual([{ kind: AlarmKind.safety, peak: 7, persons: 1700, from: 1, to: null, x: 5, y: 5 }])
})
