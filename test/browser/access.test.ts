import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scenario } from '../../src/scenario'
import { openStage, running, shortScenario, until, type Stage } from './support'

/**
 * WCAG 2.1 A and AA by axe over every part of the workbench. The city itself is hidden: what stands behind glass is
 * judged on the glass, as it is where nothing shines through.
 */
let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(async () => { await stage?.close() })

const hours = { start: '07:05', end: '07:12' }
const scenario: Scenario = {
  ...shortScenario, demand: { scale: 0.02, rerouteShare: 0.3 },
  edits: [
    { kind: 'closure', id: 'shut', enabled: true, window: hours, target: { road: '滨海大道', heading: 'east' }, lanes: 'all', label: '滨海大道' },
    { kind: 'speedLimit', id: 'calm', enabled: true, window: hours, target: { road: '滨海大道' }, speedLimitKmh: 40 },
    { kind: 'weather', id: 'rain', enabled: true, window: hours, rain: 'light' },
    { kind: 'event', id: 'show', enabled: false, window: hours, venue: { name: 'Lawn', position: [114.0575, 22.5425] }, attendance: 500, personsPerCar: 2 },
  ],
}

const dialogs = ['credits', 'shortcuts', 'share', 'new', 'saveAs', 'report', 'briefing'] as const
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** What is serious or critical in what the page shows now. */
const faults = (page: Page, where: string): Promise<string[]> => page.evaluate(async ([state, values]) => {
  const { axe } = window as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: { id: string; impact: string; nodes: { target: string[]; failureSummary: string }[] }[] }> } }
  const { violations } = await axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] })
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.slice(0, 4).map(({ target, failureSummary }) => `${state}: ${id}: ${target.join(' ')}: ${failureSummary.split('\n').slice(1, 2).join('').trim().slice(0, 160)}`))
}, [where, tags] as const)

async function openApp(theme: 'dark' | 'light', language: 'zh' | 'en'): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'en-GB', reducedMotion: 'reduce' })
  await context.addInitScript({ content: axe.source })
  await context.addInitScript(([shade, tongue]) => { localStorage.setItem('pengcheng.theme', shade); localStorage.setItem('pengcheng.language', tongue) }, [theme, language] as const)
  await context.route('**/scenarios/test.json', route => route.fulfill({ json: scenario }))
  const page = await context.newPage()
  page.setDefaultTimeout(120_000)
  await page.goto(`${stage.url}?scenario=test`)
  await running(page)
  await until('the panels', () => page.evaluate(() => document.querySelector('.rail') !== null))
  await page.addStyleTag({ content: '.city canvas { visibility: hidden !important }' })
  return page
}

describe.each([['dark', 'zh'], ['light', 'en'], ['dark', 'en'], ['light', 'zh']] as const)('WCAG 2.1 AA, %s, %s', (theme, language) => {
  test('nothing serious or critical in the workbench, its panels, dialogs and cards', async () => {
    const page = await openApp(theme, language)
    const found: string[] = []
    const look = async (where: string): Promise<void> => {
      await page.waitForTimeout(250)
      found.push(...await faults(page, where))
    }
    await until('where to begin', () => page.evaluate(() => document.querySelector('.welcome-card') !== null))
    await look('first visit')
    for (const panel of await page.locator('[data-panel]').evaluateAll(buttons => buttons.map(button => (button as HTMLElement).dataset['panel']!))) {
      await page.evaluate(name => { window.__pengcheng.store.setState({ panel: name as never }) }, panel)
      await until(`panel ${panel}`, () => page.evaluate(() => document.querySelector('.panel-body') !== null))
      if (panel === 'charts') await until('its curves', () => page.evaluate(() => document.querySelector('.chart svg') !== null))
      await look(`panel ${panel}`)
    }
    await page.evaluate(() => { window.__pengcheng.store.setState({ panel: null }) })
    for (const dialog of dialogs) {
      await page.evaluate(name => { window.__pengcheng.store.getState().openDialog(name) }, dialog)
      await page.getByRole('dialog').waitFor()
      await look(`dialog ${dialog}`)
      await page.keyboard.press('Escape')
      await until('the dialog to close', async () => await page.getByRole('dialog').count() === 0)
    }
    for (const kind of ['link', 'node', 'building', 'station', 'vehicle', 'mark'] as const) {
      await page.evaluate(what => {
        const { store, client, session } = window.__pengcheng
        const { links, nodes } = session.city!.network
        const row = what === 'link' ? Array.from(links.laneCount).findIndex((lanes, at) => lanes >= 2 && links.name[at]! >= 0)
          : what === 'node' ? Array.from(nodes.program).findIndex(program => program >= 0) : 3
        const slot = client!.feed!.newest()!.path.findIndex(path => path >= 0)
        store.getState().select(what === 'link' ? { kind: 'link', link: row } : what === 'vehicle' ? { kind: 'vehicle', slot, trip: -1 } : what === 'mark' ? { kind: 'mark', id: 'show' } : { kind: what, row })
      }, kind)
      await until(`card ${kind}`, () => page.evaluate(() => document.querySelector('.inspector') !== null))
      await page.waitForTimeout(600)
      await look(`card ${kind}`)
      const forms = await page.locator('.inspector button[aria-expanded="false"], .inspector .row .button').count()
      if (kind === 'link' && forms > 0) {
        await page.locator('.inspector .row .button').first().click()
        await look('form of a road')
      }
    }
    await page.evaluate(() => { window.__pengcheng.store.getState().select(null); window.__pengcheng.store.getState().draw('barrier') })
    await until('the drawing card', () => page.evaluate(() => document.querySelector('.inspector') !== null))
    await look('drawing')
    await page.evaluate(() => { window.__pengcheng.store.setState({ tool: 'inspect', problems: [{ code: 'run/stopped', subject: { kind: 'run', id: 'run' }, message: 'stopped on purpose' }], phase: 'failed' }) })
    await page.getByRole('alertdialog').waitFor()
    await look('failure')
    await page.context().close()
    expect(found).toEqual([])
  })
})
