import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStage, type Stage } from './support'

let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(async () => { await stage?.close() })

test('/validate runs the suites in a worker and shows rows as they come, in both languages, asking no other host', async () => {
  const page = await stage.browser.newPage({ locale: 'zh-CN' })
  const errors: string[] = []
  const outside: string[] = []
  page.on('console', message => { if (message.type() === 'error') errors.push(message.text()) })
  page.on('pageerror', error => errors.push(error.message))
  page.on('request', request => { if (!request.url().startsWith(stage.url) && !/^(data|blob):/.test(request.url())) outside.push(request.url()) })
  await page.goto(`${stage.url}validate`)
  const row = page.locator('[data-case="stop-line/discharge/saturation-flow"]').first()
  await row.waitFor({ timeout: 60_000 })
  expect(await row.getAttribute('data-pass')).toBe('true')
  expect(await row.innerText()).toContain('饱和流率')
  await page.getByRole('button', { name: 'English' }).click()
  expect(await row.innerText()).toContain('saturation flow')
  expect(await row.innerText()).toMatch(/1900 ± 57 veh\/h\s+18\d\d|1900 ± 57 veh\/h\s+19\d\d/)
  const crowd = page.locator('[data-case="rimea/1"]').first()
  await crowd.waitFor({ timeout: 120_000 })
  expect(await crowd.getAttribute('data-pass')).toBe('true')
  expect(await crowd.innerText()).toContain('test 1')
  expect(await page.getByRole('link', { name: 'Include the cases that take minutes' }).getAttribute('href')).toBe('?long')
  expect(await page.getByRole('link', { name: 'Back to the city' }).getAttribute('href')).toBe('./')
  expect(errors).toEqual([])
  expect(outside).toEqual([])
  await page.close()
})
