import { createTable, type ColumnArray, type Columns, type TableOf } from '../core/table'
import { CrowdCount, type Crowd } from '../crowd/crowd'
import { othersInCar, TripStage, type Transit } from '../transit'
import { MINUTES, minuteAt } from './minutes'
import type { PeopleInput } from './peopleTypes'

/**
 * Persons a minute that ways off a platform carry. Stairs upwards 3,700 an hour and metre, a passage 5,000, an
 * escalator of 1 m at 0.65 m/s 8,190: GB 50157-2013, capacities of station parts.
 */
const STAIRS = 3700 / 60
const PASSAGE = 5000 / 60
const ESCALATOR = 8190 / 60
/** Share of the capacity that is reckoned with; and of the escalators one is under repair. GB 51298-2018, 5.1.2. */
const USABLE = 0.9
/** min until people start. GB 50157-2013, 28.2.11. */
const REACTION = 1

export const platformColumns = {
  most: { type: 'i32', unit: 'persons', doc: 'most on it at a time' },
  mostTick: { type: 'i32', unit: 'tick', doc: 'of the crowd, when' },
  mostToClear: { type: 'i32', unit: 'persons', doc: 'most at a time, those in trains that stand there with them' },
} as const satisfies Columns

/** How many persons are on each platform: a floor with doors of trains. */
export interface PlatformLoads {
  /** By platform: row of its floor; stops whose trains open there. */
  readonly floors: readonly number[]
  readonly stops: readonly (readonly number[])[]
  /** By platform: persons a minute that its ways off carry, as the formula reckons them. */
  readonly capacity: Float64Array
  /** By floor of the walk space: persons on it at the last look. */
  readonly onFloor: Int32Array
  readonly table: TableOf<typeof platformColumns>
  /** Most persons by platform and minute of the run. */
  readonly series: Uint16Array
}

export function createPlatformLoads({ input: { space }, index }: Crowd, { goalStop }: PeopleInput): PlatformLoads {
  const stopsOf = new Map<number, Set<number>>()
  const floorRow = new Map(space.floors.map(({ id }, row) => [id, row]))
  for (const [goal, { floor }] of space.goals.entries()) {
    if (goalStop[goal] < 0) continue
    const row = floorRow.get(floor)!
    const stops = stopsOf.get(row) ?? new Set()
    stopsOf.set(row, stops.add(goalStop[goal]))
  }
  const floors = [...stopsOf.keys()].sort((a, b) => a - b)
  const { joins } = index
  const capacity = Float64Array.from(floors, floor => {
    let [escalators, rest] = [0, 0]
    for (let join = 0; join < space.joins.length; join++) {
      const other = joins.floorA[join] === floor ? joins.floorB[join] : joins.floorB[join] === floor ? joins.floorA[join] : -1
      if (other < 0) continue
      const { surface, belt } = space.floors[other]
      const width = Math.sqrt((joins.bx[join] - joins.ax[join]) * (joins.bx[join] - joins.ax[join]) + (joins.by[join] - joins.ay[join]) * (joins.by[join] - joins.ay[join]))
      // Away from the platform: up where its other end lies higher.
      const up = space.floors[other].ascent !== undefined && space.floors[other].height >= space.floors[floor].height - 0.5
      if (surface === 'escalator') escalators += (belt ?? 0) > 0 === up && belt ? 1 : 0
      else rest += width * (surface === 'level' ? PASSAGE : STAIRS)
    }
    return USABLE * (ESCALATOR * Math.max(0, escalators - 1) + rest)
  })
  return {
    floors, stops: floors.map(floor => [...stopsOf.get(floor)!].sort((a, b) => a - b)), capacity, onFloor: new Int32Array(space.floors.length),
    table: createTable(platformColumns, floors.length), series: new Uint16Array(floors.length * MINUTES),
  }
}

/** Once a second: persons on the floor of each platform, at the doors of its trains, and in trains that stand there. */
export function watchPlatforms(loads: PlatformLoads, { now, mail, index, counts: { [CrowdCount.tick]: tick }, input: { dt, startTime } }: Crowd, transit: Transit | null): void {
  const { floors, onFloor, table, series } = loads
  if (floors.length === 0) return
  onFloor.fill(0)
  for (let row = 0; row < mail.first[index.domains]; row++) onFloor[now.floor[row]]++
  const minute = minuteAt(tick * dt)
  const time = startTime + tick * dt
  for (let platform = 0; platform < floors.length; platform++) {
    const { persons, toClear } = loadOf(loads, platform, transit, time)
    if (persons > series[platform * MINUTES + minute]) series[platform * MINUTES + minute] = persons
    if (persons > table.most[platform]) {
      table.most[platform] = persons
      table.mostTick[platform] = tick
    }
    if (toClear > table.mostToClear[platform]) table.mostToClear[platform] = toClear
  }
}

/** Persons of a platform: on its floor; on their last step through a door; in trains that stand there, the city's other passengers with them. */
export interface PlatformLoad {
  readonly floor: number
  readonly doors: number
  readonly trains: number
  /** On the platform, and those in trains with them. */
  readonly persons: number
  readonly toClear: number
}

/** @param time  s of the day */
export function loadOf({ floors, stops, onFloor }: PlatformLoads, platform: number, transit: Transit | null, time: number): PlatformLoad {
  let [doors, trains] = [0, 0]
  if (transit) {
    for (const stop of stops[platform]) {
      doors += transit.stops.waiting[stop]
      const trip = transit.stops.trip[stop]
      if (trip < 0 || transit.trips.stage[trip] !== TripStage.standing) continue
      trains += transit.trips.aboard[trip] + othersInCar(transit, stop, time) * transit.service.routes.cars[transit.service.stops.route[stop]]
    }
  }
  const floor = onFloor[floors[platform]]
  return { floor, doors, trains, persons: floor + doors, toClear: floor + doors + trains }
}

/**
 * Minutes to clear a platform of so many persons, and until they are in safety; Infinity where it has no way off.
 *
 *   T = (Q1 + Q2) / (0.9 [A1 (N - 1) + A2 B]) <= 4 min   (GB 51298-2018, 5.1.2; NFPA 130 asks for the same 4 min)
 *   T' = 1 + T <= 6 min   (GB 50157-2013, 28.2.11; NFPA 130: 6 min)
 *
 * with Q1 in a train that stands there, Q2 on the platform, N escalators of A1 that run away from it, stairs of B m in
 * all and A2 persons a minute and metre. The codes take the busiest train of the day for Q1, this takes the one that is
 * there.
 */
export function clearMinutes(persons: number, capacity: number): { readonly platform: number; readonly safety: number } {
  const platform = persons === 0 ? 0 : capacity > 0 ? persons / capacity : Infinity
  return { platform, safety: persons === 0 ? 0 : REACTION + platform }
}

export function* platformViews({ table, series }: PlatformLoads): Generator<ColumnArray> {
  yield table.most
  yield table.mostTick
  yield table.mostToClear
  yield series
}
