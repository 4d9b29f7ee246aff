import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readPack, type CityPack } from '../city'
import { compileInCity, loadScenarioCity, parseScenarioText, secondsOfDay, type CompiledScenario, type Scenario, type ScenarioCity } from '../scenario'
import { Failure, failWith } from './failure'

const assets = fileURLToPath(new URL('../../assets', import.meta.url))

/** Reads and checks a scenario file; fails with every problem in it. */
export function readScenario(path: string): Scenario {
  let text: string
  try {
    text = readFileSync(resolve(path), 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw new Failure(`${path}: ${code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder, not a scenario file' : `cannot be read (${code})`}`)
  }
  const outcome = parseScenarioText(text, path)
  if (!outcome.ok) failWith(`${path}: is not a valid scenario (${count(outcome.problems.length)}):`, outcome.problems)
  return outcome.value
}

/** Folder of a city pack: an own folder given by the user, or the one of that name under assets/. */
export function cityFolder(id: string, given?: string): string {
  if (given !== undefined) {
    if (!existsSync(join(given, 'manifest.json'))) throw new Failure(`${given}: holds no city pack (manifest.json is missing)`)
    return resolve(given)
  }
  const folder = join(assets, id)
  if (existsSync(join(folder, 'manifest.json'))) return folder
  const known = readdirSync(assets, { withFileTypes: true }).filter(entry => entry.isDirectory() && existsSync(join(assets, entry.name, 'manifest.json'))).map(({ name }) => name)
  throw new Failure(`unknown city "${id}"; installed: ${known.join(', ') || 'none'}. Compile it with "pengcheng city build", or give its folder with --pack.`)
}

export interface LoadedCity extends ScenarioCity { readonly pack: CityPack }

export async function loadCity(id: string, given?: string): Promise<LoadedCity> {
  // Not through city/node: the compiler behind it is slow to load, and some of its packages refuse worker threads.
  const folder = cityFolder(id, given)
  const pack = await readPack(async file => new Uint8Array(await readFile(join(folder, file))))
  return { ...await loadScenarioCity(pack), pack }
}

export function compileOrFail(scenario: Scenario, city: ScenarioCity, path: string): CompiledScenario {
  const outcome = compileInCity(scenario, city)
  if (!outcome.ok) failWith(`${path}: does not fit the city (${count(outcome.problems.length)}):`, outcome.problems)
  return outcome.value
}

/** Tick of an `--until` option. */
export function untilTick(until: string | undefined, { startTime, endTick, dt }: CompiledScenario, scenario: Scenario): number {
  if (until === undefined) return endTick
  const seconds = secondsOfDay(until)
  if (seconds === null) throw new Failure(`--until ${until}: is not a time of day; write it as HH:MM, such as ${scenario.window.end}`)
  const tick = Math.round((seconds - startTime) / dt)
  if (tick <= 0 || tick > endTick) throw new Failure(`--until ${until}: lies outside the scenario's window; it must be after ${scenario.window.start} and at most ${scenario.window.end}`)
  return tick
}

/** A whole number of 0 to 2^31 - 1. */
export function parseSeed(text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2_147_483_647) throw new Failure(`seed "${text}": must be a whole number from 0 to 2147483647`)
  return Number(text)
}

/** "1..3", "1,5,9" or "4". */
export function parseSeeds(text: string): number[] {
  const seeds = text.split(',').flatMap(part => {
    const range = /^(\d+)\.\.(\d+)$/.exec(part.trim())
    if (!range) return [parseSeed(part.trim())]
    const [from, to] = [parseSeed(range[1]!), parseSeed(range[2]!)]
    if (to < from || to - from > 999) throw new Failure(`--seeds ${text}: a range goes up, by at most 1000 seeds, such as 1..3`)
    return Array.from({ length: to - from + 1 }, (_, i) => from + i)
  })
  if (new Set(seeds).size !== seeds.length) throw new Failure(`--seeds ${text}: names a seed twice`)
  return seeds
}

const count = (problems: number): string => (problems === 1 ? '1 problem' : `${problems} problems`)
