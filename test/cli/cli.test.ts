import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { main } from '../../src/cli/main'
import { parseSeeds } from '../../src/cli/input'
import { timeLeft } from '../../src/cli/progress'
import { compileRoadDemand } from '../../src/city/layers/compile/demand/roadDemand'
import { writePack } from '../../src/city/node'
import { createRoutePlanner, planRoute } from '../../src/sim'
import { gridNetwork, gridNetworkLayer, gridScenario } from '../scenario/gridCity'

const bin = resolve(import.meta.dirname, '../../bin/pengcheng.js')
let folder = ''
let pack = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pengcheng-cli-'))
  pack = join(folder, 'grid')
  mkdirSync(pack)
  const bounds = [-300, -300, 1100, 1100] as const
  await writePack(pack, {
    format: 'pengcheng-city', version: 1, id: 'grid', name: { zh: '网格', en: 'Grid' }, crs: { epsg: 4547, proj4: '', falseOrigin: [0, 0] },
    bounds, core: { bounds, name: { zh: '网格', en: 'Grid' } }, compiler: 'test',
  }, [{ layer: gridNetworkLayer(), sources: [] }, compileRoadDemand(gridNetwork())])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const scenarioFile = (name: string, content: unknown): string => {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}
const closure = { kind: 'closure', id: 'works', enabled: true, window: { start: '07:32', end: '07:38' }, target: { road: '东路1' }, lanes: 'all' } as const
const plain = (): string => scenarioFile('plain.json', gridScenario({ window: { start: '07:30', end: '07:40' } }))
const closed = () => scenarioFile('closed.json', gridScenario({ window: { start: '07:30', end: '07:40' }, edits: [closure] }))
const closedLater = () => scenarioFile('later.json', gridScenario({ window: { start: '07:30', end: '07:40' }, edits: [{ ...closure, window: { start: '07:33', end: '07:40' } }] }))
const closedLonger = () => scenarioFile('longer.json', gridScenario({ window: { start: '07:30', end: '07:45' }, edits: [closure] }))

