import { computeKpis, runMeso, runMesoEquilibrium, runScenario, kpiUnits, shownKpis, type EquilibriumStep, type RunOptions, type RunRecord } from '../analysis'
import { formatTimeOfDay, type CompiledScenario, type Scenario } from '../scenario'
import { startCrew, threadCount } from './crew'
import { UsageError } from './failure'
import { openScenario, type LoadedCity, warningsOf } from './input'
import { printJson } from './output'
import { namingOf, peopleJson, peopleText } from './peopleReport'
import { progressLine } from './progress'
import { recordedWays } from './recordedWays'

export interface RunCommandOptions { seed?: string; until?: string; json?: boolean; check?: boolean; pack?: string; engine?: string; crowd?: string; crowdEvery?: string; crowdFloor?: string; equilibrium?: boolean; days?: string; gap?: string; threads?: string }

/** A finished run and what it took. */
export interface FinishedRun {
  readonly scenario: Scenario
  readonly city: LoadedCity
  readonly compiled: CompiledScenario
  readonly run: RunRecord
  readonly engine: string
  /** Days of the search for equilibrium; empty without one. */
  readonly equilibrium: readonly EquilibriumStep[]
  readonly wallSeconds: number
}

export async function executeRun(path: string, options: RunCommandOptions): Promise<FinishedRun> {
  const { engine = 'micro' } = options
  if (engine !== 'micro' && engine !== 'meso') throw new UsageError('--engine', `--engine ${engine}: is no engine.`, 'Choose micro or meso.')
  const search = equilibriumSearch(engine, options)
  const opened = await openScenario(path, options)
  const { scenario, city, compiled, untilTick } = opened
  for (const { message } of await warningsOf(opened)) process.stderr.write(`note: ${message}\n`)
  if (engine === 'meso' && compiled.rules) process.stderr.write('note: the meso engine does not follow rules; they do nothing in this run.\n')
  const ways = recordedWays(options, compiled)
  const progress = progressLine(`run ${scenario.id}`)
  const before = process.hrtime.bigint()
  // Repeated days are one long run to the progress; the clock shown is that of the day, whose end is not its start.
  const tickOfDay = (tick: number): number => (tick > 0 ? ((Math.round(tick) - 1) % untilTick) + 1 : 0)
  const crew = engine === 'micro' ? startCrew(threadCount(options.threads)) : null
  const runOptions: RunOptions = {
    untilTick, crew, check: options.check ?? false, ...(ways && { watch: ways.watch }),
    onProgress: ({ tick, endTick, running }) => progress.report(tick / endTick, `${formatTimeOfDay(compiled.startTime + tickOfDay(tick) * compiled.dt)}, ${running} vehicles`),
  }
  const { run, steps } = search ? runMesoEquilibrium(compiled, { ...runOptions, ...search, onDay: sayDay })
    : { run: await (engine === 'meso' ? runMeso : runScenario)(compiled, runOptions), steps: [] }
  crew?.close()
  progress.done()
  await ways?.write()
  return { scenario, city, compiled, run, engine, equilibrium: steps, wallSeconds: Number(process.hrtime.bigint() - before) / 1e9 }
}

/** What `--equilibrium`, `--days` and `--gap` ask for; null without. */
function equilibriumSearch(engine: string, { equilibrium, ...given }: RunCommandOptions): { days: number; gap: number } | null {
  if (!equilibrium) {
    const idle = given.days !== undefined ? '--days' : given.gap !== undefined ? '--gap' : null
    if (idle) throw new UsageError(idle, `${idle}: only says when the search for equilibrium ends.`, 'Add --engine meso --equilibrium, or leave it out.')
    return null
  }
  const { days = '20', gap = '0.02' } = given
  if (engine !== 'meso') throw new UsageError('--equilibrium', '--equilibrium: only the meso engine repeats days.', 'Add --engine meso.')
  if (!/^\d{1,4}$/.test(days) || Number(days) < 1) throw new UsageError('--days', `--days "${days}": is no number of days.`, 'Give a whole number from 1 on.')
  const share = Number(gap)
  if (gap.trim() === '' || !(share >= 0 && share < 1)) throw new UsageError('--gap', `--gap "${gap}": is no share of travel time.`, 'Give one such as 0.02.')
  return { days: Number(days), gap: share }
}

