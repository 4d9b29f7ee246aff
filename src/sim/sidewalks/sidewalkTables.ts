import type { Columns, TableOf } from '../core/table'

/** What a piece of the walking graph is. Crossings lie on a carriageway: the road's signals and vehicles matter there. */
export const PathKind = { sidewalk: 0, footway: 1, pedestrian: 2, steps: 3, crossing: 4, corner: 5, link: 6 } as const
/**
 * Bits of `edges.flags`. `assumed`: no map shows it, it follows from the road. `widthAssumed`: no tag gives its width.
 * `joined`: laid to reach a part of the graph that would be alone. `signal`: those on foot have a light. `midBlock`: a crossing between junctions.
 */
export const PathFlag = { assumed: 1, widthAssumed: 2, joined: 4, signal: 8, midBlock: 16 } as const
/** What a place on the walking graph leads to. */
export const PlaceKind = { portal: 0, stationEntrance: 1, busStop: 2, venue: 3 } as const

export const sidewalkNodeColumns = {
  x: { type: 'f64', unit: 'm', doc: 'east of the false origin' },
  y: { type: 'f64', unit: 'm', doc: 'north of the false origin' },
  edgeFirst: { type: 'i32', unit: 'row', doc: 'first of its entries in nodeEdges' },
  edgeCount: { type: 'i32', unit: '1', doc: 'edges that end here' },
  component: { type: 'i32', unit: '1', doc: 'connected part that it belongs to; 0 = the largest' },
  z: { type: 'f32', unit: 'm', doc: 'height of the ground' },
} as const satisfies Columns

/** Walked in both directions; points run from `from` to `to`. */
export const sidewalkEdgeColumns = {
  length: { type: 'f64', unit: 'm', doc: 'along its points' },
  from: { type: 'i32', unit: 'row', doc: 'node' },
  to: { type: 'i32', unit: 'row', doc: 'node' },
  pointFirst: { type: 'i32', unit: 'row', doc: 'first point' },
  pointCount: { type: 'i32', unit: '1', doc: 'points, both ends included' },
  link: { type: 'i32', unit: 'row', doc: 'road link that it follows or crosses; -1 = none' },
  junction: { type: 'i32', unit: 'row', doc: 'road node whose signals and turning vehicles concern a crossing; -1 = none' },
  width: { type: 'f32', unit: 'm', doc: 'clear width' },
  kind: { type: 'u8', unit: 'PathKind', doc: 'what it is' },
  layer: { type: 'i8', unit: '1', doc: 'vertical order, 0 = ground' },
  flags: { type: 'u8', unit: 'PathFlag', doc: 'bits' },
} as const satisfies Columns

export const sidewalkPlaceColumns = {
  node: { type: 'i32', unit: 'row', doc: 'node of the walking graph' },
  name: { type: 'i32', unit: 'string', doc: 'portals: "area/goal"; others: Chinese name' },
  row: { type: 'i32', unit: 'row', doc: 'metro station, bus stop or venue in its layer; -1 for portals' },
  distance: { type: 'f32', unit: 'm', doc: 'from the place to the node' },
  kind: { type: 'u8', unit: 'PlaceKind', doc: 'what it leads to' },
} as const satisfies Columns

export const sidewalkTables = {
  nodes: sidewalkNodeColumns,
  edges: sidewalkEdgeColumns,
  nodeEdges: { edge: { type: 'i32', unit: 'row', doc: 'edges grouped by node' } },
  points: { x: { type: 'f32', unit: 'm', doc: 'east of the false origin' }, y: { type: 'f32', unit: 'm', doc: 'north of the false origin' } },
  places: sidewalkPlaceColumns,
} as const satisfies Readonly<Record<string, Columns>>

/** The one-dimensional walking graph of a city. */
export type SidewalkGraph = { readonly [K in keyof typeof sidewalkTables]: TableOf<(typeof sidewalkTables)[K]> } & { readonly strings: readonly string[] }
