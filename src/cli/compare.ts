import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { baselineOf, baselines, compareRuns, digitsFor, runName, shownComparison, SURE, usualBaseline, variantTable, type Baseline, type ComparedKpi, type RunSummary, type VariantCell, type VariantRow } from '../analysis'
import { ARRIVAL_MINUTES, formatTimeOfDay, isCityEdit, isEvent, isGroundEdit, rulesOf, secondsOfDay, type CompiledScenario, type Scenario } from '../scenario'
import type { Problem } from '../sim'
import type { CompareJob } from './compareJob'
import { executeJob } from './compareJob'
import { Failure, failFile, UsageError } from './failure'
import { openScenario, parseSeeds, warningsOf, type OpenedScenario } from './input'
import { printJson } from './output'
import { progressLine } from './progress'
import { unitText } from './run'

export interface CompareCommandOptions { seeds: string; until?: string; json?: boolean; threads?: string; pack?: string; baseline?: string }

/** Runs scenarios beside their baseline, which all have in common. */
export async function compareCommand(paths: readonly string[], options: CompareCommandOptions): Promise<void> {
  const seeds = parseSeeds(options.seeds)
  const sides: Side[] = []
  for (const path of paths) sides.push(await openSide(path, options))
  const [first] = sides as [Side, ...Side[]]
  const { keeps, opened: { scenario, city } } = first
  const other = sides.find(side => runName(side.baseline) !== runName(first.baseline))
  if (other) failFile('compare/other-day', other.path, `has another baseline than ${first.path}: city, window, demand${keeps === 'events' ? ', events' : ''} and limits of crowds must be the same`, 'Compare it in a run of its own, or give all of them the same day.')
  const jobs: CompareJob[] = seeds.flatMap(seed => [first.baseline, ...sides.map(side => side.opened.scenario)].map((each, at) => ({ scenario: { ...each, seed }, until: options.until, pack: options.pack, path: at === 0 ? first.path : sides[at - 1]!.path })))
  const threads = threadCount(options.threads, jobs.length)
  const progress = progressLine(`compare ${sides.map(({ opened }) => opened.scenario.id).join(', ')}, ${jobs.length} runs on ${threads} thread${threads === 1 ? '' : 's'}`)
  const summaries = await executeAll(jobs, threads, share => progress.report(share, ''))
  progress.done()
  const runsOf = (at: number): RunSummary[] => summaries.filter((_, run) => run % (sides.length + 1) === at)
  const results = sides.map((side, at) => {
    const { kpis, events, roads, hashes } = compareRuns(city.network, runsOf(0), runsOf(at + 1))
    return { scenario: side.opened.scenario.id, kpis, events, roads, hashes }
  })
  const day = { city: scenario.city, until: options.until ?? scenario.window.end, seeds, baseline: keeps }
  const table = results.length > 1 ? variantTable(results, seeds.length) : []
  if (options.json) return printJson(results.length > 1 ? { ...day, variants: results, table } : { scenario: scenario.id, ...day, ...results[0] })
  process.stdout.write(`baseline: ${keeps === 'events' ? 'the events alone' : 'no edit at all'}\n`)
  if (results.length > 1) process.stdout.write(`${tableOfVariants(results.map(each => each.scenario), table)}\n`)
  for (const { scenario: id, kpis, events, roads } of results) {
    if (results.length > 1) process.stdout.write(`variant: ${id}\n`)
    else process.stdout.write(`${tableOf('indicator', kpis)}\n`)
    process.stdout.write(`${events.map(({ event, kpis: own }) => `${tableOf(`event ${event}`, own)}\n`).join('')}${tableOf('road', roads)}`)
  }
  if (seeds.length === 1) process.stdout.write('One seed gives no interval; compare with more, such as --seeds 1..5.\n')
}

/** A variant with what it is held against. */
interface Side { readonly path: string; readonly opened: OpenedScenario; readonly keeps: Baseline; readonly baseline: Scenario }

async function openSide(path: string, options: CompareCommandOptions): Promise<Side> {
  const opened = await openScenario(path, options)
  const { scenario, compiled, untilTick } = opened
  if (!scenario.edits.some(({ enabled }) => enabled) && rulesOf(scenario).length === 0) failFile('compare/no-edit', path, 'has no edit that is switched on, so there is nothing to compare', 'Add a closure, a speed limit or an event.')
  const keeps = parseBaseline(options.baseline, scenario)
  const baseline = baselineOf(scenario, keeps)
  if (runName(baseline) === runName(scenario)) failFile('compare/no-edit', path, 'has only events, and the baseline keeps them, so there is nothing to compare', 'Add a measure, or give --baseline nothing.')
  const begins = firstEffect(scenario, compiled, keeps)
  if (begins >= untilTick) throw new UsageError('--until', `--until ${options.until}: no edit has an effect before that, so the two runs would be the same.`, `Run to a later time, or let an edit begin earlier; the first begins at ${formatTimeOfDay(compiled.startTime + begins * compiled.dt)}.`)
  for (const { message } of await warningsOf(opened)) process.stderr.write(`note: ${message}\n`)
  return { path, opened, keeps, baseline }
}

