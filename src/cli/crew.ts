import { Worker } from 'node:worker_threads'
import { createCrew, type Crew, type HelperPort } from '../sim'

/** A crew of this thread and `threads` - 1 others of this process. */
export function startCrew(threads: number): Crew {
  return createCrew(Array.from({ length: threads - 1 }, startHelper))
}

function startHelper(): HelperPort {
  const worker = new Worker(new URL('./crewWorker.mjs', import.meta.url))
  worker.unref()
  return { send: message => worker.postMessage(message), close: () => void worker.terminate() }
}
