import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import type { Scenario } from '../../scenario'

const MARK = '#doc='
/** Characters that mail programs, messengers and browsers carry whole. */
export const LINK_LONGEST = 8000
/** Bytes that a link may unpack to: a small link must not fill the memory of whoever opens it. */
const UNPACKED_MOST = 4_000_000

/** The page's address with the whole document in its fragment, which no server is sent. */
export function linkOf(scenario: Scenario, page: string): string {
  const packed = deflateSync(strToU8(JSON.stringify(scenario)), { level: 9 })
  let letters = ''
  for (const byte of packed) letters += String.fromCharCode(byte)
  const text = btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  return `${page.replace(/[?#].*$/, '')}${MARK}${text}`
}

/** Text of the document that an address carries; null = none that can be unpacked. */
export function textOfLink(fragment: string): string | null {
  try {
    const letters = atob(fragment.slice(MARK.length).replaceAll('-', '+').replaceAll('_', '/'))
    const chunks: Uint8Array[] = []
    let [size, done] = [0, false]
    const inflate = new Inflate((chunk, final) => {
      size += chunk.length
      if (size > UNPACKED_MOST) throw new Error('too large')
      chunks.push(chunk)
      done = final
    })
    // In small parts, so that it stops soon after there is too much.
    const packed = Uint8Array.from(letters, letter => letter.charCodeAt(0))
    for (let at = 0; at < packed.length; at += 1024) inflate.push(packed.subarray(at, at + 1024), at + 1024 >= packed.length)
    if (!done) return null
    const bytes = new Uint8Array(size)
    let at = 0
    for (const chunk of chunks) { bytes.set(chunk, at); at += chunk.length }
    return strFromU8(bytes)
  } catch {
    return null
  }
}
