import type { NetworkChange, Outcome, RunTotals, Snapshot, SnapshotLayout } from '../sim'
import type { Scenario } from '../scenario'

/**
 * What the page and the simulation worker say to each other, over comlink. Per-snapshot data never goes through here:
 * it lies in a ring of shared buffers, or, where SharedArrayBuffer is unavailable, in buffers handed to and fro.
 */
export interface SimHost {
  /** Loads the city pack, compiles the scenario and stands at its first tick. */
  load(request: LoadRequest): Promise<Outcome<RunInfo>>
  /** Simulated seconds per wall second; 0 pauses; Infinity is as fast as it goes. */
  setSpeed(factor: number): Promise<void>
  /** Runs on (fast) to a tick, then pauses. */
  runTo(tick: number): Promise<RunStatus>
  /**
   * Makes the run follow another version of the document from now on. Edits that were added apply from the next tick;
   * edits that were taken away go back to the state saved before they first applied and re-simulate up to now, so that
   * an undone run is identical to one in which the edit never was.
   */
  update(scenario: Scenario): Promise<Outcome<RunStatus>>
  status(): Promise<RunStatus>
  inspectLink(link: number): Promise<LinkReport>
  inspectVehicle(slot: number): Promise<VehicleReport | null>
  unreachable(): Promise<readonly UnreachableTrip[]>
}

export interface LoadRequest {
  readonly scenario: Scenario
  /** Base address of the pack: manifest.json lies there. */
  readonly cityUrl: string
  /** Buffers of the snapshot ring are shared if true, else transferred through `onSnapshot`. */
  readonly shared: boolean
}

export interface RunInfo {
  readonly layout: SnapshotLayout
  readonly dt: number
  readonly startTime: number
  readonly endTick: number
  readonly trips: number
  /** Ring of three snapshots, one after the other; absent where memory cannot be shared. */
  readonly ring?: SharedArrayBuffer
  readonly changes: readonly NetworkChange[]
}

export interface RunStatus {
  readonly totals: RunTotals
  readonly stateHash: string
  readonly speedFactor: number
  readonly realTimeFactor: number
  readonly finished: boolean
}

export interface LinkReport {
  readonly link: number
  readonly id: string
  readonly name: string
  readonly lanes: number
  readonly lengthM: number
  readonly speedLimitKmh: number
  readonly flowVehPerHour: number
  readonly speedKmh: number | null
  readonly vehicles: number
  readonly queueVehicles: number
  readonly closedLanes: number
}

export interface VehicleReport {
  readonly slot: number
  readonly trip: number
  readonly class: number
  readonly speedKmh: number
  readonly link: number
  /** Where it is, m. */
  readonly x: number
  readonly y: number
  readonly originLink: number
  readonly destinationLink: number
  readonly originZone: number
  readonly destinationZone: number
  readonly departedAt: number
  readonly distanceM: number
  readonly delayS: number
  /** Wait code of the sim, and what it waits for: a signal group, node or slot; -1 = nothing. */
  readonly wait: number
  readonly waitFor: number
  /** Links still ahead. */
  readonly route: readonly number[]
}

export interface UnreachableTrip { readonly trip: number; readonly reason: number; readonly time: number; readonly originLink: number; readonly destinationLink: number }

/** What the renderer reads every frame. `newest` never blocks and copies nothing; null before the first snapshot. */
export interface SnapshotFeed {
  readonly layout: SnapshotLayout
  newest(): Snapshot | null
  /** Simulated seconds between two snapshots at the present speed, for interpolation. */
  readonly secondsPerTick: number
}
