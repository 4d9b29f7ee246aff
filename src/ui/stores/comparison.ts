import type { FinishedComparison, QueuedComparison } from '../../workers'

/** Comparisons of this sitting; switching the document leaves them as they are. */
export interface ComparisonState {
  /** In the order in which they were added. */
  readonly queue: readonly QueuedComparison[]
  /** The one whose result is open: in the panel, on the map, in the report and in the briefing. */
  readonly result: FinishedComparison | null
}

export const noComparison: ComparisonState = { queue: [], result: null }
