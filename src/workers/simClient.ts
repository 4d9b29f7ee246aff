import * as Comlink from 'comlink'
import type { Outcome, Problem, SnapshotLayout } from '../sim'
import type { Scenario } from '../scenario'
import type { RunInfo, RunStatus, SimHost, SnapshotFeed } from './protocol'
import { problemOf } from './problemOf'
import { ringReader, transferReader } from './snapshotRing'

/** How the page and the worker share snapshots. */
export type MemoryMode = 'shared' | 'transferred'

export const memoryMode = (): MemoryMode =>
  typeof SharedArrayBuffer !== 'undefined' && globalThis.crossOriginIsolated ? 'shared' : 'transferred'

/** The page's end of one simulation worker: lives as long as its run. */
export class SimClient {
  readonly host: Comlink.Remote<SimHost>
  readonly memory: MemoryMode = memoryMode()
  info: RunInfo | null = null
  feed: SnapshotFeed | null = null
  #worker: Worker
  #crash: Problem | null = null
  #onCrash: (problem: Problem) => void
  #crashed: Promise<never>

  /** @param onCrash  called once if the worker dies; nothing that was asked of it will then be answered */
  constructor(onCrash: (problem: Problem) => void) {
    this.#onCrash = onCrash
    this.#worker = new Worker(new URL('./simWorker.ts', import.meta.url), { type: 'module', name: 'simulation' })
    this.#crashed = new Promise((_, reject) => {
      this.#worker.addEventListener('error', event => {
        event.preventDefault()
        this.#fail(new Error(event.message || 'the simulation worker could not be started'), reject)
      })
      this.#worker.addEventListener('messageerror', () => this.#fail(new Error('a message of the simulation worker was unreadable'), reject))
    })
    this.#crashed.catch(() => undefined)
    this.host = Comlink.wrap<SimHost>(this.#worker)
  }

  async load(scenario: Scenario, cityUrl: string): Promise<Outcome<RunInfo>> {
    return this.#guard(async () => {
      const shared = this.memory === 'shared'
      let port: MessagePort | null = null
      if (!shared) {
        const channel = new MessageChannel()
        port = channel.port1
        await this.host.connectSnapshots(Comlink.transfer(channel.port2, [channel.port2]))
      }
      const outcome = await this.host.load({ scenario, cityUrl, shared })
      if (outcome.ok) {
        this.info = outcome.value
        this.feed = makeFeed(outcome.value, port)
      }
      return outcome
    })
  }

  /** Answers of the host, or a Problem if the worker dies before it answers. */
  ask<T>(question: (host: Comlink.Remote<SimHost>) => Promise<T>): Promise<Outcome<T>> {
    return this.#guard(async () => ({ ok: true, value: await question(this.host) }))
  }

  update(scenario: Scenario): ReturnType<SimHost['update']> {
    return this.#guard(() => this.host.update(scenario))
  }

  status(): Promise<Outcome<RunStatus>> { return this.ask(host => host.status()) }

  dispose(): void {
    this.host[Comlink.releaseProxy]()
    this.#worker.terminate()
  }

  async #guard<T>(work: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    if (this.#crash) return { ok: false, problems: [this.#crash] }
    try {
      return await Promise.race([work(), this.#crashed])
    } catch (error) {
      return { ok: false, problems: [this.#crash ?? problemOf(error, 'run/failed')] }
    }
  }

  #fail(error: Error, reject: (error: Error) => void): void {
    if (this.#crash) return
    this.#crash = problemOf(error, 'run/crashed')
    reject(error)
    this.#onCrash(this.#crash)
  }
}

function makeFeed(info: RunInfo, port: MessagePort | null): SnapshotFeed {
  const layout: SnapshotLayout = info.layout
  const newest = info.ring ? ringReader(layout, info.ring) : transferReader(layout, port!)
  return { layout, newest, secondsPerTick: info.dt }
}
