import type { FinishedComparison, QueuedComparison } from '../../workers'

/** All that have come to their end against the baseline of `result`, and so can stand beside it, in the order of the queue; `result` among them. */
export const sameBaseline = (queue: readonly QueuedComparison[], { against }: FinishedComparison): FinishedComparison[] =>
  queue.flatMap(({ result }) => (result && result.against === against ? [result] : []))
