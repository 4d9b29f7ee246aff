import { createTable, tripColumns, type TripTable } from '../sim'

/** A trip under construction; fields as in `tripColumns`. */
export interface TripDraft {
  id: number
  departTick: number
  originLink: number
  destinationLink: number
  originOffset: number
  destinationOffset: number
  originZone: number
  destinationZone: number
  class: number
  purpose: number
}

/**
 * Collects trips in growing columns and hands them over sorted by tick, then id, as the simulation wants them.
 * Trips must be added in ascending order of id.
 */
export class TripList {
  count = 0
  #capacity = 4096
  #table: TripTable = createTable(tripColumns, this.#capacity)
  #idLast = -1

  add(trip: Readonly<TripDraft>): void {
    if (trip.id <= this.#idLast) throw new Error(`trip ${trip.id} was added after trip ${this.#idLast}`)
    this.#idLast = trip.id
    if (this.count === this.#capacity) this.#grow()
    const table = this.#table
    const row = this.count++
    table.id[row] = trip.id
    table.departTick[row] = trip.departTick
    table.originLink[row] = trip.originLink
    table.destinationLink[row] = trip.destinationLink
    table.originOffset[row] = trip.originOffset
    table.destinationOffset[row] = trip.destinationOffset
    table.originZone[row] = trip.originZone
    table.destinationZone[row] = trip.destinationZone
    table.class[row] = trip.class
    table.purpose[row] = trip.purpose
  }

  sorted(): TripTable {
    const { count } = this
    // Tick and row in one exact number: 2^53 / 2^22 leaves room for 2^31 ticks. Rows rise with the id.
    const keys = new Float64Array(count)
    for (let row = 0; row < count; row++) keys[row] = this.#table.departTick[row]! * ROWS_MAX + row
    keys.sort()
    const result = createTable(tripColumns, count)
    for (const name of Object.keys(tripColumns) as (keyof typeof tripColumns)[]) {
      const from = this.#table[name]
      const to = result[name]
      for (let i = 0; i < count; i++) to[i] = from[keys[i]! % ROWS_MAX]!
    }
    return result
  }

  #grow(): void {
    this.#capacity *= 2
    if (this.#capacity > ROWS_MAX) throw new Error(`more than ${ROWS_MAX / 2} trips; simulate a shorter window or less demand`)
    const larger = createTable(tripColumns, this.#capacity)
    for (const name of Object.keys(tripColumns) as (keyof typeof tripColumns)[]) larger[name].set(this.#table[name] as never)
    this.#table = larger
  }
}

const ROWS_MAX = 4_194_304
