import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoadClass } from '../../src/sim'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

const show = {
  kind: 'event', id: 'show', enabled: true, window: { start: '07:05', end: '07:10' }, venue: 'bay-sports-stadium',
  attendance: 200, carShare: 0.2, taxiShare: 0.1, personsPerCar: 2,
} as const

let stage: Stage
let watched: Watched
let link = -1
beforeAll(async () => { stage = await openStage({ portOffset: 2 }) })
afterAll(async () => { await stage?.close() })

const state = () => watched.page.evaluate(() => {
  const { scenario, changes, closedLanes, updating, phase, status } = window.__pengcheng.store.getState()
  return { edits: scenario?.edits ?? [], changes: changes.length, closedLanes: closedLanes.length, updating, phase, tick: status?.totals.tick ?? 0 }
})
const settled = (what: string, holds: (now: Awaited<ReturnType<typeof state>>) => boolean) => until(what, async () => {
  const now = await state()
  return !now.updating && now.phase === 'running' && holds(now) ? now : null
})

test('the app opens looking at what the scenario is about', async () => {
  watched = await openPage(stage, { scenario: { ...shortScenario, edits: [show] }, width: 740, height: 480 })
  await running(watched.page)
  const pose = await until('the camera at the stadium', () => watched.page.evaluate(() => {
    const pose = window.__pengcheng.render?.rig.pose()
    return pose && Math.hypot(pose.x + 10_484, pose.y + 2551) < 300 && pose.distance < 4000 ? pose : null
  }))
  expect(pose.pitch).toBeGreaterThan(20)
  await watched.page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
})

test('a speed limit is set on a road, joins the run, and is lifted', async () => {
  const { page } = watched
  link = await page.evaluate(most => {
    const { links } = window.__pengcheng.session.city!.network
    for (let row = 0; row < links.rows; row++) if (links.class[row]! <= most && links.class[row]! >= 4 && links.name[row]! >= 0 && links.laneCount[row]! >= 2 && links.length[row]! > 150) return row
    return -1
  }, RoadClass.secondary)
  await page.evaluate(row => window.__pengcheng.store.getState().select({ kind: 'link', link: row }), link)
  await page.getByTestId('limit-speed').click()
  await page.getByTestId('apply-limit').click()
  const { edits } = await settled('the limit to join', ({ edits, changes }) => edits.length === 2 && changes > 0)
  expect(edits[1]).toMatchObject({ kind: 'speedLimit', enabled: true })
  await page.getByTestId('lift').click()
  await settled('the limit to end', now => now.edits.length === 1 || now.edits[1]!.window.end < '07:14')
})

test('turns, works, rain and signals are changed from their cards and join the run; undo takes each back', async () => {
  const { page } = watched
  const before = (await state()).edits.length
  const [road, junction] = await page.evaluate(() => {
    const { links, nodes, programs } = window.__pengcheng.session.city!.network
    const node = programs.node[0]!
    return [Array.from(links.toNode).indexOf(node), nodes.program[node] === 0 ? node : -1]
  })
  const change = async (kind: string, act: () => Promise<void>): Promise<void> => {
    const { changes } = await state()
    await act()
    await settled(`${kind} to join`, now => now.edits.at(-1)?.kind === kind && now.changes > changes)
  }
  const select = (selection: object) => page.evaluate(chosen => window.__pengcheng.store.getState().select(chosen as never), selection)
  await select({ kind: 'link', link: road })
  await change('turnClosure', async () => {
    await page.getByTestId('close-turn').click()
    await page.locator('.choices input').first().check()
    await page.getByTestId('apply-turn').click()
  })
  await change('capacity', async () => {
    await page.getByTestId('plan-works').click()
    await page.getByTestId('apply-works').click()
  })
  expect(await page.locator('.link-edits li').count()).toBe(2)
  await page.getByTestId('signals-ahead').click()
  await page.getByTestId('plan-signals').click()
  expect(await page.locator('.stages svg polyline[data-light=go]').count()).toBeGreaterThan(1)
  await change('signalPlan', async () => {
    // Splits by keys: what one green gains the next one loses.
    const cycle = await page.locator('.edit-form .times input').first().inputValue()
    await page.locator('.split-gap[role=slider]').first().press('ArrowRight')
    expect(await page.locator('.edit-form .times input').first().inputValue()).toBe(cycle)
    await page.getByTestId('signals-best').click()
    await page.getByTestId('signals-advice').waitFor()
    await page.locator('.stages input').first().fill('44')
    await page.getByTestId('apply-plan').click()
  })
  expect((await state()).edits.at(-1)).toMatchObject({ greens: expect.arrayContaining([44]) })
  expect(await page.evaluate(() => window.__pengcheng.store.getState().selection)).toEqual({ kind: 'node', row: junction })
  await change('weather', async () => {
    await page.locator('[data-panel="edits"]').click()
    await page.getByTestId('plan-rain').click()
    await page.getByTestId('apply-rain').click()
  })
  expect(await page.locator('.rows .edit').count()).toBe(before + 4)
  await page.evaluate(() => window.__pengcheng.store.setState({ panel: null, selection: null }))
  for (let left = 3; left >= 0; left--) {
    await page.keyboard.press('Control+z')
    await settled('undo', ({ edits }) => edits.length === before + left)
  }
  await select({ kind: 'link', link })
})

