import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { readPack, toLonLat, type CityPack } from '../../src/city'
import type { CountLineEdit, Scenario } from '../../src/scenario'
import type { RunStatus, SimHost } from '../../src/workers'
import { createSimHost } from '../../src/workers/simHost'

const folder = join(import.meta.dirname, '../../assets/shenzhen')
const at = (x: number, y: number): [number, number] => [...toLonLat(x, y)]

/** 90 people on the square of the Civic Center who all leave within the first minute, by metro or on foot. */
const scenario: Scenario = {
  format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '', en: '' }, city: 'shenzhen',
  window: { start: '20:00', end: '20:10' }, seed: 3, demand: { scale: 0, rerouteShare: 0 }, edits: [{
    kind: 'event', id: 'show', enabled: true, window: { start: '19:00', end: '20:00' }, venue: 'civic-center', attendance: 90, carShare: 0, taxiShare: 0, personsPerCar: 2,
    leavingMinutesAfter: [0, 0.5, 1], onFoot: { metroShare: 0.7 },
  }],
}
const all = { enabled: true, window: { start: '20:00', end: '20:10' } } as const
/** All across the square, from west to east: left of it is north. */
const across: CountLineEdit = { kind: 'countLine', id: 'across', ...all, line: [at(400, 60), at(1100, 60)] }

let pack: CityPack
beforeAll(async () => { pack = await readPack(async file => new Uint8Array(readFileSync(join(folder, file)))) })

async function open(): Promise<SimHost> {
  const host = createSimHost({ now: () => performance.now() / 1000, pause: () => new Promise(done => setImmediate(done)), openPack: async () => pack })
  const loaded = await host.load({ scenario, cityUrl: '', shared: true })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return host
}
async function update(host: SimHost, changed: Partial<Scenario>): Promise<RunStatus> {
  const outcome = await host.update({ ...scenario, ...changed })
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'))
  return outcome.value.status
}
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
