import { SignalKind, type Network } from '../network/networkTables'
import { indexDetectors, type Detectors } from '../traffic/actuatedSignals'
import { createPlans, greenEnd, setPlan, type SignalPlans } from '../traffic/signalPlans'
import { SATURATION_HEADWAY } from './mesoNetwork'
import { Group, GROUP_BYTES, LANE_BYTES, Lane, Slot, SLOT_BYTES } from './mesoTables'
import { MESO_STEP, type MesoWorld } from './mesoWorld'
import { createRecords, type Records } from './records'
import { addEvent } from './timingWheel'

/** Lost by a standing queue at the start of green, s, as measured of the micro engine; half a headway more, so that whole vehicles make up the mean. */
export const START_UP_LOST = 2.2 + SATURATION_HEADWAY / 2
/** So long into the yellow vehicles still pass, s: those who can no longer stop at 2.5 m/s2 from 50 km/h. */
const YELLOW_USED = 2.2
/** m before the stop line within which a vehicle asks for its green; as the micro engine's detectors. */
const DETECTOR = 35
/** s between looks at a green that may end */
const LOOK = 1

const Phase = { green: 0, yellow: 1, allRed: 2 } as const

export interface MesoSignals {
  /** Rows of Group in mesoTables.ts. */
  readonly groups: Records
  /** By program: stage shown, the one that follows, phase, when it changes next and since when it is green. */
  readonly stage: Int32Array
  readonly next: Int32Array
  readonly phase: Uint8Array
  readonly changes: Float64Array
  readonly greenSince: Float64Array
  readonly detectors: Detectors
  /** Times of the programs as edits leave them. */
  readonly plans: SignalPlans
}

export function createMesoSignals(network: Network): MesoSignals {
  const { programs, groups } = network
  const table = createRecords(groups.rows, GROUP_BYTES)
  for (let group = 0; group < groups.rows; group++) table.f64[group * (GROUP_BYTES / 8) + Group.goUntil] = -Infinity
  return {
    groups: table, stage: new Int32Array(programs.rows).fill(-1), next: new Int32Array(programs.rows), phase: new Uint8Array(programs.rows),
    changes: new Float64Array(programs.rows).fill(-Infinity), greenSince: new Float64Array(programs.rows), detectors: indexDetectors(network),
    plans: createPlans(network),
  }
}

/** Sets the lights for the step that begins now: the same programs as the micro engine's, actuated ones by the queues. */
export function updateMesoSignals(world: MesoWorld): void {
  const { changes } = world.signals
  const time = world.tick * MESO_STEP
  for (let program = 0; program < changes.length; program++) if (changes[program] <= time) advance(world, program, time)
}

function advance(world: MesoWorld, program: number, time: number): void {
  const { signals, input } = world
  const { programs, stages } = input.network
  const { stage, next, phase, changes, greenSince } = signals
  if (programs.stageCount[program] === 0 || signals.plans.cycle[program] <= 0) {
    for (let group = programs.groupFirst[program]; group < programs.groupFirst[program] + programs.groupCount[program]; group++) {
      signals.groups.f64[group * (GROUP_BYTES / 8) + Group.goUntil] = Infinity
      signals.groups.i32[group * (GROUP_BYTES / 4) + Group.permitted] = 1
    }
    changes[program] = Infinity
    return
  }
  const now = stage[program]
  const planned = signals.plans.planned[program] === 1
  const actuated = !planned && programs.kind[program] === SignalKind.actuated
  if (now < 0) {
    begin(world, program, time, actuated)
    return
  }
  if (phase[program] === Phase.green) {
    if (actuated && !(time >= greenSince[program] + stages.greenMax[now]) && isAsked(world, now, time)) {
      changes[program] = time + LOOK
      return
    }
    const after = actuated ? stageAsked(world, program, now, time) : following(world, program, now)
    if (actuated && after === now) {
      changes[program] = time + LOOK
      return
    }
    next[program] = after
    phase[program] = Phase.yellow
    stopGroups(world, program, time)
    changes[program] += actuated ? time - changes[program] + stages.yellow[now] : stages.yellow[now]
  } else if (phase[program] === Phase.yellow) {
    phase[program] = Phase.allRed
    changes[program] += stages.allRed[now]
  } else {
    stage[program] = next[program]
    phase[program] = Phase.green
    greenSince[program] = changes[program]
    startGroups(world, program, changes[program])
    if (planned) changes[program] = plannedEnd(world, program)
    else changes[program] += actuated ? stages.greenMin[stage[program]] : stages.green[stage[program]]
  }
}

const following = (world: MesoWorld, program: number, stage: number): number => {
  const { stageFirst, stageCount } = world.input.network.programs
  return stageFirst[program] + ((stage - stageFirst[program] + 1) % stageCount[program])
}

/** When the green of a program under a plan ends, s since the start. */
function plannedEnd({ signals: { plans, stage, greenSince }, input }: MesoWorld, program: number): number {
  return greenEnd(plans, input.network, program, stage[program], greenSince[program] + input.startTime) - input.startTime
}

