import type { Network } from '../sim'
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
  /** Second of the day at which it wants to set out. */
  readonly depart: Float32Array
  /** From where it begins to where it ends as the crow flies, within the modelled network; m. */
  readonly metres: Float32Array
}

export function tripTimes({ links, points }: Network, { trips, ticks, startTime, dt }: RunRecord): TripTimes {
  const { id, class: kinds, originZone, originLink, destinationLink, departTick, arriveTick, unreachableReason } = trips
  const middle = (link: number): number => links.pointFirst[link]! + (links.pointCount[link]! >> 1)
  return {
    id, class: kinds, zone: originZone,
    depart: Float32Array.from(departTick, tick => startTime + tick * dt),
    metres: Float32Array.from(originLink, (from, row) => {
      const a = middle(from), b = middle(destinationLink[row]!)
      return Math.hypot(points.x[b]! - points.x[a]!, points.y[b]! - points.y[a]!)
    }),
    seconds: Float32Array.from(departTick, (depart, row) => {
      if (unreachableReason[row]! !== 0) return Infinity
      return depart >= ticks ? NaN : ((arriveTick[row]! >= 0 ? arriveTick[row]! : ticks) - depart) * dt
    }),
  }
}

/** Time that trips gained or lost, variant less baseline; s a trip, means over the seeds with their 95 % interval. */
export interface TripGroup extends Interval {
  /** Zone, region, VehicleClass, lowest distance in m, or second of the day. */
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
  /** By the region that `regionOf` finds for the zone. */
  readonly byRegion: readonly TripGroup[]
  /** Shortest first. */
  readonly byDistance: readonly TripGroup[]
  /** By half hours of departure, in their order. */
  readonly byDeparture: readonly TripGroup[]
  /** Those of the first seed that gained and lost most; largest first. */
  readonly most: { readonly winners: readonly ChangedTrip[]; readonly losers: readonly ChangedTrip[] }
}

/** A trip of both runs; s, so far for those that have not arrived. */
export interface ChangedTrip { readonly id: number; readonly class: number; readonly zone: number; /** Second of the day. */ readonly depart: number; readonly baseline: number; readonly variant: number }

/** Lowest distances of the bands, m as the crow flies. */
export const distanceBands = [0, 2000, 5000, 10_000, 15_000] as const
/** s of departure that are told together. */
const HALF_HOUR = 1800
/** Trips that are named of those who gained or lost most. */
const NAMED = 10

/** Run n of both lists has the same seed, hence the same trips. @param regionOf  region of a zone, such as its district */
export function compareTrips(baselines: readonly TripTimes[], variants: readonly TripTimes[], regionOf: (zone: number) => number = zone => zone): TripComparison {
  const seeds = baselines.map((baseline, at) => compareOne(baseline, variants[at]!, regionOf))
  const count = (name: 'winners' | 'losers' | 'unchanged' | 'stranded' | 'freed'): number => mean(seeds.map(seed => seed[name]))
  return {
    winners: count('winners'), losers: count('losers'), unchanged: count('unchanged'), stranded: count('stranded'), freed: count('freed'),
    byZone: groups(seeds.map(seed => seed.zones)), byClass: groups(seeds.map(seed => seed.classes)), byRegion: groups(seeds.map(seed => seed.regions)),
    byDistance: groups(seeds.map(seed => seed.distances)).sort((a, b) => a.key - b.key), byDeparture: groups(seeds.map(seed => seed.departures)).sort((a, b) => a.key - b.key),
    most: mostChanged(baselines[0]!, variants[0]!),
  }
}

interface Sums { trips: number; seconds: number }
type Sides = 'zones' | 'classes' | 'regions' | 'distances' | 'departures'
interface OneSeed extends Readonly<Record<Sides, Map<number, Sums>>> { winners: number; losers: number; unchanged: number; stranded: number; freed: number }

function compareOne(baseline: TripTimes, variant: TripTimes, regionOf: (zone: number) => number): OneSeed {
  const result: OneSeed = {
    winners: 0, losers: 0, unchanged: 0, stranded: 0, freed: 0,
    zones: new Map(), classes: new Map(), regions: new Map(), distances: new Map(), departures: new Map(),
  }
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
    add(result.regions, regionOf(baseline.zone[row]!), difference)
    add(result.distances, distanceBands.findLast(least => baseline.metres[row]! >= least) ?? 0, difference)
    add(result.departures, Math.floor(baseline.depart[row]! / HALF_HOUR) * HALF_HOUR, difference)
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

function mostChanged(baseline: TripTimes, variant: TripTimes): TripComparison['most'] {
  const rowOf = new Map(Array.from(variant.id, (id, row) => [id, row]))
  const changed: ChangedTrip[] = []
  for (let row = 0; row < baseline.id.length; row++) {
    const other = rowOf.get(baseline.id[row]!)
    const before = baseline.seconds[row]!, after = other === undefined ? NaN : variant.seconds[other]!
    if (!(Math.abs(after - before) >= NOTICED) || !Number.isFinite(after - before)) continue
    changed.push({ id: baseline.id[row]!, class: baseline.class[row]!, zone: baseline.zone[row]!, depart: baseline.depart[row]!, baseline: before, variant: after })
  }
  changed.sort((a, b) => (a.variant - a.baseline) - (b.variant - b.baseline) || a.id - b.id)
  return { winners: changed.filter(each => each.variant < each.baseline).slice(0, NAMED), losers: changed.filter(each => each.variant > each.baseline).slice(-NAMED).reverse() }
}
