import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scenario, ScenarioEdit } from '../../src/scenario'
import { openStage, running, shortScenario, until, type Stage } from './support'

let stage: Stage
beforeAll(async () => { stage = await openStage() })
afterAll(async () => { await stage?.close() })

/** A quarter of an hour in which a road is slow; thin, so that runs begin at once. */
const slow = (id: string, speedLimitKmh: number): ScenarioEdit => ({ kind: 'speedLimit', id, enabled: true, window: { start: '07:05', end: '07:10' }, target: { road: '深南大道' }, speedLimitKmh })
const thin: Scenario = { ...shortScenario, demand: { scale: 0.01, rerouteShare: 0.3 } }

const apply = (page: Page, edit: ScenarioEdit): Promise<boolean> => page.evaluate(each => window.__pengcheng.session.apply({ kind: 'add', edit: each }), edit)
const document = (page: Page) => page.evaluate(() => {
  const { scenario, origin, keeping, undoStack, redoStack, toasts } = window.__pengcheng.store.getState()
  return { scenario: scenario!, origin, keeping, undo: undoStack.length, redo: redoStack.length, toasts: toasts.map(({ text, detail }) => `${text} ${detail ?? ''}`) }
})
const kept = (page: Page): Promise<number> => until('the change to be kept', () => page.evaluate(() => (window.__pengcheng.store.getState().keeping === 'saved' ? performance.now() : null)), 10)
/** The desk comes with the first quiet moment of a run. */
const furnished = (page: Page) => until('the desk', () => page.evaluate(() => sessionStorage.getItem('pengcheng.open')))

/** A browser with what it keeps. */
async function newBrowser(): Promise<BrowserContext> {
  const context = await stage.browser.newContext({ viewport: { width: 700, height: 450 }, locale: 'en-GB' })
  context.setDefaultTimeout(120_000)
  await context.route('**/scenarios/*.json', route => route.fulfill({ json: thin }))
  return context
}

/** A tab of it, with a document open. */
async function newTab(context: BrowserContext, address = stage.url): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(address)
  await until('the app', () => tab.evaluate(() => window.__pengcheng !== undefined && window.__pengcheng.store.getState().scenario !== null))
  return tab
}

