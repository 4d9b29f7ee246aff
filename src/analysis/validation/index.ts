export * from './status'
import { assignmentCases } from './assignment'
import { bottleneckCases } from './crowd/bottlenecks'
import { choiceCases } from './crowd/choices'
import { densityCases } from './crowd/density'
import { movementCases } from './crowd/movement'
import { soundnessCases } from './crowd/soundness'
import { twoWayCases } from './crowd/twoWay'
import { gapCases } from './gaps'
import { invariantCases } from './invariants'
import { junctionCases } from './junctions'
import { mesoCases } from './meso'
import { ringCases } from './ring'
import { runCase, type ValidationCase, type ValidationRow } from './row'
import { signalCases } from './signals'
import { stopLineCases } from './stopLine'
import { vickreyCases } from './vickrey'
import { waveCases } from './waves'

export type { ValidationRow } from './row'
export { compareExperiment } from './crowd/experiment'

/** Suites by the name that the command line and the page give them. */
export const validationSuites: Readonly<Record<string, readonly ValidationCase[]>> = {
  traffic: [...stopLineCases, ...ringCases, ...waveCases, ...signalCases, ...gapCases, ...junctionCases, ...vickreyCases, ...assignmentCases, ...mesoCases, ...invariantCases],
  crowd: [...movementCases, ...densityCases, ...bottleneckCases, ...twoWayCases, ...choiceCases, ...soundnessCases].sort(byGuideline),
}

/** Tests of a guideline in the order of their numbers; themes of our own before them, as they come. */
function byGuideline({ name: a }: ValidationCase, { name: b }: ValidationCase): number {
  const order = (name: string): number => ['soundness', 'density', 'doors', 'two-way', 'rimea', 'imo', 'nist'].indexOf(name.split('/')[0]!)
  return order(a) - order(b) || (order(a) < 4 ? 0 : a.localeCompare(b, 'en', { numeric: true }))
}

export const casesOf = (suite: string, only = '', long = true): readonly ValidationCase[] =>
  (validationSuites[suite] ?? []).filter(each => each.name.startsWith(only) && (long || !each.long))

/** Runs the cases of a suite whose names begin with `only`, with or without the long ones, one after the other; hands over the rows of each as they come. */
export function* runSuite(suite: string, only = '', long = true): Generator<{ readonly done: number; readonly of: number; readonly rows: readonly ValidationRow[] }> {
  const cases = casesOf(suite, only, long)
  for (const [at, each] of cases.entries()) yield { done: at + 1, of: cases.length, rows: runCase(suite, each) }
}
