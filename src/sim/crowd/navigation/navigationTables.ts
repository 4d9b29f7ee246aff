import type { Columns, TableOf } from '../../core/table'

/** What a stage of a journey is. */
export const StageKind = { walk: 0, stay: 1, queue: 2 } as const

/** Stages of all journeys in one list: those of journey j are first[j] to first[j + 1] - 1. */
export const stageColumns = {
  seconds: { type: 'f64', unit: 's', doc: 'how long one stays; Infinity = not by time' },
  until: { type: 'f64', unit: 's', doc: 'second of the day until which one stays; Infinity = not by the clock' },
  follows: { type: 'f64', unit: 's', doc: 'that one goes longer at most, on average, to be where all others go; 0 = others are no reason' },
  keeps: { type: 'f64', unit: 's', doc: 'by which another goal must be nearer for one to change to it' },
  kind: { type: 'i32', unit: 'StageKind', doc: 'what it is' },
  optionFirst: { type: 'i32', unit: 'row', doc: 'of who chooses a goal of their own mind: first of the fields to one goal each' },
  options: { type: 'i32', unit: 'count', doc: 'of them; 0 = one follows the common field to whichever is nearest' },
  field: { type: 'i32', unit: 'row', doc: 'flow field to what it leads to; -1 = none' },
  release: { type: 'u8', unit: 'flag', doc: 'ends when the goal is released' },
  own: { type: 'u8', unit: 'flag', doc: "ends at the walker's leaveTick" },
} as const satisfies Columns
export type StageTable = TableOf<typeof stageColumns>

/** What navigation remembers of each person, by walker row. */
export const intentColumns = {
  targetX: { type: 'f64', unit: 'm', doc: 'place to go to straight; NaN = follows the field' },
  targetY: { type: 'f64', unit: 'm', doc: 'place to go to straight' },
  serviceEnd: { type: 'f64', unit: 's', doc: 'when the service at a gate or queue ends, from tick 0; Infinity = not being served' },
  gained: { type: 'f32', unit: 'm', doc: 'by which one has come nearer since the last progress; Infinity = on another way now' },
  detourX: { type: 'f32', unit: '1', doc: 'direction until detourUntil' },
  detourY: { type: 'f32', unit: '1', doc: 'direction until detourUntil' },
  detourUntil: { type: 'i32', unit: 'tick', doc: 'walks in another direction until then' },
  stageTick: { type: 'i32', unit: 'tick', doc: 'when the stage began; -1 = the first has not' },
  until: { type: 'i32', unit: 'tick', doc: 'when a stay ends; -1 = not by time' },
  place: { type: 'i32', unit: 'row', doc: 'goal where one stays; -1 = none' },
  gate: { type: 'i32', unit: 'row', doc: 'gate that one waits at; -1 = none' },
  lane: { type: 'i32', unit: 'row', doc: 'lane of it' },
  gateSide: { type: 'i32', unit: '1', doc: '1 = came from the left of its line, -1 = from the right' },
  stuck: { type: 'i32', unit: 'count', doc: 'how often one was sent another way since one last got nearer' },
  slot: { type: 'i32', unit: 'row', doc: 'place in a queue; -1 = none' },
  permit: { type: 'i32', unit: 'row', doc: 'exit that has let one out; -1 = none' },
  board: { type: 'i32', unit: 'row', doc: 'lift that one steps into; -1 = none' },
  landing: { type: 'i32', unit: 'row', doc: 'where one leaves it' },
} as const satisfies Columns
export type IntentTable = TableOf<typeof intentColumns>

export const goalColumns = {
  interval: { type: 'f64', unit: 's', doc: 'between two that leave; 0 = as they come' },
  freeAt: { type: 'f64', unit: 's', doc: 'when the next may leave, from tick 0' },
  length: { type: 'f64', unit: 'm', doc: 'of its line; of areas, the square root of the area' },
  room: { type: 'i32', unit: 'persons', doc: 'how many may still leave here; -1 = any number' },
  releaseTick: { type: 'i32', unit: 'tick', doc: 'when those who stay here were last released; -1 = never' },
  spread: { type: 'i32', unit: 'tick', doc: 'over which they leave' },
  isExit: { type: 'u8', unit: 'flag', doc: 'whoever reaches it leaves' },
} as const satisfies Columns
export type GoalTable = TableOf<typeof goalColumns>

