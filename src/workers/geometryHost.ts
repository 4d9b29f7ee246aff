import { buildCity, openPackUrl, transferables, type CityPiece, type MeshData } from '../city'

/** One job: open the pack at `cityUrl` and send every piece as it is built, those after the roads when told to. */
export interface GeometryRequest { readonly cityUrl: string; readonly focus: readonly [number, number] }
export type GeometryMessage = { readonly build: GeometryRequest } | { readonly buildRest: true }
export type GeometryAnswer = { readonly piece: CityPiece } | { readonly done: true } | { readonly failure: string }

const post = (answer: GeometryAnswer, transfer: Transferable[] = []): void => { self.postMessage(answer, { transfer }) }
const pause = (): Promise<void> => new Promise(done => { setTimeout(done, 0) })

let buildRest = (): void => undefined
const mayBuildRest = new Promise<void>(done => { buildRest = done })

self.onmessage = ({ data }: MessageEvent<GeometryMessage>) => {
  if ('buildRest' in data) return buildRest()
  build(data.build).then(() => post({ done: true }), (error: unknown) => post({ failure: error instanceof Error ? error.message : String(error) }))
}

async function build({ cityUrl, focus }: GeometryRequest): Promise<void> {
  await buildCity(await openPackUrl(cityUrl), focus, piece => post({ piece }, buffersOf(piece)), { pause, roadsStand: () => mayBuildRest })
}

function buffersOf(piece: CityPiece): ArrayBuffer[] {
  switch (piece.kind) {
    case 'terrain': return transferables(piece.meshes)
    case 'groundMap': return [piece.map.data.buffer]
    case 'links': return [piece.data.buffer]
    case 'roads': return transferables(piece.tiles.flatMap(tile => [tile.surface, tile.verge]))
    case 'structures': case 'trees': return transferables(piece.tiles.map(tile => tile.mesh as MeshData))
    case 'paths': return [piece.paths.header.buffer, piece.paths.points.buffer]
    case 'signals': return [piece.signals.heads.buffer]
    case 'buildings': return transferables([piece.mesh])
    case 'skyline': return [piece.skyline.height.buffer as ArrayBuffer]
    case 'metro': return [piece.metro.stations.buffer, ...transferables([piece.metro.lines])]
    case 'labels': return []
  }
}
