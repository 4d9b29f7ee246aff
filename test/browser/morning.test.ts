import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario'
import { RoadClass } from '../../src/sim'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

/**
 * A planner's whole morning: the tour, a document of the library, three changes, a look back, a rule that acts, a reload
 * in the middle, a comparison, both futures beside each other, a report, the briefing, the other language.
 */
const thin: Scenario = { ...shortScenario, window: { start: '07:00', end: '07:10' }, demand: { scale: 0.05, rerouteShare: 0.3 } }
let stage: Stage
let watched: Watched
beforeAll(async () => {
  stage = await openStage({ portOffset: 11 })
  watched = await openPage(stage, { scenario: thin, query: 'quality=low', width: 1300, height: 760 })
  const { page } = watched
  await page.route('**/scenarios/morning-peak.json', route => route.fulfill({ json: { ...thin, id: 'morning-peak', name: { zh: '早高峰', en: 'Thin peak' } } }))
  await running(page)
  // Little to draw, so that the machine has its time for the run.
  await look()
})
afterAll(async () => { await stage?.close() })

/** Has the page keep what holds it up for more than 50 ms, and which scripts did. */
function watchLongTasks(): void {
  interface LongFrame extends PerformanceEntry { readonly scripts: readonly { readonly duration: number; readonly invoker: string; readonly sourceURL: string }[] }
  window.longTasks = []
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      if (entry.entryType === 'longtask') window.longTasks.push(`task of ${Math.round(entry.duration)} ms`)
      else for (const { duration, invoker, sourceURL } of (entry as LongFrame).scripts) if (duration > 50) window.longTasks.push(`script of ${Math.round(duration)} ms: ${invoker} ${sourceURL}`)
    }
  }).observe({ entryTypes: ['longtask', 'long-animation-frame'] })
}
declare global { interface Window { longTasks: string[] } }

const state = () => watched.page.evaluate(() => {
  const { scenario, updating, phase, status, comparison, undoStack, redoStack, keeping, rules, beside, tourStop } = window.__pengcheng.store.getState()
  return {
    name: scenario?.name.en ?? '', beside, tourStop, comparison: comparison.queue.at(-1)?.state, kpis: comparison.result?.kpis ?? [], hashes: comparison.result?.hashes ?? [],
    edits: scenario?.edits ?? [], updating, phase, tick: status?.totals.tick ?? 0, liveTick: status?.liveTick ?? 0, reviewing: status?.reviewing ?? false,
    undo: undoStack.length, redo: redoStack.length, keeping, fired: rules?.log.length ?? 0,
  }
})
const settled = <T>(what: string, ask: (now: Awaited<ReturnType<typeof state>>) => T | null | false) => until(what, async () => {
  const now = await state()
  return !now.updating && now.phase === 'running' ? ask(now) : null
})
const look = () => watched.page.evaluate(() => window.__pengcheng.view.lookAt({ x: 640, y: 60, distance: 30, pitch: 60, bearing: 0 }))
const pause = () => watched.page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))

/** Selects the n-th busy street with two lanes or more. */
const selectStreet = (nth: number) => watched.page.evaluate(([skip, most]) => {
  const { links, nodes } = window.__pengcheng.session.city!.network
  const streets = Array.from({ length: links.rows }, (_, row) => row).filter(row => links.class[row]! <= most! && links.class[row]! >= 4 && links.name[row]! >= 0 && links.laneCount[row]! >= 2 && links.length[row]! > 150 && nodes.program[links.toNode[row]!]! >= 0)
  window.__pengcheng.store.getState().select({ kind: 'link', link: streets[skip! * 40]! })
}, [nth, RoadClass.secondary])

test('a first visit begins with the tour, which points at one thing after the other', async () => {
  const { page } = watched
  await page.locator('.welcome-card').first().click()
  for (let step = 0; ; step++) {
    const card = page.locator('.tour')
    await card.waitFor()
    const { x, y, width, height } = (await card.boundingBox())!
    expect(x >= 0 && y >= 0 && x + width <= 1300 && y + height <= 760).toBe(true)
    await page.keyboard.press('Enter')
    const { tourStop } = await until('the next step', async () => { const now = await state(); return now.tourStop !== step && now })
    if (tourStop === null) return expect(step).toBe(6)
  }
})

