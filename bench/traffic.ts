import {
  assembleNetwork, createCrew, createWorld, gridSpec, orderSpec, randomTrips, restoreWorld, saveWorld, stateHash, step, totals, type HelperPort, type WorldInput,
} from '../src/sim'

/** One line of the traffic bench. */
export interface TrafficBenchRow {
  readonly case: string
  /** On the road, mean of the measured ticks. */
  readonly vehicles: number
  readonly threads: number
  /** s */
  readonly step: number
  readonly vehicleUpdatesPerSecond: number
  readonly realTimeFactor: number
  /** Size of the saved state / vehicles on the road. */
  readonly bytesPerVehicle: number
  /** ms, of runs of 5 ticks: least, median, and the distance of the quartiles. */
  readonly tickMin: number
  readonly tickMedian: number
  readonly tickSpread: number
  /** State hash at the end: equal wherever, whenever and on however many threads this runs. */
  readonly checksum: string
}

export interface TrafficBenchCase {
  readonly name: string
  readonly input: () => WorldInput
  /** Ticks before and in the measurement. */
  readonly warmUp: number
  readonly ticks: number
}

/** Signalised grid of n x n crossings; `trips` trips between its links start within `start` ticks. */
const grid = (n: number, trips: number, start: number, warmUp: number, ticks: number): TrafficBenchCase => ({
  name: `grid ${n} x ${n}, ${trips} trips`, warmUp, ticks,
  input: () => {
    const network = assembleNetwork(orderSpec(gridSpec(n)))
    return { network, trips: randomTrips(network, trips, start, 1, true), changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3 }
  },
})

/** About 7,000, 50,000 and 200,000 vehicles at once. */
export const gridCases: readonly TrafficBenchCase[] = [
  grid(40, 8000, 480, 600, 200), grid(40, 56000, 600, 700, 100), grid(40, 250000, 900, 1000, 40),
]
/** The same, tiny, so that the bench runs in the tests and cannot rot. */
export const tinyCases: readonly TrafficBenchCase[] = [grid(4, 200, 100, 120, 20)]

/** What the bench needs of its surroundings. */
export interface BenchHost {
  /** Starts a thread that serves a crew. */
  readonly startHelper: () => HelperPort
  readonly cores: number
  /** ms */
  readonly clock: () => number
}

/** Ticks timed at once; the thread counts take turns, so that whatever else runs on the machine hits all alike. */
const CHUNK = 5

/** Runs a case from the same warmed-up state with each number of threads. */
export function runTrafficBench({ name, input, warmUp, ticks }: TrafficBenchCase, threads: readonly number[], { startHelper, cores, clock }: BenchHost): TrafficBenchRow[] {
  const made = input()
  const warm = createWorld(made)
  for (let tick = 0; tick < warmUp; tick++) step(warm)
  const saved = saveWorld(warm)
  const runs = threads.map(count => {
    const crew = count === 1 ? null : createCrew(Array.from({ length: count - 1 }, startHelper), cores)
    const world = restoreWorld(made, saved, crew !== null)
    return { count, crew, world, advance: crew ? () => crew.step(world) : () => step(world), times: [] as number[] }
  })
  const before = totals(warm).vehicleUpdates
  for (let tick = 0; tick < ticks; tick += CHUNK)
    for (const { advance, times } of runs) {
      const start = clock()
      for (let k = 0; k < CHUNK; k++) advance()
      times.push((clock() - start) / CHUNK)
    }
  return runs.map(({ count, crew, world, times }) => {
    crew?.close()
    const whole = CHUNK * times.reduce((sum, time) => sum + time, 0)
    times.sort((a, b) => a - b)
    const done = times.length * CHUNK
    const { running, vehicleUpdates } = totals(world)
    const updates = vehicleUpdates - before
    const { dt } = world.input
    return {
      case: name, vehicles: Math.round(updates / done), threads: count, step: dt,
      vehicleUpdatesPerSecond: Math.round((1000 * updates) / whole),
      realTimeFactor: (1000 * done * dt) / whole,
      bytesPerVehicle: Math.round(saveWorld(world).byteLength / Math.max(1, running)),
      tickMin: times[0]!, tickMedian: times[times.length >> 1]!, tickSpread: times[(times.length * 3) >> 2]! - times[times.length >> 2]!,
      checksum: stateHash(world),
    }
  })
}