test('a line stops from the card of its station, an estate is put on the map; both stand in the list, and undo takes them back', async () => {
  const { page } = watched
  const before = (await state()).edits.length
  const select = (selection: object) => page.evaluate(chosen => window.__pengcheng.store.getState().select(chosen as never), selection)
  await select({ kind: 'station', row: 0 })
  await page.getByTestId('metro-line-of-station').first().click()
  await page.getByTestId('plan-metro').click()
  await page.getByTestId('apply-metro').click()
  await page.locator('.link-edits li').waitFor()
  expect((await state()).edits.at(-1)).toMatchObject({ kind: 'metro', change: { what: 'suspendLine' } })
  await page.locator('[data-panel="edits"]').click()
  await page.getByTestId('plan-housing').click()
  await page.getByTestId('draw-centre').click()
  await page.getByTestId('estate-street').waitFor()
  await page.locator('.edit-form input[type=number]').first().fill('12000')
  await page.getByTestId('apply-housing').click()
  const { edits } = await settled('both to be in the run', now => now.edits.length === before + 2)
  expect(edits.at(-1)).toMatchObject({ kind: 'housing', persons: 12_000, window: { start: '00:00', end: '24:00' } })
  expect(await page.getByTestId('inspector').textContent()).toContain('12,000')
  // Nobody of this scenario rides the metro.
  await page.locator('[data-conflict="metroIdle"]').waitFor()
  await page.evaluate(() => window.__pengcheng.store.setState({ panel: null, selection: null }))
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await settled('both to be gone', now => now.edits.length === before)
  await select({ kind: 'link', link })
})

test('a green wave along a road is worked out, runs as plans of its junctions, and one undo takes it back', async () => {
  const { page } = watched
  const before = (await state()).edits.length
  await page.evaluate(() => window.__pengcheng.store.getState().openDialog('corridor'))
  const rows = page.locator('.time-space .signal-row')
  await rows.first().waitFor()
  const signals = await rows.count()
  expect(signals).toBeGreaterThan(2)
  const widths = () => Promise.all(['band-forward', 'band-backward'].map(async id => parseFloat(await page.getByTestId(id).textContent() ?? '') || 0))
  // In favour of one direction, its band is as wide as its shortest green.
  await page.locator('.corridor-controls .segment').nth(1).click()
  await page.getByTestId('green-wave').click()
  expect((await widths())[0]).toBeGreaterThan(9)
  expect(await page.locator('.wave[data-direction=forward]').count()).toBeGreaterThan(1)
  await rows.nth(1).press('ArrowRight')
  await page.getByTestId('apply-corridor').click()
  const { edits } = await settled('the plans to join', now => now.edits.length === before + signals)
  expect(new Set(edits.slice(before).map(edit => edit.kind))).toEqual(new Set(['signalPlan']))
  await page.keyboard.press('Control+z')
  await settled('the plans to go', now => now.edits.length === before)
})

test('a closed road says so, is not rated, and opens again at a click', async () => {
  const { page } = watched
  await page.getByTestId('close-road').click()
  await page.getByTestId('apply-closure').click()
  await settled('the closure to join', ({ edits }) => edits.some(({ kind }) => kind === 'closure'))
  await page.evaluate(() => window.__pengcheng.session.runTo(7 * 3600 + 240))
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
  const card = page.getByTestId('inspector')
  await until('the card to say so', async () => /Closed/.test(await card.textContent() ?? ''))
  expect(await card.textContent()).toContain('closed to traffic')
  expect(await card.locator('.grade').getAttribute('data-grade')).toBe('none')
  expect(await page.getByTestId('legend-closed').textContent()).toContain('closed lanes')
  const before = await state()
  expect(before.closedLanes).toBeGreaterThan(0)
  await page.getByTestId('reopen').click()
  const after = await settled('the road to open', ({ closedLanes }) => closedLanes === 0)
  // Its past stays: nothing is simulated again.
  expect(after.tick).toBe(before.tick)
  expect(after.edits.find(({ kind }) => kind === 'closure')!.window.end.slice(0, 5)).toBe('07:04')
  expect(await page.getByTestId('reopen').count()).toBe(0)
})

