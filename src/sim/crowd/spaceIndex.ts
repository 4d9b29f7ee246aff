import type { Columns, TableOf } from '../core/table'

/** Straight pieces of everything that nobody walks through: edges of outlines, barriers, gates. */
export const wallColumns = {
  ax: { type: 'f64', unit: 'm', doc: 'first end' },
  ay: { type: 'f64', unit: 'm', doc: 'first end' },
  bx: { type: 'f64', unit: 'm', doc: 'second end' },
  by: { type: 'f64', unit: 'm', doc: 'second end' },
  floor: { type: 'i32', unit: 'row', doc: 'floor that it stands on' },
  barrier: { type: 'i32', unit: 'row', doc: 'barrier that it is a piece of; -1 = none' },
  gate: { type: 'i32', unit: 'row', doc: 'gate that it is; -1 = none. Whoever has `persons.pass` = this gate walks through' },
  lets: { type: 'i32', unit: 'Lets', doc: 'who may cross; the only column that changes during the run' },
} as const satisfies Columns
export type WallTable = TableOf<typeof wallColumns>

/** Who may cross a wall: nobody, those who have its first end on their left hand or right hand, everybody (it is open). */
export const Lets = { none: 0, firstOnLeft: 1, firstOnRight: 2, all: 3 } as const

export const floorColumns = {
  originX: { type: 'f64', unit: 'm', doc: 'south-west corner of its cells' },
  originY: { type: 'f64', unit: 'm', doc: 'south-west corner of its cells' },
  ascentX: { type: 'f64', unit: '1', doc: 'plan direction of ascent, of length 1; 0, 0 = level' },
  ascentY: { type: 'f64', unit: '1', doc: 'plan direction of ascent' },
  factorUp: { type: 'f64', unit: '1', doc: 'speed in plan / free speed on the level, uphill' },
  factorDown: { type: 'f64', unit: '1', doc: 'the same, downhill' },
  belt: { type: 'f64', unit: 'm/s', doc: 'speed of the belt in plan, positive upwards' },
  cellFirst: { type: 'i32', unit: 'row', doc: 'first of its cells' },
  width: { type: 'i32', unit: 'count', doc: 'cells in a row, west to east; the outermost `MARGIN` on each side are empty' },
  height: { type: 'i32', unit: 'count', doc: 'rows of cells, south to north; likewise' },
} as const satisfies Columns
export type FloorTable = TableOf<typeof floorColumns>

export const joinColumns = {
  ax: { type: 'f64', unit: 'm', doc: 'first end' },
  ay: { type: 'f64', unit: 'm', doc: 'first end' },
  bx: { type: 'f64', unit: 'm', doc: 'second end' },
  by: { type: 'f64', unit: 'm', doc: 'second end' },
  floorA: { type: 'i32', unit: 'row', doc: 'one of the floors' },
  floorB: { type: 'i32', unit: 'row', doc: 'the other' },
} as const satisfies Columns
export type JoinTable = TableOf<typeof joinColumns>

/** The walk space as the walkers use it: fixed but for `walls.lets` and `floors.belt`. Rows of floors, goals, gates, barriers, queues and lifts are those of the document. */
export interface SpaceIndex {
  /** Side of a cell, m: half of how far a walker sees. */
  readonly cell: number
  readonly cells: number
  readonly floors: FloorTable
  readonly walls: WallTable
  readonly joins: JoinTable
  /** Walls near cell c: wallList[wallFirst[c]] to wallList[wallFirst[c + 1] - 1]; likewise joins, and ranges of cells of other floors that lie near (first, end). */
  readonly wallFirst: Int32Array
  readonly wallList: Int32Array
  readonly joinFirst: Int32Array
  readonly joinList: Int32Array
  readonly beyondFirst: Int32Array
  readonly beyondList: Int32Array
  /** Stretches of cells, fixed by the walk space: first cell of each, and the end of the last. */
  readonly domains: number
  readonly domainFirst: Int32Array
  readonly domainOf: Uint8Array
}

/** Empty cells around each floor, so that whoever looks for neighbours need not look where the floor ends. */
export const MARGIN = 3

/** Cell of a place on a floor; the place must be on it or within a cell of it. */
export function cellOf(index: SpaceIndex, floor: number, x: number, y: number): number {
  const { floors, cell } = index
  const column = Math.floor((x - floors.originX[floor]) / cell)
  const row = Math.floor((y - floors.originY[floor]) / cell)
  return floors.cellFirst[floor] + row * floors.width[floor] + column
}
