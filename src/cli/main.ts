import { Command, CommanderError } from 'commander'
import { validationSuites } from '../analysis'
import type { Problem } from '../sim'
import { assignCommand } from './assign'
import { benchCommand } from './bench'
import { calibrateCommand } from './calibrate'
import { compareCommand } from './compare'
import { exportCommand } from './export'
import { Failure, UsageError } from './failure'
import { measureCommand } from './measure'
import { printProblems } from './output'
import { routeCommand } from './route'
import { runCommand } from './run'
import { validateCommand } from './validate'
import { validateExperiment, type ExperimentOptions } from './validateExperiment'
import { validateRouting } from './validateRouting'
import { validateSuite } from './validateSuite'

/** The command line. Returns the exit code: 0 done, 1 failed or refused, 2 used wrongly. docs/cli.md */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await (await program(args)).parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0
    const { message, problems, exitCode, report } = failureOf(error)
    // Whoever names no command is shown the help, which says more.
    if (!(error instanceof CommanderError && error.code === 'commander.help')) process.stderr.write(`pengcheng: ${process.env['DEBUG'] && error instanceof Error ? error.stack : message}\n`)
    if (args.includes('--json')) printProblems(problems, report)
    return exitCode
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof Error && error.name === 'ExtractError') return new Failure(error.message, [extractProblem(error.message)])
  if (!(error instanceof CommanderError)) return new Failure(error instanceof Error ? error.message : String(error))
  const message = error.message.replace(/^error: /, '')
  return new UsageError(message.match(/--[\w-]+/)?.[0] ?? '', `${message.replace(/\n/g, ' ').replace(/\.?$/, '.')}`, 'See "pengcheng help" and docs/cli.md.')
}

/** Readers of extracts begin their messages with the file. */
const extractProblem = (message: string): Problem => ({ code: 'city/extract', subject: { kind: 'file', id: message.split(':')[0]! }, message })

