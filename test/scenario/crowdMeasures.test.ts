import { expect, test } from 'vitest'
import { applyEdit, invert, parseScenario, type CountLineEdit, type Scenario } from '../../src/scenario'

const scenario: Scenario = {
  format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '试', en: 'test' }, city: 'shenzhen',
  window: { start: '20:00', end: '20:10' }, seed: 3, demand: { scale: 0, rerouteShare: 0 }, edits: [],
}
const line = (id: string): CountLineEdit => ({ kind: 'countLine', id, enabled: true, window: scenario.window, line: [[114.06, 22.54], [114.061, 22.54]] })
const codes = (changed: object): string[] => {
  const parsed = parseScenario({ ...scenario, ...changed })
  return parsed.ok ? [] : parsed.problems.map(({ code }) => code)
}

test('limits of alarms are set and taken back', () => {
  const edit = { kind: 'setCrowdLimits', crowdLimits: { unstable: 3.5, flowLevel: 109 } } as const
  const set = applyEdit(scenario, edit)
  expect(set.ok && set.value.crowdLimits).toEqual({ unstable: 3.5, flowLevel: 109 })
  const back = set.ok && applyEdit(set.value, invert(edit, scenario))
  expect(back && back.ok && back.value).toEqual(scenario)
})

test('limits that cannot be are refused: none above 0, dangerous before unstable, other names', () => {
  expect(codes({ crowdLimits: { unstable: 4.7, dangerous: 5 } })).toEqual([])
  expect(codes({ crowdLimits: { unstable: 0 } })).toHaveLength(1)
  expect(codes({ crowdLimits: { unstable: 6 } })).toEqual(['scenario/crowd-limits'])
  expect(codes({ crowdLimits: { fruin: 6 } })).toHaveLength(1)
})

test('there is room for 32 lines to count at', () => {
  const lines = Array.from({ length: 33 }, (_, at) => line(`line-${at}`))
  expect(codes({ edits: lines.slice(1) })).toEqual([])
  expect(codes({ edits: lines })).toEqual(['scenario/count-lines'])
  expect(codes({ edits: [...lines.slice(1), { ...lines[0]!, enabled: false }] })).toEqual([])
})
