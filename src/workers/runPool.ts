import * as Comlink from 'comlink'
import type { CompareHost } from './compareProtocol'

/** A worker that serves one task after the other. */
export interface PoolWorker { readonly host: Pick<Comlink.Remote<CompareHost>, 'run' | 'compare' | 'trace'>; close(): void }

/** Something that is done in a worker of its own; `cancel` ends it at once, or never lets it begin. */
export interface PoolTask<T> { readonly done: Promise<T>; cancel(): void }

interface Task { readonly work: (host: PoolWorker['host']) => Promise<void>; readonly fail: (error: Error) => void }
interface Lane { readonly worker: PoolWorker; task: Task | null }

/** Runs at the same time: as many as there are processors, less those of the page and of the run that it shows; two at least, a baseline and its variant. */
export const runsAtOnce = (cores: number): number => Math.max(2, Math.min(8, cores - 2))

/** Workers for whatever waits in line, a task each at a time. What fails takes its own worker with it and nothing else; when nothing waits, none is kept. */
export class RunPool {
  #waiting: Task[] = []
  #lanes: Lane[] = []

  constructor(readonly size: number, readonly open: (onError: (error: Error) => void) => PoolWorker = openWorker) {}

  /** @param first  before all that wait */
  do<T>(work: (host: PoolWorker['host']) => Promise<T>, first = false): PoolTask<T> {
    let cancel = (): void => undefined
    const done = new Promise<T>((resolve, reject) => {
      const task: Task = { work: async host => resolve(await work(host)), fail: reject }
      cancel = () => this.#stop(task, new Error('cancelled'))
      if (first) this.#waiting.unshift(task)
      else this.#waiting.push(task)
    })
    this.#next()
    return { done, cancel }
  }

  #next(): void {
    while (this.#waiting.length > 0) {
      const lane = this.#lanes.find(({ task }) => task === null) ?? (this.#lanes.length < this.size ? this.#newLane() : null)
      if (!lane) return
      void this.#serve(lane, this.#waiting.shift()!)
    }
    // Who waited for this task may have another at once, for which the city is open here.
    setTimeout(() => { for (const lane of this.#lanes.filter(({ task }) => task === null)) this.#end(lane) })
  }

  #newLane(): Lane {
    const lane: Lane = { task: null, worker: this.open(error => { if (lane.task) this.#stop(lane.task, error) }) }
    this.#lanes.push(lane)
    return lane
  }

  async #serve(lane: Lane, task: Task): Promise<void> {
    lane.task = task
    try {
      await task.work(lane.worker.host)
    } catch (error) {
      task.fail(error instanceof Error ? error : new Error(String(error)))
    }
    if (lane.task !== task) return
    lane.task = null
    this.#next()
  }

  #stop(task: Task, error: Error): void {
    this.#waiting = this.#waiting.filter(each => each !== task)
    task.fail(error)
    const lane = this.#lanes.find(each => each.task === task)
    if (lane) this.#end(lane)
    this.#next()
  }

  #end(lane: Lane): void {
    lane.task = null
    this.#lanes = this.#lanes.filter(each => each !== lane)
    lane.worker.close()
  }
}

function openWorker(onError: (error: Error) => void): PoolWorker {
  const worker = new Worker(new URL('./compareWorker.ts', import.meta.url), { type: 'module', name: 'compare' })
  worker.addEventListener('error', event => {
    event.preventDefault()
    onError(new Error(event.message || 'the worker of a comparison could not be started'))
  })
  return { host: Comlink.wrap<CompareHost>(worker), close: () => worker.terminate() }
}
