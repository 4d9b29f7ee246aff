import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, expect, test } from 'vitest'
import { readPack, type CityPack } from '../../src/city'
import type { Scenario, ScenarioEdit } from '../../src/scenario'
import type { SimHost } from '../../src/workers'
import { createSimHost } from '../../src/workers/simHost'

const folder = join(import.meta.dirname, '../../assets/shenzhen')
const scenario: Scenario = {
  format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '试', en: 'Test' }, city: 'shenzhen',
  window: { start: '07:00', end: '07:10' }, seed: 7, demand: { scale: 0.02, rerouteShare: 0.3 }, edits: [],
}
const closure = (start: string): ScenarioEdit =>
  ({ kind: 'closure', id: 'binhai', enabled: true, window: { start, end: '07:09' }, target: { road: '滨海大道' }, lanes: 'all' })

interface Manifest { stateHash: string; repeats: boolean; joinedLater: unknown[]; ticks: number; until: string; files: { name: string; bytes: number; sha256: string }[]; city: { layers: { sha256: string }[] } }

let pack: CityPack
beforeAll(async () => { pack = await readPack(async file => new Uint8Array(readFileSync(join(folder, file)))) })

async function open(): Promise<SimHost> {
  const host = createSimHost({ now: () => performance.now() / 1000, pause: () => new Promise(done => setImmediate(done)), openPack: async () => pack })
  const loaded = await host.load({ scenario, cityUrl: '', shared: true })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return host
}

async function exported(host: SimHost): Promise<{ zip: Uint8Array; files: Record<string, Uint8Array>; manifest: Manifest }> {
  const zip = await host.exportRun()
  const files = unzipSync(zip)
  return { zip, files, manifest: JSON.parse(strFromU8(files['manifest.json']!)) as Manifest }
}

test('the zip of a run names its state and every file, and is the same each time', async () => {
  const host = await open()
  const { stateHash } = await host.runTo(120)
  const { zip, files, manifest } = await exported(host)
  expect(Object.keys(files).sort()).toEqual(['kpis.csv', 'links.geojson', 'manifest.json', 'scenario.json', 'trips.csv'])
  expect(manifest).toMatchObject({ stateHash, repeats: true, joinedLater: [], ticks: 120, until: '07:01' })
  for (const { name, bytes, sha256 } of manifest.files) {
    expect({ name, bytes, sha256 }).toEqual({ name, bytes: files[name]!.length, sha256: createHash('sha256').update(files[name]!).digest('hex') })
  }
  expect(manifest.city.layers.map(({ sha256 }) => sha256)).toEqual(pack.manifest.layers.map(({ sha256 }) => sha256))
  expect(JSON.parse(strFromU8(files['scenario.json']!))).toEqual(scenario)
  const again = await open()
  await again.runTo(120)
  expect(Buffer.from(zip).equals(await exported(again).then(other => Buffer.from(other.zip)))).toBe(true)
})

test('an edit that joined a running simulation later than it says is told, because scenario and seed do not repeat it', async () => {
  const host = await open()
  await host.runTo(240)
  await host.update({ ...scenario, edits: [closure('07:01')] })
  expect((await exported(host)).manifest).toMatchObject({ repeats: false, joinedLater: [{ id: 'binhai', at: '07:02' }] })
  await host.update({ ...scenario, edits: [closure('07:05')] })
  expect((await exported(host)).manifest).toMatchObject({ repeats: true, joinedLater: [] })
})
