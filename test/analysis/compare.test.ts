import { describe, expect, test } from 'vitest'
import {
  baselineOf, usualBaseline, compareRuns, compareSpeeds, comparisonCsv, computeKpis, fitSummary, groupRoads, shownKpis, kpisCsv, linksGeoJson, parseObservedSpeeds, roadHours, runName,
  runScenario, summarise, sumByLink, toCsv, tripsCsv, type RunRecord,
} from '../../src/analysis'
import { compileInCity, type CompiledScenario, type Scenario } from '../../src/scenario'
import { gridCity, gridScenario } from '../scenario/gridCity'

const city = gridCity()
const { network } = city
const compiled = (scenario: Scenario): CompiledScenario => {
  const outcome = compileInCity(scenario, city)
  if (!outcome.ok) throw new Error(outcome.problems[0]!.message)
  return outcome.value
}
const window = { start: '07:45', end: '08:00' } as const
const closed = gridScenario({
  window, edits: [{ kind: 'closure', id: 'works', enabled: true, window: { start: '07:47', end: '07:55' }, target: { road: '东路1' }, lanes: 'all' }],
})
const run = (scenario: Scenario, seed = 7): Promise<RunRecord> => runScenario(compiled({ ...scenario, seed }))

describe('one run', async () => {
  const record = await run(baselineOf(closed, 'nothing'))
  const kpis = computeKpis(network, record)

  test('indicators agree with the totals and with one another', () => {
    expect(kpis.vehicleKm).toBeGreaterThan(10)
    // Speed of the moving, h and km of the whole run.
    expect(kpis.meanSpeed).toBeCloseTo(record.totals.vehicleKm / (record.totals.vehicleHours - record.totals.waitingHours), 9)
    expect(kpis.travelTimeP50).toBeLessThanOrEqual(kpis.travelTimeP95!)
    expect(kpis.delay).toBeGreaterThan(0)
    expect(kpis.arrived).toBe(record.totals.arrived)
    expect(kpis.delayMean).toBeCloseTo((kpis.delay * 3600) / (record.totals.departures - record.totals.unreachable), 6)
    for (const name of shownKpis([kpis])) expect(Number.isFinite(kpis[name]), name).toBe(true)
  })

  test('without a trip that counts there is no travel time, alone or compared', () => {
    const none = { ...record, trips: { ...record.trips, departTick: record.trips.departTick.map(() => 0) } }
    expect(computeKpis(network, none)).toMatchObject({ travelTimeMean: null, travelTimeP50: null, travelTimeP95: null, arrived: kpis.arrived })
    const { kpis: compared } = compareRuns(network, [summarise(network, record)], [summarise(network, none)])
    expect(compared.find(({ name }) => name === 'travelTimeMean')).toMatchObject({ baseline: kpis.travelTimeMean, variant: null, difference: null, low95: null, high95: null })
    expect(kpisCsv(computeKpis(network, none))).toContain('travelTimeP95,s,\r\n')
  })

  test('time on the roads adds up to the vehicle-hours', () => {
    const groups = groupRoads(network)
    const hours = roadHours(groups, sumByLink(record)).reduce((a, b) => a + b, 0)
    expect(hours).toBeCloseTo(record.totals.vehicleHours - record.totals.waitingHours, 3)
    expect(groups.names).toContain('东路1')
  })

  test('a road without a name is told by the named one that it is nearest to, never by a question mark', () => {
    // East of a named street two links without a name, and two that are joined to nothing that has one.
    const links = { rows: 5, name: [0, -1, -1, -1, -1], fromNode: [0, 1, 2, 4, 5], toNode: [1, 2, 3, 5, 4] }
    const groups = groupRoads({ links, nodes: { rows: 6, name: [-1, -1, -1, -1, -1, -1] }, strings: ['东路1'] } as never)
    expect(Array.from(groups.ofLink, row => groups.names[row])).toEqual(['东路1', 'unnamed road near 东路1', 'unnamed road near 东路1', 'unnamed road', 'unnamed road'])
    expect(groupRoads(network).names.join()).not.toContain('?')
  })

  test('exports: one line a due trip, one feature a link', () => {
    expect(tripsCsv(record).trim().split('\r\n').length).toBe(record.totals.departures + 1)
    const geo = JSON.parse(linksGeoJson(network, record, (x, y) => [x, y])) as { features: unknown[] }
    expect(geo.features.length).toBe(network.links.rows)
  })

  test('held against itself as observed, speeds fit perfectly', () => {
    const whole = { ...record, startTime: 7 * 3600, ticks: 7200 } // as if it had lasted from 07:00 to 08:00
    const first = compareSpeeds(city, whole, [{ road: '东路1', heading: 'east', hoursKmh: Array<number>(24).fill(30) }], 0)
    const [fit] = compareSpeeds(city, whole, [{ road: '东路1', heading: 'east', hoursKmh: Array<number>(24).fill(first[0]!.simulatedKmh) }], 0)
    expect(fitSummary([fit!])).toMatchObject({ roads: 1, rmsKmh: 0, within25: 1 })
    const observed = [{ road: '东路1', heading: 'east', hoursKmh: Array.from({ length: 24 }, (_, hour) => hour) }] as const
    expect(compareSpeeds(city, whole, observed, 0, 7, 8)[0]!.observedKmh).toBe(7)
    expect(compareSpeeds(city, whole, observed, 0, 8, 9)).toEqual([])
  })
})

