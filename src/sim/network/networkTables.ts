import type { Columns, TableOf } from '../core/table'

/**
 * The road network as the simulation, the pack and the renderer share it. Rows are dense and sorted so that what is
 * read together lies together: lanes of a link are consecutive (0 nearest the kerb, right-hand traffic), turns of a
 * lane are consecutive, conflicts of a turn are consecutive, points of a path are consecutive.
 *
 * A *path* is a lane or a turn: path row = lane row, or lanes.rows + turn row. Vehicles are on paths.
 * `id` and `name` columns index `strings`; -1 is none. Text in other languages is in `names` (see Network).
 */
export const RoadClass = {
  motorway: 0, motorwayLink: 1, trunk: 2, trunkLink: 3, primary: 4, primaryLink: 5, secondary: 6, secondaryLink: 7,
  tertiary: 8, tertiaryLink: 9, unclassified: 10, residential: 11, service: 12,
} as const
export const NodeKind = { junction: 0, end: 1, gateway: 2 } as const
/** How conflicting turns of a node are ordered. `priority`: by rank of the turn; `allWay`: first come, first served. */
export const Control = { none: 0, priority: 1, signal: 2, roundabout: 3, allWay: 4 } as const
export const Direction = { right: 0, straight: 1, left: 2, uTurn: 3 } as const
export const ConflictKind = { crossing: 0, merging: 1, diverging: 2 } as const
/** Who gives way at a conflict, seen from its owner. */
export const Yield = { owner: 1, other: 0, byArrival: 2 } as const
/** Fixed programs follow the clock; actuated ones end a green early when nobody comes any more. */
export const SignalKind = { fixed: 0, actuated: 1 } as const
/** Bits of `lanes.allowed`: which vehicle classes may use the lane. `ebike`: electric two-wheelers; `emergency`: under blue light. */
export const VehicleClass = { car: 0, taxi: 1, bus: 2, lorry: 3, ebike: 4, emergency: 5 } as const
/** How many classes there are. */
export const CLASSES = 6
export const ALL_CLASSES = 0xffff
/** Bits of `links.flags`. */
export const LinkFlag = {
  oneway: 1, bridge: 2, tunnel: 4, roundabout: 8, gatewayIn: 16, gatewayOut: 32,
  guessedLanes: 64, guessedSpeed: 128, guessedTurns: 256, corrected: 512,
} as const
/** Bits of `lanes.marks`: painted arrows; 0 = none known. */
export const Mark = { right: 1, straight: 2, left: 4, uTurn: 8 } as const

export const nodeColumns = {
  x: { type: 'f64', unit: 'm', doc: 'east of the false origin' },
  y: { type: 'f64', unit: 'm', doc: 'north of the false origin' },
  z: { type: 'f64', unit: 'm', doc: 'height of the road surface' },
  id: { type: 'i32', unit: 'string', doc: 'stable name, from the source' },
  name: { type: 'i32', unit: 'string', doc: 'the crossing roads, "A / B"; -1 = none' },
  turnFirst: { type: 'i32', unit: 'row', doc: 'first entry of this node in nodeTurns' },
  turnCount: { type: 'i32', unit: '1', doc: 'turns through this node' },
  program: { type: 'i32', unit: 'row', doc: 'signal program; -1 = unsignalised' },
  kind: { type: 'u8', unit: 'NodeKind', doc: 'junction, dead end or gateway' },
  control: { type: 'u8', unit: 'Control', doc: 'how conflicts are ordered' },
} as const satisfies Columns

export const linkColumns = {
  length: { type: 'f64', unit: 'm', doc: 'of the carriageway between stop lines' },
  speedLimit: { type: 'f64', unit: 'm/s', doc: 'legal limit, from maxspeed or class' },
  fromNode: { type: 'i32', unit: 'row', doc: 'node it leaves' },
  toNode: { type: 'i32', unit: 'row', doc: 'node it enters' },
  laneFirst: { type: 'i32', unit: 'row', doc: 'first lane, the one nearest the kerb' },
  laneCount: { type: 'i32', unit: '1', doc: 'lanes' },
  pointFirst: { type: 'i32', unit: 'row', doc: 'first point of the centreline of the carriageway' },
  pointCount: { type: 'i32', unit: '1', doc: 'points of the centreline' },
  id: { type: 'i32', unit: 'string', doc: 'stable name, from the source' },
  name: { type: 'i32', unit: 'string', doc: 'road name; -1 = none' },
  zone: { type: 'i32', unit: 'TAZ id', doc: 'traffic analysis zone of its middle; -1 = none' },
  flags: { type: 'u32', unit: 'LinkFlag', doc: 'bits' },
  class: { type: 'u8', unit: 'RoadClass', doc: 'functional class' },
  layer: { type: 'i8', unit: '1', doc: 'vertical order, 0 = ground' },
} as const satisfies Columns

export const laneColumns = {
  length: { type: 'f64', unit: 'm', doc: 'along the lane, start to stop line' },
  link: { type: 'i32', unit: 'row', doc: 'its link' },
  turnFirst: { type: 'i32', unit: 'row', doc: 'first turn that leaves this lane' },
  turnCount: { type: 'i32', unit: '1', doc: 'turns that leave this lane; 0 only where the link ends' },
  pointFirst: { type: 'i32', unit: 'row', doc: 'first point of the lane centreline' },
  pointCount: { type: 'i32', unit: '1', doc: 'points' },
  width: { type: 'f32', unit: 'm', doc: 'kerb to kerb of the lane' },
  allowed: { type: 'u16', unit: 'bits', doc: 'bit 1 << VehicleClass set: that class may use it' },
  index: { type: 'u8', unit: '1', doc: '0 nearest the kerb' },
  marks: { type: 'u8', unit: 'Mark', doc: 'painted arrows, bits' },
} as const satisfies Columns

