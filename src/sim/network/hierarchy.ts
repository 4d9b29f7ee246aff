import { nestedOrder } from './nestedOrder'

/** Longer than any route, ms; two of them still fit in 32 bits. */
export const FAR = 1000000000

/**
 * Customizable contraction hierarchy over the links of a network: the part that does not depend on travel times.
 * Vertices are named by rank, their order of contraction. Arcs lead from lower to higher rank and carry one weight a
 * direction; `customise` sets them for given times of the edges, `query` finds a route from them.
 *
 * Source: Dibbelt, Strasser & Wagner (2016), ACM JEA 21, 1.5.
 */
export interface Hierarchy {
  readonly count: number
  readonly rank: Int32Array
  readonly vertex: Int32Array
  /** Arcs by lower vertex, heads ascending. */
  readonly upFirst: Int32Array
  readonly upHead: Int32Array
  readonly upTail: Int32Array
  /** Arcs by upper vertex, tails ascending. */
  readonly downFirst: Int32Array
  readonly downArc: Int32Array
  /** Edge of the network that an arc stands for in either direction; -1 = none. */
  readonly edgeUp: Int32Array
  readonly edgeDown: Int32Array
  /** Arc (a, b) of each triangle v < a < b, in order of v, a, b: its other arcs (v, a), (v, b) follow from the place. */
  readonly triangles: Int32Array
  readonly search: { readonly forward: Int32Array; readonly backward: Int32Array; readonly from: Int32Array; readonly to: Int32Array }
}

export interface Weights { readonly up: Int32Array; readonly down: Int32Array; readonly edgeTime: Int32Array }

/** @param first, to  directed edges, compressed rows: edge e of vertex v leads to to[e] */
export function buildHierarchy(x: Float64Array, y: Float64Array, first: Int32Array, to: Int32Array): Hierarchy {
  const count = x.length
  const around: number[][] = Array.from({ length: count }, () => [])
  for (let v = 0; v < count; v++)
    for (let edge = first[v]; edge < first[v + 1]; edge++) if (to[edge] !== v) { around[v].push(to[edge]); around[to[edge]].push(v) }
  const bothFirst = new Int32Array(count + 1)
  for (let v = 0; v < count; v++) bothFirst[v + 1] = bothFirst[v] + around[v].length
  const vertex = nestedOrder(x, y, bothFirst, Int32Array.from(around.flat()))
  const rank = new Int32Array(count)
  vertex.forEach((v, at) => { rank[v] = at })

  // Elimination: the neighbours above a vertex become neighbours of the lowest of them.
  const above: Int32Array[] = []
  for (let r = 0; r < count; r++)
    above.push(Int32Array.from(new Set(around[vertex[r]].map(v => rank[v]).filter(other => other > r))).sort())
  for (let r = 0; r < count; r++)
    if (above[r].length > 1) above[above[r][0]] = union(above[above[r][0]], above[r].subarray(1))

  const upFirst = new Int32Array(count + 1)
  for (let r = 0; r < count; r++) upFirst[r + 1] = upFirst[r] + above[r].length
  const arcs = upFirst[count]
  const upHead = new Int32Array(arcs)
  const upTail = new Int32Array(arcs)
  for (let r = 0; r < count; r++) {
    upHead.set(above[r], upFirst[r])
    upTail.fill(r, upFirst[r], upFirst[r + 1])
  }
  const downFirst = new Int32Array(count + 1)
  for (let arc = 0; arc < arcs; arc++) downFirst[upHead[arc] + 1]++
  for (let r = 0; r < count; r++) downFirst[r + 1] += downFirst[r]
  const downArc = new Int32Array(arcs)
  const fill = downFirst.slice()
  for (let arc = 0; arc < arcs; arc++) downArc[fill[upHead[arc]]++] = arc

  const arcAt = new Int32Array(count).fill(-1)
  const edgeUp = new Int32Array(arcs).fill(-1)
  const edgeDown = new Int32Array(arcs).fill(-1)
  let triangleCount = 0
  for (let r = 0; r < count; r++) triangleCount += (above[r].length * (above[r].length - 1)) / 2
  const triangles = new Int32Array(triangleCount)
  // Edges first, then triangles: both need to find the arc between two vertices.
  const edges: number[][] = Array.from({ length: count }, () => [])
  for (let v = 0; v < count; v++)
    for (let edge = first[v]; edge < first[v + 1]; edge++) if (to[edge] !== v) edges[Math.min(rank[v], rank[to[edge]])].push(v, edge)
  for (let r = 0; r < count; r++) {
    for (let arc = upFirst[r]; arc < upFirst[r + 1]; arc++) arcAt[upHead[arc]] = arc
    for (let at = 0; at < edges[r].length; at += 2) {
      const from = rank[edges[r][at]]
      const edge = edges[r][at + 1]
      if (from === r) edgeUp[arcAt[rank[to[edge]]]] = edge
      else edgeDown[arcAt[from]] = edge
    }
    for (let arc = upFirst[r]; arc < upFirst[r + 1]; arc++) arcAt[upHead[arc]] = -1
  }
  let at = 0
  for (let r = 0; r < count; r++) {
    for (let low = upFirst[r]; low < upFirst[r + 1]; low++) {
      let arc = upFirst[upHead[low]]
      for (let high = low + 1; high < upFirst[r + 1]; high++) {
        while (upHead[arc] !== upHead[high]) arc++
        triangles[at++] = arc
      }
    }
  }
  return {
    count, rank, vertex, upFirst, upHead, upTail, downFirst, downArc, edgeUp, edgeDown, triangles,
    search: {
      forward: new Int32Array(count).fill(FAR), backward: new Int32Array(count).fill(FAR),
      from: new Int32Array(count), to: new Int32Array(count),
    },
  }
}

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

