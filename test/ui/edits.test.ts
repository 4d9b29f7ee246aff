import { beforeAll, expect, test, vi } from 'vitest'
import type { ScenarioEdit } from '../../src/scenario'

beforeAll(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => undefined })
  vi.stubGlobal('document', { documentElement: {} })
})

const window = { start: '07:10', end: '08:00' }
const closure: ScenarioEdit = { kind: 'closure', id: 'works', enabled: true, window, target: { road: 'x' }, lanes: 'all' }
const limit: ScenarioEdit = { kind: 'speedLimit', id: 'calm', enabled: true, window, target: { road: 'x' }, speedLimitKmh: 30 }
const at = (hours: number, minutes: number, seconds = 0): number => hours * 3600 + minutes * 60 + seconds

test('an edit is upcoming, in force, over, or off', async () => {
  const { stateOf } = await import('../../src/ui/model/editsInForce')
  expect([at(7, 9), at(7, 10), at(7, 59), at(8, 0)].map(now => stateOf(closure, now))).toEqual(['upcoming', 'active', 'active', 'over'])
  expect(stateOf({ ...closure, enabled: false }, at(7, 30))).toBe('off')
})

test('a road knows the closures and limits on it, closures first; what is over is gone', async () => {
  const { editsOnLink } = await import('../../src/ui/model/editsInForce')
  // Two links of two lanes each.
  const network = { links: { laneFirst: [0, 2], laneCount: [2, 2] }, lanes: { link: [0, 0, 1, 1] } }
  const changes = [
    { tick: 0, kind: 'speedLimit', row: 1, source: 'calm' }, { tick: 10, kind: 'closeLane', row: 3, source: 'works' }, { tick: 90, kind: 'openLane', row: 3, source: 'works' },
  ] as const
  const on = (link: number, now: number): string[] => editsOnLink(link, network as never, changes, [limit, closure], now).map(({ id }) => id)
  expect(on(1, at(7, 30))).toEqual(['works', 'calm'])
  expect(on(0, at(7, 30))).toEqual([])
  expect(on(1, at(8, 30))).toEqual([])
})

test('of the plans of a junction the one in force comes first, then the next to begin', async () => {
  const { editsOnNode } = await import('../../src/ui/model/editsInForce')
  const network = { nodes: { id: [0] }, strings: ['n1'] }
  const plan = (id: string, start: string, end: string, node = 'n1'): ScenarioEdit => ({ kind: 'signalPlan', id, enabled: true, window: { start, end }, node, greens: [30, 30], offset: 0 })
  const plans = [plan('evening', '17:00', '19:00'), plan('noon', '11:00', '13:00'), plan('day', '06:00', '20:00'), plan('peak', '07:00', '09:00'), plan('other', '00:00', '24:00', 'n2')]
  const on = (now: number): string[] => editsOnNode(0, network as never, plans, now).map(({ id }) => id)
  expect(on(at(8, 0))).toEqual(['peak', 'day', 'noon', 'evening'])
  expect(on(at(10, 0))).toEqual(['day', 'noon', 'evening'])
  expect(on(at(12, 0))).toEqual(['noon', 'day', 'evening'])
})

test('reopening ends a closure now and keeps its past; one that has not begun is taken away', async () => {
  const { endNow } = await import('../../src/ui/model/editsInForce')
  expect(endNow(closure, at(7, 30, 12.4))).toEqual({ kind: 'replace', id: 'works', edit: { ...closure, window: { start: '07:10', end: '07:30:13' } } })
  expect(endNow(closure, at(7, 5))).toEqual({ kind: 'remove', id: 'works' })
})

test('the camera looks across what a scenario changes, north ahead, and far enough to see all of it', async () => {
  const { frame } = await import('../../src/ui/model/framing')
  const road = frame([[0, 0], [2000, 0], [4000, 0]])
  expect(road).toMatchObject({ x: 2000, y: 0, bearing: 0 })
  expect(road.distance).toBeGreaterThan(3500)
  // A road towards the north is looked at from the east or west; one to the north-east from the south-east.
  expect(Math.abs(Math.sin((frame([[0, 0], [0, 4000]]).bearing * Math.PI) / 180))).toBeCloseTo(1, 6)
  expect(frame([[0, 0], [3000, 3000]]).bearing).toBeCloseTo(315, 6)
  expect(frame([[500, 700]])).toMatchObject({ x: 500, y: 700, distance: 1700 })
  expect(frame([[-20_000, 0], [20_000, 0]]).distance).toBe(16_000)
})

test('what shipped scenarios are about is found: the stadium, the closed avenue; nothing where nothing is changed', async () => {
  const { framingOf } = await import('../../src/ui/model/framing')
  const { openCityModel } = await import('../../src/ui/model/cityModel')
  const { readPack } = await import('../../src/city')
  const { readFileSync } = await import('node:fs')
  const { join, resolve } = await import('node:path')
  const assets = resolve(import.meta.dirname, '../../assets')
  const city = await openCityModel(await readPack(async file => new Uint8Array(readFileSync(join(assets, 'shenzhen', file)))))
  const pose = (id: string) => framingOf((JSON.parse(readFileSync(join(assets, `scenarios/${id}.json`), 'utf8')) as { edits: ScenarioEdit[] }).edits, city)
  expect(await pose('morning-peak')).toBeNull()
  const stadium = (await pose('stadium-evening'))!
  expect(Math.hypot(stadium.x + 10_484, stadium.y + 2551)).toBeLessThan(10)
  const avenue = (await pose('binhai-closure'))!
  expect(avenue.distance).toBeGreaterThan(6000)
  expect(avenue.y).toBeLessThan(-500)
})

test('the rain that falls is that of the edit that began last, while it lasts', async () => {
  const { rainAt } = await import('../../src/ui/model/editsInForce')
  const rain = (id: string, start: string, end: string, how: 'light' | 'heavy'): ScenarioEdit => ({ kind: 'weather', id, enabled: true, window: { start, end }, rain: how })
  const edits = [rain('shower', '07:30', '07:40', 'heavy'), rain('day', '07:00', '09:00', 'light'), closure]
  expect([at(6, 0), at(7, 10), at(7, 35), at(7, 45), at(9, 0)].map(now => rainAt(edits, now))).toEqual([null, 'light', 'heavy', 'light', null])
})
