import { FIELD_SPEED, LINKS_FROM, LINKS_TO, type WalkGrid } from './walkGrid'
import { BY_LIFT, lowerBound } from './gridLinks'
import type { SpaceIndex } from '../spaceIndex'
import type { Openings } from './openSteps'

/** Buckets of the queue; a power of two. With buckets of about 0.1 s they span some 1,000 s. */
const BUCKETS = 8192
/** Nothing costs more than this at once, s: what does, counts as this. */
export const EXTRA_MAX = 600
const NOT_QUEUED = -1

/** What marching needs beside the field that it makes: one for all fields, as one is made at a time. */
export interface MarchQueue {
  readonly next: Int32Array
  readonly previous: Int32Array
  /** Bucket in which a cell waits. */
  readonly bucket: Int16Array
  readonly head: Int32Array
  /** Speed in plan up and down each floor / speed on the level, and direction of ascent. */
  readonly up: Float64Array
  readonly down: Float64Array
  /** Where a march stands: bucket that is emptied, cells that wait, width of a bucket (s), cells of the last call. */
  readonly state: Float64Array
}
const At = { bucket: 0, waiting: 1, width: 2, done: 3 } as const

/** Cells that the last call of `march` got through. */
export const cellsMarched = (queue: MarchQueue): number => queue.state[At.done]

export function createMarchQueue(cells: number, floors: number): MarchQueue {
  return {
    next: new Int32Array(cells), previous: new Int32Array(cells), bucket: new Int16Array(cells), head: new Int32Array(BUCKETS),
    up: new Float64Array(floors), down: new Float64Array(floors), state: new Float64Array(4),
  }
}

/** Times of a field: s to its nearest target at FIELD_SPEED, Infinity where there is no way; which of its targets that is; and what is waited at each, s, which the times include. */
export interface Arrival {
  readonly time: Float32Array
  readonly source: Uint8Array
  readonly wait: Float64Array
}

/** A field leads to so many targets at most. */
export const TARGETS_MAX = 256

export const createArrival = (cells: number): Arrival =>
  ({ time: new Float32Array(cells).fill(Infinity), source: new Uint8Array(cells), wait: new Float64Array(TARGETS_MAX) })

/** Sets speeds of slopes and belts, and empties the queue. Then sources are put in, then `march`. */
export function beginMarch(queue: MarchQueue, grid: WalkGrid, index: SpaceIndex, arrival: Arrival): void {
  const { floors } = index
  const { rasters } = grid
  let fastest = Infinity
  for (let floor = 0; floor < rasters.rows.length; floor++) {
    // On a belt one stands.
    const belt = Math.abs(floors.belt[floor]) / FIELD_SPEED
    queue.up[floor] = belt > 0 ? belt : floors.factorUp[floor]
    queue.down[floor] = belt > 0 ? belt : floors.factorDown[floor]
    const speed = Math.max(1, queue.up[floor], queue.down[floor])
    fastest = Math.min(fastest, rasters.cell[floor] / FIELD_SPEED / speed)
  }
  queue.bucket.fill(NOT_QUEUED)
  queue.head.fill(-1)
  arrival.time.fill(Infinity)
  queue.state[At.bucket] = -1
  queue.state[At.waiting] = 0
  // A step adds at least cell / speed / sqrt(2) to the earlier of the two neighbours: in buckets no wider than that few
  // cells of a bucket change another of it, and those are put in again.
  queue.state[At.width] = fastest * Math.SQRT1_2 * 0.999
}

/**
 * Keeps of an earlier march what lies nearer than `keep`, s, and lets it go on from there; sources beyond are put in
 * again by the caller. What changed must concern only cells that are not kept: as nothing later changes what is
 * earlier, the result is that of a march from the start.
 */