/** Tick at which the first edit shows that the baseline lacks: a change of the network or of the ground, or the first who comes to an event. */
function firstEffect({ edits, ...scenario }: Scenario, { applied, startTime, dt }: CompiledScenario, keeps: Baseline): number {
  const tick = (text: string, before = 0): number => (secondsOfDay(text)! - before - startTime) / dt
  const others = edits.filter(({ enabled }) => enabled).flatMap(edit => {
    if (isGroundEdit(edit) || isCityEdit(edit)) return [tick(edit.window.start)]
    return isEvent(edit) && keeps === 'nothing' ? [tick(edit.window.start, 60 * (edit.arrivalMinutesBefore ?? ARRIVAL_MINUTES)[0])] : []
  })
  return Math.max(0, Math.min(...applied.map(({ fromTick }) => fromTick), ...others, ...rulesOf(scenario).map(({ window }) => tick(window.start))))
}

function parseBaseline(given: string | undefined, scenario: Scenario): Baseline {
  if (given === undefined) return usualBaseline(scenario)
  const found = baselines.find(each => each === given)
  if (!found) throw new UsageError('--baseline', `--baseline ${given}: is none.`, `Give one of ${baselines.join(', ')}.`)
  return found
}

function threadCount(text: string | undefined, jobs: number): number {
  if (text !== undefined && !/^[1-9]\d?$/.test(text)) throw new UsageError('--threads', `--threads ${text}: is no number of threads.`, 'Give a whole number from 1 to 99.')
  return Math.min(jobs, text === undefined ? Math.min(availableParallelism(), 4) : Number(text))
}

/** Runs the jobs in their order on so many threads; with one, in this thread. */
async function executeAll(jobs: readonly CompareJob[], threads: number, onProgress: (share: number) => void): Promise<RunSummary[]> {
  const shares = jobs.map(() => 0)
  const note = (index: number, share: number): void => {
    shares[index] = share
    onProgress(shares.reduce((sum, each) => sum + each, 0) / jobs.length)
  }
  const results: RunSummary[] = []
  if (threads === 1) {
    for (const [index, job] of jobs.entries()) results[index] = await executeJob(job, share => note(index, share))
    return results
  }
  let next = 0
  const workers: Worker[] = []
  const work = (): Promise<void> => new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./compareWorker.mjs', import.meta.url))
    workers.push(worker)
    const stop = (error?: Error): void => {
      if (error) reject(error)
      else resolve()
    }
    const start = (): void => {
      const index = next++
      if (index >= jobs.length) stop()
      else worker.postMessage({ index, job: jobs[index] }, [])
    }
    worker.on('error', stop)
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') note(message.index, message.share)
      else if (message.kind === 'failed') stop(message.expected ? new Failure(message.message, message.problems) : new Error(message.message))
      else {
        results[message.index] = message.summary
        note(message.index, 1)
        start()
      }
    })
    start()
  })
  try {
    await Promise.all(Array.from({ length: threads }, work))
  } finally {
    // All of them: where one failed, what the others still run is of no use.
    await Promise.all(workers.map(worker => worker.terminate()))
  }
  return results
}

type WorkerMessage =
  | { kind: 'progress'; index: number; share: number }
  | { kind: 'done'; index: number; summary: RunSummary }
  | { kind: 'failed'; index: number; expected: boolean; message: string; problems?: readonly Problem[] }

const tableOf = (head: string, values: readonly ComparedKpi[]): string => aligned([
  [head, 'unit', 'baseline', 'variant', 'difference', '95 % interval'],
  ...values.map(value => {
    const { digits, baseline, variant, difference, low95 } = shownComparison(value)
    return [value.name, unitText(value.unit), written(baseline, digits), written(variant, digits), written(difference, digits), low95 === null ? '–' : interval(value)]
  }),
])

const written = (value: number | null, digits: number): string => (value === null ? '–' : value.toFixed(digits))

function interval(value: ComparedKpi): string {
  const { digits, low95, high95 } = shownComparison(value)
  return `${written(low95, digits)} .. ${written(high95, digits)}`
}

/** The difference of each variant, with its own interval; starred where it is more than chance also among all of them. */
function tableOfVariants(names: readonly string[], rows: readonly VariantRow[]): string {
  const cell = (value: VariantCell): string => {
    const { digits, difference, low95 } = shownComparison(value)
    if (difference === null || low95 === null) return written(difference, digits)
    return `${written(difference, digits)} (${interval(value)})${value.among! < SURE ? ' *' : value.probability! < SURE ? ' (*)' : ''}`
  }
  return `${aligned([['indicator', 'unit', 'baseline', ...names], ...rows.map(row => [row.name, unitText(row.unit), written(row.baseline, digitsFor(row.baseline ?? 0)), ...row.variants.map(cell)])])}`
    + `* more than chance among ${names.length} variants (Holm); (*) by itself, not among them; others may be chance.\n`
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => width(row[column]!))))
  return rows.map(row => row.map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell))).join('  ').trimEnd()).join('\n') + '\n'
}

/** Columns on a terminal: Chinese characters take two. */
const width = (text: string): number => [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)