/** Lets a program follow the plan that holds after the first `count` changes; as in the micro engine. */
export function changeMesoPlan(world: MesoWorld, program: number, count: number): void {
  const { signals, input, changes } = world
  const { plans, stage, phase, greenSince } = signals
  setPlan(plans, input.network, changes, count, program)
  if (stage[program] < 0 || phase[program] !== Phase.green) return
  const least = greenSince[program] + input.network.stages.greenMin[stage[program]]
  signals.changes[program] = Math.max(world.tick * MESO_STEP, least, plans.planned[program] ? plannedEnd(world, program) : least)
}

/** The stage that the clock asks for; a fixed one in the phase that it asks for, an actuated one at its start. */
function begin(world: MesoWorld, program: number, time: number, actuated: boolean): void {
  const { signals, input } = world
  const { programs, stages } = input.network
  const cycle = signals.plans.cycle[program]
  const since = input.startTime + time - signals.plans.offset[program] + 1e-6
  let left = since - Math.floor(since / cycle) * cycle
  let stage = programs.stageFirst[program]
  for (let step = 1; step < programs.stageCount[program]; step++) {
    const long = signals.plans.green[stage] + stages.yellow[stage] + stages.allRed[stage]
    if (left < long) break
    left -= long
    stage++
  }
  if (actuated) left = 0
  signals.stage[program] = stage
  signals.next[program] = following(world, program, stage)
  startGroups(world, program, time - left)
  signals.greenSince[program] = time - left
  signals.phase[program] = Phase.green
  signals.changes[program] = time - left + (actuated ? stages.greenMin[stage] : signals.plans.green[stage])
  // A run may begin within the yellow or red of a fixed program.
  if (!actuated) for (let step = 0; step < 2 && signals.changes[program] <= time; step++) advance(world, program, time)
}

/** Lights of a stage at its green. Lanes whose head waited for it start with the loss of a standing queue. */
function startGroups(world: MesoWorld, program: number, time: number): void {
  const { signals, input, fixed, lanes, slots, wheel, tick } = world
  const { programs } = input.network
  const { groups, stage, plans } = signals
  const shown = plans.protectedMask[stage[program]]
  const goes = shown | plans.permittedMask[stage[program]]
  for (let at = 0; at < programs.groupCount[program]; at++) {
    const group = programs.groupFirst[program] + at
    const record = group * (GROUP_BYTES / 8)
    if (!(goes & (1 << at))) {
      // Green went on for it, as the stage had it until a plan came in between.
      if (groups.f64[record + Group.goUntil] === Infinity) groups.f64[record + Group.goUntil] = time
      continue
    }
    groups.i32[2 * record + Group.permitted] = shown & (1 << at) ? 0 : 1
    if (groups.f64[record + Group.goUntil] === Infinity) continue
    groups.f64[record + Group.goFrom] = time
    groups.f64[record + Group.goUntil] = Infinity
    for (let row = fixed.groupFirst[group]; row < fixed.groupFirst[group + 1]; row++) {
      const lane = fixed.groupLane[row]
      const place = lane * (LANE_BYTES / 4)
      const head = lanes.i32[place + Lane.head]
      if (head < 0 || slots.f64[head * (SLOT_BYTES / 8) + Slot.ready] > time || input.network.turns.group[slots.i32[head * (SLOT_BYTES / 4) + Slot.turn]] !== group) continue
      const start = time + START_UP_LOST
      if (lanes.f64[place / 2 + Lane.outNext] < start) lanes.f64[place / 2 + Lane.outNext] = start
      if (lanes.i32[place + Lane.due] !== tick && lanes.i32[place + Lane.waitsFor] < 0) lanes.i32[place + Lane.due] = addEvent(wheel, lane, Math.floor(start / MESO_STEP), tick)
    }
  }
}

/** Groups that do not go on in the next stage turn yellow. */
function stopGroups(world: MesoWorld, program: number, time: number): void {
  const { signals, input } = world
  const { programs } = input.network
  const after = signals.next[program]
  const goes = signals.plans.protectedMask[after] | signals.plans.permittedMask[after]
  for (let at = 0; at < programs.groupCount[program]; at++) {
    const group = programs.groupFirst[program] + at
    const until = group * (GROUP_BYTES / 8) + Group.goUntil
    if (!(goes & (1 << at)) && signals.groups.f64[until] === Infinity) signals.groups.f64[until] = time + YELLOW_USED
  }
}

/** The stage to serve after this one; itself if nobody needs another. */
function stageAsked(world: MesoWorld, program: number, stage: number, time: number): number {
  const { stageCount } = world.input.network.programs
  let candidate = stage
  for (let ahead = 1; ahead < stageCount[program]; ahead++) {
    candidate = following(world, program, candidate)
    if (world.signals.detectors.optional[candidate] === 0 || isAsked(world, candidate, time)) return candidate
  }
  return stage
}

/** Whether anybody is near the stop line of a lane of this stage and could leave. */
function isAsked({ signals, lanes, slots }: MesoWorld, stage: number, time: number): boolean {
  const { first, lanes: asking } = signals.detectors
  for (let at = first[stage]; at < first[stage + 1]; at++) {
    const lane = asking[at]
    const place = lane * (LANE_BYTES / 4)
    const head = lanes.i32[place + Lane.head]
    if (head >= 0 && lanes.i32[place + Lane.waitsFor] < 0 && slots.f64[head * (SLOT_BYTES / 8) + Slot.ready] - time < DETECTOR / lanes.f32[place + Lane.speed]) return true
  }
  return false
}
