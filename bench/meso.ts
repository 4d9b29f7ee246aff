import {
  assembleNetwork, createMeso, gridSpec, MESO_STEP, mesoStateHash, mesoTotals, randomTrips, stepMeso, type MesoWorld, type WorldInput,
} from '../src/sim'
import { routeNotes } from '../src/sim/meso/routeNotes'

/** One line of the meso bench. */
export interface MesoBenchRow {
  readonly case: string
  readonly trips: number
  /** Vehicles that passed from one link to the next. */
  readonly moves: number
  /** Everything that a run does: routes found and renewed, departures, signals, measures. */
  readonly movesPerSecond: number
  readonly realTimeFactor: number
  readonly seconds: number
  /** The same trips once more with the routes that they set out on, laid before the clock starts: the loading of the network alone. */
  readonly loading: { readonly moves: number; readonly movesPerSecond: number; readonly nanosecondsPerMove: number; readonly seconds: number }
  /** What one read of memory that depends on the one before costs at that time on this machine, 16 MB at random, ns: what a move mostly waits for. */
  readonly randomRead: number
  /** State hash at the end of the whole run: equal wherever and whenever this runs. */
  readonly checksum: string
}

/** `seconds` of a run are timed, or all of it. */
export interface MesoBenchCase { readonly name: string; readonly input: () => WorldInput; readonly seconds: number }

/** Signalised grid of n x n crossings with `trips` trips in the hour that is measured. */
const grid = (n: number, trips: number): MesoBenchCase => ({
  name: `grid ${n} x ${n}, ${trips} trips/h`, seconds: 3600,
  input: () => {
    const network = assembleNetwork(gridSpec(n))
    return { network, trips: randomTrips(network, trips, 7200, 1), changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3 }
  },
})

export const mesoCases: readonly MesoBenchCase[] = [grid(10, 20000), grid(20, 40000)]

/** Processor seconds of this process, so that others on the machine count less. */
const processorTime = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

export function runMesoBench(chosen: readonly MesoBenchCase[] = mesoCases, clock: () => number = processorTime): MesoBenchRow[] {
  return chosen.map(({ name, input: make, seconds: length }) => {
    const input = make()
    const notes = routeNotes(input)
    const whole = timed(createMeso(input), length, clock, notes.note)
    const loading = timed(createMeso({ ...input, rerouteShare: 0, routes: notes.routes() }), length, clock)
    const { vehicleUpdates, departures } = mesoTotals(whole.world)
    const { vehicleUpdates: moves } = mesoTotals(loading.world)
    return {
      case: name, trips: departures, moves: vehicleUpdates, movesPerSecond: Math.round(vehicleUpdates / whole.seconds), realTimeFactor: length / whole.seconds, seconds: whole.seconds,
      loading: { moves, movesPerSecond: Math.round(moves / loading.seconds), nanosecondsPerMove: Math.round((1e9 * loading.seconds) / moves), seconds: loading.seconds },
      randomRead: randomRead(clock), checksum: mesoStateHash(whole.world),
    }
  })
}

/** Runs to the end; what `each` does after a step is not timed. */
function timed(world: MesoWorld, length: number, clock: () => number, each?: (world: MesoWorld) => void): { world: MesoWorld; seconds: number } {
  let seconds = 0
  while (world.tick * MESO_STEP < length) {
    const start = clock()
    stepMeso(world)
    seconds += clock() - start
    each?.(world)
  }
  return { world, seconds }
}

/** A walk through 16 MB, one cache line a step, in an order that no processor foresees. */
function randomRead(clock: () => number): number {
  const lines = 1 << 18
  const next = new Int32Array(lines * 16)
  // A full cycle: multiplier 1 modulo 4 and an odd increment (Hull & Dobell 1962).
  for (let line = 0; line < lines; line++) next[line * 16] = ((Math.imul(line, 1664525) + 1013904223) & (lines - 1)) * 16
  let at = 0
  const start = clock()
  for (let step = 0; step < lines; step++) at = next[at]!
  const seconds = clock() - start
  return at >= 0 ? (1e9 * seconds) / lines : NaN
}
