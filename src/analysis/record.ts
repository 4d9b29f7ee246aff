import type { LinkMeasures, RunTotals } from '../sim'

/** What is kept of a run when it is over: enough for every indicator, map and export. */
export interface RunRecord {
  readonly seed: number
  /** Second of the day of tick 0. */
  readonly startTime: number
  /** s */
  readonly dt: number
  readonly ticks: number
  readonly stateHash: string
  readonly totals: RunTotals
  readonly trips: TripResults
  readonly links: LinkMeasures
}

/** One row a trip; -1 is "not yet". */
export interface TripResults {
  readonly id: Int32Array
  readonly class: Uint8Array
  readonly departTick: Int32Array
  readonly insertTick: Int32Array
  readonly arriveTick: Int32Array
  /** m driven. */
  readonly distance: Float32Array
  /** s, of the first route on an empty road. */
  readonly freeFlowTime: Float32Array
  readonly unreachableReason: Uint8Array
}
