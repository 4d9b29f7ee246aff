import { parentPort, type MessagePort } from 'node:worker_threads'
import { executeJob, type CompareJob } from './compareJob'
import { Failure } from './failure'

const port: MessagePort = parentPort!
const send = (message: object): void => port.postMessage(message, [])

port.on('message', ({ index, job }: { index: number; job: CompareJob }) => {
  executeJob(job, share => send({ kind: 'progress', index, share }))
    .then(summary => send({ kind: 'done', index, summary }))
    .catch((error: unknown) => send({
      kind: 'failed', index, expected: error instanceof Failure, message: error instanceof Failure ? error.message : String((error as Error)?.stack ?? error),
      ...(error instanceof Failure ? { problems: error.problems } : {}),
    }))
})
