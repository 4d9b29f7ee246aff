import { CellIndex, nearestOnSegment, type Places } from './places'
import type { RoadWay } from './roadWays'

/** Redrawn copies of a road lie within this of it, m; carriageways of one road are farther apart. */
const COPY_DISTANCE = 8
/** Shorter runs of an older road beside a newer one are places where two roads meet, m. */
const COPY_RUN_MIN = 40
const COPY_COSINE = 0.96

interface Segment { road: RoadWay; a: number; b: number }

export interface Overlap { road: string; name: string; newer: string; length: number; at: readonly [number, number] }

/**
 * Extracts of different years may hold one road twice, under other way ids or redrawn. Parts of an older road that a
 * newer one covers go: those between the same two nodes, and those of the same name and direction within 8 m.
 */
export function resolveOverlaps(roads: readonly RoadWay[], places: Places): { roads: RoadWay[]; overlaps: Overlap[] } {
  const dates = [...new Set(roads.map(road => road.date))].sort()
  if (dates.length < 2) return { roads: [...roads], overlaps: [] }
  const byPair = new Map<string, Segment[]>()
  const index = new CellIndex<Segment>(30)
  for (const road of roads) {
    for (let i = 1; i < road.nodes.length; i++) {
      const segment = { road, a: road.nodes[i - 1]!, b: road.nodes[i]! }
      const key = pairKey(segment.a, segment.b)
      const list = byPair.get(key)
      if (list) list.push(segment)
      else byPair.set(key, [segment])
      const [ax, ay] = places.at(segment.a)
      const [bx, by] = places.at(segment.b)
      index.add(segment, Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
  }
  const result: RoadWay[] = []
  const overlaps: Overlap[] = []
  for (const road of roads) {
    if (road.date === dates.at(-1)) {
      result.push(road)
      continue
    }
    const covered = road.nodes.slice(1).map((b, i) => coveredBy(road, road.nodes[i]!, b, byPair, index, places))
    dropShortRuns(road, covered, places)
    if (covered.every(by => !by)) {
      result.push(road)
      continue
    }
    for (let start = 0; start < covered.length; start++) {
      const by = covered[start]
      let end = start
      while (end + 1 < covered.length && Boolean(covered[end + 1]) === Boolean(by)) end += 1
      const nodes = road.nodes.slice(start, end + 2)
      if (by) overlaps.push({ road: road.key, name: road.name, newer: by.road.key, length: places.length(nodes), at: places.at(nodes[nodes.length >> 1]!) })
      else result.push({ ...road, nodes, firstIndex: road.firstIndex + start })
      start = end
    }
  }
  return { roads: result, overlaps }
}

interface Cover { road: RoadWay; exact: boolean }

function coveredBy(road: RoadWay, a: number, b: number, byPair: Map<string, Segment[]>, index: CellIndex<Segment>, places: Places): Cover | null {
  for (const other of byPair.get(pairKey(a, b)) ?? []) {
    if (other.road.date > road.date) return { road: other.road, exact: true }
  }
  if (!road.name) return null
  const [ax, ay] = places.at(a)
  const [bx, by] = places.at(b)
  const length = Math.hypot(bx - ax, by - ay)
  // Three probes along the segment must all lie beside one newer road.
  let cover: RoadWay | null = null
  for (const share of [0.15, 0.5, 0.85]) {
    const x = ax + share * (bx - ax)
    const y = ay + share * (by - ay)
    let found: RoadWay | null = null
    for (const other of index.near(x - COPY_DISTANCE, y - COPY_DISTANCE, x + COPY_DISTANCE, y + COPY_DISTANCE)) {
      if (other.road.date <= road.date || other.road.name !== road.name || other.road.layer !== road.layer) continue
      const from = places.at(other.a)
      const to = places.at(other.b)
      const cosine = ((to[0] - from[0]) * (bx - ax) + (to[1] - from[1]) * (by - ay)) / (length * places.distance(other.a, other.b))
      const sameWay = road.oneway && other.road.oneway ? cosine : Math.abs(cosine)
      if (sameWay > COPY_COSINE && nearestOnSegment(x, y, from, to).distance <= COPY_DISTANCE) found = other.road
    }
    if (!found) return null
    cover = found
  }
  return cover && { road: cover, exact: false }
}

function dropShortRuns(road: RoadWay, covered: (Cover | null)[], places: Places): void {
  for (let start = 0; start < covered.length; start++) {
    if (!covered[start]) continue
    let end = start
    while (end + 1 < covered.length && covered[end + 1]) end += 1
    const run = covered.slice(start, end + 1)
    if (places.length(road.nodes.slice(start, end + 2)) < COPY_RUN_MIN && run.every(cover => !cover!.exact)) covered.fill(null, start, end + 1)
    start = end
  }
}

const pairKey = (a: number, b: number): string => (a < b ? `${a},${b}` : `${b},${a}`)
