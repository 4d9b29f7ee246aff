import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

let stage: Stage
let watched: Watched
beforeAll(async () => {
  stage = await openStage()
  watched = await openPage(stage, { scenario: { ...shortScenario, window: { start: '07:00', end: '07:04' }, demand: { scale: 0.01, rerouteShare: 0.3 } } as Scenario, width: 1366, height: 625 })
  await running(watched.page)
  await watched.page.evaluate(() => window.__pengcheng.store.setState({ welcome: false, playing: false }))
})
afterAll(async () => { await stage?.close() })

/** Of the elements, those of which the middle is covered by something else or out of the window. */
const unreachable = (page: Page, selector: string): Promise<string[]> => page.evaluate(each => [...document.querySelectorAll(each)].filter(element => {
  const { left, top, width, height } = element.getBoundingClientRect()
  const hit = document.elementFromPoint(left + width / 2, top + height / 2)
  return !hit || !(element.contains(hit) || hit.contains(element))
}).map(element => element.textContent ?? ''), selector)

test('on a low screen every tool and panel is in reach', async () => {
  const { page } = watched
  expect(await page.locator('.rail-item').count()).toBe(11)
  expect(await unreachable(page, '.rail-item')).toEqual([])
  await page.setViewportSize({ width: 1366, height: 420 })
  await page.locator('[data-panel="compare"]').focus()
  expect(await unreachable(page, '[data-panel="compare"]')).toEqual([])
  await page.setViewportSize({ width: 1366, height: 625 })
})

test('the bar below holds the largest figures in both languages', async () => {
  const { page } = watched
  for (const switched of [false, true]) {
    if (switched) await page.locator('.top').getByText('中文').click()
    await until('the bar', () => page.evaluate(() => {
      const { status } = window.__pengcheng.store.getState()
      window.__pengcheng.store.setState({ status: { ...status!, realTimeFactor: 118.4, replay: { fromTick: 0, toTick: 400 }, totals: { ...status!.totals, running: 38_456, arrived: 145_678, waiting: 23_456, unreachable: 4567, interventions: 1123 } } })
      const bar = document.querySelector('.status')!
      return bar.textContent!.includes('145') && bar.scrollWidth <= bar.clientWidth && bar.lastElementChild!.getBoundingClientRect().right < 1366
    }), 10)
  }
  await page.locator('.top').getByText('EN', { exact: true }).click()
})

test('neither a card nor a notice lies over what can be pressed', async () => {
  const { page } = watched
  await page.setViewportSize({ width: 1366, height: 768 })
  await page.evaluate(() => {
    const { session, store } = window.__pengcheng
    const { links, strings } = session.city!.network
    store.getState().select({ kind: 'link', link: Array.from({ length: links.rows }, (_, row) => row).find(row => strings[links.name[row]!] === '深南大道')! })
    store.setState({ panel: 'edits' })
    store.getState().say('info', 'A notice that is as wide as a notice can be, so that it would reach over the panel', undefined, { text: 'Do it', act() {} })
  })
  await page.locator('.inspector button').first().waitFor()
  await page.locator('.toast').waitFor()
  await until('the notice to stand still', async () => (await unreachable(page, '.panel button, .inspector button')).length === 0, 10)
  const [card, legend] = await Promise.all(['.inspector', '.legend'].map(each => page.locator(each).boundingBox()))
  expect(card!.y + card!.height).toBeLessThan(legend!.y)
})

test('a time that cannot be read is said beside its field, and nothing is applied', async () => {
  const { page } = watched
  await page.locator('.inspector').getByRole('button', { name: 'Close a road' }).click()
  const from = page.locator('.edit-form').getByRole('textbox', { name: 'From' })
  await from.fill('abc')
  await page.locator('.edit-form button[type=submit]').click()
  expect(await page.locator('.edit-form .field-problem').textContent()).toBe('A time such as 07:30')
  await page.locator('.edit-form button[type=submit]').click()
  expect(await page.evaluate(() => window.__pengcheng.store.getState().scenario!.edits)).toEqual([])
  expect(await from.getAttribute('aria-invalid')).toBe('true')
  await from.fill('7:02')
  await from.blur()
  expect(await from.inputValue()).toBe('07:02')
})

test('a run that has come to its end is not shown as running, and begins anew', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: true, speed: Infinity }))
  const again = page.getByRole('button', { name: 'Run again from the start' })
  await again.waitFor()
  await page.evaluate(() => window.__pengcheng.store.setState({ speed: 1 }))
  await again.click()
  await page.getByRole('button', { name: 'Pause' }).waitFor()
  await until('the start of the day', async () => (await page.getByTestId('clock').textContent())!.includes('07:00'), 20)
})
