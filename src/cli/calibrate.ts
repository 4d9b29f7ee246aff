import { readFileSync } from 'node:fs'
import { compareSpeeds, fitSummary, parseObservedSpeeds, type ObservedRoad } from '../analysis'
import { textOf } from '../city'
import { Failure, failFile } from './failure'
import { printJson } from './output'
import { executeRun, runReport, type RunCommandOptions } from './run'

/** Runs a scenario and holds its speeds against observed ones, road by road. */
export async function calibrateCommand(path: string, options: RunCommandOptions & { observed: string }): Promise<void> {
  let csv: string
  try {
    csv = textOf(readFileSync(options.observed))
  } catch {
    failFile('calibrate/observed', options.observed, 'cannot be read', 'Give a table with the columns road, dir, h00 .. h23.')
  }
  const observed = readObserved(csv, options.observed)
  const finished = await executeRun(path, options)
  const roads = compareSpeeds(finished.city, finished.run, observed).sort((a, b) => b.vehicleKm - a.vehicleKm)
  if (roads.length === 0) throw new Failure('no observed road can be compared: the run must cover a whole hour, such as 07:00 to 08:00')
  const summary = fitSummary(roads)
  const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, fits: compareSpeeds(finished.city, finished.run, observed, 1, hour, hour + 1) }))
    .filter(({ fits }) => fits.length > 0).map(({ hour, fits }) => ({ hour, ...fitSummary(fits) }))
  const { kpis: _, ...run } = runReport(finished)
  if (options.json) return printJson({ run, summary, hours, roads })
  process.stdout.write(`${JSON.stringify(summary)}\n`)
  for (const { hour, roads: count, observedKmh, simulatedKmh } of hours) process.stdout.write(`${String(hour).padStart(2, '0')}:00 ${count} roads: observed ${observedKmh.toFixed(1)}, simulated ${simulatedKmh.toFixed(1)} km/h\n`)
  for (const { road, heading, km, observedKmh, simulatedKmh, vehicleKm } of roads) {
    process.stdout.write(`${road} ${heading} ${km.toFixed(1)} km: observed ${observedKmh.toFixed(1)}, simulated ${simulatedKmh.toFixed(1)} km/h, ${Math.round(vehicleKm)} veh km\n`)
  }
}

function readObserved(csv: string, path: string): ObservedRoad[] {
  const remedy = 'Give a table with the columns road, dir, h00 .. h23.'
  if (csv.trim() === '') failFile('calibrate/observed', path, 'is empty', remedy)
  let roads: ObservedRoad[]
  try {
    roads = parseObservedSpeeds(csv)
  } catch {
    failFile('calibrate/observed', path, 'lacks the columns road, dir or h00 to h23', remedy)
  }
  if (roads.length === 0) failFile('calibrate/observed', path, 'holds no road with a direction', 'Write dir as E-W, W-E, N-S or S-N.')
  return roads
}
