import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { gzipSync } from 'fflate'
import { encodeLayer, type LayerFile } from './layerFile'
import type { LayerEntry, PackManifest, SourceEntry } from './manifest'
import { whyNotWritable } from './outputFolder'
import { readPack, type CityPack } from './readPack'

/** A compiled layer and where it comes from. */
export interface LayerBuild {
  readonly layer: LayerFile
  readonly sources: readonly SourceEntry[]
}

export type PackHead = Omit<PackManifest, 'layers'>

/**
 * Writes a city pack as a whole or not at all: into a new folder beside `folder`, which then takes its place. The same
 * layers give the same bytes. `keep` takes over layers of the pack already there that are not written anew.
 */
export async function writePack(folder: string, head: PackHead, builds: readonly LayerBuild[], options: { keep?: boolean } = {}): Promise<PackManifest> {
  const target = resolve(folder)
  const temporary = join(dirname(target), `.pack-${randomUUID()}`)
  const previous = `${temporary}-old`
  const reason = whyNotWritable(folder)
  if (reason !== null) throw new Error(`${folder}: ${reason}.`)
  await mkdir(temporary, { recursive: true })
  try {
    const entries = new Map<string, LayerEntry>()
    if (options.keep && existsSync(join(target, 'manifest.json'))) {
      const old = JSON.parse(await readFile(join(target, 'manifest.json'), 'utf8')) as PackManifest
      for (const entry of old.layers) {
        if (builds.some(build => build.layer.kind === entry.name)) continue
        await writeFile(join(temporary, entry.file), await readFile(join(target, entry.file)))
        entries.set(entry.name, entry)
      }
    }
    for (const { layer, sources } of builds) {
      const raw = encodeLayer(layer)
      const packed = gzipSync(raw, { level: 9, mtime: 0 })
      const file = `${layer.kind}.bin.gz`
      await writeFile(join(temporary, file), packed)
      const sha256 = createHash('sha256').update(packed).digest('hex')
      entries.set(layer.kind, { name: layer.kind, file, bytes: packed.length, sha256, rawBytes: raw.length, sources })
    }
    // Sorted by name, so that the order in which layers were compiled does not show.
    const layers = [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    const manifest: PackManifest = { ...head, layers }
    await writeFile(join(temporary, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    if (existsSync(target)) await rename(target, previous)
    await rename(temporary, target)
    return manifest
  } finally {
    await rm(temporary, { recursive: true, force: true })
    if (existsSync(previous) && !existsSync(target)) await rename(previous, target)
    await rm(previous, { recursive: true, force: true })
  }
}

/** Opens the pack in a folder. Node only; in the browser see `openPackUrl`. */
export function openPackFolder(folder: string): Promise<CityPack> {
  return readPack(async file => {
    const path = join(folder, file)
    try {
      return new Uint8Array(await readFile(path))
    } catch {
      throw new Error(`${path}: cannot be read. ${existsSync(folder) ? 'The pack is incomplete' : 'There is no such folder'}; compile it with "npm run city -- build".`)
    }
  })
}

/** Names of the layer files whose sha-256 is not the one in the manifest; empty for a sound pack. */
export async function damagedLayers(folder: string): Promise<string[]> {
  const { manifest } = await openPackFolder(folder)
  const damaged: string[] = []
  for (const entry of manifest.layers) {
    const bytes = await readFile(join(folder, entry.file)).catch(() => null)
    if (!bytes || createHash('sha256').update(bytes).digest('hex') !== entry.sha256) damaged.push(entry.file)
  }
  return damaged
}
