import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readPack } from '../../src/city'
import { compileInCity, loadScenarioCity, parseScenarioText } from '../../src/scenario'
import { createWorld, Light, restoreWorld, saveWorld, stateHash, totals, type WorldInput } from '../../src/sim'
import { closing, run, runChecked } from './support'

const pack = new URL('../../assets/shenzhen/', import.meta.url)
const present = existsSync(new URL('manifest.json', pack))

async function cityInput(scale: number): Promise<WorldInput> {
  const city = await loadScenarioCity(await readPack(async file => new Uint8Array(await readFile(new URL(file, pack)))))
  const scenario = parseScenarioText(await readFile(new URL('../../assets/scenarios/morning-peak.json', import.meta.url), 'utf8'), 'morning-peak.json')
  if (!scenario.ok) throw new Error(JSON.stringify(scenario.problems))
  const input = compileInCity({ ...scenario.value, demand: { ...scenario.value.demand, scale } }, city)
  if (!input.ok) throw new Error(JSON.stringify(input.problems))
  return input.value
}

describe.skipIf(!present)('the compiled city (skipped where assets/shenzhen is absent)', async () => {
  const input = present ? await cityInput(0.3) : undefined!

  test('two minutes of its morning keep every invariant at every tick while its busiest roads close', () => {
    const { network } = input
    const busiest = Array.from({ length: network.links.rows }, (_, link) => link)
      .sort((a, b) => network.links.length[b]! * network.links.laneCount[b]! - network.links.length[a]! * network.links.laneCount[a]!).slice(0, 20)
    const changes = busiest.flatMap(link => closing(network, link, 120, 200))
    const world = runChecked({ ...input, changes }, 240, ({ signals, tick }) => {
      if (tick === 1) expect(signals.state.some(light => light === Light.green)).toBe(true)
    })
    const { departures, inserted } = totals(world)
    expect(inserted).toBeGreaterThan(200)
    expect(inserted / departures).toBeGreaterThan(0.5)
  })

  test('saved and restored it runs on as it would have', () => {
    const world = run(createWorld(input), 60)
    const restored = restoreWorld(input, saveWorld(world))
    expect(stateHash(run(restored, 40))).toBe(stateHash(run(world, 40)))
  })
})