async function program(args: readonly string[]): Promise<Command> {
  const root = new Command('pengcheng')
    .description('A digital twin of Shenzhen: simulates a scenario, compares it with the city as it is, compiles cities.')
    .configureOutput({ writeOut: text => process.stdout.write(text), writeErr: text => process.stderr.write(text) })
    .exitOverride()
  const pack = ['--pack <folder>', 'folder of a city pack; else assets/<city>'] as const
  const scenario = ['<scenario>', 'a scenario file, or the name of a shipped one'] as const
  root.command('run').argument(...scenario).description('simulate a scenario')
    .option('--seed <n>', 'other draws than those of the scenario').option('--until <HH:MM>', 'stop earlier')
    .option('--check', 'check all vehicles at every tick, not a quarter of them in turn, for overlaps and reservations (5 % slower)')
    .option('--engine <name>', 'micro: every vehicle driven; meso: lanes as queues, for whole days', 'micro')
    .option('--threads <n>', 'threads that drive the vehicles; the result is the same for any number (default: half of the machine, 4 at most)')
    .option('--crowd <file>', 'write the ways of people on foot as JuPedSim SQLite').option('--crowd-every <s>', 'with --crowd: seconds between two looks; else 1').option('--crowd-floor <id>', 'with --crowd: on this floor; else the largest')
    .option('--equilibrium', 'with --engine meso: repeat the day until nobody gains by another route').option('--days <n>', 'with --equilibrium: at most so many repetitions; else 20')
    .option('--gap <share>', 'with --equilibrium: share of travel time that the quickest routes would save, at which to stop; else 0.02')
    .option(...pack).option('--json', 'one JSON document on stdout').action(runCommand)
  root.command('compare').argument('<scenarios...>', 'scenario files, or names of shipped ones; several are held against one baseline').description('run scenarios with and without their edits, same persons and draws')
    .requiredOption('--seeds <list>', 'such as 1..3 or 1,5,9').option('--until <HH:MM>', 'stop earlier')
    .option('--baseline <kind>', 'what the baseline keeps: nothing, or events; else events where there are measures beside them')
    .option('--threads <n>', 'runs at the same time; else by the number of cores').option(...pack).option('--json', 'one JSON document on stdout')
    .action(compareCommand)
  const validate = root.command('validate').argument(...scenario).description('check a scenario against the schema and its city, or the model against theory (validate traffic)').option(...pack)
    .option('--json', 'one JSON document on stdout').action(validateCommand)
  for (const suite of Object.keys(validationSuites)) {
    const command = validate.command(suite).description(`hold the ${suite} model against theory and published measurements`)
      .option('--only <theme>', 'only cases whose names begin like this').option('--short', 'without the cases that take minutes').option('--markdown', 'a table for the documentation').option('--json', 'one JSON document on stdout')
    // A file of that name is reached as ./traffic. Both levels know --json: the parent may have taken it.
    if (suite !== 'crowd') command.action((_, own: Command) => validateSuite(suite, own.optsWithGlobals()))
    else {
      command.option('--experiment <file>', 'hold our agents against these trajectories instead: same geometry, same persons, same exits').option('--geometry <wkt>', 'with --experiment: where people can walk, where the file does not say')
        .option('--area <points>', 'with --experiment: compare within these corners, m').option('--line <points>', 'with --experiment: compare over this line, m').option('--fps <n>', 'with --experiment: where the file does not say').option('--unit <name>', 'with --experiment: m or cm, where the file does not say')
        .option('--from <s>', 'with --experiment: seconds after frame 0').option('--to <s>', 'with --experiment: seconds after frame 0').option('--sqlite <file>', 'with --experiment: write the ways of our agents as JuPedSim SQLite')
        .action((_, own: Command) => { const options = own.optsWithGlobals<ExperimentOptions>(); return options.experiment === undefined ? validateSuite(suite, options) : validateExperiment(options) })
    }
  }
  validate.command('routing').description('hold the routes of the default city and of made-up networks against plain Dijkstra')
    .option('--pairs <n>', 'random pairs of links in the city', '10000').option('--json', 'one JSON document on stdout')
    .action((_, command: Command) => validateRouting(command.optsWithGlobals()))
  root.command('route').argument('<from>', 'id of a link, "longitude,latitude", or a name').argument('<to>', 'the same').description('quickest way between two places on empty roads')
    .option('--class <name>', 'car, taxi, bus, lorry, ebike or emergency', 'car').option('--language <code>', 'of the directions and of names that have both: en or zh', 'en')
    .option('--scenario <scenario>', 'with the closures, bans and limits of a scenario').option('--at <HH:MM>', 'with --scenario: those in force then; else at its start')
    .option('--avoid <road...>', 'names of roads or ids of links not to take', []).option('--city <id>', 'without --scenario: the city', 'shenzhen')
    .option(...pack).option('--json', 'one JSON document on stdout').action(routeCommand)
  root.command('export').argument(...scenario).description('simulate and write manifest.json, run.json, scenario.json, kpis.csv, trips.csv and links.geojson')
    .requiredOption('-o, --out <folder>', 'folder for the files').option('--seed <n>', 'other draws than those of the scenario')
    .option('--until <HH:MM>', 'stop earlier').option(...pack).option('--json', 'one JSON document on stdout').action(exportCommand)
  root.command('measure').argument('<trajectories>', 'PeTrack text, JuPedSim SQLite, or HDF5 of the Jülich archive').description('density, speed and flow of a file of trajectories')
    .option('--area <points>', 'measure within these corners: "x,y x,y x,y ...", m').option('--line <points>', 'measure over this line: "x,y x,y", m')
    .option('--depth <m>', 'method B: the second line lies so far to the left of the first').option('--method <list>', 'of A (line), B (two lines), C (classic), D (Voronoi); else all that area and line allow')
    .option('--fps <n>', 'frames a second, where the file does not say').option('--unit <name>', 'm or cm, where the file does not say')
    .option('--geometry <wkt>', 'where people can walk: a POLYGON, or a file with it; else that of the file').option('--cutoff <m>', 'no Voronoi cell reaches farther from its person, or none', '1')
    .option('--window <n>', 'frames before and after that a speed is taken from; else half a second').option('--border <rule>', 'speeds at the ends of a way: adaptive, singleSided or exclude', 'adaptive')
    .option('--direction <x,y>', 'speeds along this direction alone').option('--interval <s>', 'method A: length of an interval', '10')
    .option('--from <s>', 'seconds after frame 0').option('--to <s>', 'seconds after frame 0').option('--every <n>', 'measure areas at every so many frames', '1')
    .option('--surface <name>', 'Fruin levels of a walkway, of stairs or of a queue', 'walkway').option('--sqlite <file>', 'write the trajectories as JuPedSim SQLite, too')
    .option('--series', 'with --json: every point of every method').option('--json', 'one JSON document on stdout').action(measureCommand)
  root.command('calibrate').argument(...scenario).description('simulate and compare speeds with observed ones, road by road')
    .requiredOption('--observed <csv>', 'table with the columns road, dir (E-W, W-E, N-S, S-N), h00 .. h23, km/h')
    .option('--engine <name>', 'micro: every vehicle driven; meso: lanes as queues, for whole days', 'micro')
    .option('--seed <n>', 'other draws than those of the scenario').option('--until <HH:MM>', 'stop earlier').option(...pack)
    .option('--json', 'one JSON document on stdout').action(calibrateCommand)
  root.command('assign').description('static user equilibrium of a network and its trips in the TNTP format')
    .requiredOption('--net <file>', 'network').requiredOption('--trips <file>', 'table of trips')
    .option('--toll-factor <f>', 'cost of a unit of toll, in units of time').option('--distance-factor <f>', 'cost of a unit of length, in units of time')
    .option('--gap <g>', 'relative gap at which to stop', '1e-6').option('--flows <file>', 'write link flows and costs there')
    .option('--json', 'one JSON document on stdout').action(assignCommand)
  root.addCommand(benchCommand())
  // The compiler is slow to load; a run does without.
  if (args[0] === 'city') root.addCommand((await import('./city')).cityCommand())
  else root.command('city').description('compile a city (build), or report the quality of a compiled one (report)')
  if (args[0] === 'import') root.addCommand((await import('./import')).importCommand())
  else root.command('import').description('make a runnable scenario of a SUMO or GMNS network, or of GeoJSON centrelines')
  exitSoftly(root)
  return root
}

/** Errors of usage are thrown, at every level, so that `main` tells them as it tells all others and decides about the exit code. */
function exitSoftly(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined })
  for (const child of command.commands) exitSoftly(child)
}
