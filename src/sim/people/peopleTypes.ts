import type { Columns, TableOf } from '../core/table'
import type { CrowdInput } from '../crowd/crowdTypes'
import type { SidewalkGraph } from '../sidewalks'
import type { TransitService } from '../transit'
import type { CountLine } from './countLines'
import type { CrowdLimits } from './crowdLimits'

/** How somebody covers one leg of a way. Crowd: in two dimensions; footway: along the walking graph of the city; transfer: from one train to another, in a time. */
export const LegKind = { crowd: 0, footway: 1, drive: 2, taxi: 3, transit: 4, transfer: 5 } as const

/** Where a person is. Every person is in exactly one of these places, at every tick. */
export const Place = {
  /** Not yet out. */
  before: 0, crowd: 1, footway: 2,
  /** At the car, for companions who are still on their way. */
  car: 3,
  /** In a vehicle on the road, or in one that waits for room to drive off. */
  driving: 4,
  taxiRank: 5, platform: 6, train: 7, arrived: 8,
  /** The vehicle cannot reach its destination; listed with the trip's reason. */
  stranded: 9,
  /** Between two trains, in a station. */
  transfer: 10,
} as const
export const PLACES = 11

/** What a person mainly travels by, for tables and colours. */
export const TravelMode = { walk: 0, metro: 1, bus: 2, taxi: 3, car: 4 } as const

export const planColumns = {
  id: { type: 'i32', unit: 'id', doc: 'stable number of the person, one through all modes, runs and variants' },
  startTick: { type: 'i32', unit: 'tick', doc: 'when the first leg begins' },
  legFirst: { type: 'i32', unit: 'row', doc: 'first leg of the plan' },
  legCount: { type: 'i32', unit: '1', doc: 'legs of the plan' },
  event: { type: 'i32', unit: 'row', doc: 'event to which the person goes' },
  mode: { type: 'u8', unit: 'TravelMode', doc: 'what the way home is mainly by' },
} as const satisfies Columns
export type PlanTable = TableOf<typeof planColumns>

export const legColumns = {
  from: { type: 'i32', unit: 'row', doc: 'crowd: goal where one enters, or of `From`; footway: node, -1 = where the leg before ended; transit: stop, -1 = that of the door where the leg before ended' },
  to: { type: 'i32', unit: 'row', doc: 'footway: node; transit: stop where one gets off; transfer: ticks that it takes; else -1' },
  ref: { type: 'i32', unit: 'row', doc: 'crowd: walker; drive and taxi: party; else -1' },
  kind: { type: 'u8', unit: 'LegKind', doc: 'how' },
} as const satisfies Columns
export type LegTable = TableOf<typeof legColumns>

/** Where a leg in the crowd begins, other than at a goal: where the walker's row says, or at the door where one got off the train. */
export const From = { own: -1, trainDoor: -2 } as const

/** People who share a car or taxi, and its trip. */
export const partyColumns = {
  trip: { type: 'i32', unit: 'row', doc: 'trip of the vehicle: scheduled, or on call and called when all are there' },
  size: { type: 'i32', unit: '1', doc: 'persons' },
  rank: { type: 'i32', unit: 'row', doc: 'taxi rank where it waits for a taxi; -1 = own car' },
} as const satisfies Columns
export type PartyTable = TableOf<typeof partyColumns>

/** Empty taxis on their way to a rank. */
export const taxiColumns = {
  trip: { type: 'i32', unit: 'row', doc: 'trip that brings it to the rank' },
  rank: { type: 'i32', unit: 'row', doc: 'rank' },
} as const satisfies Columns
export type TaxiTable = TableOf<typeof taxiColumns>

export interface LocalName { readonly zh: string; readonly en: string }

/** A station or stop, m. */
export interface TransitPlace extends LocalName { readonly x: number; readonly y: number }

/** Everything about people that a run needs besides its vehicles. */
export interface PeopleInput {
  readonly crowd: CrowdInput
  readonly persons: PlanTable
  readonly legs: LegTable
  readonly parties: PartyTable
  readonly taxis: TaxiTable
  /** Ids of the events to which persons go, by row; absent = all go to the same. */
  readonly events?: readonly string[]
  /** Taxi ranks, by row: their names. */
  readonly ranks: readonly string[]
  /** By goal of the walk space: node of the walking graph behind it; stop and door of a train behind it. -1 = none. */
  readonly goalNode: Int32Array
  readonly goalStop: Int32Array
  readonly goalDoor: Int32Array
  /** Footways of the city and trains; absent = no leg is on them. */
  readonly sidewalks?: SidewalkGraph
  readonly transit?: TransitService
  /** By place of its stops and by line of its routes, for reports; absent = they are told by row. */
  readonly transitNames?: { readonly stations: readonly TransitPlace[]; readonly lines: readonly LocalName[] }
  /** What raises an alarm; absent = `crowdLimits`. */
  readonly limits?: CrowdLimits
  /** Lines over which persons are counted; absent = none. */
  readonly countLines?: readonly CountLine[]
}
