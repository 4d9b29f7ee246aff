import { beforeAll, describe, expect, test } from 'vitest'
import { networkLayer, type CityPack } from '../../src/city'
import { movementsFrom, stagesOf, type ClosureEdit, type NetworkEdit } from '../../src/scenario'
import type { SimHost } from '../../src/workers'
import { createSimHost } from '../../src/workers/simHost'
import { shippedPack } from '../shipped'
import { openHost, thinMorning, updateHost } from './support'

const closure = (id: string, road: string, start: string, end = '07:09'): ClosureEdit =>
  ({ kind: 'closure', id, enabled: true, window: { start, end }, target: { road }, lanes: 'all' })
const binhai = closure('binhai', '滨海大道', '07:02')
const shennan = closure('shennan', '深南大道', '07:03')

let pack: CityPack
beforeAll(async () => { pack = await shippedPack() })

const open = (document = thinMorning): Promise<SimHost> => openHost(document, pack)

async function update(host: SimHost, ...edits: NetworkEdit[]): Promise<{ hash: string; replayedTicks: number }> {
  const { status, replayedTicks } = await updateHost(host, { ...thinMorning, edits })
  return { hash: status.stateHash, replayedTicks }
}

describe('an edit of a running simulation', () => {
  test('taken back, leaves the run in which it never was, bit by bit', async () => {
    const plain = await open()
    const expected = (await plain.runTo(440)).stateHash
    const host = await open()
    await host.runTo(240)
    await update(host, binhai)
    const closed = await host.runTo(440)
    expect(closed.stateHash).not.toBe(expected)
    const { totals } = closed
    expect(totals.departures).toBe(totals.waiting + totals.running + totals.arrived + totals.unreachable)
    expect(await update(host)).toEqual({ hash: expected, replayedTicks: 200 })
  })

  test('of every kind works live, and leaves no trace when it is taken back', async () => {
    const { links, programs, nodes, strings, ...rest } = await pack.layer(networkLayer)
    const network = { links, programs, nodes, strings, ...rest }
    const road = Array.from({ length: links.rows }, (_, link) => link).find(link => strings[links.name[link]!] === '深南大道' && movementsFrom(network, link).size > 1)!
    const idOf = (link: number): string => strings[links.id[link]!]!
    const base = { enabled: true, window: { start: '07:01', end: '07:09' } } as const
    const edits: NetworkEdit[] = [
      { kind: 'turnClosure', id: 'turn', ...base, turns: [...movementsFrom(network, road).keys()].slice(0, 1).map(to => ({ from: idOf(road), to: idOf(to) })) },
      { kind: 'closure', id: 'buses', ...base, target: { road: '深南大道' }, lanes: { count: 1, side: 'kerb' }, classes: ['car', 'taxi', 'lorry', 'ebike'] },
      { kind: 'capacity', id: 'works', ...base, target: { road: '滨海大道' }, capacityShare: 0.5 },
      { kind: 'laneUse', id: 'bus lane', ...base, target: { road: '深南大道' }, laneCount: 1, side: 'median', classes: ['bus', 'taxi'] },
      { kind: 'flood', id: 'puddle', ...base, target: { road: '北环大道' }, depthMm: 150 },
      { kind: 'message', id: 'told', ...base, target: { road: '北环大道' }, share: 0.8 },
      { kind: 'weather', id: 'rain', ...base, rain: 'heavy' },
      { kind: 'signalPlan', id: 'signals', ...base, node: strings[nodes.id[programs.node[0]!]!]!, greens: stagesOf(network, 0).map(({ greenMin }) => greenMin + 20), offset: 5 },
    ]
    const plain = await open()
    const expected = (await plain.runTo(210)).stateHash
    const host = await open()
    await host.runTo(150)
    await update(host, ...edits)
    expect((await host.runTo(210)).stateHash).not.toBe(expected)
    // One that is switched off is one that is not there.
    expect((await update(host, ...edits.map(edit => ({ ...edit, enabled: false })))).hash).toBe(expected)
  })

  test('taken back before its window begins, needs no history', async () => {
    const plain = await open()
    const host = await open()
    await host.runTo(100)
    await update(host, binhai)
    await host.runTo(200)
    expect(await update(host)).toEqual({ hash: (await plain.runTo(200)).stateHash, replayedTicks: 0 })
    expect((await host.runTo(400)).stateHash).toBe((await plain.runTo(400)).stateHash)
  })

  test('taken back from between two others, leaves the run with the other alone', async () => {
    const only = await open()
    await only.runTo(300)
    await update(only, shennan)
    const expected = (await only.runTo(420)).stateHash
    const host = await open()
    await host.runTo(240)
    await update(host, binhai)
    await host.runTo(300)
    await update(host, binhai, shennan)
    await host.runTo(420)
    expect((await update(host, shennan)).hash).toBe(expected)
  })

  test('says which streets it cuts off, when it is new', async () => {
    const host = await open()
    await host.runTo(60)
    const outcome = await host.update({ ...thinMorning, edits: [binhai] })
    expect(outcome.ok && outcome.value.cutOffs).toMatchObject([{ id: 'binhai', links: expect.any(Number) }])
    const again = await host.update({ ...thinMorning, edits: [binhai, { kind: 'weather', id: 'rain', enabled: true, window: binhai.window, rain: 'light' }] })
    expect(again.ok && again.value.cutOffs).toEqual([])
  })

  test('is refused as a whole when the city does not know its road, and the run goes on', async () => {
    const host = await open()
    await host.runTo(60)
    const before = await host.stateHash()
    const outcome = await host.update({ ...thinMorning, edits: [closure('x', '无此路', '07:02')] })
    expect(outcome.ok).toBe(false)
    expect(await host.stateHash()).toBe(before)
    expect((await host.runTo(80)).totals.tick).toBe(80)
  })
})

test('going back and on again is the same run', async () => {
  const host = await open()
  await host.runTo(100)
  const before = (await host.runTo(240)).stateHash
  await update(host, binhai)
  const after = (await host.runTo(300)).stateHash
  expect((await host.runTo(240)).stateHash).toBe(before)
  expect((await host.runTo(300)).stateHash).toBe(after)
})

test('with another seed the day begins anew and is simulated up to the present', async () => {
  const host = await open()
  await host.runTo(120)
  const outcome = await host.update({ ...thinMorning, seed: 8 })
  const other = await open({ ...thinMorning, seed: 8 })
  expect(outcome.ok && outcome.value.status.stateHash).toBe((await other.runTo(120)).stateHash)
})

test('a city that cannot be read is a problem with a text, not a crash', async () => {
  const host = createSimHost({
    now: () => 0, pause: async () => undefined, openPack: async () => { throw new Error('manifest.json: the server answers 404') },
  })
  const outcome = await host.load({ scenario: thinMorning, cityUrl: 'nowhere/', shared: true })
  expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'pack/unreadable', message: 'manifest.json: the server answers 404' }] })
})
