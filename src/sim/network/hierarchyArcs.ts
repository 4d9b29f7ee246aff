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

  const chord = new Int32Array(chordFirst[count])
  above.forEach((ends, r) => { chord.set(ends, chordFirst[r]) })
  const { first: belowFirst, rows: below } = rowsByValue(chord, count)
  const chordTail = new Int32Array(chord.length)
  for (let r = 0; r < count; r++) chordTail.fill(r, chordFirst[r], chordFirst[r + 1])
  const placeOf = new Int32Array(count)
  /** Hands over, for each vertex in turn, the places of its pairs with a lower vertex v and of every pair of both's upper neighbours. */
  const eachTriangle = (see: (vx: number, vy: number, xy: number) => void): void => {
    for (let x = 0; x < count; x++) {
      for (let place = chordFirst[x]; place < chordFirst[x + 1]; place++) placeOf[chord[place]] = place
      for (let at = belowFirst[x]; at < belowFirst[x + 1]; at++) {
        const vx = below[at]
        for (let vy = vx + 1, end = chordFirst[chordTail[vx] + 1]; vy < end; vy++) see(vx, vy, placeOf[chord[vy]])
      }
    }
  }

  // Which directions of each pair there are: those of edges, and of ways down over a vertex and up again.
  const UP = 1
  const DOWN = 2
  const ways = new Uint8Array(chord.length)
  const find = (low: number, high: number): number => {
    let place = chordFirst[low]
    while (chord[place] !== high) place++
    return place
  }
  for (let v = 0; v < count; v++) {
    for (let edge = first[v]; edge < first[v + 1]; edge++) {
      const [tail, head] = [rank[v], rank[to[edge]]]
      if (tail < head) ways[find(tail, head)] |= UP
      else if (head < tail) ways[find(head, tail)] |= DOWN
    }
  }
  eachTriangle((vx, vy, xy) => {
    if (ways[vx] & DOWN && ways[vy] & UP) ways[xy] |= UP
    if (ways[vx] & UP && ways[vy] & DOWN) ways[xy] |= DOWN
  })

  const upArc = new Int32Array(chord.length).fill(-1)
  const downArc = new Int32Array(chord.length).fill(-1)
  const arcs = ways.reduce((sum, way) => sum + (way & UP ? 1 : 0) + (way & DOWN ? 1 : 0), 0)
  const base = Math.ceil(arcs / 16) * 16 // the words of a vertex lie in one cache line
  const net = new Int32Array(base + Vertex.words * count)
  const lower = new Int32Array(arcs)
  const triangleFirst = new Int32Array(count + 1)
  let arc = 0
  for (let r = 0; r < count; r++) {
    const v = base + Vertex.words * r
    const number = (way: number, arcOf: Int32Array): void => {
      for (let place = chordFirst[r]; place < chordFirst[r + 1]; place++) {
        if (!(ways[place] & way)) continue
        net[arc] = base + Vertex.words * chord[place]
        lower[arc] = v
        arcOf[place] = arc++
      }
    }
    net[v + Vertex.parent] = parent[r] < 0 ? -1 : base + Vertex.words * parent[r]
    net[v + Vertex.up] = arc
    number(UP, upArc)
    net[v + Vertex.down] = arc
    number(DOWN, downArc)
    net[v + Vertex.end] = arc
    triangleFirst[r + 1] = triangleFirst[r] + (arc - net[v + Vertex.down]) * (net[v + Vertex.down] - net[v + Vertex.up])
  }

  // A way down and up again between the same two shortens the arc that nobody takes.
  const triangles = new Int32Array(triangleFirst[count]).fill(arcs)
  const legs = new Int32Array(2 * triangles.length)
  for (let v = base, at = 0; v < net.length; v += Vertex.words)
    for (let down = net[v + Vertex.down]; down < net[v + Vertex.end]; down++)
      for (let up = net[v + Vertex.up]; up < net[v + Vertex.down]; up++, at += 2) { legs[at] = down; legs[at + 1] = up }
  const setTriangle = (r: number, down: number, up: number, shorter: number): void => {
    const firstUp = net[base + Vertex.words * r + Vertex.up]
    const firstDown = net[base + Vertex.words * r + Vertex.down]
    triangles[triangleFirst[r] + (down - firstDown) * (firstDown - firstUp) + up - firstUp] = shorter
  }
  eachTriangle((vx, vy, xy) => {
    if (downArc[vx] >= 0 && upArc[vy] >= 0) setTriangle(chordTail[vx], downArc[vx], upArc[vy], upArc[xy])
    if (upArc[vx] >= 0 && downArc[vy] >= 0) setTriangle(chordTail[vx], downArc[vy], upArc[vx], downArc[xy])
  })
  const edgeArc = new Int32Array(to.length)
  for (let v = 0; v < count; v++) {
    for (let edge = first[v]; edge < first[v + 1]; edge++) {
      const [tail, head] = [rank[v], rank[to[edge]]]
      edgeArc[edge] = tail < head ? upArc[find(tail, head)] : head < tail ? downArc[find(head, tail)] : arcs
    }
  }
  const arcEdge = new Int32Array(arcs + 1).fill(-1)
  edgeArc.forEach((own, edge) => { arcEdge[own] = edge })
  const { first: shorterFirst, rows: shorter } = rowsByValue(triangles, arcs + 1)
  return { arcs, net, base, place: rank.map(r => base + Vertex.words * r), lower, triangles, legs, triangleFirst, shorterFirst, shorter, edgeArc, arcEdge }
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
