import { statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Command } from 'commander'
import { networkLayer } from '../city'
import { buildExtract, buildShenzhen, damagedLayers, openPackFolder, qualityGeoJson, whyNotWritable, type Box, type NetworkMeta, type QualityReport } from '../city/node'
import { failFile, UsageError } from './failure'
import { printJson } from './output'

const root = resolve(import.meta.dirname, '../..')

interface BuildOptions { default?: boolean; data?: string; bbox?: string; output?: string; corrections?: string; name?: string; only?: string; json?: boolean }

/** `city build` and `city report`. */
export function cityCommand(): Command {
  const city = new Command('city').description('compile a city from OpenStreetMap, and say how good the result is')
  city.command('build').argument('[extract]', '.osm.pbf, .osm or .xml, Overpass .json; the latter also .gz').description('compile a city pack')
    .option('--default', 'the default city with all its layers, from the raw data folder').option('--data <folder>', 'raw data of the default city; else ../shared/city-data')
    .option('--bbox <w,s,e,n>', 'cut to this box, degrees').option('-o, --output <folder>', 'folder of the pack')
    .option('--corrections <file>', 'mends of the extract: add, remove, retag').option('--name <name>', 'name of the city; else of the file')
    .option('--only <layer>', 'with --default: compile only "network", keep the other layers').option('--json', 'quality report on stdout as one JSON document')
    .action(build)
  city.command('report').argument('[pack]', 'folder of a city pack; else the default city').description('quality of a compiled network')
    .option('--json', 'one JSON document on stdout').option('--geojson <file>', 'suspicious places and corrections, WGS 84').action(report)
  return city
}

async function build(given: string | undefined, options: BuildOptions): Promise<void> {
  const say = (message: string): void => void process.stderr.write(`city: ${message}\n`)
  const data = options.data ?? join(root, '../shared/city-data')
  const { extract, output } = checkBuild(given, options, data)
  const result = extract === null
    ? await buildShenzhen(data, output, options.corrections ?? join(root, 'assets/shenzhen-corrections.json'), options.only ? { only: 'network' } : {}, say)
    : await buildExtract(extract, output, {
      ...(options.bbox ? { box: parseBox(options.bbox) } : {}), ...(options.name ? { name: options.name } : {}), ...(options.corrections ? { correctionsPath: options.corrections } : {}),
    }, say)
  const bytes = result.manifest.layers.reduce((sum, layer) => sum + layer.bytes, 0)
  say(`${output}: ${result.manifest.layers.length} layers, ${(bytes / 1e6).toFixed(2)} MB`)
  if (options.json) printJson(result.quality)
  else process.stdout.write(describe(result.quality))
}

/** Says all that is missing on the command line, and what is plainly wrong with the file, before anything is read. */
function checkBuild(extract: string | undefined, { default: shipped, output, only }: BuildOptions, data: string): { extract: string | null; output: string } {
  if (extract === undefined && !shipped) {
    throw new UsageError('extract', `city build: ${output === undefined ? 'there is nothing to compile, and no folder to write to' : 'there is nothing to compile'}.`,
      'Give an extract (.osm.pbf, .osm, .xml or Overpass .json) or --default, and a folder, as in "city build area.osm.pbf -o packs/area".')
  }
  if (extract !== undefined && shipped) throw new UsageError('--default', 'city build: both an extract and --default are given.', 'Leave one out.')
  if (output === undefined) throw new UsageError('--output', 'city build: there is no folder to write to.', 'Add one, such as -o packs/area.')
  if (only !== undefined && only !== 'network') throw new UsageError('--only', `--only ${only}: cannot be compiled alone.`, 'Only "network" can.')
  const reason = whyNotWritable(output)
  if (reason !== null) failFile('city/output', output, reason, 'Give a folder that you may write to with -o.')
  const source = extract ?? data
  const stat = statSync(source, { throwIfNoEntry: false })
  if (!stat) failFile('city/missing', source, extract === undefined ? 'no such folder' : 'no such file', 'Check the path.')
  if (extract === undefined) return { extract: null, output }
  if (stat.isDirectory()) failFile('city/unreadable', extract, 'is a folder, not an extract', 'Give the file in it.')
  if (stat.size === 0) failFile('city/empty', extract, 'is empty (0 bytes)', 'Download it again.')
  return { extract, output }
}

async function report(pack = join(root, 'assets/shenzhen'), options: { json?: boolean; geojson?: string }): Promise<void> {
  const opened = await openPackFolder(pack)
  const damaged = await damagedLayers(pack)
  if (damaged.length > 0) failFile('pack/damaged', pack, `${damaged.join(', ')} ${damaged.length === 1 ? 'is' : 'are'} missing or not as the manifest has it`, 'Compile the pack again with "npm run city -- build", or fetch it again.')
  const layer = await opened.layer(networkLayer)
  const { quality } = layer.meta as unknown as Partial<NetworkMeta>
  if (!quality) failFile('pack/no-quality', pack, 'its network carries no quality report', 'Compile the pack again with "npm run city -- build".')
  if (options.geojson) await writeFile(options.geojson, `${JSON.stringify(qualityGeoJson(quality))}\n`)
  if (options.json) printJson(quality)
  else process.stdout.write(describe(quality))
}

function parseBox(text: string): Box {
  const box = text.split(',').map(Number)
  if (box.length !== 4 || !box.every(Number.isFinite) || box[0]! >= box[2]! || box[1]! >= box[3]!) {
    throw new UsageError('--bbox', `--bbox "${text}": is no box.`, 'Give west,south,east,north in degrees, such as 113.9,22.5,114.0,22.6.')
  }
  return box as unknown as Box
}

function describe(quality: QualityReport): string {
  const { suspicious, corrections, dropped, guessed, excludedWays, ...figures } = quality
  const lines = Object.entries(figures).map(([name, value]) => `${name.padEnd(28)} ${typeof value === 'object' ? JSON.stringify(value) : value}`)
  lines.push('guessed', ...Object.entries(guessed).map(([kind, count]) => `  ${kind.padEnd(26)} ${count}`))
  lines.push('dropped', ...Object.entries(dropped).map(([reason, { pieces, km }]) => `  ${reason.padEnd(26)} ${pieces} pieces, ${km} km`))
  lines.push('ways that cars may not use', ...Object.entries(excludedWays).map(([reason, count]) => `  ${reason.padEnd(26)} ${count}`))
  lines.push(`corrections applied          ${corrections.length}`, ...corrections.map(({ id, kind, date, reason }) => `  ${date} ${kind} ${id}: ${reason}`))
  const kinds = new Map<string, number>()
  for (const { kind } of suspicious) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
  lines.push('suspicious places (--geojson lists them)', ...[...kinds].map(([kind, count]) => `  ${kind.padEnd(26)} ${count}`))
  return `${lines.join('\n')}\n`
}
