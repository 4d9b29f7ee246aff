import {
  assembleNetwork, createWorld, gridSpec, randomTrips, saveWorld, stateHash, step, totals, type WorldInput,
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
  /** ms, of runs of 20 ticks: least, median, and the distance of the quartiles. */
  readonly tickMin: number
  readonly tickMedian: number
  readonly tickSpread: number
  /** State hash at the end: equal wherever and whenever this runs. */
  readonly checksum: string
}

export interface TrafficBenchCase {
  readonly name: string
  readonly input: () => WorldInput
  /** Ticks before and in the measurement. */
  readonly warmUp: number
  readonly ticks: number
}

/** Signalised grid of n x n crossings with `trips` trips an hour between its ends. */
const grid = (n: number, trips: number, ticks: number): TrafficBenchCase => ({
  name: `grid ${n} x ${n}, ${trips} trips/h`, warmUp: 1200, ticks,
  input: () => {
    const network = assembleNetwork(gridSpec(n))
    return { network, trips: randomTrips(network, trips, 7200, 1), changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3 }
  },
})

/** About 1,000, 4,000 and 10,000 vehicles at once. */
export const gridCases: readonly TrafficBenchCase[] = [grid(5, 6000, 600), grid(10, 20000, 600), grid(20, 40000, 400)]
/** The same, tiny, so that the bench runs in the tests and cannot rot. */
export const tinyCases: readonly TrafficBenchCase[] = [{ ...grid(2, 1200, 60), warmUp: 120 }]

/** Runs the cases one after the other on this thread. Pass further ones, such as the peak of a city. */
export function runTrafficBench(cases: readonly TrafficBenchCase[] = gridCases, clock: () => number = () => performance.now()): TrafficBenchRow[] {
  return cases.map(({ name, input, warmUp, ticks }) => {
    const world = createWorld(input())
    for (let tick = 0; tick < warmUp; tick++) step(world)
    const updatesBefore = totals(world).vehicleUpdates
    const times: number[] = []
    let whole = 0
    for (let tick = 0; tick < ticks; tick += 20) {
      const start = clock()
      for (let k = 0; k < 20; k++) step(world)
      const time = clock() - start
      whole += time
      times.push(time / 20)
    }
    times.sort((a, b) => a - b)
    const done = times.length * 20
    const { running, vehicleUpdates } = totals(world)
    const updates = vehicleUpdates - updatesBefore
    const { dt } = world.input
    return {
      case: name, vehicles: Math.round(updates / done), threads: 1, step: dt,
      vehicleUpdatesPerSecond: Math.round((1000 * updates) / whole),
      realTimeFactor: (1000 * done * dt) / whole,
      bytesPerVehicle: Math.round(saveWorld(world).byteLength / Math.max(1, running)),
      tickMin: times[0]!, tickMedian: times[times.length >> 1]!, tickSpread: times[(times.length * 3) >> 2]! - times[times.length >> 2]!,
      checksum: stateHash(world),
    }
  })
}
