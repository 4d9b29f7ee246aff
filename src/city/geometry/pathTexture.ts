import { LinkFlag, pathCount, type Network } from '../../sim'
import { DATA_TEXTURE_WIDTH } from './linkTexture'

/** All paths (lanes, then turns) as evenly resampled points, so that a shader finds a place on a path by index. */
export interface PathTexture {
  /** Two RGBA float texels a path: first point, segments, length m, 1 if hidden | link, half width m, layer, 0. */
  readonly header: Float32Array<ArrayBuffer>
  readonly headerHeight: number
  /** One RGBA float texel a point: x, y, z m from `origin`, grade. */
  readonly points: Float32Array<ArrayBuffer>
  readonly pointsHeight: number
  readonly width: number
  readonly origin: readonly [number, number]
}

const SPACING_LANE = 12, SPACING_TURN = 4 // m

/** @param origin  subtracted from x and y, so that 32-bit floats keep millimetres where the city is modelled */
export function buildPathTexture(network: Network, origin: readonly [number, number]): PathTexture {
  const { lanes, turns, points, links } = network
  const paths = pathCount(network)
  const segments = new Int32Array(paths)
  let total = 0
  for (let path = 0; path < paths; path++) {
    const isLane = path < lanes.rows
    const length = isLane ? lanes.length[path]! : turns.length[path - lanes.rows]!
    const count = isLane ? lanes.pointCount[path]! : turns.pointCount[path - lanes.rows]!
    const straight = count === 2
    segments[path] = Math.max(1, Math.ceil(length / (straight ? 60 : isLane ? SPACING_LANE : SPACING_TURN)))
    total += segments[path]! + 1
  }
  const width = DATA_TEXTURE_WIDTH
  const headerHeight = Math.max(1, Math.ceil((paths * 2) / width)), pointsHeight = Math.max(1, Math.ceil(total / width))
  const header = new Float32Array(width * headerHeight * 4)
  const out = new Float32Array(width * pointsHeight * 4)
  let at = 0
  for (let path = 0; path < paths; path++) {
    const turn = path - lanes.rows
    const isLane = turn < 0
    const first = isLane ? lanes.pointFirst[path]! : turns.pointFirst[turn]!
    const count = isLane ? lanes.pointCount[path]! : turns.pointCount[turn]!
    const lane = isLane ? path : turns.fromLane[turn]!
    const link = lanes.link[lane]!, exit = isLane ? link : lanes.link[turns.toLane[turn]!]!
    const hidden = (links.flags[link]! & LinkFlag.tunnel) !== 0 && (links.flags[exit]! & LinkFlag.tunnel) !== 0 ? 1 : 0
    const length = isLane ? lanes.length[path]! : turns.length[turn]!
    header.set([at, segments[path]!, length, hidden, link, lanes.width[lane]! / 2, links.layer[link]!, isLane ? 0 : 1], path * 8)
    at += resample(points, first, count, segments[path]!, origin, out, at)
  }
  return { header, headerHeight, points: out, pointsHeight, width, origin }
}

/** Writes `segments + 1` points, evenly spaced by length, and answers how many. */
function resample(points: Network['points'], first: number, count: number, segments: number, origin: readonly [number, number], out: Float32Array, at: number): number {
  let total = 0
  for (let i = first; i < first + count - 1; i++) total += Math.hypot(points.x[i + 1]! - points.x[i]!, points.y[i + 1]! - points.y[i]!)
  let i = first, before = 0
  let step = count > 1 ? Math.hypot(points.x[i + 1]! - points.x[i]!, points.y[i + 1]! - points.y[i]!) : 0
  for (let k = 0; k <= segments; k++) {
    const wanted = (total * k) / segments
    while (i < first + count - 2 && before + step < wanted) {
      before += step
      i += 1
      step = Math.hypot(points.x[i + 1]! - points.x[i]!, points.y[i + 1]! - points.y[i]!)
    }
    const t = step > 0 ? Math.min(1, Math.max(0, (wanted - before) / step)) : 0
    const j = count > 1 ? i + 1 : i
    out[(at + k) * 4] = points.x[i]! + (points.x[j]! - points.x[i]!) * t - origin[0]
    out[(at + k) * 4 + 1] = points.y[i]! + (points.y[j]! - points.y[i]!) * t - origin[1]
    out[(at + k) * 4 + 2] = points.z[i]! + (points.z[j]! - points.z[i]!) * t
  }
  return segments + 1
}
