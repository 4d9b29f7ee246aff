import type { RunRecord } from './record'
import { interval95, mean, type Interval } from './statistics'

/** s by which a trip must be quicker or slower to count as won or lost: less is chance of signals and gaps. */
export const NOTICED = 60

/** How long each trip of a run took; small enough to be handed from worker to worker. */
export interface TripTimes {
  /** Stable ids, by which trips of two runs are paired. */
  readonly id: Int32Array
  /** VehicleClass. */
  readonly class: Uint8Array
  /** Where it sets out: TAZ id, or -(gateway node row) - 2; -1 = neither. */
  readonly zone: Int32Array
  /** s from departure, waiting to enter included, so far for those under way; NaN = not set out; Infinity = cannot arrive. */
  readonly seconds: Float32Array
}

export function tripTimes({ trips, ticks, dt }: RunRecord): TripTimes {
  const { id, class: kinds, originZone, departTick, arriveTick, unreachableReason } = trips
  return {
    id, class: kinds, zone: originZone,
    seconds: Float32Array.from(departTick, (depart, row) => {
      if (unreachableReason[row]! !== 0) return Infinity
      return depart >= ticks ? NaN : ((arriveTick[row]! >= 0 ? arriveTick[row]! : ticks) - depart) * dt
    }),
  }
}

/** Time that trips gained or lost, variant less baseline; s a trip, means over the seeds with their 95 % interval. */
export interface TripGroup extends Interval {
  /** Zone or VehicleClass. */
  readonly key: number
  /** Trips of both runs, mean over the seeds. */
  readonly trips: number
  /** h lost by all of them, mean over the seeds. */
  readonly hours: number
}

/** Who gained and who lost. Counts are means over the seeds, of trips that both runs have. */
export interface TripComparison {
  readonly winners: number
  readonly losers: number
  readonly unchanged: number
  /** Trips that arrive, or are under way, in one run only; in the other their way is shut. */
  readonly stranded: number
  readonly freed: number
  /** Most hours changed first. */
  readonly byZone: readonly TripGroup[]
  readonly byClass: readonly TripGroup[]
}

/** Run n of both lists has the same seed, hence the same trips. */
export function compareTrips(baselines: readonly TripTimes[], variants: readonly TripTimes[]): TripComparison {
  const seeds = baselines.map((baseline, at) => compareOne(baseline, variants[at]!))
  const count = (name: 'winners' | 'losers' | 'unchanged' | 'stranded' | 'freed'): number => mean(seeds.map(seed => seed[name]))
  return {
    winners: count('winners'), losers: count('losers'), unchanged: count('unchanged'), stranded: count('stranded'), freed: count('freed'),
    byZone: groups(seeds.map(seed => seed.zones)), byClass: groups(seeds.map(seed => seed.classes)),
  }
}

interface Sums { trips: number; seconds: number }
interface OneSeed { winners: number; losers: number; unchanged: number; stranded: number; freed: number; readonly zones: Map<number, Sums>; readonly classes: Map<number, Sums> }

function compareOne(baseline: TripTimes, variant: TripTimes): OneSeed {
  const result: OneSeed = { winners: 0, losers: 0, unchanged: 0, stranded: 0, freed: 0, zones: new Map(), classes: new Map() }
  const rowOf = new Map(Array.from(variant.id, (id, row) => [id, row]))
  for (let row = 0; row < baseline.id.length; row++) {
    const other = rowOf.get(baseline.id[row]!)
    if (other === undefined) continue
    const before = baseline.seconds[row]!, after = variant.seconds[other]!
    if (Number.isNaN(before) || Number.isNaN(after)) continue
    if (before === Infinity || after === Infinity) {
      if (before !== Infinity) result.stranded++
      else if (after !== Infinity) result.freed++
      continue
    }
    const difference = after - before
    result[difference <= -NOTICED ? 'winners' : difference >= NOTICED ? 'losers' : 'unchanged']++
    add(result.zones, baseline.zone[row]!, difference)
    add(result.classes, baseline.class[row]!, difference)
  }
  return result
}

function add(to: Map<number, Sums>, key: number, difference: number): void {
  const sums = to.get(key)
  if (!sums) to.set(key, { trips: 1, seconds: difference })
  else {
    sums.trips++
    sums.seconds += difference
  }
}

function groups(seeds: readonly Map<number, Sums>[]): TripGroup[] {
  // A group that one seed lacks has no mean there to be compared.
  const keys = [...seeds[0]!.keys()].filter(key => seeds.every(seed => seed.has(key)))
  return keys.map((key): TripGroup => {
    const sums = seeds.map(seed => seed.get(key)!)
    return { key, trips: mean(sums.map(({ trips }) => trips)), hours: mean(sums.map(({ seconds }) => seconds / 3600)), ...interval95(sums.map(({ trips, seconds }) => seconds / trips)) }
  }).sort((a, b) => Math.abs(b.hours) - Math.abs(a.hours) || a.key - b.key)
}
