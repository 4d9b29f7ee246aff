import type { Columns, TableOf } from '../core/table'

/** What a vehicle takes along from path to path. */
export const carriedColumns = {
  speed: { type: 'f64', unit: 'm/s', doc: 'along the path, never negative' },
  acceleration: { type: 'f64', unit: 'm/s2', doc: 'of the step under way' },
  key: { type: 'i32', unit: 'hash', doc: 'of the draws by which he misjudges his acceleration' },
  factor: { type: 'f32', unit: '1', doc: 'desired speed / speed limit of this driver' },
  noise: { type: 'f32', unit: 'm/s2', doc: 'by which he misjudges his acceleration at present, from standstill' },
  length: { type: 'f32', unit: 'm', doc: 'bumper to bumper' },
  class: { type: 'u8', unit: 'VehicleClass', doc: 'of the vehicle' },
} as const satisfies Columns
export type CarriedTable = Omit<TableOf<typeof carriedColumns>, 'rows' | 'buffer'>

/**
 * What moves every tick, stored by path: the vehicles of a path lie contiguously in travel order, head first, in the
 * path's own segment of this table, so that the leader is the cell before.
 */
export const cellColumns = {
  position: { type: 'f64', unit: 'm', doc: 'front bumper, from the start of its path' },
  speed: carriedColumns.speed,
  acceleration: carriedColumns.acceleration,
  slot: { type: 'i32', unit: 'row', doc: 'row in the slot table' },
  key: carriedColumns.key,
  cap: { type: 'f32', unit: 'm/s2', doc: 'acceleration allowed by co-operation in this tick' },
  factor: carriedColumns.factor,
  noise: carriedColumns.noise,
  length: carriedColumns.length,
  class: carriedColumns.class,
  marks: { type: 'u8', unit: 'CellMark', doc: 'bits' },
} as const satisfies Columns
export type CellTable = TableOf<typeof cellColumns>
/** `astray`: in a lane that does not suit the route; `last`: the trip ends on this link; `tied`: it may have somebody to follow or to mind in the junction. */
export const CellMark = { astray: 1, last: 2, tied: 4 } as const

/** What a vehicle keeps while under way; its slot is stable, so that two snapshots can be interpolated. */
export const slotColumns = {
  base: { type: 'f64', unit: 'm', doc: 'odometer at the start of its present path' },
  exitOdometer: { type: 'f64', unit: 'm', doc: 'odometer at the start of the exit lane of its reserved turn' },
  destinationOffset: { type: 'f64', unit: 'm', doc: 'on the destination link' },
  trip: { type: 'i32', unit: 'row', doc: 'trip row; -1 = free slot' },
  path: { type: 'i32', unit: 'row', doc: 'present path' },
  cell: { type: 'i32', unit: 'row', doc: 'present cell' },
  link: { type: 'i32', unit: 'row', doc: 'link it is on, or will be on after the present turn' },
  destinationLink: { type: 'i32', unit: 'row', doc: 'link where it leaves the road' },
  nextHop: { type: 'i32', unit: 'row', doc: 'hop from its link to the next one of its route; -1 = its trip ends on this link' },
  nextTurn: { type: 'i32', unit: 'row', doc: 'turn it will take from its present lane; -1 = none leads on' },
  reservedTurn: { type: 'i32', unit: 'row', doc: 'turn it may cross, or is crossing; -1 = none' },
  leader: { type: 'i32', unit: 'slot', doc: 'who enters the same exit lane just before it; -1 = nobody' },
  leaderTrip: { type: 'i32', unit: 'row', doc: 'trip of that leader, which tells whether the slot is still his' },
  routeChunk: { type: 'i32', unit: 'row', doc: 'chunk of the next hop' },
  waitSince: { type: 'i32', unit: 'tick', doc: 'first refusal at the stop line; -1 = none' },
  standSince: { type: 'i32', unit: 'tick', doc: 'standing since; -1 = moving' },
  waitFor: { type: 'i32', unit: 'row', doc: 'group, node or slot it waits for; -1 = nothing' },
  leadsOn: { type: 'f32', unit: 'm', doc: 'how far beyond the end of its link the present lane leads along the route' },
  yieldSince: { type: 'i32', unit: 'tick', doc: 'since when it has held back for others who need its lane, with room for them' },
  yieldTick: { type: 'i32', unit: 'tick', doc: 'last time that it did' },
  laneTick: { type: 'i32', unit: 'tick', doc: 'last change of lane' },
  previous0: { type: 'i32', unit: 'row', doc: 'path before the present one; -1 = none its body can touch' },
  previous1: { type: 'i32', unit: 'row', doc: 'path before that' },
  previous2: { type: 'i32', unit: 'row', doc: 'path before that' },
  previous3: { type: 'i32', unit: 'row', doc: 'path before that' },
  lanesWanted: { type: 'u16', unit: 'bits', doc: 'lanes of the present link that lead on longest along the route' },
  routeCursor: { type: 'u8', unit: '1', doc: 'next hop within its chunk' },
  wait: { type: 'u8', unit: 'Wait', doc: 'why it is slower than it wants to be' },
  class: { type: 'u8', unit: 'VehicleClass', doc: 'of the vehicle' },
  flags: { type: 'u8', unit: 'SlotFlag', doc: 'bits' },
  parks: { type: 'u8', unit: 'Unreachable', doc: 'not 0: leaves at the next place, listed with this reason' },
} as const satisfies Columns
export type SlotTable = TableOf<typeof slotColumns>
export const SlotFlag = { forced: 1, live: 2, left: 4, right: 8 } as const

