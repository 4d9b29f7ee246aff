import { assignmentCases } from './assignment'
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

/** Suites by the name that the command line and the page give them. */
export const validationSuites: Readonly<Record<string, readonly ValidationCase[]>> = {
  traffic: [...stopLineCases, ...ringCases, ...waveCases, ...signalCases, ...gapCases, ...junctionCases, ...vickreyCases, ...assignmentCases, ...mesoCases, ...invariantCases],
}

/** Runs the cases of a suite whose names begin with `only`, one after the other; hands over the rows of each as they come. */
export function* runSuite(suite: string, only = ''): Generator<{ readonly done: number; readonly of: number; readonly rows: readonly ValidationRow[] }> {
  const cases = (validationSuites[suite] ?? []).filter(({ name }) => name.startsWith(only))
  for (const [at, each] of cases.entries()) yield { done: at + 1, of: cases.length, rows: runCase(suite, each) }
}
