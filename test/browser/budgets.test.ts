import { readFileSync, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PackManifest } from '../../src/city'
import { openPage, openStage, root, running, shortScenario, until, type Stage, type Watched } from './support'

/**
 * What the app may cost. Bytes, counts and milliseconds of script are judged always; how long opening takes is judged
 * on a machine that is ours alone, and printed on any.
 */
let stage: Stage
let share = 1
beforeAll(async () => {
  stage = await openStage()
  share = await slowdown()
})
afterAll(async () => { await stage?.close() })

const SPIN = 500 // ms

/** Wall time by processor time of arithmetic on every processor at once; 1 on a machine that is ours alone. */
async function slowdown(): Promise<number> {
  const before = process.cpuUsage()
  const start = performance.now()
  const threads = availableParallelism()
  await Promise.all(Array.from({ length: threads }, () => new Promise<void>((done, fail) => {
    const spin = `const end = Date.now() + ${SPIN}; let x = 1; while (Date.now() < end) for (let i = 0; i < 1e5; i++) x = Math.imul(x, 31) + 1 | 0`
    new Worker(spin, { eval: true }).on('exit', () => done()).on('error', fail)
  })))
  const { user, system } = process.cpuUsage(before)
  return Math.max(1, (Math.min(SPIN, performance.now() - start) * threads * 1000) / (user + system))
}

/** Whoever else has the machine only adds to these times, so the best of a few openings is the app's own. */
const OPENINGS = 4

test('opening the default city: first frame within 2 s, interactive within 5 s', async () => {
  let best = { frame: Infinity, interactive: Infinity }
  for (let opening = 1; opening <= OPENINGS; opening++) {
    const { page } = await openPage(stage)
    const times = await until('the timings', () => page.evaluate(() => {
      const { firstFrame, interactive } = window.__pengcheng.timings
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0
      return firstFrame > 0 && interactive > 0 ? { paint, frame: firstFrame, interactive } : null
    }))
    await page.close()
    console.log(`opening ${opening}: page painted ${times.paint.toFixed(0)} ms, first frame of the city ${times.frame.toFixed(0)} ms (limit 2000), interactive ${times.interactive.toFixed(0)} ms (limit 5000)`)
    best = { frame: Math.min(best.frame, times.frame), interactive: Math.min(best.interactive, times.interactive) }
    if (best.frame < 2000 && best.interactive < 5000) break
  }
  // Where others take the machine all the time, how long a dozen threads wait for each other says nothing of the app.
  if (share > 1.3) return console.log(`machine ${share.toFixed(1)} x slower than idle: not judged`)
  expect(best.frame).toBeLessThan(2000)
  expect(best.interactive).toBeLessThan(5000)
})

describe('a running city', () => {
  let watched: Watched
  /** Loaded until the city was interactive. */
  let scripts: Watched['scripts']
  beforeAll(async () => {
    watched = await openPage(stage, { scenario: shortScenario })
    await running(watched.page)
    const later = await watched.page.evaluate(() => performance.getEntriesByType('resource').filter(({ startTime }) => startTime > window.__pengcheng.timings.interactive).map(({ name }) => name))
    scripts = new Map([...watched.scripts].filter(([address]) => !later.includes(address)))
    await until('the whole city', () => watched.page.evaluate(() => window.__pengcheng.ready))
  })

  test('scripts before the city is interactive: at most 450 KB gzipped, workers included, and no byte of Cesium', () => {
    const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0)
    console.log(`initial JavaScript: ${(bytes / 1024).toFixed(1)} KB gzipped in ${scripts.size} files (limit 450)`)
    expect(bytes).toBeLessThan(450 * 1024)
    expect([...scripts.keys()].filter(address => /cesium/i.test(address))).toEqual([])
  })

  test('everything for the default city: under 15 MB compressed', () => {
    const folder = join(root, 'assets/shenzhen')
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as PackManifest
    const bytes = manifest.layers.reduce((sum, { file }) => sum + statSync(join(folder, file)).size, statSync(join(folder, 'manifest.json')).size)
    console.log(`city pack: ${(bytes / 1e6).toFixed(2)} MB in ${manifest.layers.length} layers (limit 15)`)
    expect(bytes).toBeLessThan(15e6)
  })

  test('20,000 moving vehicles: under 8 ms of main-thread work a frame and at most 400 draw calls', async () => {
    const { page } = watched
    await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
    const stats = await page.evaluate(async () => {
      const { session, client, render, drive } = window.__pengcheng
      // A software GPU would make the page wait for it; what is measured is the page's own work, so nothing is rastered.
      const gl = render!.renderer.getContext() as WebGL2RenderingContext
      const idle = (): void => undefined
      const { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced, drawRangeElements } = gl
      Object.assign(gl, { drawElements: idle, drawArrays: idle, drawElementsInstanced: idle, drawArraysInstanced: idle, drawRangeElements: idle })
      const fleet = drive({ vehicles: 20_000, lanes: session.city!.network.lanes.rows, layout: client!.info!.layout })
      // The figure is a mean that forgets a tenth a frame: this many, and the frames before are gone from it.
      for (let frames = 0; frames < 150; frames++) await new Promise(done => requestAnimationFrame(done))
      const { frameMs, drawCalls, triangles, agents } = render!.stats()
      fleet.stop()
      Object.assign(gl, { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced, drawRangeElements })
      return { frameMs, drawCalls, triangles, agents }
    })
    const factor = await slowdown()
    console.log(`${stats.agents} vehicles: ${stats.frameMs.toFixed(2)} ms JavaScript a frame (limit 8), ${stats.drawCalls} draw calls (limit 400), `
      + `${(stats.triangles / 1e6).toFixed(2)} M triangles; machine ${factor.toFixed(1)} x slower than idle`)
    expect(stats.agents).toBeGreaterThanOrEqual(20_000)
    expect(stats.drawCalls).toBeLessThanOrEqual(400)
    expect(stats.frameMs).toBeLessThan(8 * factor)
  })
})
