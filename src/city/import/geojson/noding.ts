import Flatbush from 'flatbush'
import type { Notes } from '../importReport'
import type { RoadLine } from './readLines'

/** A line on the city's plane: x, y pairs in metres. */
export interface PlaneLine { readonly road: RoadLine; readonly points: readonly (readonly [number, number])[] }
/** A stretch of a road between two nodes. */
export interface Piece { readonly road: RoadLine; readonly from: number; readonly to: number; readonly points: readonly (readonly [number, number])[] }
export interface Noded { readonly nodes: readonly (readonly [number, number])[]; readonly pieces: readonly Piece[] }

/** m: points closer than this are the same point, whatever the tolerance. */
const SAME = 0.01

interface Place { readonly line: number; readonly at: number; readonly x: number; readonly y: number }
interface Segment { readonly line: number; readonly index: number; /** m along the line to its start */ readonly start: number }

/**
 * Cuts lines where they meet and joins what lies within `snap` m of one another. Ends join ends; an end joins the middle
 * of a line of its own level; crossing lines meet if `meets` says so or if both have a vertex there. Hears of every mend.
 */
export function nodeLines(given: readonly PlaneLine[], snap: number, meets: (a: RoadLine, b: RoadLine) => boolean, repaired: Notes, open: Notes): Noded {
  const lines = cleaned(given, snap, repaired)
  const { segments, index } = indexSegments(lines, snap)
  const places = new Places(lines, snap)
  for (const [line, { points }] of lines.entries()) {
    for (const end of [0, 1]) {
      const [x, y] = points[end === 0 ? 0 : points.length - 1]!
      for (const found of index.search(x - snap, y - snap, x + snap, y + snap)) joinEnd(lines, segments[found]!, line, end, x, y, snap, places, repaired)
    }
  }
  for (const [one, segment] of segments.entries()) {
    const [[ax, ay], [bx, by]] = endsOf(lines, segment)
    for (const two of index.search(Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)))
      if (two > one) cross(lines, segment, segments[two]!, meets, places, repaired)
  }
  noteOpenEnds(lines, segments, index, places, open)
  return cutAt(lines, places, snap, repaired)
}

/** m: an end that stays open so near to another line is likely to be meant to join it. */
const NEAR = 10

function noteOpenEnds(lines: readonly PlaneLine[], segments: readonly Segment[], index: Flatbush, places: Places, open: Notes): void {
  const sizes = new Map<number, number>()
  for (const place of places.list.keys()) sizes.set(places.root(place), (sizes.get(places.root(place)) ?? 0) + 1)
  for (const [line, { road, points }] of lines.entries()) {
    for (const end of [0, 1]) {
      if (sizes.get(places.root(places.end(line, end)))! > 1) continue
      const [x, y] = points[end === 0 ? 0 : points.length - 1]!
      const near = index.search(x - NEAR, y - NEAR, x + NEAR, y + NEAR).some(found => {
        const segment = segments[found]!
        return segment.line !== line && lines[segment.line]!.road.level === road.level && gapTo(lines, segment, x, y).gap <= NEAR
      })
      if (near) open.add(`ends left open though another line is within ${NEAR} m: a larger snap joins them`, road.id)
    }
  }
}

/** Distance of a point from a segment, and how far along it the nearest point lies, as a share. */
function gapTo(lines: readonly PlaneLine[], segment: Segment, x: number, y: number): { gap: number; share: number } {
  const [[ax, ay], [bx, by]] = endsOf(lines, segment)
  const square = (bx - ax) ** 2 + (by - ay) ** 2
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square))
  return { gap: Math.hypot(ax + (bx - ax) * share - x, ay + (by - ay) * share - y), share }
}

function cleaned(given: readonly PlaneLine[], snap: number, repaired: Notes): PlaneLine[] {
  const seen = new Set<string>()
  return given.flatMap(({ road, points }) => {
    const kept = points.filter(([x, y], at) => at === 0 || Math.hypot(x - points[at - 1]![0], y - points[at - 1]![1]) > SAME)
    if (kept.length < points.length) repaired.add('repeated points removed', road.id, points.length - kept.length)
    if (lengthOf(kept) <= Math.max(snap, SAME)) {
      repaired.add('lines no longer than the tolerance dropped', road.id)
      return []
    }
    const text = (list: readonly (readonly [number, number])[]): string => list.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(',')
    const forward = text(kept), backward = text(kept.toReversed())
    // A pair of one-way lines on top of one another is a two-way road.
    const key = road.way === 'both' ? `${road.level} both ${forward < backward ? forward : backward}` : `${road.level} ${road.way === 'forward' ? forward : backward}`
    if (seen.has(key)) {
      repaired.add('lines that were there twice dropped', road.id)
      return []
    }
    seen.add(key)
    return [{ road, points: kept }]
  })
}

