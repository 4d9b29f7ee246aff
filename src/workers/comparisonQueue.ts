import * as Comlink from 'comlink'
import { baselineOf, runName, type Baseline, type RunSummary, type TracedJourney } from '../analysis'
import type { Scenario } from '../scenario'
import type { Outcome, Problem } from '../sim'
import type { ComparisonResult } from './compareProtocol'
import { problemOf } from './problemOf'
import type { PoolTask, RunPool } from './runPool'

/** What to compare: a document with its baseline, over its own window, with so many seeds from its own on. */
export interface ComparisonPlan { readonly variant: Scenario; readonly seeds: number; readonly keeps: Baseline; /** Base address of its city's pack. */ readonly cityUrl: string }

/** A comparison that has come to its end. */
export interface FinishedComparison extends ComparisonResult {
  readonly id: number
  readonly seeds: readonly number[]
  readonly keeps: Baseline
  /** The document as it was compared. */
  readonly variant: Scenario
  /** Names the runs of its baseline: comparisons of one name can stand in one table. */
  readonly against: string
}

/** One journey in both runs of a pair. */
export interface TracedPair { readonly baseline: TracedJourney; readonly variant: TracedJourney }

/** A comparison in the queue, from when it is added on. */
export interface QueuedComparison {
  readonly id: number
  readonly plan: ComparisonPlan
  readonly state: 'waiting' | 'running' | 'done' | 'cancelled' | 'failed'
  /** Of all its runs, 0..1. */
  readonly share: number
  /** Wall seconds until it is done, those before it included; null = not yet known. */
  readonly secondsLeft: number | null
  readonly problems: readonly Problem[]
  readonly result: FinishedComparison | null
}

/** A run, made once for all who want it. */
interface WantedRun {
  readonly key: string
  readonly users: Set<number>
  readonly task: PoolTask<Outcome<RunSummary>>
  readonly progress: RunProgress
}

/** How far a run is. */
interface RunProgress {
  share: number
  /** Wall s; null = it waits. */
  began: number | null
  /** Wall seconds that it took; null = it is not done. */
  took: number | null
}

/** Traffic builds up, so that the beginning of a run tells too little of how long it takes. */
const TELLING = 0.05

/**
 * Comparisons in the order in which they were added, each run in a worker of its own. Baselines that several have in
 * common are run once. One that fails or is cancelled leaves the others as they are.
 */
export class ComparisonQueue {
  #entries: QueuedComparison[] = []
  readonly #runs = new Map<string, WantedRun>()
  #idNext = 1

  /**
   * @param now  wall clock, s
   * @param onChange  told of all comparisons whenever one moves on
   */
  constructor(readonly pool: RunPool, readonly now: () => number, readonly onChange: (entries: readonly QueuedComparison[]) => void) {}

  /** Adds a comparison at the end; answers its number. */
  add(plan: ComparisonPlan): number {
    const id = this.#idNext++
    this.#entries = [...this.#entries, { id, plan, state: 'waiting', share: 0, secondsLeft: null, problems: [], result: null }]
    void this.#run(id, plan)
    return id
  }

