import { departTickOf, type World } from './world'
import { Unreachable } from './worldTypes'

/** Where the trips of one event or estate are now. */
export interface TripTally {
  /** All of the run. */
  readonly trips: number
  /** Those whose time has come. */
  readonly due: number
  /** Of them, who wait for room on the road. */
  readonly waiting: number
  readonly underWay: number
  readonly arrived: number
  readonly unreachable: number
}

/** Trips whose ids lie in `first .. first + count - 1`. */
export function tallyTrips(world: World, first: number, count: number): TripTally {
  const { input, trips: states, tick } = world
  const { id, rows } = input.trips
  let trips = 0, due = 0, inserted = 0, arrived = 0, unreachable = 0
  for (let row = 0; row < rows; row++) {
    if (id[row] < first || id[row] >= first + count) continue
    trips += 1
    if (departTickOf(world, row) >= tick) continue
    due += 1
    if (states.unreachable[row] !== Unreachable.none) unreachable += 1
    else if (states.arriveTick[row] >= 0) arrived += 1
    else if (states.insertTick[row] >= 0) inserted += 1
  }
  return { trips, due, waiting: due - inserted - arrived - unreachable, underWay: inserted, arrived, unreachable }
}

/** A zone where vehicles of a class set out. */
export interface CallPlace {
  /** Zone, or -(gateway node row) - 2. */
  readonly zone: number
  /** Mean place where they set out, m. */
  readonly x: number
  readonly y: number
  /** Those whose time came in the last `seconds`. */
  readonly calls: number
  /** Of all since the start, who have not found room on the road. */
  readonly waiting: number
}

/** Where vehicles of a class have set out in the last `seconds`, from inside the city, most first. */
export function callsByZone(world: World, vehicleClass: number, seconds: number): CallPlace[] {
  const { input, trips: states, tick } = world
  const { trips, network: { links, points } } = input
  const since = tick - seconds / input.dt
  const zones = new Map<number, { zone: number; x: number; y: number; calls: number; waiting: number }>()
  for (let row = 0; row < trips.rows; row++) {
    if (trips.class[row] !== vehicleClass || trips.originZone[row] < 0) continue
    const at = departTickOf(world, row)
    if (at >= tick) continue
    const waits = states.insertTick[row] < 0 && states.unreachable[row] === Unreachable.none
    if (at < since && !waits) continue
    const zone = trips.originZone[row]
    const place = zones.get(zone) ?? { zone, x: 0, y: 0, calls: 0, waiting: 0 }
    zones.set(zone, place)
    if (waits) place.waiting += 1
    if (at < since) continue
    const point = links.pointFirst[trips.originLink[row]]
    place.x += points.x[point]
    place.y += points.y[point]
    place.calls += 1
  }
  return [...zones.values()].filter(({ calls }) => calls > 0).map(place => ({ ...place, x: place.x / place.calls, y: place.y / place.calls })).sort((a, b) => b.calls - a.calls || a.zone - b.zone)
}
