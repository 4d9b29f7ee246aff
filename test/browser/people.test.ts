import { afterAll, beforeAll, expect, test } from 'vitest'
import { toLonLat } from '../../src/city'
import { openPage, openStage, running, shortScenario, until, type Stage, type Watched } from './support'

/** An evening's end: all stand there when the run starts, and leave from its first minute on. */
const show = {
  kind: 'event', id: 'show', enabled: true, window: { start: '06:30', end: '07:00' }, venue: 'civic-center',
  attendance: 300, carShare: 0.1, taxiShare: 0.1, personsPerCar: 2, arrivalMinutesBefore: [30, 20, 5], leavingMinutesAfter: [0, 1, 4], onFoot: { metroShare: 0.5 },
} as const

/** Across the south of the square. */
const line = { kind: 'countLine', id: 'line', label: 'South', enabled: true, window: { start: '06:30', end: '08:00' }, line: [toLonLat(500, -20), toLonLat(1000, -20)] } as const

let stage: Stage
let watched: Watched
beforeAll(async () => { stage = await openStage({ portOffset: 7 }) })
afterAll(async () => { await stage?.close() })

test('people of an event walk in the page: all are somewhere, and they leave by several ways', async () => {
  watched = await openPage(stage, { scenario: { ...shortScenario, demand: { scale: 0.03, rerouteShare: 0.3 }, edits: [show, line] }, width: 900, height: 640 })
  const { page } = watched
  await running(page)
  await page.click('[data-panel=crowd]')
  await until('the report of the people', async () => (await page.getByTestId('crowd-places').count()) > 0)
  const people = () => page.evaluate(() => window.__pengcheng.store.getState().status?.people ?? null)
  const sum = (places: Readonly<Record<string, number>>): number => Object.values(places).reduce((all, count) => all + count, 0)
  const first = await until('the crowd', people)
  expect([first.persons, sum(first.places)]).toEqual([300, 300])
  await page.evaluate(() => window.__pengcheng.store.setState({ speed: Infinity, playing: true }))
  const later = await until('some to leave', async () => {
    const now = await people()
    return now && now.clear.left > 40 && now.exits.length > 1 ? now : null
  })
  expect(sum(later.places)).toBe(300)
  expect(await page.getByTestId('crowd-report').innerText()).toMatch(/T50/)

  // Who crossed the line, and a person by number: the plan from the first leg on.
  expect(await page.getByTestId('count-lines').innerText()).toMatch(/South/)
  expect(later.lines[0]!.toLeft + later.lines[0]!.toRight).toBeGreaterThan(0)
  await page.evaluate(() => window.__pengcheng.store.setState({ playing: false }))
  const id = await page.evaluate(async () => {
    const { client } = window.__pengcheng
    const report = await client!.ask(host => host.inspectPerson(3))
    return report.ok ? report.value!.id : -1
  })
  await page.fill('#search', String(id))
  await until('the person among the hits', async () => (await page.getByRole('option').count()) > 0)
  await page.press('#search', 'Enter')
  await until('the plan', async () => (await page.getByTestId('person-plan').locator('li').count()) > 0)
  expect(await page.getByTestId('inspector').innerText()).toContain(String(id))
  expect(watched.errors).toEqual([])
  expect(watched.outside).toEqual([])
})
