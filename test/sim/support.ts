import {
  checkInvariants, createTable, createWorld, networkTables, SignalKind, step, totals, tripColumns, vehicleReport,
  type Network, type NetworkChange, type NetworkSpec, type SimVehicleReport, type TripTable, type World, type WorldInput,
} from '../../src/sim'

/** One trip of a test; positions default to the start of the origin and near the end of the destination. */
export interface TripRow {
  readonly depart: number
  readonly from: number
  readonly to: number
  readonly id?: number
  readonly class?: number
  readonly fromOffset?: number
  readonly toOffset?: number
}

export function tripTable(network: Network, rows: readonly TripRow[]): TripTable {
  const sorted = rows.map((row, at) => ({ ...row, id: row.id ?? at })).sort((a, b) => a.depart - b.depart || a.id - b.id)
  const trips = createTable(tripColumns, sorted.length)
  for (const [at, row] of sorted.entries()) {
    trips.id[at] = row.id
    trips.departTick[at] = row.depart
    trips.originLink[at] = row.from
    trips.destinationLink[at] = row.to
    trips.originOffset[at] = row.fromOffset ?? 0
    trips.destinationOffset[at] = row.toOffset ?? network.links.length[row.to]! * 0.8
    trips.originZone[at] = trips.destinationZone[at] = -1
    trips.class[at] = row.class ?? 0
    trips.purpose[at] = 1
  }
  return trips
}

export const inputOf = (network: Network, trips: TripTable, more: Partial<WorldInput> = {}): WorldInput =>
  ({ network, trips, changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3, ...more })

export function run(world: World, ticks: number, each?: (world: World) => void): World {
  for (let tick = 0; tick < ticks; tick++) {
    step(world)
    each?.(world)
  }
  return world
}

/** Runs with every invariant checked at every tick; what goes wrong names the seed. */
export function runChecked(input: WorldInput, ticks: number, each?: (world: World) => void): World {
  const world = createWorld(input)
  try {
    return run(world, ticks, now => {
      checkInvariants(now)
      const { departures, waiting, running, arrived, unreachable } = totals(now)
      if (departures !== waiting + running + arrived + unreachable) throw new Error(`tick ${now.tick}: trips are not conserved`)
      each?.(now)
    })
  } catch (error) {
    throw new Error(`seed ${input.seed}: ${(error as Error).message}`, { cause: error })
  }
}

export function vehicles(world: World): SimVehicleReport[] {
  const found: SimVehicleReport[] = []
  for (let slot = 0; slot < world.capacity; slot++) {
    const report = vehicleReport(world, slot)
    if (report) found.push(report)
  }
  return found
}

/** Trips whose vehicle is on a lane of the link. */
export function tripsOn(world: World, link: number): number[] {
  const { lanes } = world.input.network
  return vehicles(world).filter(({ path }) => path < lanes.rows && lanes.link[path] === link).map(({ trip }) => trip)
}

/** Seconds from departure to arrival by trip row; NaN for those that have not arrived. */
export const travelTimes = (world: World): number[] => Array.from(world.trips.arriveTick, (tick, row) =>
  tick < 0 ? NaN : (tick - world.input.trips.departTick[row]!) * world.input.dt)

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

export const closing = (network: Network, link: number, tick: number, until: number, classes?: number): NetworkChange[] => {
  const changes: NetworkChange[] = []
  for (let at = 0; at < network.links.laneCount[link]!; at++) {
    const row = network.links.laneFirst[link]! + at
    changes.push({ tick, kind: 'closeLane', row, classes, source: 'test' })
    if (until < Infinity) changes.push({ tick: until, kind: 'openLane', row, classes, source: 'test' })
  }
  return changes
}

/** Row of the link that leads from one point to another, by the coordinates of its nodes. */
export function linkBetween(network: Network, from: readonly [number, number], to: readonly [number, number]): number {
  const { nodes, links } = network
  const at = (node: number, [x, y]: readonly [number, number]): boolean => Math.abs(nodes.x[node]! - x) < 1 && Math.abs(nodes.y[node]! - y) < 1
  const row = Array.from(links.fromNode).findIndex((node, link) => at(node, from) && at(links.toNode[link]!, to))
  if (row < 0) throw new Error(`no link from ${from} to ${to}`)
  return row
}

/** Gives the one signal of a network a green for all its groups and a red for all, of so many seconds; 3 s of yellow end the green. */
export function withGreenAndRed(network: Network, green: number, red: number): Network {
  const stages = createTable(networkTables.stages, 2)
  stages.green.set([green, red])
  stages.yellow.set([3, 0])
  stages.protectedMask.set([2 ** network.programs.groupCount[0]! - 1, 0])
  network.programs.stageFirst[0] = 0
  network.programs.stageCount[0] = 2
  network.programs.offset[0] = 0
  return { ...network, stages }
}

export const actuated = (spec: NetworkSpec): NetworkSpec =>
  ({ ...spec, nodes: spec.nodes.map(node => ({ ...node, signalKind: SignalKind.actuated })) })
