import type { Columns, TableOf } from '../core/table'
import type { WalkSpace } from './walkSpace'

/** One person of a crowd. Sorted by appearTick, then id. */
export const walkerColumns = {
  x: { type: 'f64', unit: 'm', doc: 'where the person appears; of one who appears at a goal: the spot where the person stays; NaN = anywhere free' },
  y: { type: 'f64', unit: 'm', doc: 'likewise' },
  speed: { type: 'f64', unit: 'm/s', doc: 'free speed on the level; 0 = drawn by age (docstring of freeSpeed.ts)' },
  radius: { type: 'f64', unit: 'm', doc: 'of the body seen from above; 0 = the default' },
  id: { type: 'i32', unit: 'id', doc: 'stable id of the person; keys every draw' },
  appearTick: { type: 'i32', unit: 'tick', doc: 'when the person appears; -1 = when `enterWalker` says so' },
  floor: { type: 'i32', unit: 'row', doc: 'floor where the person appears; -1 = that of `from`' },
  from: { type: 'i32', unit: 'row', doc: 'goal where the person appears; -1 = at x, y' },
  journey: { type: 'i32', unit: 'row', doc: 'what the person does' },
  group: { type: 'i32', unit: 'id', doc: 'who walk together share it; -1 = alone' },
  leaveTick: { type: 'i32', unit: 'tick', doc: 'end of stays of their own (`own` of a stay); -1 = none' },
  reaction: { type: 'f32', unit: 's', doc: 'from appearing to the first step' },
  age: { type: 'u8', unit: 'year', doc: 'for the free speed; 0 = drawn' },
} as const satisfies Columns
export type WalkerTable = TableOf<typeof walkerColumns>

/** One thing that a person does; the next begins when it is done. */
export type Stage =
  /**
   * Walk to whichever of these goals is reached soonest. Closed ones are left out: `ifClosed` says whether to wait or to take another way.
   * Who chooses of their own mind (`choice.ts`) goes up to about `follows` s longer to be where all others are seen to go, and leaves the goal once chosen only
   * for one that is nearer by `keeps` s; either is 0 if left out.
   */
  | { readonly kind: 'walk'; readonly goals: readonly string[]; readonly ifClosed?: 'reroute' | 'wait'; readonly follows?: number; readonly keeps?: number }
  /** Stay in the goal area where one is, for a time (s), until a second of the day, until `release` is called for the goal, or (`own`) until the leaveTick of the walker. */
  | { readonly kind: 'stay'; readonly seconds?: number; readonly until?: number; readonly released?: boolean; readonly own?: boolean }
  /** Stand in line at whichever of these queues is served soonest. */
  | { readonly kind: 'queue'; readonly queues: readonly string[] }

export interface Journey {
  readonly id: string
  readonly stages: readonly Stage[]
}

/** A timed change of the walk space, at the start of its tick. */
export type CrowdChange = { readonly tick: number; readonly source: string } & (
  | { readonly kind: 'barrier'; readonly id: string; readonly closed: boolean }
  | { readonly kind: 'gate'; readonly id: string; readonly stands?: boolean; readonly open?: boolean; readonly lanes?: number; readonly service?: number; readonly lets?: 'both' | 'firstOnLeft' | 'firstOnRight' }
  | { readonly kind: 'goal'; readonly id: string; readonly open?: boolean; readonly service?: number }
  /** Those who stay in the goal until it is released go on within `spread` s, each at a moment of their own. */
  | { readonly kind: 'release'; readonly id: string; readonly spread?: number }
  | { readonly kind: 'belt'; readonly floor: string; readonly speed: number }
  | { readonly kind: 'queue'; readonly id: string; readonly servers: number }
)

/** Parameters of the walking model; docstring and values in `walkingModel.ts`. */
export interface WalkingParameters {
  readonly radius: number
  readonly timeGap: number
  readonly [name: string]: number
}

/** Everything that makes a run of a crowd: the same input gives the same states, whoever runs it and wherever. */
export interface CrowdInput {
  readonly space: WalkSpace
  readonly walkers: WalkerTable
  readonly journeys: readonly Journey[]
  readonly changes: readonly CrowdChange[]
  /** Barriers that may close or open at hours that nobody knows before, beside those of `changes`; absent = none. */
  readonly onCall?: readonly string[]
  readonly seed: number
  /** s; 0.05 by default. */
  readonly dt: number
  /** Second of the day of tick 0. */
  readonly startTime: number
  readonly parameters?: Partial<WalkingParameters>
}

/** What has become of each person. Persons that appeared = inside + left, at every tick. */
export const WalkerState = { notYet: 0, waitingToEnter: 1, inside: 2, inLift: 3, left: 4 } as const
