import { Direction, type Network } from '../network/networkTables'
import type { NetworkIndex } from '../network/networkIndex'
import { approachLoads } from './approachLoads'
import type { HourLoad } from './hourLoad'

/** Time that a turn through gaps takes over that of one with a green of its own; assumed. */
const GAP_FACTOR = 2
/** Least green of a fixed program, s: of left turns, as the generator has it. */
const GREEN_MIN = 10
/** Longest cycle, s: beyond it queues outgrow the blocks of a city, and capacity hardly grows (Webster 1958). */
const CYCLE_MAX = 150
/** Longest cycle of an actuated program all of whose greens run to their limit, s; usual in Shenzhen's peaks, assumed. */
const ACTUATED_CYCLE_MAX = 180
/** Limit of an actuated green over the fixed one, where the cycle leaves room for it. */
const ACTUATED_MAX = 1.6
/** Sum of flow ratios from which a junction counts as saturated and gets the longest cycle. */
const SATURATED = 0.85

/**
 * Times the signals of a network by the flows of its peak hours, after Webster: the flow ratio of a stage is that of the
 * lane which needs its green longest, greens are in proportion to the ratios, and the cycle is
 *
 *   C = (1.5 L + 5) / (1 - Y),   L: lost time, Y: sum of the flow ratios
 *
 * at least that of the generated program and at most 150 s. Stages, their order and least greens stay as they are. Of
 * several hours each lane counts with the one that asks most of it; right turns, which go on red, ask nothing.
 *
 * Source: Webster (1958), Road Research Technical Paper 39.
 */
export function timeSignals(network: Network, hours: readonly HourLoad[], cycles: readonly number[] = cyclesOf(network)): void {
  const { programs, stages } = network
  const flows = hours.map(({ planner: { index }, flow }): HopFlows => ({ index, flow }))
  for (let program = 0; program < programs.rows; program++) {
    const first = programs.stageFirst[program]
    const { greens, lost } = websterTiming(network, program, flows, cycles[program])
    const stretch = Math.max(1, Math.min(ACTUATED_MAX, (ACTUATED_CYCLE_MAX - lost) / greens.reduce((a, b) => a + b, 0)))
    for (const [at, green] of greens.entries()) {
      stages.green[first + at] = green
      stages.greenMax[first + at] = Math.round(green * stretch)
    }
  }
}

/** What leaves links over hops, veh/h, by the rows of an index. */
export interface HopFlows { readonly index: NetworkIndex; readonly flow: Float64Array }

/** Times of one junction by the flows at it; s. */
export interface SignalTiming {
  readonly greens: number[]
  /** Yellows and all-reds of a cycle. */
  readonly lost: number
  /** Y: share of the time that greens are needed for; from 0.85 on the junction is saturated. */
  readonly flowRatio: number
}

/** The times of `timeSignals` for one junction. @param cycleLeast  s */
export function websterTiming(network: Network, program: number, hours: readonly HopFlows[], cycleLeast: number): SignalTiming {
  const { programs, stages } = network
  const first = programs.stageFirst[program]
  const rows = Array.from({ length: programs.stageCount[program] }, (_, at) => first + at)
  const lost = rows.reduce((sum, row) => sum + stages.yellow[row] + stages.allRed[row], 0)
  const ratios = stageRatios(approachesOf(network, program).flatMap(link => laneNeeds(network, program, link, hours)), rows.length)
  const flowRatio = ratios.reduce((a, b) => a + b, 0)
  const webster = flowRatio < SATURATED ? (1.5 * lost + 5) / (1 - flowRatio) : CYCLE_MAX
  const greens = splitGreen(ratios, rows.map(row => Math.max(GREEN_MIN, stages.greenMin[row])), Math.max(cycleLeast, Math.min(CYCLE_MAX, webster)) - lost)
  return { greens, lost, flowRatio }
}

/** Cycles of all programs, s. */
export function cyclesOf({ programs, stages }: Network): number[] {
  return Array.from({ length: programs.rows }, (_, program) => {
    let cycle = 0
    for (let stage = programs.stageFirst[program]; stage < programs.stageFirst[program] + programs.stageCount[program]; stage++)
      cycle += stages.green[stage] + stages.yellow[stage] + stages.allRed[stage]
    return cycle
  })
}

/** Links that a program's groups control. */
export function approachesOf({ programs, groups }: Network, program: number): number[] {
  const first = programs.groupFirst[program]
  return [...new Set(groups.link.subarray(first, first + programs.groupCount[program]))]
}

/** What a lane needs of a cycle, as a share of it, and the stages (0 = first) in which it may go. */
interface LaneNeed { readonly need: number; readonly stages: readonly number[] }

function laneNeeds(network: Network, program: number, link: number, hours: readonly HopFlows[]): LaneNeed[] {
  const { turns } = network
  const waits = (turn: number): boolean => turns.group[turn] >= 0 && turns.direction[turn] !== Direction.right
  const most = new Map<number, LaneNeed>()
  for (const { index, flow } of hours)
    for (const { lane, busy, turn } of approachLoads(network, index, link, flow, waits)) {
      const { stages, own } = stagesOf(network, program, turns.group[turn])
      const need = own ? busy : busy * GAP_FACTOR
      if (need > (most.get(lane)?.need ?? 0)) most.set(lane, { need, stages })
    }
  return [...most.values()]
}

/** Stages in which a group goes: with a green of its own, else through gaps. */
function stagesOf({ programs, stages }: Network, program: number, group: number): { stages: number[]; own: boolean } {
  const bit = 1 << (group - programs.groupFirst[program])
  const all = Array.from({ length: programs.stageCount[program] }, (_, at) => at)
  const own = all.filter(at => stages.protectedMask[programs.stageFirst[program] + at] & bit)
  return own.length > 0 ? { stages: own, own: true } : { stages: all.filter(at => stages.permittedMask[programs.stageFirst[program] + at] & bit), own: false }
}

/** Share of the cycle that each stage needs, so that every lane has its own in the stages that serve it. */
function stageRatios(needs: readonly LaneNeed[], count: number): number[] {
  const ratios: number[] = Array.from({ length: count }, () => 0)
  // Lanes with one stage leave no choice; the others take what is missing evenly from theirs.
  for (const { need, stages } of [...needs].sort((a, b) => a.stages.length - b.stages.length || b.need - a.need)) {
    const missing = need - stages.reduce((sum, at) => sum + ratios[at], 0)
    if (missing > 0) for (const at of stages) ratios[at] += missing / stages.length
  }
  return ratios
}

/** Whole seconds in proportion to the ratios, none below its least. */
function splitGreen(ratios: readonly number[], least: readonly number[], seconds: number): number[] {
  const greens = [...least]
  const open = new Set(ratios.keys())
  for (;;) {
    const left = seconds - least.reduce((sum, green, at) => sum + (open.has(at) ? 0 : green), 0)
    const total = [...open].reduce((sum, at) => sum + ratios[at], 0)
    const share = (at: number): number => (total > 0 ? (left * ratios[at]) / total : left / open.size)
    const short = [...open].filter(at => share(at) < least[at])
    if (short.length === 0 || short.length === open.size) {
      for (const at of open) greens[at] = Math.max(least[at], Math.round(share(at)))
      return greens
    }
    for (const at of short) open.delete(at)
  }
}
