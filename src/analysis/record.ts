import type { RunTotals } from '../sim'

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
  readonly links: LinkTotals
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

/** Counts by link and bin: row = bin * links + link. */
export interface LinkTotals {
  readonly links: number
  readonly bins: number
  readonly binSeconds: number
  readonly vehicleSeconds: Float64Array
  readonly vehicleMetres: Float64Array
  /** Vehicles that passed the end. */
  readonly left: Int32Array
  readonly queueMax: Int32Array
}
