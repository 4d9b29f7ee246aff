import {
  createTable, createWorld, networkTables, speedFactor, step, tripColumns, type Network, type NetworkChange, type World, type WorldInput,
} from '../../sim'

/** One trip of a case; it ends near the end of its destination link unless told otherwise. */
export interface Trip {
  /** s after the start */
  readonly depart: number
  /** Link rows. */
  readonly from: number
  readonly to: number
  /** m */
  readonly fromOffset?: number
  readonly toOffset?: number
}

export interface BedOptions {
  /** s */
  readonly step?: number
  readonly seed?: number
  /** Drivers differ in the speed that they want (10 % standard deviation); else all want the limit. */
  readonly mixed?: boolean
  readonly changes?: readonly NetworkChange[]
}

const averageDrivers = new Map<number, number[]>()

/** Trip ids of drivers who want to drive at the limit, within 0.2 %: theory knows one kind of driver only. */
function averageDriver(seed: number, at: number): number {
  const found = averageDrivers.get(seed) ?? []
  averageDrivers.set(seed, found)
  for (let id = found.length === 0 ? 0 : found[found.length - 1]! + 1; found.length <= at; id++) if (Math.abs(speedFactor(seed, id) - 1) < 0.002) found.push(id)
  return found[at]!
}

/** Cars only, who keep to their routes. */
export function bedInput(network: Network, rows: readonly Trip[], { step: dt = 0.5, seed = 1, mixed = false, changes = [] }: BedOptions = {}): WorldInput {
  const sorted = rows.map((row, at) => ({ ...row, id: mixed ? at : averageDriver(seed, at) })).sort((a, b) => a.depart - b.depart || a.id - b.id)
  const trips = createTable(tripColumns, sorted.length)
  for (const [at, row] of sorted.entries()) {
    trips.id[at] = row.id
    trips.departTick[at] = Math.round(row.depart / dt)
    trips.originLink[at] = row.from
    trips.destinationLink[at] = row.to
    trips.originOffset[at] = row.fromOffset ?? 0
    trips.destinationOffset[at] = row.toOffset ?? network.links.length[row.to]! - 20
    trips.originZone[at] = trips.destinationZone[at] = -1
    trips.purpose[at] = 1
  }
  return { network, trips, changes, seed, dt, startTime: 0, rerouteShare: 0 }
}

export const bed = (network: Network, rows: readonly Trip[], options?: BedOptions): World => createWorld(bedInput(network, rows, options))

/** Runs for so many seconds; `each` sees the world after every tick. */
export function advance(world: World, seconds: number, each?: (time: number) => void): void {
  const ticks = Math.round(seconds / world.input.dt)
  for (let tick = 0; tick < ticks; tick++) {
    step(world)
    each?.(world.tick * world.input.dt)
  }
}

/** Trips at equal intervals, `flow` veh/h, for so many seconds. */
export const steady = (from: number, to: number, flow: number, seconds: number, start = 0): Trip[] =>
  Array.from({ length: Math.floor((seconds * flow) / 3600) }, (_, k) => ({ depart: start + (k * 3600) / flow, from, to }))

/** One vehicle on the road. */
export interface Body { readonly slot: number; readonly trip: number; readonly path: number; readonly offset: number; readonly speed: number }

/** Vehicles on the road, by slot. */
export function bodies(world: World): Body[] {
  const { slots, cells } = world
  const found: Body[] = []
  for (let slot = 0; slot < world.capacity; slot++) {
    const trip = slots.trip[slot]!
    if (trip < 0) continue
    const cell = slots.cell[slot]!
    found.push({ slot, trip, path: slots.path[slot]!, offset: cells.position[cell]!, speed: cells.speed[cell]! })
  }
  return found
}

/** Seconds since a vehicle that now drives at `speed` was `past` m back, at constant acceleration, as the steps have it. */
function timeSince(past: number, speed: number, acceleration: number): number {
  const square = speed * speed - 2 * acceleration * past
  return (2 * past) / Math.max(speed + Math.sqrt(Math.max(square, 0)), 1e-3)
}

/** Times at which fronts pass the end of a link, s, in order; call `look` after every tick. */
export class Detector {
  readonly times: number[] = []
  readonly trips: number[] = []
  readonly #before = new Set<number>()
  readonly #world: World
  readonly #link: number

  constructor(world: World, link: number) {
    this.#world = world
    this.#link = link
  }

  look(): void {
    const { input, tick, slots, cells, capacity } = this.#world
    const { lanes, turns } = input.network
    for (let slot = 0; slot < capacity; slot++) {
      const trip = slots.trip[slot]!
      if (trip < 0) continue
      const path = slots.path[slot]!
      if (path < lanes.rows && lanes.link[path] === this.#link) { this.#before.add(trip); continue }
      if (!this.#before.delete(trip)) continue
      // Within the tick, from how far the front is past the line.
      const cell = slots.cell[slot]!
      const past = cells.position[cell]! + (path < lanes.rows ? turns.length[this.#turnInto(path)]! : 0)
      this.times.push(tick * input.dt - Math.min(timeSince(past, cells.speed[cell]!, cells.acceleration[cell]!), input.dt))
      this.trips.push(trip)
    }
  }

  #turnInto(lane: number): number {
    const { turns, lanes } = this.#world.input.network
    for (let turn = 0; turn < turns.rows; turn++) if (turns.toLane[turn] === lane && lanes.link[turns.fromLane[turn]!] === this.#link) return turn
    throw new Error(`no turn from link ${this.#link} into lane ${lane}`)
  }

  /** veh/h that passed between two times, from the headways between the first and the last of them. */
  flow(from: number, to: number, only: (trip: number) => boolean = () => true): number {
    const times = this.times.filter((time, at) => time >= from && time < to && only(this.trips[at]!)).sort((a, b) => a - b)
    return times.length < 2 ? 0 : ((times.length - 1) * 3600) / (times[times.length - 1]! - times[0]!)
  }
}

/** Seconds from the wish to depart to the arrival, by trip row; NaN for those still under way. */
export const travelTimes = (world: World): number[] => Array.from(world.trips.arriveTick, (tick, row) =>
  tick < 0 ? NaN : (tick - world.input.trips.departTick[row]!) * world.input.dt)

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

/** Slope of the line that fits the points best (least squares). */
export function slope(points: readonly (readonly [number, number])[]): number {
  const x = mean(points.map(([at]) => at))
  const y = mean(points.map(([, value]) => value))
  return points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0) / points.reduce((sum, [at]) => sum + (at - x) * (at - x), 0)
}

/** Gives the signal of a network with one program a green of all its groups and a red, s; 3 s of yellow end the green. */
export function greenAndRed(network: Network, green: number, red: number): Network {
  const stages = createTable(networkTables.stages, 2)
  stages.green.set([green, red])
  stages.yellow.set([3, 0])
  stages.protectedMask.set([2 ** network.programs.groupCount[0]! - 1, 0])
  network.programs.stageFirst[0] = 0
  network.programs.stageCount[0] = 2
  network.programs.offset[0] = 0
  return { ...network, stages }
}