function indexSegments(lines: readonly PlaneLine[], snap: number): { segments: Segment[]; index: Flatbush } {
  const segments: Segment[] = []
  for (const [line, { points }] of lines.entries()) {
    let start = 0
    for (let i = 1; i < points.length; i++) {
      segments.push({ line, index: i - 1, start })
      start += Math.hypot(points[i]![0] - points[i - 1]![0], points[i]![1] - points[i - 1]![1])
    }
  }
  const index = new Flatbush(Math.max(1, segments.length))
  for (const segment of segments) {
    const [[ax, ay], [bx, by]] = endsOf(lines, segment)
    index.add(Math.min(ax, bx) - snap, Math.min(ay, by) - snap, Math.max(ax, bx) + snap, Math.max(ay, by) + snap)
  }
  if (segments.length === 0) index.add(0, 0, 0, 0)
  index.finish()
  return { segments, index }
}

function endsOf(lines: readonly PlaneLine[], { line, index }: Segment): [readonly [number, number], readonly [number, number]] {
  const { points } = lines[line]!
  return [points[index]!, points[index + 1]!]
}

/** Joins an end of a line to a segment of another, or of its own further along, that passes within the tolerance. */
function joinEnd(
  lines: readonly PlaneLine[], segment: Segment, line: number, end: number, x: number, y: number, snap: number, places: Places, repaired: Notes,
): void {
  const [[ax, ay], [bx, by]] = endsOf(lines, segment)
  const { gap, share } = gapTo(lines, segment, x, y)
  if (gap > Math.max(snap, SAME)) return
  const at = segment.start + Math.hypot(bx - ax, by - ay) * share
  const own = places.end(line, end)
  if (segment.line === line && Math.abs(at - places.list[own]!.at) <= 2 * Math.max(snap, SAME)) return
  const atEnd = at <= snap || at >= places.length(segment.line) - snap
  const atVertex = Math.min(Math.hypot(ax - x, ay - y), Math.hypot(bx - x, by - y)) <= SAME
  const [a, b] = [lines[line]!.road, lines[segment.line]!.road]
  if (!atEnd && !atVertex && a.level !== b.level) return
  if (!places.join(own, places.on(segment.line, at))) return
  if (atEnd) {
    if (gap > SAME) repaired.add('ends joined to an end within the tolerance', a.id)
  } else if (gap > SAME) repaired.add('ends joined to a line within the tolerance', a.id)
  else if (!atVertex) repaired.add('lines cut where another ends on them', b.id)
}

function cross(lines: readonly PlaneLine[], one: Segment, two: Segment, meets: (a: RoadLine, b: RoadLine) => boolean, places: Places, repaired: Notes): void {
  const [[ax, ay], [bx, by]] = endsOf(lines, one)
  const [[cx, cy], [dx, dy]] = endsOf(lines, two)
  const [a, b] = [lines[one.line]!.road, lines[two.line]!.road]
  const lengthA = Math.hypot(bx - ax, by - ay), lengthC = Math.hypot(dx - cx, dy - cy)
  // Vertices that both lines have: a node, if the levels are the same.
  if (a.level === b.level && one.line !== two.line) {
    for (const [x, y, at] of [[ax, ay, one.start], [bx, by, one.start + lengthA]] as const)
      for (const [u, v, along] of [[cx, cy, two.start], [dx, dy, two.start + lengthC]] as const)
        if (Math.hypot(x - u, y - v) <= SAME) { places.join(places.on(one.line, at), places.on(two.line, along)); return }
  }
  if (one.line === two.line && Math.abs(one.index - two.index) <= 1) return
  const turn = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
  if (Math.abs(turn) < 1e-9) return
  const t = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / turn
  const u = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / turn
  if (t <= 0 || t >= 1 || u <= 0 || u >= 1) return
  if (!meets(a, b)) { repaired.add('crossings at different levels left apart', a.id); return }
  if (places.join(places.on(one.line, one.start + lengthA * t), places.on(two.line, two.start + lengthC * u))) repaired.add('crossings without a vertex cut', a.id)
}

/** Places on lines, in groups that are one node each. */
class Places {
  readonly list: Place[] = []
  readonly #parent: number[] = []
  readonly #ofLine: number[][]
  readonly #lengths: number[]

