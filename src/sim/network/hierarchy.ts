import { buildArcs } from './hierarchyArcs'

/** Longer than any route, ms; two of them still fit in 32 bits. */
export const FAR = 1000000000

/**
 * Customizable contraction hierarchy over the links of a network: the part that does not depend on travel times.
 * Each arc belongs to its lower vertex, the one contracted earlier: it leads up from it or comes down to it, and exists
 * only if some route over lower vertices does. `customise` finds the times of all arcs from those of the edges, `query` a
 * route from them.
 *
 * Source: Dibbelt, Strasser & Wagner (2016), ACM JEA 21, 1.5; links as vertices and arcs of one direction as in Buchhold,
 * Wagner, Zeitz & Zündorf (2020), Customizable contraction hierarchies with turn costs, ATMOS 2020, 9.
 */
export interface Hierarchy {
  readonly arcs: number
  /**
   * All that a search reads of the network, in one array: first the upper end of each arc, ascending within the arcs of
   * one direction of a vertex; from `base` on the vertices in order of contraction, four words in one cache line each. A
   * vertex is named by the place of its words.
   */
  readonly net: Int32Array
  readonly base: number
  /** Vertex that stands for each vertex of the network. */
  readonly place: Int32Array
  /** Lower end of an arc. */
  readonly lower: Int32Array
  /** Arc that a way down over v and up again may shorten: by v, then by arc down, then by arc up. */
  readonly triangles: Int32Array
  /** The two arcs of that way, by triangle. */
  readonly legs: Int32Array
  /** First triangle of each vertex, in order of contraction. */
  readonly triangleFirst: Int32Array
  /** Triangles that may shorten an arc, ascending, in compressed rows. */
  readonly shorterFirst: Int32Array
  readonly shorter: Int32Array
  /** Arc that an edge of the network stands for, and the vertex of the network to which it leads. */
  readonly edgeArc: Int32Array
  readonly edgeTo: Int32Array
  /** Edge that an arc stands for; -1 = none. */
  readonly arcEdge: Int32Array
}

/**
 * Words of a vertex: its parent, first arc up, first arc down, end of its arcs. The parent is the lowest upper neighbour,
 * -1 = none: whatever lies above is on the chain of parents.
 */
export const Vertex = { parent: 0, up: 1, down: 2, end: 3, words: 4 } as const

/** Times of all arcs for one set of times of the edges. */
export interface Weights {
  /** Time of each arc, ms, and of one more that nobody takes. */
  readonly time: Int32Array
  /** Triangle by which an arc has its time; ~edge if it stands for one. */
  readonly via: Int32Array
}

/** What a query writes: one for each thread that searches. */
export interface Search {
  /** At the place of each vertex: time from the start, arc by which it was reached, and the same to the goal. */
  readonly labels: Int32Array
  readonly stack: Int32Array
  /** Vertices of the last route unpacked. */
  readonly path: Int32Array
  /** Time of the last route found, ms; FAR = there is none. */
  time: number
  /** Its ends and the highest vertex on it. */
  start: number
  goal: number
  top: number
}

/** @param first, to  directed edges, compressed rows: edge e of vertex v leads to to[e]; each at most once */
export function buildHierarchy(x: Float64Array, y: Float64Array, first: Int32Array, to: Int32Array): Hierarchy {
  return { ...buildArcs(x, y, first, to), edgeTo: to }
}

/** Bytes that the weights of a hierarchy take. */
export const weightsBytes = (hierarchy: Hierarchy): number => 8 * (hierarchy.arcs + 1)

/** @param buffer  where to put them, such as one that several threads share */
export function createWeights(hierarchy: Hierarchy, buffer: ArrayBufferLike = new ArrayBuffer(weightsBytes(hierarchy))): Weights {
  const rows = hierarchy.arcs + 1
  return { time: new Int32Array(buffer, 0, rows), via: new Int32Array(buffer, 4 * rows, rows) }
}

