import { Light } from '../snapshot'
import type { Network } from '../network/networkTables'
import type { World } from '../world'

/** Lights follow from the tick alone, so nothing here is saved; an actuated program would keep its stage here. */
export interface Signals {
  /** Light by group. */
  readonly state: Uint8Array
  /** Time into the day at which the light of a program changes next, s. */
  readonly changes: Float64Array
  readonly cycle: Float64Array
}

export function createSignals(network: Network): Signals {
  const { programs, stages, groups } = network
  const cycle = new Float64Array(programs.rows)
  for (let program = 0; program < programs.rows; program++) {
    const first = programs.stageFirst[program]
    for (let stage = first; stage < first + programs.stageCount[program]; stage++)
      cycle[program] += stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
  }
  return { state: new Uint8Array(groups.rows), changes: new Float64Array(programs.rows).fill(-1), cycle }
}

/** Sets the lights of all groups for the present tick. */
export function updateSignals(world: World): void {
  const { signals, input } = world
  const { programs } = input.network
  const time = input.startTime + world.tick * input.dt
  for (let program = 0; program < programs.rows; program++)
    if (time >= signals.changes[program]) updateProgram(world, program, time)
}

/** Sets all lights anew: after a state was restored. */
export function resetSignals(world: World): void {
  world.signals.changes.fill(-1)
  updateSignals(world)
}

function updateProgram(world: World, program: number, time: number): void {
  const { programs, stages } = world.input.network
  const { state, changes, cycle } = world.signals
  const groupFirst = programs.groupFirst[program]
  const groupCount = programs.groupCount[program]
  const first = programs.stageFirst[program]
  const count = programs.stageCount[program]
  if (count === 0 || cycle[program] <= 0) {
    state.fill(Light.permitted, groupFirst, groupFirst + groupCount)
    changes[program] = Infinity
    return
  }
  // A millionth of a second early, so that rounding cannot move a change by a tick.
  const since = time - programs.offset[program] + 1e-6
  let left = since - Math.floor(since / cycle[program]) * cycle[program]
  let stage = first
  for (let step = 0; step < count; step++) {
    const long = stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
    if (left < long || step === count - 1) break
    left -= long
    stage++
  }
  const next = first + ((stage - first + 1) % count)
  const { green, yellow, allRed } = { green: stages.green[stage], yellow: stages.yellow[stage], allRed: stages.allRed[stage] }
  const phase = left < green ? Light.green : left < green + yellow ? Light.yellow : Light.red
  const goes = stages.protectedMask[next] | stages.permittedMask[next]
  for (let group = 0; group < groupCount; group++) {
    const bit = 1 << group
    const now = stages.protectedMask[stage] & bit ? Light.green : stages.permittedMask[stage] & bit ? Light.permitted : Light.red
    state[groupFirst + group] = now === Light.red || phase === Light.green || (count > 1 && goes & bit) ? now : phase
  }
  const end = phase === Light.green ? green : phase === Light.yellow ? green + yellow : green + yellow + allRed
  changes[program] = time + Math.max(end - left, 0.001)
}

/** Seconds until the yellow or green that a program shows ends. */
export function timeToChange(world: World, program: number): number {
  return world.signals.changes[program] - (world.input.startTime + world.tick * world.input.dt)
}
