import { distance, type Point } from '../layers/compile/geometry'

export interface PathEdge {
  from: number
  to: number
  points: Point[]
  readonly kind: number
  readonly width: number
  readonly flags: number
  readonly layer: number
  readonly link: number
  readonly junction: number
  /** The two edges that this one was cut into. */
  parts: readonly [number, number] | null
}

export type PathSpec = Pick<PathEdge, 'kind' | 'width' | 'flags'> & Partial<Pick<PathEdge, 'layer' | 'link' | 'junction'>>

/** Side of a square of the index of edges, m. */
const SQUARE = 50
/** A cut closer to an end than this is that end, m. */
const END = 1.5

/** A walking graph under construction: edges are added, found by place, and cut where something joins them. */
export class PathGraph {
  readonly nodes: Point[] = []
  readonly edges: PathEdge[] = []
  readonly #squares = new Map<number, number[]>()

  node(point: Point): number {
    return this.nodes.push(point) - 1
  }

  /** Row of the new edge. Its points run from one node to the other, both included. */
  add(from: number, to: number, inner: readonly Point[], spec: PathSpec): number {
    const edge: PathEdge = { layer: 0, link: -1, junction: -1, ...spec, from, to, points: [this.nodes[from]!, ...inner, this.nodes[to]!], parts: null }
    const row = this.edges.push(edge) - 1
    for (let i = 1; i < edge.points.length; i++) {
      for (const key of squaresOf(edge.points[i - 1]!, edge.points[i]!)) {
        const list = this.#squares.get(key)
        if (!list) this.#squares.set(key, [row])
        else if (list.at(-1) !== row) list.push(row)
      }
    }
    return row
  }

  /** Takes an edge out; its nodes stay. */
  remove(row: number): void {
    this.edges[row]!.parts = [-1, -1]
  }

  /** Whole edges with a piece in the squares around a place. */
  near([x, y]: Point, reach: number): Set<number> {
    const found = new Set<number>()
    for (let r = Math.floor((y - reach) / SQUARE); r <= Math.floor((y + reach) / SQUARE); r++) {
      for (let c = Math.floor((x - reach) / SQUARE); c <= Math.floor((x + reach) / SQUARE); c++) {
        for (const row of this.#squares.get(keyOf(c, r)) ?? []) if (!this.edges[row]!.parts) found.add(row)
      }
    }
    return found
  }

  /** Nearest place on an edge within `reach` m among those that `fits` takes. */
  nearest(point: Point, reach: number, fits: (edge: PathEdge, row: number) => boolean): { edge: number; at: Point; segment: number; off: number } | null {
    let best: { edge: number; at: Point; segment: number; off: number } | null = null
    for (const row of this.near(point, reach)) {
      const edge = this.edges[row]!
      if (!fits(edge, row)) continue
      for (let i = 1; i < edge.points.length; i++) {
        const at = nearestOn(point, edge.points[i - 1]!, edge.points[i]!)
        const off = distance(point, at)
        if (off <= reach && (!best || off < best.off)) best = { edge: row, at, segment: i, off }
      }
    }
    return best
  }

  /** The node at a place of an edge, which is cut there, at node `here` if given, unless the place is at one of its ends. */
  cut(row: number, at: Point, segment: number, here?: number): number {
    const edge = this.edges[row]!
    if (distance(at, edge.points[0]!) < END) return edge.from
    if (distance(at, edge.points.at(-1)!) < END) return edge.to
    const node = here ?? this.node(at)
    const { from, to, points, parts: _, ...spec } = edge
    const head = this.add(from, node, points.slice(1, segment), spec)
    const tail = this.add(node, to, points.slice(segment, -1), spec)
    edge.parts = [head, tail]
    return node
  }

  /** Live edges in order. */
  live(): PathEdge[] {
    return this.edges.filter(edge => !edge.parts)
  }

  /** Number of the connected part of every node; parts are numbered by falling length, -1 = a node without edges. */
  components(): { part: Int32Array; lengths: number[] } {
    const parent = Int32Array.from(this.nodes, (_, i) => i)
    const root = (i: number): number => {
      while (parent[i] !== i) i = parent[i] = parent[parent[i]!]!
      return i
    }
    const live = this.live()
    for (const { from, to } of live) parent[root(from)] = root(to)
    const length = new Map<number, number>()
    for (const edge of live) length.set(root(edge.from), (length.get(root(edge.from)) ?? 0) + lineLength(edge.points))
    const order = [...length].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    const rank = new Map(order.map(([node], i) => [node, i]))
    return { part: Int32Array.from(this.nodes, (_, i) => rank.get(root(i)) ?? -1), lengths: order.map(([, value]) => value) }
  }
}

export const lineLength = (line: readonly Point[]): number => line.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(line[i - 1]!, point)), 0)

export function nearestOn([x, y]: Point, a: Point, b: Point): Point {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const squared = dx * dx + dy * dy
  const t = squared === 0 ? 0 : Math.max(0, Math.min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / squared))
  return [a[0] + t * dx, a[1] + t * dy]
}

const keyOf = (column: number, row: number): number => (row + 4096) * 16384 + column + 8192

/** Squares of the box of a segment: long oblique ones are in a few too many, which costs time only. */
function* squaresOf(a: Point, b: Point): Generator<number> {
  for (let r = Math.floor(Math.min(a[1], b[1]) / SQUARE); r <= Math.floor(Math.max(a[1], b[1]) / SQUARE); r++) {
    for (let c = Math.floor(Math.min(a[0], b[0]) / SQUARE); c <= Math.floor(Math.max(a[0], b[0]) / SQUARE); c++) yield keyOf(c, r)
  }
}
