import { SignalKind, type Network } from '../network/networkTables'
import type { NetworkChange, StageMasks } from '../worldTypes'
import { inForce } from './inForce'

/**
 * Programs as edits leave them: the network's own stages with other greens, another offset, and other movements that go in them. A program under a plan
 * runs stage by stage, whether it is fixed or actuated by nature, so that one plan passes into another without cutting a
 * yellow short; once in step it does at each tick what the clock asks for.
 */
export interface SignalPlans {
  /** By stage, s. */
  readonly green: Float64Array
  /** By stage: bits of its groups, as in the network. */
  readonly protectedMask: Uint32Array
  readonly permittedMask: Uint32Array
  /** By program: start of the first stage after midnight, s, modulo the cycle. */
  readonly offset: Float64Array
  readonly cycle: Float64Array
  /** By program: 1 while it runs stage by stage to such times; a fixed one goes on like that when a plan has ended. */
  readonly planned: Uint8Array
}

export function createPlans(network: Network): SignalPlans {
  const { programs, stages } = network
  const plans = {
    green: stages.green.slice(), protectedMask: stages.protectedMask.slice(), permittedMask: stages.permittedMask.slice(),
    offset: programs.offset.slice(), cycle: new Float64Array(programs.rows), planned: new Uint8Array(programs.rows),
  }
  for (let program = 0; program < programs.rows; program++) plans.cycle[program] = cycleOf(network, plans.green, program)
  return plans
}

function cycleOf({ programs, stages }: Network, green: Float64Array, program: number): number {
  let cycle = 0
  for (let stage = programs.stageFirst[program]; stage < programs.stageFirst[program] + programs.stageCount[program]; stage++)
    cycle += green[stage] + stages.yellow[stage] + stages.allRed[stage]
  return cycle
}

/** The network as it is while a plan lets other groups go in the stages of a program. */
export function withMasks(network: Network, program: number, masks: readonly StageMasks[] | undefined): Network {
  if (!masks) return network
  const first = network.programs.stageFirst[program]
  const stages = { ...network.stages, protectedMask: network.stages.protectedMask.slice(), permittedMask: network.stages.permittedMask.slice() }
  stages.protectedMask.set(masks.map(({ protectedMask }) => protectedMask), first)
  stages.permittedMask.set(masks.map(({ permittedMask }) => permittedMask), first)
  return { ...network, stages }
}

/** Sets the times and stages of a program to those after the first `count` changes. */
export function setPlan(plans: SignalPlans, network: Network, changes: readonly NetworkChange[], count: number, program: number): void {
  const { programs, stages } = network
  const plan = inForce(changes, count, 'signalPlan', program)?.plan
  const first = programs.stageFirst[program]
  for (let at = 0; at < programs.stageCount[program]; at++) {
    plans.green[first + at] = plan?.greens[at] ?? stages.green[first + at]
    plans.protectedMask[first + at] = plan?.masks?.[at].protectedMask ?? stages.protectedMask[first + at]
    plans.permittedMask[first + at] = plan?.masks?.[at].permittedMask ?? stages.permittedMask[first + at]
  }
  plans.offset[program] = plan?.offset ?? programs.offset[program]
  plans.cycle[program] = cycleOf(network, plans.green, program)
  plans.planned[program] = plan || programs.kind[program] === SignalKind.fixed ? 1 : 0
}

/** How a junction's signals run at a moment. */
export interface ProgramNow {
  /** s; of a program that follows the traffic the longest, with every green at its limit. */
  readonly cycle: number
  readonly byTraffic: boolean
  /** Who set the plan that holds; null = the network's own times hold. */
  readonly source: string | null
}

/** How a program runs at `tick`, given the changes that a run follows in order of tick. */
export function programAt(network: Network, changes: readonly NetworkChange[], tick: number, program: number): ProgramNow {
  const { programs, stages } = network
  const change = inForce(changes, changes.filter(each => each.tick <= tick).length, 'signalPlan', program)
  const byTraffic = !change?.plan && programs.kind[program] === SignalKind.actuated
  const greens = byTraffic ? stages.greenMax.slice() : stages.green.slice()
  if (change?.plan) greens.set(change.plan.greens, programs.stageFirst[program])
  return { cycle: cycleOf(network, greens, program), byTraffic, source: change?.source ?? null }
}

/** Sets all programs that plans have changed; for a state that was restored. */
export function setPlans(plans: SignalPlans, network: Network, changes: readonly NetworkChange[], count: number): void {
  for (let at = 0; at < count; at++) if (changes[at].kind === 'signalPlan') setPlan(plans, network, changes, count, changes[at].row)
}

/** Greens are lengthened by this share at most to come into step with the clock; shortened they are to their minimum. */
const STRETCH = 0.5

/**
 * When a green that began at `since`, s of the day, ends: after its time if it began by the clock of the plan, else sooner
 * or later, so that the program comes into step within a cycle or two.
 */
export function greenEnd({ green, offset, cycle }: SignalPlans, { programs, stages }: Network, program: number, stage: number, since: number): number {
  let start = offset[program]
  for (let before = programs.stageFirst[program]; before < stage; before++) start += green[before] + stages.yellow[before] + stages.allRed[before]
  // A millionth of a second early, so that rounding makes nobody a cycle late.
  const late = since - start + 1e-6 - Math.floor((since - start + 1e-6) / cycle[program]) * cycle[program]
  if (late < 1e-3) return since + green[stage]
  const least = Math.min(stages.greenMin[stage], green[stage])
  if (late <= cycle[program] / 2) return since + Math.max(least, green[stage] - late)
  return since + green[stage] + Math.min(cycle[program] - late, STRETCH * green[stage])
}