test('documents of one name make the same run, whatever they are called and whatever is switched off in them', async () => {
  const short = { start: '07:45', end: '07:48' } as const
  const off = { ...baselineOf({ ...closed, window: short }, 'nothing'), id: 'other', name: { zh: '另一个', en: 'Another' } }
  const never = { ...closed, window: short, edits: [] }
  const labelled = { ...closed, edits: closed.edits.map(edit => ({ ...edit, label: 'works' })) }
  expect(runName(off)).toBe(runName(never))
  expect(runName(labelled)).toBe(runName(closed))
  expect(new Set([runName(never), runName({ ...never, window }), runName({ ...closed, window: short }), runName({ ...never, demand: { ...never.demand, scale: 0.5 } })]).size).toBe(4)
  expect((await run(off)).stateHash).toBe((await run(never)).stateHash)
})

describe('paired comparison', async () => {
  const seeds = [1, 2, 3]
  const summaries = async (scenario: Scenario) => {
    const result = []
    for (const seed of seeds) result.push(summarise(network, await run(scenario, seed)))
    return result
  }
  const baselines = await summaries(baselineOf(closed, 'nothing'))
  const variants = await summaries(closed)

  test('a scenario against itself: no difference, and an interval of no width', () => {
    const { kpis, roads } = compareRuns(network, baselines, baselines)
    for (const { difference, low95, high95 } of kpis) expect([difference, low95, high95]).toEqual([0, 0, 0])
    expect(roads).toEqual([])
  })

  test('a closed road is emptied and tops the list; trips that would end on it are listed, not lost', () => {
    const { kpis, roads, linkDifferences, seeds: compared } = compareRuns(network, baselines, variants)
    expect(compared).toEqual(seeds)
    expect(kpis.find(({ name }) => name === 'unreachable')!).toMatchObject({ baseline: 0 })
    expect(kpis.find(({ name }) => name === 'unreachable')!.difference).toBeGreaterThan(0)
    expect(roads.map(({ name }) => name)).toContain('东路1')
    const groups = groupRoads(network)
    let metres = 0
    for (let link = 0; link < network.links.rows; link++) if (groups.names[groups.ofLink[link]!] === '东路1') metres += linkDifferences.vehicleMetres[link]!
    expect(metres).toBeLessThan(0)
    const sum = linkDifferences.vehicleSeconds.reduce((a, b) => a + b, 0) / 3600
    const hours = kpis.find(({ name }) => name === 'vehicleHours')!.difference! - kpis.find(({ name }) => name === 'waitingHours')!.difference!
    expect(sum).toBeCloseTo(hours, 2)
  })

  test('trips and time series are of the same runs', () => {
    const { trips, series, kpis } = compareRuns(network, baselines, variants)
    expect(trips.stranded).toBe(kpis.find(({ name }) => name === 'unreachable')!.difference)
    expect(trips.losers).toBeGreaterThan(0)
    expect(series.map(({ time }) => time)).toEqual([28200, 28500, 28800])
    const hours = series.reduce((sum, { baseline }) => sum + (baseline.vehicles * 300) / 3600, 0)
    expect(hours).toBeCloseTo(kpis.find(({ name }) => name === 'vehicleHours')!.baseline! - kpis.find(({ name }) => name === 'waitingHours')!.baseline!, 3)
  })

  test('runs of other seeds are not paired', () => {
    expect(() => compareRuns(network, baselines, [...variants].reverse())).toThrow(/same seeds/)
    expect(() => compareRuns(network, [], [])).toThrow(/same seeds/)
  })

  test('the table has a line for each indicator and road', () => {
    const comparison = compareRuns(network, baselines.slice(0, 1), variants.slice(0, 1))
    expect(comparisonCsv(comparison).trim().split('\r\n').length).toBe(1 + comparison.kpis.length + comparison.roads.length)
  })

  test('each event has its own times to clear, paired; where a side never cleared or lacks it there is no difference', () => {
    const withEvents = (runs: typeof baselines, ...times: readonly (number | null)[]): typeof baselines => runs.map((summary, at) => ({
      ...summary, events: [{ event: 'show', expected: 10, staying: 0, left: 10, t50: times[at]!, t95: 600, t100: null }],
    }))
    const { events } = compareRuns(network, withEvents(baselines, 300, 310, 320), withEvents(variants, 330, 350, 340))
    expect(events.map(({ event, kpis }) => [event, kpis.map(({ name }) => name)])).toEqual([['show', ['clearT50', 'clearT95', 'clearT100']]])
    expect(events[0]!.kpis[0]).toMatchObject({ unit: 's', baseline: 310, variant: 340, difference: 30 })
    expect(events[0]!.kpis[2]).toMatchObject({ baseline: null, variant: null, difference: null, low95: null })
    const only = compareRuns(network, baselines, withEvents(variants, 330, 350, 340))
    expect(only.events[0]!.kpis[0]).toMatchObject({ baseline: null, variant: 340, difference: null })
    expect(comparisonCsv(only)).toContain('event,show clearT50,s,,340,,,')
  })
})

