import { createCutter, type Cut } from './vertexCut'

/** Vertices with at most so many neighbours left go first: whatever comes after, few arcs come of them. */
const DEGREE_LOW = 3
/** Pieces of at most so many vertices are not cut any more. */
const PIECE_SMALL = 30

/**
 * Order of contraction by nested dissection: the graph is cut in two by the fewest vertices that will do along one of
 * four directions, these go last, and each half is treated alike.
 *
 * @param x, y       place of each vertex
 * @param first, to  undirected neighbours, compressed rows, each once
 * @returns          vertices in order of contraction
 *
 * Source: Dibbelt, Strasser & Wagner (2016), Customizable contraction hierarchies, ACM JEA 21, 1.5.
 */
export function nestedOrder(x: Float64Array, y: Float64Array, first: Int32Array, to: Int32Array): Int32Array {
  const count = x.length
  const order = new Int32Array(count)
  const around = Array.from({ length: count }, (_, v) => Array.from(to.subarray(first[v], first[v + 1])))
  const low = contractLow(around, order)
  let end = count

  // What is left, in compressed rows again.
  const coreFirst = new Int32Array(count + 1)
  for (let v = 0; v < count; v++) coreFirst[v + 1] = coreFirst[v] + around[v].length
  const coreTo = new Int32Array(coreFirst[count])
  for (let v = 0; v < count; v++) coreTo.set(around[v], coreFirst[v])
  const piece = new Int32Array(count).fill(-1)
  const cut = createCutter({ first: coreFirst, to: coreTo, piece })
  const queue = new Int32Array(count)
  let tail = 0
  let pieces = 0

  const isLow = new Uint8Array(count)
  for (let at = 0; at < low; at++) isLow[order[at]] = 1
  const core = Int32Array.from({ length: count }, (_, v) => v).filter(v => !isLow[v])
  const sortedBy = (key: (v: number) => number): Int32Array => {
    const keys = Float64Array.from({ length: count }, (_, v) => key(v))
    return core.slice().sort((a, b) => keys[a] - keys[b] || a - b)
  }

  const last = (vertices: Int32Array): void => {
    for (let at = vertices.length - 1; at >= 0; at--) {
      order[--end] = vertices[at]
      piece[vertices[at]] = -1
    }
  }

  /** Marks those whom `v` is connected with as a new piece. */
  const spread = (v: number, from: number): number => {
    const into = ++pieces
    tail = 0
    queue[tail++] = v
    piece[v] = into
    for (let head = 0; head < tail; head++)
      for (let row = coreFirst[queue[head]]; row < coreFirst[queue[head] + 1]; row++)
        if (piece[coreTo[row]] === from) { piece[coreTo[row]] = into; queue[tail++] = coreTo[row] }
    return into
  }

  /** @param views the same vertices, sorted along each direction */
  const dissect = (views: readonly Int32Array[]): void => {
    const [members] = views
    const from = ++pieces
    for (const v of members) piece[v] = from
    for (const v of members) {
      if (piece[v] !== from) continue
      const own = spread(v, from)
      if (tail <= PIECE_SMALL) last(byDegree(around, queue.slice(0, tail)))
      else divide(tail === members.length ? views : views.map(view => view.filter(w => piece[w] === own)))
    }
  }

  const divide = (views: readonly Int32Array[]): void => {
    let best: Cut | null = null
    for (const view of views) best = cut(view, best ? best.score : Infinity) ?? best
    if (!best) return last(byDegree(around, views[0])) // each is a neighbour of nearly each
    const { separator, sides: [side] } = best
    last(separator)
    const own = ++pieces
    for (const v of side) piece[v] = own
    dissect(views.map(view => view.filter(v => piece[v] !== own && piece[v] >= 0)))
    dissect(views.map(view => view.filter(v => piece[v] === own)))
  }
  if (core.length > 0) dissect([sortedBy(v => x[v]), sortedBy(v => y[v]), sortedBy(v => x[v] + y[v]), sortedBy(v => x[v] - y[v])])
  return order
}

/** Contracts vertices of low degree as long as there are any, into the front of `order`. Answers how many. */
function contractLow(around: number[][], order: Int32Array): number {
  const done = new Uint8Array(around.length)
  const queue = around.map((_, v) => v)
  let taken = 0
  for (const v of queue) { // grows while it is read
    if (done[v] || around[v].length > DEGREE_LOW) continue
    done[v] = 1
    order[taken++] = v
    queue.push(...around[v])
    contract(around, v)
  }
  return taken
}

/** Order of contraction of a few vertices: next the one with the fewest neighbours left. */
function byDegree(around: number[][], vertices: Int32Array): Int32Array {
  const order = vertices.slice()
  for (let at = 0; at < order.length; at++) {
    let least = at
    for (let other = at + 1; other < order.length; other++) if (around[order[other]].length < around[order[least]].length) least = other
    const v = order[least]
    order[least] = order[at]
    order[at] = v
    contract(around, v)
  }
  return order
}

/** Takes a vertex out of the graph; its neighbours become neighbours of one another. */
function contract(around: number[][], v: number): void {
  const others = around[v]
  for (const u of others) {
    const own = around[u].filter(w => w !== v)
    for (const w of others) if (w !== u && !own.includes(w)) own.push(w)
    around[u] = own
  }
  around[v] = []
}