export function createSearch({ net, base, place }: Hierarchy): Search {
  const labels = new Int32Array(net.length)
  labels.fill(FAR, base)
  const height = new Int32Array(net.length)
  let highest = 0
  for (let v = net.length - Vertex.words; v >= base; v -= Vertex.words) {
    const parent = net[v + Vertex.parent]
    height[v] = 1 + (parent < 0 ? 0 : height[parent])
    highest = Math.max(highest, height[v])
  }
  // Arcs of the way up and down, and one for each level below.
  return { labels, stack: new Int32Array(3 * highest + 2), path: new Int32Array(place.length + 2), time: FAR, start: 0, goal: 0, top: 0 }
}

/** Sets the times of all arcs. @param edgeTime  ms; FAR = shut */
export function customise({ net, base, triangles, edgeArc }: Hierarchy, { time, via }: Weights, edgeTime: Int32Array): void {
  time.fill(FAR)
  for (let edge = 0; edge < edgeArc.length; edge++) {
    const arc = edgeArc[edge]
    time[arc] = edgeTime[edge]
    via[arc] = ~edge
  }
  let triangle = 0
  for (let v = base; v < net.length; v += Vertex.words) {
    const start = net[v + Vertex.up]
    const turn = net[v + Vertex.down]
    const end = net[v + Vertex.end]
    for (let down = turn; down < end; down++) {
      const there = time[down]
      for (let up = start; up < turn; up++) {
        // Takes the shorter time without a branch, which would be guessed wrongly a third of the time.
        const arc = triangles[triangle]
        const before = time[arc]
        const gain = (there + time[up] - before) | 0
        const isLess = gain >> 31
        time[arc] = before + (gain & isLess)
        const by = via[arc]
        via[arc] = by ^ ((by ^ triangle) & isLess)
        triangle++
      }
    }
  }
}

/** Arcs whose times must be found again, as bits; empty between calls. */
export const createMarks = (hierarchy: Hierarchy): Int32Array => new Int32Array((hierarchy.arcs >> 5) + 1)

/**
 * Brings times that follow from other times of a few edges up to date: finds the arcs of those edges again and, where
 * one changes, the arcs above that a way over it may shorten. Leaves what `customise` would.
 *
 * @param edgeTime  ms, of all edges; FAR = shut
 * @param changed   edges, those from place `from` on
 */
export function adjust(hierarchy: Hierarchy, { time, via }: Weights, edgeTime: Int32Array, changed: readonly number[], from: number, marks: Int32Array): void {
  const { arcs, net, base, triangles, legs, triangleFirst, shorterFirst, shorter, lower, edgeArc, arcEdge } = hierarchy
  const mark = (arc: number): void => { if (arc !== arcs) marks[arc >> 5] |= 1 << (arc & 31) }
  for (let at = from; at < changed.length; at++) mark(edgeArc[changed[at]])
  // Arcs lie in order of their lower ends, so whatever an arc may shorten comes after it.
  for (let word = 0; word < marks.length; word++) {
    while (marks[word] !== 0) {
      const low = marks[word] & -marks[word]
      marks[word] ^= low
      const arc = 32 * word + 31 - Math.clz32(low)
      const edge = arcEdge[arc]
      let least = edge < 0 ? FAR : edgeTime[edge]
      let by = ~edge
      for (let at = shorterFirst[arc]; at < shorterFirst[arc + 1]; at++) {
        const triangle = shorter[at]
        const whole = time[legs[2 * triangle]] + time[legs[2 * triangle + 1]]
        if (whole < least) {
          least = whole
          by = triangle
        }
      }
      via[arc] = by
      if (time[arc] === least) continue
      time[arc] = least
      const v = lower[arc]
      const up = net[v + Vertex.up]
      const down = net[v + Vertex.down]
      const end = net[v + Vertex.end]
      const ups = down - up
      const first = triangleFirst[(v - base) / Vertex.words]
      if (arc < down) for (let row = 0; row < end - down; row++) mark(triangles[first + row * ups + arc - up])
      else for (let column = 0; column < ups; column++) mark(triangles[first + (arc - down) * ups + column])
    }
  }
}

