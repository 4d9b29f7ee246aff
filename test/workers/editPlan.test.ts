import { expect, test } from 'vitest'
import type { Scenario, ScenarioEdit } from '../../src/scenario'
import type { NetworkChange } from '../../src/sim'
import { clampToJoin, planUpdate } from '../../src/workers/editPlan'

const closure = (id: string, start = '07:10', end = '08:00'): ScenarioEdit =>
  ({ kind: 'closure', id, enabled: true, window: { start, end }, target: { links: ['a'] }, lanes: 'all' })
const scenario = (...edits: ScenarioEdit[]): Scenario => ({
  format: 'pengcheng-scenario', version: 1, id: 's', name: { zh: '', en: '' }, city: 'c', window: { start: '07:00', end: '09:00' },
  seed: 1, demand: { scale: 1, rerouteShare: 0 }, edits,
})
const close = (tick: number, source: string, row = 0): NetworkChange => ({ tick, kind: 'closeLane', row, source })
const open = (tick: number, source: string, row = 0): NetworkChange => ({ tick, kind: 'openLane', row, source })
const none = new Map<string, number>()

test('an added edit joins now: what its window says of the past holds from now on', () => {
  const plan = planUpdate(scenario(), scenario(closure('x')), [], [close(100, 'x'), open(900, 'x')], none, 500)
  expect(plan.kind).toBe('schedule')
  expect(plan.added).toEqual([close(500, 'x'), open(900, 'x')])
  expect(plan.joined.get('x')).toBe(500)
})

test('what was over before an edit joined never happens', () => {
  expect(clampToJoin([close(100, 'x'), open(200, 'x')], 500)).toEqual([])
  expect(clampToJoin([close(100, 'x'), close(100, 'x', 1), open(200, 'x')], 500)).toEqual([close(500, 'x', 1)])
})

test('a removed edit rewinds to the tick where it first applied', () => {
  const plan = planUpdate(scenario(closure('x')), scenario(), [close(500, 'x'), open(900, 'x')], [], new Map([['x', 500]]), 700)
  expect(plan).toMatchObject({ kind: 'rewind', fromTick: 500, changes: [] })
})

test('a removed edit that has not applied yet needs no history', () => {
  const plan = planUpdate(scenario(closure('x')), scenario(), [close(800, 'x')], [], none, 700)
  expect(plan).toMatchObject({ kind: 'rewind', fromTick: 700 })
})

test('a closure that ends now instead of later changes nothing of the past', () => {
  const plan = planUpdate(scenario(closure('x')), scenario(closure('x', '07:10', '07:30')), [close(500, 'x'), open(900, 'x')], [close(400, 'x'), open(700, 'x')],
    new Map([['x', 500]]), 700)
  expect(plan).toMatchObject({ kind: 'rewind', fromTick: 700, changes: [close(500, 'x'), open(700, 'x')] })
})

test('other edits keep the tick at which they joined', () => {
  const compiled = [close(100, 'y', 1), open(900, 'y', 1)]
  const plan = planUpdate(scenario(closure('x'), closure('y')), scenario(closure('y')), [close(500, 'x'), close(600, 'y', 1), open(900, 'y', 1)],
    compiled, new Map([['x', 500], ['y', 600]]), 700)
  expect(plan.changes).toEqual([close(600, 'y', 1), open(900, 'y', 1)])
})

test('switching an edit off is removing it; on again, it joins anew', () => {
  const off = planUpdate(scenario(closure('x')), scenario({ ...closure('x'), enabled: false }), [close(500, 'x')], [], new Map([['x', 500]]), 700)
  expect(off).toMatchObject({ kind: 'rewind', fromTick: 500 })
  expect(off.joined.has('x')).toBe(false)
})

test('another seed is another day', () => {
  expect(planUpdate(scenario(), { ...scenario(), seed: 2 }, [], [], none, 700).kind).toBe('restart')
})
