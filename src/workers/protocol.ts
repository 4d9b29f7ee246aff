import type { CallPlace, JamReport, NetworkChange, Outcome, PeopleReport, PersonReport, Problem, RuleReport, RunTotals, Snapshot, SnapshotLayout, StageMasks, TripTally } from '../sim'
import type { Conflict, CutOff, Scenario } from '../scenario'

/**
 * What the page and the simulation worker say to each other, over comlink. Per-snapshot data never goes through here:
 * it lies in a ring of shared buffers, or, where SharedArrayBuffer is unavailable, in buffers handed to and fro.
 */
export interface SimHost {
  /** Loads the city pack, compiles the scenario and stands at its first tick. */
  load(request: LoadRequest): Promise<Outcome<RunInfo>>
  /** Where transferred snapshots go when memory cannot be shared; call it before `load`. */
  connectSnapshots(port: MessagePort): Promise<void>
  /** Simulated seconds per wall second; 0 pauses; Infinity is as fast as it goes. */
  setSpeed(factor: number): Promise<void>
  /** Runs on (fast) to a tick, or begins anew from an earlier one of the same run; then pauses. */
  runTo(tick: number): Promise<RunStatus>
  /**
   * Makes the run follow another version of the document from now on. Edits that were added apply from the next tick;
   * edits that were taken away go back to the state saved before they first applied and re-simulate up to now, so that
   * an undone run is identical to one in which the edit never was.
   */
  update(scenario: Scenario): Promise<Outcome<RunUpdate>>
  /**
   * Shows the run as it was at an earlier tick, from what was recorded, and plays on from there at the pace of the run until it has
   * caught up; the run itself stands still meanwhile. null = shows it again as it stands.
   */
  review(tick: number | null): Promise<RunStatus>
  status(): Promise<RunStatus>
  /** 16 hex digits over the whole state of the present tick. */
  stateHash(): Promise<string>
  inspectLink(link: number): Promise<LinkReport>
  inspectVehicle(slot: number): Promise<VehicleReport | null>
  /** Of runs with people on foot, by slot of the snapshot; null = nobody. */
  inspectPerson(slot: number): Promise<PersonReport | null>
  /** Slot of the person with a number, and of the vehicle that makes the trip of that number; -1 = nobody has it, it is not on the road. */
  findNumber(id: number): Promise<{ readonly person: number; readonly vehicle: number }>
  /** What the rules of the run measure and have done; null = it has none. */
  ruleLog(): Promise<RuleLog | null>
  unreachable(): Promise<readonly UnreachableTrip[]>
  interventions(): Promise<readonly Intervention[]>
  /** What edits of a document, followed or not, do to each other and to the city that a planner may not mean. */
  conflicts(scenario: Scenario): Promise<readonly Conflict[]>
  /** Where taxis are wanted, and how the trips of each event and estate stand. */
  demandNow(): Promise<DemandNow>
  /** Where the queues of these links begin, and why. */
  jams(links: readonly number[]): Promise<readonly JamReport[]>
  /** Times of the signals of a program for what wants to pass its junction now. @param masks  who goes in its stages; null = as compiled */
  signalAdvice(program: number, masks: readonly StageMasks[] | null): Promise<SignalAdvice>
  /** The quickest way between two links for each moment, by the times of this run. */
  routes(question: RouteQuestion): Promise<readonly (RouteAnswer | null)[]>
  /** Counts of the run at every recorded moment, oldest first. */
  recorded(): Promise<readonly RunTotals[]>
  /** Persons by place at the end of every minute of the run as it stands, also while an earlier moment is shown; null = it has none. */
  peopleByMinute(): Promise<PeopleReport['placesByMinute'] | null>
  /** The run as it stands as a zip for researchers: manifest with hashes, scenario, indicators, trips, links. */
  exportRun(): Promise<Uint8Array>
}

/** What people want of the roads now. */
export interface DemandNow {
  /** Zones where taxis set out in the last quarter of an hour, most first. */
  readonly taxis: readonly CallPlace[]
  /** Of every event and estate in force, by the id of its edit. */
  readonly planned: readonly (TripTally & { readonly edit: string })[]
}

/** The rules of a run as it stands, and what they have changed of the network so far. */
export interface RuleLog extends RuleReport { readonly changes: readonly NetworkChange[] }

export interface SignalAdvice {
  /** Green of each stage, s. */
  readonly greens: readonly number[]
  /** Share of the time that greens are needed for; from 0.85 on the junction is saturated. */
  readonly flowRatio: number
  /** What wants to pass. */
  readonly flowVehPerHour: number
}

export interface RouteQuestion {
  /** Rows of links, the one that is meant first; those that follow stand in for it where no way leads from or to it, as on a road out of the city. */
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** VehicleClass. */
  readonly class: number
  /** Second of the day; `open` = as if nothing had been changed. */
  readonly moments: readonly { readonly at: number | 'now'; readonly open?: boolean }[]
}

export interface RouteAnswer { readonly links: readonly number[]; readonly seconds: number; readonly metres: number }

export interface LoadRequest {
  readonly scenario: Scenario
  /** Base address of the pack: manifest.json lies there. */
  readonly cityUrl: string
  /** Buffers of the snapshot ring are shared if true, else transferred through the port of `connectSnapshots`. */
  readonly shared: boolean
  /** Threads that drive the vehicles, where memory is shared; absent = by the machine. The states are the same for any number. */
  readonly threads?: number
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

/** What an update did: the changes that the run follows from now on, in order of tick. */
export interface RunUpdate {
  readonly status: RunStatus
  readonly changes: readonly NetworkChange[]
  /** Ticks that were simulated again because edits were taken away. */
  readonly replayedTicks: number
  /** Streets that closures which are new cut off. */
  readonly cutOffs: readonly CutOff[]
}

export interface RunStatus {
  /** Threads that drive the vehicles. */
  readonly threads: number
  /** Of the moment that is shown. */
  readonly totals: RunTotals
  /** Of runs with people on foot; times are s after the start. */
  readonly people: PeopleReport | null
  /** Whether it has rules: `ruleLog` tells of them. */
  readonly rules: boolean
  /** Of the present tick; empty while the run moves on, where it would be stale before it arrives. */
  readonly stateHash: string
  /** How far the run has come; `totals.tick` lies before it while an earlier moment is shown. */
  readonly liveTick: number
  readonly reviewing: boolean
  /** First tick that can be shown again; -1 = none. */
  readonly recordedFrom: number
  readonly speedFactor: number
  readonly realTimeFactor: number
  readonly finished: boolean
  /** Set while history is simulated again after an edit was taken away. */
  readonly replay: { readonly fromTick: number; readonly toTick: number } | null
  /** Set when the run had to stop because one of its own beliefs broke; the document is unharmed. */
  readonly failure: Problem | null
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
  /** How many its speed is of; s for which nobody has been on it: see `SimLinkReport`. */
  readonly seen: number
  readonly quiet: number
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

/** One vehicle let through to dissolve a deadlock: when (s of the day) and at which node. */
export interface Intervention { readonly time: number; readonly node: number; readonly trip: number }

/** What the renderer reads every frame. `newest` never blocks and copies nothing; null before the first snapshot. */
export interface SnapshotFeed {
  readonly layout: SnapshotLayout
  newest(): Snapshot | null
  /** Simulated seconds between two snapshots at the present speed, for interpolation. */
  readonly secondsPerTick: number
}
