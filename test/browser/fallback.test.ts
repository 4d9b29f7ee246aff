import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPage, openStage, running, shortScenario, until, type Stage } from './support'

describe('without cross-origin isolation', () => {
  let stage: Stage
  beforeAll(async () => { stage = await openStage({ isolated: false, portOffset: 1 }) })
  afterAll(async () => { await stage?.close() })

  test('snapshots are transferred instead of shared, the app says so, and traffic moves all the same', async () => {
    const { page, errors } = await openPage(stage, { scenario: shortScenario, width: 700, height: 450 })
    await running(page)
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false)
    const memory = page.getByTestId('memory')
    expect(await memory.getAttribute('data-mode')).toBe('transferred')
    const ticks: number[] = []
    for (let n = 0; n < 2; n++) {
      const last = ticks.at(-1) ?? 0
      ticks.push(await until('a newer snapshot', () => page.evaluate(before => {
        const tick = window.__pengcheng.client!.feed!.newest()?.head[1] ?? 0
        return tick > before + 2 ? tick : null
      }, last)))
    }
    expect(ticks[1]).toBeGreaterThan(ticks[0]!)
    expect(errors).toEqual([])
    await page.close()
  })
})

describe('when something is missing', () => {
  let stage: Stage
  beforeAll(async () => { stage = await openStage() })
  afterAll(async () => { await stage?.close() })

  test('no WebGL 2: the app says what to do', async () => {
    const page = await stage.browser.newPage({ locale: 'en-GB' })
    await page.addInitScript(() => { HTMLCanvasElement.prototype.getContext = () => null })
    await page.route('**/scenarios/morning-peak.json', route => route.fulfill({ json: shortScenario }))
    await page.goto(stage.url)
    const card = page.getByRole('alertdialog')
    await card.waitFor()
    expect(await card.textContent()).toContain('WebGL 2')
    await page.close()
  })

  test('the browser takes the graphics away: the app says what to do, the run and the document go on; given back, the picture returns', async () => {
    const { page } = await openPage(stage, { scenario: shortScenario, width: 700, height: 450 })
    await running(page)
    await until('the city', () => page.evaluate(() => window.__pengcheng.timings.firstFrame > 0))
    await page.evaluate(() => {
      const loss = window.__pengcheng.render!.renderer.getContext().getExtension('WEBGL_lose_context')!
      Object.assign(window, { giveBack: () => loss.restoreContext() })
      loss.loseContext()
    })
    const card = page.getByRole('alertdialog')
    await card.waitFor()
    expect(await card.textContent()).toContain('context lost')
    const before = await page.evaluate(() => window.__pengcheng.store.getState().status!.totals.tick)
    await until('the run to go on', () => page.evaluate(tick => window.__pengcheng.store.getState().status!.totals.tick > tick, before))
    expect(await page.evaluate(() => window.__pengcheng.store.getState().scenario?.id)).toBe('test')
    await page.evaluate(() => (window as unknown as { giveBack(): void }).giveBack())
    await until('the picture', async () => await card.count() === 0)
    await until('frames', () => page.evaluate(() => window.__pengcheng.render!.stats().drawCalls > 0))
    await page.close()
  })

  test('no city: the app names the file and can try again', async () => {
    const page = await stage.browser.newPage({ locale: 'en-GB' })
    await page.route('**/shenzhen/manifest.json', route => route.fulfill({ status: 404, body: '' }))
    await page.goto(stage.url)
    const card = page.getByRole('alertdialog')
    await card.waitFor()
    await until('the text', async () => /manifest\.json: the server answers 404/.test(await card.textContent() ?? ''))
    await page.close()
  })

  test('a scenario with mistakes: all of them are listed', async () => {
    const page = await stage.browser.newPage({ locale: 'en-GB' })
    await page.route('**/scenarios/morning-peak.json', route => route.fulfill({ json: { ...shortScenario, seed: 'one', window: { start: '9', end: '07:00' } } }))
    await page.goto(stage.url)
    const problems = await until('the problems', () => page.evaluate(() => {
      const { phase, problems } = window.__pengcheng.store.getState()
      return phase === 'failed' ? problems.map(({ subject }) => subject.id) : null
    }))
    expect(problems).toEqual(expect.arrayContaining(['seed', 'window.start']))
    await page.close()
  })

  test('a simulation worker that dies: the document is kept and the run can start again', async () => {
    const page = await stage.browser.newPage({ locale: 'en-GB' })
    await page.route('**/simWorker-*.js', route => route.fulfill({ contentType: 'text/javascript', body: 'throw new Error("broken on purpose")' }))
    await page.route('**/scenarios/morning-peak.json', route => route.fulfill({ json: shortScenario }))
    await page.goto(stage.url)
    const state = await until('the crash to be told', () => page.evaluate(() => {
      const { phase, problems, scenario } = window.__pengcheng.store.getState()
      return phase === 'failed' ? { code: problems[0]!.code, scenario: scenario?.id } : null
    }))
    expect(state).toEqual({ code: 'run/crashed', scenario: 'test' })
    await page.unroute('**/simWorker-*.js')
    await page.evaluate(() => window.__pengcheng.session.restart())
    await until('the run to go on', () => page.evaluate(() => window.__pengcheng.store.getState().phase === 'running' || null))
    await page.close()
  })
})
