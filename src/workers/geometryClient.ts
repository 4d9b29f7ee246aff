import type { CityPiece } from '../city'
import type { GeometryAnswer, GeometryMessage, GeometryRequest } from './geometryHost'

/** A running geometry worker. */
export interface GeometryJob {
  /** Settles when the whole city is built. */
  readonly done: Promise<void>
  /** Lets it go on after ground and roads. */
  buildRest(): void
  stop(): void
}

/** With more threads than this the rest of the city is built while the traffic is still being loaded. */
const FEW_THREADS = 4

/** A job that was begun before anybody could draw: its pieces wait here. */
interface EarlyJob extends GeometryJob { readonly key: string; listen(onPiece: (piece: CityPiece) => void): void }

let early: EarlyJob | null = null

/** Begins to build a city while the page still starts up; the next `buildCityMeshes` for the same city takes it over. */
export function startCityMeshes(request: GeometryRequest): void {
  early?.stop()
  const waiting: CityPiece[] = []
  let onPiece = (piece: CityPiece): void => { waiting.push(piece) }
  const job = runJob(request, piece => onPiece(piece))
  job.done.catch(() => undefined) // told to whoever takes it over
  early = {
    ...job, key: JSON.stringify(request),
    listen(listener) {
      onPiece = listener
      waiting.splice(0).forEach(listener)
    },
  }
}

/** Builds the meshes of a city in a worker of its own; `onPiece` gets them one by one, as they are ready. */
export function buildCityMeshes(request: GeometryRequest, onPiece: (piece: CityPiece) => void): GeometryJob {
  const begun = early
  early = null
  if (begun?.key === JSON.stringify(request)) {
    begun.listen(onPiece)
    return begun
  }
  begun?.stop()
  return runJob(request, onPiece)
}

function runJob(request: GeometryRequest, onPiece: (piece: CityPiece) => void): GeometryJob {
  const worker = new Worker(new URL('./geometryHost.ts', import.meta.url), { type: 'module', name: 'geometry' })
  const done = new Promise<void>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<GeometryAnswer>) => {
      if ('piece' in data) { onPiece(data.piece); return }
      worker.terminate()
      if ('failure' in data) reject(new Error(data.failure))
      else resolve()
    })
    worker.addEventListener('error', event => {
      worker.terminate()
      reject(new Error(event.message || 'the geometry worker could not be started'))
    })
  })
  const tell = (message: GeometryMessage): void => worker.postMessage(message)
  tell({ build: request })
  if (navigator.hardwareConcurrency > FEW_THREADS) tell({ buildRest: true })
  return { done, buildRest: () => tell({ buildRest: true }), stop: () => worker.terminate() }
}
