import type { StateCreator } from 'zustand'
import type { Scenario } from '../../scenario'
import type { NetworkChange, PersonReport, Problem } from '../../sim'
import type { Intervention, LinkReport, MemoryMode, RuleLog, RunInfo, RunStatus, UnreachableTrip, VehicleReport } from '../../workers'
import type { JamRow } from '../model/jams'
import { nothingBeside, type BesideState } from './beside'
import { noComparison, type ComparisonState } from './comparison'
import type { AppState } from './store'

export type Phase = 'opening' | 'running' | 'failed'
export type OpeningStep = 'city' | 'scenario' | 'traffic' | 'view' | 'ahead'

/** Status and measures of the run, about four times a second. Nothing here changes per frame. */
export interface RunSlice {
  phase: Phase
  opening: { readonly step: OpeningStep; readonly share: number; /** Times of the simulated day, while it runs ahead. */ readonly now?: string; readonly until?: string }
  /** Why there is no 3D view; the run does not need one. */
  viewProblem: Problem | null
  /** The 3D view shows ground and roads. */
  cityVisible: boolean
  /** Why opening failed, or why the run stopped. */
  problems: readonly Problem[]
  info: RunInfo | null
  status: RunStatus | null
  memory: MemoryMode
  /** Simulated seconds per wall second that the planner wants; kept while paused. */
  speed: number
  playing: boolean
  /** Version of the document that the run follows; null = none yet. */
  followed: Scenario | null
  /** What the run really follows, with the ticks at which it applies. */
  changes: readonly NetworkChange[]
  /** What the rules of the run measure and have done; null = it has none. */
  rules: RuleLog | null
  /** Lanes and classes closed at this moment. */
  closedLanes: readonly number[]
  /** m/s; mean over the vehicles on the road. */
  speedMean: number
  jams: readonly JamRow[]
  trips: readonly UnreachableTrip[]
  interventions: readonly Intervention[]
  linkReport: LinkReport | null
  vehicleReport: VehicleReport | null
  personReport: PersonReport | null
  /** An edit is being taken into the run. */
  updating: boolean
  comparison: ComparisonState
  beside: BesideState
}

export const createRunSlice: StateCreator<AppState, [], [], RunSlice> = () => ({
  phase: 'opening',
  opening: { step: 'city', share: 0 },
  viewProblem: null,
  cityVisible: false,
  problems: [],
  info: null,
  status: null,
  memory: 'shared',
  speed: 10,
  playing: true,
  followed: null,
  changes: [],
  rules: null,
  closedLanes: [],
  speedMean: 0,
  jams: [],
  trips: [],
  interventions: [],
  linkReport: null,
  vehicleReport: null,
  personReport: null,
  updating: false,
  comparison: noComparison,
  beside: nothingBeside,
})
