/**
 * Order of contraction by nested dissection: the graph is cut in two by the smallest separator that a sweep along one
 * of four directions finds, the separator goes last, and each half is treated alike.
 *
 * @param x, y       place of each vertex
 * @param first, to  undirected neighbours, compressed rows
 * @returns          vertices in order of contraction
 *
 * Source: Dibbelt, Strasser & Wagner (2016), Customizable contraction hierarchies, ACM JEA 21, 1.5; the sweep is the
 * inertial cut of Schild & Sommer (2015) without its flow step.
 */
export function nestedOrder(x: Float64Array, y: Float64Array, first: Int32Array, to: Int32Array): Int32Array {
  const count = x.length
  const order = new Int32Array(count)
  let end = count
  const part = new Int32Array(count) // which piece a vertex belongs to
  const place = new Int32Array(count) // its place in the present sweep
  const reach = new Int32Array(count + 2)
  const keys = new Float64Array(count) // its place along the present direction
  let pieces = 0

  const sweep = (members: Int32Array, piece: number, key: (vertex: number) => number): { size: number; sorted: Int32Array; cut: number; left: boolean } => {
    const sorted = members.slice()
    for (const vertex of members) keys[vertex] = key(vertex)
    sorted.sort((a, b) => keys[a] - keys[b] || a - b)
    sorted.forEach((vertex, at) => { place[vertex] = at })
    let best = { size: Infinity, sorted, cut: 0, left: true }
    for (const left of [true, false]) {
      reach.fill(0, 0, sorted.length + 2)
      for (let at = 0; at < sorted.length; at++) {
        let far = at
        for (let row = first[sorted[at]]; row < first[sorted[at] + 1]; row++) {
          if (part[to[row]] !== piece) continue
          const other = place[to[row]]
          if (left ? other > far : other < far) far = other
        }
        // A cut before `k` separates places < k from the rest; this vertex is in it for the k between it and `far`.
        if (left && far > at) { reach[at + 1]++; reach[far + 1]-- } else if (!left && far < at) { reach[far + 1]++; reach[at + 1]-- }
      }
      let size = 0
      const low = Math.floor(sorted.length * 0.35)
      const high = Math.ceil(sorted.length * 0.65)
      for (let k = 0; k <= high; k++) {
        size += reach[k]
        if (k >= low && k > 0 && size < best.size) best = { size, sorted, cut: k, left }
      }
    }
    return best
  }

  const dissect = (members: Int32Array): void => {
    if (members.length <= 3) {
      for (let at = members.length - 1; at >= 0; at--) order[--end] = members[at]
      return
    }
    const piece = ++pieces
    for (const vertex of members) part[vertex] = piece
    let best = sweep(members, piece, vertex => x[vertex])
    for (const key of [(v: number) => y[v], (v: number) => x[v] + y[v], (v: number) => x[v] - y[v]]) {
      const found = sweep(members, piece, key)
      if (found.size < best.size) best = found
    }
    const { sorted, cut, left } = best
    sorted.forEach((vertex, at) => { place[vertex] = at })
    const isCut = (at: number): boolean => {
      for (let row = first[sorted[at]]; row < first[sorted[at] + 1]; row++) {
        if (part[to[row]] !== piece) continue
        if (left ? at < cut && place[to[row]] >= cut : at >= cut && place[to[row]] < cut) return true
      }
      return false
    }
    const separator: number[] = []
    const a: number[] = []
    const b: number[] = []
    for (let at = 0; at < sorted.length; at++) (isCut(at) ? separator : at < cut ? a : b).push(sorted[at])
    for (let at = separator.length - 1; at >= 0; at--) {
      order[--end] = separator[at]
      part[separator[at]] = -1
    }
    if (a.length === 0 || b.length === 0) {
      // Nothing was split off: a clique or nearly; any order will do.
      for (const rest of [b, a]) for (let at = rest.length - 1; at >= 0; at--) order[--end] = rest[at]
      return
    }
    dissect(Int32Array.from(b))
    dissect(Int32Array.from(a))
  }
  dissect(Int32Array.from({ length: count }, (_, vertex) => vertex))
  return order
}
