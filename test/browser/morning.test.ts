import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoadClass } from '../../src/sim'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

/** A planner's morning: three changes, a look back, a rule that acts, a reload in the middle. */
let stage: Stage
let watched: Watched
beforeAll(async () => {
  stage = await openStage({ portOffset: 11 })
  watched = await openPage(stage, { scenario: { ...shortScenario, window: { start: '07:00', end: '07:10' }, demand: { scale: 0.05, rerouteShare: 0.3 } }, query: 'quality=low', width: 1100, height: 720 })
  await running(watched.page)
})
afterAll(async () => { await stage?.close() })

const state = () => watched.page.evaluate(() => {
  const { scenario, updating, phase, status, undoStack, redoStack, keeping, rules } = window.__pengcheng.store.getState()
  return {
    edits: scenario?.edits ?? [], updating, phase, tick: status?.totals.tick ?? 0, liveTick: status?.liveTick ?? 0, reviewing: status?.reviewing ?? false,
    undo: undoStack.length, redo: redoStack.length, keeping, fired: rules?.log.length ?? 0,
  }
})
const settled = <T>(what: string, ask: (now: Awaited<ReturnType<typeof state>>) => T | null | false) => until(what, async () => {
  const now = await state()
  return !now.updating && now.phase === 'running' ? ask(now) : null
})
const pause = () => watched.page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))

/** Selects the n-th busy street with two lanes or more. */
const selectStreet = (nth: number) => watched.page.evaluate(([skip, most]) => {
  const { links, nodes } = window.__pengcheng.session.city!.network
  const streets = Array.from({ length: links.rows }, (_, row) => row).filter(row => links.class[row]! <= most! && links.class[row]! >= 4 && links.name[row]! >= 0 && links.laneCount[row]! >= 2 && links.length[row]! > 150 && nodes.program[links.toNode[row]!]! >= 0)
  window.__pengcheng.store.getState().select({ kind: 'link', link: streets[skip! * 40]! })
}, [nth, RoadClass.secondary])

test('three changes are made on streets, and one is taken back', async () => {
  const { page } = watched
  await pause()
  await page.evaluate(() => window.__pengcheng.store.setState({ welcome: false }))
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
  await pause()
  const after = await state()
  expect([after.edits, after.undo, after.redo]).toEqual([before.edits, before.undo, before.redo])
  expect(await page.evaluate(() => window.__pengcheng.store.getState().scenario!.rules!.map(({ id }) => id))).toEqual(['slow'])
})