describe('documents are kept', () => {
  let browser: BrowserContext, page: Page
  beforeAll(async () => { browser = await newBrowser() })
  afterAll(async () => { await browser?.close() })

  test('a change is kept within a second, and a reload gives back the document, its undo history and what was undone', async () => {
    page = await newTab(browser, `${stage.url}?scenario=test`)
    await running(page)
    await furnished(page)
    expect((await document(page)).origin.kind).toBe('shipped')
    const began = await page.evaluate(() => performance.now())
    await apply(page, slow('a', 30))
    expect(await kept(page) - began).toBeLessThan(1000)
    await apply(page, slow('b', 40))
    await apply(page, slow('c', 50))
    await page.keyboard.press('Control+z')
    await kept(page)
    const before = await document(page)
    expect(before).toMatchObject({ undo: 2, redo: 1, origin: { kind: 'own' } })
    expect(before.scenario.name.en).toBe('Test (my version)')
    await page.reload()
    await running(page)
    const after = await document(page)
    expect(after).toMatchObject({ scenario: before.scenario, origin: before.origin, undo: 2, redo: 1 })
    expect(after.toasts.join()).toContain('Open again as you left it')
    await page.evaluate(() => { window.__pengcheng.store.getState().redo() })
    expect((await document(page)).scenario.edits.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
    for (let n = 0; n < 3; n++) await page.evaluate(() => { window.__pengcheng.store.getState().undo() })
    expect((await document(page)).scenario.edits).toEqual([])
    await page.evaluate(() => { for (let n = 0; n < 3; n++) window.__pengcheng.store.getState().redo() })
    await kept(page)
  })

  test('a tab that goes without a word: the next one opens what was open', async () => {
    const before = await document(page)
    await page.close({ runBeforeUnload: false })
    page = await newTab(browser)
    expect(await document(page)).toMatchObject({ scenario: before.scenario, origin: before.origin, undo: 3 })
    await running(page)
  })

  test('a second tab on the same document changes a copy; neither writes over the other', async () => {
    const { scenario, origin } = await document(page)
    const other = await newTab(browser)
    // A fresh tab does not take what another has.
    expect((await document(other)).origin.kind).not.toBe('own')
    await running(other)
    await furnished(other)
    await other.locator('[data-panel="scenarios"]').click()
    await other.getByTestId('own-documents').locator('.row-button').first().click()
    await until('the document', () => other.evaluate(() => window.__pengcheng.store.getState().origin.kind === 'elsewhere' || null))
    await running(other)
    await apply(other, slow('d', 60))
    await kept(other)
    const copy = await until('the name of the copy', async () => { const found = await document(other); return found.scenario.name.en.includes('copy') && found })
    expect(copy.scenario.edits.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
    expect(copy.origin).not.toEqual(origin)
    await apply(page, slow('e', 70))
    await kept(page)
    expect((await document(page)).scenario.edits.map(({ id }) => id)).toEqual([...scenario.edits.map(({ id }) => id), 'e'])
    await until('both in the list', async () => await other.getByTestId('own-documents').locator('li').count() === 2)
    // Whoever wants may go on with it here: the tab that had it is told, and may take it back.
    const has = (tab: Page) => async (): Promise<boolean> => { const now = (await document(tab)).origin; return now.kind === 'own' && origin.kind === 'own' && now.key === origin.key }
    for (const [to, from] of [[other, page], [page, other]] as const) {
      await to.getByRole('button', { name: 'Work on it here' }).first().click()
      await until('the document to be here', has(to))
      await until('the other tab to be told', async () => (await document(from)).origin.kind === 'elsewhere' && await from.getByText('is now worked on in another tab').first().isVisible())
      await running(to)
    }
    await other.close()
  })

  test('a document that was written meanwhile is not written over, also where locks did not tell', async () => {
    const { origin } = await document(page)
    await page.evaluate(() => new Promise<void>((done, fail) => {
      const request = indexedDB.open('pengcheng')
      request.onsuccess = () => {
        const store = request.result.transaction('documents', 'readwrite').objectStore('documents')
        const { origin } = window.__pengcheng.store.getState()
        const read = store.get(origin.kind === 'own' ? origin.key : '')
        read.onsuccess = () => { store.put({ ...read.result, revision: read.result.revision + 1 }).onsuccess = () => { request.result.close(); done() } }
      }
      request.onerror = () => fail(request.error)
    }))
    await apply(page, slow('f', 80))
    const forked = await until('the copy', async () => { const found = await document(page); return found.keeping === 'saved' && JSON.stringify(found.origin) !== JSON.stringify(origin) && found })
    expect(forked.scenario.edits.some(({ id }) => id === 'f')).toBe(true)
  })

  test('deleted by mistake: the notice puts it back, with its history', async () => {
    const before = await document(page)
    await page.locator('[data-panel="scenarios"]').click()
    const rows = page.getByTestId('own-documents').locator('li')
    const count = await until('the list', async () => await rows.count() || null)
    await page.locator('.own[data-open="true"] .icon-button').click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await until('one less', async () => await rows.count() === count - 1)
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await until('all again', async () => await rows.count() === count)
    await until('the document', async () => JSON.stringify((await document(page)).origin) === JSON.stringify(before.origin))
    expect(await document(page)).toMatchObject({ scenario: before.scenario, undo: before.undo })
    await running(page)
  })

  test('a document of a newer build and one that is damaged are told, listed and left as they are', async () => {
    await page.evaluate(([newer, damaged]) => new Promise<void>((done, fail) => {
      const request = indexedDB.open('pengcheng')
      request.onsuccess = () => {
        const store = request.result.transaction('documents', 'readwrite').objectStore('documents')
        const row = { revision: 1, changes: 0, savedAt: Date.now(), time: null }
        store.put({ ...row, key: 'newer', name: { zh: '新', en: 'Newer' }, text: newer })
        store.put({ ...row, key: 'damaged', name: { zh: '坏', en: 'Damaged' }, text: damaged }).onsuccess = () => { request.result.close(); done() }
      }
      request.onerror = () => fail(request.error)
    }), [JSON.stringify({ ...thin, version: 99 }), '{ "format": '] as const)
    await page.evaluate(() => localStorage.setItem('pengcheng.open', 'damaged'))
    const tab = await newTab(browser)
    await until('the notice', async () => (await document(tab)).toasts.some(text => text.includes('cannot be read')))
    await running(tab)
    await furnished(tab)
    await tab.locator('[data-panel="scenarios"]').click()
    const list = tab.getByTestId('own-documents')
    await list.getByText('Damaged', { exact: true }).waitFor()
    expect(await list.textContent()).toContain('newer build')
    expect(await list.locator('li button[disabled]').count()).toBe(2)
    await tab.close()
  })
})

describe('a document travels by link', () => {
  test('whoever opens the link has the same document, kept as their own; a damaged one says so', async () => {
    const browser = await newBrowser()
    const page = await newTab(browser)
    await running(page)
    await furnished(page)
    await apply(page, slow('a', 30))
    await kept(page)
    const { scenario } = await until('the name', async () => { const found = await document(page); return found.scenario.name.en !== 'Test' && found })
    await page.evaluate(() => { window.__pengcheng.store.getState().openDialog('share') })
    const link = await page.getByTestId('share-link').inputValue()
    console.log(`a document of ${JSON.stringify(scenario).length} characters travels in a link of ${link.length}`)
    expect(link.length).toBeLessThan(1000)
    await browser.close()

    const other = await newBrowser()
    const guest = await newTab(other, link)
    await running(guest)
    await kept(guest)
    const found = await document(guest)
    expect(found.scenario).toEqual(scenario)
    expect(found.origin.kind).toBe('own')
    expect(guest.url()).toBe(stage.url)
    await guest.evaluate(damaged => { location.hash = damaged }, `#doc=${link.slice(link.indexOf('#doc=') + 5, -20)}`)
    await until('the notice', async () => (await document(guest)).toasts.some(text => text.includes('no scenario that can be read')))
    expect((await document(guest)).scenario).toEqual(scenario)
    await other.close()
  })
})