/** Of how many who were let in earlier a vehicle can keep clear while it crosses. */
export const MINDS = 3
/** Those of whom a vehicle keeps clear where their ways cross: MINDS rows a slot, the first ones in use. */
export const mindColumns = {
  ownOdometer: { type: 'f64', unit: 'm', doc: 'its own odometer at the start of their zone' },
  otherOdometer: { type: 'f64', unit: 'm', doc: 'odometer of the other once its rear has left the zone' },
  slot: { type: 'i32', unit: 'slot', doc: 'the other; -1 = nobody' },
  trip: { type: 'i32', unit: 'row', doc: 'its trip' },
} as const satisfies Columns
export type MindTable = TableOf<typeof mindColumns>

export const pathColumns = {
  limit: { type: 'f64', unit: 'm/s', doc: 'speed limit now, less what the weather takes of it' },
  gapFactor: { type: 'f64', unit: '1', doc: 'time gap that drivers keep by that of a dry day on a free road' },
  count: { type: 'i32', unit: '1', doc: 'vehicles on it' },
  first: { type: 'i32', unit: 'row', doc: 'cell of the head' },
  start: { type: 'i32', unit: 'row', doc: 'first cell of its segment' },
  end: { type: 'i32', unit: 'row', doc: 'cell after its segment' },
} as const satisfies Columns
export type PathTable = TableOf<typeof pathColumns>

export const laneStateColumns = {
  leftOdometer: { type: 'f64', unit: 'm', doc: 'odometer, at the end of the lane, of the vehicle that drove off it last' },
  roomTaken: { type: 'f64', unit: 'm', doc: 'room promised to vehicles that will enter' },
  reserved: { type: 'i32', unit: '1', doc: 'vehicles at its head that may cross the stop line' },
  entrySlot: { type: 'i32', unit: 'slot', doc: 'who was allowed in last; -1 = nobody' },
  entryTrip: { type: 'i32', unit: 'row', doc: 'its trip' },
  leftSlot: { type: 'i32', unit: 'slot', doc: 'that vehicle, as far as its rear may still be near the end of the lane; -1 = nobody' },
  leftTrip: { type: 'i32', unit: 'row', doc: 'its trip' },
  claimSlot: { type: 'i32', unit: 'slot', doc: 'long vehicle for which those who want to enter leave the room that there is; -1 = none' },
  claimTick: { type: 'i32', unit: 'tick', doc: 'when it last asked for it' },
  letInTick: { type: 'i32', unit: 'tick', doc: 'when one of this lane was last allowed to cross its stop line' },
  closed: { type: 'u16', unit: 'bits', doc: 'classes shut out' },
  stop: { type: 'u8', unit: '0/1', doc: 'the stop line is an obstacle to the first vehicle without reservation' },
} as const satisfies Columns
export type LaneStateTable = TableOf<typeof laneStateColumns>

export const turnStateColumns = {
  lastOdometer: { type: 'f64', unit: 'm', doc: 'odometer of the last vehicle let in, at the start of this turn' },
  lastSlot: { type: 'i32', unit: 'slot', doc: 'last vehicle let in; -1 = it is clear' },
  lastTrip: { type: 'i32', unit: 'row', doc: 'its trip' },
  starvedTick: { type: 'i32', unit: 'tick', doc: 'last refusal of somebody who has waited too long' },
  starvedSince: { type: 'i32', unit: 'tick', doc: 'since when' },
} as const satisfies Columns
export type TurnStateTable = TableOf<typeof turnStateColumns>
