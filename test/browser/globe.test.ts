import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

let stage: Stage
let watched: Watched
beforeAll(async () => {
  stage = await openStage({ portOffset: 3 })
  watched = await openPage(stage, { scenario: shortScenario, query: 'quality=low', width: 1366, height: 420 })
  await running(watched.page)
})
afterAll(async () => { await stage?.close() })

/** Places of the vehicles as the globe draws them, by slot. */
const places = (): Promise<Record<number, readonly [number, number]>> => watched.page.evaluate(() => {
  const { globe } = window.__pengcheng
  const pose = { x: 0, y: 0, z: 0, headingX: 0, headingY: 0, speed: 0, class: 0, path: 0 }
  const found: Record<number, readonly [number, number]> = {}
  for (let slot = 0; slot < 2000; slot++) if (globe!.vehicle(slot, pose)) found[slot] = [pose.x, pose.y]
  return found
})

test('the button opens the globe, with the whole city on it and its vehicles moving', async () => {
  const { page } = watched
  await page.getByRole('button', { name: /^(Globe|地球)$/ }).click()
  const { commands, agents } = await until('the city on the globe', () => page.evaluate(() => {
    const stats = window.__pengcheng.globe?.stats()
    return stats && stats.commands > 150 && stats.agents > 50 ? stats : null
  }))
  expect([...watched.scripts.keys()].some(address => /globeView/.test(address))).toBe(true)
  const before = await places()
  const moved = await until('vehicles to move on', async () => {
    const now = await places()
    const far = Object.keys(before).filter(slot => {
      const [a, b] = [before[Number(slot)]!, now[Number(slot)]]
      return b && Math.hypot(b[0] - a[0], b[1] - a[1]) > 5
    })
    return far.length > 20 ? far.length : null
  })
  console.log(`globe: ${commands} draw commands, ${agents} vehicles, ${moved} of them moved on`)
  expect(commands).toBeLessThanOrEqual(400)
})

test('its own work is a small part of a frame', async () => {
  const figures = await watched.page.evaluate(async () => {
    const gl = document.querySelector<HTMLCanvasElement>('.globe canvas')!.getContext('webgl2')!
    const idle = (): void => undefined
    const { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced, texSubImage2D, bufferSubData } = gl
    Object.assign(gl, { drawElements: idle, drawArrays: idle, drawElementsInstanced: idle, drawArraysInstanced: idle, texSubImage2D: idle, bufferSubData: idle })
    for (let frames = 0; frames < 60; frames++) await new Promise(done => requestAnimationFrame(done))
    const { frameMs } = window.__pengcheng.globe!.stats()
    const start = performance.now()
    for (let frames = 0; frames < 10; frames++) await new Promise(done => requestAnimationFrame(done))
    const all = (performance.now() - start) / 10
    Object.assign(gl, { drawElements, drawArrays, drawElementsInstanced, drawArraysInstanced, texSubImage2D, bufferSubData })
    return { frameMs, all }
  })
  console.log(`globe: ${figures.frameMs.toFixed(2)} ms JavaScript a frame of ours, a frame every ${figures.all.toFixed(1)} ms`)
})

test('the button closes it again, and the city view goes on where the globe was', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.globe!.flyTo({ x: 350, y: 600, distance: 2600, pitch: 30, bearing: 20 }, false))
  await until('the globe to be there', () => page.evaluate(() => {
    const pose = window.__pengcheng.globe!.pose()
    return pose && Math.hypot(pose.x - 350, pose.y - 600) < 100 ? pose : null
  }))
  await page.getByRole('button', { name: /^(Back to the city|回到城市)$/ }).click()
  await until('the globe to go', () => page.evaluate(() => window.__pengcheng.globe === null && document.querySelector('.globe') === null))
  const pose = await page.evaluate(() => window.__pengcheng.render!.rig.pose())
  expect(Math.hypot(pose.x - 350, pose.y - 600)).toBeLessThan(100)
  expect(pose.bearing).toBeCloseTo(20, 0)
})

test('nothing was complained about and nobody else was asked', () => {
  expect(watched.errors).toEqual([])
  expect(watched.outside).toEqual([])
})
