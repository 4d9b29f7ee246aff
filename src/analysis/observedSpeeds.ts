import { resolveTarget, type ScenarioCity } from '../scenario'
import type { RunRecord } from './record'

/** Observed mean speed of a road in one direction, by hour of the day, km/h; NaN where none was seen. */
export interface ObservedRoad {
  readonly road: string
  readonly heading: 'north' | 'east' | 'south' | 'west'
  readonly hoursKmh: readonly number[]
}

export interface RoadFit {
  readonly road: string
  readonly heading: ObservedRoad['heading']
  readonly km: number
  /** veh·km driven in the hours compared. */
  readonly vehicleKm: number
  readonly observedKmh: number
  readonly simulatedKmh: number
}

/** `E-W` is from east to west. */
const headings: Readonly<Record<string, ObservedRoad['heading']>> = { 'E-W': 'west', 'W-E': 'east', 'N-S': 'south', 'S-N': 'north' }

/** Reads a table with columns road, dir, h00 .. h24 (as in road-speeds-2017). */
export function parseObservedSpeeds(csv: string): ObservedRoad[] {
  const [head, ...lines] = csv.trim().split(/\r?\n/).map(line => line.split(','))
  const column = (name: string): number => head!.indexOf(name)
  if (column('road') < 0 || column('dir') < 0 || column('h08') < 0) throw new Error('observed speeds: needs the columns road, dir and h00 to h23')
  return lines.flatMap(fields => {
    const heading = headings[fields[column('dir')] ?? '']
    if (!heading) return []
    const hoursKmh = Array.from({ length: 24 }, (_, hour) => Number(fields[column(`h${String(hour).padStart(2, '0')}`)] || NaN))
    return [{ road: fields[column('road')]!, heading, hoursKmh }]
  })
}

/**
 * Simulated and observed speed of each observed road that the network has, over the whole hours that the run covers, or
 * over those of them from hour `from` to before hour `to` of the day.
 * The sources give means of whole roads, so the simulated speed is the road's length over the sum of its links' mean
 * times; roads of which less than `kmMin` km, or less than half, carried traffic are left out.
 */
export function compareSpeeds(city: ScenarioCity, run: RunRecord, observed: readonly ObservedRoad[], kmMin = 1, from = 0, to = 48): RoadFit[] {
  const { links } = city.network
  const { binSeconds, bins } = run.links
  const firstHour = Math.max(from, Math.ceil(run.startTime / 3600))
  const lastHour = Math.min(to, Math.floor((run.startTime + run.ticks * run.dt) / 3600))
  if (lastHour <= firstHour) return []
  const binFrom = Math.round((firstHour * 3600 - run.startTime) / binSeconds)
  const binTo = Math.round((lastHour * 3600 - run.startTime) / binSeconds)
  const seconds = new Float64Array(links.rows)
  const metres = new Float64Array(links.rows)
  for (const bin of bins.slice(binFrom, binTo)) {
    for (let link = 0; link < links.rows; link++) {
      seconds[link]! += bin.vehicleSeconds[link]!
      metres[link]! += bin.vehicleMetres[link]!
    }
  }
  return observed.flatMap(({ road, heading, hoursKmh }) => {
    const target = resolveTarget({ road, heading }, city, road)
    if (!target.ok) return []
    const hours = hoursKmh.slice(firstHour, lastHour).filter(kmh => kmh > 0)
    let [length, used, time, driven] = [0, 0, 0, 0]
    for (const link of target.value) {
      length += links.length[link]!
      if (metres[link]! < 10 * links.length[link]!) continue // fewer than ten vehicles say little
      used += links.length[link]!
      time += links.length[link]! * (seconds[link]! / metres[link]!)
      driven += metres[link]!
    }
    if (hours.length === 0 || used < kmMin * 1000 || used < length / 2) return []
    const observedKmh = hours.reduce((a, b) => a + b, 0) / hours.length
    return [{ road, heading, km: length / 1000, vehicleKm: driven / 1000, observedKmh, simulatedKmh: (used / time) * 3.6 }]
  })
}

/** How well speeds fit: length-weighted means, mean relative difference, root mean square difference, correlation. */
export function fitSummary(fits: readonly RoadFit[]): { roads: number; km: number; observedKmh: number; simulatedKmh: number; rmsKmh: number; correlation: number; within25: number } {
  const km = fits.reduce((sum, fit) => sum + fit.km, 0)
  const weighted = (value: (fit: RoadFit) => number): number => fits.reduce((sum, fit) => sum + value(fit) * fit.km, 0) / km
  const [observedKmh, simulatedKmh] = [weighted(fit => fit.observedKmh), weighted(fit => fit.simulatedKmh)]
  const covariance = weighted(fit => (fit.observedKmh - observedKmh) * (fit.simulatedKmh - simulatedKmh))
  const deviation = (value: (fit: RoadFit) => number, middle: number): number => Math.sqrt(weighted(fit => (value(fit) - middle) ** 2))
  return {
    roads: fits.length, km, observedKmh, simulatedKmh,
    rmsKmh: Math.sqrt(weighted(fit => (fit.simulatedKmh - fit.observedKmh) ** 2)),
    correlation: covariance / (deviation(fit => fit.observedKmh, observedKmh) * deviation(fit => fit.simulatedKmh, simulatedKmh)),
    within25: fits.filter(fit => Math.abs(fit.simulatedKmh / fit.observedKmh - 1) <= 0.25).length / fits.length,
  }
}
