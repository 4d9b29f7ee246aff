import type { EventClearing, Network } from '../sim'
import { computeKpis, kpiUnits, shownKpis, type Kpis } from './kpis'
import type { RunRecord } from './record'
import { groupRoads, roadHours, sumByLink, type LinkSums } from './roads'
import { compareSeries, networkSeries, type ComparedBin, type NetworkSeries } from './networkSeries'
import { interval95, mean } from './statistics'
import { compareTrips, tripTimes, type TripComparison, type TripTimes } from './tripDifferences'

/** What a comparison keeps of one run; small enough to be handed from worker to worker. */
export interface RunSummary {
  readonly seed: number
  readonly stateHash: string
  readonly kpis: Kpis
  /** How each event with people on foot emptied. */
  readonly events: readonly EventClearing[]
  readonly links: LinkSums
  readonly trips: TripTimes
  readonly series: NetworkSeries
}

/** A value of both sides; of indicators, null where one of a side's runs has no trip to tell it by. */
export interface ComparedValue<Value extends number | null = number> {
  readonly name: string
  readonly unit: string
  /** Means over the seeds. */
  readonly baseline: Value
  readonly variant: Value
  /** Mean of the paired differences, variant less baseline. */
  readonly difference: Value
  /** 95 % interval of the difference by Student's t; null with one seed, or without a difference. */
  readonly low95: number | null
  readonly high95: number | null
}

export type ComparedKpi = ComparedValue<number | null>

/** Indicators of one event, by its id: `clearT50`, `clearT95`, `clearT100` as of all events together. A side that lacks the event has none. */
export interface ComparedEvent { readonly event: string; readonly kpis: readonly ComparedKpi[] }

export interface Comparison {
  readonly seeds: readonly number[]
  readonly kpis: readonly ComparedKpi[]
  readonly events: readonly ComparedEvent[]
  /** The roads whose veh·h change most, largest change first. */
  readonly roads: readonly ComparedValue[]
  readonly trips: TripComparison
  /** The whole network over time. */
  readonly series: readonly ComparedBin[]
  /** By link, means over the seeds, variant less baseline: seconds spent there, m driven there, and mean speed. */
  readonly linkDifferences: LinkDifferences
  readonly hashes: readonly { readonly seed: number; readonly baseline: string; readonly variant: string }[]
}

export interface LinkDifferences {
  readonly vehicleSeconds: Float64Array
  readonly vehicleMetres: Float64Array
  /** Of the mean speed over all seeds, m/s; NaN where nobody drove in one of the two. */
  readonly speed: Float64Array
}

export function summarise(network: Network, run: RunRecord): RunSummary {
  return { seed: run.seed, stateHash: run.stateHash, kpis: computeKpis(network, run), events: run.people?.report.clearByEvent ?? [], links: sumByLink(run), trips: tripTimes(network, run), series: networkSeries(run) }
}

/** Paired comparison: run n of both lists has the same seed, hence the same persons and draws. @param regionOf  of a zone, to tell who gains and who loses by it */
export function compareRuns(network: Network, baselines: readonly RunSummary[], variants: readonly RunSummary[], roadsMax = 10, regionOf?: (zone: number) => number): Comparison {
  if (baselines.length === 0 || baselines.some(({ seed }, i) => seed !== variants[i]?.seed) || baselines.length !== variants.length) {
    throw new Error('a comparison needs the same seeds, in the same order, on both sides')
  }
  const groups = groupRoads(network)
  const hours = { baseline: baselines.map(run => roadHours(groups, run.links)), variant: variants.map(run => roadHours(groups, run.links)) }
  const roads = groups.names.map((name, row) => paired(name, 'veh·h', hours.baseline.map(values => values[row]!), hours.variant.map(values => values[row]!)))
  return {
    seeds: baselines.map(({ seed }) => seed),
    kpis: shownKpis([...baselines, ...variants].map(({ kpis }) => kpis)).map(name => pairedKpi(name, kpiUnits[name], baselines.map(({ kpis }) => kpis[name]), variants.map(({ kpis }) => kpis[name]))),
    events: comparedEvents(baselines, variants),
    roads: roads.filter(({ difference }) => difference !== 0)
      .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference) || (a.name < b.name ? -1 : 1)).slice(0, roadsMax),
    trips: compareTrips(baselines.map(run => run.trips), variants.map(run => run.trips), regionOf),
    series: compareSeries(baselines.map(run => run.series), variants.map(run => run.series)),
    linkDifferences: linkDifferences(baselines, variants),
    hashes: baselines.map(({ seed, stateHash }, i) => ({ seed, baseline: stateHash, variant: variants[i]!.stateHash })),
  }
}

function paired(name: string, unit: string, baseline: readonly number[], variant: readonly number[]): ComparedValue {
  const { mean: difference, low95, high95 } = interval95(variant.map((value, i) => value - baseline[i]!))
  return { name, unit, baseline: mean(baseline), variant: mean(variant), difference, low95, high95 }
}

function pairedKpi(name: string, unit: string, baseline: readonly (number | null)[], variant: readonly (number | null)[]): ComparedKpi {
  if (isKnown(baseline) && isKnown(variant)) return paired(name, unit, baseline, variant)
  const known = (values: readonly (number | null)[]): number | null => (isKnown(values) ? mean(values) : null)
  return { name, unit, baseline: known(baseline), variant: known(variant), difference: null, low95: null, high95: null }
}

const isKnown = (values: readonly (number | null)[]): values is readonly number[] => !values.includes(null)

const clearTimes = [['clearT50', 't50'], ['clearT95', 't95'], ['clearT100', 't100']] as const

function comparedEvents(baselines: readonly RunSummary[], variants: readonly RunSummary[]): ComparedEvent[] {
  const events = new Set([...baselines, ...variants].flatMap(run => run.events.map(({ event }) => event)))
  return [...events].map(event => {
    const times = (runs: readonly RunSummary[], time: 't50' | 't95' | 't100'): (number | null)[] => runs.map(run => run.events.find(each => each.event === event)?.[time] ?? null)
    return { event, kpis: clearTimes.map(([name, time]) => pairedKpi(name, kpiUnits[name], times(baselines, time), times(variants, time))) }
  })
}

function linkDifferences(baselines: readonly RunSummary[], variants: readonly RunSummary[]): LinkDifferences {
  const links = baselines[0]!.links.vehicleSeconds.length
  const sum = (runs: readonly RunSummary[], field: keyof LinkSums): Float64Array => {
    const result = new Float64Array(links)
    for (const run of runs) for (let link = 0; link < links; link++) result[link]! += run.links[field][link]! / runs.length
    return result
  }
  const [secondsBefore, secondsAfter] = [sum(baselines, 'vehicleSeconds'), sum(variants, 'vehicleSeconds')]
  const [metresBefore, metresAfter] = [sum(baselines, 'vehicleMetres'), sum(variants, 'vehicleMetres')]
  return {
    vehicleSeconds: secondsAfter.map((value, link) => value - secondsBefore[link]!),
    vehicleMetres: metresAfter.map((value, link) => value - metresBefore[link]!),
    speed: metresAfter.map((value, link) => (secondsBefore[link]! > 0 && secondsAfter[link]! > 0
      ? value / secondsAfter[link]! - metresBefore[link]! / secondsBefore[link]! : NaN)),
  }
}
