import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { CrowdRun, spread, walkersAt } from '../../../src/analysis/validation/crowd/bed'
import { findExits } from '../../../src/analysis/validation/crowd/experiment'
import { roomWithDoor } from '../../../src/analysis/validation/crowd/flow'
import { main } from '../../../src/cli/main'
import { made, rectangle } from './made'

const folder = mkdtempSync(join(tmpdir(), 'pengcheng-experiment-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' }
  vi.spyOn(process.stdout, 'write').mockImplementation(text => { said.out += String(text); return true })
  vi.spyOn(process.stderr, 'write').mockImplementation(text => { said.err += String(text); return true })
  return { code: await main(['validate', 'crowd', '--experiment', ...args]), ...said }
}

/** A bottleneck of 1.2 m, of our own agents, as PeTrack would have seen it; `slower` stretches time. */
function bottleneck(slower: number): { file: string; geometry: string } {
  const scene = roomWithDoor([0, 0, 6, 6], 1.2)
  const own = new CrowdRun({ ...scene, walkers: walkersAt(spread(50, [0, 0, 6, 6], 2)), seed: 4 })
  const lines = ['# framerate: 5 fps', '# id frame x/m y/m']
  let tick = 0
  own.advance(60, () => { if (++tick % 4 === 0) for (const { id, x, y } of own.bodies()) lines.push(`${id} ${(tick / 4) * slower} ${x} ${y}`) })
  const file = join(folder, `bottleneck-${slower}.txt`)
  writeFileSync(file, lines.join('\n'))
  const ring = scene.space.floors[0]!.outlines[0]!
  return { file, geometry: `POLYGON ((${[...ring, ring[0]!].map(([x, y]) => `${x} ${y}`).join(', ')}))` }
}
const where = ['--line', '6.1,2.4 6.1,3.6', '--area', '4,2 6,2 6,4 4,4']

interface Report { ok: boolean; exits: { persons: number }[]; rows: { case: string; expected: number; measured: number; pass: boolean }[] }

describe('an experiment', () => {
  test('of our own agents is what our agents make of it', async () => {
    const { file, geometry } = bottleneck(1)
    const { code, out } = await run(file, '--geometry', geometry, ...where, '--json')
    const report = JSON.parse(out) as Report
    expect(report.exits.map(({ persons }) => persons)).toEqual([50])
    expect(report.rows.map(row => row.case)).toEqual(['A', 'C', 'D'].flatMap(method => ['density', 'speed', 'specific-flow'].map(figure => `experiment/${method}/${figure}`)).concat('experiment/line/flow', 'experiment/line/passed', 'experiment/appeared', 'experiment/persons'))
    expect(report.rows.filter(({ pass }) => !pass)).toEqual([])
    expect(code).toBe(0)
  })

  test('in which people were half as fast is not', async () => {
    const { file, geometry } = bottleneck(2)
    const { code, out } = await run(file, '--geometry', geometry, ...where, '--json')
    const report = JSON.parse(out) as Report
    expect([code, report.ok]).toEqual([1, false])
    expect(report.rows.filter(({ pass }) => !pass).map(row => row.case)).toEqual(expect.arrayContaining(['experiment/line/flow', 'experiment/A/specific-flow']))
    const flow = report.rows.find(row => row.case === 'experiment/line/flow')!
    expect(flow.measured / flow.expected).toBeGreaterThan(1.5)
  })

  test('needs a geometry and a place to measure', async () => {
    const { file, geometry } = bottleneck(1)
    expect((await run(file, ...where)).err).toContain('says nothing of where people could walk. Give it with --geometry')
    expect((await run(file, '--geometry', geometry)).err).toContain('Neither --area nor --line')
    expect((await run(join(folder, 'none.txt'), '--geometry', geometry, ...where)).code).toBe(1)
  })
})

test('exits are where ways end, each across its way from wall to wall', () => {
  const walks = made([
    time => [5 + time, 2], time => [5 + time, 2.8], time => [5 + time, 1.4],
    time => (time <= 4 ? [4, 1 - time / 5] : undefined), time => (time <= 4 ? [4.5, 1 - time / 5] : undefined),
  ], 5, 2)
  const { exits, exitOfPerson } = findExits(walks, [rectangle(0, 0, 12, 4)])
  expect(exitOfPerson).toEqual([0, 0, 0, 1, 1])
  expect(exits.map(({ persons }) => persons)).toEqual([3, 2])
  const [[[ax, ay], [bx, by]]] = [exits[0]!.line]
  expect([ax, bx, Math.min(ay, by), Math.max(ay, by)]).toEqual([10, 10, expect.closeTo(0, 9), expect.closeTo(4, 9)])
  const [[, cy], [, dy]] = exits[1]!.line
  expect([cy, dy]).toEqual([expect.closeTo(0.2, 9), expect.closeTo(0.2, 9)])
})
