import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { importSumo, randomTripList, writeImport, type ListedTrip } from '../src/city/node'
import { openScenario } from '../src/cli/input'
import type { Scenario } from '../src/scenario'
import { createWorld, step, totals, tripResults, type Network } from '../src/sim'

/**
 * The same network, routes, driver parameters and step in SUMO's micro mode and here:
 *
 *   npx tsx bench/vs-sumo.ts [--cases grid,futian] [--json]
 *
 * Installs Debian's `sumo` if it is not there. Prints vehicle updates a second and processor seconds of both, their
 * ratio, and both mean travel times over the vehicles that arrive in both.
 */
interface Case {
  readonly name: string
  /** Trips within the hour. */
  readonly trips: number
  /** Writes the network into a folder and answers its path; undefined where its source is absent. */
  readonly network: (folder: string) => string | undefined
}

interface Side {
  readonly vehicleUpdatesPerSecond: number
  /** s, of the simulation without loading. */
  readonly wallSeconds: number
  readonly cpuSeconds: number
  readonly arrived: number
  /** s, over the vehicles that arrive in both. */
  readonly travelTimeMean: number
}

const STEP = 0.5
const SEED = 1
const raw = join(import.meta.dirname, '../../shared/city-data/raw/sumo-futian-baoan')

const grid = (n: number) => (folder: string): string => {
  const path = join(folder, 'grid.net.xml')
  call('netgenerate', ['--grid', '--grid.number', String(n), '--grid.length', '250', '--grid.attach-length', '250', '--default.lanenumber', '2', '-j', 'traffic_light', '--no-turnarounds', '-o', path])
  return path
}

/** Futian from its plain files; the programs that came with them leave links without green, so netconvert makes new ones. */
function futian(folder: string): string | undefined {
  if (!existsSync(join(raw, 'FuTian.nod.xml.gz'))) return undefined
  for (const kind of ['nod', 'edg', 'con']) writeFileSync(join(folder, `FuTian.${kind}.xml`), gunzipSync(readFileSync(join(raw, `FuTian.${kind}.xml.gz`))))
  const path = join(folder, 'futian.net.xml')
  call('netconvert', ['-n', join(folder, 'FuTian.nod.xml'), '-e', join(folder, 'FuTian.edg.xml'), '-x', join(folder, 'FuTian.con.xml'), '-o', path,
    '--no-turnarounds', '--geometry.remove', '--junctions.join', '--proj.utm', '--ignore-errors', '--ignore-errors.edge-type', '--xml-validation', 'never'])
  return path
}

const cases: readonly Case[] = [
  { name: 'tiny', trips: 200, network: grid(3) },
  { name: 'grid', trips: 5000, network: grid(10) },
  { name: 'largeGrid', trips: 20_000, network: grid(20) },
  { name: 'futian', trips: 3000, network: futian },
]

function call(program: string, args: readonly string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (done.status !== 0) throw new Error(`${program} failed (${done.error?.message ?? `exit code ${done.status}`}): ${done.stderr?.slice(-500)}`)
  return `${done.stdout}${done.stderr}`
}

function installSumo(): void {
  try {
    call('sumo', ['--version'])
    return
  } catch { /* not there yet */ }
  process.stderr.write('vs-sumo: installing Debian\'s sumo ...\n')
  const root = process.getuid?.() === 0
  const apt = (args: string[]): number | null => spawnSync(root ? 'apt-get' : 'sudo', root ? args : ['apt-get', ...args], { stdio: ['ignore', 2, 2] }).status
  apt(['update', '-qq'])
  if (apt(['install', '-y', '-qq', '--no-install-recommends', 'sumo']) !== 0) throw new Error('apt-get install sumo failed; install SUMO by hand and run this again')
}

/** Parameters of a driver here, in SUMO's words; what SUMO alone has (imperfection) keeps its default. */
const vType = '<vType id="car" vClass="passenger" accel="1.8" decel="2.5" tau="1.1" minGap="2" length="5" maxSpeed="36" speedFactor="normc(1,0.1,0.8,1.2)"/>'

