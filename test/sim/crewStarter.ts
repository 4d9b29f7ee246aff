import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { afterAll } from 'vitest'
import { createCrew, type Crew, type HelperPort } from '../../src/sim'

/** Starts crews of threads of Node, which end with the tests of the file that asks for it. */
export function crewStarter(): (threads: number) => Crew {
  const crews: Crew[] = []
  afterAll(() => { for (const crew of crews) crew.close() })
  return threads => {
    const helper = (): HelperPort => {
      const worker = new Worker(new URL('../../src/cli/crewWorker.mjs', import.meta.url))
      return { send: message => worker.postMessage(message), close: () => void worker.terminate() }
    }
    const crew = createCrew(Array.from({ length: threads - 1 }, helper), availableParallelism())
    crews.push(crew)
    return crew
  }
}
