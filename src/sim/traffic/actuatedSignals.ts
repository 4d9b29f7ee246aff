import type { Columns } from '../core/table'
import { Direction, type Network } from '../network/networkTables'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { scheduledStage, showStage } from './signals'

/** What an actuated program remembers: part of the state of a run. */
export const actuatedColumns = {
  /** Copy of `signals.changes`, so that a restored run goes on at the same tick. */
  changes: { type: 'f64', unit: 's', doc: 'time of day of the next look at the stage' },
  greenSince: { type: 'f64', unit: 's', doc: 'time of day at which the green began' },
  stage: { type: 'i32', unit: 'row', doc: 'stage that is shown; -1 = not begun, or a fixed program' },
  next: { type: 'i32', unit: 'row', doc: 'stage that follows, chosen at the end of green' },
  protectedNow: { type: 'u32', unit: 'bits', doc: 'groups of the stage shown, kept apart from plans: one that comes in the midst of a stage changes the next' },
  permittedNow: { type: 'u32', unit: 'bits', doc: 'groups of the stage shown that give way' },
  protectedNext: { type: 'u32', unit: 'bits', doc: 'groups of the stage that follows, from the end of green on' },
  permittedNext: { type: 'u32', unit: 'bits', doc: 'those of them that give way' },
  phase: { type: 'u8', unit: 'Light', doc: 'green, yellow or red (all-red)' },
} as const satisfies Columns

/** Lanes that ask for each stage: of groups that it protects and that do not run in all stages. */
export interface Detectors {
  readonly first: Int32Array
  readonly lanes: Int32Array
  /** Stages that serve left turns only, from lanes on which one is seen: skipped when nobody asks; others always come, for people on foot. */
  readonly optional: Uint8Array
}

const DETECTOR = 35 // m before the stop line; at 50 km/h a passage of 2.5 s, the usual gap-out time (HCM 2010, ch. 18)
const SEEN = 7 // m: on a shorter lane a car stands s0 before the line, with its front still on the turn into it, where no detector sees it
const LOOK = 1 // s between looks at a green that may end

export function indexDetectors(network: Network): Detectors {
  const { programs, stages, groups, turns } = network
  const first = new Int32Array(stages.rows + 1)
  const optional = new Uint8Array(stages.rows)
  const lanes: number[] = []
  const lanesOfGroup: number[][] = Array.from({ length: groups.rows }, () => [])
  for (let turn = 0; turn < turns.rows; turn++) {
    const group = turns.group[turn]
    if (group >= 0 && !lanesOfGroup[group].includes(turns.fromLane[turn])) lanesOfGroup[group].push(turns.fromLane[turn])
  }
  for (let program = 0; program < programs.rows; program++) {
    const from = programs.stageFirst[program], to = from + programs.stageCount[program]
    let always = 0xffffffff
    // Right turns that may go in every stage for vehicles need not ask; those that wait for theirs do.
    let onRed = 0xffffffff
    for (let stage = from; stage < to; stage++) {
      always &= stages.protectedMask[stage]
      if (stages.protectedMask[stage] !== 0) onRed &= stages.protectedMask[stage] | stages.permittedMask[stage]
    }
    for (let stage = from; stage < to; stage++) {
      first[stage] = lanes.length
      let left = 0, other = 0, blind = 0
      for (let bit = 0; bit < programs.groupCount[program]; bit++) {
        const group = programs.groupFirst[program] + bit
        const own = stages.protectedMask[stage] & ~always & (1 << bit)
        if (own === 0 || (groups.direction[group] === Direction.right && onRed & (1 << bit))) continue
        if (groups.direction[group] === Direction.straight || groups.direction[group] === Direction.right) other++
        else left++
        for (const lane of lanesOfGroup[group]) {
          if (network.lanes.length[lane] < SEEN) blind++
          if (!lanes.includes(lane, first[stage])) lanes.push(lane)
        }
      }
      optional[stage] = left > 0 && other + blind === 0 ? 1 : 0
    }
  }
  first[stages.rows] = lanes.length
  return { first, lanes: Int32Array.from(lanes), optional }
}

