import { describe, expect, test } from 'vitest'
import { applyEdit, compileInCity, invert, parseScenario, type CompiledScenario, type ResponseRule, type Scenario, type ScenarioEdit } from '../../src/scenario'
import { compileRules } from '../../src/scenario/withRules'
import { createWorld, ruleEngine, step, totals } from '../../src/sim'
import { followRules } from '../../src/sim/withRules'
import { gridCity, gridScenario } from './gridCity'

followRules()
const city = gridCity()
const { links } = city.network
const rule = (more: Partial<ResponseRule> = {}): ResponseRule => ({
  id: 'jam', enabled: true, window: { start: '07:30', end: '08:00' }, when: { measure: 'roadQueue', target: { road: '东路1' }, above: 8, forSeconds: 30 },
  release: { threshold: 3, afterSeconds: 60 }, actions: [{ kind: 'speedLimit', target: { road: '东路1' }, speedLimitKmh: 30 }], ...more,
})
const compile = (scenario: Scenario) => compileInCity(scenario, city, undefined, compileRules)
const compiled = (...rules: ResponseRule[]): CompiledScenario => {
  const outcome = compile(gridScenario({ rules }))
  if (!outcome.ok) throw new Error(outcome.problems[0]!.message)
  return outcome.value
}
const found = (more: Partial<ResponseRule>): string[] => {
  const outcome = compile(gridScenario({ rules: [rule(more)] }))
  return (outcome.ok ? outcome.value.warnings : outcome.problems).map(({ code }) => code)
}

describe('rules of a document', () => {
  test('become ticks, links and changes that name the rule', () => {
    const [only] = compiled(rule({ cooldownSeconds: 20 })).rules!
    expect(only).toMatchObject({ id: 'jam', side: 'above', threshold: 8, holdTicks: 60, release: { threshold: 3, holdTicks: 120 }, restTicks: 40, fromTick: 0, toTick: 3600, actions: ['speedLimit'] })
    expect(only!.begin.network.length).toBe(only!.measure.kind === 'roadQueue' && only!.measure.links.length)
    expect(new Set(only!.begin.network.map(({ source }) => source))).toEqual(new Set(['rule:jam']))
    expect(compiled(rule({ enabled: false })).rules).toBeUndefined()
  })

  test('act in the run of the document', () => {
    const run = compiled(rule({ when: { measure: 'roadQueue', target: { road: '东路1' }, above: 2, forSeconds: 5 }, release: { threshold: 1, afterSeconds: 5 } }))
    const world = createWorld(run)
    while (world.tick < 1200) step(world)
    const { log } = ruleEngine().report(world, world.rules!)
    expect(log[0]).toMatchObject({ rule: 'jam', kind: 'begin', measure: 'roadQueue', unit: 'vehicles', threshold: 2 })
    const { departures, waiting, running, arrived, unreachable } = totals(world)
    expect(departures).toBe(waiting + running + arrived + unreachable)
  })

  test('are read with every problem, each with its place', () => {
    const problems = (more: object): string[] => {
      const outcome = parseScenario({ ...gridScenario(), rules: [{ ...rule(), ...more }] })
      return outcome.ok ? [] : outcome.problems.map(({ code, subject }) => `${code} ${subject.id}`)
    }
    expect(problems({})).toEqual([])
    expect(problems({ when: { ...rule().when, below: 3 } })).toEqual(['scenario/rule-threshold jam'])
    expect(problems({ release: { threshold: 9, afterSeconds: 0 } })).toEqual(['scenario/rule-release jam'])
    expect(problems({ window: { start: '09:00', end: '09:30' } })).toEqual(['scenario/edit-outside-run jam'])
    expect(problems({ actions: [] })).toEqual(['scenario/schema rules[0].actions'])
    expect(problems({ actions: [{ kind: 'event' }] })).toEqual(['scenario/schema rules[0].actions[0].kind'])
    expect(problems({ when: { measure: 'noise', above: 3, forSeconds: 0 } })).toEqual(['scenario/schema rules[0].when.measure'])
    const twice = parseScenario({ ...gridScenario(), rules: [rule(), rule()] })
    expect(!twice.ok && twice.problems.map(({ code }) => code)).toEqual(['scenario/duplicate-id'])
  })

  test('that name what the city lacks are refused; those that can never act or that undo one another are told', () => {
    expect(found({})).toEqual([])
    expect(found({ actions: [{ kind: 'closure', target: { road: '西路' }, lanes: 'all' }] })).toEqual(['scenario/unknown-road'])
    expect(found({ when: { measure: 'roadSpeed', target: { road: '西路' }, below: 10, forSeconds: 0 }, release: { threshold: 20, afterSeconds: 0 } })).toEqual(['scenario/unknown-road'])
    expect(found({ when: { measure: 'roadQueue', target: { road: '东路1' }, above: 1e5, forSeconds: 0 } })).toEqual(['scenario/rule-never'])
    expect(found({ when: { measure: 'platformLoad', station: '市民中心', above: 100, forSeconds: 0 } })).toEqual(['scenario/rule-nobody'])
    const outcome = compile(gridScenario({ rules: [rule(), rule({ id: 'other' })], edits: [{ kind: 'speedLimit', id: 'calm', enabled: true, window: { start: '07:40', end: '07:50' }, target: { road: '东路1' }, speedLimitKmh: 40 }] }))
    expect(outcome.ok && outcome.value.warnings.map(({ code, subject: { id } }) => `${code} ${id}`)).toEqual(['scenario/rule-fights jam', 'scenario/rule-fights other', 'scenario/rule-fights other'])
  })

  test('are added, changed and taken away, each time with a way back', () => {
    const plain = gridScenario()
    for (const [before, edit] of [
      [plain, { kind: 'addRule', rule: rule() }], [gridScenario({ rules: [rule()] }), { kind: 'removeRule', id: 'jam' }],
      [gridScenario({ rules: [rule({ id: 'a' }), rule()] }), { kind: 'replaceRule', id: 'jam', rule: rule({ label: 'x' }) }],
    ] as const) {
      const after = applyEdit(before, edit)
      if (!after.ok) throw new Error(after.problems[0]!.message)
      expect(after.value).not.toEqual(before)
      expect(applyEdit(after.value, invert(edit, before))).toEqual({ ok: true, value: before })
    }
    expect(applyEdit(plain, { kind: 'removeRule', id: 'jam' })).toMatchObject({ ok: false, problems: [{ code: 'scenario/unknown-rule' }] })
  })
})

