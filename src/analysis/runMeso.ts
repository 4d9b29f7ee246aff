import type { CompiledScenario } from '../scenario'
import { checkMeso, createMeso, MESO_STEP, mesoLinkMeasures, mesoStateHash, mesoTotals, mesoTripResults, stepMeso } from '../sim'
import type { RunRecord } from './record'
import type { RunOptions } from './runScenario'

/** s simulated between two reports of progress. */
const CHUNK = 300

/** Runs a compiled scenario on the meso engine; the record is of the same shape as that of the micro engine. */
export async function runMeso(compiled: CompiledScenario, options: RunOptions = {}): Promise<RunRecord> {
  const { trips, seed, startTime, dt } = compiled
  const endTick = Math.min(options.untilTick ?? compiled.endTick, compiled.endTick)
  const end = Math.ceil((endTick * dt) / MESO_STEP)
  const world = createMeso(compiled)
  while (world.tick < end) {
    stepMeso(world)
    if (options.check) checkMeso(world)
    if (world.tick % CHUNK !== 0) continue
    options.onProgress?.({ tick: (world.tick * MESO_STEP) / dt, endTick, running: mesoTotals(world).running })
    await options.pause?.()
  }
  return {
    seed, startTime, dt, ticks: Math.round((world.tick * MESO_STEP) / dt), stateHash: mesoStateHash(world), totals: mesoTotals(world),
    trips: { id: trips.id, class: trips.class, ...mesoTripResults(world) }, links: mesoLinkMeasures(world),
  }
}
