import { assembleNetwork, createMeso, gridSpec, mesoStateHash, mesoTotals, randomTrips, stepMeso, type WorldInput } from '../src/sim'

/** One line of the meso bench. */
export interface MesoBenchRow {
  readonly case: string
  readonly trips: number
  /** Vehicles that passed from one link to the next. */
  readonly moves: number
  /** Routing included, as in a run. */
  readonly movesPerSecond: number
  readonly realTimeFactor: number
  readonly seconds: number
  /** State hash at the end: equal wherever and whenever this runs. */
  readonly checksum: string
}

export interface MesoBenchCase { readonly name: string; readonly input: () => WorldInput; readonly seconds: number }

/** Signalised grid of n x n crossings with `trips` trips in the hour that is measured. */
const grid = (n: number, trips: number): MesoBenchCase => ({
  name: `grid ${n} x ${n}, ${trips} trips/h`, seconds: 3600,
  input: () => {
    const network = assembleNetwork(gridSpec(n))
    return { network, trips: randomTrips(network, trips, 7200, 1), changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3 }
  },
})

const cases: readonly MesoBenchCase[] = [grid(10, 20000), grid(20, 40000)]

export function runMesoBench(chosen: readonly MesoBenchCase[] = cases, clock: () => number = () => performance.now()): MesoBenchRow[] {
  return chosen.map(({ name, input, seconds: length }) => {
    const world = createMeso(input())
    const start = clock()
    while (world.tick < length) stepMeso(world)
    const seconds = (clock() - start) / 1000
    const { vehicleUpdates, departures } = mesoTotals(world)
    return { case: name, trips: departures, moves: vehicleUpdates, movesPerSecond: Math.round(vehicleUpdates / seconds), realTimeFactor: length / seconds, seconds, checksum: mesoStateHash(world) }
  })
}

if (import.meta.filename === process.argv[1]) for (const row of runMesoBench()) process.stdout.write(`${JSON.stringify(row)}\n`)
