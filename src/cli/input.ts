import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPack, textOf, type CityPack } from '../city'
import {
  cityNamed, compileInCity, loadBus, loadScenarioCity, needsGround, parseScenarioText, problemsInCity, scenarioWarnings, secondsOfDay, type CompiledScenario, type Scenario, type ScenarioCity,
} from '../scenario'
import type { Problem } from '../sim'
import { compileOutings } from '../scenario/onFoot'
import { compileRules } from '../scenario/withRules'
import { walkPeople } from '../sim/onFoot'
import { followRules } from '../sim/withRules'
import { Failure, failFile, failWith, UsageError } from './failure'

const assets = fileURLToPath(new URL('../../assets', import.meta.url))
const presets = join(assets, 'scenarios')

export interface ScenarioOptions { readonly seed?: string; readonly until?: string; readonly pack?: string }

/** A scenario that was read, checked and compiled for its city. */
export interface OpenedScenario {
  readonly scenario: Scenario
  readonly city: LoadedCity
  readonly compiled: CompiledScenario
  /** Tick of `--until`, else the last one. */
  readonly untilTick: number
}

/** Reads a scenario file, or a shipped scenario by name, for its city; fails with every problem that can be told at once. */
export async function openScenario(given: string, { seed, until, pack }: ScenarioOptions = {}): Promise<OpenedScenario> {
  const draws = seed === undefined ? null : parseSeed(seed, '--seed')
  if (until !== undefined && secondsOfDay(until) === null) throw new UsageError('--until', `--until ${until}: is not a time of day.`, 'Write it as HH:MM, such as 08:00.')
  const path = scenarioPath(given)
  const text = readText(path, given)
  const parsed = parseScenarioText(text, given)
  if (!parsed.ok) {
    const problems = [...parsed.problems, ...await cityProblems(text, pack, path)]
    failWith(`${given}: is not a valid scenario (${count(problems.length)}):`, problems)
  }
  const scenario = draws === null ? parsed.value : { ...parsed.value, seed: draws }
  const city = await loadCity(scenario.city, pack, path, scenario)
  const compiled = compileOrFail(scenario, city, given)
  return { scenario, city, compiled, untilTick: untilTick(until, compiled, scenario) }
}

/** What a planner should know of a scenario though it runs. */
export const warningsOf = async ({ scenario, city, compiled }: OpenedScenario): Promise<readonly Problem[]> =>
  scenarioWarnings(scenario, city, compiled, await loadBus(city.pack))

/** A file as it is named, else the shipped scenario of that name. */
function scenarioPath(given: string): string {
  const path = resolve(given)
  if (existsSync(path)) return path
  const shipped = join(presets, `${given}.json`)
  if (/^[\w-]+$/.test(given) && existsSync(shipped)) return shipped
  const names = readdirSync(presets).map(name => name.replace(/\.json$/, '')).join(', ')
  return failFile('scenario/missing', given, 'no such file, and no shipped scenario of that name', `Shipped scenarios: ${names}.`)
}

function readText(path: string, given: string): string {
  try {
    return textOf(readFileSync(path))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return failFile('scenario/unreadable', given, code === 'EISDIR' ? 'is a folder, not a scenario file' : `cannot be read (${code})`, 'Give the path of a scenario file.')
  }
}

/** What the city lacks of a document that was refused already; nothing where it names no city. */
async function cityProblems(text: string, pack: string | undefined, path: string): Promise<readonly Problem[]> {
  const id = cityNamed(text)
  if (id === null && pack === undefined) return []
  try {
    return problemsInCity(text, await loadCity(id ?? '', pack, path))
  } catch (error) {
    if (error instanceof Failure) return error.problems
    throw error
  }
}

/** Folder of a city pack: an own folder given by the user, else the one of that name beside the scenario, else under assets/. */
export function cityFolder(id: string, given?: string, scenario?: string): string {
  if (given !== undefined) {
    if (!existsSync(join(given, 'manifest.json'))) failFile('pack/missing', given, 'holds no city pack (manifest.json is missing)', 'Compile one with "pengcheng city build".')
    return resolve(given)
  }
  const beside = scenario === undefined || id === '' ? '' : join(dirname(resolve(scenario)), id)
  if (beside !== '' && existsSync(join(beside, 'manifest.json'))) return beside
  const folder = join(assets, id)
  if (existsSync(join(folder, 'manifest.json'))) return folder
  const known = readdirSync(assets, { withFileTypes: true }).filter(entry => entry.isDirectory() && existsSync(join(assets, entry.name, 'manifest.json'))).map(({ name }) => name)
  const message = `city: unknown city "${id}"; installed: ${known.join(', ') || 'none'}.`
  const remedy = 'Compile it with "pengcheng city build", or give its folder with --pack.'
  throw new Failure(`${message} ${remedy}`, [{ code: 'scenario/unknown-city', subject: { kind: 'field', id: 'city' }, message: `${message} ${remedy}`, remedy }])
}

export interface LoadedCity extends ScenarioCity { readonly pack: CityPack }

export async function loadCity(id: string, given?: string, scenario?: string, document?: Scenario): Promise<LoadedCity> {
  // Not through city/node: the compiler behind it is slow to load, and some of its packages refuse worker threads.
  const folder = cityFolder(id, given, scenario)
  const pack = await readPack(async file => new Uint8Array(await readFile(join(folder, file))))
  return { ...await loadScenarioCity(pack, document ? (needsGround(document) ? document.edits : undefined) : []), pack }
}

export function compileOrFail(scenario: Scenario, city: ScenarioCity, path: string): CompiledScenario {
  const outcome = compileInCity(scenario, city, compileOutings, compileRules)
  if (!outcome.ok) failWith(`${path}: does not fit the city (${count(outcome.problems.length)}):`, outcome.problems)
  if (outcome.value.people) walkPeople()
  if (outcome.value.rules) followRules()
  return outcome.value
}

/** Tick of an `--until` option that is a time of day. */
export function untilTick(until: string | undefined, { startTime, endTick, dt }: CompiledScenario, { window }: Scenario): number {
  if (until === undefined) return endTick
  const tick = Math.round((secondsOfDay(until)! - startTime) / dt)
  if (tick <= 0 || tick > endTick) throw new UsageError('--until', `--until ${until}: lies outside the scenario's window;`, `it must be after ${window.start} and at most ${window.end}.`)
  return tick
}

/** A whole number of 0 to 2^31 - 1. */
export function parseSeed(text: string, option = '--seeds'): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647) {
    throw new UsageError(option, `${option} "${text}": is no seed.`, 'A seed is a whole number from 0 to 2147483647.')
  }
  return Number(text)
}

/** "1..3", "1,5,9" or "4". */
export function parseSeeds(text: string): number[] {
  if (text.trim() === '') throw new UsageError('--seeds', '--seeds "": names no seed.', 'Give at least one, such as --seeds 1..3 or --seeds 1,5,9.')
  const seeds = text.split(',').flatMap(part => {
    const range = /^(\d+)\.\.(\d+)$/.exec(part.trim())
    if (!range) return [parseSeed(part.trim())]
    const [from, to] = [parseSeed(range[1]!), parseSeed(range[2]!)]
    if (to < from || to - from > 999) throw new UsageError('--seeds', `--seeds ${text}: a range goes up, by at most 1000 seeds,`, 'such as 1..3.')
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
  if (new Set(seeds).size !== seeds.length) throw new UsageError('--seeds', `--seeds ${text}: names a seed twice.`, 'Give each once.')
  return seeds
}

const count = (problems: number): string => (problems === 1 ? '1 problem' : `${problems} problems`)