export function keepMarch(queue: MarchQueue, grid: WalkGrid, openings: Openings, before: Arrival, keep: number, arrival: Arrival): void {
  const { rasters } = grid
  const { passes } = openings
  const { time } = before
  for (let cell = 0; cell < grid.cells; cell++) {
    if (!(time[cell] < keep)) continue
    arrival.time[cell] = time[cell]
    arrival.source[cell] = before.source[cell]
  }
  for (let floor = 0; floor < rasters.rows.length; floor++) {
    const stride = rasters.columns[floor]
    const end = rasters.first[floor] + stride * rasters.rows[floor]
    for (let cell = rasters.first[floor]; cell < end; cell++) {
      if (!(time[cell] < keep)) continue
      const pass = passes[cell]
      // Whoever may step here from what is not kept has this as a start.
      if (pass & LINKS_TO || !(time[cell + 1] < keep) || !(time[cell - 1] < keep) || !(time[cell + stride] < keep) || !(time[cell - stride] < keep)) enqueue(queue, cell, time[cell])
    }
  }
}

/** A cell that is reached in `time`, s; at least that of the earliest put in before, unless marching has not begun. */
export function putSource(queue: MarchQueue, arrival: Arrival, cell: number, time: number, source: number): void {
  if (!(time < arrival.time[cell])) return
  arrival.time[cell] = time
  arrival.source[cell] = source
  enqueue(queue, cell, arrival.time[cell])
}

function enqueue(queue: MarchQueue, cell: number, time: number): void {
  const { next, previous, bucket, head, state } = queue
  const number = Math.floor(time / state[At.width])
  const to = number & (BUCKETS - 1)
  const from = bucket[cell]
  if (from === to) return
  if (from >= 0) {
    const before = previous[cell]
    const after = next[cell]
    if (before >= 0) next[before] = after
    else head[from] = after
    if (after >= 0) previous[after] = before
  }
  else {
    state[At.waiting]++
    if (state[At.bucket] < 0 || number < state[At.bucket]) state[At.bucket] = number
  }
  const first = head[to]
  next[cell] = first
  previous[cell] = -1
  if (first >= 0) previous[first] = cell
  head[to] = cell
  bucket[cell] = to
}

/**
 * Fast marching: solves |grad T| = cost outward from the sources, T in s, by upwind differences, over all floors and
 * links, each step taken in the direction in which people walk it (towards the goal).
 *
 *   T = (a + b + sqrt(2 c^2 - (a - b)^2)) / 2   if |a - b| < c, else min(a, b) + c
 *
 * with a, b the earlier of the two neighbours in x and y to which one may step, and c the time to cross the cell.
 *
 * @param cellsMax  stops after so many cells, to be called again
 * @returns whether it is done
 *
 * Source: Sethian (1996), PNAS 93, 1591; Kimmel & Sethian (1998), PNAS 95, 8431. A queue of buckets instead of a heap:
 * Dial (1969), CACM 12, 632; Yatziv, Bartesaghi & Sapiro (2006), J. Comput. Phys. 212, 393. Cells of a bucket come in any
 * order, and whoever turns out to have come too early comes again, so that the result is the one solution of the scheme,
 * to the bit, whatever the order.
 * Error of the first-order scheme: O(h log 1/h) around corners and point sources; tests hold it below 4 % + half a cell.
 */