test('a document of the library is opened', async () => {
  const { page } = watched
  await page.locator('[data-panel=scenarios]').click()
  await page.locator('.preset').first().click()
  await settled('the document', ({ name }) => name === 'Thin peak')
  await look()
  await page.keyboard.press('Escape')
})

test('three changes are made on streets, and one is taken back', async () => {
  const { page } = watched
  await pause()
  for (const [at, [plan, apply]] of ([['close-road', 'apply-closure'], ['limit-speed', 'apply-limit'], ['plan-works', 'apply-works']] as const).entries()) {
    await selectStreet(at)
    await page.getByTestId(plan).click()
    await page.getByTestId(apply).click()
    await settled(`change ${at + 1}`, ({ edits }) => edits.length === at + 1)
  }
  await page.evaluate(() => window.__pengcheng.store.getState().select(null))
  await page.keyboard.press('Control+z')
  const { edits } = await settled('undo', now => now.edits.length === 2 && now)
  expect(edits.map(({ kind }) => kind)).toEqual(['closure', 'speedLimit'])
})

test('what was is looked at again without simulating it again, and the run goes on from where it stood', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.session.runTo(7 * 3600 + 240))
  await pause()
  const { tick } = await settled('four minutes', now => now.tick >= 480 && now)
  await page.keyboard.press(',')
  const back = await until('the look back', async () => { const now = await state(); return now.reviewing && now.tick < tick ? now : null })
  expect(back.liveTick).toBe(tick)
  const line = page.getByTestId('review').locator('input[type=range]')
  await line.focus()
  await line.fill('120')
  await until('the second minute', async () => { const now = await state(); return now.reviewing && now.tick <= 120 && now.tick > 100 })
  await page.getByTestId('review-end').click()
  await until('the run as it stands', async () => { const now = await state(); return !now.reviewing && now.tick === tick })
})

test('a response rule acts and says so', async () => {
  const { page } = watched
  await page.evaluate(() => {
    const { session, store } = window.__pengcheng
    const { links, strings } = session.city!.network
    const row = Array.from({ length: links.rows }, (_, link) => link).find(link => strings[links.name[link]!] === '滨河大道')!
    store.setState({ playing: true })
    session.apply({ kind: 'addRule', rule: {
      id: 'slow', enabled: true, window: { start: '07:00', end: '07:10' }, when: { measure: 'roadSpeed', target: { road: '滨河大道' }, below: 300, forSeconds: 0 },
      actions: [{ kind: 'speedLimit', target: { links: [strings[links.id[row]!]!] }, speedLimitKmh: 40 }],
    } })
  })
  await settled('the rule to act', ({ fired }) => fired > 0)
  await pause()
})

test('a reload in the middle loses nothing', async () => {
  const { page } = watched
  await until('everything to be kept', async () => (await state()).keeping === 'saved')
  const before = await state()
  await page.reload()
  await running(page)
  await look()
  await page.evaluate(watchLongTasks)
  await pause()
  const after = await state()
  expect([after.edits, after.undo, after.redo]).toEqual([before.edits, before.undo, before.redo])
  expect(await page.evaluate(() => window.__pengcheng.store.getState().scenario!.rules!.map(({ id }) => id))).toEqual(['slow'])
})

test('while the city runs and a panel tells of it, nothing holds the page up for more than 50 ms', async () => {
  const { page } = watched
  await page.locator('[data-panel=jams]').click()
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: true, speed: 10 }))
  // A shared machine takes its time for others now and then: one window of five seconds has to be free of it.
  const seen: string[][] = []
  for (let turn = 0; turn < 6; turn++) {
    await page.evaluate(() => { window.longTasks.length = 0 })
    await page.waitForTimeout(5000)
    seen.push(await page.evaluate(() => window.longTasks))
    if (seen.at(-1)!.length === 0) break
  }
  await pause()
  await page.keyboard.press('Escape')
  expect(seen.at(-1), JSON.stringify(seen)).toEqual([])
})

