import { isShared } from '../core/table'
import type { NetworkIndex } from '../network/networkIndex'

/**
 * Routes of the vehicles under way: at each link the number of the next one among its followers, one byte a hop, in
 * chunks of 32 bytes that are chained. 255 ends a route.
 */
export interface RoutePool {
  hops: Uint8Array
  /** Next chunk of a route, or of the free list; -1 = none. */
  next: Int32Array
  /** 0: first free chunk; 1: chunks in use. */
  readonly head: Int32Array
}

export const CHUNK = 32
export const ROUTE_END = 255

export function createRoutePool(chunks: number): RoutePool {
  const pool: RoutePool = { hops: new Uint8Array(0), next: new Int32Array(0), head: Int32Array.of(-1, 0) }
  growPool(pool, Math.max(64, chunks))
  return pool
}

/** The one allocation of a run that may come late: doubles the pool, a handful of times in a whole day. */
function growPool(pool: RoutePool, chunks: number): void {
  const had = pool.next.length
  const { hops: hopsBefore, next: nextBefore } = pool
  emptyPool(pool, chunks)
  const { hops, next } = pool
  hops.set(hopsBefore)
  next.set(nextBefore)
  for (let chunk = had; chunk < chunks; chunk++) next[chunk] = chunk + 1 < chunks ? chunk + 1 : pool.head[0]
  pool.head[0] = had
}

/** Gives a pool arrays for so many chunks, without any content. */
export function emptyPool(pool: RoutePool, chunks: number): void {
  const make = (bytes: number): ArrayBufferLike => (isShared(pool.head) ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes))
  pool.hops = new Uint8Array(make(chunks * CHUNK))
  pool.next = new Int32Array(make(4 * chunks))
}

/** Gives a pool the arrays that another thread has made. */
export function setPool(pool: RoutePool, hops: Uint8Array, next: Int32Array): void {
  pool.hops = hops
  pool.next = next
}

function takeChunk(pool: RoutePool): number {
  if (pool.head[0] < 0) growPool(pool, pool.next.length * 2)
  const chunk = pool.head[0]
  pool.head[0] = pool.next[chunk]
  pool.next[chunk] = -1
  pool.head[1]++
  return chunk
}

export function freeRoute(pool: RoutePool, first: number): void {
  for (let chunk = first; chunk >= 0;) {
    const after = pool.next[chunk]
    pool.next[chunk] = pool.head[0]
    pool.head[0] = chunk
    pool.head[1]--
    chunk = after
  }
}

/** Writes the hops links[0] -> links[1] -> ... -> links[count - 1]; answers the first chunk. */
export function writeRoute(pool: RoutePool, index: NetworkIndex, links: Int32Array, count: number): number {
  const { nextFirst, nextLink } = index
  const first = takeChunk(pool)
  let chunk = first
  let at = 0
  for (let hop = 1; hop <= count; hop++) {
    if (at === CHUNK) {
      const more = takeChunk(pool)
      pool.next[chunk] = more
      chunk = more
      at = 0
    }
    let choice = ROUTE_END
    if (hop < count) {
      const from = links[hop - 1]
      choice = 0
      while (nextLink[nextFirst[from] + choice] !== links[hop]) choice++
    }
    pool.hops[chunk * CHUNK + at++] = choice
  }
  return first
}

/** A place in a route, moved along it by `advance`; one scratch object for each user, so that nothing is allocated. */
export interface RouteCursor { chunk: number; at: number; link: number }

/** Hop from `cursor.link` to the next link of the route, or -1 at its end; moves the cursor to that link. */
export function advanceHop(pool: RoutePool, index: NetworkIndex, cursor: RouteCursor): number {
  if (cursor.chunk < 0) return -1
  if (cursor.at === CHUNK) {
    cursor.chunk = pool.next[cursor.chunk]
    cursor.at = 0
    if (cursor.chunk < 0) return -1
  }
  const choice = pool.hops[cursor.chunk * CHUNK + cursor.at]
  if (choice === ROUTE_END) return -1
  cursor.at++
  const hop = index.nextFirst[cursor.link] + choice
  cursor.link = index.nextLink[hop]
  return hop
}

/** Link after `cursor.link`, or -1 at the end of the route; moves the cursor. */
export function advance(pool: RoutePool, index: NetworkIndex, cursor: RouteCursor): number {
  return advanceHop(pool, index, cursor) < 0 ? -1 : cursor.link
}
