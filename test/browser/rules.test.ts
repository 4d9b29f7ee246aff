import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoadClass } from '../../src/sim'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

let stage: Stage
let watched: Watched
beforeAll(async () => {
  stage = await openStage({ portOffset: 9 })
  watched = await openPage(stage, { scenario: shortScenario, width: 1366, height: 768 })
  await running(watched.page)
})
afterAll(async () => { await stage?.close() })

test('a road gets a lane for buses, water and a message from its card', async () => {
  const { page, errors } = watched
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
  await page.evaluate(most => {
    const { session, store } = window.__pengcheng
    const { links } = session.city!.network
    const busy = Array.from({ length: links.rows }, (_, row) => row).find(row => links.class[row]! <= most && links.name[row]! >= 0 && links.laneCount[row]! >= 2 && links.length[row]! > 150)!
    store.getState().select({ kind: 'link', link: busy })
  }, RoadClass.primary)
  for (const kind of ['laneUse', 'flood', 'message']) {
    await page.getByTestId('road-more').click()
    await page.getByTestId('road-more-kind').selectOption(kind)
    await page.getByTestId('apply-road-more').click()
    await until(`${kind} to join`, () => page.evaluate(kind => {
      const { scenario, changes, updating } = window.__pengcheng.store.getState()
      return !updating && scenario!.edits.some(edit => edit.kind === kind) && changes.some(change => scenario!.edits.some(({ id }) => id === change.source))
    }, kind))
  }
  await page.evaluate(() => { for (let edits = 0; edits < 3; edits++) window.__pengcheng.store.getState().undo() })
  await until('all to be taken back', () => page.evaluate(() => {
    const { changes, closedLanes, updating } = window.__pengcheng.store.getState()
    return !updating && changes.length === 0 && closedLanes.length === 0
  }))
  expect(errors).toEqual([])
})

test('a rule is made in the panel, acts in the run, shows why, and is taken away', async () => {
  const { page } = watched
  await page.evaluate(() => window.__pengcheng.store.setState({ panel: 'edits', playing: true }))
  await page.getByTestId('new-rule').click()
  await page.getByTestId('rule-measure').selectOption('roadSpeed')
  const [below, hold] = [page.locator('.edit-form input[type=number]').nth(0), page.locator('.edit-form input[type=number]').nth(1)]
  await below.fill('300')
  await below.press('Enter')
  await hold.fill('0')
  await hold.press('Enter')
  await page.getByTestId('apply-rule').click()
  const { id } = await until('the rule to act', () => page.evaluate(() => {
    const { rules, scenario } = window.__pengcheng.store.getState()
    return rules?.rules[0]?.state === 'acting' && rules.log.length === 1 ? scenario!.rules![0]! : null
  }))
  await page.getByTestId(`rule-${id}`).locator('.chips i').first().waitFor()
  expect(await page.getByTestId('rule-log').locator('li').count()).toBe(1)
  const closed = await until('the road to close on the map', () => page.evaluate(() => window.__pengcheng.store.getState().closedLanes.length))
  expect(closed).toBeGreaterThan(1)
  await page.getByTestId(`rule-${id}`).getByRole('button').last().click()
  await until('the road to open again', () => page.evaluate(() => {
    const { rules, scenario, closedLanes, updating } = window.__pengcheng.store.getState()
    return !updating && rules === null && !scenario!.rules && closedLanes.length === 0
  }))
})