/** Runs the command line in this process. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = ''
  let err = ''
  const write = { out: process.stdout.write, err: process.stderr.write }
  process.stdout.write = (text: string | Uint8Array) => { out += String(text); return true }
  process.stderr.write = (text: string | Uint8Array) => { err += String(text); return true }
  try {
    return { code: await main(args), get out() { return out }, get err() { return err } }
  } finally {
    process.stdout.write = write.out
    process.stderr.write = write.err
  }
}

describe('run', () => {
  test('prints one JSON document with counts that add up, the same each time', async () => {
    const first = await run('run', plain(), '--pack', pack, '--json')
    expect(first.err).toContain('run test')
    expect(first.code).toBe(0)
    const report = JSON.parse(first.out) as Record<string, number>
    expect(report['departures']).toBe(report['waiting']! + report['running']! + report['arrived']! + report['unreachable']!)
    expect(report['departures']).toBeGreaterThan(100)
    for (const name of ['inserted', 'interventions', 'vehicleHours', 'vehicleKm', 'meanSpeed', 'wallSeconds', 'realTimeFactor', 'vehicleUpdatesPerSecond']) {
      expect(report[name], name).toBeTypeOf('number')
    }
    expect(report['simulatedSeconds']).toBe(600)
    expect(report['units']).toMatchObject({ meanSpeed: 'm/s', kpis: { meanSpeed: 'km/h' } })
    expect(report['stateHash']).toMatch(/^[0-9a-f]{16}$/)
    const again = JSON.parse((await run('run', plain(), '--pack', pack, '--json')).out) as Record<string, unknown>
    expect(again['stateHash']).toBe(report['stateHash'])
    const other = JSON.parse((await run('run', plain(), '--pack', pack, '--json', '--seed', '8', '--until', '07:35')).out) as Record<string, unknown>
    expect(other).toMatchObject({ seed: 8, until: '07:35', simulatedSeconds: 300 })
    expect(other['stateHash']).not.toBe(report['stateHash'])
  })

  test('the launcher works from any folder and keeps progress off stdout', () => {
    const done = spawnSync('node', [bin, 'run', plain(), '--pack', pack, '--json', '--until', '07:31'], { cwd: folder, encoding: 'utf8' })
    expect(done.status).toBe(0)
    expect(JSON.parse(done.stdout)).toMatchObject({ city: 'grid', simulatedSeconds: 60 })
    const failed = spawnSync('node', [bin, 'run', 'missing.json', '--json'], { cwd: folder, encoding: 'utf8' })
    expect(failed.status).toBe(1)
    expect(JSON.parse(failed.stdout)).toMatchObject({ ok: false, problems: [{ code: 'scenario/missing', subject: { kind: 'file', id: 'missing.json' } }] })
    expect(failed.stderr).toContain('missing.json: no such file')
  })

  test.each([[[], '07:31:30'], [['--engine', 'meso'], '07:31:30'], [['--engine', 'meso', '--equilibrium', '--days', '2', '--gap', '0'], '07:31:30']] as const)('progress ends at the end of the run: %j', async (options, end) => {
    const { code, err } = await run('run', plain(), '--pack', pack, '--json', '--until', '07:31:30', ...options)
    expect(code).toBe(0)
    expect(err.trim().split('\n').filter(line => line.startsWith('run ')).at(-1)).toMatch(new RegExp(`100 % ${end}, \\d+ vehicles$`))
  })

  test('a run too short for travel times has none', async () => {
    const { code, out } = await run('run', plain(), '--pack', pack, '--until', '07:30:20')
    expect(code).toBe(0)
    expect(out).toMatch(/travelTimeP95 +– s\n/)
  })

  test('checks every tick when asked to', async () => {
    expect((await run('run', plain(), '--pack', pack, '--json', '--check', '--until', '07:32')).code).toBe(0)
  })
})

interface FailureDocument { ok: boolean; problems: { code: string; subject: { kind: string; id: string }; message: string; remedy?: string }[] }

describe('what is wrong is said on stderr, and with --json in one document on stdout', () => {
  test.each([
    ['a broken file', 1, () => scenarioFile('broken.json', '{\n  "format": oops\n}'), [], /broken\.json:2:13: not valid JSON/],
    ['every schema problem', 1, () => scenarioFile('wrong.json', { ...gridScenario(), seed: 1.5, window: { start: 7 } }), [], /3 problems[\s\S]*window[\s\S]*seed/],
    ['an unknown city', 1, () => scenarioFile('where.json', gridScenario({ city: 'atlantis' })), [], /unknown city "atlantis"/],
    ['a folder without a pack', 1, plain, ['--pack', '/nowhere'], /no city pack/],
    ['a road that the city lacks', 1, () => scenarioFile('road.json', gridScenario({ edits: [{ ...closure, target: { road: '西路' } }] })), [], /does not fit the city[\s\S]*西路/],
    ['a preset that does not exist', 1, (): string => 'evening-peak', [], /evening-peak: no such file, and no shipped scenario[\s\S]*morning-peak/],
    ['a time that is none', 2, plain, ['--until', '8 o\'clock'], /--until 8 o'clock: is not a time of day/],
    ['a time outside the window', 2, plain, ['--until', '09:00'], /must be after 07:30 and at most 07:40/],
    ['a seed that is none', 2, plain, ['--seed', 'x'], /--seed "x": is no seed/],
    ['a negative seed', 2, plain, ['--seed', '-2'], /--seed "-2": is no seed/],
    ['days without a search', 2, plain, ['--engine', 'meso', '--days', '5'], /--days: only says when the search for equilibrium ends. Add --engine meso --equilibrium/],
    ['a gap without a search', 2, plain, ['--gap', '0.1'], /--gap: only says when/],
    ['an option that does not exist', 2, plain, ['--fast'], /unknown option '--fast'/],
  ] as const)('%s: exit code %d', async (name, code, file, options, message) => {
    const own = name === 'an unknown city' || name === 'a folder without a pack' ? [] : ['--pack', pack]
    const done = await run('run', file(), '--json', ...own, ...options)
    expect(done.code).toBe(code)
    expect(done.err).toMatch(message)
    const { ok, problems } = JSON.parse(done.out) as FailureDocument
    expect(ok).toBe(false)
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) expect(problem).toMatchObject({ code: expect.stringContaining('/'), subject: { kind: expect.any(String) }, message: expect.any(String) })
  })

  test('every command: types, times and roads of a file are told together', async () => {
    const path = scenarioFile('all.json', { ...gridScenario(), seed: -1, edits: [{ ...closure, window: { start: '07:38', end: '07:32' }, target: { road: '西路' } }] })
    for (const command of [['run'], ['validate'], ['compare', '--seeds', '1'], ['export', '-o', join(folder, 'never')]]) {
      const done = await run(...command, path, '--pack', pack, '--json')
      expect(done.code).toBe(1)
      expect((JSON.parse(done.out) as FailureDocument).problems.map(({ code }) => code)).toEqual(['scenario/schema', 'scenario/edit-window', 'scenario/unknown-road'])
    }
    expect(existsSync(join(folder, 'never'))).toBe(false)
    expect((await run('run', path, '--pack', pack)).out).toBe('')
  })

  test('city: what is missing or empty is said before anything is read', async () => {
    const empty = scenarioFile('empty.osm.pbf', '')
    const out = join(folder, 'city-out')
    const cases = [
      [['build'], 2, 'nothing to compile, and no folder'], [['build', empty], 2, 'no folder to write to'], [['build', empty, '-o', out], 1, 'is empty (0 bytes)'],
      [['build', join(folder, 'gone.osm'), '-o', out], 1, 'no such file'], [['build', folder, '-o', out], 1, 'is a folder'],
      [['build', plain(), '-o', out, '--bbox', '1,2'], 2, 'is no box'], [['build', plain(), '-o', out], 1, 'elements'], [['report', folder], 1, 'manifest.json'],
    ] as const
    for (const [args, code, message] of cases) {
      const done = await run('city', ...args, '--json')
      expect({ args, code: done.code }).toEqual({ args, code })
      expect((JSON.parse(done.out) as FailureDocument).problems[0]!.message).toContain(message)
    }
    expect(existsSync(out)).toBe(false)
    // Below a file no folder can be made.
    const below = await run('city', 'build', plain(), '-o', join(empty, 'a', 'b'), '--json')
    expect(JSON.parse(below.out)).toMatchObject({ ok: false, problems: [{ code: 'city/output', message: expect.stringContaining('is a file, not a folder') as string }] })
  })

  test('city report: a damaged layer is named, also where it is not the network', async () => {
    const copy = join(folder, 'damaged')
    cpSync(pack, copy, { recursive: true })
    writeFileSync(join(copy, 'demand.bin.gz'), 'no')
    const done = await run('city', 'report', copy, '--json')
    expect(done.code).toBe(1)
    expect(JSON.parse(done.out)).toMatchObject({ ok: false, problems: [{ code: 'pack/damaged', message: expect.stringContaining('demand.bin.gz is missing or not as the manifest has it') as string, remedy: expect.stringContaining('Compile the pack again') as string }] })
  })

  test('wrong usage is told like every other failure: what, and what to do', async () => {
    for (const args of [['fly'], ['run'], ['run', 'x', '--sed', '7'], ['bench', 'traffic', '--fast']]) {
      const { err } = await run(...args)
      expect(err).toMatch(/^pengcheng: [^\n]*See "pengcheng help" and docs\/cli\.md\.\n$/)
    }
  })

  test('wrong usage has exit code 2', async () => {
    expect((await run('fly')).code).toBe(2)
    expect((await run('run')).code).toBe(2)
    expect((await run('--help')).code).toBe(0)
    expect(JSON.parse((await run('fly', '--json')).out)).toMatchObject({ ok: false, problems: [{ code: 'usage/option' }] })
  })
})

test.each([[0.02, 10, ''], [0.5, 30, 'about 30 s left'], [0.25, 600, 'about 30 min left'], [1, 9, '']] as const)('after %d of the way in %d s: "%s"', (share, elapsed, text) => {
  expect(timeLeft(share, elapsed)).toBe(text)
})

describe('compare', () => {
  test('pairs the seeds: intervals from two on, none from one; the closed road is among the most changed', async () => {
    const two = await run('compare', closed(), '--pack', pack, '--seeds', '1..2', '--threads', '2', '--until', '07:35', '--json')
    expect(two.err).not.toContain('Error')
    const report = JSON.parse(two.out) as { seeds: number[]; kpis: { name: string; low95: number; high95: number; difference: number; baseline: number; variant: number }[]; roads: { name: string }[]; hashes: unknown }
    expect(report.seeds).toEqual([1, 2])
    for (const { low95, difference, high95, baseline, variant } of report.kpis) {
      expect(low95).toBeLessThanOrEqual(difference)
      expect(difference).toBeLessThanOrEqual(high95)
      expect(variant - baseline).toBeCloseTo(difference, 6)
    }
    expect(report.roads.length).toBeLessThanOrEqual(10)
    expect(report.roads.map(({ name }) => name)).toContain('东路1')
    // Threads do not show in the result.
    const alone = JSON.parse((await run('compare', closed(), '--pack', pack, '--seeds', '1', '--threads', '1', '--until', '07:35', '--json')).out) as typeof report
    expect(alone.kpis[0]).toMatchObject({ low95: null, high95: null })
    expect((report.hashes as unknown[])[0]).toEqual((alone.hashes as unknown[])[0])
  })

  test('several scenarios stand in one table against one baseline; another day is refused', async () => {
    const several = await run('compare', closed(), closedLater(), '--pack', pack, '--seeds', '1..2', '--threads', '2', '--until', '07:35', '--json')
    expect(several.err).not.toContain('Error')
    const report = JSON.parse(several.out) as { variants: { scenario: string; kpis: unknown[]; hashes: { baseline: string; variant: string }[] }[]; table: { name: string; variants: { difference: number; among: number; probability: number }[] }[] }
    expect(report.variants.length).toBe(2)
    expect(report.variants[0]!.hashes.map(({ baseline }) => baseline)).toEqual(report.variants[1]!.hashes.map(({ baseline }) => baseline))
    expect(report.variants[0]!.hashes[0]!.variant).not.toBe(report.variants[1]!.hashes[0]!.variant)
    for (const { variants } of report.table) for (const { among, probability } of variants) if (among !== null) expect(among).toBeGreaterThanOrEqual(probability)
    const later = await run('compare', closed(), closedLonger(), '--pack', pack, '--seeds', '1')
    expect(later.err).toMatch(/has another baseline than/)
  })

  test('an edit that begins after --until makes no difference: refused, with the time at which it begins', async () => {
    const done = await run('compare', closed(), '--pack', pack, '--seeds', '1', '--until', '07:31')
    expect(done.code).not.toBe(0)
    expect(done.err).toMatch(/no edit has an effect before that.*begins at 07:3\d/s)
  })

  test('without an edit there is nothing to compare', async () => {
    const done = await run('compare', plain(), '--pack', pack, '--seeds', '1')
    expect(done).toMatchObject({ code: 1, out: '' })
    expect(done.err).toContain('nothing to compare')
  })

  test.each([['1..3', [1, 2, 3]], ['4', [4]], ['9,1..2', [9, 1, 2]]] as const)('seeds %s', (text, seeds) => expect(parseSeeds(text)).toEqual(seeds))
  test.each(['3..1', 'a', '1,1', '-2', '1..', '', ' '])('no seeds: %s', text => expect(() => parseSeeds(text)).toThrow(/seed/))
})

test('docs/cli.md names every command and option', async () => {
  const documented = readFileSync(resolve(import.meta.dirname, '../../docs/cli.md'), 'utf8')
  // Usage lines differ by terminal width, so options are read from the help of each command.
  const commands = [['run'], ['compare'], ['validate'], ['validate', 'traffic'], ['validate', 'crowd'], ['validate', 'routing'], ['route'], ['export'], ['measure'], ['calibrate'], ['assign'], ['bench', 'traffic'], ['bench', 'routing'], ['bench', 'reopening'], ['bench', 'crowd'], ['city', 'build'], ['city', 'report'], ['import', 'sumo'], ['import', 'gmns'], ['import', 'geojson']]
  const top = [...(await run('--help')).out.matchAll(/^ {2}([a-z]+) /gm)].map(match => match[1]!).filter(name => name !== 'help')
  expect(new Set(commands.map(([name]) => name))).toEqual(new Set(top))
  const missing: string[] = []
  for (const command of commands) {
    const { out } = await run(...command, '--help')
    for (const [option] of out.matchAll(/--[a-z-]+/g)) if (option !== '--help' && !documented.includes(option)) missing.push(`${command.join(' ')} ${option}`)
    if (!documented.includes(command.join(' '))) missing.push(command.join(' '))
  }
  expect(missing).toEqual([])
})

test('bench traffic prints its rows', async () => {
  const done = await run('bench', 'traffic', '--cases', 'tiny', '--json')
  expect(done.code).toBe(0)
  const { rows } = JSON.parse(done.out) as { rows: Record<string, unknown>[] }
  expect(rows.map(({ threads }) => threads)).toEqual([1, 2, 4])
  expect(new Set(rows.map(({ checksum }) => checksum)).size).toBe(1)
  for (const name of ['case', 'vehicles', 'threads', 'step', 'vehicleUpdatesPerSecond', 'realTimeFactor', 'bytesPerVehicle', 'checksum']) expect(rows[0], name).toHaveProperty(name)
  expect((await run('bench', 'traffic', '--cases', 'moon')).code).toBe(2)
  expect((await run('bench', 'traffic', '--cases', 'tiny', '--threads', '0')).code).toBe(2)
})

test('bench reopening says what a closed road carries, and that a scenario without closures has none', async () => {
  const edits = [{ kind: 'closure', id: 'works', enabled: true, window: { start: '07:32', end: '07:34' }, target: { road: '东路1' }, lanes: 'all' }]
  const document = JSON.parse(readFileSync(plain(), 'utf8')) as object
  const done = await run('bench', 'reopening', scenarioFile('reopened.json', JSON.stringify({ ...document, edits })), '--settle', '0', '--pack', pack, '--json')
  expect(done.code).toBe(0)
  const { baseline, variant, recovered } = JSON.parse(done.out) as { baseline: number[]; variant: number[]; recovered: number }
  expect([baseline.length, variant.length]).toEqual([3, 3])
  expect(recovered).toBeGreaterThan(0)
  expect((await run('bench', 'reopening', plain(), '--pack', pack)).code).toBe(1)
  expect((await run('bench', 'reopening', plain(), '--pack', pack, '--settle', 'soon')).code).toBe(2)
})

test('bench crowd prints its rows', async () => {
  const done = await run('bench', 'crowd', '--cases', 'tiny', '--threads', '1', '--json')
  expect((JSON.parse(done.out) as { rows: Record<string, unknown>[] }).rows[0]).toMatchObject({ case: 'tiny', agents: 400, density: 1, threads: 1, step: 0.05, overlapMax: 0 })
  expect((await run('bench', 'crowd', '--cases', 'moon')).code).toBe(2)
})

test('bench routing prints its rows, and the same routes each time', async () => {
  const rows = async (): Promise<Record<string, unknown>[]> => (JSON.parse((await run('bench', 'routing', '--cases', 'tiny', '--json')).out) as { rows: Record<string, unknown>[] }).rows
  const [first, second] = [await rows(), await rows()]
  for (const name of ['case', 'what', 'times', 'seconds', 'min', 'median', 'spread', 'checksum']) expect(first[0], name).toHaveProperty(name)
  expect(first.map(({ checksum }) => checksum)).toEqual(second.map(({ checksum }) => checksum))
  expect((await run('bench', 'routing', '--cases', 'moon')).code).toBe(2)
})

test('validate routing finds plain Dijkstra\'s routes, on free roads and among closures', async () => {
  const done = await run('validate', 'routing', '--pairs', '200', '--pack', pack, '--json')
  const { passed, rows } = JSON.parse(done.out) as { passed: number; rows: { case: string; expected: number }[] }
  expect(done.code).toBe(0)
  expect(passed).toBe(rows.length)
  const reachable = new Map(rows.map(row => [row.case, row.expected]))
  expect(reachable.get('open/car/as-quick')).toBeGreaterThan(100)
  expect(reachable.get('closures/car/as-quick')).toBeGreaterThan(50)
  expect((await run('validate', 'routing', '--pairs', 'many', '--pack', pack)).code).toBe(2)
})

describe('route', () => {
  const network = gridNetwork()
  const { links, strings } = network
  const idOf = (link: number): string => strings[links.id[link]!]!
  const route = async (...args: string[]): Promise<{ metres: number; seconds: number; links: string[]; steps: { turn: string; road: string; metres: number; links: number }[] }> => {
    const done = await run('route', ...args, '--pack', pack, '--json')
    if (done.code !== 0) throw new Error(done.err)
    return JSON.parse(done.out) as Awaited<ReturnType<typeof route>>
  }
  // Ends between which the quickest way leads over the road that the scenario closes.
  const planner = createRoutePlanner(network)
  const onRoad = (link: number): boolean => strings[links.name[link]!] === '东路1'
  const pairs = Array.from({ length: links.rows * links.rows }, (_, pair) => [Math.floor(pair / links.rows), pair % links.rows] as const)
  const [from, to] = pairs.find(([a, b]) => !onRoad(a) && !onRoad(b) && planRoute(planner, a, b, 0)?.links.some(onRoad))!

  test('tells links, length and roads of the quickest way', async () => {
    const found = await route(idOf(from), idOf(to))
    expect([found.links[0], found.links.at(-1)]).toEqual([idOf(from), idOf(to)])
    expect(found.steps.reduce((sum, step) => sum + step.links, 0)).toBe(found.links.length)
    expect(found.steps.reduce((sum, step) => sum + step.metres, 0) / found.metres).toBeCloseTo(1, 2)
    expect(found.steps[0]!.turn).toBe('start')
  })

  test('is longer where a road of it is to be avoided, and back where that is closed to others alone', async () => {
    const free = await route(idOf(from), idOf(to))
    const middle = free.links[free.links.length >> 1]!
    const around = await route(idOf(from), idOf(to), '--avoid', middle)
    expect(around.links).not.toContain(middle)
    expect(around.seconds).toBeGreaterThanOrEqual(free.seconds)
    expect((await route(idOf(from), idOf(to), '--avoid', middle, '--class', 'emergency')).links).toEqual(free.links)
  })

  test('heeds the closures of a scenario while they last', async () => {
    const roads = async (...more: string[]): Promise<string[]> => (await route(idOf(from), idOf(to), ...more)).steps.map(({ road }) => road)
    expect(await roads()).toContain('东路1')
    expect(await roads('--scenario', closed(), '--at', '07:35')).not.toContain('东路1')
    expect(await roads('--scenario', closed(), '--at', '07:39')).toContain('东路1')
  })

  test('refuses what it does not know, with the option and the remedy', async () => {
    for (const [args, code] of [[['nowhere', idOf(to)], 1], [['1,1', idOf(to)], 1], [[idOf(from), idOf(to), '--class', 'tram'], 2], [[idOf(from), idOf(to), '--language', 'fr'], 2], [[idOf(from), idOf(to), '--at', '08:00'], 2]] as const)
      expect((await run('route', ...args, '--pack', pack)).code, args.join(' ')).toBe(code)
    // Written in English unless Chinese is asked for.
    expect((await run('route', idOf(from), idOf(to), '--pack', pack)).out).toMatch(/^ {2}start  /m)
    expect((await run('route', idOf(from), idOf(to), '--pack', pack, '--language', 'zh')).out).toMatch(/^ {2}出发  /m)
    expect(JSON.parse((await run('route', 'nowhere', idOf(to), '--pack', pack, '--json')).out)).toMatchObject({ problems: [{ code: 'route/unknown-place', subject: { id: 'nowhere' } }] })
    expect((await run('route', idOf(from), idOf(to), '--pack', pack, '--avoid', '没有路')).code).toBe(1)
  })
})

test('calibrate names the table that holds nothing', async () => {
  for (const [name, text, message] of [['empty.csv', '', 'is empty'], ['other.csv', 'a,b\n1,2', 'lacks the columns'], ['bare.csv', 'road,dir,h08\n', 'holds no road']] as const) {
    const done = await run('calibrate', plain(), '--pack', pack, '--observed', scenarioFile(name, text), '--json')
    expect(done.code).toBe(1)
    expect(JSON.parse(done.out)).toMatchObject({ problems: [{ code: 'calibrate/observed', subject: { id: join(folder, name) }, message: expect.stringContaining(`${name}: ${message}`) }] })
  }
})

test('a scenario with a byte order mark, as Windows editors write it, is read like one without', async () => {
  const marked = scenarioFile('marked.json', '\ufeff' + readFileSync(closed(), 'utf8'))
  expect(await run('validate', marked, '--pack', pack, '--json')).toEqual(await run('validate', closed(), '--pack', pack, '--json'))
})

test('docs/cli.md shows figures of the shipped city as the commands print them', async () => {
  const page = readFileSync(resolve(import.meta.dirname, '../../docs/cli.md'), 'utf8')
  const shown = (pattern: RegExp): number[] => [...page.matchAll(pattern)].map(([, figure]) => Number(figure))
  const { trips, changes } = JSON.parse((await run('validate', 'shennan-two-lanes', '--json')).out) as { trips: number; changes: number }
  expect(shown(/"trips": ([1-9]\d*)/g)).toEqual([trips, trips])
  expect(shown(/"changes": ([1-9]\d*)/g)).toEqual([changes])
  const way = JSON.parse((await run('route', '市民中心', '深圳北站', '--avoid', '彩田路', '--json')).out) as { from: { link: string; metresToLink: number } }
  expect(page).toContain(`"link": "${way.from.link}", "metresToLink": ${way.from.metresToLink}`)
}, 60_000)

test('validate says what an edit touches', async () => {
  const done = JSON.parse((await run('validate', closed(), '--pack', pack, '--json')).out) as { valid: boolean; edits: { links: number; seconds: number }[] }
  expect(done).toMatchObject({ ok: true, valid: true, edits: [{ links: 10, seconds: 360 }] })
})

test('export writes report, indicators, trips and links', async () => {
  const out = join(folder, 'out')
  const done = await run('export', plain(), '--pack', pack, '--out', out, '--until', '07:32', '--json')
  expect(done.code).toBe(0)
  const links = JSON.parse(readFileSync(join(out, 'links.geojson'), 'utf8')) as { features: { geometry: { coordinates: number[][] }; properties: Record<string, unknown> }[] }
  expect(links.features.length).toBe(gridNetwork().links.rows)
  const [longitude, latitude] = links.features[0]!.geometry.coordinates[0]!
  expect(longitude).toBeCloseTo(114.05, 1)
  expect(latitude).toBeCloseTo(22.54, 1)
  const trips = readFileSync(join(out, 'trips.csv'), 'utf8').trim().split('\r\n')
  const report = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as { departures: number }
  expect(trips.length).toBe(report.departures + 1)
  expect(readFileSync(join(out, 'kpis.csv'), 'utf8')).toContain('vehicleHours,veh·h,')
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as { stateHash: string; repeats: boolean; files: { name: string; sha256: string }[] }
  expect(manifest).toMatchObject({ stateHash: (JSON.parse(done.out) as { stateHash: string }).stateHash, repeats: true, until: '07:32' })
  expect(['manifest.json', ...manifest.files.map(({ name }) => name)].sort()).toEqual(readdirSync(out).sort())
  for (const { name, sha256 } of manifest.files) expect(createHash('sha256').update(readFileSync(join(out, name))).digest('hex')).toBe(sha256)
  // A second run takes the first one's place as a whole, and nothing else is left beside it.
  expect((await run('export', plain(), '--pack', pack, '--out', out, '--until', '07:31')).code).toBe(0)
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toMatchObject({ until: '07:31' })
  expect(readdirSync(folder).filter(name => name.startsWith('.'))).toEqual([])
  writeFileSync(join(out, 'notes.txt'), 'mine')
  expect((await run('export', plain(), '--pack', pack, '--out', out)).err).toContain('notes.txt')
  expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine')
})

test('export refuses a folder that it cannot write to, before the run and without a trace', async () => {
  const home = join(folder, 'targets')
  mkdirSync(join(home, 'full'), { recursive: true })
  writeFileSync(join(home, 'file'), 'mine')
  writeFileSync(join(home, 'full', 'keep.txt'), 'mine')
  const cases = [
    [join(home, 'file'), 'is a file, not a folder. Give a new folder'], [join(home, 'file', 'out'), 'file is a file, not a folder'], [join(home, 'file', 'a', 'b'), 'file is a file, not a folder'],
    [join(home, 'full'), 'is not empty and holds no earlier run'], [join(home, 'a', 'b', 'c'), 'there is no folder'],
    ...(existsSync('/proc/self') ? [['/proc/nothing/out', 'cannot be written'], ['/proc/out', 'cannot be written']] as const : []),
  ] as const
  for (const [out, message] of cases) {
    const done = await run('export', plain(), '--pack', pack, '-o', out, '--json')
    expect({ out, code: done.code }).toEqual({ out, code: 1 })
    expect(JSON.parse(done.out)).toMatchObject({ ok: false, problems: [{ code: 'export/output', subject: { kind: 'file', id: out }, message: expect.stringContaining(message) }] })
    expect(done.err).not.toContain('run test')
  }
  expect(readdirSync(home).sort()).toEqual(['file', 'full'])
  expect(readdirSync(join(home, 'full'))).toEqual(['keep.txt'])
  // One level that is missing is made.
  expect((await run('export', plain(), '--pack', pack, '-o', join(home, 'new', 'out'), '--until', '07:31')).code).toBe(0)
  expect(readdirSync(join(home, 'new', 'out')).length).toBe(6)
})