export function march(queue: MarchQueue, grid: WalkGrid, index: SpaceIndex, openings: Openings, arrival: Arrival, cellsMax: number): boolean {
  const { next, previous, bucket, head, state, up, down } = queue
  const { cost, floorOf, links } = grid
  const { passes, links: open } = openings
  const { columns } = grid.rasters
  const { ascentX, ascentY } = index.floors
  const { time, source } = arrival
  const perBucket = 1 / state[At.width]
  let waiting = state[At.waiting]
  let now = state[At.bucket]
  let done = 0
  while (waiting > 0 && done < cellsMax) {
    const slot = now & (BUCKETS - 1)
    const cell = head[slot]
    if (cell < 0) { now++; continue }
    const after = next[cell]
    head[slot] = after
    if (after >= 0) previous[after] = -1
    bucket[cell] = NOT_QUEUED
    const timeHere = time[cell]
    waiting--
    done++
    const own = floorOf[cell >> 8]
    const stride = columns[own]
    let link = passes[cell] & LINKS_TO ? lowerBound(links.toSorted, cell) : -1
    for (let k = 0; ; k++) {
      // Who may step into this cell: neighbours first, then those at the other end of links.
      let other: number
      let floor = own
      let step = stride
      if (k < 4) {
        other = cell + (k === 0 ? 1 : k === 1 ? stride : k === 2 ? -1 : -stride)
        if (time[other] <= timeHere || !(passes[other] & (1 << ((k + 2) & 3)))) continue
      }
      else {
        if (link < 0 || link >= links.toSorted.length || links.toSorted[link] !== cell) break
        const row = links.byTo[link++]
        if (!open[row]) continue
        other = links.from[row]
        if (time[other] <= timeHere) continue
        floor = floorOf[other >> 8]
        step = columns[floor]
      }
      const pass = passes[other]
      const east = pass & 1 ? time[other + 1] : Infinity
      const north = pass & 2 ? time[other + step] : Infinity
      const west = pass & 4 ? time[other - 1] : Infinity
      const south = pass & 8 ? time[other - step] : Infinity
      let a = east
      let b = north
      let sourceA = other + 1
      let sourceB = other + step
      let alongX = 1
      let alongY = 1
      if (west < a) { a = west; sourceA = other - 1; alongX = -1 }
      if (south < b) { b = south; sourceB = other - step; alongY = -1 }
      let lift = Infinity
      let sourceLift = other
      if (pass & LINKS_FROM)
        for (let row = lowerBound(links.from, other); row < links.from.length && links.from[row] === other; row++) {
          if (!open[row]) continue
          const by = time[links.to[row]] + links.extra[row]
          const side = links.side[row]
          if (side === BY_LIFT) { if (by < lift) { lift = by; sourceLift = links.to[row] } }
          else if (side & 1) { if (by < b) { b = by; sourceB = links.to[row]; alongY = side === 1 ? 1 : -1 } }
          else if (by < a) { a = by; sourceA = links.to[row]; alongX = side === 0 ? 1 : -1 }
        }
      let c = cost[other]
      if (ascentX[floor] !== 0 || ascentY[floor] !== 0) {
        const rising = (a < b + c ? alongX * ascentX[floor] : 0) + (b < a + c ? alongY * ascentY[floor] : 0)
        c /= rising > 0 ? up[floor] : down[floor]
      }
      let t: number
      if (a < b) t = b - a < c ? 0.5 * (a + b + Math.sqrt(2 * c * c - (b - a) * (b - a))) : a + c
      else t = a - b < c ? 0.5 * (a + b + Math.sqrt(2 * c * c - (a - b) * (a - b))) : b + c
      let from = a < b ? sourceA : sourceB
      if (lift < t) { t = lift; from = sourceLift }
      t = Math.fround(t)
      if (!(t < time[other])) continue
      time[other] = t
      source[other] = source[from]
      // Into its bucket: as `enqueue`, written out for speed.
      const to = Math.floor(t * perBucket) & (BUCKETS - 1)
      const old = bucket[other]
      if (old === to) continue
      if (old >= 0) {
        const before = previous[other]
        const behind = next[other]
        if (before >= 0) next[before] = behind
        else head[old] = behind
        if (behind >= 0) previous[behind] = before
      }
      else waiting++
      const first = head[to]
      next[other] = first
      previous[other] = -1
      if (first >= 0) previous[first] = other
      head[to] = other
      bucket[other] = to
    }
  }
  state[At.waiting] = waiting
  state[At.bucket] = now
  state[At.done] = done
  return waiting === 0
}
