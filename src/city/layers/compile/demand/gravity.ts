/** A square matrix of trips between places, row by row. */
export type Matrix = Float64Array

export interface Deterrence { readonly power: number; readonly shape: number; readonly scale: number }

/** Deterrence of a distance, m: d^-power exp(-(d / scale)^shape) with d in km, at least 300 m. */
export function deterrence(distance: number, { power, shape, scale }: Deterrence): number {
  const km = Math.max(0.3, distance / 1000)
  return km ** -power * Math.exp(-((km / scale) ** shape))
}

/**
 * Doubly constrained gravity model: trips between n places with given productions and attractions (scaled to the same
 * sum), by iterative proportional fitting. Source: Ortúzar & Willumsen (2011), Modelling Transport, ch. 5.
 */
export function gravityMatrix(productions: Float64Array, attractions: Float64Array, distances: Float64Array, law: Deterrence, rounds = 30): Matrix {
  const n = productions.length
  const wantedRows = normalised(productions)
  const wantedColumns = normalised(attractions)
  const trips = new Float64Array(n * n)
  for (let i = 0; i < trips.length; i++) trips[i] = deterrence(distances[i]!, law)
  const columns = new Float64Array(n)
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < n; i++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += trips[i * n + j]!
      const factor = sum > 0 ? wantedRows[i]! / sum : 0
      for (let j = 0; j < n; j++) trips[i * n + j]! *= factor
    }
    columns.fill(0)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) columns[j]! += trips[i * n + j]!
    for (let j = 0; j < n; j++) columns[j] = columns[j]! > 0 ? wantedColumns[j]! / columns[j]! : 0
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) trips[i * n + j]! *= columns[j]!
  }
  return trips
}

/** The same with another sum. */
export function scaled(values: Float64Array, total: number): Float64Array {
  const sum = values.reduce((a, b) => a + b, 0)
  return values.map(value => (sum > 0 ? (value * total) / sum : 0))
}

const normalised = (values: Float64Array): Float64Array => scaled(values, 1)

export function transposed(matrix: Matrix, n: number): Matrix {
  const result = new Float64Array(matrix.length)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) result[j * n + i] = matrix[i * n + j]!
  return result
}
