import type { RunRecord } from './record'
import { interval95, type Interval } from './statistics'

/** The whole network over time, by bins of equal length. */
export interface NetworkSeries {
  /** Second of the day at which the first bin begins. */
  readonly startTime: number
  readonly binSeconds: number
  /** Vehicles on the road, mean of each bin. */
  readonly vehicles: readonly number[]
  /** Metres driven in each bin. */
  readonly metres: readonly number[]
}

/** The last bin is left out if the run ended within it. */
export function networkSeries({ startTime, ticks, dt, links: { bins, binSeconds } }: RunRecord): NetworkSeries {
  const whole = bins.slice(0, Math.floor((ticks * dt) / binSeconds))
  const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0)
  return { startTime, binSeconds, vehicles: whole.map(bin => sum(bin.vehicleSeconds) / binSeconds), metres: whole.map(bin => sum(bin.vehicleMetres)) }
}

/** One bin of two runs side by side; speeds in km/h, null where nobody drove. */
export interface ComparedBin {
  /** Second of the day at which the bin ends. */
  readonly time: number
  readonly baseline: { readonly vehicles: number; readonly speed: number | null }
  readonly variant: { readonly vehicles: number; readonly speed: number | null }
  /** Of the paired differences of vehicles on the road. */
  readonly difference: Interval
}

/** Means over the seeds; run n of both lists has the same seed. Bins that a run lacks are left out. */
export function compareSeries(baselines: readonly NetworkSeries[], variants: readonly NetworkSeries[]): ComparedBin[] {
  const { startTime, binSeconds } = baselines[0]!
  const count = Math.min(...[...baselines, ...variants].map(({ vehicles }) => vehicles.length))
  const side = (runs: readonly NetworkSeries[], bin: number): ComparedBin['baseline'] => {
    const vehicles = runs.reduce((sum, run) => sum + run.vehicles[bin]!, 0)
    const metres = runs.reduce((sum, run) => sum + run.metres[bin]!, 0)
    return { vehicles: vehicles / runs.length, speed: vehicles > 0 ? (3.6 * metres) / (vehicles * binSeconds) : null }
  }
  return Array.from({ length: count }, (_, bin) => ({
    time: startTime + (bin + 1) * binSeconds,
    baseline: side(baselines, bin), variant: side(variants, bin),
    difference: interval95(variants.map((run, at) => run.vehicles[bin]! - baselines[at]!.vehicles[bin]!)),
  }))
}