export function createWeights(hierarchy: Hierarchy, edges: number): Weights {
  const arcs = hierarchy.upHead.length
  return { up: new Int32Array(arcs), down: new Int32Array(arcs), edgeTime: new Int32Array(edges) }
}

/** Sets the weights of all arcs from `edgeTime`, ms; FAR = shut. */
export function customise(hierarchy: Hierarchy, weights: Weights): void {
  const { count, upFirst, edgeUp, edgeDown, triangles } = hierarchy
  const { up, down, edgeTime } = weights
  for (let arc = 0; arc < up.length; arc++) {
    up[arc] = edgeUp[arc] >= 0 ? edgeTime[edgeUp[arc]] : FAR
    down[arc] = edgeDown[arc] >= 0 ? edgeTime[edgeDown[arc]] : FAR
  }
  let at = 0
  for (let vertex = 0; vertex < count; vertex++) {
    const end = upFirst[vertex + 1]
    for (let low = upFirst[vertex]; low < end; low++) {
      // No triangle of a vertex changes that vertex's own arcs.
      const upLow = up[low]
      const downLow = down[low]
      for (let high = low + 1; high < end; high++) {
        const arc = triangles[at++]
        const there = downLow + up[high]
        if (there < up[arc]) up[arc] = there
        const back = down[high] + upLow
        if (back < down[arc]) down[arc] = back
      }
    }
  }
}

/** Time of the last route found, ms. */
export const found = { time: FAR }

/**
 * Quickest route from vertex `source` to `target`; writes its vertices to `out` from place `at` on, without `source`,
 * and answers how many, or -1 if there is none. Sets `found.time`.
 */
