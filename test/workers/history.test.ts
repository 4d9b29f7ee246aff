import { beforeAll, describe, expect, test } from 'vitest'
import { networkLayer, type CityPack } from '../../src/city'
import type { ClosureEdit } from '../../src/scenario'
import { EMPTY_SLOT, PersonBit, snapshotBytes, uniform as draw, viewSnapshot, type RunTotals, type Snapshot, type SnapshotLayout } from '../../src/sim'
import { ringReader } from '../../src/workers/snapshotRing'
import { History } from '../../src/workers/history/history'
import { packedBytesMost, packSnapshot, unpackSnapshot } from '../../src/workers/history/packSnapshot'
import { createSimHost } from '../../src/workers/simHost'
import { shippedPack } from '../shipped'
import { leavingShow, openHost, thinMorning, updateHost } from './support'

const layout: SnapshotLayout = { capacity: 300, links: 40, groups: 7, people: 90 }
const blank = (): Snapshot => viewSnapshot(layout, new ArrayBuffer(snapshotBytes(layout)))
const uniform = (purpose: number, id: number): number => draw(11, purpose, id, 0)

/** Two thirds of the slots in use, two thirds of the people there. */
function randomSnapshot(tick: number): Snapshot {
  const snapshot = blank()
  const { head, path, state, linkSpeed, linkQueue, groupState, people } = snapshot
  const places = new Float32Array(people!.state.buffer, people!.state.byteOffset, people!.state.length)
  head.set([2, tick, 200, 140, layout.links, layout.groups])
  path.fill(EMPTY_SLOT)
  for (let slot = 0; slot < 200; slot++) {
    if (uniform(1, slot) < 0.3) continue
    path[slot] = Math.floor(uniform(2, slot) * 5e6)
    state[slot] = Math.floor(uniform(3, slot) * 2 ** 31)
  }
  for (let link = 0; link < layout.links; link++) { linkSpeed[link] = uniform(4, link) * 255; linkQueue[link] = uniform(5, link) * 20 }
  for (let group = 0; group < layout.groups; group++) groupState[group] = uniform(6, group) * 4
  people!.head.set([tick, 90, 60])
  for (let row = 0; row < layout.people; row++) {
    if (uniform(7, row) < 0.3) continue
    for (let axis = 0; axis < 3; axis++) places[4 * row + axis] = (uniform(8 + axis, row) - 0.5) * [80_000, 80_000, 900][axis]!
    people!.state[4 * row + 3] = (Math.floor(uniform(12, row) * 2 ** 21) | PersonBit.present) >>> 0
  }
  return snapshot
}

test('a packed snapshot says the same within 1/4096 of a path and 1/8 m', () => {
  const from = randomSnapshot(40)
  const to = blank()
  to.path.fill(77)
  unpackSnapshot(packSnapshot(from, new Uint8Array(packedBytesMost(from))), to)
  expect([...to.head]).toEqual([...from.head])
  expect([...to.path]).toEqual([...from.path])
  expect([...to.state].map(word => word & ~0xf)).toEqual([...from.state].map(word => word & ~0xf))
  for (const name of ['linkSpeed', 'linkQueue', 'groupState'] as const) expect([...to[name]]).toEqual([...from[name]])
  const [before, after] = [from, to].map(({ people }) => new Float32Array(people!.state.buffer, people!.state.byteOffset, people!.state.length))
  for (let row = 0; row < layout.people; row++) {
    expect(to.people!.state[4 * row + 3]).toBe(from.people!.state[4 * row + 3])
    for (let axis = 0; axis < 3; axis++) expect(Math.abs(after![4 * row + axis]! - before![4 * row + axis]!)).toBeLessThanOrEqual(1 / 16)
  }
})

describe('a history', () => {
  const totals = (tick: number): RunTotals => ({ tick }) as RunTotals
  function filled(ticks: number, bytesMax?: number): History {
    const history = new History(layout, 0.5, bytesMax)
    for (let tick = 1; tick <= ticks; tick++) {
      if (!history.wants(tick)) continue
      const seen = randomSnapshot(tick)
      history.add(tick, snapshot => { for (const name of ['head', 'path', 'state', 'linkSpeed', 'linkQueue', 'groupState'] as const) snapshot[name].set(seen[name]) }, totals(tick), () => null)
    }
    return history
  }

  test('shows the last moment at or before a tick', async () => {
    const history = filled(100)
    expect([history.firstTick, history.at(7), history.at(8), history.at(57), history.at(1e9)]).toEqual([8, -1, 8, 56, 96])
    expect((await history.picture(57)).head[1]).toBe(56)
    expect(history.reports(57).totals.tick).toBe(56)
  })

  test('keeps within its room by forgetting every other moment, evenly', async () => {
    const whole = filled(400)
    for (let tick = 8; tick <= 400; tick += 8) await whole.picture(tick)
    const history = filled(400, whole.bytes / 3)
    for (let tick = 32; tick <= 400; tick += 8) await history.picture(tick)
    expect(history.bytes).toBeLessThanOrEqual(whole.bytes / 3)
    expect(history.every).toBe(32)
    expect(history.moments).toBe(12)
    expect([history.at(40), (await history.picture(40)).head[1]]).toEqual([32, 32])
  })

  test('forgets what is no longer of this run', async () => {
    const history = filled(100)
    history.dropAfter(50)
    expect([history.at(99), history.wants(56), history.wants(48)]).toEqual([48, true, false])
    const whole = filled(48)
    for (let tick = 8; tick <= 48; tick += 8) await Promise.all([history.picture(tick), whole.picture(tick)])
    expect(history.bytes).toBe(whole.bytes)
  })
})

