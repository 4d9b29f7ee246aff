import { expect, test } from 'vitest'
import { runScenario, tripTimes, traceJourney } from '../../src/analysis'
import { compileInCity } from '../../src/scenario'
import { gridCity, gridScenario } from '../scenario/gridCity'

const city = gridCity()
const outcome = compileInCity(gridScenario({ window: { start: '07:45', end: '07:51' } }), city)
if (!outcome.ok) throw new Error(outcome.problems[0]!.message)
const compiled = outcome.value
const { links } = city.network

test('journeys told again are those of the run: same times, whole ways, every second on one of their links', async () => {
  const record = await runScenario(compiled)
  const { id, seconds } = tripTimes(city.network, record)
  const rows = Array.from(id, (_, row) => row).filter(row => record.trips.arriveTick[row]! >= 0)
  for (const row of [rows[3]!, rows.at(-1)!]) {
    const { trip, person } = await traceJourney(compiled, id[row]!)
    expect(person).toBeNull()
    expect(trip!.arrived! - trip!.departed).toBeCloseTo(seconds[row]!, 6)
    expect(trip!.links[0]!.link).toBe(trip!.originLink)
    expect(trip!.links.at(-1)!.link).toBe(trip!.destinationLink)
    for (const [at, { link }] of trip!.links.slice(1).entries()) expect(links.fromNode[link]).toBe(links.toNode[trip!.links[at]!.link])
    // Who is put on the road in the middle of a tick is seen at its end.
    expect(Math.abs(trip!.links.reduce((sum, each) => sum + each.seconds, 0) - (trip!.arrived! - trip!.entered!))).toBeLessThanOrEqual(1)
  }
})

test('one that the run does not have is told as such', async () => {
  expect(await traceJourney(compiled, 987_654_321)).toMatchObject({ trip: null, person: null })
})