export function query(hierarchy: Hierarchy, weights: Weights, source: number, target: number, out: Int32Array, at: number): number {
  const { rank, upFirst, upHead, search } = hierarchy
  const { up, down } = weights
  const { forward, backward, from, to } = search
  const start = rank[source]
  const goal = rank[target]
  found.time = FAR
  if (start === goal) {
    found.time = 0
    return 0
  }
  forward[start] = 0
  backward[goal] = 0
  let best = FAR
  let meet = -1
  // Both sides climb their chain of lowest upper neighbours; the lower one moves, so that they meet in order.
  let f = start
  let b = goal
  while (f >= 0 || b >= 0) {
    if (f === b) {
      const sum = forward[f] + backward[f]
      if (sum < best) { best = sum; meet = f }
    }
    const climbForward = b < 0 || (f >= 0 && f <= b)
    const climbBackward = f < 0 || (b >= 0 && b <= f)
    if (climbForward) {
      const d = forward[f]
      if (d < best)
        for (let arc = upFirst[f], end = upFirst[f + 1]; arc < end; arc++) {
          const time = d + up[arc]
          const head = upHead[arc]
          if (time < forward[head]) { forward[head] = time; from[head] = arc }
        }
    }
    if (climbBackward) {
      const d = backward[b]
      if (d < best)
        for (let arc = upFirst[b], end = upFirst[b + 1]; arc < end; arc++) {
          const time = d + down[arc]
          const head = upHead[arc]
          if (time < backward[head]) { backward[head] = time; to[head] = arc }
        }
    }
    const nextF = climbForward ? (upFirst[f] < upFirst[f + 1] ? upHead[upFirst[f]] : -1) : f
    const nextB = climbBackward ? (upFirst[b] < upFirst[b + 1] ? upHead[upFirst[b]] : -1) : b
    f = nextF
    b = nextB
  }
  let length = -1
  if (meet >= 0 && best < FAR) {
    found.time = best
    length = unpack(hierarchy, weights, start, goal, meet, out, at)
  }
  for (let v = start; v >= 0; v = upFirst[v] < upFirst[v + 1] ? upHead[upFirst[v]] : -1) forward[v] = FAR
  for (let v = goal; v >= 0; v = upFirst[v] < upFirst[v + 1] ? upHead[upFirst[v]] : -1) backward[v] = FAR
  return length
}

/** Arcs still to be unpacked, the first one travelled on top: arc row for the way up, ~row for the way down. */
let stack = new Int32Array(1024)
let depth = 0

function push(arc: number): void {
  if (depth === stack.length) {
    const more = new Int32Array(2 * stack.length)
    more.set(stack)
    stack = more
  }
  stack[depth++] = arc
}

/** Writes the vertices of the route over `meet`, arcs replaced by the edges that they stand for. */
function unpack(hierarchy: Hierarchy, weights: Weights, start: number, goal: number, meet: number, out: Int32Array, at: number): number {
  const { upTail, upHead, search, vertex, edgeUp, edgeDown, downFirst, downArc } = hierarchy
  const { up, down, edgeTime } = weights
  depth = 0
  for (let v = meet; v !== goal; v = upTail[search.to[v]]) push(~search.to[v])
  stack.subarray(0, depth).reverse()
  for (let v = meet; v !== start; v = upTail[search.from[v]]) push(search.from[v])
  let place = at
  while (depth > 0) {
    const top = stack[--depth]
    const isUp = top >= 0
    const arc = isUp ? top : ~top
    const time = isUp ? up[arc] : down[arc]
    const edge = isUp ? edgeUp[arc] : edgeDown[arc]
    const tail = upTail[arc]
    const head = upHead[arc]
    if (edge >= 0 && edgeTime[edge] === time) {
      out[place++] = vertex[isUp ? head : tail]
      continue
    }
    // The triangle below it through which the time came about.
    let a = downFirst[tail]
    let b = downFirst[head]
    for (;;) {
      const low = downArc[a]
      const high = downArc[b]
      if (upTail[low] < upTail[high]) a++
      else if (upTail[low] > upTail[high]) b++
      else {
        if (isUp && down[low] + up[high] === time) { push(high); push(~low); break }
        if (!isUp && down[high] + up[low] === time) { push(low); push(~high); break }
        a++
        b++
      }
    }
  }
  return place - at
}
