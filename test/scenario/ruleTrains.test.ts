import { describe, expect, test } from 'vitest'
import { compileInCity, loadScenarioCity, parseScenario, type CompiledScenario, type MetroChange, type ResponseRule, type Scenario, type ScenarioCity, type ScenarioEdit } from '../../src/scenario'
import { compileOutings } from '../../src/scenario/onFoot'
import { compileRules } from '../../src/scenario/withRules'
import { packPresent, shippedPack, shippedScenario } from '../shipped'
import { gridCity, gridScenario } from './gridCity'

const trains = (minutes: number, line = '4', more: Partial<ResponseRule> = {}): ResponseRule => ({
  id: 'trains', enabled: true, window: { start: '20:00', end: '20:40' }, when: { measure: 'platformLoad', station: '市民中心', above: 100, forSeconds: 30 },
  release: { threshold: 50, afterSeconds: 60 }, actions: [{ kind: 'metro', change: { what: 'setHeadway', line, minutes } }], ...more,
})
const codes = (scenario: Scenario, city: ScenarioCity): string[] => {
  const outcome = compileInCity(scenario, city, compileOutings, compileRules)
  return (outcome.ok ? outcome.value.warnings : outcome.problems).map(({ code, subject: { kind, id } }) => `${code} ${kind} ${id}`)
}

describe('a rule about trains', () => {
  const city: ScenarioCity = { ...gridCity(), lines: [{ code: '4', zh: '4号线', en: 'Line 4' }] }
  const own = (minutes: number, line?: string): ResponseRule => trains(minutes, line, { window: { start: '07:30', end: '08:00' } })
  const problemsOf = (action: object): string[] => {
    const outcome = parseScenario({ ...gridScenario(), rules: [{ ...own(2), actions: [action] }] })
    return outcome.ok ? [] : outcome.problems.map(({ message }) => message)
  }

  test('orders a headway from 1 to 60 minutes and nothing else of the metro, and says so', () => {
    expect(problemsOf(own(2).actions[0]!)).toEqual([])
    expect(problemsOf(own(0.5).actions[0]!)).toEqual([expect.stringMatching(/rules\[0\]\.actions\[0\]\.change\.minutes.*must be at least 1/)])
    expect(problemsOf(own(90).actions[0]!)).toEqual([expect.stringMatching(/must be at most 60/)])
    expect(problemsOf({ kind: 'metro', change: { what: 'suspendLine', line: '4' } })).toEqual([expect.stringMatching(/rules\[0\]\.actions\[0\]\.change.*a rule orders trains/)])
    expect(problemsOf({ kind: 'metro', change: { what: 'setHeadway', minutes: 2 } })).toEqual([expect.stringMatching(/change\.line: is missing/)])
  })

  test('names a line that the city has, and does nothing where nobody rides', () => {
    const outcome = compileInCity(gridScenario({ rules: [own(2, '99')] }), city, undefined, compileRules)
    expect(outcome.ok ? [] : outcome.problems).toMatchObject([{ code: 'scenario/unknown-line', subject: { kind: 'rule', id: 'trains' }, message: 'rule "trains": the city has no metro line "99". It has 4号线.' }])
    expect(codes(gridScenario({ rules: [own(2)] }), city)).toEqual(['scenario/rule-nobody rule trains'])
    const queue: ResponseRule = { ...own(2), when: { measure: 'roadQueue', target: { road: '东路1' }, above: 8, forSeconds: 30 }, release: { threshold: 3, afterSeconds: 60 } }
    expect(codes(gridScenario({ rules: [queue] }), city)).toEqual(['scenario/rule-idle rule trains'])
  })
})

describe.skipIf(!packPresent)('a rule about trains in the city (skipped where assets/shenzhen is absent)', async () => {
  const city = packPresent ? await loadScenarioCity(await shippedPack(), []) : undefined!
  const document = packPresent ? shippedScenario('light-show') : undefined!
  const show: Scenario = packPresent ? { ...document, demand: { ...document.demand, scale: 0.01 }, edits: [{ ...document.edits[0]!, attendance: 200, carShare: 0, taxiShare: 0 } as ScenarioEdit] } : undefined!
  const compile = (...rules: ResponseRule[]): CompiledScenario => {
    const outcome = compileInCity({ ...show, rules }, city, compileOutings, compileRules)
    if (!outcome.ok) throw new Error(outcome.problems[0]!.message)
    return outcome.value
  }
  const linesOf = ({ people }: CompiledScenario): string[] => people!.transitNames!.lines.map(({ zh }) => zh)
  const usual = packPresent ? compile() : undefined!

  test('orders both directions of its line, which have trains to spare for the shortest headway and the whole window', () => {
    const ruled = compile(trains(2), trains(4, 'Line 4', { id: 'later', window: { start: '20:20', end: '21:00' } }))
    const { routes, trips } = ruled.people!.transit!
    const own = Array.from({ length: routes.rows }, (_, route) => route).filter(route => linesOf(ruled)[routes.line[route]!] === '4号线')
    expect(own).toHaveLength(2)
    expect(ruled.rules!.map(rule => rule.trains)).toEqual([own.map(route => ({ route, seconds: 120 })), own.map(route => ({ route, seconds: 240 }))])
    for (let route = 0; route < routes.rows; route++) expect(routes.spare[route]).toBe(own.includes(route) ? 60 / 2 + 2 : 0)
    // The timetable, and with it everybody's plans, is as it was.
    const before = usual.people!.transit!
    expect(trips.rows).toBe(before.trips.rows + 2 * 32)
    for (let route = 0; route < routes.rows; route++) {
      const listed = (service: typeof before): number[] => Array.from(service.trips.departure.subarray(service.routes.tripFirst[route], service.routes.tripFirst[route]! + service.routes.tripCount[route]!)).filter(time => time < Infinity)
      expect(listed(ruled.people!.transit!)).toEqual(listed(before))
    }
    expect(Array.from(ruled.people!.legs.to)).toEqual(Array.from(usual.people!.legs.to))
  })

  test('against another rule or an edit of the same line is told', () => {
    const edit = (change: MetroChange, window = { start: '20:10', end: '20:30' }): ScenarioEdit => ({ kind: 'metro', id: 'metro', enabled: true, window, change })
    const told = (rules: readonly ResponseRule[], ...edits: ScenarioEdit[]): string[] => codes({ ...show, edits: [...show.edits, ...edits], rules }, city).filter(code => code.startsWith('scenario/rule-fights'))
    expect(told([trains(2)])).toEqual([])
    expect(told([trains(2), trains(4, '4号线', { id: 'other' })])).toEqual(['scenario/rule-fights rule other'])
    expect(told([trains(2), trains(4, '11', { id: 'other' })])).toEqual([])
    expect(told([trains(2)], edit({ what: 'suspendLine', line: 'Line 4' }))).toEqual(['scenario/rule-fights rule trains'])
    expect(told([trains(2)], edit({ what: 'setHeadway', line: '4', minutes: 9 }, { start: '19:50', end: '20:00' }))).toEqual([])
  })
})