  constructor(private readonly lines: readonly PlaneLine[], private readonly snap: number) {
    this.#lengths = lines.map(({ points }) => lengthOf(points))
    this.#ofLine = lines.map(() => [])
    for (const line of lines.keys()) { this.#add(line, 0); this.#add(line, this.#lengths[line]!) }
  }

  length(line: number): number { return this.#lengths[line]! }
  end(line: number, end: number): number { return this.#ofLine[line]![end]! }
  ofLine(line: number): readonly number[] { return this.#ofLine[line]! }

  /** The place `at` metres along a line; one that is there already if it is within the tolerance. */
  on(line: number, at: number): number {
    let best = -1
    for (const place of this.#ofLine[line]!) {
      const gap = Math.abs(this.list[place]!.at - at)
      if (gap <= Math.max(this.snap, SAME) && (best < 0 || gap < Math.abs(this.list[best]!.at - at))) best = place
    }
    return best >= 0 ? best : this.#add(line, at)
  }

  #add(line: number, at: number): number {
    const [x, y] = pointAt(this.lines[line]!.points, at)
    const place = this.list.push({ line, at, x, y }) - 1
    this.#parent.push(place)
    this.#ofLine[line]!.push(place)
    return place
  }

  root(place: number): number {
    let root = place
    while (this.#parent[root] !== root) root = this.#parent[root]!
    this.#parent[place] = root
    return root
  }

  /** Makes two places one node; false if they were. */
  join(a: number, b: number): boolean {
    const [one, two] = [this.root(a), this.root(b)].sort((x, y) => x - y) as [number, number]
    this.#parent[two] = one
    return one !== two
  }
}

function cutAt(lines: readonly PlaneLine[], places: Places, snap: number, repaired: Notes): Noded {
  const sums = new Map<number, { x: number; y: number; count: number }>()
  for (const [place, { x, y }] of places.list.entries()) {
    const sum = sums.get(places.root(place)) ?? { x: 0, y: 0, count: 0 }
    sums.set(places.root(place), { x: sum.x + x, y: sum.y + y, count: sum.count + 1 })
  }
  const nodes: [number, number][] = []
  const rows = new Map<number, number>()
  for (const [root, { x, y, count }] of sums) { rows.set(root, nodes.length); nodes.push([x / count, y / count]) }
  const pieces: Piece[] = []
  for (const [line, { road, points }] of lines.entries()) {
    const sorted = [...places.ofLine(line)].sort((a, b) => places.list[a]!.at - places.list[b]!.at)
    for (let k = 1; k < sorted.length; k++) {
      const [first, last] = [places.list[sorted[k - 1]!]!, places.list[sorted[k]!]!]
      const [from, to] = [rows.get(places.root(sorted[k - 1]!))!, rows.get(places.root(sorted[k]!))!]
      const inner = between(points, first.at, last.at)
      if (from !== to) pieces.push({ road, from, to, points: [nodes[from]!, ...inner, nodes[to]!] })
      else if (last.at - first.at <= 3 * Math.max(snap, SAME)) repaired.add('slivers within the tolerance dropped', road.id)
      else {
        // A road from a node back to itself gets a node half way.
        const middle = (first.at + last.at) / 2
        const half = nodes.push(pointAt(points, middle)) - 1
        pieces.push({ road, from, to: half, points: [nodes[from]!, ...between(points, first.at, middle), nodes[half]!] },
          { road, from: half, to, points: [nodes[half]!, ...between(points, middle, last.at), nodes[to]!] })
      }
    }
  }
  return { nodes, pieces }
}

function between(points: readonly (readonly [number, number])[], from: number, to: number): (readonly [number, number])[] {
  let at = 0
  return points.filter(([x, y], i) => {
    if (i > 0) at += Math.hypot(x - points[i - 1]![0], y - points[i - 1]![1])
    return at > from + SAME && at < to - SAME
  })
}

function pointAt(points: readonly (readonly [number, number])[], at: number): [number, number] {
  let left = at
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1]!, points[i]!]
    const edge = Math.hypot(bx - ax, by - ay)
    if (left <= edge || i === points.length - 1) {
      const t = edge === 0 ? 0 : Math.min(1, left / edge)
      return [ax + (bx - ax) * t, ay + (by - ay) * t]
    }
    left -= edge
  }
  return [...points[0]!]
}

function lengthOf(points: readonly (readonly [number, number])[]): number {
  return points.reduce((sum, [x, y], i) => (i === 0 ? 0 : sum + Math.hypot(x - points[i - 1]![0], y - points[i - 1]![1])), 0)
}
