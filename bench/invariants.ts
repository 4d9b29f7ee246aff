import { pathToFileURL } from 'node:url'
import { assembleNetwork, checkInTurn, checkInvariants, createWorld, gridSpec, randomTrips, stateHash, step, totals } from '../src/sim'

/** What it costs to check every invariant at every tick of a run. */
export interface InvariantsBenchRow {
  readonly case: string
  readonly vehicles: number
  /** ms a tick and a check: least of the means of 32 ticks, so that a busy machine shows less. */
  readonly tick: number
  readonly check: number
  /** Time of a check / time of a tick, %: what `run --check` costs. */
  readonly share: number
  /** What a run costs more that looks at a part of all at every tick, as all do, %. */
  readonly shareOfRun: number
  readonly checksum: string
}

/** As many as the parts take to come round. */
const TICKS = 32

/** Signalised grid of n x n crossings with `trips` trips an hour. */
export function runInvariantsBench(n = 10, trips = 20000, warmUp = 1200, blocks = 20, clock: () => number = () => performance.now()): InvariantsBenchRow {
  const network = assembleNetwork(gridSpec(n))
  const world = createWorld({ network, trips: randomTrips(network, trips, 7200, 1), changes: [], seed: 1, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.3 })
  for (let tick = 0; tick < warmUp; tick++) step(world)
  const ticks: number[] = []
  const checks: number[] = []
  const parts: number[] = []
  for (let block = 0; block < 2 * blocks; block++) {
    // By turns, as what one of them has read the other would find in the caches.
    const [check, times] = block % 2 === 0 ? [checkInvariants, checks] : [checkInTurn, parts]
    let stepping = 0
    let checking = 0
    for (let k = 0; k < TICKS; k++) {
      const start = clock()
      step(world)
      const middle = clock()
      check(world)
      stepping += middle - start
      checking += clock() - middle
    }
    ticks.push(stepping / TICKS)
    times.push(checking / TICKS)
  }
  const [tick, check, part] = [Math.min(...ticks), Math.min(...checks), Math.min(...parts)]
  return { case: `grid ${n} x ${n}, ${trips} trips/h`, vehicles: totals(world).running, tick, check, share: (100 * check) / tick, shareOfRun: (100 * part) / tick, checksum: stateHash(world) }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.stdout.write(`${JSON.stringify(runInvariantsBench(), null, 2)}\n`)
