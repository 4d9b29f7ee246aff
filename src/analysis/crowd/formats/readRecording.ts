import type { Outcome } from '../../../sim'
import { readJuelich } from './juelich'
import { readJupedsim } from './jupedsim'
import { readPetrack } from './petrack'
import { outcomeOf, Refusal, type Recording, type RecordingOptions } from './recording'

const begins = (bytes: Uint8Array, magic: readonly number[]): boolean => magic.every((byte, at) => bytes[at] === byte)
const SQLITE = [...'SQLite format 3\0'].map(letter => letter.charCodeAt(0))
const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]

/** Reads trajectories of any kind we know; the file's first bytes say which. @param file  how messages call it */
export function readRecording(file: string, bytes: Uint8Array, options: RecordingOptions = {}): Promise<Outcome<Recording>> {
  return outcomeOf(() => {
    if (bytes.length === 0) throw new Refusal(file, 'empty', 'is empty', 'Give a file with a row for each person and frame.')
    if (begins(bytes, SQLITE)) return readJupedsim(file, bytes, options)
    if (begins(bytes, HDF5)) return readJuelich(file, bytes, options)
    if (begins(bytes, [0x1f, 0x8b]) || begins(bytes, [0x50, 0x4b])) throw new Refusal(file, 'packed', 'is packed', 'Unpack it first.')
    let text: string
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    } catch {
      throw new Refusal(file, 'text', 'is neither text in UTF-8 nor SQLite nor HDF5', 'Give PeTrack text, JuPedSim SQLite or an HDF5 file of the Jülich archive.')
    }
    return readPetrack(file, text, options)
  })
}