function sayDay({ day, gap, changed, vehicleHours }: EquilibriumStep): void {
  process.stderr.write(`day ${day}: gap ${(100 * gap).toFixed(2)} %, ${changed} trips change their route, ${Math.round(vehicleHours)} veh h\n`)
}

export async function runCommand(path: string, options: RunCommandOptions): Promise<void> {
  const finished = await executeRun(path, options)
  const report = runReport(finished)
  if (options.json) printJson(report)
  else process.stdout.write(plainText(report, finished))
}

/** Units of the figures beside `kpis`; all others are counts. */
const totalUnits = { vehicleHours: 'veh·h', waitingHours: 'veh·h', vehicleKm: 'veh·km', meanSpeed: 'm/s', simulatedSeconds: 's', wallSeconds: 's' }

export function runReport({ scenario, city, compiled, run, engine, equilibrium, wallSeconds }: FinishedRun) {
  const { totals } = run
  const simulatedSeconds = run.ticks * run.dt
  return {
    scenario: scenario.id, city: scenario.city, seed: scenario.seed, engine,
    from: formatTimeOfDay(run.startTime), until: formatTimeOfDay(run.startTime + simulatedSeconds),
    stateHash: run.stateHash,
    trips: compiled.trips.rows,
    departures: totals.departures, inserted: totals.inserted, arrived: totals.arrived, running: totals.running, waiting: totals.waiting,
    unreachable: totals.unreachable, interventions: totals.interventions, missedTurns: totals.missedTurns, reroutes: totals.reroutes,
    vehicleHours: totals.vehicleHours, waitingHours: totals.waitingHours, vehicleKm: totals.vehicleKm,
    meanSpeed: (totals.vehicleKm * 1000) / Math.max(1, (totals.vehicleHours - totals.waitingHours) * 3600),
    simulatedSeconds, wallSeconds, realTimeFactor: simulatedSeconds / wallSeconds, vehicleUpdatesPerSecond: totals.vehicleUpdates / wallSeconds,
    ...(equilibrium.length > 0 ? { gap: equilibrium.at(-1)!.gap, equilibrium } : {}),
    ...(run.people ? { people: peopleJson(run.people.report, namingOf(scenario, city, compiled)) } : {}),
    ...(run.rules ? { rules: { now: run.rules.rules, log: run.rules.log.map(({ time, ...entry }) => ({ time: formatTimeOfDay(run.startTime + time), ...entry })) } } : {}),
    kpis: computeKpis(compiled.network, run),
    units: { ...totalUnits, kpis: kpiUnits },
  }
}

function plainText(report: ReturnType<typeof runReport>, { scenario, city, compiled, run }: FinishedRun): string {
  const { kpis, units, equilibrium: _, people: _people, rules, ...rest } = report
  const unitOf = (name: string): string => name in totalUnits ? ` ${units[name as keyof typeof totalUnits]}` : ''
  const lines = Object.entries(rest).map(([name, value]) => `${name.padEnd(24)} ${typeof value === 'number' ? round(value) : value}${unitOf(name)}`)
  if (run.people) lines.push(...peopleText(run.people, namingOf(scenario, city, compiled)))
  if (rules) lines.push('', ...rules.log.map(({ time, rule, kind, cause, value, threshold, unit, actions }) =>
    `${time}  rule ${rule} ${kind}s: ${cause === 'window' ? 'its window ends' : `${round(value)} ${unit}, threshold ${threshold}`} (${actions.join(', ')})`), ...(rules.log.length > 0 ? [] : ['rules: none began']))
  return [...lines, '', ...shownKpis([kpis]).map(name => `${name.padEnd(24)} ${round(kpis[name])} ${unitText(kpiUnits[name])}`.trimEnd()), ''].join('\n')
}

/** A count needs no unit. */
export const unitText = (unit: string): string => (unit === '1' ? '' : unit)

export const round = (value: number | null): string => (value === null ? '–' : Number.isInteger(value) ? String(value) : value.toPrecision(6))
