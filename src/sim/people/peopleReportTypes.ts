import type { CrowdLimits } from './crowdLimits'
import type { LocalName, Place } from './peopleTypes'

/** How many persons are in each place; their sum never changes. */
export type PeopleTotals = { readonly [K in keyof typeof Place]: number }

/** One taxi rank. */
export interface RankReport {
  readonly name: string
  /** Empty taxis that stand there. */
  readonly taxis: number
  /** Parties in line. */
  readonly line: number
  /** Most of them so far. */
  readonly lineMost: number
  readonly served: number
  /** s that those served stood in line, on average; null = nobody was. */
  readonly waitMean: number | null
}

/** What planners read of the people of a run as it stands, SI; times are s after the start. */
export interface PeopleReport {
  readonly persons: number
  readonly places: PeopleTotals
  /** Persons by place at the end of every minute of the run; places where nobody ever was are left out. */
  readonly placesByMinute: { readonly [K in keyof typeof Place]?: readonly number[] }
  readonly ranks: readonly RankReport[]
  /** Highest density at this moment, p/m², and the highest so far: where, when. */
  readonly densityNow: number
  readonly densest: { readonly density: number; readonly x: number; readonly y: number; readonly floor: string; readonly time: number } | null
  /** Highest crowd pressure so far, 1/s². */
  readonly pressure: number
  /** Person-seconds by Fruin level A to F, on walkways and on stairs. */
  readonly walkwayLevels: readonly number[]
  readonly stairLevels: readonly number[]
  /** Person-seconds at 4 and more, and at 5 and more persons a m². */
  readonly exposure: readonly [unstable: number, dangerous: number]
  readonly limits: CrowdLimits
  /** Latest first. */
  readonly alarms: readonly CrowdAlarm[]
  readonly alarmCount: number
  /** How many of them go on. */
  readonly alarmsNow: number
  readonly lines: readonly LineReport[]
  readonly platforms: readonly PlatformReport[]
  /** Stops of trains where people of the run waited, got on or stayed behind. */
  readonly stops: readonly StopReport[]
  /** Where people waited, longest line first. */
  readonly queues: readonly QueueReport[]
  /** Persons by the goal where they left the walk space, most first. */
  readonly exits: readonly ExitReport[]
  /** 1 = ways to the street are used as their widths are to each other, towards 0 = all leave by the narrowest; null = nobody did. */
  readonly exitBalance: number | null
  readonly clear: Clearing
  /** Of each event for itself. */
  readonly clearByEvent: readonly EventClearing[]
  /** How often somebody who got nowhere for a minute was sent another way. */
  readonly replans: number
}

/** What passed its limit at a place, from when it began until it was calm again. `kind`: one of `AlarmKind`. */
export interface CrowdAlarm {
  readonly kind: number
  readonly limit: number
  /** Most that was measured, when, where, and who were there; null = a line. */
  readonly peak: number
  readonly peakTime: number
  readonly persons: number | null
  readonly x: number
  readonly y: number
  /** null = footways. */
  readonly floor: string | null
  readonly time: number
  /** null = it goes on. */
  readonly endTime: number | null
}

/** Persons over a line; left and right are seen from its first point. Flows in persons by metre and minute, both ways. */
export interface LineReport {
  /** Of the edit. */
  readonly id: string
  /** m of it that can be walked on. */
  readonly width: number
  readonly toLeft: number
  readonly toRight: number
  /** Of the last whole minute. */
  readonly flowNow: number
  readonly peak: { readonly flow: number; readonly time: number } | null
  /** Flow that one should not reckon to exceed, by its ground. */
  readonly limit: number
  /** By minute of the run. */
  readonly leftByMinute: readonly number[]
  readonly rightByMinute: readonly number[]
}

/** A platform; times to clear it in minutes, see `clearMinutes`. */
export interface PlatformReport {
  readonly floor: string
  /** On the floor; on their last step through a door; in trains that stand there, the city's other passengers with them. */
  readonly onFloor: number
  readonly atDoors: number
  readonly inTrains: number
  /** Most on it, trains left out. */
  readonly most: number
  readonly mostTime: number
  /** Persons a minute that its ways off carry. */
  readonly capacity: number
  /** With the trains that stand there. */
  readonly clearNow: { readonly platform: number; readonly safety: number }
  readonly clearMost: { readonly platform: number; readonly safety: number }
  /** Most by minute of the run. */
  readonly mostByMinute: readonly number[]
}

export interface StopReport {
  readonly station: LocalName
  readonly line: LocalName
  /** Where its trains run to. */
  readonly towards: LocalName
  /** On the platform before the doors and on their last step, now, and most of them so far. */
  readonly waiting: number
  readonly waitingMost: number
  readonly boarded: number
  /** s that those who got on waited at the doors, on average and at most; null = nobody did, or the platform is not walked on. */
  readonly waitMean: number | null
  readonly waitMost: number | null
  readonly alighted: number
  /** How often somebody stayed behind because the train was full. */
  readonly leftBehind: number
}

/** `gate`: of the walk space, or set by the planner ("edit:..."); `entrance`: a way into the walk space, where people wait for room. */
export interface QueueReport {
  readonly kind: 'gate' | 'entrance'
  readonly id: string
  readonly floor: string
  readonly x: number
  readonly y: number
  readonly now: number
  readonly most: number
  readonly mostTime: number
  /** Who went through. */
  readonly passed: number
  /** s that each waited, on average, those who still wait included; null = nobody has passed. */
  readonly waitMean: number | null
}

/** `width`: m; null where it is no door or edge. Shares are of those who left by ways to the street, and of the widths of these. */
export interface ExitReport {
  readonly goal: string
  readonly persons: number
  readonly width: number | null
  readonly share: number | null
  readonly capacityShare: number | null
}

/** How a place empties: how many of those who come will leave, how many of them would not yet, how many have, and s from when the first leave until half, 95 % and all have; null = not yet. */
export interface Clearing {
  readonly expected: number
  readonly staying: number
  readonly left: number
  readonly t50: number | null
  readonly t95: number | null
  readonly t100: number | null
}

/** `event`: its id. */
export interface EventClearing extends Clearing { readonly event: string }
