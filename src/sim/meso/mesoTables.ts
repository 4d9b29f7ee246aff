import type { Columns, TableOf } from '../core/table'

/** A lane as a queue: vehicles leave it in the order in which they entered. Times are seconds since the start of the run. */
export const mesoLaneColumns = {
  outNext: { type: 'f64', unit: 's', doc: 'when the next vehicle may leave, by the headway of the last' },
  inNext: { type: 'f64', unit: 's', doc: 'when the next vehicle may enter, by the headway of the last' },
  speed: { type: 'f64', unit: 'm/s', doc: 'limit now, less what the weather takes of it' },
  gapMore: { type: 'f64', unit: 's', doc: 'added to every headway by rain or works' },
  booked: { type: 'f64', unit: 's', doc: 'when its head may enter the lane that it asked for; -1 = it has not asked' },
  blockedSince: { type: 'f64', unit: 's', doc: 'since when its head finds no room, red lights included; -1 = it found room' },
  head: { type: 'i32', unit: 'slot', doc: 'first vehicle; -1 = none' },
  tail: { type: 'i32', unit: 'slot', doc: 'last vehicle' },
  entered: { type: 'i32', unit: '1', doc: 'units of storage taken so far' },
  left: { type: 'i32', unit: '1', doc: 'units of storage given back so far' },
  due: { type: 'i32', unit: 'tick', doc: 'when its head is looked at next; -1 = somebody wakes it' },
  bookedTurn: { type: 'i32', unit: 'row', doc: 'turn at the end of the lane asked for; -1 = it arrives there' },
  bookedLane: { type: 'i32', unit: 'lane', doc: 'lane asked for' },
  wanted: { type: 'i32', unit: 'lane', doc: 'lane that its head last found full' },
  waitsFor: { type: 'i32', unit: 'lane', doc: 'lane whose room its head waits for; -1 = none' },
  waiterFirst: { type: 'i32', unit: 'lane', doc: 'first lane that waits for room here; -1 = none' },
  waiterLast: { type: 'i32', unit: 'lane', doc: 'last of them' },
  waiterNext: { type: 'i32', unit: 'lane', doc: 'next lane that waits for the same room' },
  promised: { type: 'i32', unit: 'lane', doc: 'lane that was told of the room that became free; -1 = none' },
  closed: { type: 'u16', unit: 'bits', doc: 'classes shut out' },
  pass: { type: 'u8', unit: '0/1', doc: 'its head is let in though there is no room: its ring of lanes moves on by one' },
} as const satisfies Columns
export type MesoLanes = TableOf<typeof mesoLaneColumns>

export const mesoSlotColumns = {
  entered: { type: 'f64', unit: 's', doc: 'when it entered its link' },
  ready: { type: 'f64', unit: 's', doc: 'when it reaches the stop line with nobody ahead' },
  from: { type: 'f32', unit: 'm', doc: 'where on its link it entered the road; 0 = it came over a junction' },
  pace: { type: 'f32', unit: '1', doc: 'desired speed / speed limit of this driver' },
  trip: { type: 'i32', unit: 'row', doc: 'trip row; -1 = free slot' },
  next: { type: 'i32', unit: 'slot', doc: 'vehicle behind it in its lane; of a free slot the next free one' },
  turn: { type: 'i32', unit: 'row', doc: 'turn at the end of its lane; -1 = it arrives on this link' },
  lane: { type: 'i32', unit: 'row', doc: 'its lane' },
  hop: { type: 'i32', unit: '1', doc: 'place of the next hop of its route in the pool' },
  route: { type: 'i32', unit: '1', doc: 'place of the first hop' },
  lookTick: { type: 'i32', unit: 'tick', doc: 'when a driver with live times looks for a better way; -1 = never' },
  class: { type: 'u8', unit: 'VehicleClass', doc: 'of the vehicle' },
  size: { type: 'u8', unit: '1', doc: 'units of storage that it takes' },
} as const satisfies Columns
export type MesoSlots = TableOf<typeof mesoSlotColumns>

/** Flow of turns that others give way to, and what it leaves to those. */
export const mesoTurnColumns = {
  flow: { type: 'f64', unit: 'veh/s', doc: 'smoothed over minutes' },
  gapHeadway: { type: 'f64', unit: 's', doc: 'between two vehicles that give way; 0 = it never does' },
  gapDelay: { type: 'f64', unit: 's', doc: 'mean wait of one that comes alone' },
  passed: { type: 'i32', unit: '1', doc: 'vehicles in the present minute' },
} as const satisfies Columns
export type MesoTurns = TableOf<typeof mesoTurnColumns>

export const mesoGroupColumns = {
  goFrom: { type: 'f64', unit: 's', doc: 'when the light turned green' },
  goUntil: { type: 'f64', unit: 's', doc: 'end of use of the green; Infinity while it lasts' },
  permitted: { type: 'u8', unit: '0/1', doc: 'it goes, giving way' },
} as const satisfies Columns
