import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { createCrew, THREADS_MAX, type Crew, type HelperPort } from '../sim'
import { UsageError } from './failure'

/** A crew of this thread and `threads` - 1 others of this process; null for one thread, which needs none. */
export function startCrew(threads: number): Crew | null {
  return threads === 1 ? null : createCrew(Array.from({ length: threads - 1 }, startHelper), availableParallelism())
}

/** Starts a thread that serves a crew. It does not keep the process alive. */
export function startHelper(): HelperPort {
  const worker = new Worker(new URL('./crewWorker.mjs', import.meta.url))
  worker.unref()
  return { send: message => worker.postMessage(message), close: () => void worker.terminate() }
}

/** What `--threads` says: a number of threads, or by default half of what the machine has, 4 at most. */
export function threadCount(text: string | undefined): number {
  if (text === undefined) return Math.max(1, Math.min(4, availableParallelism() >> 1))
  if (!/^\d{1,2}$/.test(text) || Number(text) < 1 || Number(text) > THREADS_MAX)
    throw new UsageError('--threads', `--threads ${text}: is no number of threads.`, `Give a whole number from 1 to ${THREADS_MAX}.`)
  return Number(text)
}
