import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { refuse } from './importError'

/** Text of a file of the user's, unpacked where it is gzip, and the name by which messages call it. */
export interface Source {
  readonly file: string
  readonly text: string
}

export function readSource(path: string): Source {
  const file = basename(path)
  const place = { file: path, line: 0 }
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const why = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'is a folder, not a file' : `cannot be read (${code ?? String(error)})`
    return refuse(place, 'unreadable', why, 'Check the path.')
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes)
    } catch (error) {
      return refuse(place, 'gzip', `is damaged gzip (${error instanceof Error ? error.message : String(error)})`, 'Fetch it again.')
    }
  }
  try {
    return { file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return refuse(place, 'encoding', 'is not text in UTF-8', 'Save it as UTF-8.')
  }
}