/** The quickest routes on the empty network, by SUMO's own router, for trips drawn here. */
function writeRoutes(path: string, net: string, { links, strings }: Network, trips: readonly ListedTrip[]): void {
  const id = (link: number): string => strings[links.id[link]!]!
  const lines = trips.map(trip => `<trip id="${trip.id}" type="car" depart="${trip.depart.toFixed(2)}" departLane="best" departSpeed="max" from="${id(trip.originLink)}" to="${id(trip.destinationLink)}"/>`)
  writeFileSync(`${path}.trips.xml`, `<routes>\n${vType}\n${lines.join('\n')}\n</routes>\n`)
  call('duarouter', ['-n', net, '--route-files', `${path}.trips.xml`, '-o', path, '--ignore-errors', '--no-warnings', '--no-step-log', '--xml-validation', 'never', '--seed', String(SEED)])
}

/** Travel time by vehicle id, s. */
type Times = ReadonlyMap<string, number>
interface Run { readonly side: Omit<Side, 'travelTimeMean'>; readonly times: Times }

function runSumo(net: string, routes: string, folder: string, end: number): Run {
  const info = join(folder, 'tripinfo.xml')
  const args = (until: number): string => ['sumo', '-n', net, '-r', routes, '--step-length', String(STEP), '--end', String(until), '--time-to-teleport', '-1',
    '--no-step-log', '--no-warnings', '--duration-log.statistics', '--xml-validation', 'never', '--seed', String(SEED), '--tripinfo-output', info].join(' ')
  const timed = (until: number): { output: string; cpu: number } => {
    const output = call('bash', ['-c', `TIMEFORMAT='cpu %U %S'; time ${args(until)}`])
    const [, user, system] = /cpu ([\d.]+) ([\d.]+)/.exec(output)!
    return { output, cpu: Number(user) + Number(system) }
  }
  const loading = timed(1).cpu
  const { output, cpu } = timed(end)
  const figure = (pattern: RegExp): number => Number(pattern.exec(output)?.[1] ?? NaN)
  const times = new Map([...readFileSync(info, 'utf8').matchAll(/<tripinfo id="([^"]+)"[^>]* duration="([\d.]+)"/g)].map(([, id, duration]) => [id!, Number(duration)]))
  const wallSeconds = figure(/Duration: ([\d.]+) ?s/) || figure(/Duration: ([\d.]+)ms/) / 1000
  const updates = figure(/UPS: ([\d.]+)/)
  return { side: { vehicleUpdatesPerSecond: updates, wallSeconds, cpuSeconds: cpu - loading, arrived: times.size }, times }
}

async function runOurs(net: string, routes: string, folder: string, end: number): Promise<Run> {
  const { network, trips, report } = importSumo(net, [routes], { startTime: 0, seed: SEED })
  const output = join(folder, 'city')
  const scenario: Scenario = {
    format: 'pengcheng-scenario', version: 1, id: 'bench', name: { zh: 'bench', en: 'bench' }, city: 'bench',
    window: { start: '00:00', end: `${String(Math.floor(end / 3600)).padStart(2, '0')}:${String(Math.floor(end / 60) % 60).padStart(2, '0')}` }, seed: SEED,
    demand: { scale: 1, rerouteShare: 0 }, edits: [],
  }
  await writeImport(output, { id: 'bench', network, trips: trips!, scenario, report })
  const { compiled } = await openScenario(join(output, 'scenario.json'))
  const world = createWorld(compiled)
  const ids = [...trips!].sort((a, b) => a.depart - b.depart).map(({ id }) => id)
  const before = process.cpuUsage()
  const clock = process.hrtime.bigint()
  while (world.tick < compiled.endTick && totals(world).arrived + totals(world).unreachable < compiled.trips.rows) step(world)
  const wallSeconds = Number(process.hrtime.bigint() - clock) / 1e9
  const used = process.cpuUsage(before)
  const { insertTick, arriveTick } = tripResults(world)
  const times = new Map<string, number>()
  for (let row = 0; row < compiled.trips.rows; row++)
    if (arriveTick[row]! >= 0) times.set(ids[compiled.trips.id[row]!]!, (arriveTick[row]! - insertTick[row]!) * compiled.dt)
  const { vehicleUpdates, arrived } = totals(world)
  return { side: { vehicleUpdatesPerSecond: vehicleUpdates / wallSeconds, wallSeconds, cpuSeconds: (used.user + used.system) / 1e6, arrived }, times }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export interface VsSumoRow {
  readonly case: string
  readonly trips: number
  readonly sumo: Side
  readonly ours: Side
  /** Ours over SUMO's: vehicle updates a wall second, and a processor second (fair where the machine is shared). */
  readonly speedRatio: number
  readonly speedRatioCpu: number
  /** Ours over SUMO's mean travel time, of the vehicles that arrive in both. */
  readonly travelTimeRatio: number
}

async function runCase({ name, trips, network: build }: Case): Promise<VsSumoRow | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'vs-sumo-'))
  try {
    const net = build(folder)
    if (net === undefined) {
      process.stderr.write(`vs-sumo: ${name} left out: ${raw} is not there\n`)
      return undefined
    }
    const { network } = importSumo(net, [], { startTime: 0, seed: SEED })
    const routes = join(folder, 'bench.rou.xml')
    writeRoutes(routes, net, network, randomTripList(network, trips, 0, 3600, SEED))
    const end = 5400
    const sumo = runSumo(net, routes, folder, end)
    const ours = await runOurs(net, routes, folder, end)
    const both = [...ours.times.keys()].filter(id => sumo.times.has(id))
    const [sumoMean, oursMean] = [mean(both.map(id => sumo.times.get(id)!)), mean(both.map(id => ours.times.get(id)!))]
    const updates = ours.side.vehicleUpdatesPerSecond * ours.side.wallSeconds, sumoUpdates = sumo.side.vehicleUpdatesPerSecond * sumo.side.wallSeconds
    return {
      case: name, trips, sumo: { ...sumo.side, travelTimeMean: sumoMean }, ours: { ...ours.side, travelTimeMean: oursMean },
      speedRatio: ours.side.vehicleUpdatesPerSecond / sumo.side.vehicleUpdatesPerSecond,
      speedRatioCpu: updates / ours.side.cpuSeconds / (sumoUpdates / sumo.side.cpuSeconds), travelTimeRatio: oursMean / sumoMean,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const option = (name: string, fallback: string): string => process.argv[process.argv.indexOf(name) + 1] ?? fallback
const wanted = (process.argv.includes('--cases') ? option('--cases', '') : 'grid,futian').split(',')
const unknown = wanted.filter(name => !cases.some(each => each.name === name))
if (unknown.length > 0) {
  process.stderr.write(`vs-sumo: --cases ${unknown.join(',')}: choose from ${cases.map(({ name }) => name).join(', ')}\n`)
  process.exit(2)
}
installSumo()
const rows: VsSumoRow[] = []
for (const each of cases.filter(({ name }) => wanted.includes(name))) {
  const row = await runCase(each)
  if (row) rows.push(row)
}
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ bench: 'vs-sumo', step: STEP, node: process.version, rows }, null, 2)}\n`)
else {
  for (const { case: name, trips, sumo, ours, speedRatio, speedRatioCpu, travelTimeRatio } of rows) {
    const line = (label: string, { vehicleUpdatesPerSecond, wallSeconds, cpuSeconds, arrived, travelTimeMean }: Side): string =>
      `  ${label.padEnd(10)} ${(vehicleUpdatesPerSecond / 1e6).toFixed(3)} M updates/s, ${wallSeconds.toFixed(1)} s wall, ${cpuSeconds.toFixed(1)} s processor, ${arrived} arrived, mean travel time ${travelTimeMean.toFixed(1)} s\n`
    process.stdout.write(`${name}: ${trips} trips, step ${STEP} s\n${line('SUMO', sumo)}${line('Pengcheng', ours)}`
      + `  ratio      ${speedRatio.toFixed(2)} x updates a wall second, ${speedRatioCpu.toFixed(2)} x a processor second, travel time ${travelTimeRatio.toFixed(3)}\n`)
  }
}
