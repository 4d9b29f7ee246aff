import type { NetworkSpec } from '../networkSpec'
import { Control, NodeKind } from '../networkTables'
import { distanceTo, length, offset, placeAt, reversed, slice, clean, turnAngle, type Polyline } from './polyline'

/** Carriageway of a link between its stop lines. */
export interface Carriageway {
  readonly line: number[]
  readonly width: number
}

const TRIM_MAX = 32 // m; the half width of the widest junction of the core, 深南大道 / 新洲路, is 30 m
const TRIM_SHARE_MAX = 0.42 // of the link, so that something is left of it with both ends trimmed
const STEP = 0.5 // m
const CLEARANCE = 1 // m between kerbs
const CROSSWALK = 4 // m: stop line 1 m before a crosswalk of 3 m (GB 5768.3-2009, 4.9)
const PARALLEL = 0.45 // rad (26 degrees): carriageways of one arm lie within this

interface End { readonly link: number; readonly outward: Polyline; readonly entering: boolean; readonly width: number; readonly dx: number; readonly dy: number }

/**
 * Cuts the links back from their junctions to where no other arm is in the way, so that turn paths have room and
 * stop lines stand before the crosswalk.
 */
export function trimCarriageways(spec: NetworkSpec): Carriageway[] {
  const full = spec.links.map(link => {
    const width = link.lanes.reduce((sum, lane) => sum + lane.width, 0)
    return { width, line: clean(link.placement === 'left' ? offset(clean(link.points), width / 2) : clean(link.points)) }
  })
  const ends: End[][] = spec.nodes.map(() => [])
  for (const [row, link] of spec.links.entries()) {
    const { line, width } = full[row]
    ends[link.from].push(makeEnd(row, line, width, false))
    ends[link.to].push(makeEnd(row, reversed(line), width, true))
  }
  const trimStart = new Float64Array(spec.links.length), trimEnd = new Float64Array(spec.links.length)
  for (const [row, node] of spec.nodes.entries()) {
    for (const end of ends[row]) {
      const trim = node.kind === NodeKind.junction && !spec.links[end.link].trimmed ? trimOf(end, ends[row], node.control === Control.signal) : 0
      const array = end.entering ? trimEnd : trimStart
      array[end.link] = trim
    }
  }
  return full.map(({ line, width }, row) => {
    const whole = length(line)
    return { width, line: clean(slice(line, trimStart[row], whole - trimEnd[row])) }
  })
}

function makeEnd(link: number, outward: Polyline, width: number, entering: boolean): End {
  const near = placeAt(outward, 0), far = placeAt(outward, Math.min(15, length(outward)))
  const norm = Math.hypot(far.x - near.x, far.y - near.y) || 1
  return { link, outward, entering, width, dx: (far.x - near.x) / norm, dy: (far.y - near.y) / norm }
}

function trimOf(end: End, all: readonly End[], signalised: boolean): number {
  const whole = length(end.outward)
  const limit = Math.min(TRIM_MAX, TRIM_SHARE_MAX * whole)
  const others = all.filter(other => other !== end && !sameArm(end, other))
  const obstacles = others
    .map(other => ({ line: slice(other.outward, 0, 60), clear: other.width / 2 + CLEARANCE - 1e-6, acute: isAcute(end, other) }))
  let blocked = 0
  for (let at = 0; at <= limit; at += STEP) {
    const { x, y, dx, dy } = placeAt(end.outward, at)
    const half = end.width / 2
    for (const { line, clear, acute } of obstacles) {
      if (acute && at > limit / 2) continue // a slip road leaves at a flat angle: half the room is enough
      const touches = distanceTo(line, x, y) < clear
        || distanceTo(line, x + dy * half, y - dx * half) < clear
        || distanceTo(line, x - dy * half, y + dx * half) < clear
      if (touches) { blocked = at; break }
    }
  }
  const crossing = others.some(other => !isAcute(end, other) && !isOpposite(end, other))
  return Math.min(limit, Math.max(1, blocked + STEP) + (signalised && crossing ? CROSSWALK : 0))
}

/** In and out carriageway of one arm. */
const sameArm = (a: End, b: End): boolean => a.entering !== b.entering && Math.abs(turnAngle(a.dx, a.dy, b.dx, b.dy)) < PARALLEL
const isAcute = (a: End, b: End): boolean => Math.abs(turnAngle(a.dx, a.dy, b.dx, b.dy)) < PARALLEL
const isOpposite = (a: End, b: End): boolean => Math.abs(turnAngle(a.dx, a.dy, b.dx, b.dy)) > Math.PI - PARALLEL
