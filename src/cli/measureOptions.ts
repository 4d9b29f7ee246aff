import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import {
  lineLength, polygonArea, polygonOfWkt, readRecording, writeJupedsim,
  type CrowdLine, type CrowdPoint, type CrowdPolygon, type FruinSurface, type MeasureMethod, type MeasurePlan, type Recording, type SpeedBorder, type Trajectories,
} from '../analysis'
import { textOf } from '../city'
import { failFile, failWith, UsageError } from './failure'

/** As typed, of `measure`; `validate crowd --experiment` has some of them. */
export interface MeasureOptions {
  readonly area?: string; readonly line?: string; readonly depth?: string; readonly method?: string
  readonly fps?: string; readonly unit?: string; readonly geometry?: string; readonly cutoff?: string
  readonly window?: string; readonly border?: string; readonly direction?: string; readonly interval?: string
  readonly from?: string; readonly to?: string; readonly every?: string; readonly surface?: string
  readonly sqlite?: string
}

/** What `measure` takes where nothing is said. */
export const measureDefaults = { cutoff: '1', border: 'adaptive', interval: '10', every: '1', surface: 'walkway' } as const

const methods: readonly MeasureMethod[] = ['A', 'B', 'C', 'D']
const borders: readonly SpeedBorder[] = ['adaptive', 'singleSided', 'exclude']
const surfaces: readonly FruinSurface[] = ['walkway', 'stairs', 'queue']

/** What is to be measured, in a recording that is opened once the options are known to be right. */
export async function planMeasures(path: string, options: MeasureOptions): Promise<{ readonly recording: Recording; readonly plan: MeasurePlan }> {
  const { cutoff, border, interval, every, surface } = { ...measureDefaults, ...options }
  const area = options.area === undefined ? undefined : points('--area', options.area, 3)
  const line = options.line === undefined ? undefined : points('--line', options.line, 2) as unknown as CrowdLine
  const depth = options.depth === undefined ? undefined : positive('--depth', options.depth, 'm')
  const direction = options.direction === undefined ? undefined : points('--direction', options.direction, 1)[0]!
  if (direction && Math.hypot(...direction) === 0) throw new UsageError('--direction', '--direction 0,0: has no direction.', 'Give a vector such as 1,0.')
  const window = options.window === undefined ? undefined : whole('--window', options.window)
  const [from, to] = [time('--from', options.from, -Infinity), time('--to', options.to, Infinity)]
  if (from >= to) throw new UsageError('--to', `--to ${options.to}: is not after --from.`, 'Give seconds after frame 0.')
  if (area && polygonArea([area]) < 1e-9) throw new UsageError('--area', `--area "${options.area}": has no area.`, 'Give corners in order round it, in m.')
  if (line && lineLength(line) === 0) throw new UsageError('--line', `--line "${options.line}": has no length.`, 'Give two different points.')
  const known = {
    methods: chosenMethods(options.method, area, line, depth), ...(area && { area }), ...(line && { line }), ...(depth !== undefined && { depth }), ...(direction && { direction }),
    interval: positive('--interval', interval, 's'), border: oneOf('--border', border, borders), cutoff: cutoff === 'none' ? Infinity : positive('--cutoff', cutoff, 'm, or none'),
    surface: oneOf('--surface', surface, surfaces), from, to, every: whole('--every', every), crowding: true,
  }
  const geometry = options.geometry === undefined ? undefined : readGeometry(options.geometry)
  const recording = await openRecording(path, options)
  const walkable = geometry ?? recording.geometry
  if (options.sqlite !== undefined && walkable === null) throw new UsageError('--sqlite', '--sqlite: the file says nothing of where people could walk.', 'Give it with --geometry.')
  // Half a second to each side smooths the swaying of heads from step to step.
  return { recording, plan: { ...known, walkable, window: window ?? Math.max(1, Math.round(recording.trajectories.framesPerSecond / 2)) } }
}

async function openRecording(path: string, { fps, unit }: { fps?: string; unit?: string }): Promise<Recording> {
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
function readGeometry(given: string): CrowdPolygon {
  const text = existsSync(given) ? textOf(readBytes(given)) : given
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

export async function exportSqlite(path: string, trajectories: Trajectories, walkable: CrowdPolygon): Promise<void> {
  const bytes = await writeJupedsim(trajectories, walkable)
  try {
    writeFileSync(path, bytes)
  } catch (error) {
    failFile('output/unwritable', path, `cannot be written (${(error as NodeJS.ErrnoException).code})`, 'Give another path with --sqlite.')
  }
  process.stderr.write(`wrote ${path} (JuPedSim SQLite, ${(bytes.length / 1e6).toFixed(1)} MB)\n`)
}
