import type { MarchQueue } from './march'

type Plain = Float64Array | Float32Array | Int32Array | Int16Array | Uint8Array | Int8Array

/**
 * Parts of a state as short arrays. Each generator yields what it makes of an array, to be hashed or saved; or, when
 * `into`, yields room for that and, asked for more, takes what was put there.
 */
export type Views = Generator<Plain>

/** The values at some places, `per` each. */
export function* gathered<T extends Float32Array | Uint8Array>(array: T, places: Int32Array, into: boolean, per = 1): Views {
  const part = new (array.constructor as new (length: number) => T)(per * places.length)
  if (!into) for (let at = 0; at < places.length; at++) for (let k = 0; k < per; k++) part[per * at + k] = array[per * places[at] + k]
  yield part
  if (into) for (let at = 0; at < places.length; at++) for (let k = 0; k < per; k++) array[per * places[at] + k] = part[per * at + k]
}

/** Those of the places whose value is not that of `usual`, and the values. */
export function* differing(array: Float32Array, usual: (place: number) => number, places: Int32Array | null, into: boolean): Views {
  const count = places?.length ?? array.length
  const found: number[] = []
  for (let at = 0; at < count; at++) {
    const place = places ? places[at] : at
    if (into) array[place] = usual(place)
    else if (array[place] !== usual(place)) found.push(place)
  }
  const length = Int32Array.of(found.length)
  yield length
  const cells = into ? new Int32Array(length[0]) : Int32Array.from(found)
  yield cells
  yield* gathered(array, cells, into)
}

/** Values that are the same for long stretches of the places: how many of each. */
export function* inRuns(array: Uint8Array, places: Int32Array, into: boolean): Views {
  const found: number[] = []
  for (let at = into ? places.length : 0; at < places.length;) {
    const value = array[places[at]]
    const from = at
    while (at < places.length && array[places[at]] === value) at++
    found.push(at - from, value)
  }
  const length = Int32Array.of(found.length)
  yield length
  const runs = into ? new Int32Array(length[0]) : Int32Array.from(found)
  yield runs
  for (let run = into ? 0 : runs.length, at = 0; run < runs.length; run += 2)
    for (const end = at + runs[run]; at < end; at++) array[places[at]] = runs[run + 1]
}

/** The cells that wait in a queue, in its order. */
export function* queued({ next, previous, bucket, head }: MarchQueue, into: boolean): Views {
  const found: number[] = []
  if (!into) for (let at = 0; at < head.length; at++) for (let cell = head[at]; cell >= 0; cell = next[cell]) found.push(at, cell)
  const length = Int32Array.of(found.length)
  yield length
  const list = into ? new Int32Array(length[0]) : Int32Array.from(found)
  yield list
  if (!into) return
  bucket.fill(-1)
  head.fill(-1)
  for (let at = list.length - 2; at >= 0; at -= 2) {
    const [slot, cell] = [list[at], list[at + 1]]
    const after = head[slot]
    next[cell] = after
    previous[cell] = -1
    if (after >= 0) previous[after] = cell
    head[slot] = cell
    bucket[cell] = slot
  }
}
