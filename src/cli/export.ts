import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { version } from '../../package.json'
import { runFiles } from '../analysis'
import { toLonLat } from '../city'
import { printJson } from './output'
import { executeRun, runReport, type RunCommandOptions } from './run'
import { checkRunFolder, writeRunFolder } from './runFolder'

/** Runs a scenario and writes its results into a folder: report, manifest with hashes, indicators, trips, links. */
export async function exportCommand(path: string, options: RunCommandOptions & { out: string }): Promise<void> {
  checkRunFolder(options.out)
  const finished = await executeRun(path, options)
  const { scenario, compiled: { network }, city, run } = finished
  const report = runReport(finished)
  const files = await runFiles({
    scenario, city: city.pack.manifest, network, run, toLonLat, environment: `pengcheng ${version}, Node ${process.versions.node}`,
    report: { name: 'run.json', text: `${JSON.stringify(report, null, 2)}\n` },
    digest: async text => createHash('sha256').update(text).digest('hex'),
  })
  const folder = writeRunFolder(options.out, files)
  const written = files.map(({ name, text }) => ({ file: join(folder, name), bytes: Buffer.byteLength(text) }))
  if (options.json) return printJson({ scenario: report.scenario, stateHash: report.stateHash, files: written })
  process.stdout.write(written.map(({ file, bytes }) => `${file}  ${bytes} bytes\n`).join(''))
}
