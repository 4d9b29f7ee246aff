import { buildArcs } from './hierarchyArcs'

/** Longer than any route, ms; two of them still fit in 32 bits. */
export const FAR = 1000000000

/**
 * Customizable contraction hierarchy over the links of a network: the part that does not depend on travel times.
 * Vertices are named by rank, their order of contraction. Each arc belongs to its lower vertex: it leads up from it or
 * comes down to it, and exists only if some route over lower vertices does. `customise` finds the times of all arcs from
 * those of the edges, `query` a route from them.
 *
 * Source: Dibbelt, Strasser & Wagner (2016), ACM JEA 21, 1.5; arcs of one direction as in Zeitz & Buchhold et al. (2020),
 * Real-time traffic assignment using engineered customizable contraction hierarchies, ACM JEA 24, 2.4.
 */
export interface Hierarchy {
  readonly count: number
  readonly rank: Int32Array
  /** Lowest upper neighbour; -1 = none. All that can be reached upwards lies on the chain of parents. */
  readonly parent: Int32Array
  /** Arcs by vertex: those up from first[v] on, those down from middle[v] on; upper ends ascending. */
  readonly first: Int32Array
  readonly middle: Int32Array
  /** Upper end of an arc. */
  readonly upper: Int32Array
  /** Lower end of an arc. */
  readonly lower: Int32Array
  /** Arc that a way down over v and up again may shorten: by v, then by arc down, then by arc up. */
  readonly triangles: Int32Array
  /** Arc that an edge of the network stands for, and the vertex of the network to which it leads. */
  readonly edgeArc: Int32Array
  readonly edgeTo: Int32Array
}

/** Times of all arcs for one set of times of the edges. */
export interface Weights {
  /** Time of each arc, ms, and of one more that nobody takes. */
  readonly time: Int32Array
  /** Two arcs that an arc stands for, down and up; or ~edge, 0. */
  readonly via: Int32Array
}

/** What a query writes: one for each thread that searches. */
export interface Search {
  /** By vertex: time from the start, arc by which it was reached, and the same to the goal. */
  readonly labels: Int32Array
  readonly stack: Int32Array
  /** Vertices of the last route found. */
  readonly path: Int32Array
  /** Time of the last route found, ms. */
  time: number
}

/** @param first, to  directed edges, compressed rows: edge e of vertex v leads to to[e]; each at most once */
export function buildHierarchy(x: Float64Array, y: Float64Array, first: Int32Array, to: Int32Array): Hierarchy {
  return { ...buildArcs(x, y, first, to), edgeTo: to }
}

/** Bytes that the weights of a hierarchy take. */
export const weightsBytes = (hierarchy: Hierarchy): number => 12 * (hierarchy.upper.length + 1)

/** @param buffer  where to put them, such as one that several threads share */
export function createWeights(hierarchy: Hierarchy, buffer: ArrayBufferLike = new ArrayBuffer(weightsBytes(hierarchy))): Weights {
  const rows = hierarchy.upper.length + 1
  return { time: new Int32Array(buffer, 0, rows), via: new Int32Array(buffer, 4 * rows, 2 * rows) }
}

export function createSearch({ count, parent }: Hierarchy): Search {
  const labels = new Int32Array(4 * count)
  for (let v = 0; v < count; v++) labels[4 * v] = labels[4 * v + 2] = FAR
  const height = new Int32Array(count)
  let highest = 0
  for (let v = count - 1; v >= 0; v--) {
    height[v] = 1 + (parent[v] < 0 ? 0 : height[parent[v]])
    highest = Math.max(highest, height[v])
  }
  // Arcs of the way up and down, and one for each level below.
  return { labels, stack: new Int32Array(3 * highest + 2), path: new Int32Array(count + 2), time: FAR }
}

