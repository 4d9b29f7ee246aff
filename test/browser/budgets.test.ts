import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PackManifest } from '../../src/city'
import { openPage, openStage, root, running, shortScenario, until, type Stage, type Watched } from './support'

/**
 * What the app may cost. Bytes and counts are exact. Milliseconds are measured beside a fixed piece of arithmetic, and
 * the limit grows with what that takes over its time on an idle machine, so that a busy one does not fail the check.
 */
const CALIBRATION_IDLE = 60 // ms, two cores at 2.5 GHz, idle

let stage: Stage
let watched: Watched
beforeAll(async () => {
  stage = await openStage()
  watched = await openPage(stage, { scenario: shortScenario })
  await running(watched.page)
})
afterAll(async () => { await stage?.close() })

function slowdown(): number {
  const start = performance.now()
  let x = 1
  for (let i = 0; i < 2e7; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0
  return Math.max(1, (performance.now() - start) / CALIBRATION_IDLE) + (x === 0 ? 1 : 0)
}

test('scripts before the city is interactive: at most 450 KB gzipped, workers included, and no byte of Cesium', () => {
  const bytes = [...watched.scripts.values()].reduce((sum, size) => sum + size, 0)
  console.log(`initial JavaScript: ${(bytes / 1024).toFixed(0)} KB gzipped in ${watched.scripts.size} files (limit 450)`)
  expect(bytes).toBeLessThan(450 * 1024)
  expect([...watched.scripts.keys()].filter(address => /cesium/i.test(address))).toEqual([])
})

test('everything for the default city: under 15 MB compressed', () => {
  const folder = join(root, 'assets/shenzhen')
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as PackManifest
  const bytes = manifest.layers.reduce((sum, { file }) => sum + statSync(join(folder, file)).size, statSync(join(folder, 'manifest.json')).size)
  console.log(`city pack: ${(bytes / 1e6).toFixed(2)} MB in ${manifest.layers.length} layers (limit 15)`)
  expect(bytes).toBeLessThan(15e6)
})

test('first frame and interactive city', async () => {
  const { first, interactive } = await until('the timings', () => watched.page.evaluate(() => {
    const { firstFrame, interactive } = window.__pengcheng.timings
    return firstFrame > 0 && interactive > 0 ? { first: firstFrame, interactive } : null
  }))
  const factor = slowdown()
  console.log(`first frame ${first.toFixed(0)} ms (limit 2000), city interactive ${interactive.toFixed(0)} ms (limit 5000); machine ${factor.toFixed(1)} x slower than idle`)
  expect(first).toBeLessThan(2000 * factor)
  expect(interactive).toBeLessThan(5000 * factor)
})

test('20,000 moving vehicles: under 8 ms of main-thread work a frame and at most 400 draw calls', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
  const stats = await page.evaluate(async () => {
    const { city } = window.__pengcheng.session
    const { layout } = window.__pengcheng.client!.info!
    const vehicles = 20_000
    const lanes = city!.network.lanes.rows
    const pick = window.__pengcheng.drive({ vehicles, lanes, layout })
    await new Promise(done => setTimeout(done, 6000))
    const { frameMs, drawCalls, triangles, agents } = window.__pengcheng.render!.stats()
    pick.stop()
    return { frameMs, drawCalls, triangles, agents }
  })
  const factor = slowdown()
  console.log(`${stats.agents} vehicles: ${stats.frameMs.toFixed(2)} ms JavaScript a frame (limit 8), ${stats.drawCalls} draw calls (limit 400), `
    + `${(stats.triangles / 1e6).toFixed(2)} M triangles; machine ${factor.toFixed(1)} x slower than idle`)
  expect(stats.agents).toBeGreaterThanOrEqual(20_000)
  expect(stats.drawCalls).toBeLessThanOrEqual(400)
  expect(stats.frameMs).toBeLessThan(8 * factor)
})
