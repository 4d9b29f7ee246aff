import { expect, test } from 'vitest'
import { busLayer, encodeLayer, layerFile, openLayer } from '../../src/city'
import { compileInCity, conflicts, type Conflict, type ScenarioEdit } from '../../src/scenario'
import { createTable } from '../../src/sim'
import { gridCity, gridScenario } from './gridCity'

const city = gridCity()
const window = { start: '07:40', end: '07:50' }
const target = { road: '东路1' }
const closure: ScenarioEdit = { kind: 'closure', id: 'shut', enabled: true, window, target, lanes: 'all' }
const limit = (id: string, road: string, change: object = {}): ScenarioEdit => ({ kind: 'speedLimit', id, enabled: true, window, target: { road }, speedLimitKmh: 30, ...change })
const event: ScenarioEdit = { kind: 'event', id: 'show', enabled: true, window, venue: 'hall', attendance: 300, carShare: 0.5, taxiShare: 0.2, personsPerCar: 2 }

function found(edits: readonly ScenarioEdit[], bus: Parameters<typeof conflicts>[3] = null): Conflict[] {
  const scenario = gridScenario({ edits })
  const outcome = compileInCity(scenario, city)
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'))
  return conflicts(scenario, city, outcome.value.applied, bus)
}
const kinds = (edits: readonly ScenarioEdit[]): string[] => found(edits).map(({ kind, id }) => `${kind} ${id}`)

test('two limits on one road at one time: the one that begins last holds; on two roads, one after the other or switched off they are no matter', () => {
  expect(found([limit('a', '东路1'), limit('b', '东路1', { window: { start: '07:45', end: '07:55' } })])).toEqual([expect.objectContaining({ kind: 'overlap', what: 'speedLimit', id: 'b', other: 'a', holds: 'b' })])
  expect(kinds([limit('a', '东路1'), limit('b', '东路2')])).toEqual([])
  expect(kinds([limit('a', '东路1'), limit('b', '东路1', { window: { start: '07:50', end: '07:55' } })])).toEqual([])
  expect(kinds([limit('a', '东路1'), limit('b', '东路1', { enabled: false })])).toEqual([])
})

test('a limit on a road that is closed does nothing there, in whichever order they were made; beside open lanes it does', () => {
  expect(kinds([closure, limit('a', '东路1')])).toEqual(['onClosed a'])
  expect(found([limit('a', '东路1'), closure])).toEqual([expect.objectContaining({ kind: 'onClosed', id: 'a', other: 'shut' })])
  expect(kinds([{ ...closure, lanes: { count: 1, side: 'kerb' } } as ScenarioEdit, limit('a', '东路1')])).toEqual([])
  expect(kinds([{ ...closure, classes: ['lorry'] } as ScenarioEdit, limit('a', '东路1')])).toEqual([])
})

test('signals whose approach is closed, and a road closed twice', () => {
  const { nodes, strings } = city.network
  const node = Array.from({ length: nodes.rows }, (_, row) => row).find(row => nodes.program[row]! >= 0)
  if (node !== undefined) {
    const plans = [20, 25, 30].map((green, at): ScenarioEdit => ({ kind: 'signalPlan', id: `p${at}`, enabled: true, window, node: strings[nodes.id[node]!]!, greens: [green, green] }))
    expect(kinds([plans[0]!, plans[1]!])).toEqual(['overlap p1'])
  }
  expect(kinds([closure, { ...closure, id: 'again' }])).toEqual(['closedTwice again'])
})

test('an event whose roads are closed while its people come or leave', () => {
  const roads = ['东路1', '东路2', '北路1', '北路2'].map((road, at): ScenarioEdit => ({ ...closure, id: `c${at}`, target: { road }, window: { start: '07:31', end: '07:35' } } as ScenarioEdit))
  expect(found([event, ...roads]).filter(({ kind }) => kind === 'eventShut').length).toBeGreaterThan(0)
  const later = { ...event, arrivalMinutesBefore: [4, 3, 2], leavingMinutesAfter: [1, 2, 3] } as ScenarioEdit
  expect(found([later, ...roads]).filter(({ kind }) => kind === 'eventShut')).toEqual([])
})

test('an estate whose street is closed, wholly or one way; a change of the metro that nobody rides', () => {
  const estate: ScenarioEdit = { kind: 'housing', id: 'estate', enabled: true, window: { start: '00:00', end: '24:00' }, name: '新村', position: [375, 260], persons: 1000, carsPerPerson: 0.3 }
  expect(found([estate, closure])).toEqual([{ kind: 'estateShut', id: 'estate', other: 'shut', links: 2, of: 2 }])
  expect(found([estate, { ...closure, target: { road: '东路1', heading: 'east' } } as ScenarioEdit])).toContainEqual({ kind: 'estateShut', id: 'estate', other: 'shut', links: 1, of: 2 })
  expect(kinds([{ ...estate, access: [375, 510] } as ScenarioEdit, closure])).toEqual([])
  const grid = { ...city, lines: [{ code: '1', zh: '1号线', en: 'Line 1' }] }
  const scenario = gridScenario({ edits: [{ kind: 'metro', id: 'stop', enabled: true, window, change: { what: 'suspendLine', line: '1' } }] })
  const compiled = compileInCity(scenario, grid)
  expect(compiled.ok && conflicts(scenario, grid, compiled.value.applied, null)).toEqual([{ kind: 'metroIdle', id: 'stop' }])
})

test('windows outside the run: a part of an edit, all of an event', () => {
  expect(found([limit('a', '东路1', { window: { start: '07:50', end: '09:00' } })])).toEqual([{ kind: 'outside', id: 'a', all: false }])
  expect(found([{ ...event, window: { start: '20:00', end: '22:00' } } as ScenarioEdit])).toEqual([{ kind: 'outside', id: 'show', all: true }])
  expect(kinds([event])).toEqual([])
})

test('bus stops on a road that is closed, and the lines that call there; buses that may pass do', () => {
  const strings = ['站', '1', '2']
  const stops = createTable(busLayer.tables.stops, 2), lines = createTable(busLayer.tables.lines, 2), calls = createTable(busLayer.tables.calls, 3)
  // One stop on the street that is closed (y = 250), one far from it.
  stops.x.set([375, 375]); stops.y.set([255, 755]); stops.name.fill(0)
  lines.name.set([1, 2]); lines.from.fill(0); lines.to.fill(0); lines.callFirst.set([0, 2]); lines.callCount.set([2, 1])
  calls.stop.set([0, 1, 1])
  const bus = openLayer(busLayer, encodeLayer(layerFile(busLayer, { stops, lines, calls }, strings)), 'bus')
  expect(found([closure], bus)).toEqual([{ kind: 'busStops', id: 'shut', stops: 1, lines: ['1'] }])
  expect(found([{ ...closure, classes: ['lorry'] } as ScenarioEdit], bus)).toEqual([])
})
