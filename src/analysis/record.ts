import type { LinkMeasures, PeopleReport, RuleReport, RunTotals, TripResults } from '../sim'

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
  /** What rules did; absent = the run has none. */
  readonly rules?: RuleReport
}

/** What is kept of people on foot. */
export interface PeopleRecord {
  /** As it stands at the end. */
  readonly report: PeopleReport
}

/** What became of each trip, with its stable id, by which runs are paired, class, origin and destination. */
export interface TripRecord extends TripResults {
  readonly id: Int32Array
  readonly class: Uint8Array
  /** Where it sets out: TAZ id, or -(gateway node row) - 2; -1 = neither. */
  readonly originZone: Int32Array
  /** Rows of the links on which it begins and ends. */
  readonly originLink: Int32Array
  readonly destinationLink: Int32Array
}
