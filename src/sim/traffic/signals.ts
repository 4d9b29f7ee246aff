import { Light } from '../snapshot'
import { createTable, type TableOf } from '../core/table'
import { SignalKind, type Network } from '../network/networkTables'
import type { World } from '../world'
import { actuate, actuatedColumns, beginStage, chooseNext, indexDetectors, setChange, setPhase, type Detectors } from './actuatedSignals'
import { createPlans, greenEnd, setPlan, type SignalPlans } from './signalPlans'

/** Lights of fixed programs follow from the tick alone; of actuated ones from `actuated`, which is part of the state. */
export interface Signals {
  /** Light by group. */
  readonly state: Uint8Array
  /** Time into the day at which the light of a program changes next, s; of an actuated green the earliest time. */
  readonly changes: Float64Array
  /** Times of the programs as edits leave them. */
  readonly plans: SignalPlans
  readonly actuated: TableOf<typeof actuatedColumns>
  readonly detectors: Detectors
}

export function createSignals(network: Network): Signals {
  const { programs, groups } = network
  const actuated = createTable(actuatedColumns, programs.rows)
  actuated.stage.fill(-1)
  return {
    state: new Uint8Array(groups.rows), changes: new Float64Array(programs.rows).fill(-1), plans: createPlans(network), actuated,
    detectors: indexDetectors(network),
  }
}

/** Light that a turn is shown; green where there is no signal. */
export function lightOf(world: World, turn: number): number {
  const group = world.input.network.turns.group[turn]
  return group < 0 ? Light.green : world.signals.state[group]
}

/** Sets the lights of all groups for the present tick. */
export function updateSignals(world: World): void {
  const { signals: { changes, plans }, input } = world
  const { programs } = input.network
  const time = input.startTime + world.tick * input.dt
  for (let program = 0; program < programs.rows; program++)
    if (time >= changes[program]) {
      if (plans.cycle[program] <= 0) updateProgram(world, program, time)
      else if (plans.planned[program]) followPlan(world, program, time)
      else if (programs.kind[program] === SignalKind.actuated) actuate(world, program, time)
      else updateProgram(world, program, time)
    }
}

/** Sets all lights anew after a state was restored; programs that run stage by stage are as they were saved. */
export function resetSignals(world: World): void {
  const { changes, actuated, plans } = world.signals
  const { programs } = world.input.network
  const time = world.input.startTime + world.tick * world.input.dt
  for (let program = 0; program < programs.rows; program++) {
    const byStage = plans.planned[program] || programs.kind[program] === SignalKind.actuated
    if (!byStage || plans.cycle[program] <= 0) { updateProgram(world, program, time); continue }
    changes[program] = actuated.changes[program]
    showStage(world, program)
  }
}

/** Lets a program follow the plan that holds after the first `count` changes: what shows green stays so for its least time, a yellow goes on. */
export function changePlan(world: World, program: number, count: number): void {
  const { signals: { plans, actuated }, input, changes } = world
  const { kind } = input.network.programs
  if (plans.cycle[program] <= 0) return
  const time = input.startTime + world.tick * input.dt
  if (!plans.planned[program] && kind[program] === SignalKind.fixed) beginStages(world, program, time)
  setPlan(plans, input.network, changes, count, program)
  if (actuated.phase[program] !== Light.green) return
  const stage = actuated.stage[program]
  const least = actuated.greenSince[program] + input.network.stages.greenMin[stage]
  const end = plans.planned[program] ? greenEnd(plans, input.network, program, stage, actuated.greenSince[program]) : least
  setChange(world, program, Math.max(time, least, end))
}

/** Writes down where a fixed program stands, so that it can go on stage by stage. */
function beginStages(world: World, program: number, time: number): void {
  const { signals: { changes }, input } = world
  const { stages } = input.network
  const { stage, left } = scheduledStage(world, program, time)
  const until = changes[program]
  chooseNext(world, program, stage)
  beginStage(world, program, time - left, until)
  chooseNext(world, program, followingStage(world, program, stage))
  if (left >= stages.green[stage]) setPhase(world, program, left < stages.green[stage] + stages.yellow[stage] ? Light.yellow : Light.red, until)
}

/** Advances a program that runs to a plan. */
function followPlan(world: World, program: number, time: number): void {
  const { signals: { actuated, changes, plans }, input } = world
  const { network } = input
  // Rounding must not move a change by a tick; phases of no length pass within one.
  while (changes[program] <= time + 1e-6) {
    const at = changes[program]
    const stage = actuated.stage[program]
    if (actuated.phase[program] === Light.green) {
      chooseNext(world, program, followingStage(world, program, stage))
      setPhase(world, program, Light.yellow, at + network.stages.yellow[stage])
    } else if (actuated.phase[program] === Light.yellow) setPhase(world, program, Light.red, at + network.stages.allRed[stage])
    else {
      const next = actuated.next[program]
      beginStage(world, program, at, greenEnd(plans, network, program, next, at))
    }
  }
}

function followingStage(world: World, program: number, stage: number): number {
  const { stageFirst, stageCount } = world.input.network.programs
  return stageFirst[program] + ((stage - stageFirst[program] + 1) % stageCount[program])
}

/** Shows the lights of a fixed program at this time of the day, and notes when they change next. */
function updateProgram(world: World, program: number, time: number): void {
  const { programs, stages } = world.input.network
  const { state, changes, plans: { cycle } } = world.signals
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
  const after = next === stage ? 0 : stages.protectedMask[next] | stages.permittedMask[next]
  showLights(world, program, phase, stages.protectedMask[stage], stages.permittedMask[stage], after)
  const end = phase === Light.green ? green : phase === Light.yellow ? green + yellow : green + yellow + allRed
  changes[program] = time + Math.max(end - left, 0.001)
}

/** Stage that the clock asks for, and the seconds since its start. */
export function scheduledStage(world: World, program: number, time: number): { stage: number; left: number } {
  const { programs, stages } = world.input.network
  const cycle = world.signals.plans.cycle[program]
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

/** Shows where a program that runs stage by stage stands. */
export function showStage(world: World, program: number): void {
  const { stage, next, phase, protectedNow, permittedNow, protectedNext, permittedNext } = world.signals.actuated
  const after = next[program] === stage[program] ? 0 : protectedNext[program] | permittedNext[program]
  showLights(world, program, phase[program], protectedNow[program], permittedNow[program], after)
}

/** Lights of a stage in its green, yellow or red phase; groups of `after`, the stage that follows, keep theirs. */
function showLights(world: World, program: number, phase: number, protectedMask: number, permittedMask: number, after: number): void {
  const { groupFirst, groupCount } = world.input.network.programs
  for (let group = 0; group < groupCount[program]; group++) {
    const bit = 1 << group
    const now = protectedMask & bit ? Light.green : permittedMask & bit ? Light.permitted : Light.red
    world.signals.state[groupFirst[program] + group] = now === Light.red || phase === Light.green || after & bit ? now : phase
  }
}

/** Seconds until the yellow or green that a program shows ends. */
export function timeToChange(world: World, program: number): number {
  return world.signals.changes[program] - (world.input.startTime + world.tick * world.input.dt)
}
