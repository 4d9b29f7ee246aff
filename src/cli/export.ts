import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { kpisCsv, linksGeoJson, tripsCsv } from '../analysis'
import { toLonLat } from '../city'
import { printJson } from './output'
import { executeRun, runReport, type RunCommandOptions } from './run'

/** Runs a scenario and writes its results into a folder: report, indicators, trips, links. */
export async function exportCommand(path: string, options: RunCommandOptions & { out: string }): Promise<void> {
  const finished = await executeRun(path, options)
  const { compiled, run } = finished
  const report = runReport(finished)
  const files = {
    'run.json': `${JSON.stringify(report, null, 2)}\n`,
    'kpis.csv': kpisCsv(report.kpis),
    'trips.csv': tripsCsv(run),
    'links.geojson': linksGeoJson(compiled.network, run, toLonLat),
  }
  const folder = resolve(options.out)
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  const written = Object.entries(files).map(([name, text]) => ({ file: join(folder, name), bytes: Buffer.byteLength(text) }))
  if (options.json) return printJson({ scenario: report.scenario, stateHash: report.stateHash, files: written })
  process.stdout.write(written.map(({ file, bytes }) => `${file}  ${bytes} bytes\n`).join(''))
}