describe('a run that is looked at again', () => {
  const binhai: ClosureEdit = { kind: 'closure', id: 'binhai', enabled: true, window: { start: '07:01', end: '07:09' }, target: { road: '滨海大道' }, lanes: 'all' }
  let pack: CityPack
  beforeAll(async () => { pack = await shippedPack() })

  test('shows what was seen then, and goes on as if nobody had looked', async () => {
    const host = createSimHost({ now: () => performance.now() / 1000, pause: () => new Promise(done => setImmediate(done)), openPack: async () => pack })
    const loaded = await host.load({ scenario: thinMorning, cityUrl: '', shared: true })
    if (!loaded.ok) throw new Error('not loaded')
    const newest = ringReader(loaded.value.layout, loaded.value.ring!)
    const then = await host.runTo(120)
    const seen = newest()!, path = [...seen.path], queue = [...seen.linkQueue]
    const expected = (await host.runTo(240)).stateHash
    const review = await host.review(121)
    expect(review).toMatchObject({ totals: then.totals, reviewing: true, liveTick: 240, stateHash: '', recordedFrom: 8 })
    expect([newest()!.head[1], [...newest()!.path], [...newest()!.linkQueue]]).toEqual([120, path, queue])
    const back = await host.review(null)
    expect(back).toMatchObject({ reviewing: false, totals: { tick: 240 }, stateHash: expected })
    await host.review(60)
    const on = await host.runTo(300)
    const plain = await openHost(thinMorning, pack)
    expect(on.stateHash).toBe((await plain.runTo(300)).stateHash)
  })

  test('plays on from there until it has caught up', async () => {
    let wall = 0
    const host = createSimHost({ now: () => wall, pause: seconds => { wall += Math.max(seconds, 0.001); return new Promise(done => setImmediate(done)) }, openPack: async () => pack })
    await host.load({ scenario: thinMorning, cityUrl: '', shared: true })
    await host.runTo(100)
    await host.review(40)
    await host.setSpeed(20)
    const ticks: number[] = []
    for (let status = await host.status(); status.liveTick < 112; status = await host.status()) {
      if (status.reviewing) ticks.push(status.totals.tick)
      await new Promise(done => setTimeout(done, 1))
    }
    await host.setSpeed(0)
    expect(ticks.every((tick, at) => tick % 8 === 0 && tick >= (ticks[at - 1] ?? 40))).toBe(true)
    expect(new Set(ticks).size).toBeGreaterThan(3)
  })

  test('is told what a road was like', async () => {
    const host = await openHost({ ...thinMorning, edits: [binhai] }, pack)
    const { links, strings } = await pack.layer(networkLayer)
    const link = Array.from({ length: links.rows }, (_, row) => row).find(row => strings[links.name[row]!] === '滨海大道')!
    await host.runTo(96)
    const then = await host.inspectLink(link)
    await host.runTo(300)
    const now = await host.inspectLink(link)
    await host.review(96)
    const seen = await host.inspectLink(link)
    expect([then.closedLanes, now.closedLanes, seen.closedLanes]).toEqual([0, links.laneCount[link], 0])
    expect([seen.vehicles, seen.speedLimitKmh]).toEqual([then.vehicles, then.speedLimitKmh])
    expect(await host.inspectVehicle(0)).toBeNull()
  })

  test('shows the present again when the document changes, and forgets what an undone edit had done', async () => {
    const host = await openHost(thinMorning, pack)
    await host.runTo(200)
    await host.review(100)
    const closed = await updateHost(host, { ...thinMorning, edits: [{ ...binhai, window: { start: '07:00', end: '07:09' } }] })
    expect(closed.status).toMatchObject({ reviewing: false, totals: { tick: 200 } })
    await host.runTo(300)
    const open = await updateHost(host, thinMorning)
    expect(open.replayedTicks).toBe(100)
    const plain = await openHost(thinMorning, pack)
    await plain.runTo(300)
    expect((await host.review(280)).totals).toEqual((await plain.review(280)).totals)
  })

  test('shows people on foot where they were', async () => {
    const host = await openHost(leavingShow(60), pack)
    const then = await host.runTo(32)
    await host.runTo(64)
    const review = await host.review(32)
    expect(review.people!.persons).toBe(then.people!.persons)
    expect(review.totals).toEqual(then.totals)
  }, 60_000)
})
