import type { Columns } from '../core/table'
import { placesOf } from './records'

/**
 * A lane as a queue: vehicles leave it in the order in which they entered. Times are seconds since the start of the run.
 * The first 64 bytes are what those who enter it touch, the others what its head does.
 */
const laneFields = {
  inNext: { type: 'f64', unit: 's', doc: 'when the next vehicle may enter, by the headway of the last' },
  head: { type: 'i32', unit: 'slot', doc: 'first vehicle; -1 = none' },
  tail: { type: 'i32', unit: 'slot', doc: 'last vehicle' },
  entered: { type: 'i32', unit: '1', doc: 'units of storage taken so far' },
  left: { type: 'i32', unit: '1', doc: 'units of storage given back so far' },
  storage: { type: 'i32', unit: '1', doc: 'units of storage' },
  ringFirst: { type: 'i32', unit: '1', doc: 'first entry in the ring of exit times, one a unit of storage' },
  waiterFirst: { type: 'i32', unit: 'lane', doc: 'first lane that waits for room here; -1 = none' },
  promised: { type: 'i32', unit: 'lane', doc: 'lane that was told of the room that became free; -1 = none' },
  due: { type: 'i32', unit: 'tick', doc: 'when its head is looked at next; -1 = somebody wakes it' },
  closed: { type: 'i32', unit: 'bits', doc: 'classes shut out' },
  waveTime: { type: 'f32', unit: 's', doc: 'that freed room takes to reach the start of the lane' },
  headwayIn: { type: 'f32', unit: 's', doc: 'between two cars that enter at that speed' },
  speed: { type: 'f32', unit: 'm/s', doc: 'limit now, less what the weather takes of it' },
  length: { type: 'f32', unit: 'm', doc: 'start to stop line' },
  outNext: { type: 'f64', unit: 's', doc: 'when the next vehicle may leave, by the headway of the last' },
  booked: { type: 'f64', unit: 's', doc: 'when its head may enter the lane that it asked for; -1 = it has not asked' },
  blockedSince: { type: 'f64', unit: 's', doc: 'since when its head finds no room, red lights included; -1 = it found room' },
  bookedTurn: { type: 'i32', unit: 'row', doc: 'turn at the end of the lane asked for; -1 = it arrives there' },
  bookedLane: { type: 'i32', unit: 'lane', doc: 'lane asked for' },
  wanted: { type: 'i32', unit: 'lane', doc: 'lane that its head last found full' },
  waitsFor: { type: 'i32', unit: 'lane', doc: 'lane whose room its head waits for; -1 = none' },
  waiterLast: { type: 'i32', unit: 'lane', doc: 'last of the lanes that wait for room here' },
  waiterNext: { type: 'i32', unit: 'lane', doc: 'next lane that waits for the same room' },
  pass: { type: 'i32', unit: '0/1', doc: 'its head is let in though there is no room: its ring of lanes moves on by one' },
  link: { type: 'i32', unit: 'row', doc: 'its link' },
  gapMore: { type: 'f32', unit: 's', doc: 'added to every headway by rain or works' },
} as const satisfies Columns
export const LANE_BYTES = 128
export const Lane = placesOf(laneFields, LANE_BYTES)

/** A vehicle on the road. */
const slotFields = {
  entered: { type: 'f64', unit: 's', doc: 'when it entered its link' },
  ready: { type: 'f64', unit: 's', doc: 'when it reaches the stop line with nobody ahead' },
  from: { type: 'f32', unit: 'm', doc: 'where on its link it entered the road; 0 = it came over a junction' },
  pace: { type: 'f32', unit: '1', doc: 'desired speed / speed limit of this driver' },
  distance: { type: 'f32', unit: 'm', doc: 'driven so far' },
  destination: { type: 'f32', unit: 'm', doc: 'where on its last link it stops' },
  trip: { type: 'i32', unit: 'row', doc: 'trip row; -1 = free slot' },
  next: { type: 'i32', unit: 'slot', doc: 'vehicle behind it in its lane; of a free slot the next free one' },
  turn: { type: 'i32', unit: 'row', doc: 'turn at the end of its lane; -1 = it arrives on this link' },
  lane: { type: 'i32', unit: 'row', doc: 'its lane' },
  hop: { type: 'i32', unit: '1', doc: 'place of the next hop of its route in the pool' },
  route: { type: 'i32', unit: '1', doc: 'place of the first hop' },
  class: { type: 'i32', unit: 'VehicleClass', doc: 'of the vehicle' },
  speed: { type: 'f32', unit: 'm/s', doc: 'with which it reaches the stop line with nobody ahead' },
} as const satisfies Columns
export const SLOT_BYTES = 64
export const Slot = placesOf(slotFields, SLOT_BYTES)

/** A turn: what is counted on it, and what the engine wants to know of it. */
const turnFields = {
  seconds: { type: 'f64', unit: 's', doc: 'on the link before and the turn, of those who passed in the present minute' },
  lastPass: { type: 'f64', unit: 's', doc: 'when the last vehicle passed the stop line' },
  passed: { type: 'i32', unit: '1', doc: 'vehicles in the present minute that came over a junction' },
  group: { type: 'i32', unit: 'row', doc: 'signal group; -1 = none' },
  hop: { type: 'i32', unit: 'row', doc: 'hop' },
  kind: { type: 'i32', unit: 'TurnKind', doc: 'free, merge or controlled' },
  lane: { type: 'i32', unit: 'row', doc: 'lane that it leaves' },
  toFirst: { type: 'i32', unit: 'lane', doc: 'first lane of the link that it enters' },
  toCount: { type: 'i32', unit: '1', doc: 'lanes of that link' },
  yields: { type: 'i32', unit: '1', doc: 'first entry of those that it gives way to in MesoYields; -1 = nobody' },
  braking: { type: 'f32', unit: 's', doc: 'lost before it by whoever comes at the limit and slows down for its curve' },
  headway: { type: 'f32', unit: 's', doc: 'least time between two vehicles' },
  length: { type: 'f32', unit: 'm', doc: 'stop line to start of the exit lane' },
  speed: { type: 'f32', unit: 'm/s', doc: 'on its curve' },
} as const satisfies Columns
export const TURN_BYTES = 64
export const Turn = placesOf(turnFields, TURN_BYTES)

const groupFields = {
  goFrom: { type: 'f64', unit: 's', doc: 'when the light turned green' },
  goUntil: { type: 'f64', unit: 's', doc: 'end of use of the green; Infinity while it lasts' },
  permitted: { type: 'i32', unit: '0/1', doc: 'it goes, giving way' },
} as const satisfies Columns
export const GROUP_BYTES = 32
export const Group = placesOf(groupFields, GROUP_BYTES)
