import type { PathTexture } from '../city'

/** What stands on a closed road: barriers across its ends, cones along the lanes beside which traffic goes on. */
export const Prop = { barrier: 0, cone: 1 } as const

/** A prop: foot, direction of the traffic that it faces, half its width, m, and what it is. Seven numbers a prop. */
export const PROP_FLOATS = 7

const JOINED = 6 // m up to which one lane's end is the next one's start, so that nothing needs to stand between
const AHEAD = 70 // m across a junction within which the same road goes on, closed as well
const BESIDE = 5 // m that a road going on may lie beside its line
const CONE_SPACING = 9 // m
const MAX = 6000

interface End { x: number; y: number; z: number; ux: number; uy: number; half: number }

/**
 * Places the props of a set of closed lanes. A barrier stands where traffic could drive in, and where a closed road
 * ends; not where one link of a road only becomes the next. Seven floats a prop.
 */
export function placeProps(closed: readonly number[], { header, points, origin }: PathTexture): Float32Array {
  const lanes = new Set(closed)
  const starts: End[] = [], ends: End[] = []
  for (const lane of lanes) {
    const first = header[lane * 8]!, segments = header[lane * 8 + 1]!
    if (header[lane * 8 + 3]! > 0.5) continue // in a tunnel
    starts.push(endAt(first, first + 1, 0))
    ends.push(endAt(first + segments - 1, first + segments, 1))
    function endAt(a: number, b: number, which: 0 | 1): End {
      const dx = points[b * 4]! - points[a * 4]!, dy = points[b * 4 + 1]! - points[a * 4 + 1]!
      const norm = Math.hypot(dx, dy) || 1
      const at = which === 0 ? a : b
      return { x: points[at * 4]! + origin[0], y: points[at * 4 + 1]! + origin[1], z: points[at * 4 + 2]!, ux: dx / norm, uy: dy / norm, half: header[lane * 8 + 5]! }
    }
  }
  const out: number[] = []
  const put = ({ x, y, z, ux, uy, half }: End, inset: number, kind: number): void => {
    if (out.length < MAX * PROP_FLOATS) out.push(x + ux * inset, y + uy * inset, z, ux, uy, half, kind)
  }
  for (const start of starts) if (!ends.some(end => goesOn(end, start, JOINED))) put(start, 2.5, Prop.barrier)
  for (const end of ends) if (!starts.some(start => goesOn(end, start, AHEAD))) put(end, -1.5, Prop.barrier)
  for (const lane of lanes) {
    const link = header[lane * 8 + 4]!
    for (const [neighbour, side] of [[lane - 1, -1], [lane + 1, 1]] as const) {
      if (lanes.has(neighbour) || neighbour < 0 || header[neighbour * 8 + 4] !== link || header[neighbour * 8 + 7]! > 0.5 || header[lane * 8 + 3]! > 0.5) continue
      addCones(lane, side)
    }
  }
  return Float32Array.from(out)

  /** Cones on the line between a closed lane and an open one: `side` 1 on its left, -1 on its right. */
  function addCones(lane: number, side: 1 | -1): void {
    const first = header[lane * 8]!, segments = header[lane * 8 + 1]!, length = header[lane * 8 + 2]!, half = header[lane * 8 + 5]!
    const count = Math.max(2, Math.round(length / CONE_SPACING))
    for (let k = 0; k <= count; k++) {
      const t = Math.min(segments - 1e-6, (k / count) * segments)
      const a = (first + Math.floor(t)) * 4, b = a + 4, f = t - Math.floor(t)
      const dx = points[b]! - points[a]!, dy = points[b + 1]! - points[a + 1]!
      const norm = Math.hypot(dx, dy) || 1
      const ux = dx / norm, uy = dy / norm, away = (half - 0.35) * side
      put({
        x: points[a]! + dx * f - uy * away + origin[0], y: points[a + 1]! + dy * f + ux * away + origin[1], z: points[a + 2]! + (points[b + 2]! - points[a + 2]!) * f,
        ux, uy, half: 0.25,
      }, 0, Prop.cone)
    }
  }
}

/** Whether a lane that begins at `start` carries on the one that ends at `end`, at most `within` m farther. */
function goesOn(end: End, start: End, within: number): boolean {
  const dx = start.x - end.x, dy = start.y - end.y
  const ahead = dx * end.ux + dy * end.uy, beside = Math.abs(dx * end.uy - dy * end.ux)
  return ahead > -1.5 && ahead < within && beside < BESIDE && end.ux * start.ux + end.uy * start.uy > 0.5
}
