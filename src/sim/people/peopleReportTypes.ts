import type { CrowdLimits } from './crowdWatch'
import type { Place } from './peopleTypes'

/** How many persons are in each place; their sum never changes. */
export type PeopleTotals = { readonly [K in keyof typeof Place]: number }

/** One taxi rank. */
export interface RankReport {
  readonly name: string
  /** Empty taxis that stand there. */
  readonly taxis: number
  /** Parties in line. */
  readonly line: number
  readonly served: number
  /** s that those served stood in line, on average; null = nobody was. */
  readonly waitMean: number | null
}

/** What planners read of the people of a run as it stands, SI. */
export interface PeopleReport {
  readonly persons: number
  readonly places: PeopleTotals
  readonly ranks: readonly RankReport[]
  /** Highest density at this moment, p/m², and the highest so far: where, when (s after the start). */
  readonly densityNow: number
  readonly densest: { readonly density: number; readonly x: number; readonly y: number; readonly floor: string; readonly time: number } | null
  /** Highest crowd pressure so far, 1/s². */
  readonly pressure: number
  /** Person-seconds by Fruin level A to F, on walkways and on stairs. */
  readonly walkwayLevels: readonly number[]
  readonly stairLevels: readonly number[]
  /** Person-seconds at or above the limits of an unstable and of a dangerous crowd. */
  readonly exposure: readonly [unstable: number, dangerous: number]
  readonly limits: CrowdLimits
  /** Latest first. */
  readonly alarms: readonly CrowdAlarm[]
  readonly alarmCount: number
  /** Persons by the goal where they left the walk space, most first. */
  readonly exits: readonly { readonly goal: string; readonly persons: number }[]
  /** Of those who stay until the end of their event: s from its end until half, 95 % and all had left; null = not yet. */
  readonly clear: { readonly left: number; readonly t50: number | null; readonly t95: number | null; readonly t100: number | null }
  /** How often somebody who got nowhere for a minute was sent another way. */
  readonly replans: number
}

export interface CrowdAlarm { readonly kind: number; readonly value: number; readonly x: number; readonly y: number; readonly floor: string; readonly time: number }

/** When people left, s after the start of the run: when the first wanted to; when each who is out of the walk space for good went out. */
export interface Clearing { readonly leaveFrom: number; readonly left: readonly number[] }
