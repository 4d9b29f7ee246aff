import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPack } from '../../src/city'
import { LinkFlag, RoadClass } from '../../src/sim'
import { createSimHost } from '../../src/workers/simHost'
import { built, openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

let stage: Stage
let watched: Watched
beforeAll(async () => { stage = await openStage() })
afterAll(async () => { await stage?.close() })

/** State hash of the same run in Node, without any edit. */
async function hashInNode(tick: number): Promise<string> {
  const host = createSimHost({
    now: () => performance.now() / 1000,
    pause: () => new Promise(done => setImmediate(done)),
    openPack: () => readPack(async file => new Uint8Array(readFileSync(join(built, 'shenzhen', file)))),
  })
  const loaded = await host.load({ scenario: shortScenario, cityUrl: '', shared: true })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  await host.runTo(tick)
  return host.stateHash()
}

describe('a planner closes a road', () => {
  test('the app opens on a city with traffic already moving', async () => {
    watched = await openPage(stage, { scenario: shortScenario })
    const { page } = watched
    await running(page)
    const first = await until('a hundred vehicles', () => page.evaluate(() => {
      const totals = window.__pengcheng.store.getState().status?.totals
      return totals && totals.running > 100 ? totals : null
    }))
    const later = await until('time to pass', () => page.evaluate(tick => {
      const { totals } = window.__pengcheng.store.getState().status!
      return totals.tick > tick + 4 ? totals : null
    }, first.tick))
    expect(later.vehicleKm).toBeGreaterThan(first.vehicleKm)
    expect(await page.getByTestId('memory').getAttribute('data-mode')).toBe('shared')
  })

  test('the same seed has the same state in Node and in this browser', async () => {
    const { page } = watched
    await page.keyboard.press('Space')
    const { tick, hash } = await until('the run to rest', () => page.evaluate(() => {
      const { playing, status } = window.__pengcheng.store.getState()
      return !playing && status!.stateHash ? { tick: status!.totals.tick, hash: status!.stateHash } : null
    }))
    expect(hash).toBe(await hashInNode(tick))
    console.log(`tick ${tick}: ${hash} in Node and in Chromium`)
  })

  let link = -1
  test('a click on the map shows the road, and closing it lets its vehicles clear', async () => {
    const { page } = watched
    link = await page.evaluate(([bridge, minor]) => {
      const { network } = window.__pengcheng.session.city!
      const { newest } = window.__pengcheng.client!.feed!
      const snapshot = newest()!
      const { links, lanes } = network
      const count = new Int32Array(links.rows)
      for (let slot = 0; slot < snapshot.head[2]!; slot++) {
        const path = snapshot.path[slot]!
        if (path < lanes.rows) count[lanes.link[path]!]! += 1
      }
      let best = -1
      for (let row = 0; row < links.rows; row++) {
        const fit = links.length[row]! > 150 && links.length[row]! < 700 && links.class[row]! < minor! && links.class[row]! >= 4 && links.layer[row] === 0
          && (links.flags[row]! & bridge!) === 0 && links.name[row]! >= 0 && links.laneCount[row]! >= 2
        if (fit && (best < 0 || count[row]! > count[best]!)) best = row
      }
      return best
    }, [LinkFlag.bridge | LinkFlag.tunnel, RoadClass.unclassified])
    await page.evaluate(row => {
      const { links, points } = window.__pengcheng.session.city!.network
      const first = links.pointFirst[row]!
      const at = first + Math.max(1, links.pointCount[row]! >> 1)
      const [x, y] = [(points.x[at]! + points.x[at - 1]!) / 2, (points.y[at]! + points.y[at - 1]!) / 2]
      window.__pengcheng.view.lookAt({ x, y, distance: 160, pitch: 75, bearing: 0 })
    }, link)
    await page.locator('[data-tool="close"]').first().click()
    const { width, height } = page.viewportSize()!
    await until('the click to find the road', async () => {
      await page.mouse.click(width / 2, height / 2)
      await page.waitForTimeout(1500)
      return page.evaluate(() => window.__pengcheng.store.getState().selection?.kind === 'link' || null)
    }, 60)
    const chosen = await page.evaluate(() => {
      const { selection } = window.__pengcheng.store.getState()
      return selection?.kind === 'link' ? selection.link : -1
    })
    const name = (row: number): Promise<string> => page.evaluate(at => {
      const { links, strings } = window.__pengcheng.session.city!.network
      return strings[links.name[at]!] ?? ''
    }, row)
    expect(await name(chosen)).toBe(await name(link))
    link = chosen
    await page.getByTestId('apply-closure').click()
    await until('the closure to join the run', () => page.evaluate(() => window.__pengcheng.store.getState().changes.length > 0 && !window.__pengcheng.store.getState().updating))
    await page.evaluate(() => window.__pengcheng.store.setState({ speed: Infinity, playing: true }))
    const emptied = await until('the road to clear', () => page.evaluate(async row => {
      const report = await window.__pengcheng.client!.ask(host => host.inspectLink(row))
      return report.ok && report.value.vehicles === 0 && report.value.closedLanes === report.value.lanes ? window.__pengcheng.store.getState().status!.totals : null
    }, link))
    await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
    const totals = emptied
    expect(totals.departures).toBe(totals.waiting + totals.running + totals.arrived + totals.unreachable)
    expect(await page.evaluate(() => window.__pengcheng.store.getState().closedLanes.length)).toBeGreaterThan(0)
  })

  test('comparing shows the two futures side by side, and colours the map', async () => {
    const { page } = watched
    await page.keyboard.press('Escape')
    await page.locator('[data-panel="compare"]').click()
    const seeds = page.getByTestId('compare-seeds').locator('input')
    await seeds.fill('2')
    await seeds.press('Tab')
    await page.getByTestId('start-compare').click()
    await until('progress', () => page.evaluate(() => window.__pengcheng.store.getState().comparison.queue.some(({ state }) => state === 'running') || null))
    await until('the comparison', () => page.evaluate(() => {
      const { state, problems } = window.__pengcheng.store.getState().comparison.queue[0]!
      if (state === 'failed') throw new Error(problems.map(({ message }) => message).join('\n'))
      return state === 'done' || null
    }), 200)
    expect(await page.getByTestId('compare-kpis').locator('tbody tr').count()).toBeGreaterThan(8)
    expect(await page.getByTestId('compare-roads').locator('tbody tr').count()).toBeGreaterThan(0)
    expect(await page.getByTestId('compare-kpis').locator('.interval').count()).toBeGreaterThan(3)
    expect(await page.evaluate(() => window.__pengcheng.store.getState().roadColours)).toBe('difference')
  })

  test('undo gives back the run in which the road was never closed, bit by bit', async () => {
    const { page } = watched
    await page.keyboard.press('Control+z')
    const { tick, hash } = await until('the undone run', () => page.evaluate(() => {
      const { scenario, status, changes, updating } = window.__pengcheng.store.getState()
      return scenario!.edits.length === 0 && changes.length === 0 && !updating && status!.stateHash ? { tick: status!.totals.tick, hash: status!.stateHash } : null
    }))
    expect(hash).toBe(await hashInNode(tick))
    console.log(`tick ${tick} after closing and undoing: ${hash}, as without the closure`)
  })

  test('nothing was complained about and nobody else was asked', () => {
    expect(watched.errors).toEqual([])
    expect(watched.outside).toEqual([])
    expect([...watched.scripts.keys()].filter(address => /cesium/i.test(address))).toEqual([])
  })
})
