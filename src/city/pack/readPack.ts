import type { Columns } from '../../sim'
import { openLayer, type Layer, type LayerKind } from './layerKind'
import type { LayerEntry, PackManifest } from './manifest'

/** A city whose layers are fetched, unpacked and checked when first asked for, and kept. */
export interface CityPack {
  readonly manifest: PackManifest
  /** Whether the pack has this layer. */
  has(name: string): boolean
  /** The layer; fetched once, later calls get the same tables. */
  layer<T extends Readonly<Record<string, Columns>>>(kind: LayerKind<T>): Promise<Layer<T>>
  /** Unpacked bytes of a layer file, unchecked but for their length. Not kept. */
  bytes(name: string): Promise<Uint8Array>
}

/** Fetches one file of the pack by its name within the pack. */
export type FetchBytes = (file: string) => Promise<Uint8Array>

const REBUILD = 'Compile the pack again with "npm run city -- build", or fetch it again.'

/**
 * Opens a city pack. Works in Node, on the page and in workers. Throws an Error that names the file and says what is
 * wrong: not a manifest, another format version, a missing layer, wrong length, not gzip, wrong kind or version.
 */
export async function readPack(fetchBytes: FetchBytes): Promise<CityPack> {
  const manifest = readManifest(await fetchBytes('manifest.json'))
  const entries = new Map(manifest.layers.map(entry => [entry.name, entry]))
  const opened = new Map<string, Promise<unknown>>()
  const bytes = async (name: string): Promise<Uint8Array> => {
    const entry = entries.get(name)
    if (!entry) throw new Error(`city pack "${manifest.id}" has no layer "${name}"; it has ${[...entries.keys()].join(', ')}. ${REBUILD}`)
    return unpack(await fetchBytes(entry.file), entry)
  }
  return {
    manifest,
    has: name => entries.has(name),
    bytes,
    layer<T extends Readonly<Record<string, Columns>>>(kind: LayerKind<T>): Promise<Layer<T>> {
      let promise = opened.get(kind.kind) as Promise<Layer<T>> | undefined
      if (!promise) {
        promise = bytes(kind.kind).then(unpacked => openLayer(kind, unpacked, entries.get(kind.kind)!.file))
        opened.set(kind.kind, promise)
        promise.catch(() => opened.delete(kind.kind)) // a failed fetch may be tried again
      }
      return promise
    },
  }
}

/** Opens the pack under `url` (the address of its folder). */
export function openPackUrl(url: string): Promise<CityPack> {
  const base = url.endsWith('/') ? url : `${url}/`
  return readPack(async file => {
    const response = await fetch(base + file).catch((error: unknown) => {
      throw new Error(`${base}${file}: cannot be fetched; is the server running?`, { cause: error })
    })
    if (!response.ok) throw new Error(`${base}${file}: the server answers ${response.status} ${response.statusText}`)
    return new Uint8Array(await response.arrayBuffer())
  })
}

function readManifest(bytes: Uint8Array): PackManifest {
  let manifest: PackManifest
  try {
    manifest = JSON.parse(new TextDecoder().decode(bytes)) as PackManifest
  } catch {
    throw new Error(`manifest.json: is not JSON, so this is not the folder of a city pack. ${REBUILD}`)
  }
  if (manifest?.format !== 'pengcheng-city') throw new Error(`manifest.json: format is "${String(manifest?.format)}", not "pengcheng-city"`)
  if (manifest.version !== 1) throw new Error(`manifest.json: version ${String(manifest.version)}, this build reads 1. ${REBUILD}`)
  return manifest
}

async function unpack(bytes: Uint8Array, entry: LayerEntry): Promise<Uint8Array> {
  // Some servers declare .gz files as Content-Encoding: gzip, and the browser has then unpacked them already.
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (packed && bytes.length !== entry.bytes) throw new Error(`${entry.file}: ${bytes.length} bytes, the manifest says ${entry.bytes}. ${REBUILD}`)
  const unpacked = packed ? await gunzip(bytes, entry.file) : bytes
  if (unpacked.length !== entry.rawBytes) {
    throw new Error(`${entry.file}: ${unpacked.length} bytes when unpacked, the manifest says ${entry.rawBytes}. ${REBUILD}`)
  }
  return unpacked
}

async function gunzip(bytes: Uint8Array, file: string): Promise<Uint8Array> {
  try {
    const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'))
    return new Uint8Array(await new Response(stream).arrayBuffer())
  } catch (error) {
    throw new Error(`${file}: is damaged gzip (${error instanceof Error ? error.message : String(error)}). ${REBUILD}`, { cause: error })
  }
}
