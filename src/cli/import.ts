import { Command } from 'commander'
import { basename } from 'node:path'
import { checkOutput, ImportError, importGeoJson, importGmns, importSumo, randomTripList, writeImport, type Imported, type ImportReport } from '../city/node'
import { formatTimeOfDay, parseScenario, secondsOfDay, type Scenario } from '../scenario'
import { Failure, UsageError } from './failure'
import { parseSeed } from './input'
import { printJson } from './output'

interface ImportOptions { output: string; name?: string; start?: string; end?: string; seed: string; randomTrips?: string; json?: boolean }

/** `import`: networks and trips of other programs become a city and a scenario. */
export function importCommand(): Command {
  const root = new Command('import').description('make a runnable scenario of a network of another program')
  withOutput(root.command('sumo').argument('<net>', '.net.xml, or .nod.xml with .edg.xml (.con.xml, .tll.xml, .typ.xml) beside it; also .gz')
    .argument('[routes...]', '.rou.xml or .trips.xml; also .gz').description('SUMO network and routes'))
    .action((net: string, routes: string[], options: ImportOptions) => importAs(options, net, ({ seed, start }) => importSumo(net, routes, { startTime: start ?? 0, seed })))
  withOutput(root.command('gmns').argument('<folder>', 'node.csv and link.csv; movement.csv, geometry.csv and config.csv where they are').description('GMNS network'))
    .action((folder: string, options: ImportOptions) => importAs(options, folder, () => importGmns(folder)))
  withOutput(root.command('geojson').argument('<lines>', 'centrelines, .geojson; also .gz').requiredOption('--mapping <file>', 'JSON: what the fields mean').description('road centrelines'))
    .action((lines: string, options: ImportOptions & { mapping: string }) => importAs(options, lines, () => importGeoJson(lines, options.mapping)))
  return root
}

function withOutput(command: Command): Command {
  return command.requiredOption('-o, --output <folder>', 'new folder for scenario.json, import-report.json and the city')
    .option('--name <id>', 'id of city and scenario; else of the file').option('--random-trips <n>', 'so many car trips within an hour, in place of the source\'s')
    .option('--start <HH:MM>', 'time of day at which the source\'s clock, or the hour of random trips, begins')
    .option('--end <HH:MM>', 'end of the run; else half an hour after the last departure').option('--seed <n>', 'seed of the draws', '1')
    .option('--json', 'import report on stdout as one JSON document')
}

interface Settings { readonly seed: number; /** s of the day */ readonly start: number | undefined; readonly end: number | undefined }

/** s, over which random trips depart, and for which a run goes on after the last departure. */
const HOUR = 3600
const AFTER = 1800
/** Start of runs whose source has no clock. */
const START = 7 * HOUR

