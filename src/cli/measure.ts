import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import {
  lineLength, measureTrajectories, personCount, polygonArea, polygonOfWkt, PRESSURE_TURBULENT, readRecording, writeJupedsim,
  type CrowdLine, type CrowdPoint, type CrowdPolygon, type FruinSurface, type MeasureMethod, type MeasurePlan, type MeasureResult, type Recording, type SpeedBorder,
} from '../analysis'
import { failFile, failWith, UsageError } from './failure'
import { printJson } from './output'

export interface MeasureOptions {
  readonly area?: string; readonly line?: string; readonly depth?: string; readonly method?: string
  readonly fps?: string; readonly unit?: string; readonly geometry?: string; readonly cutoff: string
  readonly window?: string; readonly border: string; readonly direction?: string; readonly interval: string
  readonly from?: string; readonly to?: string; readonly every: string; readonly surface: string
  readonly sqlite?: string; readonly series?: boolean; readonly json?: boolean
}

const methods: readonly MeasureMethod[] = ['A', 'B', 'C', 'D']
const borders: readonly SpeedBorder[] = ['adaptive', 'singleSided', 'exclude']
const surfaces: readonly FruinSurface[] = ['walkway', 'stairs', 'queue']

/** Measures density, speed and flow of a file of trajectories. docs/measure.md */
export async function measureCommand(path: string, options: MeasureOptions): Promise<void> {
  // Everything that the command line alone can have wrong comes before the file.
  const area = options.area === undefined ? undefined : points('--area', options.area, 3)
  const line = options.line === undefined ? undefined : points('--line', options.line, 2) as unknown as CrowdLine
  const depth = options.depth === undefined ? undefined : positive('--depth', options.depth, 'm')
  const chosen = chosenMethods(options.method, area, line, depth)
  const every = whole('--every', options.every)
  const interval = positive('--interval', options.interval, 's')
  const cutoff = options.cutoff === 'none' ? Infinity : positive('--cutoff', options.cutoff, 'm, or none')
  const border = oneOf('--border', options.border, borders)
  const surface = oneOf('--surface', options.surface, surfaces)
  const direction = options.direction === undefined ? undefined : points('--direction', options.direction, 1)[0]!
  if (direction && Math.hypot(...direction) === 0) throw new UsageError('--direction', '--direction 0,0: has no direction.', 'Give a vector such as 1,0.')
  const window = options.window === undefined ? undefined : whole('--window', options.window)
  const [from, to] = [time('--from', options.from, -Infinity), time('--to', options.to, Infinity)]
  if (from >= to) throw new UsageError('--to', `--to ${options.to}: is not after --from.`, 'Give seconds after frame 0.')
  if (area && polygonArea([area]) < 1e-9) throw new UsageError('--area', `--area "${options.area}": has no area.`, 'Give corners in order round it, in m.')
  if (line && lineLength(line) === 0) throw new UsageError('--line', `--line "${options.line}": has no length.`, 'Give two different points.')
  const recording = await openRecording(path, options)
  const { trajectories } = recording
  const walkable = options.geometry === undefined ? recording.geometry : readGeometry(options.geometry)
  if (options.sqlite !== undefined && walkable === null) throw new UsageError('--sqlite', '--sqlite: the file says nothing of where people could walk.', 'Give it with --geometry.')
  const plan: MeasurePlan = {
    methods: chosen, ...(area && { area }), ...(line && { line }), ...(depth !== undefined && { depth }), ...(direction && { direction }),
    interval, border, walkable, cutoff, surface, from, to, every,
    // Half a second to each side smooths the swaying of heads from step to step.
    window: window ?? Math.max(1, Math.round(trajectories.framesPerSecond / 2)),
  }
  const result = measureTrajectories(trajectories, plan)
  if (options.sqlite !== undefined) await exportSqlite(options.sqlite, recording, walkable!)
  if (options.json) printJson(report(path, recording, plan, result, options.series === true))
  else process.stdout.write(text(path, recording, plan, result))
}

