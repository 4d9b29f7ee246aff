import { inPolygon, type Point, type Polygon } from '../layers/compile/geometry'
import { frameOf, insidePieces, onGrid } from './shapes'
import type { SpaceDraft } from './spaceDraft'

/** Lane of a fare gate with its machine, m, and s that a ticket takes: GB 50157 gives 1800 persons an hour with cards. */
const LANE = 0.9
const SERVICE = 2
/** Shortest stretch of fence that gets gates, and room that must lie free on both sides of them, m. */
const STRETCH_MIN = 5
const ROOM = 3
const LANES_MAX = 8

/**
 * Fences the paid side of a concourse: barriers along its edge as far as it lies inside the hall, with gates in and
 * out in the middle of every stretch that has room for them. Returns the numbers of lanes.
 */
export function addFence(draft: SpaceDraft, id: string, floor: string, hall: Polygon, paid: Polygon): { entries: number; exits: number } {
  const lanes = { entries: 0, exits: 0 }
  let fence = 0
  for (const ring of paid) {
    for (const [i, a] of ring.entries()) {
      const b = ring[(i + 1) % ring.length]!
      for (const [from, to] of insidePieces(a, b, hall)) {
        const at = (t: number): Point => onGrid([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
        addStretch(draft, floor, hall, [at(from), at(to)], `${id}:fence${fence++}`, lanes)
      }
    }
  }
  return lanes
}

/** One straight stretch; the paid side lies to its left. */
function addStretch(draft: SpaceDraft, floor: string, hall: Polygon, [a, b]: [Point, Point], id: string, lanes: { entries: number; exits: number }): void {
  const frame = frameOf(a, b)
  const barrier = (from: number, to: number, name: string): void => {
    if (to - from > 0.02) draft.barriers.push({ id: `${id}:${name}`, floor, line: [frame.at(from, 0), frame.at(to, 0)], lets: 'none', closed: true })
  }
  const middle = frame.length / 2
  const free = [-ROOM, ROOM].every(d => inPolygon(...frame.at(middle, d), hall))
  if (frame.length < STRETCH_MIN || !free) return barrier(0, frame.length, 'all')
  const count = Math.min(LANES_MAX, Math.floor((frame.length - 1) / LANE))
  const entries = Math.floor(count / 2)
  const exits = count - entries
  const start = middle - (count * LANE) / 2
  const between = start + entries * LANE
  const end = between + exits * LANE
  barrier(0, start, 'before')
  // Whoever walks into the paid side has a, where the gate's line begins, on the left hand.
  draft.gates.push({ id: `${id}:in`, floor, line: [frame.at(start, 0), frame.at(between, 0)], lanes: entries, service: SERVICE, lets: 'firstOnLeft', open: true })
  draft.gates.push({ id: `${id}:out`, floor, line: [frame.at(between, 0), frame.at(end, 0)], lanes: exits, service: SERVICE, lets: 'firstOnRight', open: true })
  barrier(end, frame.length, 'after')
  lanes.entries += entries
  lanes.exits += exits
}