test('CSV quotes what needs it', () => expect(toCsv(['a', 'b'], [['x,y', 'say "hi"'], [1, null]])).toBe('a,b\r\n"x,y","say ""hi"""\r\n1,\r\n'))

test('observed speeds are read by column name', () => {
  const csv = `road,dir,${Array.from({ length: 24 }, (_, h) => `h${String(h).padStart(2, '0')}`).join(',')}\n东路1,W-E,${Array(24).fill(41.5).join(',')}\n环路,内环,${Array(24).fill(1).join(',')}`
  expect(parseObservedSpeeds(csv)).toMatchObject([{ road: '东路1', heading: 'east' }])
  expect(() => parseObservedSpeeds('a,b\n1,2')).toThrow(/columns/)
})

test('the baseline keeps the events where something else stands beside them', () => {
  const event = { kind: 'event', id: 'show', enabled: true, window, venue: 'v', attendance: 10, carShare: 0, taxiShare: 0, personsPerCar: 2 } as const
  const both = { ...closed, edits: [...closed.edits, event] }
  expect([usualBaseline(closed), usualBaseline({ ...closed, edits: [event] }), usualBaseline(both)]).toEqual(['nothing', 'nothing', 'events'])
  expect(usualBaseline({ ...both, edits: both.edits.map(edit => ({ ...edit, enabled: edit.id === 'show' })) })).toBe('nothing')
  expect(baselineOf(both, 'events').edits.map(({ enabled }) => enabled)).toEqual([false, true])
  expect(baselineOf(both, 'nothing').edits.map(({ enabled }) => enabled)).toEqual([false, false])
})
