/** Digits after the point that suit every value of a row: 0.42, 4.20, 42.0, 420; none where all are whole. */
export function digitsFor(...values: readonly number[]): number {
  const size = Math.max(...values.map(Math.abs))
  return size >= 100 || values.every(Number.isInteger) ? 0 : size >= 10 ? 1 : 2
}
