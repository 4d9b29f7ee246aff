import { centroid, inPolygon, simplify, type Point, type Polygon, type Ring } from '../layers/compile/geometry'
import { box, frameOf, onGrid, without, type Frame } from './shapes'

/** Plan length of a stair that gains a metre: 30 degrees, as escalators have. */
export const RUN_PER_RISE = 1.73

/** The end of a station's passage: from here a stair rises to the street. */
export interface Entrance {
  /** s along the way out, from the foot of the stair; d to the left of its middle. */
  readonly frame: Frame
  /** Clear width, m. */
  readonly width: number
  /** Plan length of the stair, m. */
  readonly run: number
  /** m of it that the mapped outline shows. */
  readonly mapped: number
}

/** A passage is this wide between its outer walls, m; its walls take `WALLS` of that. */
const WIDTH_MIN = 3
const WIDTH_MAX = 12
const WALLS = 0.6
/** A protrusion shorter than this is a shaft or a plant room, m. */
const DEPTH_MIN = 7
/** Sides of a passage are parallel within this, as cosine. */
const PARALLEL = 0.9

/**
 * Entrances of an underground station from its outline: maps draw the hall with its passages, and where a passage ends
 * blind, it rises. Returns the outline without the stairs, and the entrances in order around it.
 */
export function findEntrances(outline: Polygon, rise: number): { hall: Polygon; entrances: Entrance[] } {
  const ring = simplify([outline[0]!], 0.4)[0]!
  const run = rise * RUN_PER_RISE
  const entrances: Entrance[] = []
  let hall: Polygon = [ring, ...outline.slice(1)]
  for (let i = 0; i < ring.length; i++) {
    const found = entranceAt(ring, i, run)
    const rest = found ? without(hall, [[found.cut]])[0] : undefined
    if (!found || !rest) continue
    // Passages whose sides are not parallel are narrower at the foot of the stair: what is left of the hall must end there all along it.
    const entrance = [0, 0.6, 1.2].map(less => ({ ...found.entrance, width: found.entrance.width - less })).find(narrower => endsAt(rest, narrower))
    if (!entrance) continue
    entrances.push(entrance)
    hall = rest
  }
  const [x, y] = centroid(ring)
  entrances.sort((a, b) => bearing(a.frame.at(0, 0), x, y) - bearing(b.frame.at(0, 0), x, y))
  return { hall, entrances }
}

function endsAt(hall: Polygon, { frame, width }: Entrance): boolean {
  return [-0.51, -0.25, 0, 0.25, 0.51].every(share => inPolygon(...frame.at(-0.3, share * width), hall) && !inPolygon(...frame.at(0.3, share * width), hall))
}

const bearing = (point: Point, x: number, y: number): number => Math.atan2(point[0] - x, point[1] - y)

/** The entrance whose blind end is edge `i` of the ring, if it is one. */
function entranceAt(ring: Ring, i: number, run: number): { entrance: Entrance; cut: Ring } | null {
  const [before, a, b, after] = [-1, 0, 1, 2].map(k => ring[(i + k + ring.length) % ring.length]!) as [Point, Point, Point, Point]
  const [end, right, left] = [frameOf(a, b), frameOf(before, a), frameOf(b, after)]
  if (end.length < WIDTH_MIN || end.length > WIDTH_MAX) return null
  const depth = Math.min(right.length, left.length)
  if (depth < DEPTH_MIN) return null
  const cosine = right.along[0] * left.along[0] + right.along[1] * left.along[1]
  const turn = right.along[0] * end.along[1] - right.along[1] * end.along[0]
  if (cosine > -PARALLEL || turn < PARALLEL * 0.8) return null
  const out: Point = [right.along[0] - left.along[0], right.along[1] - left.along[1]]
  const tip: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]
  const scale = Math.sqrt(out[0] ** 2 + out[1] ** 2)
  const mapped = Math.min(depth - 1, run)
  const foot = onGrid([tip[0] - (out[0] / scale) * mapped, tip[1] - (out[1] / scale) * mapped])
  const frame = frameOf(foot, [foot[0] + out[0], foot[1] + out[1]])
  const half = end.length / 2
  return { entrance: { frame, width: end.length * turn - WALLS, run, mapped }, cut: box(frame, 0, mapped + 3, -half - 0.5, half + 0.5) }
}