/**
 * Advances an actuated program: green lasts from its minimum until nobody is near the stop line any more, at most its
 * maximum; stages of left turns that nobody waits for are left out. Queues that cannot leave, because the road behind
 * the junction is full, do not hold the green.
 */
export function actuate(world: World, program: number, time: number): void {
  const { stages } = world.input.network
  const { actuated } = world.signals
  const early = time + 1e-6 // rounding must not move a change by a tick
  if (actuated.stage[program] < 0) {
    // Neighbours start out of step with one another: where the clock would have them.
    const { stage } = scheduledStage(world, program, time)
    chooseNext(world, program, stage)
    beginStage(world, program, time, time + stages.greenMin[stage])
    return
  }
  const stage = actuated.stage[program]
  if (actuated.phase[program] === Light.green) {
    const over = early >= actuated.greenSince[program] + stages.greenMax[stage]
    if (!over && isAsked(world, stage)) {
      setChange(world, program, time + LOOK)
      return
    }
    const next = nextStage(world, program, stage)
    if (next === stage) {
      setChange(world, program, time + LOOK)
      return
    }
    chooseNext(world, program, next)
    setPhase(world, program, Light.yellow, time + stages.yellow[stage])
  } else if (actuated.phase[program] === Light.yellow) {
    setPhase(world, program, Light.red, time + stages.allRed[stage])
  } else {
    beginStage(world, program, time, time + stages.greenMin[actuated.next[program]])
  }
}

/** The stage to serve after this one; itself if nobody needs another. */
function nextStage(world: World, program: number, stage: number): number {
  const { programs } = world.input.network
  const first = programs.stageFirst[program], count = programs.stageCount[program]
  for (let ahead = 1; ahead < count; ahead++) {
    const candidate = first + ((stage - first + ahead) % count)
    if (world.signals.detectors.optional[candidate] === 0 || isAsked(world, candidate)) return candidate
  }
  return stage
}

/** Settles which stage follows, and who goes in it: from now on no plan changes that any more, as groups that go on keep their green. */
export function chooseNext({ signals: { actuated, plans } }: World, program: number, next: number): void {
  actuated.next[program] = next
  actuated.protectedNext[program] = plans.protectedMask[next]
  actuated.permittedNext[program] = plans.permittedMask[next]
}

/** Shows the green of the stage that follows, as of `since`, until then or until it is looked at again. */
export function beginStage(world: World, program: number, since: number, until: number): void {
  const { actuated } = world.signals
  actuated.stage[program] = actuated.next[program]
  actuated.protectedNow[program] = actuated.protectedNext[program]
  actuated.permittedNow[program] = actuated.permittedNext[program]
  actuated.greenSince[program] = since
  setPhase(world, program, Light.green, until)
}

/** Shows a phase of the program's present stage until then, or until it is looked at again. */
export function setPhase(world: World, program: number, phase: number, until: number): void {
  const { actuated } = world.signals
  actuated.phase[program] = phase
  setChange(world, program, until)
  showStage(world, program)
}

export function setChange(world: World, program: number, time: number): void {
  world.signals.actuated.changes[program] = time
  world.signals.changes[program] = time
}

/** Whether anybody is near the stop line of a lane of this stage and could leave. A stage without lanes is for people on foot. */
function isAsked(world: World, stage: number): boolean {
  const { signals, paths, cells, slots, index } = world
  const { first, lanes } = signals.detectors
  for (let at = first[stage]; at < first[stage + 1]; at++) {
    const lane = lanes[at]
    if (paths.count[lane] === 0) continue
    const head = paths.first[lane]
    if (index.pathLength[lane] - cells.position[head] > DETECTOR) continue
    if (cells.speed[head] < 0.5 && slots.wait[cells.slot[head]] === Wait.exitFull) continue
    return true
  }
  return false
}
