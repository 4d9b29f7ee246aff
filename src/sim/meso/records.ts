import { columnTypes, type Columns } from '../core/table'
import { invariant } from '../core/invariant'

/**
 * A table whose rows lie together, not its columns: who touches a row at random touches one cache line, or two, and not
 * one for each column. Fields are read by the view of their type at `row * stride + place`.
 */
export interface Records {
  readonly rows: number
  readonly buffer: ArrayBuffer
  readonly f64: Float64Array
  readonly i32: Int32Array
  readonly f32: Float32Array
}

type Places<C extends Columns> = { readonly [K in keyof C]: number }

/** Place of each field within its row, in units of its own type, in the order in which they are declared. */
export function placesOf<C extends Columns>(columns: C, bytes: number): Places<C> {
  const places: Record<string, number> = {}
  let at = 0
  for (const [name, { type }] of Object.entries(columns)) {
    const size = columnTypes[type].bytes
    invariant(type === 'f64' || type === 'i32' || type === 'f32', () => `field ${name}: records hold f64, i32 and f32`)
    invariant(at % size === 0, () => `field ${name} does not lie at a multiple of its size`)
    places[name] = at / size
    at += size
  }
  invariant(at <= bytes, () => `a record of ${at} bytes in rows of ${bytes}`)
  return places as Places<C>
}

/** @param bytes  of a row, a multiple of 8: 32, 64 or 128, so that rows do not straddle cache lines */
export function createRecords(rows: number, bytes: number): Records {
  const buffer = new ArrayBuffer(rows * bytes)
  return { rows, buffer, f64: new Float64Array(buffer), i32: new Int32Array(buffer), f32: new Float32Array(buffer) }
}