/**
 * Finds the quickest route from vertex `source` to `target`, its time into `search.time`; `unpack` then writes it. Routes
 * that take `bound` ms or longer are not looked for.
 */
export function query({ net, place }: Hierarchy, { time }: Weights, search: Search, source: number, target: number, bound = FAR): void {
  const { labels } = search
  const start = place[source]
  const goal = place[target]
  labels[start] = 0
  labels[goal + 2] = 0
  // The lowest vertex above both, where the two sides can meet first; none is at -1, after all others.
  let meet = start
  for (let other = goal; meet !== other;) {
    if (meet >>> 0 < other >>> 0) meet = net[meet + Vertex.parent]
    else other = net[other + Vertex.parent]
  }
  for (let v = start; v !== meet; v = net[v + Vertex.parent]) {
    const there = labels[v]
    if (there >= bound) continue
    for (let arc = net[v + Vertex.up], end = net[v + Vertex.down]; arc < end; arc++) {
      const whole = (there + time[arc]) | 0
      const label = net[arc]
      if (whole < labels[label]) {
        labels[label] = whole
        labels[label + 1] = arc
      }
    }
  }
  for (let v = goal; v !== meet; v = net[v + Vertex.parent]) {
    const there = labels[v + 2]
    labels[v + 2] = FAR
    if (there >= bound) continue
    for (let arc = net[v + Vertex.down], end = net[v + Vertex.end]; arc < end; arc++) {
      const whole = (there + time[arc]) | 0
      const label = net[arc] + 2
      if (whole < labels[label]) {
        labels[label] = whole
        labels[label + 1] = arc
      }
    }
  }
  // From there on both, each as long as it is nearer than the best route over a vertex that both have reached.
  let best = bound
  let top = goal
  for (let v = meet; v >= 0; v = net[v + Vertex.parent]) {
    const there = labels[v]
    const back = labels[v + 2]
    labels[v + 2] = FAR
    const both = (there + back) | 0
    if (both < best) {
      best = both
      top = v
    }
    const turn = net[v + Vertex.down]
    if (there < best) {
      for (let arc = net[v + Vertex.up]; arc < turn; arc++) {
        const whole = (there + time[arc]) | 0
        const label = net[arc]
        if (whole < labels[label]) {
          labels[label] = whole
          labels[label + 1] = arc
        }
      }
    }
    if (back < best) {
      for (let arc = turn, end = net[v + Vertex.end]; arc < end; arc++) {
        const whole = (back + time[arc]) | 0
        const label = net[arc] + 2
        if (whole < labels[label]) {
          labels[label] = whole
          labels[label + 1] = arc
        }
      }
    }
  }
  for (let v = start; v >= 0; v = net[v + Vertex.parent]) labels[v] = FAR
  search.time = best < bound ? best : FAR
  search.start = start
  search.goal = goal
  search.top = top
}

/**
 * Writes the vertices of the route that the last query of `search` found, with the same weights, to `search.path` from
 * place `at` on, without its source; answers how many. There must be one.
 */
export function unpack({ lower, legs, edgeTo }: Hierarchy, { via }: Weights, { labels, stack, path, start, goal, top }: Search, at: number): number {
  let depth = 0
  for (let v = top; v !== goal; v = lower[stack[depth++]]) stack[depth] = labels[v + 3]
  // The first to be travelled lies on top.
  for (let low = 0, high = depth - 1; low < high; low++, high--) {
    const arc = stack[low]
    stack[low] = stack[high]
    stack[high] = arc
  }
  for (let v = top; v !== start; v = lower[stack[depth++]]) stack[depth] = labels[v + 1]
  let place = at
  while (depth > 0) {
    const by = via[stack[--depth]]
    if (by < 0) path[place++] = edgeTo[~by]
    else {
      stack[depth++] = legs[2 * by + 1]
      stack[depth++] = legs[2 * by]
    }
  }
  return place - at
}
