import { Vertex, type Hierarchy } from './hierarchy'
import { nestedOrder } from './nestedOrder'

/** Orders the vertices of a graph and finds the arcs that contracting them in that order leaves, and their triangles. */
export function buildArcs(x: Float64Array, y: Float64Array, first: Int32Array, to: Int32Array): Omit<Hierarchy, 'edgeTo'> {
  const count = x.length
  const { first: aroundFirst, to: around } = undirected(first, to)
  const order = nestedOrder(x, y, aroundFirst, around)
  const rank = new Int32Array(count)
  order.forEach((v, at) => { rank[v] = at })

  // Elimination: the neighbours above a vertex become neighbours of the lowest of them.
  const above: Int32Array[] = []
  for (let r = 0; r < count; r++) {
    const v = order[r]
    above.push(around.subarray(aroundFirst[v], aroundFirst[v + 1]).map(w => rank[w]).filter(other => other > r).sort())
  }
  const parent = new Int32Array(count).fill(-1)
  const chordFirst = new Int32Array(count + 1)
  for (let r = 0; r < count; r++) {
    chordFirst[r + 1] = chordFirst[r] + above[r].length
    if (above[r].length === 0) continue
    parent[r] = above[r][0]
    above[parent[r]] = union(above[parent[r]], above[r].subarray(1))
  }

  // Which directions of each pair there are: those of edges, and of ways down over a vertex and up again.
  const UP = 1
  const DOWN = 2
  const chord = new Int32Array(chordFirst[count])
  above.forEach((ends, r) => { chord.set(ends, chordFirst[r]) })
  const ways = new Uint8Array(chord.length)
  const find = (low: number, high: number): number => {
    let [from, end] = [chordFirst[low], chordFirst[low + 1] - 1]
    while (from < end) {
      const half = (from + end) >> 1
      if (chord[half] < high) from = half + 1
      else end = half
    }
    return from
  }
  for (let v = 0; v < count; v++) {
    for (let edge = first[v]; edge < first[v + 1]; edge++) {
      const [tail, head] = [rank[v], rank[to[edge]]]
      if (tail < head) ways[find(tail, head)] |= UP
      else if (head < tail) ways[find(head, tail)] |= DOWN
    }
  }
  for (let r = 0; r < count; r++) {
    const end = chordFirst[r + 1]
    for (let low = chordFirst[r]; low < end; low++) {
      let place = chordFirst[chord[low]]
      for (let high = low + 1; high < end; high++) {
        while (chord[place] !== chord[high]) place++
        ways[place] |= (ways[low] & DOWN ? ways[high] & UP : 0) | (ways[low] & UP ? ways[high] & DOWN : 0)
      }
    }
  }

  const vertices = new Int32Array(Vertex.words * count)
  const upper: number[] = []
  const lower: number[] = []
  const upArc = new Int32Array(chord.length).fill(-1)
  const downArc = new Int32Array(chord.length).fill(-1)
  for (let r = 0; r < count; r++) {
    const words = Vertex.words * r
    vertices[words + Vertex.parent] = parent[r]
    for (const [way, arcs, word] of [[UP, upArc, Vertex.up], [DOWN, downArc, Vertex.down]] as const) {
      vertices[words + word] = upper.length
      for (let place = chordFirst[r]; place < chordFirst[r + 1]; place++) {
        if (!(ways[place] & way)) continue
        arcs[place] = upper.length
        upper.push(chord[place])
        lower.push(r)
      }
    }
    vertices[words + Vertex.end] = upper.length
  }
  const arcOf = (tail: number, head: number): number =>
    tail < head ? upArc[find(tail, head)] : tail > head ? downArc[find(head, tail)] : upper.length // the one that nobody takes
  let triangleCount = 0
  for (let words = 0; words < vertices.length; words += Vertex.words)
    triangleCount += (vertices[words + Vertex.end] - vertices[words + Vertex.down]) * (vertices[words + Vertex.down] - vertices[words + Vertex.up])
  const triangles = new Int32Array(triangleCount)
  const legs = new Int32Array(2 * triangleCount)
  const triangleFirst = new Int32Array(count)
  let at = 0
  for (let words = 0; words < vertices.length; words += Vertex.words) {
    triangleFirst[words / Vertex.words] = at
    for (let down = vertices[words + Vertex.down]; down < vertices[words + Vertex.end]; down++)
      for (let up = vertices[words + Vertex.up]; up < vertices[words + Vertex.down]; up++) {
        triangles[at] = arcOf(upper[down], upper[up])
        legs[2 * at] = down
        legs[2 * at++ + 1] = up
      }
  }
  const edgeArc = new Int32Array(to.length)
  for (let v = 0; v < count; v++)
    for (let edge = first[v]; edge < first[v + 1]; edge++) edgeArc[edge] = arcOf(rank[v], rank[to[edge]])
  const arcEdge = new Int32Array(upper.length + 1).fill(-1)
  edgeArc.forEach((arc, edge) => { arcEdge[arc] = edge })
  const { first: shorterFirst, rows: shorter } = rowsByValue(triangles, upper.length + 1)
  return {
    count, rank, vertices, upper: Int32Array.from(upper), lower: Int32Array.from(lower),
    triangles, legs, triangleFirst, shorterFirst, shorter, edgeArc, arcEdge,
  }
}

/** Neighbours of each vertex in either direction, each once. */
function undirected(first: Int32Array, to: Int32Array): { first: Int32Array; to: Int32Array } {
  const around: number[][] = Array.from({ length: first.length - 1 }, () => [])
  for (let v = 0; v < around.length; v++) {
    for (let edge = first[v]; edge < first[v + 1]; edge++) {
      const w = to[edge]
      if (w === v || around[v].includes(w)) continue
      around[v].push(w)
      around[w].push(v)
    }
  }
  const bothFirst = new Int32Array(around.length + 1)
  around.forEach((others, v) => { bothFirst[v + 1] = bothFirst[v] + others.length })
  return { first: bothFirst, to: Int32Array.from(around.flat()) }
}

/** Places at which each value below `values` stands, ascending, in compressed rows. */
function rowsByValue(list: Int32Array, values: number): { first: Int32Array; rows: Int32Array } {
  const first = new Int32Array(values + 1)
  for (const value of list) first[value + 1]++
  for (let value = 0; value < values; value++) first[value + 1] += first[value]
  const rows = new Int32Array(list.length)
  const fill = first.slice()
  list.forEach((value, place) => { rows[fill[value]++] = place })
  return { first, rows }
}

/** Members of two ascending lists, ascending, each once. */
function union(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(a.length + b.length)
  let [i, j, n] = [0, 0, 0]
  while (i < a.length || j < b.length) {
    const take = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j]
    if (i < a.length && a[i] === take) i++
    if (j < b.length && b[j] === take) j++
    out[n++] = take
  }
  return out.slice(0, n)
}
