import { PersonBit } from '../sim'

/** Cells a side. */
export const DENSITY_CELLS = 512
/** Bytes of one person a square metre; the densest that is told apart is 255 / 32 = 8 p/m². */
export const DENSITY_BYTES = 32

const BLOCK = 16 // cells that share one height below which nobody is counted
const PRESENT = PersonBit.present >>> 0

/**
 * Persons a square metre on a square of cells, each that of the 3 x 3 cells around it, as the crowd itself is watched
 * (sim/people/crowdWatch.ts) but for walls: all of the nine cells count as ground.
 */
export class CrowdDensity {
  /** Density of each cell, `DENSITY_BYTES` of it make 1 p/m²; rows from south to north. */
  readonly bytes = new Uint8Array(DENSITY_CELLS * DENSITY_CELLS)
  west = 0
  south = 0
  /** m. */
  cell = 1
  /** Persons counted, and the mean of their heights above the sea, m. */
  persons = 0
  meanZ = 0
  /** Cell of the highest density; -1 = nobody is there. */
  densest = -1
  readonly #counts = new Uint16Array(DENSITY_CELLS * DENSITY_CELLS)
  readonly #rows = new Uint16Array(DENSITY_CELLS * 3)
  readonly #floors = new Float32Array((DENSITY_CELLS / BLOCK) ** 2)
  #ceiling = 1e6

  /** Puts the square somewhere else. Counted is who stands between two heights: `lowAt` a place, and `ceiling`, m above the sea. */
  place(west: number, south: number, cell: number, lowAt: (x: number, y: number) => number, ceiling: number): void {
    this.west = west
    this.south = south
    this.cell = cell
    this.#ceiling = ceiling
    const blocks = DENSITY_CELLS / BLOCK, side = BLOCK * cell
    for (let j = 0; j < blocks; j++) for (let i = 0; i < blocks; i++) this.#floors[j * blocks + i] = lowAt(west + (i + 0.5) * side, south + (j + 0.5) * side)
  }

  /** Counts everybody of a snapshot's words, four a person. */
  count(state: Uint32Array, places: Float32Array, slots: number): void {
    const { west, south, cell } = this
    const counts = this.#counts, floors = this.#floors, blocks = DENSITY_CELLS / BLOCK, perCell = 1 / cell, ceiling = this.#ceiling
    counts.fill(0)
    let persons = 0, sumZ = 0
    for (let slot = 0, at = 0; slot < slots; slot++, at += 4) {
      const i = Math.floor((places[at]! - west) * perCell), j = Math.floor((places[at + 1]! - south) * perCell)
      if (!(i >= 0 && j >= 0 && i < DENSITY_CELLS && j < DENSITY_CELLS) || state[at + 3]! < PRESENT) continue
      const z = places[at + 2]!
      if (z >= ceiling || z < floors[Math.floor(j / BLOCK) * blocks + Math.floor(i / BLOCK)]!) continue
      counts[j * DENSITY_CELLS + i]!++
      persons++
      sumZ += z
    }
    this.persons = persons
    this.meanZ = persons > 0 ? sumZ / persons : 0
    this.#spread()
  }

  /** Sums of three cells along each of three rows in turn, then of these three. */
  #spread(): void {
    const counts = this.#counts, rows = this.#rows, bytes = this.bytes
    const scale = DENSITY_BYTES / (9 * this.cell * this.cell)
    let most = 0
    this.densest = -1
    rows.fill(0)
    for (let j = 0; j <= DENSITY_CELLS; j++) {
      const row = (j % 3) * DENSITY_CELLS, from = j * DENSITY_CELLS
      if (j === DENSITY_CELLS) rows.fill(0, row, row + DENSITY_CELLS)
      else {
        let left = 0, here = counts[from]!
        for (let i = 0; i < DENSITY_CELLS; i++) {
          const right = i + 1 < DENSITY_CELLS ? counts[from + i + 1]! : 0
          rows[row + i] = left + here + right
          left = here
          here = right
        }
      }
      if (j === 0) continue
      for (let i = 0, at = from - DENSITY_CELLS; i < DENSITY_CELLS; i++, at++) {
        const sum = rows[i]! + rows[DENSITY_CELLS + i]! + rows[2 * DENSITY_CELLS + i]!
        if (sum > most) { most = sum; this.densest = at }
        bytes[at] = Math.min(255, sum * scale + 0.5)
      }
    }
  }

  /** p/m² at a place; 0 beyond the square. */
  at(x: number, y: number): number {
    const i = Math.floor((x - this.west) / this.cell), j = Math.floor((y - this.south) / this.cell)
    return i >= 0 && j >= 0 && i < DENSITY_CELLS && j < DENSITY_CELLS ? this.bytes[j * DENSITY_CELLS + i]! / DENSITY_BYTES : 0
  }
}
