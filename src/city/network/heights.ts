import { CellIndex } from './places'

/** Centreline of a stretch: points, layer of each segment, and (filled here) height of each point above the sea. */
export interface HeightLine {
  readonly from: number
  readonly to: number
  x: number[]
  y: number[]
  layers: number[]
  height: number[]
}

export interface UnclearCrossing { readonly x: number; readonly y: number; readonly upper: number; readonly lower: number; readonly clearance: number }

export interface LevelCrossing { readonly x: number; readonly y: number; readonly one: number; readonly other: number }

/** Steepest ramp of a bridge or tunnel, and steepest street. */
const GRADE = 0.06
const GRADE_STREET = 0.12
/** m of height per layer where nothing else says how high a bridge is. */
const LAYER_HEIGHT = 6
/** m between two road surfaces that cross: 5 m clear (urban roads, CJJ 37: 4.5 m) and the deck. */
const CLEARANCE = 6
/** Points at most this far apart near bridges, so that ramps have a shape, m. */
const SPACING = 20
const ROUNDS = 14
/** Share of a segment within which two places are one point. */
const SAME_POINT = 1e-6

/**
 * Heights of road surfaces. Bridges rise and tunnels sink from their ends at 6 % up to 6 m per layer, and wherever two
 * roads cross without a common node the one of the higher layer is lifted clear of the other, with ramps of 6 % along
 * all roads that lead there. Roads that meet at a node meet at one height. Returns crossings that stay too low, and
 * those of one layer without a common node, where the source must be wrong.
 */
export function setHeights(lines: readonly HeightLine[], groundAt: (x: number, y: number) => number): { unclear: UnclearCrossing[]; level: LevelCrossing[] } {
  for (const line of lines) densify(line)
  const { crossings, level } = findCrossings(lines)
  const graph = new PointGraph(lines)
  const up = graph.profile(layer => layer > 0)
  const down = graph.profile(layer => layer < 0)
  const total = (point: number): number => up[point]! - down[point]!
  let unclear: UnclearCrossing[] = []
  for (let round = 0; round < ROUNDS; round++) {
    unclear = []
    const lift: [number, number][] = []
    const sink: [number, number][] = []
    for (const { line, point, other, otherPoint } of crossings) {
      const upper = graph.row(line, point)
      const lower = graph.row(other, otherPoint)
      const clearance = total(upper) - total(lower)
      if (clearance >= CLEARANCE - 0.05) continue
      // Under a road on the ground it is the tunnel that goes deeper.
      if (graph.layer[lower]! < 0 && graph.layer[upper]! <= 0) sink.push([lower, down[lower]! + CLEARANCE - clearance])
      else lift.push([upper, up[upper]! + CLEARANCE - clearance])
      if (clearance < 5) unclear.push({ x: graph.x[upper]!, y: graph.y[upper]!, upper: line, lower: other, clearance })
    }
    if (lift.length === 0 && sink.length === 0) break
    graph.raise(up, lift)
    graph.raise(down, sink)
  }
  // On the ground, and nowhere steeper than streets are: where the terrain is, the road lies on an embankment.
  const surface = Float64Array.from(graph.x, (x, row) => groundAt(x, graph.y[row]!) + total(row))
  graph.raise(surface, Array.from(surface, (z, row) => [row, z] as const), GRADE_STREET)
  for (const [index, line] of lines.entries()) line.height = line.x.map((_, point) => surface[graph.row(index, point)]!)
  return { unclear, level }
}

function densify(line: HeightLine): void {
  const { x, y, layers } = line
  const outX = [x[0]!]
  const outY = [y[0]!]
  const outLayers: number[] = []
  for (let i = 1; i < x.length; i++) {
    const steps = Math.max(1, Math.ceil(Math.hypot(x[i]! - x[i - 1]!, y[i]! - y[i - 1]!) / SPACING))
    for (let step = 1; step <= steps; step++) {
      const share = step / steps
      outX.push(step === steps ? x[i]! : x[i - 1]! + share * (x[i]! - x[i - 1]!))
      outY.push(step === steps ? y[i]! : y[i - 1]! + share * (y[i]! - y[i - 1]!))
      outLayers.push(layers[i - 1]!)
    }
  }
  line.x = outX
  line.y = outY
  line.layers = outLayers
}

interface Crossing { line: number; point: number; other: number; otherPoint: number }