test('an event is planned at a place, the day is simulated again with its people, and undo takes them back', async () => {
  const { page } = watched
  const trips = () => page.evaluate(() => window.__pengcheng.store.getState().info?.trips ?? 0)
  const before = await trips()
  await page.evaluate(() => window.__pengcheng.store.getState().select({ kind: 'place', place: { kind: 'venue', zh: '市民中心广场', en: 'Civic Center Square', x: 606, y: 41 } }))
  await page.getByTestId('plan-event').click()
  // A number that cannot be stays as it was typed, says what is allowed, and holds the change back.
  const people = page.locator('.edit-form input[type=number]').first()
  const fits = await people.inputValue()
  const edited = (await state()).edits.length
  await people.fill('-5')
  await page.getByTestId('apply-event').click()
  expect(await people.inputValue()).toBe('-5')
  expect(await page.locator('.field-problem').textContent()).toBe('A number from 1 to 500000')
  expect((await state()).edits.length).toBe(edited)
  await people.fill(fits)
  const { tick } = await state()
  await page.getByTestId('apply-event').click()
  const { edits } = await settled('the event', now => now.edits.at(-1)?.kind === 'event' && now.edits.length > 1)
  expect(edits.at(-1)).toMatchObject({ venue: 'civic-center', carShare: 0.1, taxiShare: 0.18 }) // as docs/demand.md has them
  const simulated = () => page.evaluate(() => window.__pengcheng.client!.ask(host => host.status())).then(outcome => (outcome.ok ? outcome.value.totals.tick : -1))
  expect(await until('more trips', async () => { const now = await trips(); return now > before ? now : null })).toBeGreaterThan(before)
  await settled('the day to be simulated again', () => true)
  expect(await simulated()).toBe(Math.max(tick, 180)) // a run first shows when the roads have filled for 90 s
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+z')
  await until('the event to go', async () => (await settled('the run', () => true)).edits.at(-1)?.kind !== 'event' && await trips() === before)
})

test('the run is exported as a zip whose manifest names its state', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
  await page.locator('[data-panel="scenarios"]').click()
  await page.locator('.panel-fold', { has: page.getByTestId('export-run') }).locator('summary').click()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-run').click()])
  expect(download.suggestedFilename()).toMatch(/^pengcheng-test-seed7-\d{4,6}\.zip$/)
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())))
  const manifest = JSON.parse(strFromU8(files['manifest.json']!)) as { stateHash: string; files: { sha256: string }[] }
  const hash = await page.evaluate(() => window.__pengcheng.client!.ask(host => host.stateHash()))
  expect(hash).toEqual({ ok: true, value: manifest.stateHash })
  expect(manifest.files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true)
})

test('a scenario file that is dropped is opened; what is none is refused and the run goes on', async () => {
  const { page } = watched
  const drop = (name: string, text: string) => page.evaluate(([file, content]) => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File([content!], file!))
    window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }))
  }, [name, text])
  await drop('picture.png', 'x')
  await until('a word about it', async () => /picture\.png is no scenario file/.test(await page.locator('body').textContent() ?? ''))
  expect((await state()).phase).toBe('running')
  await drop('dropped.json', JSON.stringify({ ...shortScenario, id: 'dropped' }))
  await until('the dropped one', () => page.evaluate(() => window.__pengcheng.store.getState().scenario?.id === 'dropped'))
  await settled('it to run', ({ edits }) => edits.length === 0)
})

test('a panel that cannot be fetched says so in its place, the run goes on, and another try opens it', async () => {
  const { page, errors } = watched
  const complaints = errors.length
  await page.evaluate(() => window.__pengcheng.store.setState({ panel: null, playing: true }))
  await page.route('**/assets/WherePanel-*.js', route => route.abort())
  await page.locator('[data-panel="jams"]').click()
  const missing = page.locator('.left .part-missing')
  await missing.waitFor()
  expect(await missing.textContent()).toContain('The simulation goes on')
  const { tick } = await state()
  await until('the run to go on', async () => (await state()).tick > tick)
  await page.unroute('**/assets/WherePanel-*.js')
  await missing.getByRole('button', { name: 'Try again' }).click()
  await page.locator('.left .panel').waitFor()
  expect(await missing.count()).toBe(0)
  await page.evaluate(() => window.__pengcheng.store.setState({ panel: null, playing: false }))
  errors.length = complaints // of the fetch that this test refused
})

test('one key hides the panels for a display wall and brings them back; nothing was complained about', async () => {
  const { page } = watched
  await page.keyboard.press('p')
  await page.getByTestId('wall').waitFor()
  expect(await page.locator('.rail').count()).toBe(0)
  await page.keyboard.press('p')
  await page.locator('.rail').waitFor()
  expect(await page.getByTestId('wall').count()).toBe(0)
  expect(watched.errors).toEqual([])
  expect(watched.outside).toEqual([])
})