  /** Ends a comparison at once; it stays in the list until it is removed. */
  cancel(id: number): void {
    if (!this.#isOpen(id)) return
    this.#set(id, { state: 'cancelled', secondsLeft: null })
    this.#letGo(id)
  }

  /** Takes a comparison and what came of it off the list. */
  remove(id: number): void {
    this.cancel(id)
    this.#letGo(id)
    this.#entries = this.#entries.filter(entry => entry.id !== id)
    this.#tell()
  }

  /**
   * Runs the first seed of a comparison again, both sides, until whoever has this number has come to the end of the way; before all that wait.
   *
   * @param onProgress  share done of the slower side, 0..1
   */
  trace({ variant, keeps, seeds: [seed] }: FinishedComparison, cityUrl: string, number: number, onProgress: (share: number) => void): PoolTask<Outcome<TracedPair>> {
    const shares = [0, 0]
    const tasks = [baselineOf(variant, keeps), variant].map((scenario, side) => this.pool.do<Outcome<TracedJourney>>(host => host.trace({ scenario: { ...scenario, seed: seed! }, cityUrl }, number, Comlink.proxy(share => {
      shares[side] = share
      onProgress(Math.min(...shares))
    })), true))
    const done = Promise.all(tasks.map(task => task.done)).then(([before, after]): Outcome<TracedPair> =>
      (!before!.ok ? before! : !after!.ok ? after! : { ok: true, value: { baseline: before!.value, variant: after!.value } }))
    return { done, cancel: () => { for (const task of tasks) task.cancel() } }
  }

  async #run(id: number, { variant, seeds: count, keeps, cityUrl }: ComparisonPlan): Promise<void> {
    const seeds = Array.from({ length: count }, (_, at) => variant.seed + at)
    const baseline = baselineOf(variant, keeps)
    const pairs = seeds.map(seed => [this.#want(id, { ...baseline, seed }, cityUrl), this.#want(id, { ...variant, seed }, cityUrl)] as const)
    this.#tell()
    try {
      const [before, after] = await Promise.all([0, 1].map(side => Promise.all(pairs.map(pair => measured(pair[side]!.task)))))
      const result = await this.pool.do(host => host.compare(cityUrl, before!, after!), true).done
      if (!this.#isOpen(id)) return
      this.#set(id, { state: 'done', share: 1, secondsLeft: null, result: { ...result, id, seeds, keeps, variant, against: `${runName(baseline)} ${seeds.join()}` } })
      // The next variant of the same day is held against the same runs.
      this.#letGo(id, pairs.map(([, own]) => own))
    } catch (error) {
      if (!this.#isOpen(id)) return
      this.#set(id, { state: 'failed', secondsLeft: null, problems: error instanceof RunFailed ? error.problems : [problemOf(error, 'compare/stopped')] })
      this.#letGo(id)
    }
  }

  #want(id: number, scenario: Scenario, cityUrl: string): WantedRun {
    const key = `${cityUrl} ${scenario.seed} ${runName(scenario)}`
    const known = this.#runs.get(key)
    if (known) {
      known.users.add(id)
      return known
    }
    const progress: RunProgress = { share: 0, began: null, took: null }
    const task = this.pool.do<Outcome<RunSummary>>(async host => {
      progress.began = this.now()
      this.#tell()
      const outcome = await host.run({ scenario, cityUrl }, Comlink.proxy(share => {
        progress.share = share
        this.#tell()
      }))
      progress.took = this.now() - progress.began
      return outcome
    })
    task.done.catch(() => undefined)
    const run: WantedRun = { key, users: new Set([id]), task, progress }
    this.#runs.set(key, run)
    return run
  }

  /** A run that nobody wants any more ends, or is forgotten. */
  #letGo(id: number, runs: Iterable<WantedRun> = [...this.#runs.values()]): void {
    for (const run of runs) {
      if (!run.users.delete(id) || run.users.size > 0) continue
      this.#runs.delete(run.key)
      if (run.progress.share < 1) run.task.cancel()
    }
  }

  #isOpen(id: number): boolean {
    const entry = this.#entries.find(each => each.id === id)
    return entry !== undefined && (entry.state === 'waiting' || entry.state === 'running')
  }

  #set(id: number, part: Partial<QueuedComparison>): void {
    this.#entries = this.#entries.map(entry => (entry.id === id ? { ...entry, ...part } : entry))
    this.#tell()
  }

  #tell(): void {
    const counted = new Set<WantedRun>()
    let work = 0, known = true
    this.#entries = this.#entries.map(entry => {
      if (!this.#isOpen(entry.id)) return entry
      const runs = [...this.#runs.values()].filter(({ users }) => users.has(entry.id))
      const whole = this.#expected(runs) ?? this.#expected([...this.#runs.values()])
      for (const run of runs) {
        const { share, began } = run.progress
        if (counted.has(run) || share >= 1) continue
        counted.add(run)
        if (whole === null) known = false
        else work += began !== null && share >= TELLING ? (this.now() - began) * (1 / share - 1) : whole
      }
      const share = runs.length > 0 ? runs.reduce((sum, { progress }) => sum + progress.share, 0) / runs.length : 0
      return { ...entry, share, state: runs.some(({ progress }) => progress.began !== null) ? 'running' : 'waiting', secondsLeft: known ? work / this.pool.size : null }
    })
    this.onChange(this.#entries)
  }

  /** Wall seconds that one of these runs takes from beginning to end; null = none has come far enough to tell. */
  #expected(runs: readonly WantedRun[]): number | null {
    const telling = runs.map(({ progress }) => progress).filter(({ began, share }) => began !== null && share >= TELLING)
    return telling.length > 0 ? telling.reduce((sum, { began, share, took }) => sum + (took ?? (this.now() - began!) / share), 0) / telling.length : null
  }
}

class RunFailed extends Error {
  constructor(readonly problems: readonly Problem[]) { super(problems[0]?.message) }
}

async function measured({ done }: PoolTask<Outcome<RunSummary>>): Promise<RunSummary> {
  const outcome = await done
  if (!outcome.ok) throw new RunFailed(outcome.problems)
  return outcome.value
}
