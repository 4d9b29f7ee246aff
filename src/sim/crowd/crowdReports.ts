import { CrowdCount, type Crowd } from './crowd'

/** What has become of the walkers, and what it took. Due = waiting + inside + in lifts + left; the rest have not come yet. */
export interface CrowdTotals {
  /** Ticks done. */
  readonly tick: number
  readonly walkers: number
  readonly notYet: number
  /** Due, but without room to appear. */
  readonly waiting: number
  readonly inside: number
  readonly inLift: number
  readonly left: number
  /** Body updates so far. */
  readonly updates: number
  /** How often somebody who got nowhere was sent another way. */
  readonly replans: number
}

export function crowdTotals({ counts, input }: Crowd): CrowdTotals {
  const at = (count: keyof typeof CrowdCount): number => counts[CrowdCount[count]]
  const walkers = input.walkers.rows
  return {
    tick: at('tick'), walkers, notYet: walkers - at('waiting') - at('inside') - at('inLift') - at('left'),
    waiting: at('waiting'), inside: at('inside'), inLift: at('inLift'), left: at('left'), updates: at('updates'), replans: at('replans'),
  }
}
