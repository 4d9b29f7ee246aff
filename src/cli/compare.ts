import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { baselineOf, baselines, compareRuns, usualBaseline, type Baseline, type ComparedKpi, type RunSummary } from '../analysis'
import { ARRIVAL_MINUTES, formatTimeOfDay, isCityEdit, isEvent, isGroundEdit, rulesOf, secondsOfDay, type CompiledScenario, type Scenario } from '../scenario'
import type { Problem } from '../sim'
import type { CompareJob } from './compareJob'
import { executeJob } from './compareJob'
import { Failure, failFile, UsageError } from './failure'
import { openScenario, parseSeeds, warningsOf } from './input'
import { printJson } from './output'
import { progressLine } from './progress'
import { round } from './run'

export interface CompareCommandOptions { seeds: string; until?: string; json?: boolean; threads?: string; pack?: string; baseline?: string }

export async function compareCommand(path: string, options: CompareCommandOptions): Promise<void> {
  const seeds = parseSeeds(options.seeds)
  const opened = await openScenario(path, options)
  const { scenario, city, compiled, untilTick } = opened
  if (!scenario.edits.some(({ enabled }) => enabled) && rulesOf(scenario).length === 0) failFile('compare/no-edit', path, 'has no edit that is switched on, so there is nothing to compare', 'Add a closure, a speed limit or an event.')
  const keeps = parseBaseline(options.baseline, scenario)
  if (JSON.stringify(baselineOf(scenario, keeps)) === JSON.stringify(scenario)) failFile('compare/no-edit', path, 'has only events, and the baseline keeps them, so there is nothing to compare', 'Add a measure, or give --baseline nothing.')
  const begins = firstEffect(scenario, compiled, keeps)
  if (begins >= untilTick) throw new UsageError('--until', `--until ${options.until}: no edit has an effect before that, so the two runs would be the same.`, `Run to a later time, or let an edit begin earlier; the first begins at ${formatTimeOfDay(compiled.startTime + begins * compiled.dt)}.`)
  for (const { message } of await warningsOf(opened)) process.stderr.write(`note: ${message}\n`)
  const jobs: CompareJob[] = seeds.flatMap(seed => [false, true].map(variant => ({ scenario, variant, keeps, seed, until: options.until, pack: options.pack, path })))
  const threads = threadCount(options.threads, jobs.length)
  const progress = progressLine(`compare ${scenario.id}, ${jobs.length} runs on ${threads} thread${threads === 1 ? '' : 's'}`)
  const summaries = await executeAll(jobs, threads, share => progress.report(share, ''))
  progress.done()
  const { kpis, events, roads, hashes } = compareRuns(city.network, summaries.filter((_, i) => i % 2 === 0), summaries.filter((_, i) => i % 2 === 1))
  const report = { scenario: scenario.id, city: scenario.city, until: options.until ?? scenario.window.end, seeds, baseline: keeps, kpis, events, roads, hashes }
  if (options.json) return printJson(report)
  process.stdout.write(`baseline: ${keeps === 'events' ? 'the events alone' : 'no edit at all'}\n${table('indicator', kpis)}\n${events.map(({ event, kpis: own }) => `${table(`event ${event}`, own)}\n`).join('')}${table('road', roads)}`)
  if (seeds.length === 1) process.stdout.write('One seed gives no interval; compare with more, such as --seeds 1..5.\n')
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

function table(head: string, values: readonly ComparedKpi[]): string {
  const rows = [[head, 'unit', 'baseline', 'variant', 'difference', '95 % interval'], ...values.map(value => [
    value.name, value.unit, round(value.baseline), round(value.variant), round(value.difference),
    value.low95 === null ? '–' : `${round(value.low95)} .. ${round(value.high95!)}`])]
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map(row => width(row[column]!))))
  return rows.map(row => row.map((cell, column) => cell + ' '.repeat(widths[column]! - width(cell))).join('  ').trimEnd()).join('\n') + '\n'
}

/** Columns on a terminal: Chinese characters take two. */
const width = (text: string): number => [...text].reduce((sum, letter) => sum + (/[\u2e80-\uffef]/.test(letter) ? 2 : 1), 0)
