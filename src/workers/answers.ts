import type { CityPack } from '../city'
import { conflicts, loadBus, loadScenarioCity, networkChanges, secondsOfDay, tripIdsOf, type Conflict, type Scenario } from '../scenario'
import { callsByZone, createLivePlanner, jamReport, planRoute, tallyTrips, VehicleClass, type JamReport, type World } from '../sim'
import type { DemandNow, RouteAnswer, RouteQuestion } from './protocol'

/** Simulated seconds within which a taxi that set out says where taxis are wanted now. */
const CALLS_WITHIN = 900

/** What panels ask of a run now and then. Its own chunk: the first picture needs none of it. */
export const demandNow = (world: World, scenario: Scenario): DemandNow => ({
  taxis: callsByZone(world, VehicleClass.taxi, CALLS_WITHIN),
  planned: [...tripIdsOf(scenario)].map(([edit, { first, count }]) => ({ edit, ...tallyTrips(world, first, count) })),
})

export const jams = (world: World, links: readonly number[]): JamReport[] => links.map(link => jamReport(world, link))

export function routes(world: World, { from, to, class: type, moments }: RouteQuestion): (RouteAnswer | null)[] {
  const { startTime, dt } = world.input
  return moments.map(({ at, open = false }) => {
    const planner = createLivePlanner(world, { tick: at === 'now' ? at : Math.max(0, Math.round((at - startTime) / dt)), open })
    for (const start of from) {
      for (const goal of to) {
        const route = planRoute(planner, start, goal, type)
        if (route) return { links: route.links, seconds: route.milliseconds / 1000, metres: route.metres }
      }
    }
    return null
  })
}

export async function conflictsOf(scenario: Scenario, pack: CityPack, dt: number): Promise<readonly Conflict[]> {
  const [city, bus] = await Promise.all([loadScenarioCity(pack), scenario.edits.some(({ kind, enabled }) => kind === 'closure' && enabled) ? loadBus(pack) : null])
  const clock = { start: secondsOfDay(scenario.window.start)!, end: secondsOfDay(scenario.window.end)!, dt }
  return conflicts(scenario, city, networkChanges(scenario, city, clock).applied, bus)
}