/** Where lines cross. At different layers the crossing becomes a point of both (`line` is the upper one). */
function findCrossings(lines: readonly HeightLine[]): { crossings: Crossing[]; level: LevelCrossing[] } {
  const index = new CellIndex<number>(50)
  const stride = 1 << 14
  for (const [row, line] of lines.entries()) {
    for (let i = 1; i < line.x.length; i++) {
      const [ax, ay, bx, by] = [line.x[i - 1]!, line.y[i - 1]!, line.x[i]!, line.y[i]!]
      index.add(row * stride + i, Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
  }
  const level: LevelCrossing[] = []
  const hits: { upper: number; upperAt: number; lower: number; lowerAt: number }[] = []
  for (const [row, line] of lines.entries()) {
    for (let i = 1; i < line.x.length; i++) {
      const [ax, ay, bx, by] = [line.x[i - 1]!, line.y[i - 1]!, line.x[i]!, line.y[i]!]
      for (const key of index.near(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))) {
        const other = Math.floor(key / stride)
        const j = key % stride
        const lower = lines[other]!
        const above = line.layers[i - 1]! - lower.layers[j - 1]!
        if (above < 0 || (above === 0 && other <= row)) continue
        const shares = crossingShares(ax, ay, bx, by, lower.x[j - 1]!, lower.y[j - 1]!, lower.x[j]!, lower.y[j]!)
        // Lines that meet at a node touch there with their ends.
        if (!shares || i - 1 + shares[0] <= SAME_POINT || j - 1 + shares[1] <= SAME_POINT) continue
        if (above === 0) level.push({ x: ax + shares[0] * (bx - ax), y: ay + shares[0] * (by - ay), one: row, other })
        else hits.push({ upper: row, upperAt: i - 1 + shares[0], lower: other, lowerAt: j - 1 + shares[1] })
      }
    }
  }
  const places = new Map<number, Set<number>>()
  const note = (row: number, at: number): void => {
    const set = places.get(row)
    if (set) set.add(at)
    else places.set(row, new Set([at]))
  }
  for (const hit of hits) {
    note(hit.upper, hit.upperAt)
    note(hit.lower, hit.lowerAt)
  }
  const points = new Map([...places].map(([row, set]) => [row, insertPoints(lines[row]!, [...set].sort((a, b) => a - b))]))
  const crossings = hits.map(hit => ({ line: hit.upper, point: points.get(hit.upper)!.get(hit.upperAt)!, other: hit.lower, otherPoint: points.get(hit.lower)!.get(hit.lowerAt)! }))
  return { crossings, level }
}

/** Makes points of the places `ats` (point index + share of the segment after it) of a line; returns their new indices. */
function insertPoints(line: HeightLine, ats: readonly number[]): Map<number, number> {
  const { x, y, layers } = line
  const outX: number[] = []
  const outY: number[] = []
  const outLayers: number[] = []
  const index = new Map<number, number>()
  let next = 0
  for (let i = 0; i < x.length; i++) {
    outX.push(x[i]!)
    outY.push(y[i]!)
    if (i < layers.length) outLayers.push(layers[i]!)
    for (; next < ats.length && Math.floor(ats[next]!) === i; next++) {
      const share = ats[next]! - i
      if (share > SAME_POINT) {
        outX.push(x[i]! + share * (x[i + 1]! - x[i]!))
        outY.push(y[i]! + share * (y[i + 1]! - y[i]!))
        outLayers.push(layers[i]!)
      }
      index.set(ats[next]!, outX.length - 1)
    }
  }
  line.x = outX
  line.y = outY
  line.layers = outLayers
  return index
}

/** Shares of both segments at which they cross, their last points excluded; else null. */
export function crossingShares(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): [number, number] | null {
  const det = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
  if (Math.abs(det) < 1e-9) return null
  const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / det
  const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / det
  return t > -SAME_POINT && t < 1 - SAME_POINT && u > -SAME_POINT && u < 1 - SAME_POINT ? [Math.max(0, t), Math.max(0, u)] : null
}

/** All points of all lines as one graph; line ends are the points of their nodes. */
class PointGraph {
  readonly x: number[] = []
  readonly y: number[] = []
  /** Layer farthest from the ground among the segments at a point. */
  readonly layer: number[] = []
  readonly #first: number[] = []
  readonly #nodes = new Map<number, number>()
  readonly #lines: readonly HeightLine[]
  readonly #near: [number, number][][] = []

  constructor(lines: readonly HeightLine[]) {
    this.#lines = lines
    for (const line of lines) {
      for (const [node, at] of [[line.from, 0], [line.to, line.x.length - 1]] as const) {
        if (!this.#nodes.has(node)) this.#nodes.set(node, this.#add(line.x[at]!, line.y[at]!))
      }
    }
    for (const [index, line] of lines.entries()) {
      this.#first.push(this.x.length)
      for (let i = 1; i < line.x.length - 1; i++) this.#add(line.x[i]!, line.y[i]!)
      for (let i = 1; i < line.x.length; i++) {
        const [a, b] = [this.row(index, i - 1), this.row(index, i)]
        const distance = Math.hypot(line.x[i]! - line.x[i - 1]!, line.y[i]! - line.y[i - 1]!)
        this.#near[a]!.push([b, distance])
        this.#near[b]!.push([a, distance])
        for (const row of [a, b]) if (Math.abs(line.layers[i - 1]!) > Math.abs(this.layer[row]!)) this.layer[row] = line.layers[i - 1]!
      }
    }
    // A node is on the ground (or where its roads agree to be) if any road at it is.
    for (const line of lines) {
      for (const [node, segment] of [[line.from, 0], [line.to, line.layers.length - 1]] as const) {
        const row = this.#nodes.get(node)!
        if (Math.abs(line.layers[segment]!) < Math.abs(this.layer[row]!)) this.layer[row] = line.layers[segment]!
      }
    }
  }

  row(line: number, point: number): number {
    const { from, to, x } = this.#lines[line]!
    if (point === 0) return this.#nodes.get(from)!
    if (point === x.length - 1) return this.#nodes.get(to)!
    return this.#first[line]! + point - 1
  }

  /** Height of bridges (or depth of tunnels) by layer alone, rising from their ends. */
  profile(within: (layer: number) => boolean): Float64Array {
    const height = new Float64Array(this.x.length)
    for (let row = 0; row < height.length; row++) if (within(this.layer[row]!)) height[row] = LAYER_HEIGHT * Math.abs(this.layer[row]!)
    // Lower every point to what a 6 % ramp from its lowest neighbour allows.
    const queue = new Heap()
    for (let row = 0; row < height.length; row++) queue.push(height[row]!, row)
    for (let top = queue.pop(); top; top = queue.pop()) {
      const [value, row] = top
      if (value > height[row]!) continue
      for (const [next, distance] of this.#near[row]!) {
        const limit = value + GRADE * distance
        if (height[next]! > limit + 1e-9) {
          height[next] = limit
          queue.push(limit, next)
        }
      }
    }
    return height
  }

  /** Raises points to at least the given heights, with ramps around. */
  raise(height: Float64Array, wanted: readonly (readonly [number, number])[], grade = GRADE): void {
    const queue = new Heap()
    for (const [row, value] of wanted) {
      if (height[row]! > value) continue
      height[row] = value
      queue.push(-value, row)
    }
    for (let top = queue.pop(); top; top = queue.pop()) {
      const [negative, row] = top
      if (-negative < height[row]!) continue
      for (const [next, distance] of this.#near[row]!) {
        const value = height[row]! - grade * distance
        if (value > height[next]! + 1e-9) {
          height[next] = value
          queue.push(-value, next)
        }
      }
    }
  }

  #add(x: number, y: number): number {
    this.x.push(x)
    this.y.push(y)
    this.layer.push(0)
    return this.#near.push([]) - 1
  }
}

/** Binary heap of (key, row), smallest key first; ties by row, so that results do not depend on insertion. */
export class Heap {
  readonly #items: [number, number][] = []

  push(key: number, row: number): void {
    const items = this.#items
    let at = items.push([key, row]) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!less(items[at]!, items[parent]!)) break
      ;[items[at], items[parent]] = [items[parent]!, items[at]!]
      at = parent
    }
  }

  pop(): [number, number] | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (top === undefined || last === undefined || items.length === 0) return top
    items[0] = last
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      let least = at
      if (left < items.length && less(items[left]!, items[least]!)) least = left
      if (right < items.length && less(items[right]!, items[least]!)) least = right
      if (least === at) return top
      ;[items[at], items[least]] = [items[least]!, items[at]!]
      at = least
    }
  }
}

const less = (a: readonly [number, number], b: readonly [number, number]): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
