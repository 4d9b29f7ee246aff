import type { LinkMeasures, PeopleTotals, RankReport, RunTotals, TripResults } from '../sim'

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
  readonly trips: TripRecord
  readonly links: LinkMeasures
  /** Absent = vehicles only. */
  readonly people?: PeopleRecord
}

/** What is kept of people on foot. */
export interface PeopleRecord {
  readonly persons: number
  readonly totals: PeopleTotals
  readonly ranks: readonly RankReport[]
  /** s after the start of the run: when the first leave their places; and when each who has left the area for good did. */
  readonly leaveFrom: number
  readonly leftSeconds: readonly number[]
}

/** What became of each trip, with its stable id and class, by which runs are paired. */
export interface TripRecord extends TripResults {
  readonly id: Int32Array
  readonly class: Uint8Array
}
