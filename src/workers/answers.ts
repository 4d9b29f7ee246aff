import type { CityPack } from '../city'
import { conflicts, loadBus, loadScenarioCity, networkChanges, secondsOfDay, tripIdsOf, type Conflict, type Scenario } from '../scenario'
import {
  callsByZone, createLivePlanner, interventionLog, jamReport, linkReport, pastLinkReport, peopleEngine, planRoute, tallyTrips, unreachableTrips, vehicleReport, VehicleClass, vehicleWith,
  type JamReport, type Snapshot, type World,
} from '../sim'
import { toLinkReport, toVehicleReport } from './hostReports'
import type { DemandNow, Intervention, LinkReport, RouteAnswer, RouteQuestion, UnreachableTrip, VehicleReport } from './protocol'

/** Simulated seconds within which a taxi that set out says where taxis are wanted now. */
const CALLS_WITHIN = 900

/** What panels ask of a run now and then. Its own chunk: the first picture needs none of it. */
export const demandNow = (world: World, scenario: Scenario): DemandNow => ({
  taxis: callsByZone(world, VehicleClass.taxi, CALLS_WITHIN),
  planned: [...tripIdsOf(scenario)].map(([edit, { first, count }]) => ({ edit, ...tallyTrips(world, first, count) })),
})

export const jams = (world: World, links: readonly number[]): JamReport[] => links.map(link => jamReport(world, link))

/** @param picture  of the earlier moment that is looked at */
export const linkNow = (world: World, link: number, picture?: Snapshot | null): LinkReport => toLinkReport(picture ? pastLinkReport(world, link, picture) : linkReport(world, link), world.input)

export function vehicleNow(world: World, slot: number): VehicleReport | null {
  const report = vehicleReport(world, slot)
  return report && toVehicleReport(report, world.input)
}

/** Slots of the person and of the vehicle with a number; -1 = there is none. */
export const numberNow = (world: World, id: number): { person: number; vehicle: number } => ({ person: world.people ? peopleEngine().personWith(world.people, id) : -1, vehicle: vehicleWith(world, id) })

export const unreachable = (world: World): UnreachableTrip[] => unreachableTrips(world).map(({ trip, row, reason, tick }) => {
  const { trips, startTime, dt } = world.input
  return { trip, reason, time: startTime + tick * dt, originLink: trips.originLink[row]!, destinationLink: trips.destinationLink[row]! }
})

export const interventions = (world: World): Intervention[] => interventionLog(world).map(({ tick, node, trip }) => ({ time: world.input.startTime + tick * world.input.dt, node, trip }))

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
