import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const run = (...args: string[]): Promise<{ stdout: string; stderr: string }> =>
  promisify(execFile)(process.execPath, [join(root, 'bin/pengcheng.js'), 'city', ...args], { cwd: root, maxBuffer: 1 << 24 })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('report: one JSON document with the promised figures, and suspicious places as GeoJSON', async () => {
  const places = join(folder, 'places.geojson')
  const { stdout } = await run('report', '--json', '--geojson', places)
  const report = JSON.parse(stdout) as Record<string, unknown>
  for (const field of ['nodes', 'links', 'lanes', 'laneKm', 'junctions', 'signals', 'largestComponentLaneShare', 'linksUnder10m', 'lanesWithoutExit']) {
    expect(report[field]).toEqual(expect.any(Number))
  }
  expect(report['guessed']).toEqual(expect.any(Object))
  const { type, features } = JSON.parse(readFileSync(places, 'utf8')) as { type: string; features: { geometry: { coordinates: [number, number] }; properties: { kind: string; what: string } }[] }
  expect(type).toBe('FeatureCollection')
  expect(features.some(({ properties }) => properties.kind === 'correction:add')).toBe(true)
  for (const { geometry: { coordinates: [lon, lat] }, properties } of features) {
    expect(lon > 113.7 && lon < 114.7 && lat > 22.3 && lat < 22.9).toBe(true)
    expect(properties.what).not.toBe('')
  }
})

test('a bad extract ends with its reason on stderr and in one JSON document, an exit code, and no pack', async () => {
  const extract = join(folder, 'empty.osm')
  writeFileSync(extract, '<osm version="0.6"></osm>')
  const output = join(folder, 'pack')
  const failed = await run('build', extract, '-o', output, '--json').then(() => null, (error: unknown) => error as { code: number; stdout: string; stderr: string })
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('empty.osm: holds no way') as string })
  expect(JSON.parse(failed!.stdout)).toMatchObject({ ok: false, problems: [{ code: 'city/extract', subject: { kind: 'file', id: 'empty.osm' } }] })
  expect(existsSync(output)).toBe(false)
})
