import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPack, type CityPack } from '../src/city'
import { parseScenarioText, type Scenario } from '../src/scenario'

const assets = join(import.meta.dirname, '../assets')

/** Whether the compiled city is there. */
export const packPresent = existsSync(join(assets, 'shenzhen/manifest.json'))

export const shippedPack = (): Promise<CityPack> => readPack(async file => new Uint8Array(readFileSync(join(assets, 'shenzhen', file))))

export function shippedScenario(id: string): Scenario {
  const parsed = parseScenarioText(readFileSync(join(assets, 'scenarios', `${id}.json`), 'utf8'), `${id}.json`)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}
