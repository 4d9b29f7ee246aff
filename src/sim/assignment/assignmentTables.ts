import { createTable, type Columns, type TableOf } from '../core/table'

/**
 * A road as static assignment sees it: its time depends on its own flow alone,
 *
 *   time = freeFlowTime (1 + b (flow / capacity)^power),   cost = time + fixedCost
 *
 * Units are those of the source: any unit of time, and of flow as long as demand has the same.
 *
 * Source: Bureau of Public Roads (1964), Traffic Assignment Manual; with b 0.15 and power 4 its usual values.
 */
export const assignmentLinkColumns = {
  freeFlowTime: { type: 'f64', unit: 'time', doc: 'of an empty road' },
  capacity: { type: 'f64', unit: 'flow', doc: 'practical capacity; > 0 where b is not 0' },
  b: { type: 'f64', unit: '1', doc: 'share by which time has grown when flow equals capacity' },
  power: { type: 'f64', unit: '1', doc: 'how steeply it grows; >= 0' },
  fixedCost: { type: 'f64', unit: 'time', doc: 'toll and length in units of time; never depends on flow' },
  fromNode: { type: 'i32', unit: 'row', doc: 'node it leaves' },
  toNode: { type: 'i32', unit: 'row', doc: 'node it enters' },
} as const satisfies Columns
export type AssignmentLinks = TableOf<typeof assignmentLinkColumns>

export const assignmentDemandColumns = {
  trips: { type: 'f64', unit: 'flow', doc: 'from origin to destination; > 0' },
  origin: { type: 'i32', unit: 'row', doc: 'node where they start' },
  destination: { type: 'i32', unit: 'row', doc: 'node where they end' },
} as const satisfies Columns
export type AssignmentDemand = TableOf<typeof assignmentDemandColumns>

/** What is assigned: a network with costs, and trips between its nodes. */
export interface AssignmentProblem {
  readonly nodes: number
  /** Nodes of a lower row are zone centroids: routes start and end there, and never lead through. */
  readonly firstThroughNode: number
  readonly links: AssignmentLinks
  /** One row a pair of nodes; rows whose origin is their destination use no road and are left out of all results. */
  readonly demand: AssignmentDemand
}

export const createAssignmentLinks = (rows: number): AssignmentLinks => createTable(assignmentLinkColumns, rows)
export const createAssignmentDemand = (rows: number): AssignmentDemand => createTable(assignmentDemandColumns, rows)
