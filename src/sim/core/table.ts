import { invariant } from './invariant'

/** Element types of a column, widest first: the order in which a table must declare them. */
export const columnTypes = {
  f64: { bytes: 8, make: (b: ArrayBufferLike, o: number, n: number) => new Float64Array(b, o, n) },
  i32: { bytes: 4, make: (b: ArrayBufferLike, o: number, n: number) => new Int32Array(b, o, n) },
  u32: { bytes: 4, make: (b: ArrayBufferLike, o: number, n: number) => new Uint32Array(b, o, n) },
  f32: { bytes: 4, make: (b: ArrayBufferLike, o: number, n: number) => new Float32Array(b, o, n) },
  i16: { bytes: 2, make: (b: ArrayBufferLike, o: number, n: number) => new Int16Array(b, o, n) },
  u16: { bytes: 2, make: (b: ArrayBufferLike, o: number, n: number) => new Uint16Array(b, o, n) },
  i8: { bytes: 1, make: (b: ArrayBufferLike, o: number, n: number) => new Int8Array(b, o, n) },
  u8: { bytes: 1, make: (b: ArrayBufferLike, o: number, n: number) => new Uint8Array(b, o, n) },
} as const

export type ColumnType = keyof typeof columnTypes

/** One column: element type, unit as a reader of the docs page wants it, and what it holds. */
export interface Column {
  readonly type: ColumnType
  readonly unit: string
  readonly doc: string
}

/** The one declaration of a table, from which arrays, file layout, dump and docs page follow. */
export type Columns = Readonly<Record<string, Column>>

type ArrayOf<T extends ColumnType> = ReturnType<(typeof columnTypes)[T]['make']>

/** Typed arrays of one table over one buffer; `rows` is the capacity of each array. */
export type TableOf<C extends Columns> = { readonly [K in keyof C]: ArrayOf<C[K]['type']> } & {
  readonly rows: number
  readonly buffer: ArrayBufferLike
}

/** Bytes that a table of `rows` rows takes, columns packed one after the other, each start aligned to 8. */
export function tableBytes(columns: Columns, rows: number): number {
  let bytes = 0
  for (const column of Object.values(columns)) bytes = align8(bytes) + columnTypes[column.type].bytes * rows
  return align8(bytes)
}

/** Creates a zeroed table in one buffer of its own, one that threads can share if `shared`. Columns must be declared widest first. */
export function createTable<C extends Columns>(columns: C, rows: number, shared = false): TableOf<C> {
  const bytes = tableBytes(columns, rows)
  return viewTable(columns, rows, shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes), 0)
}

/** Views `rows` rows of a table that lies at `byteOffset` (a multiple of 8) of `buffer`; copies nothing. */
export function viewTable<C extends Columns>(
  columns: C,
  rows: number,
  buffer: ArrayBufferLike,
  byteOffset: number,
): TableOf<C> {
  invariant(byteOffset % 8 === 0, () => `table at byte ${byteOffset}, which is not a multiple of 8`)
  const table: Record<string, unknown> = { rows, buffer }
  let offset = byteOffset
  let widthLast = 8
  for (const [name, column] of Object.entries(columns)) {
    const { bytes, make } = columnTypes[column.type]
    invariant(bytes <= widthLast, () => `column ${name} is wider than the one before it; declare the widest first`)
    widthLast = bytes
    offset = align8(offset)
    table[name] = make(buffer, offset, rows)
    offset += bytes * rows
  }
  return table as unknown as TableOf<C>
}

/** Element arrays of tables. */
export type ColumnArray = ArrayOf<ColumnType>

/** The first rows of each column, in the order of the declaration: for hashing and saving. */
export function* columnsOf<C extends Columns>(columns: C, table: { readonly [K in keyof C]: unknown } & { readonly rows: number }, rows = table.rows): Generator<ColumnArray> {
  for (const name of Object.keys(columns)) yield (table[name] as ColumnArray).subarray(0, rows)
}

const align8 = (bytes: number): number => (bytes + 7) & ~7

/** Whether other threads see what is written into an array. */
export const isShared = (view: ArrayBufferView): boolean => typeof SharedArrayBuffer !== 'undefined' && view.buffer instanceof SharedArrayBuffer
