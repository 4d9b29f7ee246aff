import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { readRecording } from '../../../src/analysis/crowd/formats/readRecording'
import { CrowdRecording } from '../../../src/analysis/crowd/recordCrowd'
import { CrowdRun, spread, walkersAt } from '../../../src/analysis/validation/crowd/bed'
import { roomWithDoor } from '../../../src/analysis/validation/crowd/flow'
import { recordedWays } from '../../../src/cli/recordedWays'
import type { CompiledScenario } from '../../../src/scenario'
import type { World } from '../../../src/sim'

const folder = mkdtempSync(join(tmpdir(), 'pengcheng-ways-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => vi.restoreAllMocks())

const walk = (): CrowdRun => new CrowdRun({ ...roomWithDoor([0, 0, 5, 5], 1), walkers: walkersAt(spread(12, [0, 0, 5, 5])) })

test('a crowd is kept as it walked, a look every half second', () => {
  const run = walk()
  const recording = new CrowdRecording(run.crowd, 0.5)
  const seen = new Map<string, [number, number]>()
  run.advance(20, time => {
    recording.look(run.crowd)
    if (Math.abs(time * 2 - Math.round(time * 2)) < 1e-6) for (const { id, x, y } of run.bodies()) seen.set(`${id} ${Math.round(time * 2)}`, [x, y])
  })
  const { table, framesPerSecond } = recording.finish()!
  expect([recording.floor, framesPerSecond, table.rows, recording.fullAt]).toEqual(['room', 2, seen.size, null])
  for (let row = 0; row < table.rows; row++) expect(seen.get(`${table.id[row]} ${table.frame[row]}`)).toEqual([table.x[row], table.y[row]])
  expect(() => new CrowdRecording(run.crowd, 1, 'cellar')).toThrow('no floor "cellar"; floors: room')
})

test('run --crowd writes the ways of a run, and says what it cannot', async () => {
  const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const run = walk()
  const scenario = { people: { crowd: run.crowd.input }, dt: 0.25 } as unknown as CompiledScenario
  const file = join(folder, 'ways.sqlite')
  const ways = recordedWays({ crowd: file, crowdEvery: '0.25' }, scenario)!
  run.advance(3, () => ways.watch({ people: { crowd: run.crowd } } as unknown as World))
  await ways.write()
  const read = await readRecording(file, new Uint8Array(await readFile(file)))
  expect(read).toMatchObject({ ok: true, value: { format: 'jupedsim', trajectories: { framesPerSecond: 4, frameLast: 12 } } })

  expect(recordedWays({}, scenario)).toBeNull()
  expect(() => recordedWays({ crowd: file, crowdEvery: '0' }, scenario)).toThrow('--crowd-every 0: is no time')
  expect(() => recordedWays({ crowd: file, crowdFloor: 'cellar' }, scenario)).toThrow('--crowd-floor cellar: is no floor of this run. Floors: room.')
  expect(() => recordedWays({ crowd: file }, {} as CompiledScenario)).toThrow('has no people on foot. Take a scenario with an event on foot')
  expect(() => recordedWays({ crowd: file, engine: 'meso' }, {} as CompiledScenario)).toThrow('Leave --engine meso out')
  await recordedWays({ crowd: file }, scenario)!.write()
  expect(said).toHaveBeenLastCalledWith(expect.stringContaining('nobody walked on any floor'))
})
