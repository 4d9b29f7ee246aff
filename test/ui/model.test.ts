import { exitUse } from '../../src/ui/model/exits'
import { describe, beforeAll, expect, test, vi } from 'vitest'

beforeAll(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined })
  vi.stubGlobal('document', { documentElement: {} })
})

test('figures have as many digits as a reader wants, and a true minus', async () => {
  const { brief, clock, duration, signed } = await import('../../src/ui/model/format')
  expect([0.4211, 4.2, 42.19, 4219.4].map(brief)).toEqual(['0.42', '4.20', '42.2', '4,219'])
  expect([0.001, -3.5, 12].map(value => signed(value))).toEqual(['0', '−3.50', '+12'])
  expect(clock(26_130, true)).toBe('07:15:30')
  expect(duration(65.2)).toBe('1:05')
})

test('lanes are closed between a closure and its end, class by class', async () => {
  const { closedLanesAt } = await import('../../src/ui/model/closures')
  const changes = [
    { tick: 10, kind: 'closeLane', row: 4, source: 'a' }, { tick: 20, kind: 'closeLane', row: 4, classes: 8, source: 'b' },
    { tick: 30, kind: 'openLane', row: 4, source: 'a' }, { tick: 40, kind: 'openLane', row: 4, classes: 8, source: 'b' },
  ] as const
  expect(closedLanesAt(changes, 9)).toEqual([])
  expect(closedLanesAt(changes, 10)).toEqual([4])
  expect(closedLanesAt(changes, 40)).toEqual([])
})

test('jams are ranked by road, each at its worst section', async () => {
  const { topJams } = await import('../../src/ui/model/jams')
  const network = { links: { name: [0, 0, 1, -1] }, strings: ['深南大道', '滨海大道'] }
  const snapshot = { linkQueue: [5, 9, 12, 200], linkSpeed: [127, 254, 255, 0] }
  expect(topJams(network as never, snapshot as never, 5)).toEqual([
    { link: 1, name: '深南大道', queue: 14, speedShare: 1 }, { link: 2, name: '滨海大道', queue: 12, speedShare: null },
  ])
})

test('a number counts only within its bounds, as its field shows it', async () => {
  const { numberWithin } = await import('../../src/ui/parts/NumberField')
  expect(['-5', '0', '1', '2500', '500000', '500001', '', ' ', 'x'].map(typed => numberWithin(typed, 1, 500_000, 0)))
    .toEqual([null, null, 1, 2500, 500_000, null, null, null, null])
  expect([numberWithin('2.44', 1, 60, 1), numberWithin('0', 1, 60, 1)]).toEqual([2.4, null])
})

describe('ways out of a walk space', () => {
  test('all doors of a line are one, ways to the street too; the most used first', () => {
    expect(exitUse([
      { goal: 'square/door:04:f:3', persons: 5 }, { goal: 'square/portal:7', persons: 4 }, { goal: 'square/door:04:r:0', persons: 6 }, { goal: 'square/portal:1', persons: 3 }, { goal: 'square/taxi', persons: 1 },
    ])).toEqual([
      { kind: 'train', name: '4', persons: 11 }, { kind: 'street', name: '', persons: 7 }, { kind: 'taxi', name: '', persons: 1 },
    ])
  })
})
