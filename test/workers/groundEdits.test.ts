import { beforeAll, describe, expect, test } from 'vitest'
import { toLonLat, type CityPack } from '../../src/city'
import type { GroundEdit, Scenario } from '../../src/scenario'
import type { CrowdChange } from '../../src/sim'
import type { RunStatus, SimHost } from '../../src/workers'
import { planGround } from '../../src/workers/groundPlan'
import { shippedPack } from '../shipped'
import { leavingShow, openHost, updateHost } from './support'

const at = (x: number, y: number): [number, number] => [...toLonLat(x, y)]
const scenario = leavingShow(120)
const all = { enabled: true, window: { start: '20:00', end: '20:10' } } as const
/** A fence across the square, and no way into the station. */
const fence: GroundEdit = { kind: 'barrier', id: 'fence', ...all, line: [at(600, 60), at(900, 60)] }
const shut = (way: number): GroundEdit => ({ kind: 'gate', id: `shut-${way}`, ...all, at: `civic-center/市民中心:entrance${way}`, personsPerMinute: 0 })

let pack: CityPack
beforeAll(async () => { pack = await shippedPack() })

const withEdits = (edits: readonly GroundEdit[]): Scenario => ({ ...scenario, edits: [...scenario.edits, ...edits] })
const open = (...edits: GroundEdit[]): Promise<SimHost> => openHost(withEdits(edits), pack)
const update = async (host: SimHost, ...edits: GroundEdit[]): Promise<RunStatus> => (await updateHost(host, withEdits(edits))).status

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
