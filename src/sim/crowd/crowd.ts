import type { Columns, TableOf } from '../core/table'
import type { CrowdInput, CrowdChange, WalkingParameters } from './crowdTypes'
import type { Navigation } from './navigation/navigation'
import type { SpaceIndex } from './spaceIndex'

/**
 * Who is on a floor, sorted by cell: rows change every tick, `walker` says who it is. Two generations: a tick reads
 * `crowd.now` and writes `crowd.next` in the same order, which is then laid into `now` again, sorted.
 */
export const bodyColumns = {
  x: { type: 'f64', unit: 'm', doc: 'middle of the body' },
  y: { type: 'f64', unit: 'm', doc: 'middle of the body' },
  headingX: { type: 'f64', unit: '1', doc: 'direction of walking, of length 1' },
  headingY: { type: 'f64', unit: '1', doc: 'direction of walking, of length 1' },
  speed: { type: 'f64', unit: 'm/s', doc: 'in plan; never negative' },
  freeSpeed: { type: 'f32', unit: 'm/s', doc: 'on the level, with nobody near' },
  radius: { type: 'f32', unit: 'm', doc: 'of the body seen from above' },
  walker: { type: 'i32', unit: 'row', doc: 'row of the walkers and of `persons`' },
  floor: { type: 'i32', unit: 'row', doc: 'floor on which the middle of the body is' },
  cell: { type: 'i32', unit: 'row', doc: 'cell of the space index; in `next`, negative for who leaves the floors: one of `Away`' },
} as const satisfies Columns
export type BodyTable = TableOf<typeof bodyColumns>

/** Instead of a cell: why a body is on the floors no more. `persons.leftAt` then names the goal or lift. */
export const Away = { left: -1, inLift: -2 } as const

/** What a person wants in this tick, by row of `now`; written anew each tick by `aim`. */
export const aimColumns = {
  x: { type: 'f64', unit: '1', doc: 'desired direction, of length 1, or 0, 0: stands' },
  y: { type: 'f64', unit: '1', doc: 'desired direction' },
  pace: { type: 'f64', unit: '1', doc: 'share of the free speed that is wanted, 0 to 1' },
} as const satisfies Columns
export type AimTable = TableOf<typeof aimColumns>

/** What is remembered of each person, by walker row, from before they appear until after they left. */
export const personColumns = {
  progressX: { type: 'f64', unit: 'm', doc: 'place at the last look at the way' },
  progressY: { type: 'f64', unit: 'm', doc: 'place at the last look at the way' },
  state: { type: 'i32', unit: 'WalkerState', doc: 'what has become of the person' },
  enterTick: { type: 'i32', unit: 'tick', doc: 'when they came onto a floor; -1 = not yet' },
  leaveTick: { type: 'i32', unit: 'tick', doc: 'when they left; -1 = not yet' },
  leftAt: { type: 'i32', unit: 'row', doc: 'goal where they left, or lift that they are in; -1 = none' },
  startTick: { type: 'i32', unit: 'tick', doc: 'when they take their first step: after their reaction' },
  stage: { type: 'i32', unit: 'row', doc: 'of their journey' },
  goal: { type: 'i32', unit: 'row', doc: 'goal or queue of the stage that they have chosen; -1 = none' },
  field: { type: 'i32', unit: 'row', doc: 'flow field that they follow; -1 = none' },
  mode: { type: 'i32', unit: 'Mode', doc: 'what they are doing' },
  pass: { type: 'i32', unit: 'row', doc: 'gate that lets them through; -1 = none' },
  group: { type: 'i32', unit: 'row', doc: 'of `groups`; -1 = alone' },
  progressTick: { type: 'i32', unit: 'tick', doc: 'when they last made progress' },
  nextWaiting: { type: 'i32', unit: 'row', doc: 'next walker who waits to appear at the same goal; -1 = last' },
  remaining: { type: 'f32', unit: 'm', doc: 'way to what they aim at; Infinity = unknown' },
  pace: { type: 'f32', unit: '1', doc: 'share of the free speed that their group has them keep' },
} as const satisfies Columns
export type PersonTable = TableOf<typeof personColumns>

/** `walking`: wants to get on; `standing`: stays where it is; `queued`: goes to a slot of a queue or stands in it; `held`: waits at a gate, a lift or a closed way. */
export const Mode = { walking: 0, standing: 1, queued: 2, held: 3 } as const

/** Members of groups in one list: those of group g are member[first[g]] to member[first[g + 1] - 1]. */
export interface Groups {
  readonly first: Int32Array
  readonly member: Int32Array
}

/** Whoever left, in order: `counts[CrowdCount.left]` rows. */
export const leftColumns = {
  walker: { type: 'i32', unit: 'row', doc: 'who' },
  goal: { type: 'i32', unit: 'row', doc: 'where' },
  tick: { type: 'i32', unit: 'tick', doc: 'in which tick' },
} as const satisfies Columns
export type LeftTable = TableOf<typeof leftColumns>

/** Single numbers of the state. */
export const CrowdCount = {
  tick: 0, nextWalker: 1, waiting: 2, inside: 3, inLift: 4, left: 5, entering: 6, nextChange: 7, updates: 8, replans: 9, due: 10, waitingPlaced: 11,
} as const

/** What domains tell each other within a tick. */
export interface CrowdMail {
  /** Bodies by domain: first row in `now`, and the end of the last; and the same as it will be after this tick. */
  readonly first: Int32Array
  readonly nextFirst: Int32Array
  /** Rows that leave domain d for another: row[first[d]] to row[first[d] + posted[d] - 1]; how many of them for domain e: count[d * domains + e]. The last d is the door, for those who appear. */
  readonly row: Int32Array
  readonly posted: Int32Array
  readonly count: Int32Array
  /** How many of each domain left the floors in this tick, and how many are in it now. */
  readonly away: Int32Array
  readonly load: Float64Array
}

/** A crowd under way: plain data, so that threads can share it. */
export interface Crowd {
  readonly input: CrowdInput
  readonly parameters: WalkingParameters
  readonly index: SpaceIndex
  /** Largest radius of all walkers, m. */
  readonly radiusMost: number
  /** Changes in order of tick; the list grows when changes are scheduled. */
  changes: readonly CrowdChange[]
  readonly counts: Float64Array
  readonly now: BodyTable
  readonly next: BodyTable
  readonly aims: AimTable
  readonly persons: PersonTable
  readonly groups: Groups
  /** 1 = somebody in the cell moved, appeared or left in a tick: of even ticks, then of odd ones. And by walker, 1 = stood still in the last tick. Both only save work: see `calm.ts`. */
  readonly stir: Uint8Array
  readonly calm: Uint8Array
  readonly left: LeftTable
  readonly mail: CrowdMail
  /** First body of each cell in `now`; the last entry is the number of bodies. */
  readonly cellFirst: Int32Array
  /** Of each cell: the sum of the headings of those who walk, x and y in turn, as it was some ticks ago. */
  readonly facing: Float32Array
  /** For laying a domain out: by cell, how many, then where the next one goes. */
  readonly cellCursor: Int32Array
  /** Those who appear in this tick: last of them in each cell, -1 = none; links by row of `next`. */
  readonly enterHead: Int32Array
  readonly enterNext: Int32Array
  /** Walkers that wait to appear by goal, and, last, those with a place of their own: first and last of each list, -1 = none. */
  readonly waitHead: Int32Array
  readonly waitTail: Int32Array
  /** By goal: its floor; west, south, east and north end. */
  readonly goalFloor: Int32Array
  readonly goalBounds: Float64Array
  readonly navigation: Navigation
}
