import { Light } from '../snapshot'
import { createTable, type TableOf } from '../core/table'
import { SignalKind, type Network } from '../network/networkTables'
import type { World } from '../world'
import { actuate, actuatedColumns, indexDetectors, type Detectors } from './actuatedSignals'

/** Lights of fixed programs follow from the tick alone; of actuated ones from `actuated`, which is part of the state. */
export interface Signals {
  /** Light by group. */
  readonly state: Uint8Array
  /** Time into the day at which the light of a program changes next, s; of an actuated green the earliest time. */
  readonly changes: Float64Array
  readonly cycle: Float64Array
  readonly actuated: TableOf<typeof actuatedColumns>
  readonly detectors: Detectors
}

export function createSignals(network: Network): Signals {
  const { programs, stages, groups } = network
  const cycle = new Float64Array(programs.rows)
  for (let program = 0; program < programs.rows; program++) {
    const first = programs.stageFirst[program]
    for (let stage = first; stage < first + programs.stageCount[program]; stage++)
      cycle[program] += stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
  }
  const actuated = createTable(actuatedColumns, programs.rows)
  actuated.stage.fill(-1)
  return {
    state: new Uint8Array(groups.rows), changes: new Float64Array(programs.rows).fill(-1), cycle, actuated, detectors: indexDetectors(network),
  }
}

/** Sets the lights of all groups for the present tick. */
export function updateSignals(world: World): void {
  const { signals, input } = world
  const { programs } = input.network
  const time = input.startTime + world.tick * input.dt
  for (let program = 0; program < programs.rows; program++)
    if (time >= signals.changes[program]) {
      if (programs.kind[program] === SignalKind.actuated && signals.cycle[program] > 0) actuate(world, program, time)
      else updateProgram(world, program, time)
    }
}

/** Sets all lights anew after a state was restored; actuated programs are as they were saved. */
export function resetSignals(world: World): void {
  const { changes, actuated, cycle } = world.signals
  const { programs } = world.input.network
  const time = world.input.startTime + world.tick * world.input.dt
  for (let program = 0; program < programs.rows; program++) {
    if (programs.kind[program] !== SignalKind.actuated || cycle[program] <= 0) { updateProgram(world, program, time); continue }
    changes[program] = actuated.changes[program]
    showLights(world, program, actuated.stage[program], actuated.next[program], actuated.phase[program])
  }
}

/** Shows the lights of a fixed program at this time of the day, and notes when they change next. */
function updateProgram(world: World, program: number, time: number): void {
  const { programs, stages } = world.input.network
  const { state, changes, cycle } = world.signals
  const first = programs.stageFirst[program]
  const count = programs.stageCount[program]
  if (count === 0 || cycle[program] <= 0) {
    state.fill(Light.permitted, programs.groupFirst[program], programs.groupFirst[program] + programs.groupCount[program])
    changes[program] = Infinity
    return
  }
  const { stage, left } = scheduledStage(world, program, time)
  const next = first + ((stage - first + 1) % count)
  const { green, yellow, allRed } = { green: stages.green[stage], yellow: stages.yellow[stage], allRed: stages.allRed[stage] }
  const phase = left < green ? Light.green : left < green + yellow ? Light.yellow : Light.red
  showLights(world, program, stage, next, phase)
  const end = phase === Light.green ? green : phase === Light.yellow ? green + yellow : green + yellow + allRed
  changes[program] = time + Math.max(end - left, 0.001)
}

/** Stage that the clock asks for, and the seconds since its start. */
export function scheduledStage(world: World, program: number, time: number): { stage: number; left: number } {
  const { programs, stages } = world.input.network
  const cycle = world.signals.cycle[program]
  // A millionth of a second early, so that rounding cannot move a change by a tick.
  const since = time - programs.offset[program] + 1e-6
  let left = since - Math.floor(since / cycle) * cycle
  let stage = programs.stageFirst[program]
  for (let step = 1; step < programs.stageCount[program]; step++) {
    const long = stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
    if (left < long) break
    left -= long
    stage++
  }
  return { stage, left }
}

/** Lights of a stage in its green, yellow or red phase; groups that go on in the next stage keep theirs. */
export function showLights(world: World, program: number, stage: number, next: number, phase: number): void {
  const { programs, stages } = world.input.network
  const first = programs.groupFirst[program]
  const goes = next === stage ? 0 : stages.protectedMask[next] | stages.permittedMask[next]
  for (let group = 0; group < programs.groupCount[program]; group++) {
    const bit = 1 << group
    const now = stages.protectedMask[stage] & bit ? Light.green : stages.permittedMask[stage] & bit ? Light.permitted : Light.red
    world.signals.state[first + group] = now === Light.red || phase === Light.green || goes & bit ? now : phase
  }
}

/** Seconds until the yellow or green that a program shows ends. */
export function timeToChange(world: World, program: number): number {
  return world.signals.changes[program] - (world.input.startTime + world.tick * world.input.dt)
}
