import { pathToFileURL } from 'node:url'
import { assembleNetwork, checkInvariants, createWorld, gridSpec, randomTrips, stateHash, step, totals } from '../src/sim'

/** What it costs to check every invariant at every tick of a run. */
export interface InvariantsBenchRow {
  readonly case: string
  readonly vehicles: number
  /** ms a tick and a check: least of the means of 20 ticks, so that a busy machine shows less. */
  readonly tick: number
  readonly check: number
  /** Time of a check / time of a tick, %: what `run --check` costs. */
  readonly share: number
  /** What a run costs more that looks every eighth tick, as all do, %. */
  readonly shareOfRun: number
  readonly checksum: string
}

/** Signalised grid of n x n crossings with `trips` trips an hour. */
export function runInvariantsBench(n = 10, trips = 20000, warmUp = 1200, blocks = 20, clock: () => number = () => performance.now()): InvariantsBenchRow {
  const network = assembleNetwork(gridSpec(n))
  const world = createWorld({ network, trips: randomTrips(network, trips, 7200, 1), changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3 })
  for (let tick = 0; tick < warmUp; tick++) step(world)
  const ticks: number[] = []
  const checks: number[] = []
  for (let block = 0; block < blocks; block++) {
    let stepping = 0
    let checking = 0
    for (let k = 0; k < 20; k++) {
      const start = clock()
      step(world)
      const middle = clock()
      checkInvariants(world)
      stepping += middle - start
      checking += clock() - middle
    }
    ticks.push(stepping / 20)
    checks.push(checking / 20)
  }
  const [tick, check] = [Math.min(...ticks), Math.min(...checks)]
  return { case: `grid ${n} x ${n}, ${trips} trips/h`, vehicles: totals(world).running, tick, check, share: (100 * check) / tick, shareOfRun: (100 * check) / tick / 8, checksum: stateHash(world) }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(`${JSON.stringify(runInvariantsBench(), null, 2)}\n`)
