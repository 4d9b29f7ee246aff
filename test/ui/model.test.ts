import type { Scenario, ScenarioEdit } from '../../src/scenario'
import { shippedScenario } from '../shipped'
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

test('a shipped document loses its description when it becomes the planner\'s own; a planner\'s keeps it', async () => {
  const { forkOf } = await import('../../src/ui/documents/names')
  const name = { zh: '我的', en: 'Mine' }, description = { zh: '无管制', en: 'nothing closed' }
  const scenario = { id: 'morning-peak', name: { zh: '早高峰', en: 'Morning peak' }, description, edits: [] } as unknown as Scenario
  expect(forkOf(scenario, name, { kind: 'shipped', url: 'x' })).toEqual({ id: 'morning-peak', name, edits: [] })
  expect(forkOf(scenario, name, { kind: 'given' })).toEqual({ ...scenario, name })
})

test('a report asks what the planner wrote, else what the changes of the document do', async () => {
  const { questionOf } = await import('../../src/ui/model/describeEdit')
  const t = ((key: string, values?: { changes?: string; name?: string }) => (key === 'edits.comma' ? ', ' : key === 'conflict.more' ? ' more' : values?.changes ?? values?.name ?? key)) as never
  const closure = (at: number): ScenarioEdit => ({ kind: 'closure', id: String(at), enabled: at !== 1, window: { start: '07:10', end: '08:00' }, target: { road: '滨海大道' }, lanes: 'all' })
  const of = (edits: readonly ScenarioEdit[], description?: Scenario['description']): string => questionOf({ name: { zh: '甲', en: 'A' }, edits, ...(description ? { description } : {}) }, t)
  expect(of([])).toBe('A')
  expect(of([closure(0), closure(1)])).toBe('edits.closure (滨海大道, edits.allLanes, 07:10–08:00)')
  expect(of([2, 3, 4, 5, 6, 7].map(closure))).toMatch(/^(edits\.closure \([^)]*\); ){4}edits\.closure \([^)]*\) more$/)
  expect(of([closure(0)], { zh: '问', en: 'Why?' })).toBe('Why?')
})

test('a time is read as planners type it; what is none is refused, not taken for 00:00', async () => {
  const { timeTyped } = await import('../../src/ui/parts/TimeField')
  expect(['7:30', '07:30', '730', '0730', ' 7 ', '17：05', '7.30', '24:00'].map(timeTyped)).toEqual(['07:30', '07:30', '07:30', '07:30', '07:00', '17:05', '07:30', '24:00'])
  expect(['abc', '', '25:00', '7:61', '12:5', '12345', '-1', '7:30pm', '24:01'].map(timeTyped)).toEqual(Array(9).fill(null))
})

test('a name in both languages is told in that of the page, and stays one unless another is written', async () => {
  const { editName, labelFrom, labelOf } = await import('../../src/ui/model/labels')
  const label = { zh: '大雨', en: 'Heavy rain' }
  expect(labelOf({ label })).toBe('Heavy rain')
  expect(labelOf({ label: '大雨' })).toBe('大雨')
  expect(editName({ kind: 'closure' }, ((key: string) => key) as never)).toBe('edits.closure')
  expect(labelFrom(' Heavy rain ', { label })).toEqual({ label })
  expect(labelFrom('Rain', { label })).toEqual({ label: 'Rain' })
  expect(labelFrom('', { label })).toEqual({})
})

test('what shipped scenarios call their changes and rules is said in both languages', async () => {
  const { presetIds } = await import('../../src/ui/model/presets')
  for (const id of presetIds) {
    const { edits, rules = [] } = shippedScenario(id)
    for (const { id: each, label } of [...edits, ...rules]) expect(label, `${id} ${each}`).toMatchObject({ zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.not.stringMatching(/\p{Script=Han}|Avenue|Centre/u) })
  }
})
