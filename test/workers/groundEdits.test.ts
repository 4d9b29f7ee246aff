import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { readPack, toLonLat, type CityPack } from '../../src/city'
import type { GroundEdit, Scenario } from '../../src/scenario'
import type { RunStatus, SimHost } from '../../src/workers'
import { createSimHost } from '../../src/workers/simHost'
import { planGround } from '../../src/workers/groundPlan'
import type { CrowdChange } from '../../src/sim'

const folder = join(import.meta.dirname, '../../assets/shenzhen')
const at = (x: number, y: number): [number, number] => [...toLonLat(x, y)]

/** 120 people on the square of the Civic Center who all leave within the first minute, by metro or on foot. */
const scenario: Scenario = {
  format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '', en: '' }, city: 'shenzhen',
  window: { start: '20:00', end: '20:10' }, seed: 3, demand: { scale: 0, rerouteShare: 0 }, edits: [{
    kind: 'event', id: 'show', enabled: true, window: { start: '19:00', end: '20:00' }, venue: 'civic-center', attendance: 120, carShare: 0, taxiShare: 0, personsPerCar: 2,
    leavingMinutesAfter: [0, 0.5, 1], onFoot: { metroShare: 0.7 },
  }],
}
const all = { enabled: true, window: { start: '20:00', end: '20:10' } } as const
/** A fence across the square, and no way into the station. */
const fence: GroundEdit = { kind: 'barrier', id: 'fence', ...all, line: [at(600, 60), at(900, 60)] }
const shut = (way: number): GroundEdit => ({ kind: 'gate', id: `shut-${way}`, ...all, at: `civic-center/市民中心:entrance${way}`, personsPerMinute: 0 })

let pack: CityPack
beforeAll(async () => { pack = await readPack(async file => new Uint8Array(readFileSync(join(folder, file)))) })

async function open(...edits: GroundEdit[]): Promise<SimHost> {
  const host = createSimHost({ now: () => performance.now() / 1000, pause: () => new Promise(done => setImmediate(done)), openPack: async () => pack })
  const loaded = await host.load({ scenario: { ...scenario, edits: [...scenario.edits, ...edits] }, cityUrl: '', shared: true })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return host
}

async function update(host: SimHost, ...edits: GroundEdit[]): Promise<RunStatus> {
  const outcome = await host.update({ ...scenario, edits: [...scenario.edits, ...edits] })
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'))
  return outcome.value.status
}

describe('a measure on the ground, set while people walk', () => {
  test('holds from now on, nobody is lost, and taken back it leaves no trace', async () => {
    const plain = await open()
    const before = (await plain.runTo(60)).stateHash
    const after = (await plain.runTo(130)).stateHash
    const host = await open()
    await host.runTo(60)
    const measured = await update(host, fence, shut(1), shut(2), shut(3), shut(4))
    expect(measured.totals.tick).toBe(60)
    expect(Object.values(measured.people!.places).reduce((sum, count) => sum + count, 0)).toBe(120)
    const held = await host.runTo(130)
    expect(held.stateHash).not.toBe(after)
    expect((await update(host)).stateHash).toBe(after)
    expect((await host.runTo(60)).stateHash).toBe(before)
  })

  test('of the document from the start is heeded from the start', async () => {
    const [free, fenced] = [await open(), await open(fence)]
    expect((await fenced.runTo(120)).stateHash).not.toBe((await free.runTo(120)).stateHash)
  })
})

test('what joins a run late holds from then on; what was over never was', () => {
  const stand = (tick: number, closed: boolean): CrowdChange => ({ tick, source: 'a', kind: 'barrier', id: 'edit:a', closed })
  const joined = new Map([['a', 50]])
  expect(planGround([], [stand(100, true), stand(900, false)], joined, 50, 10)).toEqual({ changes: [stand(500, true), stand(900, false)], fromTick: 50 })
  expect(planGround([], [stand(100, true), stand(400, false)], joined, 50, 10)).toEqual({ changes: [], fromTick: 50 })
  expect(planGround([stand(500, true)], [stand(500, true), stand(700, false)], joined, 80, 10)).toEqual({ changes: [stand(500, true), stand(700, false)], fromTick: 70 })
})
