import type { Network } from '../sim'
import type { LinkDifferences } from './compare'

/** What a difference map shows of each link: positive is worse, or for flow more. */
export const differenceMeasures = ['density', 'delay', 'speed', 'flow'] as const
export type DifferenceMeasure = (typeof differenceMeasures)[number]

/** Shortest length that a link counts with, km: a stub of a few metres would outshine every road. */
const LENGTH_MIN = 0.05

/**
 * Differences by link, variant less baseline, over the window of the runs: density in veh·h/km; delay against the speed limit in
 * veh·h/km; speed in km/h slower, NaN where nobody drove in one of the two; flow in vehicles.
 */
export function differenceMaps({ links }: Network, { vehicleSeconds, vehicleMetres, speed }: LinkDifferences): Record<DifferenceMeasure, Float32Array> {
  const { length, speedLimit } = links
  const perKm = (seconds: (link: number) => number): Float32Array => Float32Array.from(vehicleSeconds, (_, link) => seconds(link) / 3600 / Math.max(LENGTH_MIN, length[link]! / 1000))
  return {
    density: perKm(link => vehicleSeconds[link]!),
    delay: perKm(link => vehicleSeconds[link]! - vehicleMetres[link]! / speedLimit[link]!),
    speed: Float32Array.from(speed, value => -3.6 * value),
    flow: Float32Array.from(vehicleMetres, (metres, link) => metres / length[link]!),
  }
}
