/**
 * Routes of vehicles: of each hop its row (-1 ends a route) and the lanes, as bits, from which the way goes on. Routes that
 * were given with the trips lie at the front and stay; those found on the way lie in pieces of 8, 16, 32 .. hops behind,
 * which are used again.
 */
export interface HopPool {
  hops: Int32Array
  /** First piece that is free, by size; -1 = none. A free piece holds the place of the next one. */
  readonly free: Int32Array
  /** End of the given routes, and of all. */
  readonly given: number
  end: number
}

/** Words of a hop. */
export const HOP = 2
const SMALLEST = 3

export const createHopPool = (given: Int32Array): HopPool => {
  const hops = new Int32Array(given.length + (1 << 17))
  hops.set(given)
  return { hops, free: new Int32Array(24).fill(-1), given: given.length, end: given.length }
}

/** Place for `count` hops; the two words before it hold the size of the piece. */
export function takePiece(pool: HopPool, count: number): number {
  let size = SMALLEST
  while ((1 << size) < count + 1) size++
  let piece = pool.free[size]
  if (piece >= 0) pool.free[size] = pool.hops[piece]
  else {
    piece = pool.end
    pool.end += HOP << size
    if (pool.end > pool.hops.length) {
      const hops = new Int32Array(2 * pool.end)
      hops.set(pool.hops)
      pool.hops = hops
    }
  }
  pool.hops[piece] = size
  return piece + HOP
}

export function freePiece(pool: HopPool, place: number): void {
  if (place < pool.given) return
  const piece = place - HOP
  const size = pool.hops[piece]
  pool.hops[piece] = pool.free[size]
  pool.free[size] = piece
}
