/** Where the rows of a time-space diagram lie, px from its top to the line of each, and where the names of the rows stand. */
export interface PlacedRows {
  /** px a metre: distances are to scale. */
  readonly scale: number
  readonly height: number
  /** From the bottom, in the order of the signals. */
  readonly lines: readonly number[]
  /** Names are kept apart, so that they may stand beside their line. */
  readonly names: readonly number[]
}

/** A diagram grows to so many times its room where signals lie close together. */
const TALLEST = 2.5

/**
 * Rows by their distance, to scale, in at least `room` px: more where two of them would lie nearer than `apart`.
 *
 * @param at     m from the first, growing
 * @param named  px from name to name at least
 */
export function placeRows(at: readonly number[], room: number, apart: number, named: number): PlacedRows {
  const far = at.at(-1) || 1
  const least = Math.min(...at.slice(1).map((each, row) => each - at[row]!).filter(gap => gap > 0))
  const height = Math.max(room, Math.min((far * apart) / least, TALLEST * room), named * (at.length - 1))
  const scale = height / far
  const lines = at.map(each => each * scale)
  // Up from the first, each at its line or above the one before; then down again from the top, where they have been pushed out.
  const names = [...lines]
  for (let row = 1; row < names.length; row++) names[row] = Math.max(names[row]!, names[row - 1]! + named)
  names[names.length - 1] = Math.min(names.at(-1)!, height)
  for (let row = names.length - 2; row >= 0; row--) names[row] = Math.min(names[row]!, names[row + 1]! - named)
  return { scale, height, lines, names }
}
