import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdit, invert, parseDocumentEdits, type DocumentEdit, type SingleEdit, type Scenario, type ScenarioEdit } from '../../src/scenario'
import { gridScenario } from './gridCity'

const ids = ['a', 'b', 'c', 'd'] as const
const closure = fc.record({ id: fc.constantFrom(...ids), enabled: fc.boolean(), road: fc.constantFrom('东路0', '北路1') }).map(({ id, enabled, road }): ScenarioEdit =>
  ({ kind: 'closure', id, enabled, window: { start: '07:35', end: '07:50' }, target: { road }, lanes: 'all' }))
const single: fc.Arbitrary<SingleEdit> = fc.oneof(
  closure.map(edit => ({ kind: 'add', edit }) as const),
  fc.constantFrom(...ids).map(id => ({ kind: 'remove', id }) as const),
  closure.map(edit => ({ kind: 'replace', id: edit.id, edit }) as const),
  fc.integer({ min: 0, max: 99 }).map(seed => ({ kind: 'setSeed', seed }) as const),
  fc.constantFrom('07:00', '07:20').map(start => ({ kind: 'setWindow', window: { start, end: '08:00' } }) as const),
  fc.double({ min: 0, max: 2, noNaN: true }).map(scale => ({ kind: 'setDemand', demand: { scale, rerouteShare: 0.5 } }) as const),
  fc.constantFrom('x', 'y').map(en => ({ kind: 'setText', name: { zh: en, en }, description: null }) as const),
)
const change: fc.Arbitrary<DocumentEdit> = fc.oneof(single, fc.array(single, { maxLength: 4 }).map(edits => ({ kind: 'several', edits }) as const))

test('any list of changes, undone from its end, gives back an equal document', () => {
  fc.assert(fc.property(fc.array(change, { maxLength: 12 }), changes => {
    const first = gridScenario()
    let scenario: Scenario = first
    const undo: DocumentEdit[] = []
    for (const each of changes) {
      const outcome = applyEdit(scenario, each)
      if (!outcome.ok) { expect(outcome.problems.length).toBeGreaterThan(0); continue }
      undo.push(invert(each, scenario))
      expect(parseDocumentEdits([each, undo.at(-1)])).toMatchObject({ ok: true })
      scenario = outcome.value
    }
    for (const each of undo.reverse()) {
      const outcome = applyEdit(scenario, each)
      if (!outcome.ok) throw new Error(outcome.problems[0]!.message)
      scenario = outcome.value
    }
    expect(JSON.stringify(scenario)).toBe(JSON.stringify(first))
  }), { seed: 3, numRuns: 300 })
})

test('a change that cannot be made is refused and says why', () => {
  expect(applyEdit(gridScenario(), { kind: 'remove', id: 'gone' })).toMatchObject({ ok: false, problems: [{ code: 'scenario/unknown-edit' }] })
  const edit: ScenarioEdit = { kind: 'speedLimit', id: 'a', enabled: true, window: { start: '07:30', end: '07:40' }, target: { road: 'x' }, speedLimitKmh: 30 }
  const once = applyEdit(gridScenario(), { kind: 'add', edit })
  expect(once.ok && applyEdit(once.value, { kind: 'add', edit })).toMatchObject({ ok: false, problems: [{ code: 'scenario/duplicate-id' }] })
})

test('several changes are made together or not at all', () => {
  const edit: ScenarioEdit = { kind: 'speedLimit', id: 'a', enabled: true, window: { start: '07:30', end: '07:40' }, target: { road: 'x' }, speedLimitKmh: 30 }
  const both = applyEdit(gridScenario(), { kind: 'several', edits: [{ kind: 'add', edit }, { kind: 'add', edit: { ...edit, id: 'b' } }] })
  expect(both.ok && both.value.edits.map(({ id }) => id)).toEqual(['a', 'b'])
  expect(applyEdit(gridScenario(), { kind: 'several', edits: [{ kind: 'add', edit }, { kind: 'remove', id: 'gone' }] })).toMatchObject({ ok: false, problems: [{ code: 'scenario/unknown-edit' }] })
})