export const gateColumns = {
  ax: { type: 'f64', unit: 'm', doc: 'first end' },
  ay: { type: 'f64', unit: 'm', doc: 'first end' },
  bx: { type: 'f64', unit: 'm', doc: 'second end' },
  by: { type: 'f64', unit: 'm', doc: 'second end' },
  service: { type: 'f64', unit: 's', doc: 'that one person keeps a lane' },
  floor: { type: 'i32', unit: 'row', doc: 'where it stands' },
  lanes: { type: 'i32', unit: 'count', doc: 'in use' },
  lets: { type: 'i32', unit: 'Lets', doc: 'who is let through; none while it is shut, `NO_GATE` while it does not stand' },
  letsOpen: { type: 'i32', unit: 'Lets', doc: 'who is let through while it is open' },
  laneFirst: { type: 'i32', unit: 'row', doc: 'first of its lanes' },
  open: { type: 'u8', unit: 'flag', doc: 'not shut' },
  stands: { type: 'u8', unit: 'flag', doc: '0 = as if it were not there' },
} as const satisfies Columns
export type GateTable = TableOf<typeof gateColumns>

export const laneColumns = {
  freeAt: { type: 'f64', unit: 's', doc: 'when the next may be served, from tick 0' },
  holder: { type: 'i32', unit: 'row', doc: 'walker who is being served; -1 = none' },
  waiting: { type: 'i32', unit: 'persons', doc: 'who have chosen it' },
} as const satisfies Columns
export type LaneTable = TableOf<typeof laneColumns>

export const queueColumns = {
  service: { type: 'f64', unit: 's', doc: 'of service a person' },
  spacing: { type: 'f64', unit: 'm', doc: 'between slots' },
  floor: { type: 'i32', unit: 'row', doc: 'where it is' },
  servers: { type: 'i32', unit: 'count', doc: 'who serve' },
  slotFirst: { type: 'i32', unit: 'row', doc: 'its slot 0' },
  slots: { type: 'i32', unit: 'count', doc: 'that it has' },
  persons: { type: 'i32', unit: 'count', doc: 'who stand in it' },
} as const satisfies Columns
export type QueueTable = TableOf<typeof queueColumns>

export const slotColumns = {
  x: { type: 'f64', unit: 'm', doc: 'where it is' },
  y: { type: 'f64', unit: 'm', doc: 'where it is' },
  walker: { type: 'i32', unit: 'row', doc: 'who has it; -1 = nobody' },
} as const satisfies Columns
export type SlotTable = TableOf<typeof slotColumns>

export const LiftState = { open: 0, moving: 1 } as const
export const liftColumns = {
  at: { type: 'f64', unit: 's', doc: 'when it closes its doors, or arrives, from tick 0' },
  doorTime: { type: 'f64', unit: 's', doc: 'with open doors' },
  travelTime: { type: 'f64', unit: 's', doc: 'between neighbouring landings' },
  state: { type: 'i32', unit: 'LiftState', doc: 'what it does' },
  landing: { type: 'i32', unit: 'row', doc: 'where it is, or where it goes to; counted from its lowest' },
  direction: { type: 'i32', unit: '1', doc: '1 = on its way up its landings, -1 = down' },
  landings: { type: 'i32', unit: 'count', doc: 'that it has' },
  landingFirst: { type: 'i32', unit: 'row', doc: 'its first landing in the list of all' },
  capacity: { type: 'i32', unit: 'persons', doc: 'that it takes' },
  memberFirst: { type: 'i32', unit: 'row', doc: 'first of its places' },
  persons: { type: 'i32', unit: 'count', doc: 'in it: its first places' },
} as const satisfies Columns
export type LiftTable = TableOf<typeof liftColumns>

export const eventColumns = {
  x: { type: 'f64', unit: 'm', doc: 'where' },
  y: { type: 'f64', unit: 'm', doc: 'where' },
  floor: { type: 'i32', unit: 'row', doc: 'where' },
  tick: { type: 'i32', unit: 'tick', doc: 'when' },
  walker: { type: 'i32', unit: 'row', doc: 'who was sent another way' },
} as const satisfies Columns
export type EventTable = TableOf<typeof eventColumns>
