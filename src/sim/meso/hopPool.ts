/** Routes of vehicles under way: rows of hops in one array, in pieces of 8, 16, 32 .. that are used again. -1 ends a route. */
export interface HopPool {
  hops: Int32Array
  /** First piece that is free, by size; -1 = none. A free piece holds the place of the next one. */
  readonly free: Int32Array
  end: number
}

const SMALLEST = 3

export const createHopPool = (): HopPool => ({ hops: new Int32Array(1 << 16), free: new Int32Array(24).fill(-1), end: 0 })

/** Place for `count` hops; the one before it holds the size of the piece. */
export function takePiece(pool: HopPool, count: number): number {
  let size = SMALLEST
  while ((1 << size) < count + 1) size++
  let piece = pool.free[size]
  if (piece >= 0) pool.free[size] = pool.hops[piece]
  else {
    piece = pool.end
    pool.end += 1 << size
    if (pool.end > pool.hops.length) {
      const hops = new Int32Array(2 * pool.end)
      hops.set(pool.hops)
      pool.hops = hops
    }
  }
  pool.hops[piece] = size
  return piece + 1
}

export function freePiece(pool: HopPool, place: number): void {
  const piece = place - 1
  const size = pool.hops[piece]
  pool.hops[piece] = pool.free[size]
  pool.free[size] = piece
}
