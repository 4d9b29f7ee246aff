import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** Parses a JSON file of the raw folder, gzipped or plain. */
export function readRawJson<T>(rawFolder: string, file: string): T {
  return JSON.parse(readRawText(rawFolder, file)) as T
}

export function readRawText(rawFolder: string, file: string): string {
  const path = join(rawFolder, file)
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch {
    throw new Error(`${path}: cannot be read. Give the folder that holds ${file.split('/')[0]}/ as the raw folder.`)
  }
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
