import type { ComparedBin, ComparedEvent, ComparedKpi, ComparedValue, Comparison, DifferenceMeasure, RunSummary, TracedJourney, TripComparison } from '../analysis'
import type { Outcome } from '../sim'
import type { Scenario } from '../scenario'

/** One of the workers that run what is compared. */
export interface CompareHost {
  /** Runs a scenario over its window as fast as it goes and measures it. `onProgress` gets the share done, 0..1. */
  run(request: CompareRequest, onProgress: (share: number) => void): Promise<Outcome<RunSummary>>
  /** Compares runs of a city: run n of both lists has the same seed. */
  compare(cityUrl: string, baselines: readonly RunSummary[], variants: readonly RunSummary[]): Promise<ComparisonResult>
  /** Runs a scenario again until the trip or person of this number has come to its end, and tells its way. */
  trace(request: CompareRequest, id: number, onProgress: (share: number) => void): Promise<Outcome<TracedJourney>>
}

export interface CompareRequest { readonly scenario: Scenario; readonly cityUrl: string }

/** What a comparison says: the whole city by measure, and the roads that changed most. */
export interface ComparisonResult {
  readonly kpis: readonly ComparedKpi[]
  readonly events: readonly ComparedEvent[]
  /** Most affected first. */
  readonly roads: readonly ComparedRoad[]
  /** Who gained and who lost time. */
  readonly trips: TripComparison
  /** The whole network over time. */
  readonly series: readonly ComparedBin[]
  /** One value a link. */
  readonly maps: Readonly<Record<DifferenceMeasure, Float32Array>>
  /** What names each run. */
  readonly hashes: Comparison['hashes']
}

export interface ComparedRoad extends ComparedValue {
  /** Link of the road where the difference is largest. */
  readonly link: number
}
