import type { CompiledScenario } from '../scenario'
import {
  checkMeso, createMeso, MESO_STEP, mesoEquilibrium, mesoLinkMeasures, mesoStateHash, mesoTotals, mesoTripResults, stepMeso, type MesoWorld,
} from '../sim'
import type { RunRecord } from './record'
import type { RunOptions } from './runScenario'

/** s simulated between two reports of progress. */
const CHUNK = 300

/** Runs a compiled scenario on the meso engine; the record is of the same shape as that of the micro engine. */
export async function runMeso(compiled: CompiledScenario, options: RunOptions = {}): Promise<RunRecord> {
  const { endTick, steps } = lengthOf(compiled, options)
  const world = createMeso(compiled)
  while (world.tick < steps) {
    stepMeso(world)
    if (options.check) checkMeso(world)
    if (world.tick % CHUNK !== 0 && world.tick < steps) continue
    options.onProgress?.({ tick: (world.tick * MESO_STEP) / compiled.dt, endTick, running: mesoTotals(world).running })
    await options.pause?.()
  }
  return recordOfMeso(compiled, world)
}

/** One day of the search for equilibrium. */
export interface EquilibriumStep {
  readonly day: number
  /** Share of all travel time that would be saved if each took the quickest route. */
  readonly gap: number
  /** Trips that change their route for the next day. */
  readonly changed: number
  readonly vehicleHours: number
}

export interface EquilibriumOptions extends RunOptions {
  readonly days: number
  /** Gap at which to stop before that. */
  readonly gap: number
  readonly onDay: (step: EquilibriumStep) => void
}

/** Repeats a scenario on the meso engine until nobody gains much by another route; the record is that of the last day. */
export function runMesoEquilibrium(compiled: CompiledScenario, options: EquilibriumOptions): { run: RunRecord; steps: EquilibriumStep[] } {
  const { endTick, steps } = lengthOf(compiled, options)
  const done: EquilibriumStep[] = []
  const each = (world: MesoWorld, day: number): void => {
    if (options.check) checkMeso(world)
    if (world.tick % CHUNK === 0 || world.tick === steps) options.onProgress?.({ tick: (day * steps + world.tick) * (endTick / steps), endTick: options.days * endTick, running: mesoTotals(world).running })
  }
  const days = mesoEquilibrium(compiled, steps * MESO_STEP, each)
  for (;;) {
    const { world, day, gap, changed } = days.next().value
    done.push({ day: day + 1, gap, changed, vehicleHours: mesoTotals(world).vehicleHours })
    options.onDay(done.at(-1)!)
    if (gap <= options.gap || done.length === options.days) return { run: recordOfMeso(compiled, world), steps: done }
  }
}

function lengthOf({ endTick: last, dt }: CompiledScenario, { untilTick }: RunOptions): { endTick: number; steps: number } {
  const endTick = Math.min(untilTick ?? last, last)
  return { endTick, steps: Math.ceil((endTick * dt) / MESO_STEP) }
}

function recordOfMeso({ trips, seed, startTime, dt }: CompiledScenario, world: MesoWorld): RunRecord {
  return {
    seed, startTime, dt, ticks: Math.round((world.tick * MESO_STEP) / dt), stateHash: mesoStateHash(world), totals: mesoTotals(world),
    trips: { id: trips.id, class: trips.class, originZone: trips.originZone, originLink: trips.originLink, destinationLink: trips.destinationLink, ...mesoTripResults(world) }, links: mesoLinkMeasures(world),
  }
}
