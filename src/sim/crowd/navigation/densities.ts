import type { Crowd } from '../crowd'
import type { SpaceIndex } from '../spaceIndex'

/** Share of a density that is from now; the rest is from before. */
const SHARE_NOW = 0.25
/** Densities are over this area at least, m2. */
const LEAST_AREA = 1.5
/** Cells of the space index to each side over which a density is taken, 4 m in all; and those of its surroundings, 12 m. */
const REACH = 2
const AROUND = 7
/** A density differs from that of its surroundings by what exceeds so many standard deviations of a count. */
const CHANCE = 1

/** m2 to walk on about each cell of the space index, as far as `REACH` and `AROUND`. */
export interface Surroundings {
  readonly near: Float32Array
  readonly around: Float32Array
  /** Scratch, by column: persons near and around. */
  readonly columns: Int32Array
}

export const surroundingsOf = (index: SpaceIndex, area: Float32Array): Surroundings =>
  ({ near: windowed(index, area, REACH), around: windowed(index, area, AROUND), columns: new Int32Array(2 * index.floors.width.reduce((most, width) => Math.max(most, width), 0)) })

/** Sums over squares of 2 `reach` + 1 cells. */
function windowed({ floors, cells }: SpaceIndex, values: Float32Array, reach: number): Float32Array {
  const sums = new Float32Array(cells)
  for (let floor = 0; floor < floors.rows; floor++) {
    const width = floors.width[floor]
    const height = floors.height[floor]
    const first = floors.cellFirst[floor]
    const column = new Float64Array(width)
    for (let row = -reach; row < height; row++) {
      for (let at = 0; at < width; at++) {
        if (row + reach < height) column[at] += values[first + (row + reach) * width + at]
        if (row - reach - 1 >= 0) column[at] -= values[first + (row - reach - 1) * width + at]
      }
      if (row < 0) continue
      let sum = 0
      for (let at = -reach; at < width; at++) {
        if (at + reach < width) sum += column[at + reach]
        if (at - reach - 1 >= 0) sum -= column[at - reach - 1]
        if (at >= 0) sums[first + row * width + at] = sum
      }
    }
  }
  return sums
}

/**
 * Persons a m2 about each cell, as fields take them for slower: the density of 4 m x 4 m, but that of 12 m x 12 m where
 * the two differ by no more than chance has it (sqrt(rho / A) for a Poisson count). Else everybody would weave between
 * thinner and denser places of an even crowd, which are others when one gets there.
 */
export function measureDensities({ navigation: { density, area, surroundings }, index: { floors }, cellFirst }: Crowd): void {
  const { near, around, columns } = surroundings
  for (let floor = 0; floor < floors.rows; floor++) {
    const width = floors.width[floor]
    const height = floors.height[floor]
    const first = floors.cellFirst[floor]
    columns.fill(0)
    for (let row = -AROUND; row < height; row++) {
      moveWindow(cellFirst, first, width, height, row, REACH, columns, 0)
      moveWindow(cellFirst, first, width, height, row, AROUND, columns, 1)
      if (row < 0) continue
      for (let column = 0; column < width; column++) {
        const cell = first + row * width + column
        if (area[cell] === 0) continue
        const rho = columns[2 * column + 1] / Math.max(LEAST_AREA, around[cell])
        const surface = Math.max(LEAST_AREA, near[cell])
        const here = columns[2 * column] / surface
        const chance = CHANCE * Math.sqrt(rho / surface)
        const differs = here > rho + chance ? here - chance : here < rho - chance ? here + chance : rho
        density[cell] += SHARE_NOW * (differs - density[cell])
      }
    }
  }
}

/** Takes the row of cells that a window of 2 `reach` + 1 rows reaches when it comes to `row` into its sums by column, and that which it leaves out of them. */
function moveWindow(cellFirst: Int32Array, first: number, width: number, height: number, row: number, reach: number, columns: Int32Array, at: number): void {
  for (let sign = 1; sign >= -1; sign -= 2) {
    const line = sign > 0 ? row + reach : row - reach - 1
    if (line < 0 || line >= height) continue
    const from = first + line * width
    // Bodies of neighbouring cells of a row lie one after the other.
    for (let column = 0; column < width; column++) {
      const low = column < reach ? 0 : column - reach
      const high = column + reach + 1 > width ? width : column + reach + 1
      columns[2 * column + at] += sign * (cellFirst[from + high] - cellFirst[from + low])
    }
  }
}
