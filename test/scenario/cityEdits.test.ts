import { describe, expect, test } from 'vitest'
import { compileInCity, loadScenarioCity, scenarioWarnings, type CompiledScenario, type HousingEdit, type MetroChange, type MetroEdit, type Scenario, type ScenarioCity, type ScenarioEdit } from '../../src/scenario'
import { compileOutings } from '../../src/scenario/onFoot'
import { LegKind, type TripTable } from '../../src/sim'
import { samePersons } from '../../src/workers'
import { packPresent, shippedPack, shippedScenario } from '../shipped'

async function open(): Promise<{ city: ScenarioCity; show: Scenario }> {
  const city = await loadScenarioCity(await shippedPack(), [])
  const document = shippedScenario('light-show')
  const [event] = document.edits
  return { city, show: { ...document, demand: { ...document.demand, scale: 0.01 }, edits: [{ ...event!, attendance: 600, carShare: 0, taxiShare: 0 } as ScenarioEdit] } }
}

describe.skipIf(!packPresent)('edits of the city (skipped where assets/shenzhen is absent)', async () => {
  const { city, show } = packPresent ? await open() : undefined!
  const compile = (scenario: Scenario): CompiledScenario => {
    const outcome = compileInCity(scenario, city, compileOutings)
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems))
    return outcome.value
  }

  describe('a new estate', () => {
    const morning: Scenario = packPresent ? { ...show, window: { start: '07:00', end: '09:00' }, edits: [] } : undefined!
    const estate: HousingEdit = { kind: 'housing', id: 'estate', enabled: true, window: { start: '00:00', end: '24:00' }, name: '新村', position: [114.03, 22.55], persons: 20_000, carsPerPerson: 0.3 }
    const before = packPresent ? compile(morning).trips : undefined!
    const rowsOf = ({ id, rows }: TripTable): number[] => Array.from({ length: rows }, (_, row) => row).filter(row => id[row]! >= 1 << 30)

    test('sends its cars out in the morning from its street, at the hours of those who live there; nobody else drives otherwise', () => {
      const { trips } = compile({ ...morning, edits: [estate] })
      const own = rowsOf(trips)
      const gates = new Map<number, number>()
      for (const row of own) for (const link of [trips.originLink[row]!, trips.destinationLink[row]!]) gates.set(link, (gates.get(link) ?? 0) + 1)
      const [first = 0, second = 0] = [...gates.values()].sort((a, b) => b - a)
      expect(first + second).toBe(own.length)
      // Of 2 trips a car and day 28 % lead to work, about half of these between seven and nine.
      expect(own.length).toBeGreaterThan(0.1 * 20_000 * 0.3 * 2)
      expect(own.length).toBeLessThan(0.3 * 20_000 * 0.3 * 2)
      const street = [...gates].sort((a, b) => b[1] - a[1]).slice(0, 2).map(([link]) => link)
      expect(own.filter(row => street.includes(trips.originLink[row]!)).length).toBeGreaterThan(0.8 * own.length)
      const others = (table: TripTable): string => JSON.stringify(Array.from({ length: table.rows }, (_, row) => row).filter(row => table.id[row]! < 1 << 30).map(row => [table.id[row], table.departTick[row], table.originLink[row], table.destinationLink[row]]))
      expect(others(trips)).toBe(others(before))
    })

    test('twice as many cars make about twice the trips, and those of the smaller estate are among them; switched off it is gone', () => {
      const ids = (edit: HousingEdit): number[] => { const { trips } = compile({ ...morning, edits: [edit] }); return rowsOf(trips).map(row => trips.id[row]!) }
      const [small, large] = [ids(estate), ids({ ...estate, persons: 40_000 })]
      expect(large.length / small.length).toBeCloseTo(2, 0)
      const all = new Set(large)
      expect(small.filter(id => !all.has(id))).toEqual([])
      expect(ids({ ...estate, enabled: false })).toEqual([])
      expect(samePersons(morning, { ...morning, edits: [estate] })).toBe(false)
    })

    test('far from every street it is refused, and says what to do', () => {
      const outcome = compileInCity({ ...morning, edits: [{ ...estate, position: [113.5, 22.2] }] }, city, compileOutings)
      expect(outcome.ok ? '' : outcome.problems.map(({ code, message }) => `${code} ${message}`).join()).toMatch(/housing-off-road .*Place it/)
    })
  })

  describe('the metro', () => {
    const metro = (change: MetroChange, window = { start: '19:50', end: '20:50' }): MetroEdit => ({ kind: 'metro', id: `metro-${change.what}`, enabled: true, window, change })
    const withMetro = (...edits: MetroEdit[]): CompiledScenario => compile({ ...show, edits: [...show.edits, ...edits] })
    /** By line: who gets on one of its trains last on the way home. */
    const boardings = ({ people }: CompiledScenario): Map<string, number> => {
      const { legs, persons, transit, transitNames } = people!
      const found = new Map<string, number>()
      for (let person = 0; person < persons.rows; person++) {
        const own = Array.from({ length: persons.legCount[person]! }, (_, leg) => persons.legFirst[person]! + leg)
        const ride = own.findLast(leg => legs.kind[leg] === LegKind.transit)
        if (ride === undefined) continue
        const stop = legs.to[ride]!
        const line = transitNames!.lines[transit!.routes.line[transit!.stops.route[stop]!]!]!.zh
        found.set(line, (found.get(line) ?? 0) + 1)
      }
      return found
    }
    const usual = packPresent ? withMetro() : undefined!

    test('a line that does not run is taken by nobody who leaves then; they take the other', () => {
      const [four, two] = ['4号线', '2/8号线']
      const without = boardings(withMetro(metro({ what: 'suspendLine', line: '4' })))
      expect(boardings(usual).get(four!)).toBeGreaterThan(20)
      expect(without.get(four!) ?? 0).toBe(0)
      expect(without.get(two!)).toBeGreaterThan(boardings(usual).get(two!)!)
      expect(withMetro(metro({ what: 'suspendLine', line: '4' })).people!.transit!.trips.rows).toBeLessThan(usual.people!.transit!.trips.rows)
    })

    test('a closed station sends people to the next ones, on foot through their entrances', () => {
      const closed = withMetro(metro({ what: 'closeStation', station: '市民中心' }))
      const areas = (compiled: CompiledScenario): Set<string> => new Set(compiled.people!.crowd.space.goals.filter((_, goal) => compiled.people!.goalStop[goal]! >= 0).map(({ id }) => id.split('/')[0]!))
      expect([...areas(usual)]).toEqual(['civic-center'])
      expect([...areas(closed)].filter(id => id.startsWith('station-')).length).toBeGreaterThan(0)
      const last = ({ people }: CompiledScenario): string[] => people!.crowd.journeys.flatMap(({ stages }) => stages.flatMap(stage => (stage.kind === 'walk' ? stage.goals.filter(goal => goal.includes('/door:')).map(goal => goal.split('/')[0]!) : [])))
      expect(new Set(last(usual))).toEqual(new Set(['civic-center']))
      expect(last(closed).some(area => area.startsWith('station-'))).toBe(true)
      expect(last(closed)).not.toContain('civic-center')
    })

    test('a longer headway makes fewer trains with more of the city aboard; outside its window nothing changes', () => {
      const rare = withMetro(metro({ what: 'setHeadway', line: 'Line 2', minutes: 15 }, { start: '19:00', end: '21:00' }))
      const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((total, value) => total + value, 0)
      expect(rare.people!.transit!.trips.rows).toBeLessThan(usual.people!.transit!.trips.rows)
      expect(sum(rare.people!.transit!.others!.aboard)).toBeGreaterThan(sum(usual.people!.transit!.others!.aboard))
      const early = ({ people }: CompiledScenario): number[] => Array.from(people!.transit!.trips.departure).filter(time => time < 19 * 3600)
      expect(early(rare)).toEqual(early(usual))
    })

    test('unknown lines and stations are refused; without anybody on foot it is said that nobody heeds it', () => {
      const outcome = compileInCity({ ...show, edits: [metro({ what: 'suspendLine', line: '99' }), { ...metro({ what: 'closeStation', station: 'Nowhere' }), id: 'b' }] }, city, compileOutings)
      expect(outcome.ok ? [] : outcome.problems.map(({ code }) => code)).toEqual(['scenario/unknown-line', 'scenario/unknown-station'])
      const alone = { ...show, edits: [metro({ what: 'suspendLine', line: '2' })] }
      expect(scenarioWarnings(alone, city, compile(alone), null).map(({ code }) => code)).toContain('scenario/metro-idle')
    })
  })
})
