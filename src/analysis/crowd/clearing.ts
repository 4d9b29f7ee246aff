/** s from `begin` until half, 95 % and all of the persons have left. */
export interface ClearingTimes {
  readonly t50: number
  readonly t95: number
  readonly t100: number
}

/**
 * Times to clear, from the times at which persons left. The time of a share is that of the person who completes it:
 * of 20 persons T95 is when the 19th leaves.
 *
 * @param persons  how many were to leave; if more than left, the shares that were not reached are NaN
 */
export function clearingTimes(leavings: readonly number[], persons = leavings.length, begin = 0): ClearingTimes {
  const sorted = leavings.toSorted((a, b) => a - b)
  const at = (percent: number): number => (sorted[Math.ceil((percent * persons) / 100) - 1] ?? NaN) - begin
  return { t50: at(50), t95: at(95), t100: at(100) }
}

export interface ExitUse {
  readonly exit: string
  readonly persons: number
  readonly share: number
  /** s; when the last person left through it, NaN if nobody did. */
  readonly lastTime: number
}

export interface ExitBalance {
  readonly uses: readonly ExitUse[]
  /**
   * Optimal performance statistic: 0 where all exits work until the end, towards 1 where all but one stop early.
   *
   *   OPS = sum over exits of (TET - EET_i) / ((n - 1) TET)
   *
   * with EET_i the time at which exit i let its last person out (0 if nobody used it), TET the latest of them.
   * NaN with a single exit or before anyone left.
   *
   * Source: Galea, Lawrence, Gwynne et al., buildingEXODUS user guide and technical manual, University of Greenwich.
   */
  readonly optimalPerformance: number
}

/** How evenly exits were used. @param leavings  exit and time, s after the begin, of each person who left */
export function exitBalance(exits: readonly string[], leavings: readonly { readonly exit: string; readonly time: number }[]): ExitBalance {
  const uses = exits.map(exit => {
    const times = leavings.filter(each => each.exit === exit).map(({ time }) => time)
    return { exit, persons: times.length, share: times.length / leavings.length, lastTime: times.length === 0 ? NaN : Math.max(...times) }
  })
  const total = Math.max(0, ...uses.map(({ lastTime }) => lastTime).filter(time => !Number.isNaN(time)))
  const missed = uses.reduce((sum, { lastTime }) => sum + total - (Number.isNaN(lastTime) ? 0 : lastTime), 0)
  return { uses, optimalPerformance: exits.length < 2 || total === 0 ? NaN : missed / ((exits.length - 1) * total) }
}
