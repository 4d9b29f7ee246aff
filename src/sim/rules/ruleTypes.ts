import type { CrowdChange } from '../crowd/crowdTypes'
import type { NetworkChange } from '../worldTypes'

/** s between two looks at the measures of rules, from the start of the run on. */
export const RULE_SECONDS = 5

/** What a rule watches: one number, in the unit that `ruleUnits` gives it. */
export type RuleMeasure =
  /** Persons by ground that can be walked on, of whole floors of the walk space or of what of them lies in a circle (m). */
  | { readonly kind: 'crowdDensity'; readonly floors: readonly string[]; readonly circle?: { readonly x: number; readonly y: number; readonly radius: number } }
  /** Persons who wait at a gate of the walk space, and in line at a taxi rank. */
  | { readonly kind: 'gateQueue'; readonly gate: string }
  | { readonly kind: 'rankQueue'; readonly rank: string }
  /** Persons on a platform and on their last step into its trains: of several floors the fullest. */
  | { readonly kind: 'platformLoad'; readonly floors: readonly string[] }
  | { readonly kind: 'platformDensity'; readonly floors: readonly string[] }
  /** Persons over a line of the planner, both ways, in the last whole minute. */
  | { readonly kind: 'lineFlow'; readonly line: string }
  /** Vehicles that stand on links, and the mean speed of all on them; on an empty road that of the speed limit. */
  | { readonly kind: 'roadQueue'; readonly links: readonly number[] }
  | { readonly kind: 'roadSpeed'; readonly links: readonly number[] }

export type RuleMeasureKind = RuleMeasure['kind']

export const ruleUnits: { readonly [K in RuleMeasureKind]: string } = {
  crowdDensity: 'p/m²', gateQueue: 'persons', rankQueue: 'persons', platformLoad: 'persons', platformDensity: 'p/m²', lineFlow: 'persons/min', roadQueue: 'vehicles', roadSpeed: 'km/h',
}

/** What a rule does, at once and at whatever tick it comes to that. */
export interface RuleChanges {
  readonly network: readonly Omit<NetworkChange, 'tick'>[]
  readonly crowd: readonly UntimedCrowdChange[]
}

export type UntimedCrowdChange = CrowdChange extends infer Change ? (Change extends CrowdChange ? Omit<Change, 'tick'> : never) : never

/** Trains of a route leave its first stop so often. */
export interface TrainOrder { readonly route: number; readonly seconds: number }

/** Once its measure has been beyond the threshold for long enough, a rule acts; it ends that when the measure has come back, or its window ends. */
export interface Rule {
  readonly id: string
  readonly measure: RuleMeasure
  /** On which side of the threshold it begins to act. */
  readonly side: 'above' | 'below'
  /** In the unit of the measure. */
  readonly threshold: number
  /** For so long the measure must be beyond it, at every look. */
  readonly holdTicks: number
  /** Back beyond this threshold for so long, it ends; what lies between the two thresholds changes nothing. null = with the window. */
  readonly release: { readonly threshold: number; readonly holdTicks: number } | null
  /** After its end it rests for so long. */
  readonly restTicks: number
  /** Ticks between which it may act. */
  readonly fromTick: number
  readonly toTick: number
  /** Kinds of its actions, for the log. */
  readonly actions: readonly string[]
  readonly begin: RuleChanges
  readonly end: RuleChanges
  /** Headways that hold while it acts, of routes that have departures to spare; absent = none. */
  readonly trains?: readonly TrainOrder[]
}

/** Where a rule stands. */
export interface RuleState {
  acting: boolean
  /** Since when what makes it turn has held; -1 = does not. */
  sinceTick: number
  /** When it began or ended last; -1 = never. */
  turnTick: number
  /** What was measured at the last look. */
  value: number
}

/** Something that a rule did. */
export interface RuleEvent {
  readonly tick: number
  readonly rule: string
  readonly kind: 'begin' | 'end'
  /** Why: its measure passed a threshold, or its window ended. */
  readonly cause: 'measure' | 'window'
  /** What was measured, and what it passed. */
  readonly value: number
  readonly threshold: number
}

/** What saved worlds keep of rules: those that they had, by id. */
export interface SavedRules {
  readonly states: { readonly [id: string]: Readonly<RuleState> }
  readonly log: readonly RuleEvent[]
  /** Changes of the walk space that rules have made. */
  readonly crowdChanges: readonly CrowdChange[]
}

/** What planners read of the rules of a run as it stands; times are s after the start. */
export interface RuleReport {
  readonly rules: readonly RuleStatus[]
  /** In order of time. */
  readonly log: readonly RuleLogEntry[]
}

export interface RuleStatus {
  readonly id: string
  /** `waiting`: for its measure; `acting`: its actions hold; `resting`: it has ended and does not begin again yet; `over`: its window has ended. */
  readonly state: 'waiting' | 'acting' | 'resting' | 'over'
  /** When it began or ended last; null = never. */
  readonly since: number | null
  /** What was measured at the last look; null = it has not looked yet. */
  readonly value: number | null
}

export interface RuleLogEntry {
  readonly time: number
  readonly rule: string
  readonly kind: 'begin' | 'end'
  readonly cause: 'measure' | 'window'
  readonly measure: RuleMeasureKind
  readonly value: number
  readonly threshold: number
  readonly unit: string
  /** Kinds of what it did or ended. */
  readonly actions: readonly string[]
}
