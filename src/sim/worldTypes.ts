import type { Columns, TableOf } from './core/table'
import type { Network } from './network/networkTables'
import type { PeopleInput } from './people/peopleTypes'
import type { Rule } from './rules/ruleTypes'

/** One trip by road: who, when, from where on the network to where. Sorted by departTick, then id. */
export const tripColumns = {
  originOffset: { type: 'f64', unit: 'm', doc: 'position on the origin link' },
  destinationOffset: { type: 'f64', unit: 'm', doc: 'position on the destination link' },
  id: { type: 'i32', unit: 'id', doc: 'stable id of the trip; keys every draw of this driver' },
  departTick: { type: 'i32', unit: 'tick', doc: 'when it wants to enter the road; ON_CALL = when `callTrip` says so' },
  originLink: { type: 'i32', unit: 'row', doc: 'link where it starts' },
  destinationLink: { type: 'i32', unit: 'row', doc: 'link where it ends' },
  originZone: { type: 'i32', unit: 'TAZ id', doc: 'zone, or -(gateway node row) - 2' },
  destinationZone: { type: 'i32', unit: 'TAZ id', doc: 'zone, or -(gateway node row) - 2' },
  class: { type: 'u8', unit: 'VehicleClass', doc: 'of the vehicle' },
  purpose: { type: 'u8', unit: 'Purpose', doc: 'what the trip is for' },
} as const satisfies Columns
export type TripTable = TableOf<typeof tripColumns>

/** `departTick` of trips whose hour nobody knows before: cars of people who are still on foot. They stand last in the table. */
export const ON_CALL = 0x7fffffff

/** 0 commute, 1 other, 2 taxi, 3 freight, 4 through traffic, 5 event arrival, 6 event departure, 7 return home. */
export const Purpose = { commute: 0, other: 1, taxi: 2, freight: 3, through: 4, eventArrival: 5, eventDeparture: 6, home: 7 } as const

/** A timed change of the network. Applied at the start of its tick, in order of tick and then of the list. */
export interface NetworkChange {
  readonly tick: number
  readonly kind: 'closeLane' | 'openLane' | 'closeTurn' | 'openTurn' | 'speedLimit' | 'capacity' | 'weather' | 'signalPlan' | 'message'
  /** Lane row for lanes; link row for speedLimit, capacity and message; for turns any turn of the movement, which is closed as a whole; 0 for the weather; program row for signalPlan. */
  readonly row: number
  /** closeLane/openLane, closeTurn/openTurn: bits of the classes that are shut out / let in again; absent = all. */
  readonly classes?: number
  /** speedLimit: m/s; absent = that of this source ends, so that the one that began before it holds again, or the network's own. */
  readonly speedLimit?: number
  /** capacity, weather: flow of a lane by that of a dry day on a free road; absent = that of this source ends. */
  readonly capacity?: number
  /** weather: desired speeds by those of a dry day. */
  readonly speedFactor?: number
  /** message: of the drivers bound over the link, the share who look for another way; absent = that of this source ends. */
  readonly share?: number
  /** signalPlan: absent = that of this source ends. */
  readonly plan?: SignalPlan
  /** Edit that caused it, for lists and messages. */
  readonly source: string
}

/** Times of a signal program, and who goes in its stages; their number, yellows and all-reds stay as they are. */
export interface SignalPlan {
  /** Green of each stage, s. */
  readonly greens: readonly number[]
  /** Start of the first stage after midnight, s, modulo the cycle; absent = the program's own. */
  readonly offset?: number
  /** Signal groups that go in each stage, as bits; absent = the program's own. */
  readonly masks?: readonly StageMasks[]
}

/** Bits of the signal groups with a green that no other green crosses, and of those that may go but give way. */
export interface StageMasks { readonly protectedMask: number; readonly permittedMask: number }

/** Routes of trips that come with one, as links, the origin's first; a trip without any finds its own. */
export interface GivenRoutes {
  /** By trip row, and one more: first entry of its route in `link`. */
  readonly first: Int32Array
  readonly link: Int32Array
}

/** Everything that makes a run: the same input gives the same states, whoever runs it and wherever. */
export interface WorldInput {
  /** People on foot and their plans; absent = vehicles only. */
  readonly people?: PeopleInput
  readonly network: Network
  readonly trips: TripTable
  readonly changes: readonly NetworkChange[]
  /** What is done when a measure passes a threshold; absent = nothing. */
  readonly rules?: readonly Rule[]
  readonly seed: number
  /** s; 0.5 by default. */
  readonly dt: number
  /** Second of the day of tick 0. */
  readonly startTime: number
  readonly rerouteShare: number
  /** Drivers go back to the right where it costs them little and overtake on the left; absent = they choose lanes by gain alone, as in Chinese cities. */
  readonly keepRight?: boolean
  /** Absent = every driver finds a route. */
  readonly routes?: GivenRoutes
  /** Desired speed / speed limit by trip row, 0 = drawn; absent = all drawn. */
  readonly speedFactors?: Float32Array
  /** Length of the vehicle by trip row, m, at most LENGTH_MAX; 0 = that of its class; absent = all of their class. For the micro engine. */
  readonly lengths?: Float32Array
}

/** Why a vehicle is slower than it wants to be; shown to whoever clicks it. */
export const Wait = {
  none: 0, leader: 1, signal: 2, yield: 3, exitFull: 4, laneChange: 5, closure: 6, insertion: 7, curve: 8, junctionBusy: 9, crossing: 10,
} as const

/** Why a trip cannot arrive. */
export const Unreachable = { none: 0, noRoute: 1, originClosed: 2, destinationClosed: 3, cutOff: 4 } as const

/** Counts that always add up: departures = waiting + running + arrived + unreachable. */
export interface RunTotals {
  tick: number
  /** All trips due by now. */
  departures: number
  /** Trips that entered the road. */
  inserted: number
  arrived: number
  running: number
  /** Due, but no room yet on the road where they start. */
  waiting: number
  unreachable: number
  /** Times that one vehicle was let through to dissolve a deadlock. */
  interventions: number
  /** Times that a driver who missed the lane took another way. */
  missedTurns: number
  reroutes: number
  /** veh·h on the road and in the insertion queues. */
  vehicleHours: number
  /** veh·h that due trips waited for room to enter. */
  waitingHours: number
  vehicleKm: number
  /** Vehicle updates done, for the benches. */
  vehicleUpdates: number
}
