import { StateHash } from '../core/stateHash'
import type { ColumnArray } from '../core/table'

/**
 * Rows that belong to things of the document, which can come and go while a run is under way: what was measured of one
 * follows it to its new row. `names` of all rows are unique.
 */
export function keysOf(names: readonly string[], rows: number): Uint32Array {
  const keys = new Uint32Array(2 * rows)
  for (const [row, name] of names.entries()) {
    const hash = new StateHash()
    hash.add(Uint16Array.from(name, letter => letter.charCodeAt(0)))
    const text = hash.text()
    keys[2 * row] = Number.parseInt(text.slice(0, 8), 16)
    keys[2 * row + 1] = Number.parseInt(text.slice(8), 16)
  }
  return keys
}

/**
 * Has each row carry what stood under its key when it was saved; new rows begin at nothing.
 *
 * @param saved    keys of the rows as they were saved; become those of `names`
 * @param columns  of the same rows, each of a whole number of values a row
 * @returns the old row of each name, -1 = none; null where nothing has changed
 */
export function followKeys(saved: Uint32Array, names: readonly string[], columns: readonly ColumnArray[]): number[] | null {
  const rows = saved.length / 2
  const keys = keysOf(names, rows)
  if (keys.every((key, at) => key === saved[at])) return null
  const old = new Map<string, number>()
  for (let row = 0; row < rows; row++) old.set(`${saved[2 * row]} ${saved[2 * row + 1]}`, row)
  const from = names.map((_, row) => old.get(`${keys[2 * row]} ${keys[2 * row + 1]}`) ?? -1)
  for (const column of columns) {
    const width = column.length / rows
    const before = column.slice()
    column.fill(0)
    for (const [row, was] of from.entries()) if (was >= 0) column.set(before.subarray(was * width, (was + 1) * width), row * width)
  }
  saved.set(keys)
  return from
}
