import { beforeAll, describe, expect, test } from 'vitest'
import type { CityPack } from '../../src/city'
import type { ClosureEdit, ResponseRule } from '../../src/scenario'
import type { SimHost } from '../../src/workers'
import { shippedPack } from '../shipped'
import { leavingShow, openHost, thinMorning, updateHost } from './support'

let pack: CityPack
beforeAll(async () => { pack = await shippedPack() })

const all = { enabled: true, window: { start: '07:00', end: '07:10' } } as const
const road = { road: '深南大道' }
const shut = { kind: 'closure', target: road, lanes: 'all' } as const
/** Closes Shennan Avenue a minute after there is next to no queue on it, which is soon. */
const rule: ResponseRule = { id: 'calm', ...all, when: { measure: 'roadQueue', target: road, below: 1000, forSeconds: 60 }, actions: [shut] }

const open = (...rules: ResponseRule[]): Promise<SimHost> => openHost({ ...thinMorning, ...(rules.length > 0 ? { rules } : {}) }, pack)
const update = async (host: SimHost, ...rules: ResponseRule[]): Promise<{ hash: string; replayedTicks: number }> => {
  const { status, replayedTicks } = await updateHost(host, { ...thinMorning, rules })
  return { hash: status.stateHash, replayedTicks }
}

describe('a rule of a running simulation', () => {
  test('acts from when it joined on, says why, and taken away leaves the run in which it never was', async () => {
    const plain = await open()
    const expected = (await plain.runTo(300)).stateHash
    const host = await open()
    await host.runTo(100)
    expect(await host.ruleLog()).toBeNull()
    await update(host, rule)
    expect((await host.runTo(300)).stateHash).not.toBe(expected)
    expect(await host.ruleLog()).toMatchObject({
      rules: [{ id: 'calm', state: 'acting', since: 110 }],
      log: [{ time: 110, rule: 'calm', kind: 'begin', cause: 'measure', measure: 'roadQueue', threshold: 1000, unit: 'vehicles', actions: ['closure'] }],
    })
    expect(await update(host)).toEqual({ hash: expected, replayedTicks: 200 })
    expect(await host.ruleLog()).toBeNull()
  })

  test('goes back and on again with the run', async () => {
    const host = await open(rule)
    const acting = (await host.runTo(260)).stateHash
    const waiting = (await host.runTo(60)).stateHash
    expect(await host.ruleLog()).toMatchObject({ rules: [{ state: 'waiting' }], log: [] })
    expect((await host.runTo(260)).stateHash).toBe(acting)
    expect((await host.runTo(60)).stateHash).toBe(waiting)
    const { totals } = await host.runTo(500)
    expect(totals.departures).toBe(totals.waiting + totals.running + totals.arrived + totals.unreachable)
  })

  test('changed is looked at again from where it joined, and an edit that ends beside it leaves it as it is', async () => {
    const late: ResponseRule = { ...rule, when: { measure: 'roadQueue', target: road, below: 1000, forSeconds: 120 } }
    const other = await open(late)
    const [expected, after] = [(await other.runTo(300)).stateHash, (await other.runTo(330)).stateHash]
    const host = await open(rule)
    await host.runTo(300)
    expect((await update(host, late)).hash).toBe(expected)
    const works: ClosureEdit = { id: 'works', ...all, window: { start: '07:01', end: '07:09' }, ...shut, target: { road: '滨海大道' } }
    await updateHost(host, { ...thinMorning, rules: [late], edits: [works] })
    expect((await host.runTo(330)).stateHash).not.toBe(after)
    expect((await updateHost(host, { ...thinMorning, rules: [late] })).status.stateHash).toBe(after)
  })

  test('that cannot be is refused, and the run goes on', async () => {
    const host = await open()
    await host.runTo(20)
    const outcome = await host.update({ ...thinMorning, rules: [{ ...rule, when: { measure: 'roadSpeed', target: { road: '无此路' }, below: 10, forSeconds: 0 } }] })
    expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'scenario/unknown-road' }] })
    expect((await host.runTo(40)).totals.tick).toBe(40)
  })
})

test('a rule for people on foot sets gates when it acts; nobody is lost, and undone there is no trace', async () => {
  const scenario = leavingShow(120)
  /** Shuts all ways into the station as soon as anybody is on the square. */
  const entry: ResponseRule = {
    id: 'entry', ...all, window: { start: '20:00', end: '20:10' }, when: { measure: 'crowdDensity', place: 'civic-center/ground', above: 0, forSeconds: 5 },
    actions: [1, 2, 3, 4].map(way => ({ kind: 'gate', at: `civic-center/市民中心:entrance${way}`, personsPerMinute: 0 })),
  }
  const host = await openHost(scenario, pack)
  await host.runTo(10)
  const free = await host.runTo(36)
  await host.runTo(10)
  await updateHost(host, { ...scenario, rules: [entry] })
  const ruled = await host.runTo(36)
  expect(await host.ruleLog()).toMatchObject({ log: [{ time: 10, rule: 'entry', actions: ['gate', 'gate', 'gate', 'gate'] }] })
  expect(Object.values(ruled.people!.places).reduce((sum, count) => sum + count, 0)).toBe(120)
  expect(ruled.stateHash).not.toBe(free.stateHash)
  expect((await updateHost(host, scenario)).status.stateHash).toBe(free.stateHash)
})

test('a rule about trains orders them while the run goes on, and undone there is no trace', async () => {
  const scenario = leavingShow(120)
  const order = (minutes: number): ResponseRule => ({
    id: 'trains', ...all, window: { start: '20:00', end: '20:10' }, when: { measure: 'crowdDensity', place: 'civic-center/ground', above: 0, forSeconds: 5 },
    actions: [{ kind: 'metro', change: { what: 'setHeadway', line: '4', minutes } }],
  })
  const host = await openHost(scenario, pack)
  await host.runTo(10)
  const free = await host.runTo(36)
  await host.runTo(10)
  await updateHost(host, { ...scenario, rules: [order(2)] })
  const ruled = await host.runTo(36)
  expect(await host.ruleLog()).toMatchObject({ log: [{ time: 10, rule: 'trains', actions: ['metro'] }] })
  expect(ruled.stateHash).not.toBe(free.stateHash)
  // With another headway there are others to spare.
  await updateHost(host, { ...scenario, rules: [order(3)] })
  expect(await host.ruleLog()).toMatchObject({ log: [{ time: 10, rule: 'trains' }] })
  await updateHost(host, { ...scenario, rules: [order(2)] })
  expect((await host.runTo(36)).stateHash).toBe(ruled.stateHash)
  expect((await updateHost(host, scenario)).status.stateHash).toBe(free.stateHash)
})