export async function openRecording(path: string, { fps, unit }: { fps?: string; unit?: string }): Promise<Recording> {
  const framesPerSecond = fps === undefined ? undefined : positive('--fps', fps, 'frames a second')
  if (unit !== undefined) oneOf('--unit', unit, ['m', 'cm'])
  const outcome = await readRecording(path, readBytes(path), { ...(framesPerSecond !== undefined && { framesPerSecond }), ...(unit !== undefined && { unit: unit as 'm' | 'cm' }) })
  if (!outcome.ok) failWith(`${path}: cannot be measured:`, outcome.problems)
  return outcome.value
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const what = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder, not a file' : `cannot be read (${code})`
    return failFile('trajectory/unreadable', path, what, 'Give the path of a file of trajectories.')
  }
}

/** A polygon as WKT, or a file that holds it. */
export function readGeometry(given: string): CrowdPolygon {
  const text = existsSync(given) ? new TextDecoder().decode(readBytes(given)) : given
  const polygon = polygonOfWkt(text)
  if (typeof polygon === 'string') throw new UsageError('--geometry', `--geometry ${given.slice(0, 60)}: ${polygon}${text === given ? ' (and there is no such file)' : ''}.`, 'Give a POLYGON in WKT, or a file with it.')
  return polygon
}

function chosenMethods(given: string | undefined, area: unknown, line: unknown, depth: unknown): readonly MeasureMethod[] {
  if (given === undefined) {
    if (!area && !line) throw new UsageError('--area', 'Neither --area nor --line says where to measure.', 'Give --area "x,y x,y x,y ..." or --line "x,y x,y".')
    return [...(line ? ['A'] as const : []), ...(line && depth ? ['B'] as const : []), ...(area ? ['C', 'D'] as const : [])]
  }
  const names = given.split(',').map(name => name.trim())
  for (const name of names) {
    const method = oneOf('--method', name, methods, 'A (line), B (two lines), C (classic), D (Voronoi)')
    if ((method === 'C' || method === 'D') && !area) throw new UsageError('--area', `--method ${method} needs an area.`, 'Give --area "x,y x,y x,y ...".')
    if ((method === 'A' || method === 'B') && !line) throw new UsageError('--line', `--method ${method} needs a line.`, 'Give --line "x,y x,y".')
    if (method === 'B' && depth === undefined) throw new UsageError('--depth', '--method B needs the distance of a second line.', 'Give --depth, in m to the left of the line.')
  }
  return names as MeasureMethod[]
}

function points(option: string, text: string, least: number): CrowdPoint[] {
  const found = text.trim().split(/\s+/).map(pair => pair.split(',').map(value => (value.trim() === '' ? NaN : Number(value))))
  const wrong = found.find(pair => pair.length !== 2 || !pair.every(Number.isFinite))
  const exactly = least < 3
  if (wrong || (exactly ? found.length !== least : found.length < least)) {
    const example = ['1,0', '0,0 2,0', '0,0 2,0 2,2 0,2'][least - 1]!
    throw new UsageError(option, `${option} "${text}": is not ${exactly ? least : `${least} or more`} ${least === 1 ? 'pair' : 'pairs'} of numbers.`, `Write it like "${example}", in m.`)
  }
  return found.map(([x, y]): CrowdPoint => [x!, y!])
}

function positive(option: string, text: string, unit: string): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (!(value > 0) || !Number.isFinite(value)) throw new UsageError(option, `${option} ${text}: is no positive number.`, `Give it in ${unit}.`)
  return value
}

function whole(option: string, text: string): number {
  if (!/^\d{1,6}$/.test(text) || Number(text) < 1) throw new UsageError(option, `${option} ${text}: is no whole number above 0.`, 'Give a number of frames.')
  return Number(text)
}

function time(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise
  const value = text.trim() === '' ? NaN : Number(text)
  if (!Number.isFinite(value)) throw new UsageError(option, `${option} ${text}: is no time.`, 'Give seconds after frame 0.')
  return value
}

function oneOf<T extends string>(option: string, given: string, known: readonly T[], list = known.join(', ')): T {
  if (!known.includes(given as T)) throw new UsageError(option, `${option} ${given}: is not known.`, `Known: ${list}.`)
  return given as T
}

async function exportSqlite(path: string, { trajectories }: Recording, walkable: CrowdPolygon): Promise<void> {
  const bytes = await writeJupedsim(trajectories, walkable)
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    failFile('output/unwritable', path, `cannot be written (${(error as NodeJS.ErrnoException).code})`, 'Give another path with --sqlite.')
  }
  process.stderr.write(`measure: wrote ${path} (JuPedSim SQLite, ${(bytes.length / 1e6).toFixed(1)} MB)\n`)
}

