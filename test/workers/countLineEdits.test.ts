import { beforeAll, expect, test } from 'vitest'
import { toLonLat, type CityPack } from '../../src/city'
import type { CountLineEdit, Scenario } from '../../src/scenario'
import type { RunStatus, SimHost } from '../../src/workers'
import { shippedPack } from '../shipped'
import { leavingShow, openHost, updateHost } from './support'

const at = (x: number, y: number): [number, number] => [...toLonLat(x, y)]
const scenario = leavingShow(90)
const all = { enabled: true, window: { start: '20:00', end: '20:10' } } as const
/** All across the square, from west to east: left of it is north. */
const across: CountLineEdit = { kind: 'countLine', id: 'across', ...all, line: [at(400, 60), at(1100, 60)] }

let pack: CityPack
beforeAll(async () => { pack = await shippedPack() })

const open = (): Promise<SimHost> => openHost(scenario, pack)
const update = async (host: SimHost, changed: Partial<Scenario>): Promise<RunStatus> => (await updateHost(host, { ...scenario, ...changed })).status
const crossed = ({ people }: RunStatus): number => people!.lines.reduce((sum, { toLeft, toRight }) => sum + toLeft + toRight, 0)

test('a line that is drawn while people walk counts from then on and leaves no trace; limits of alarms change as well', async () => {
  const host = await open()
  const plain = (await host.runTo(100)).stateHash
  await host.runTo(60)
  const drawn = await update(host, { edits: [...scenario.edits, across], crowdLimits: { unstable: 3, holdSeconds: 2 } })
  expect([drawn.totals.tick, crossed(drawn)]).toEqual([60, 0])
  expect([drawn.people!.limits.unstable, drawn.people!.limits.hold, drawn.people!.limits.dangerous]).toEqual([3, 2, 5])
  expect(crossed(await host.runTo(100))).toBeGreaterThan(0)
  expect((await update(host, {})).stateHash).toBe(plain)
})
