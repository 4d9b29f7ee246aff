import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { main } from '../../../src/cli/main'

const fixtures = join(import.meta.dirname, '../../fixtures/import')
let folder: string
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'import-command-')) })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...args: string[]): Promise<{ code: number; out: string }> {
  const written: string[] = []
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(text => written.push(String(text)) > 0)
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  try {
    return { code: await main(args), out: written.join('') }
  } finally {
    out.mockRestore()
    err.mockRestore()
  }
}

test('import, then run: the scenario finds its city beside it, and every vehicle of the file arrives', async () => {
  const out = join(folder, 'tee')
  const imported = await run('import', 'sumo', join(fixtures, 'sumo/tee.net.xml'), join(fixtures, 'sumo/tee.rou.xml'), '-o', out, '--start', '07:00', '--json')
  expect(imported.code).toBe(0)
  expect(JSON.parse(imported.out)).toMatchObject({ ok: true, files: ['tee.net.xml', 'tee.rou.xml'], trips: { trips: 15, withRoute: 8, first: '07:00' } })
  expect(readdirSync(out).sort()).toEqual(['import-report.json', 'scenario.json', 'tee'])
  expect(JSON.parse(readFileSync(join(out, 'scenario.json'), 'utf8'))).toMatchObject({ city: 'tee', window: { start: '07:00', end: '07:31' } })
  const ran = await run('run', join(out, 'scenario.json'), '--json', '--check')
  expect(ran.code).toBe(0)
  expect(JSON.parse(ran.out)).toMatchObject({ trips: 15, arrived: 15, unreachable: 0, missedTurns: 0 })
})

test.each([
  ['gmns', [join(fixtures, 'gmns')], 'gmns'],
  ['geojson', [join(fixtures, 'geojson/lines.geojson'), '--mapping', join(fixtures, 'geojson/mapping.json')], 'lines'],
])('%s with random trips, the same each time', async (kind, args, id) => {
  const hashes: string[] = []
  for (const name of ['one', 'two']) {
    const out = join(folder, kind + name)
    expect((await run('import', kind, ...args, '-o', out, '--random-trips', '40')).code).toBe(0)
    const ran = JSON.parse((await run('run', join(out, 'scenario.json'), '--json')).out) as { city: string; trips: number; arrived: number; stateHash: string }
    expect(ran).toMatchObject({ city: id, trips: 40, arrived: 40 })
    hashes.push(ran.stateHash)
  }
  expect(hashes[0]).toBe(hashes[1])
})

test('without trips, demand is assumed from the roads', async () => {
  const out = join(folder, 'assumed')
  expect((await run('import', 'gmns', join(fixtures, 'gmns'), '-o', out, '--end', '07:10')).code).toBe(0)
  const ran = JSON.parse((await run('run', join(out, 'scenario.json'), '--json')).out) as { trips: number }
  expect(ran.trips).toBeGreaterThan(20)
})

test('a refusal is exit code 1, its problems one by one, and no folder; wrong options are 2', async () => {
  const bad = join(folder, 'bad.net.xml')
  writeFileSync(bad, readFileSync(join(fixtures, 'sumo/tee.net.xml'), 'utf8').replaceAll('from="s"', 'from="x"'))
  const done = await run('import', 'sumo', bad, '-o', join(folder, 'none'), '--json')
  expect(done.code).toBe(1)
  expect(JSON.parse(done.out)).toMatchObject({ ok: false, problems: [{ code: 'import/unknown-node', subject: { kind: 'file' }, remedy: 'Add the node, or correct the id.' }] })
  expect(existsSync(join(folder, 'none'))).toBe(false)
  for (const wrong of [['--random-trips', 'many'], ['--start', '7'], ['--seed', '-1'], ['--name', 'a b']])
    expect((await run('import', 'sumo', join(fixtures, 'sumo/tee.net.xml'), '-o', join(folder, 'none'), ...wrong)).code, wrong.join(' ')).toBe(2)
  expect(existsSync(join(folder, 'none'))).toBe(false)
})

const generator = 'netgenerate' // comes with Debian's sumo

test.skipIf(spawnSync(generator, ['--version']).status !== 0)('the bench against SUMO runs, and travel times agree within 10 %', () => {
  const root = join(import.meta.dirname, '../../..')
  const done = spawnSync(process.execPath, ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), join(root, 'bench/vs-sumo.ts'), '--cases', 'tiny', '--json'], { encoding: 'utf8', cwd: root })
  expect(done.status, done.stderr).toBe(0)
  const { rows } = JSON.parse(done.stdout) as { rows: { sumo: { arrived: number }; ours: { arrived: number }; travelTimeRatio: number }[] }
  expect(rows).toHaveLength(1)
  expect([rows[0]!.sumo.arrived, rows[0]!.ours.arrived]).toEqual([200, 200])
  expect(Math.abs(rows[0]!.travelTimeRatio - 1)).toBeLessThan(0.1)
})
