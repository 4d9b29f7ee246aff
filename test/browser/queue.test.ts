import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

/** Three closures of busy roads, each of which is then a variant of its own. */
const roads = ['深南大道', '滨河大道', '北环大道']
const scenario: Scenario = {
  ...shortScenario, window: { start: '07:00', end: '07:02' }, demand: { scale: 0.01, rerouteShare: 0.3 },
  edits: roads.map((road, at) => ({ kind: 'closure', id: `works-${at}`, enabled: true, label: road, window: { start: '07:00', end: '07:02' }, target: { road }, lanes: 'all' })),
}
let stage: Stage
let watched: Watched
beforeAll(async () => {
  stage = await openStage({ portOffset: 13 })
  watched = await openPage(stage, { scenario, query: 'quality=low', width: 900, height: 480 })
  await running(watched.page)
})
afterAll(async () => { await stage?.close() })

const queue = () => watched.page.evaluate(() => window.__pengcheng.store.getState().comparison.queue.map(({ state, share, secondsLeft, problems }) => ({ state, share, secondsLeft, problem: problems[0]?.message ?? null })))
const tick = () => watched.page.evaluate(() => window.__pengcheng.store.getState().status!.totals.tick)

test('three variants and one that is called off run in workers while the city goes on, and stand in one table', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.store.setState({ welcome: false, playing: true, speed: 1 }))
  const before = await tick()
  await page.locator('[data-panel="compare"]').click()
  const seeds = page.getByTestId('compare-seeds').locator('input')
  await seeds.fill('2')
  await seeds.press('Tab')
  const boxes = page.getByTestId('compare-changes').locator('input')
  await page.getByTestId('compare-changes').locator('summary').click()
  for (let variant = 0; variant < roads.length; variant++) {
    for (let at = 0; at < roads.length; at++) await boxes.nth(at).setChecked(at === variant)
    await page.getByTestId('start-compare').click()
  }
  // So many runs that it cannot be over before it is called off.
  await boxes.nth(0).setChecked(true)
  await seeds.fill('30')
  await seeds.press('Tab')
  await page.getByTestId('start-compare').click()
  await until('a time that is left', async () => (await queue()).some(({ state, secondsLeft }) => state === 'running' && secondsLeft !== null && secondsLeft > 0))
  const rows = page.getByTestId('compare-queue').locator('li')
  expect(await rows.count()).toBe(4)
  await rows.nth(3).getByRole('button', { name: 'Cancel' }).click()
  const done = await until('three results', async () => {
    const all = await queue()
    const failed = all.find(({ state }) => state === 'failed')
    if (failed) throw new Error(failed.problem!)
    return all.every(({ state }) => state === 'done' || state === 'cancelled') && all
  }, 90)
  expect(done.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'cancelled'])
  expect(await tick()).toBeGreaterThan(before)

  const table = page.getByTestId('variant-table')
  expect(await table.locator('thead th').allTextContents()).toEqual(['Measure', 'Without', 'A', 'B', 'C'])
  expect(await table.locator('tbody tr').count()).toBeGreaterThan(8)
  expect(await table.locator('.variant-list li').count()).toBe(3)
  // A difference with an interval is either more than chance among three, or said not to be.
  const doubtful = await table.locator('tbody td[data-sure="false"] .interval').allTextContents()
  expect(doubtful.length).toBeGreaterThan(0)
  for (const text of doubtful) expect(text).toMatch(/may be chance|not among/)
})

test('charts of the running city grow with it', async () => {
  const { page } = watched
  await page.locator('[data-panel="charts"]').click()
  await until('four curves', async () => await page.getByTestId('run-charts').locator('.chart svg path').count() >= 4)
  await page.locator('[data-panel="compare"]').click()
})

test('results stay when another document is opened', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.session.openPreset('morning-peak'))
  await running(page)
  expect((await queue()).length).toBe(4)
  expect(await page.getByTestId('variant-table').locator('thead th').count()).toBe(5)
  expect(watched.errors).toEqual([])
})
