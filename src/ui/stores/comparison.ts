import type { Baseline } from '../../analysis'
import type { Scenario } from '../../scenario'
import type { Problem } from '../../sim'
import type { ComparisonResult } from '../../workers'

/** What a finished comparison was of, and what it says. */
export interface FinishedComparison extends ComparisonResult {
  readonly seeds: readonly number[]
  readonly keeps: Baseline
  /** The document as it was compared, its window cut to that of the runs. */
  readonly variant: Scenario
}

/** One side-by-side run of the document with and without its edits. */
export interface ComparisonState {
  readonly phase: 'idle' | 'running' | 'done' | 'cancelled' | 'failed'
  /** Shares done, 0..1. */
  readonly baseline: number
  readonly variant: number
  /** Wall seconds; null = not yet known. */
  readonly secondsLeft: number | null
  readonly problems: readonly Problem[]
  /** Of the last comparison that came to its end. */
  readonly result: FinishedComparison | null
}

export const noComparison: ComparisonState = { phase: 'idle', baseline: 0, variant: 0, secondsLeft: null, problems: [], result: null }
