import { checkMeso, createMeso, stepMeso, type MesoWorld, type Network, type WorldInput } from '../../../src/sim'
import { tripTable, inputOf, type TripRow } from '../support'

/** Runs for `seconds`, every invariant checked at every fifth step. */
export function runMeso(input: WorldInput, seconds: number, each?: (world: MesoWorld) => void): MesoWorld {
  const world = createMeso(input)
  while (world.tick < seconds) {
    stepMeso(world)
    if (world.tick % 5 === 0) checkMeso(world)
    each?.(world)
  }
  return world
}

/** Cars from one link to another, evenly at `perHour` for `seconds`. */
export function stream(from: number, to: number, perHour: number, seconds: number, first = 0): TripRow[] {
  return Array.from({ length: Math.floor((perHour * seconds) / 3600) }, (_, k) => ({ depart: Math.floor((k * 7200) / perHour), from, to, id: first + k }))
}

export const mesoInput = (network: Network, rows: readonly TripRow[], more: Partial<WorldInput> = {}): WorldInput =>
  inputOf(network, tripTable(network, rows), { rerouteShare: 0, ...more })

/** Vehicles that left a link between two times, s. */
export const leftBetween = (world: MesoWorld, link: number, from: number, to: number): number =>
  world.bins.slice(from / 300, to / 300).reduce((sum, { left }) => sum + left[link]!, 0)