describe('edits of lanes, water and messages', () => {
  const base = { id: 'e', enabled: true, window: { start: '07:40', end: '07:50' } } as const
  const changes = (edit: ScenarioEdit) => {
    const outcome = compileInCity(gridScenario({ edits: [edit] }), city)
    if (!outcome.ok) return outcome.problems.map(({ code }) => code)
    return outcome.value.changes
  }
  const target = { road: '东路1' }
  const own = Array.from({ length: links.rows }, (_, link) => link).filter(link => city.network.strings[links.name[link]!] === '东路1')

  test('a bus lane shuts out all but those whom it is for', () => {
    const lane = changes({ ...base, kind: 'laneUse', target, laneCount: 1, side: 'kerb', classes: ['bus', 'taxi'] })
    const shut = changes({ ...base, kind: 'closure', target, lanes: { count: 1, side: 'kerb' }, classes: ['car', 'lorry', 'ebike'] })
    expect(lane).toHaveLength(2 * own.filter(link => links.laneCount[link]! > 1).length)
    expect((lane as readonly { row: number }[]).map(({ row }) => row)).toEqual((shut as readonly { row: number }[]).map(({ row }) => row))
    expect(changes({ ...base, kind: 'laneUse', target, laneCount: 9, side: 'kerb', classes: ['bus'] })).toEqual(['scenario/too-many-lanes'])
  })

  test('water slows as its depth has it, never above the limit, and shuts the road from 300 mm on', () => {
    // Pregnolato et al. (2017): 86.9 km/h at a hint of water, 24.3 km/h at 150 mm.
    const speedAt = (depthMm: number): number => (changes({ ...base, kind: 'flood', target, depthMm })[0] as { speedLimit: number }).speedLimit * 3.6
    expect(speedAt(150)).toBeCloseTo(24.2598, 3)
    expect(speedAt(10)).toBeCloseTo(links.speedLimit[own[0]!]! * 3.6, 3)
    expect((changes({ ...base, kind: 'flood', target, depthMm: 300 })[0] as { kind: string }).kind).toBe('closeLane')
  })

  test('a message is to those bound over the road', () => {
    expect(changes({ ...base, kind: 'message', target, share: 0.4 })).toEqual([...own.map(row => ({ tick: 1200, kind: 'message', row, share: 0.4, source: 'e' })), ...own.map(row => ({ tick: 2400, kind: 'message', row, source: 'e' }))])
  })
})