/** Sets the times of all arcs. @param edgeTime  ms; FAR = shut */
export function customise(hierarchy: Hierarchy, weights: Weights, edgeTime: Int32Array): void {
  const { count, first, middle, triangles, edgeArc } = hierarchy
  const { time, via } = weights
  time.fill(FAR)
  for (let edge = 0; edge < edgeArc.length; edge++) {
    const arc = edgeArc[edge]
    time[arc] = edgeTime[edge]
    via[2 * arc] = ~edge
  }
  let at = 0
  for (let v = 0; v < count; v++) {
    const start = first[v]
    const turn = middle[v]
    const end = first[v + 1]
    for (let down = turn; down < end; down++) {
      const there = time[down]
      if (there >= FAR) {
        at += turn - start
        continue
      }
      for (let up = start; up < turn; up++) {
        const arc = triangles[at++]
        const whole = there + time[up]
        if (whole < time[arc]) {
          time[arc] = whole
          via[2 * arc] = down
          via[2 * arc + 1] = up
        }
      }
    }
  }
}

/**
 * Quickest route from vertex `source` to `target`; writes its vertices to `search.path` from place `at` on, without
 * `source`, and answers how many, or -1 if there is none. Sets `search.time`.
 */
export function query(hierarchy: Hierarchy, weights: Weights, search: Search, source: number, target: number, at: number): number {
  const { rank, parent, first, middle, upper } = hierarchy
  const { time } = weights
  const { labels } = search
  const start = rank[source]
  const goal = rank[target]
  search.time = FAR
  if (start === goal) {
    search.time = 0
    return 0
  }
  labels[4 * start] = 0
  labels[4 * goal + 2] = 0
  let best = FAR
  let meet = -1
  // Each side climbs its chain of parents to where the chains join, the lower one first; from there both together.
  let f = start
  let b = goal
  while (f !== b) {
    if (b < 0 || (f >= 0 && f < b)) {
      const base = labels[4 * f]
      if (base < FAR) climb(labels, upper, time, first[f], middle[f], base, 0)
      f = parent[f]
    } else {
      const base = labels[4 * b + 2]
      if (base < FAR) climb(labels, upper, time, middle[b], first[b + 1], base, 2)
      b = parent[b]
    }
  }
  for (let v = f; v >= 0; v = parent[v]) {
    const there = labels[4 * v]
    const back = labels[4 * v + 2]
    if (there + back < best) {
      best = there + back
      meet = v
    }
    if (there < best) climb(labels, upper, time, first[v], middle[v], there, 0)
    if (back < best) climb(labels, upper, time, middle[v], first[v + 1], back, 2)
  }
  let length = -1
  if (meet >= 0) {
    search.time = best
    length = unpack(hierarchy, weights, search, start, goal, meet, at)
  }
  for (let v = start; v >= 0; v = parent[v]) labels[4 * v] = FAR
  for (let v = goal; v >= 0; v = parent[v]) labels[4 * v + 2] = FAR
  return length
}

/** Offers the upper ends of a vertex's arcs a time and the arc by which they have it. @param side  0 from the start, 2 to the goal */
function climb(labels: Int32Array, upper: Int32Array, time: Int32Array, from: number, to: number, base: number, side: number): void {
  for (let arc = from; arc < to; arc++) {
    const whole = base + time[arc]
    const label = 4 * upper[arc] + side
    if (whole < labels[label]) {
      labels[label] = whole
      labels[label + 1] = arc
    }
  }
}

/** Writes the vertices of the route over `meet`, arcs replaced by the edges that they stand for. */
function unpack({ lower, edgeTo }: Hierarchy, { via }: Weights, { labels, stack, path }: Search, start: number, goal: number, meet: number, at: number): number {
  let depth = 0
  for (let v = meet; v !== goal; v = lower[stack[depth++]]) stack[depth] = labels[4 * v + 3]
  // The first to be travelled lies on top.
  for (let low = 0, high = depth - 1; low < high; low++, high--) {
    const swap = stack[low]
    stack[low] = stack[high]
    stack[high] = swap
  }
  for (let v = meet; v !== start; v = lower[stack[depth++]]) stack[depth] = labels[4 * v + 1]
  let place = at
  while (depth > 0) {
    const arc = stack[--depth]
    const down = via[2 * arc]
    if (down < 0) path[place++] = edgeTo[~down]
    else {
      stack[depth++] = via[2 * arc + 1]
      stack[depth++] = down
    }
  }
  return place - at
}
