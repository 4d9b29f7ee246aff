import * as Comlink from 'comlink'
import type { RunSummary } from '../analysis'
import type { Outcome } from '../sim'
import type { Scenario } from '../scenario'
import type { CompareHost, ComparisonResult } from './compareProtocol'
import { problemOf } from './problemOf'

export type Side = 'baseline' | 'variant'

/** Baseline and variant in a worker each. Lives for one comparison; `cancel` ends both workers at once. */
export class CompareClient {
  #workers: Worker[] = []
  #stop: (error: Error) => void = () => undefined

  /** Runs both to the end with each seed, one after the other, and compares them. @param onProgress  share of each side done, 0..1 */
  async run(baseline: Scenario, variant: Scenario, seeds: readonly number[], cityUrl: string, onProgress: (side: Side, share: number) => void): Promise<Outcome<ComparisonResult>> {
    const stopped = new Promise<never>((_, reject) => { this.#stop = reject })
    stopped.catch(() => undefined)
    try {
      const hosts = [this.#open('baseline'), this.#open('variant')] as const
      const runAll = (side: Side, host: Comlink.Remote<CompareHost>, scenario: Scenario): Promise<Outcome<RunSummary[]>> => runSeeds(seeds, (seed, done) =>
        host.run({ scenario: { ...scenario, seed }, cityUrl }, Comlink.proxy(share => onProgress(side, (done + share) / seeds.length))))
      const [before, after] = await Promise.race([stopped, Promise.all([runAll('baseline', hosts[0], baseline), runAll('variant', hosts[1], variant)])])
      if (!before.ok) return before
      if (!after.ok) return after
      return { ok: true, value: await Promise.race([stopped, hosts[0].compare(before.value, after.value)]) }
    } catch (error) {
      return { ok: false, problems: [problemOf(error, 'compare/stopped')] }
    } finally {
      this.cancel()
    }
  }

  cancel(): void {
    for (const worker of this.#workers) worker.terminate()
    this.#workers = []
    this.#stop(new Error('cancelled'))
  }

  #open(name: Side): Comlink.Remote<CompareHost> {
    const worker = new Worker(new URL('./compareWorker.ts', import.meta.url), { type: 'module', name })
    worker.addEventListener('error', event => {
      event.preventDefault()
      this.#stop(new Error(event.message || `the ${name} worker could not be started`))
    })
    this.#workers.push(worker)
    return Comlink.wrap<CompareHost>(worker)
  }
}

async function runSeeds(seeds: readonly number[], run: (seed: number, done: number) => Promise<Outcome<RunSummary>>): Promise<Outcome<RunSummary[]>> {
  const summaries: RunSummary[] = []
  for (const [done, seed] of seeds.entries()) {
    const outcome = await run(seed, done)
    if (!outcome.ok) return outcome
    summaries.push(outcome.value)
  }
  return { ok: true, value: summaries }
}
