import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { main } from '../../../src/cli/main'
import { grid } from './made'

const folder = mkdtempSync(join(tmpdir(), 'pengcheng-measure-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation(text => { said.out += String(text); return true })
  vi.spyOn(process.stderr, 'write').mockImplementation(text => { said.err += String(text); return true })
  return { code: await main(['measure', ...args]), ...said }
}

/** 4 p/m2 at 0.8 m/s in a corridor of 3 m: 3.2 p/m/s. */
const walkers = grid(40, 6, 0.5, 0.8)
const rows = Array.from({ length: 41 }, (_, frame) => walkers.map((place, at) => { const [x, y] = place(frame / 4); return `${at + 1} ${frame} ${(x - 10) * 100} ${y * 100} 170` })).flat()
const walk = join(folder, 'walk.txt')
writeFileSync(walk, `# framerate: 4 fps\n# id frame x/cm y/cm z/cm\n${rows.join('\n')}\n`)
const place = ['--area', '0,0 2,0 2,3 0,3', '--line', '1,0 1,3', '--geometry', 'POLYGON ((-20 0, 40 0, 40 3, -20 3, -20 0))']

interface Report { methods: { method: string; density: number; speed: number; specificFlow: number; fruin: string; series?: unknown[][] }[]; flow: Record<string, number>; exposure: { threshold: number; personMinutes: number }[] }

test('says what a block of walkers is known to do, by all methods', async () => {
  const { code, out } = await run(walk, ...place, '--depth', '1', '--interval', '2.5', '--from', '1', '--to', '9', '--json', '--series')
  expect(code).toBe(0)
  const report = JSON.parse(out) as Report
  expect(report).toMatchObject({ ok: true, format: 'petrack', persons: 240, framesPerSecond: 4, seconds: 10, geometry: 'option', outside: 0, window: 2, cutoff: 1, flow: { leftToRight: report.flow['passed'] } })
  expect(report.methods.map(({ method }) => method)).toEqual(['A', 'B', 'C', 'D'])
  for (const { method, density, speed, specificFlow, fruin, series } of report.methods) {
    expect(density / 4, method).toBeCloseTo(1, 1)
    expect(speed).toBeCloseTo(0.8, 6)
    expect(specificFlow / 3.2).toBeCloseTo(1, 1)
    expect(fruin).toBe('F')
    expect(series![0]).toHaveLength(4)
  }
  const voronoi = report.methods[3]!
  expect(voronoi.density).toBeCloseTo(4, 9)
  expect(report.exposure[0]!.personMinutes).toBeCloseTo((24 * 33) / 4 / 60, 1)
  expect(report.exposure[1]).toMatchObject({ threshold: 5, personMinutes: 0 })
})

test('as text, with units; what is exported reads the same', async () => {
  const sqlite = join(folder, 'walk.sqlite')
  const { code, out, err } = await run(walk, ...place, '--sqlite', sqlite, '--every', '4')
  expect(code).toBe(0)
  expect(out).toMatch(/D, Voronoi +11 +4\.000 +4\.000 +0\.800 +3\.200 +F/)
  expect(out).toMatch(/line of 3\.00 m: \d+ passed/)
  expect(err).toContain('JuPedSim SQLite')
  const again = await run(sqlite, ...place.slice(0, 4), '--every', '4')
  expect(again.out.split('\n').slice(1)).toEqual(out.split('\n').slice(1))
})

test('notes what it does not know', async () => {
  const { out } = await run(walk, ...place.slice(0, 2), '--every', '20')
  expect(out).toContain('note: nothing says where people could walk')
  const { out: narrow } = await run(walk, ...place.slice(0, 2), '--every', '20', '--geometry', 'POLYGON ((-20 0, 40 0, 40 1, -20 1, -20 0))')
  expect(narrow).toMatch(/note: \d+ positions lie beyond the walkable area/)
})

test.each([
  [[walk], 'Neither --area nor --line'],
  [[walk, '--area', '0,0 1,1'], '--area "0,0 1,1": is not 3 or more pairs of numbers. Write it like'],
  [[walk, '--area', '0,0 1,1 2,2'], 'has no area'],
  [[walk, '--line', '0,0 a,1'], '--line "0,0 a,1": is not 2 pairs of numbers'],
  [[walk, '--line', '0,0 0,0'], 'has no length'],
  [[walk, '--line', '0,0 0,1', '--method', 'D'], '--method D needs an area'],
  [[walk, '--line', '0,0 0,1', '--method', 'B'], 'Give --depth'],
  [[walk, ...place, '--method', 'E'], '--method E: is not known. Known: A (line)'],
  [[walk, ...place, '--fps', '-1'], '--fps -1: is no positive number'],
  [[walk, ...place, '--unit', 'ft'], '--unit ft: is not known'],
  [[walk, ...place, '--window', '0'], '--window 0: is no whole number above 0'],
  [[walk, ...place, '--from', '5', '--to', '5'], 'is not after --from'],
  [[walk, ...place, '--direction', '0,0'], 'has no direction'],
  [[walk, ...place.slice(0, 4), '--geometry', 'CIRCLE (1 2)'], 'is CIRCLE, not a polygon (and there is no such file)'],
  [[walk, ...place.slice(0, 4), '--sqlite', join(folder, 'x.sqlite')], 'Give it with --geometry'],
])('wrong usage: %j', async (args, message) => {
  const { code, err, out } = await run(...args)
  expect(err).toContain(message)
  expect([code, out]).toEqual([2, ''])
})

test('a file that cannot be used says so, and leaves nothing behind', async () => {
  const missing = await run(join(folder, 'none.txt'), ...place, '--json')
  expect(missing.code).toBe(1)
  expect(JSON.parse(missing.out)).toMatchObject({ ok: false, problems: [{ code: 'trajectory/unreadable', subject: { kind: 'file' }, remedy: expect.stringContaining('path') as string }] })
  expect((await run(folder, ...place)).err).toContain('is a folder')
  const spoilt = join(folder, 'spoilt.txt')
  writeFileSync(spoilt, '# framerate: 8\n# x/m\n1 0 1 2\n1 1 x 2\n')
  const refused = await run(spoilt, ...place, '--json', '--sqlite', join(folder, 'never.sqlite'))
  expect(JSON.parse(refused.out)).toMatchObject({ ok: false, problems: [{ code: 'trajectory/number', subject: { kind: 'file', id: `${spoilt}:4` } }] })
  expect(existsSync(join(folder, 'never.sqlite'))).toBe(false)
  expect((await run(walk, ...place, '--sqlite', join(folder, 'no', 'such.sqlite'))).err).toContain('cannot be written (ENOENT)')
})
