import * as Comlink from 'comlink'
import type { Outcome } from '../sim'
import type { Scenario } from '../scenario'
import type { CompareHost, ComparisonResult } from './compareProtocol'
import { problemOf } from './problemOf'

export type Side = 'baseline' | 'variant'

/** Baseline and variant in a worker each. Lives for one comparison; `cancel` ends both workers at once. */
export class CompareClient {
  #workers: Worker[] = []
  #stop: (error: Error) => void = () => undefined

  /** Runs both to the end and compares them. @param onProgress  share of each side done, 0..1 */
  async run(baseline: Scenario, variant: Scenario, cityUrl: string, onProgress: (side: Side, share: number) => void): Promise<Outcome<ComparisonResult>> {
    const stopped = new Promise<never>((_, reject) => { this.#stop = reject })
    stopped.catch(() => undefined)
    try {
      const hosts = [this.#open('baseline'), this.#open('variant')] as const
      const [before, after] = await Promise.race([stopped, Promise.all([
        hosts[0].run({ scenario: baseline, cityUrl }, Comlink.proxy(share => onProgress('baseline', share))),
        hosts[1].run({ scenario: variant, cityUrl }, Comlink.proxy(share => onProgress('variant', share))),
      ])])
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
