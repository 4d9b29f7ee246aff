import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

/**
 * A planner's evening: an event is placed by a click on a square, the time to clear is read, a one-way barrier is drawn
 * and the entry of a station controlled, and the two evenings are compared.
 */
let stage: Stage
let watched: Watched
beforeAll(async () => { stage = await openStage({ portOffset: 8 }) })
afterAll(async () => { await stage?.close() })

const state = () => watched.page.evaluate(() => {
  const { scenario, updating, phase, status, comparison, selection, tool } = window.__pengcheng.store.getState()
  return { edits: scenario?.edits ?? [], updating, phase, people: status?.people ?? null, comparison: comparison.queue.at(-1)?.state, selection, tool }
})
const settled = <T>(what: string, ask: (now: Awaited<ReturnType<typeof state>>) => T | null | false) => until(what, async () => {
  const now = await state()
  return !now.updating && now.phase === 'running' ? ask(now) : null
})

const look = (x: number, y: number, distance: number) =>
  watched.page.evaluate(pose => window.__pengcheng.render!.flyTo(pose, false), { x, y, distance, pitch: 60, bearing: 0 })

/** Clicks on a place of the ground, m from the false origin. */
async function clickGround(x: number, y: number): Promise<void> {
  const { page } = watched
  const place = await page.evaluate(([px, py]) => window.__pengcheng.view.screenOf(px!, py!, null), [x, y])
  if (!place) throw new Error(`${x}, ${y} is behind the eye`)
  await page.mouse.move(place.left, place.top)
  await page.mouse.click(place.left, place.top)
}

test('a click on a square opens it, and an event is held there, person by person', async () => {
  watched = await openPage(stage, { scenario: { ...shortScenario, window: { start: '07:00', end: '07:06' }, demand: { scale: 0.01, rerouteShare: 0.3 } }, query: 'quality=low', width: 900, height: 640 })
  const { page } = watched
  await running(page)
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: false, welcome: false }))
  await until('the squares', () => page.evaluate(() => window.__pengcheng.render !== null && window.__pengcheng.timings.firstFrame > 0))
  await look(640, 120, 260)
  await until('the card of the square', async () => {
    await clickGround(640, 80)
    await page.waitForTimeout(400)
    return (await state()).selection?.kind === 'area'
  })
  expect(await page.getByTestId('inspector').innerText()).toMatch(/Civic Center Square/)
  await page.getByTestId('plan-event').click()
  const form = page.locator('.edit-form')
  await page.getByTestId('event-on-foot').check()
  await form.getByLabel(/^By metro/).first().fill('20')
  // A stage beside the ways out, so that they do not walk far.
  await page.getByTestId('stewards').click()
  await page.getByTestId('place-stage').click()
  await clickGround(650, 165)
  await form.getByLabel(/^People/).first().fill('200')
  const [begin, end] = [form.getByLabel('Begins').last(), form.getByLabel('Ends').last()]
  await begin.fill('06:30')
  await end.fill('07:00')
  await form.locator('summary').last().click()
  for (const [name, minutes] of [['The first', '0'], ['Most', '1'], ['The last', '3']] as const) await form.getByLabel(name).last().fill(minutes)
  await form.getByLabel(/^People/).first().focus()
  await page.getByTestId('apply-event').click()
  expect(await settled('the event with its people', ({ edits, people }) => people && edits.find(edit => edit.kind === 'event'))).toMatchObject({ venue: 'civic-center', attendance: 200, onFoot: { stage: [expect.any(Number), expect.any(Number)] } })
})

test('the run tells how long it takes until they have left', async () => {
  const { page } = watched
  await page.keyboard.press('Escape')
  await page.locator('[data-panel=crowd]').click()
  await look(640, 60, 30) // little to draw, so that the machine has its time for the run
  await page.evaluate(() => window.__pengcheng.store.setState({ speed: Infinity, playing: true }))
  const half = await settled('half of them to leave', ({ people }) => people?.clear.t50 ?? null)
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
  expect(half).toBeGreaterThan(30)
  expect(half).toBeLessThan(900)
  const shown = (half / 60).toFixed(1)
  await until('the time to clear in the panel', async () => (await page.getByTestId('crowd-report').innerText()).includes(shown))
})

test('a one-way barrier is drawn by clicks, turned round and put there', async () => {
  const { page } = watched
  await page.keyboard.press('Escape') // the panel
  await look(660, 150, 200)
  await page.keyboard.press('l')
  await page.getByTestId('draw-status').waitFor()
  const length = (metres: RegExp) => until(`${metres.source} to be drawn`, async () => metres.test(await page.getByTestId('draw-status').innerText()), 20)
  await clickGround(620, 178)
  await clickGround(685, 178)
  await length(/^65\.\d m/)
  await page.keyboard.press('Backspace')
  await clickGround(680, 178)
  await length(/^60\.\d m/)
  await page.keyboard.press('Enter')
  await page.getByRole('radio', { name: 'One way' }).click()
  await page.getByTestId('flip').click()
  await page.getByTestId('apply-measure').click()
  const barrier = await settled('the barrier', ({ edits }) => edits.find(edit => edit.kind === 'barrier'))
  expect(barrier).toMatchObject({ passage: 'toRight', line: [[expect.any(Number), expect.any(Number)], [expect.any(Number), expect.any(Number)]] })
  expect((await state()).selection).toEqual({ kind: 'mark', id: barrier!.id })
})

test('the entry of a station is controlled by a click on its mark', async () => {
  const { page } = watched
  await page.keyboard.press('Escape')
  await page.keyboard.press('l')
  await page.getByRole('radio', { name: 'Gate' }).click()
  await look(717, 150, 220)
  await page.locator('[data-tag="civic-center/市民中心:entrance1"]').click()
  await page.getByLabel('Persons a minute').last().fill('30')
  await page.getByLabel('Name').last().focus()
  await page.getByTestId('apply-measure').click()
  const gate = await settled('the gate', ({ edits }) => edits.find(edit => edit.kind === 'gate'))
  expect(gate).toMatchObject({ at: expect.stringMatching(/^civic-center\/.*entrance1$/), personsPerMinute: 30 })
  await page.keyboard.press('Control+z')
  await settled('the gate to go', ({ edits }) => !edits.some(({ kind }) => kind === 'gate'))
  await page.keyboard.press('Control+y')
  await settled('the gate to come back', ({ edits }) => edits.some(({ kind }) => kind === 'gate'))
})

test('the evening with these measures is held against the one without, over two seeds, and the difference has an interval', async () => {
  const { page } = watched
  // Both hold from the beginning, so that a short comparison has something to tell.
  await page.evaluate(() => {
    const { session, store } = window.__pengcheng
    for (const edit of store.getState().scenario!.edits) if (edit.kind === 'barrier' || edit.kind === 'gate') session.apply({ kind: 'replace', id: edit.id, edit: { ...edit, window: { start: '07:00', end: '07:06' } } })
  })
  await settled('both to hold', () => true)
  await look(640, 60, 30)
  await page.keyboard.press('x')
  await page.getByTestId('compare-seeds').locator('input').fill('2')
  await page.getByTestId('start-compare').click()
  await until('the comparison', async () => (await state()).comparison === 'done', 360)
  const row = page.getByTestId('compare-kpis').locator('tr', { hasText: 'Half have left' })
  expect(await row.innerText()).toMatch(/[−+]?\d+\.\d+ … [−+]?\d+\.\d+/)
  expect(watched.errors).toEqual([])
  expect(watched.outside).toEqual([])
}, 420_000)
