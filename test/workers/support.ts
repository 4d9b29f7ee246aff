import type { CityPack } from '../../src/city'
import type { Scenario } from '../../src/scenario'
import type { RunUpdate, SimHost } from '../../src/workers'
import { createSimHost } from '../../src/workers/simHost'

/** Ten minutes of a thin morning in which nothing is changed. */
export const thinMorning: Scenario = {
  format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '', en: '' }, city: 'shenzhen',
  window: { start: '07:00', end: '07:10' }, seed: 7, demand: { scale: 0.02, rerouteShare: 0.3 }, edits: [],
}

/** So many people on the square of the Civic Center who all leave within the first minute, by metro or on foot. */
export const leavingShow = (attendance: number): Scenario => ({
  format: 'pengcheng-scenario', version: 1, id: 'test', name: { zh: '', en: '' }, city: 'shenzhen',
  window: { start: '20:00', end: '20:10' }, seed: 3, demand: { scale: 0, rerouteShare: 0 }, edits: [{
    kind: 'event', id: 'show', enabled: true, window: { start: '19:00', end: '20:00' }, venue: 'civic-center', attendance, carShare: 0, taxiShare: 0, personsPerCar: 2,
    leavingMinutesAfter: [0, 0.5, 1], onFoot: { metroShare: 0.7 },
  }],
})

/** A host that has loaded the document. */
export async function openHost(scenario: Scenario, pack: CityPack): Promise<SimHost> {
  const host = createSimHost({ now: () => performance.now() / 1000, pause: () => new Promise(done => setImmediate(done)), openPack: async () => pack })
  const loaded = await host.load({ scenario, cityUrl: '', shared: true })
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'))
  return host
}

export async function updateHost(host: SimHost, scenario: Scenario): Promise<RunUpdate> {
  const outcome = await host.update(scenario)
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'))
  return outcome.value
}