/** NaN has no JSON; null says that there was nothing to measure. */
const known = (value: number): number | null => (Number.isFinite(value) ? value : null)

function report(path: string, { format, trajectories, geometry }: Recording, plan: MeasurePlan, { methods: results, lineFlow: flow, exposure, pressureMax, outside }: MeasureResult, series: boolean): object {
  const { framesPerSecond, frameFirst, frameLast, table } = trajectories
  return {
    file: path, format, persons: personCount(trajectories), rows: table.rows, framesPerSecond, seconds: (frameLast - frameFirst) / framesPerSecond, geometry: plan.walkable === null ? null : geometry === plan.walkable ? 'file' : 'option', outside,
    area: plan.area ? { m2: polygonArea([plan.area]) } : null, line: plan.line ? { m: lineLength(plan.line) } : null, window: plan.window, cutoff: known(plan.cutoff),
    methods: results.map(({ method, density, densityMax, speed, specificFlow, fruin, points }) => ({
      method, points: points.length, density: known(density), densityMax, speed: known(speed), specificFlow: known(specificFlow), fruin,
      ...(series && { series: points.map(each => [each.time, known(each.density), known(each.speed), known(each.specificFlow)]) }),
    })),
    flow: flow && { passed: flow.passed, leftToRight: flow.leftToRight, firstTime: known(flow.firstTime), lastTime: known(flow.lastTime), flow: known(flow.flow), specificFlow: known(flow.specificFlow) },
    exposure, pressureMax,
    units: { density: 'p/m2', speed: 'm/s', specificFlow: 'p/m/s', flow: 'p/s', firstTime: 's', pressureMax: '1/s2', cutoff: 'm', window: 'frames', series: ['s', 'p/m2', 'm/s', 'p/m/s'] },
  }
}

const names: Record<MeasureMethod, string> = { A: 'A, line and intervals', B: 'B, passages', C: 'C, classic', D: 'D, Voronoi' }
const show = (value: number, digits = 3): string => (Number.isFinite(value) ? value.toFixed(digits) : '–')

function text(path: string, { format, trajectories }: Recording, plan: MeasurePlan, { methods: results, lineFlow: flow, exposure, pressureMax, outside }: MeasureResult): string {
  const { framesPerSecond, frameFirst, frameLast } = trajectories
  const lines = [`${path} (${format}): ${personCount(trajectories)} persons, ${show((frameLast - frameFirst) / framesPerSecond, 1)} s at ${framesPerSecond} frames a second`]
  if (plan.walkable === null && results.some(({ method }) => method === 'D')) lines.push('note: nothing says where people could walk; Voronoi cells end at the rectangle around all positions (--geometry)')
  if (outside > 0 && plan.walkable !== null) lines.push(`note: ${outside} positions lie beyond the walkable area and count for method C alone`)
  lines.push('method                   points  density  maximum    speed  specific flow  Fruin', '                                   p/m2     p/m2      m/s          p/m/s')
  for (const { method, points: own, density, densityMax, speed, specificFlow, fruin } of results) {
    lines.push(`${names[method].padEnd(23)}${String(own.length).padStart(8)}${show(density).padStart(9)}${show(densityMax).padStart(9)}${show(speed).padStart(9)}${show(specificFlow).padStart(15)}${(fruin ?? '–').padStart(7)}`)
  }
  if (flow) lines.push(`line of ${show(lineLength(plan.line!), 2)} m: ${flow.passed} passed (${flow.leftToRight} from left to right), ${show(flow.firstTime, 2)} to ${show(flow.lastTime, 2)} s, ${show(flow.flow)} p/s, ${show(flow.specificFlow)} p/m/s`)
  for (const { threshold, personMinutes, persons } of exposure ?? []) lines.push(`at ${threshold} p/m2 or more: ${show(personMinutes, 2)} person-minutes, ${persons} persons`)
  if (pressureMax !== null) lines.push(`crowd pressure: at most ${show(pressureMax, 4)} /s2 (turbulence from about ${PRESSURE_TURBULENT})`)
  return `${lines.join('\n')}\n`
}
