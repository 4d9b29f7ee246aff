/** Longest cycle that a plan may have, s; assumed. */
export const CYCLE_MAX = 300

/** Times of a stage as the network has them, s. */
export interface StageTimes { readonly green: number; readonly greenMin: number; readonly yellow: number; readonly allRed: number }

/** What is unsafe or cannot be about times of a plan; stages from 0 on. */
export type PlanFault =
  | { readonly kind: 'short'; readonly stage: number; readonly least: number }
  | { readonly kind: 'long'; readonly cycle: number }
  | { readonly kind: 'late'; readonly cycle: number }

export const cycleOfPlan = (stages: readonly StageTimes[], greens: readonly number[]): number =>
  Number(greens.reduce((sum, green, at) => sum + green + stages[at]!.yellow + stages[at]!.allRed, 0).toFixed(3))

/** Everything that is wrong with times of a plan, one green a stage. */
export function planFaults(stages: readonly StageTimes[], greens: readonly number[], offset: number | undefined): PlanFault[] {
  const cycle = cycleOfPlan(stages, greens)
  return [
    ...stages.flatMap(({ greenMin }, stage): PlanFault[] => (greens[stage]! >= greenMin ? [] : [{ kind: 'short', stage, least: greenMin }])),
    ...cycle <= CYCLE_MAX ? [] : [{ kind: 'long' as const, cycle }],
    ...offset === undefined || offset < cycle ? [] : [{ kind: 'late' as const, cycle }],
  ]
}
