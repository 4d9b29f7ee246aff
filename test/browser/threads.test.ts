import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPack } from '../../src/city'
import { compileScenario } from '../../src/scenario'
import { createWorld, stateHash, step } from '../../src/sim'
import { built, openPage, openStage, running, shortScenario, type Stage } from './support'

const TICK = 200

let stage: Stage
beforeAll(async () => { stage = await openStage({ portOffset: 5 }) })
afterAll(async () => { await stage?.close() })

test('1, 2, 4 and 7 threads of the browser end in the state of one thread of Node', async () => {
  const { page, errors } = await openPage(stage, { scenario: shortScenario, width: 500, height: 400 })
  await running(page)
  const hashes = await page.evaluate(async ({ scenario, tick }) => {
    const { client, store } = window.__pengcheng
    store.setState({ playing: false })
    const host = client!.host
    const found: Record<string, readonly [string, number]> = {}
    for (const threads of [1, 2, 4, 7]) {
      const cityUrl = new URL('shenzhen/', location.href).href
      const loaded = await host.load({ scenario, cityUrl, shared: true, threads })
      if (!loaded.ok) throw new Error(loaded.problems[0]!.message)
      // Alone at first, then together as soon as the other threads have started.
      await host.runTo(20)
      while ((await host.status()).threads < threads) await new Promise(done => setTimeout(done, 50))
      await host.runTo(tick)
      found[threads] = [await host.stateHash(), (await host.status()).threads]
    }
    return found
  }, { scenario: shortScenario, tick: TICK })
  await page.close()
  expect(errors).toEqual([])
  const compiled = await compileScenario(shortScenario, await readPack(async file => new Uint8Array(readFileSync(join(built, 'shenzhen', file)))))
  if (!compiled.ok) throw new Error(compiled.problems[0]!.message)
  const world = createWorld(compiled.value)
  for (let tick = 0; tick < TICK; tick++) step(world)
  const expected = stateHash(world)
  expect(hashes).toEqual({ 1: [expected, 1], 2: [expected, 2], 4: [expected, 4], 7: [expected, 7] })
}, 180_000)