export const turnColumns = {
  length: { type: 'f64', unit: 'm', doc: 'stop line to start of the exit lane' },
  speedMax: { type: 'f64', unit: 'm/s', doc: 'comfortable on its curvature, at most the limit of both links' },
  fromLane: { type: 'i32', unit: 'row', doc: 'lane it leaves' },
  toLane: { type: 'i32', unit: 'row', doc: 'lane it enters' },
  node: { type: 'i32', unit: 'row', doc: 'node it crosses' },
  group: { type: 'i32', unit: 'row', doc: 'signal group; -1 = no signal' },
  conflictFirst: { type: 'i32', unit: 'row', doc: 'first conflict that it owns' },
  conflictCount: { type: 'i32', unit: '1', doc: 'conflicts' },
  pointFirst: { type: 'i32', unit: 'row', doc: 'first point of the path' },
  pointCount: { type: 'i32', unit: '1', doc: 'points' },
  direction: { type: 'u8', unit: 'Direction', doc: 'right, straight, left, U-turn' },
  rank: { type: 'u8', unit: '1', doc: 'priority at unsignalised nodes: 0 goes first' },
} as const satisfies Columns

/**
 * Every unordered pair of conflicting turns stands twice, once owned by each. Start and end are metres of the path's
 * centreline within which bodies of usual width would touch: a vehicle is in the zone while its front bumper is past
 * `start` and its rear bumper is not past `end`.
 */
export const conflictColumns = {
  start: { type: 'f64', unit: 'm', doc: 'on the owner' },
  end: { type: 'f64', unit: 'm', doc: 'on the owner' },
  otherStart: { type: 'f64', unit: 'm', doc: 'on the other turn' },
  otherEnd: { type: 'f64', unit: 'm', doc: 'on the other turn' },
  turn: { type: 'i32', unit: 'row', doc: 'owner' },
  other: { type: 'i32', unit: 'row', doc: 'the turn in conflict with it' },
  kind: { type: 'u8', unit: 'ConflictKind', doc: 'crossing, merging (same exit lane), diverging (same entry lane)' },
  yields: { type: 'u8', unit: 'Yield', doc: 'who gives way where no signal separates them' },
} as const satisfies Columns

/** Signal program of one node: stages run in order, the cycle is the sum of green, yellow and all-red. */
export const programColumns = {
  offset: { type: 'f64', unit: 's', doc: 'start of the first stage after the start of the day, modulo the cycle' },
  node: { type: 'i32', unit: 'row', doc: 'its node' },
  stageFirst: { type: 'i32', unit: 'row', doc: 'first stage' },
  stageCount: { type: 'i32', unit: '1', doc: 'stages' },
  groupFirst: { type: 'i32', unit: 'row', doc: 'first signal group; a group\'s bit in a stage is group - groupFirst' },
  groupCount: { type: 'i32', unit: '1', doc: 'signal groups, at most 32' },
  kind: { type: 'u8', unit: 'SignalKind', doc: 'fixed or actuated' },
} as const satisfies Columns

export const stageColumns = {
  green: { type: 'f64', unit: 's', doc: 'duration of green in a fixed program' },
  greenMin: { type: 'f64', unit: 's', doc: 'shortest green of an actuated program' },
  greenMax: { type: 'f64', unit: 's', doc: 'longest green of an actuated program while others wait' },
  yellow: { type: 'f64', unit: 's', doc: 'after green, for groups that are not green in the next stage' },
  allRed: { type: 'f64', unit: 's', doc: 'after yellow' },
  protectedMask: { type: 'u32', unit: 'bits', doc: 'groups with a green that no other green crosses' },
  permittedMask: { type: 'u32', unit: 'bits', doc: 'groups that may go but give way (left through a gap, right on red)' },
} as const satisfies Columns

/** One light: all turns of one approach link in one direction. */
export const groupColumns = {
  program: { type: 'i32', unit: 'row', doc: 'its program' },
  link: { type: 'i32', unit: 'row', doc: 'approach link' },
  direction: { type: 'u8', unit: 'Direction', doc: 'of its turns' },
} as const satisfies Columns

/** Points of all polylines, in order along each path. */
export const pointColumns = {
  x: { type: 'f32', unit: 'm', doc: 'east of the false origin' },
  y: { type: 'f32', unit: 'm', doc: 'north of the false origin' },
  z: { type: 'f32', unit: 'm', doc: 'height' },
} as const satisfies Columns

export const nodeTurnColumns = {
  turn: { type: 'i32', unit: 'row', doc: 'turns grouped by node' },
} as const satisfies Columns

/** All tables of the network, in file order: the network layer of a pack is exactly these. */
export const networkTables = {
  nodes: nodeColumns, links: linkColumns, lanes: laneColumns, turns: turnColumns, conflicts: conflictColumns,
  programs: programColumns, stages: stageColumns, groups: groupColumns, points: pointColumns,
  nodeTurns: nodeTurnColumns,
} as const

export type Network = { readonly [K in keyof typeof networkTables]: TableOf<(typeof networkTables)[K]> } & {
  /** Text of the id and name columns. */
  readonly strings: readonly string[]
}

/** Row of the path of turn `turn`; lanes are paths 0 .. lanes.rows - 1. */
export const turnPath = (network: Network, turn: number): number => network.lanes.rows + turn
export const pathCount = (network: Network): number => network.lanes.rows + network.turns.rows