async function importAs(options: ImportOptions, path: string, read: (settings: Settings) => Imported): Promise<void> {
  const id = options.name ?? idOf(path)
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(id)) throw new UsageError('--name', `--name "${id}": is no id.`, 'Use 1 to 64 letters, digits, ".", "_" or "-", starting with a letter or digit.')
  const seed = parseSeed(options.seed, '--seed')
  const [start, end] = [timeOf(options.start, '--start'), timeOf(options.end, '--end')]
  const count = options.randomTrips === undefined ? undefined : Number(options.randomTrips)
  if (count !== undefined && !(Number.isInteger(count) && count > 0 && count <= 1_000_000)) {
    throw new UsageError('--random-trips', `--random-trips ${options.randomTrips}: is no number of trips.`, 'Give a whole number from 1 to 1000000.')
  }
  try {
    checkOutput(options.output)
    const imported = read({ seed, start, end })
    const first = start ?? START
    const trips = count === undefined ? imported.trips : randomTripList(imported.network, count, first, Math.min(first + HOUR, 86400), seed)
    if (count !== undefined && trips!.length === 0) throw new Failure(`${path}: no link leads to another, so there are no trips to draw`)
    const short = (count ?? 0) - (trips?.length ?? 0)
    const lacking = count !== undefined && short > 0 ? [{ what: 'random trips that found no two links which reach one another: left out', count: short }] : []
    const departures = trips?.map(({ depart }) => depart)
    const from = departures ? minute(Math.min(...slices(departures, Math.min))) : first
    const to = end ?? Math.min(86400, minute((departures ? Math.max(...slices(departures, Math.max)) + AFTER : first + HOUR) + 59))
    const report: ImportReport = { ...imported.report, leftOut: [...imported.report.leftOut, ...lacking], ...(trips ? { trips: {
      trips: trips.length, withRoute: trips.filter(({ route }) => route.length > 0).length,
      first: formatTimeOfDay(Math.min(...slices(departures!, Math.min))), last: formatTimeOfDay(Math.max(...slices(departures!, Math.max))),
    } } : {}) }
    const scenario: Scenario = {
      format: 'pengcheng-scenario', version: 1, id, name: { zh: id, en: id }, city: id,
      window: { start: formatTimeOfDay(from), end: formatTimeOfDay(to) }, seed,
      // Drivers with a given route keep it.
      demand: { scale: 1, rerouteShare: trips ? 0 : 0.3 }, edits: [],
    }
    const checked = parseScenario(scenario)
    if (!checked.ok) throw new Failure(checked.problems.map(({ message }) => message).join('\n'), checked.problems)
    await writeImport(options.output, { id, network: imported.network, ...(trips ? { trips } : {}), scenario, report })
    if (options.json) printJson(report)
    else process.stdout.write(`${describe(report)}${options.output}/scenario.json: ${scenario.window.start} to ${scenario.window.end}; run it with "pengcheng run ${options.output}/scenario.json"\n`)
  } catch (error) {
    if (error instanceof ImportError) throw new Failure(error.message, error.problems)
    throw error
  }
}

const minute = (seconds: number): number => Math.floor(seconds / 60) * 60

/** Extremes of slices, so that no call has more arguments than an engine takes. */
function slices(values: readonly number[], extreme: (...values: number[]) => number): number[] {
  return Array.from({ length: Math.ceil(values.length / 10_000) }, (_, at) => extreme(...values.slice(at * 10_000, (at + 1) * 10_000)))
}

/** Id made of a file's name. */
function idOf(path: string): string {
  const name = basename(path).replace(/\.(gz|xml|json|geojson|csv|zip)$/g, '').replace(/\.(net|nod|edg|con|tll|typ)(\.xml)?$/, '').replace(/\.xml$/, '')
  return name.replace(/[^A-Za-z0-9_.-]+/g, '-').replace(/^[^A-Za-z0-9]+/, '').slice(0, 64) || 'imported'
}

function timeOf(text: string | undefined, option: string): number | undefined {
  if (text === undefined) return undefined
  const seconds = secondsOfDay(text)
  if (seconds === null) throw new UsageError(option, `${option} ${text}: is not a time of day.`, 'Write it as HH:MM, such as 07:00.')
  return seconds
}

function describe({ files, placed, network, trips, ...notes }: ImportReport): string {
  const lines = [`read            ${files.join(', ')}`, `coordinates     ${placed}`,
    `network         ${Object.entries(network).map(([name, value]) => `${value} ${name}`).join(', ')}`,
    `trips           ${trips ? `${trips.trips}, ${trips.withRoute} with their own route, ${trips.first} to ${trips.last}` : 'assumed from the roads'}`]
  for (const [head, list] of [['approximated', notes.approximated], ['left out', notes.leftOut], ['repaired', notes.repaired]] as const)
    for (const { what, count, examples } of list) lines.push(`${head.padEnd(15)} ${count} x ${what}${examples ? ` (${examples.join(', ')}${count > examples.length ? ', ...' : ''})` : ''}`)
  return `${lines.join('\n')}\n`
}
