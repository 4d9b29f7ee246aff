import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium, type Browser, type Page } from 'playwright-core'
import { build, preview, type PreviewServer } from 'vite'
import type { Scenario } from '../../src/scenario'
import type { ExposedApp } from '../../src/app/exposeForTests'

export const root = resolve(import.meta.dirname, '../..')
const port = Number(process.env['TEST_PORT'] ?? 4106)
const outDir = process.env['TEST_DIST'] ?? 'dist'
/** The app as it is served. */
export const built = resolve(root, outDir)

const chromePath = [process.env['CHROME'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'].find(path => path && existsSync(path))

/** Flags under which software WebGL draws the same picture everywhere, and the browser calls nobody. */
const flags = [
  '--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic',
]

/** The built app behind the preview server, and one browser. */
export interface Stage { readonly server: PreviewServer; readonly browser: Browser; readonly url: string; close(): Promise<void> }

/** @param isolated  false leaves out the headers that SharedArrayBuffer needs */
export async function openStage({ isolated = true, portOffset = 0 } = {}): Promise<Stage> {
  if (!chromePath) throw new Error('no Chromium or Chrome found: install one (Debian: apt-get install chromium) or set CHROME to its path')
  if (!existsSync(resolve(built, 'index.html'))) await build({ root, logLevel: 'warn' })
  const server = await preview({
    root, logLevel: 'warn', build: { outDir }, preview: { port: port + portOffset, strictPort: true, ...(isolated ? {} : { headers: {} }) },
    ...(isolated ? {} : { configFile: false as const, publicDir: 'assets' }),
  })
  const browser = await chromium.launch({ executablePath: chromePath, args: flags })
  return {
    server, browser, url: `http://localhost:${port + portOffset}/`,
    async close() {
      await browser.close()
      await server.close()
    },
  }
}

/** What a page asked for and complained about. */
export interface Watched {
  readonly page: Page
  readonly errors: string[]
  readonly outside: string[]
  /** Bytes of every script by address, gzipped by us, in the order of loading. */
  readonly scripts: Map<string, number>
}

/** A page on the app. `scenario` is served as scenarios/test.json, so that runs can be short. */
export async function openPage(stage: Stage, { scenario, query = '', width = 1100, height = 700, language = 'en-GB' }:
{ scenario?: Scenario; query?: string; width?: number; height?: number; language?: string } = {}): Promise<Watched> {
  const page = await stage.browser.newPage({ viewport: { width, height }, locale: language })
  page.setDefaultTimeout(120_000)
  const watched: Watched = { page, errors: [], outside: [], scripts: new Map() }
  page.on('console', message => { if (message.type() === 'error') watched.errors.push(message.text()) })
  page.on('pageerror', error => watched.errors.push(error.message))
  page.on('request', request => {
    const address = request.url()
    if (!address.startsWith(stage.url) && !/^(data|blob):/.test(address)) watched.outside.push(address)
  })
  page.on('response', response => {
    if (!/\.js(\?|$)/.test(response.url()) || !response.ok()) return
    void response.body().then(body => watched.scripts.set(response.url(), gzipSync(body).length), () => undefined)
  })
  if (scenario) await page.route('**/scenarios/test.json', route => route.fulfill({ json: scenario }))
  await page.goto(`${stage.url}?${scenario ? 'scenario=test&' : ''}${query}`)
  return watched
}

declare global {
  interface Window { __pengcheng: ExposedApp }
}

/** Asks the page until the answer is not null. Polled from here, because a strict CSP forbids functions from strings. */
export async function until<T>(what: string, ask: () => Promise<T | null | undefined | false>, seconds = 120): Promise<T> {
  const end = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== undefined && answer !== false) return answer
    if (Date.now() > end) throw new Error(`waited ${seconds} s for ${what}`)
    await new Promise(done => setTimeout(done, 150))
  }
}

export const running = (page: Page): Promise<true> => until('the city to run', () => page.evaluate(() => {
  const { phase, problems } = window.__pengcheng.store.getState()
  if (phase === 'failed') throw new Error(problems.map(({ message }) => message).join('\n'))
  return phase === 'running' || null
})) as Promise<true>

/** A quarter of an hour of a thin morning, so that a whole comparison takes seconds. */
export const shortScenario: Scenario = {
  format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '测试', en: 'Test' }, city: 'shenzhen',
  window: { start: '07:00', end: '07:15' }, seed: 7, demand: { scale: 0.08, rerouteShare: 0.3 }, edits: [],
}
