import { Count, type World } from './world'
import type { RunTotals } from './worldTypes'

/** What has happened in a run so far, counted; times in h, ways in km. */
export function totals(world: World): RunTotals {
  const { counts, input, tick } = world
  const hours = input.dt / 3600
  return {
    tick,
    departures: counts[Count.nextTrip] + counts[Count.called],
    inserted: counts[Count.inserted],
    arrived: counts[Count.arrived],
    running: counts[Count.running],
    waiting: counts[Count.waiting],
    unreachable: counts[Count.unreachable],
    interventions: counts[Count.interventions],
    missedTurns: counts[Count.missedTurns],
    reroutes: counts[Count.reroutes],
    vehicleHours: (counts[Count.updates] + counts[Count.waitingTicks]) * hours,
    waitingHours: counts[Count.waitingTicks] * hours,
    vehicleKm: counts[Count.metres] / 1000,
    vehicleUpdates: counts[Count.updates],
  }
}