test('both futures are compared over three seeds: what is sure and what may be chance are told apart', async () => {
  const { page } = watched
  // A closed avenue strands those who live along it, with every seed.
  await page.evaluate(() => window.__pengcheng.session.apply({ kind: 'add', edit: { kind: 'closure', id: 'avenue', enabled: true, window: { start: '07:00', end: '07:10' }, target: { road: '深南大道' }, lanes: 'all' } }))
  await settled('the avenue to close', ({ edits }) => edits.length === 3)
  await page.keyboard.press('x')
  await page.getByTestId('start-compare').click()
  const { kpis, hashes } = await until('the comparison', async () => { const now = await state(); return now.comparison === 'done' ? now : now.comparison === 'failed' ? Promise.reject(new Error('the comparison failed')) : null }, 240)
  expect(hashes.length).toBe(3)
  const table = page.getByTestId('compare-kpis')
  await table.waitFor()
  const sure = kpis.filter(({ low95, high95 }) => low95 !== null && high95 !== null && (low95 > 0 || high95 < 0))
  const chance = kpis.filter(({ low95, high95, difference }) => difference !== null && difference !== 0 && low95! <= 0 && high95! >= 0)
  expect(sure.length).toBeGreaterThan(0)
  expect(chance.length).toBeGreaterThan(0)
  expect(await table.locator('td[data-sure="true"]').count()).toBe(kpis.length - await table.locator('td[data-sure="false"]').count())
  expect(await table.innerText()).toContain('may be chance')
  expect(await page.getByTestId('verdicts').locator('li').count()).toBeGreaterThan(1)
  await until('both charts', async () => await page.locator('.chart svg').count() === 2)
})

test('both futures stand beside each other on the map, at the same moment', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.session.runTo(7 * 3600 + 300))
  await page.keyboard.press('k')
  const { beside, tick } = await until('the run without the changes', async () => { const now = await state(); return now.beside.phase === 'on' ? now : null })
  expect(Math.abs(beside.tick - tick)).toBeLessThanOrEqual(4)
  await page.getByTestId('beside-line').focus()
  await page.keyboard.press('ArrowLeft')
  await until('the line to move', async () => Math.abs((await state()).beside.at - 0.48) < 1e-9)
  await page.getByTestId('beside').getByText('Split').click()
  await until('two pictures', async () => (await state()).beside.mode === 'split')
  await page.keyboard.press('k')
  await until('one picture', async () => (await state()).beside.phase === 'off')
})

test('the report is one file that needs nothing else and says what was found', async () => {
  const { page } = watched
  const { hashes } = await state()
  await page.getByTestId('make-report').click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-report').click()])
  expect(download.suggestedFilename()).toMatch(/\.html$/)
  const html = readFileSync(await download.path(), 'utf8')
  for (const { baseline, variant } of hashes) { expect(html).toContain(baseline); expect(html).toContain(variant) }
  const reader = await stage.browser.newPage()
  const asked: string[] = []
  reader.on('request', request => { if (!/^(data|about|blob):/.test(request.url())) asked.push(request.url()) })
  await reader.setContent(html)
  const [sections, tables, svgs, scripts] = await Promise.all(['section', 'table', 'figure svg', 'script'].map(selector => reader.locator(selector).count()))
  expect([sections! >= 10, tables! >= 5, svgs, scripts, asked]).toEqual([true, true, 3, 0, []])
  expect(await reader.locator('h1').innerText()).toContain('Thin peak')
  await reader.close()
  await page.keyboard.press('Escape')
  await until('the dialog to close', async () => await page.getByTestId('save-report').count() === 0)
})

test('one key tells the whole city; the other language says the same without a reload; nothing was complained about', async () => {
  const { page, errors, outside } = watched
  await page.keyboard.press('b')
  await page.getByTestId('briefing').waitFor()
  expect(await page.getByTestId('briefing').locator('section').count()).toBe(7)
  await page.keyboard.press('Escape')
  await pause()
  const { hashes, tick } = await state()
  await page.locator('.top').getByText('中文').click()
  await until('Chinese', async () => /对比/.test(await page.locator('.rail').innerText()))
  const after = await state()
  expect([after.hashes, after.tick]).toEqual([hashes, tick])
  expect([errors, outside]).toEqual([[], []])
})
