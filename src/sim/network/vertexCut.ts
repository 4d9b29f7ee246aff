/** An undirected graph in compressed rows, of which the vertices of one piece count at a time. */
export interface CutGraph {
  readonly first: Int32Array
  readonly to: Int32Array
  /** Piece that each vertex belongs to now. */
  readonly piece: Int32Array
}

/** Vertices without which a piece falls into the two sides; `score` is their number for each vertex of the smaller side. */
export interface Cut { readonly separator: Int32Array; readonly sides: readonly [Int32Array, Int32Array]; readonly score: number }

const FREE = -1
const END = -2
const FIRST = 1
const LAST = 2

/**
 * Makes the finder of cuts of a graph. It is given a piece sorted along some direction and finds the fewest vertices that
 * separate its first quarter from its last; null if that can be no better than `scoreMax`. Disjoint paths from quarter to
 * quarter are added until there is no further one (maximum flow, minimum cut).
 *
 * Source: Schild & Sommer (2015), On balanced separators in road networks; Ford & Fulkerson (1956).
 */
export function createCutter({ first, to, piece }: CutGraph): (sorted: Int32Array, scoreMax: number) => Cut | null {
  const count = piece.length
  // Disjoint paths: the vertices before and after each vertex that one passes.
  let before = new Int32Array(count)
  let after = new Int32Array(count)
  const quarter = new Uint8Array(count) // FIRST, LAST or neither
  // States of the search for a further path: 2 v arrives at v, 2 v + 1 leaves it.
  const seen = new Int32Array(2 * count)
  const back = new Int32Array(2 * count)
  const root = new Int32Array(2 * count)
  const arrived = new Int32Array(2 * count)
  const queue = new Int32Array(2 * count)
  let stamp = 0
  let tail = 0

  const reach = (state: number, from: number): void => {
    if (seen[state] === stamp) return
    seen[state] = stamp
    back[state] = from
    root[state] = from < 0 ? state : root[from]
    queue[tail++] = state
  }

  /**
   * States in which free vertices of the other quarter than `home` are reached, at most one from each begin, so that the
   * ways there have no state in common. None: the paths are as many as can be.
   */
  const search = (begins: readonly number[], own: number, home: number): number[] => {
    stamp++
    tail = 0
    const goals: number[] = []
    for (const v of begins) {
      seen[2 * v] = stamp
      if (before[v] === FREE) reach(2 * v + 1, -1)
    }
    for (let head = 0; head < tail; head++) {
      const state = queue[head]
      const v = state >> 1
      if (arrived[root[state]] === stamp) continue
      if (state & 1) {
        for (let row = first[v]; row < first[v + 1]; row++) {
          const w = to[row]
          if (piece[w] !== own || quarter[w] === home || after[v] === w || seen[2 * w] === stamp) continue
          reach(2 * w, state)
          if (quarter[w] !== 0 && before[w] === FREE) {
            arrived[root[state]] = stamp
            goals.push(2 * w)
            break
          }
        }
        if (before[v] >= 0) reach(2 * v, state)
      } else reach(2 * (before[v] === FREE ? v : before[v]) + 1, state) // an old path is taken back to where it came from
    }
    return goals
  }

  /** Turns the way that was found into paths: what it takes back first, then what it adds. */
  const augment = (goal: number): void => {
    for (let state = goal; back[state] >= 0; state = back[state]) {
      const [from, into] = [back[state] >> 1, state >> 1]
      if (from !== into && state & 1) { after[into] = FREE; before[from] = FREE }
    }
    after[goal >> 1] = END
    for (let state = goal; ; state = back[state]) {
      if (back[state] < 0) { before[state >> 1] = END; return }
      const [from, into] = [back[state] >> 1, state >> 1]
      if (from !== into && !(state & 1)) { after[from] = into; before[into] = from }
    }
  }

  /** Vertices of a quarter with neighbours outside it. */
  const rim = (sorted: Int32Array, own: number, home: number): number[] => {
    const found: number[] = []
    for (const v of sorted) {
      let isRim = false
      if (quarter[v] === home) for (let row = first[v]; row < first[v + 1]; row++) if (piece[to[row]] === own && quarter[to[row]] !== home) isRim = true
      if (isRim) found.push(v)
    }
    return found
  }

  /** Of the cuts of that size, the one nearest to the quarter from which the last search began. */
  const nearest = (sorted: Int32Array, home: number): Cut => {
    const separator: number[] = []
    const sides: [number[], number[]] = [[], []]
    for (const v of sorted) {
      const leaves = seen[2 * v + 1] === stamp
      if (seen[2 * v] === stamp && !leaves) separator.push(v)
      else sides[leaves || quarter[v] === home ? 0 : 1].push(v)
    }
    return { separator: Int32Array.from(separator), sides: [Int32Array.from(sides[0]), Int32Array.from(sides[1])], score: separator.length / Math.min(sides[0].length, sides[1].length) }
  }

  return (sorted, scoreMax) => {
    const own = piece[sorted[0]]
    const size = Math.max(1, sorted.length >> 2)
    sorted.forEach((v, at) => {
      before[v] = FREE
      after[v] = FREE
      quarter[v] = at < size ? FIRST : at >= sorted.length - size ? LAST : 0
    })
    const begins = rim(sorted, own, FIRST)
    for (let paths = 0; ;) {
      // So many vertices divide the piece evenly at best.
      if (2 * paths >= scoreMax * (sorted.length - paths)) return null
      const goals = search(begins, own, FIRST)
      if (goals.length === 0) break
      goals.forEach(augment)
      paths += goals.length
    }
    const low = nearest(sorted, FIRST)
    // The same paths backwards.
    const swap = before
    before = after
    after = swap
    search(rim(sorted, own, LAST), own, LAST)
    const high = nearest(sorted, LAST)
    const best = high.score < low.score ? high : low
    return best.score < scoreMax ? best : null
  }
}
