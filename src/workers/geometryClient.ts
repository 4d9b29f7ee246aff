import type { CityPiece } from '../city'
import type { GeometryAnswer, GeometryRequest } from './geometryHost'

/** A running geometry worker; `done` settles when the whole city is built. */
export interface GeometryJob { readonly done: Promise<void>; stop(): void }

/** Builds the meshes of a city in a worker of its own; `onPiece` gets them one by one, as they are ready. */
export function buildCityMeshes(request: GeometryRequest, onPiece: (piece: CityPiece) => void): GeometryJob {
  const worker = new Worker(new URL('./geometryHost.ts', import.meta.url), { type: 'module', name: 'geometry' })
  const done = new Promise<void>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<GeometryAnswer>) => {
      if ('piece' in data) return onPiece(data.piece)
      worker.terminate()
      if ('failure' in data) reject(new Error(data.failure))
      else resolve()
    }
    worker.onerror = event => {
      worker.terminate()
      reject(new Error(event.message || 'the geometry worker could not be started'))
    }
  })
  worker.postMessage(request)
  return { done, stop: () => worker.terminate() }
}
