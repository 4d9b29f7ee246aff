import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPack, type CityPack } from '../../src/city'
import { compileScenario, type Scenario } from '../../src/scenario'
import { createWorld, peopleEngine, stateHash, step } from '../../src/sim'
import { built, openPage, openStage, running, shortScenario, type Stage } from './support'

let stage: Stage
let pack: CityPack
beforeAll(async () => {
  stage = await openStage({ portOffset: 5 })
  pack = await readPack(async file => new Uint8Array(readFileSync(join(built, 'shenzhen', file))))
})
afterAll(async () => { await stage?.close() })

/** What a run has come to: state, threads, and what is measured of its people. */
interface Found { readonly hash: string; readonly threads: number; readonly people: string }

/** Runs a scenario to a tick with each number of threads of the page; alone at first, then together as soon as the other threads have started. */
async function inPage(scenario: Scenario, tick: number, numbers: readonly number[]): Promise<Record<string, Found>> {
  const { page, errors } = await openPage(stage, { scenario: shortScenario, width: 500, height: 400 })
  await running(page)
  const found = await page.evaluate(async ({ scenario, tick, numbers }) => {
    const { client, store } = window.__pengcheng
    store.setState({ playing: false })
    const host = client!.host
    const all: Record<string, Found> = {}
    for (const threads of numbers) {
      const loaded = await host.load({ scenario, cityUrl: new URL('shenzhen/', location.href).href, shared: true, threads })
      if (!loaded.ok) throw new Error(loaded.problems[0]!.message)
      await host.runTo(20)
      while ((await host.status()).threads < threads) await new Promise(done => setTimeout(done, 50))
      const status = await host.runTo(tick)
      all[threads] = { hash: await host.stateHash(), threads: status.threads, people: JSON.stringify(status.people) }
    }
    // Back to a saved state, and over the same ground again.
    await host.runTo(tick - 10)
    const { people } = await host.runTo(tick)
    const threads = numbers.at(-1)!
    all[threads] = { hash: await host.stateHash() === all[threads]!.hash ? all[threads]!.hash : 'another from a saved state', threads, people: JSON.stringify(people) }
    return all
  }, { scenario, tick, numbers })
  await page.close()
  expect(errors).toEqual([])
  return found
}

/** The same on one thread of Node. */
async function inNode(scenario: Scenario, tick: number): Promise<Found> {
  const compiled = await compileScenario(scenario, pack)
  if (!compiled.ok) throw new Error(compiled.problems[0]!.message)
  const world = createWorld(compiled.value)
  while (world.tick < tick) step(world)
  return { hash: stateHash(world), threads: 1, people: JSON.stringify(world.people && peopleEngine().report(world.people, compiled.value.dt)) }
}

const all = { enabled: true, window: shortScenario.window } as const

test('1, 2, 4 and 7 threads of the browser end in the state of one thread of Node, rules that act among it', async () => {
  const rules: Scenario['rules'] = [{
    id: 'queue', ...all, when: { measure: 'roadQueue', target: { road: '深南大道' }, above: 3, forSeconds: 5 }, release: { threshold: 2, afterSeconds: 10 },
    actions: [{ kind: 'closure', target: { road: '深南大道' }, lanes: { count: 1, side: 'kerb' } }, { kind: 'message', target: { road: '深南大道' }, share: 0.5 }],
  }]
  const scenario: Scenario = { ...shortScenario, rules }
  const found = await inPage(scenario, 200, [1, 2, 4, 7])
  const expected = await inNode(scenario, 200)
  expect(expected.hash).not.toBe((await inNode(shortScenario, 200)).hash)
  expect(found).toEqual(Object.fromEntries([1, 2, 4, 7].map(threads => [threads, { ...expected, threads }])))
}, 180_000)

test('a crowd, too: 1 and 4 threads, from a saved state on, and what is measured of it', async () => {
  // All stand in the square when the run starts, and leave within its first minutes.
  const scenario: Scenario = {
    ...shortScenario, demand: { scale: 0.02, rerouteShare: 0.3 },
    edits: [{
      kind: 'event', id: 'show', enabled: true, window: { start: '06:30', end: '07:00' }, venue: 'civic-center',
      attendance: 700, carShare: 0.05, taxiShare: 0.05, personsPerCar: 2, arrivalMinutesBefore: [30, 20, 5], leavingMinutesAfter: [0, 1, 2], onFoot: { metroShare: 0.6 },
    }],
    rules: [{
      id: 'entry', ...all, when: { measure: 'crowdDensity', place: 'civic-center/ground', above: 0.001, forSeconds: 5 },
      actions: [{ kind: 'gate', at: 'civic-center/市民中心:entrance1', personsPerMinute: 20 }, { kind: 'gate', at: 'civic-center/市民中心:entrance4', personsPerMinute: 0 }],
    }],
  }
  const found = await inPage(scenario, 40, [1, 4])
  const expected = await inNode(scenario, 40)
  expect(JSON.parse(expected.people).persons).toBe(700)
  expect(found).toEqual(Object.fromEntries([1, 4].map(threads => [threads, { ...expected, threads }])))
}, 240_000)
