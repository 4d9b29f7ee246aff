import { Control, LinkFlag, NodeKind, PathFlag, PathKind, RoadClass, type Network } from '../../sim'
import { linkWidths } from '../geometry/roadIndex'
import { distance, simplifyLine, type Point } from '../layers/compile/geometry'
import type { PathGraph } from './pathGraph'

/** Clear width of a sidewalk by class of road, m. Assumed, after the city's street design practice (2 to 4 m); service roads are shared. */
const widths: Readonly<Record<number, number>> = {
  [RoadClass.primary]: 4, [RoadClass.primaryLink]: 2.5, [RoadClass.secondary]: 3.5, [RoadClass.secondaryLink]: 2.5, [RoadClass.tertiary]: 3,
  [RoadClass.tertiaryLink]: 2.5, [RoadClass.unclassified]: 2.5, [RoadClass.residential]: 2.5, [RoadClass.service]: 1.5,
}
const KERB = 0.5
/** Crossings at junctions, m: GB 51038 wants 3 at least, 5 is usual at main roads. */
const CROSSING_WIDTH = 5
/** Another carriageway this near to the left of a one-way road is its other direction, m between kerbs. */
const MEDIAN_MAX = 16
/** Two ends at a junction further apart than this have a road without sidewalks between them, m. */
const CORNER_MAX = 70
const CROSSING_MAX = 80
/** A mapped crossing this near shows that a main road may be crossed here, m. */
const MAPPED_NEAR = 30

/** Which sides of a road have a sidewalk; the default is both. */
export type Sides = (link: number) => { readonly left: boolean; readonly right: boolean }

interface End { readonly node: number; readonly link: number; readonly counterClockwise: boolean; readonly point: Point }

/**
 * Sidewalks along both sides of the roads, around the corners of their junctions and over their crossings. A side of a
 * link ends where its carriageway ends, at the stop line; ends that follow each other around a junction are joined: by a
 * corner where a block lies between them, by a crossing where a carriageway does.
 */
export function addRoadside(graph: PathGraph, network: Network, sides: Sides, crossings: (point: Point, reach: number) => boolean): void {
  const { links, nodes, points } = network
  const half = linkWidths(network).map(width => width / 2)
  const opposite = new Set<string>()
  for (let link = 0; link < links.rows; link++) opposite.add(`${links.fromNode[link]} ${links.toNode[link]}`)
  const ends: End[][] = Array.from({ length: nodes.rows }, () => [])
  const lineOf = (link: number): Point[] => Array.from({ length: links.pointCount[link]! }, (_, i): Point => [points.x[links.pointFirst[link]! + i]!, points.y[links.pointFirst[link]! + i]!])
  const besides = besideFinder(network, half)
  for (let link = 0; link < links.rows; link++) {
    const width = widths[links.class[link]!]
    if (width === undefined || links.flags[link]! & LinkFlag.tunnel) continue
    const line = lineOf(link)
    const side = sides(link)
    const alone = !opposite.has(`${links.toNode[link]} ${links.fromNode[link]}`) && !besides(link, line)
    for (const left of [false, true]) {
      if (left ? !alone || !side.left : !side.right) continue
      const shifted = simplifyLine(shift(line, (left ? -1 : 1) * (half[link]! + KERB + width / 2)), 0.3)
      const [from, to] = [graph.node(shifted[0]!), graph.node(shifted.at(-1)!)]
      graph.add(from, to, shifted.slice(1, -1), { kind: PathKind.sidewalk, width, flags: PathFlag.assumed | PathFlag.widthAssumed, link, layer: links.layer[link]! })
      ends[links.fromNode[link]!]!.push({ node: from, link, counterClockwise: left, point: shifted[0]! })
      ends[links.toNode[link]!]!.push({ node: to, link, counterClockwise: !left, point: shifted.at(-1)! })
    }
  }
  for (let node = 0; node < nodes.rows; node++) joinEnds(graph, network, node, ends[node]!, crossings)
}

function joinEnds(graph: PathGraph, network: Network, junction: number, ends: readonly End[], crossings: (point: Point, reach: number) => boolean): void {
  const { links, nodes } = network
  if (ends.length < 2 || nodes.kind[junction] === NodeKind.gateway) return
  const x = ends.reduce((sum, end) => sum + end.point[0], 0) / ends.length
  const y = ends.reduce((sum, end) => sum + end.point[1], 0) / ends.length
  const around = [...ends].sort((a, b) => Math.atan2(a.point[1] - y, a.point[0] - x) - Math.atan2(b.point[1] - y, b.point[0] - x) || a.node - b.node)
  const signal = nodes.control[junction] === Control.signal
  const arms = around.filter((end, i) => !end.counterClockwise && around[(i + 1) % around.length]!.counterClockwise).length
  for (const [i, a] of around.entries()) {
    const b = around[(i + 1) % around.length]!
    if (a.node === b.node) continue
    const apart = distance(a.point, b.point)
    const overArm = !a.counterClockwise && b.counterClockwise
    if (!overArm) {
      if (apart <= CORNER_MAX) graph.add(a.node, b.node, [], { kind: PathKind.corner, width: 3, flags: PathFlag.assumed | PathFlag.widthAssumed, layer: links.layer[a.link]! })
      continue
    }
    // Where a road only changes its name or lanes nobody crosses; main roads are crossed at lights or where a map shows a crossing.
    const middle: Point = [(a.point[0] + b.point[0]) / 2, (a.point[1] + b.point[1]) / 2]
    const main = Math.min(links.class[a.link]!, links.class[b.link]!) < RoadClass.tertiary
    if (around.length === 2 || apart > CROSSING_MAX || (arms === 2 && !signal) || (main && !signal && !crossings(middle, MAPPED_NEAR))) continue
    const entering = links.toNode[b.link] === junction ? b.link : a.link
    graph.add(a.node, b.node, [], {
      kind: PathKind.crossing, width: CROSSING_WIDTH, flags: PathFlag.widthAssumed | (signal ? PathFlag.signal : 0) | (crossings(middle, MAPPED_NEAR) ? 0 : PathFlag.assumed),
      link: entering, junction, layer: links.layer[a.link]!,
    })
  }
}

/** Whether another carriageway lies to the left of a link, beyond a median at most: at a quarter, half and three quarters of it. */
function besideFinder({ links, points }: Network, half: Float32Array): (link: number, line: readonly Point[]) => boolean {
  const squares = new Map<string, number[]>()
  const key = (x: number, y: number): string => `${Math.floor(x / 50)} ${Math.floor(y / 50)}`
  for (let link = 0; link < links.rows; link++) {
    for (let i = links.pointFirst[link]!; i < links.pointFirst[link]! + links.pointCount[link]! - 1; i++) {
      const steps = Math.ceil(distance([points.x[i]!, points.y[i]!], [points.x[i + 1]!, points.y[i + 1]!]) / 10)
      for (let k = 0; k <= steps; k++) {
        const at = key(points.x[i]! + ((points.x[i + 1]! - points.x[i]!) * k) / steps, points.y[i]! + ((points.y[i + 1]! - points.y[i]!) * k) / steps)
        const list = squares.get(at)
        if (!list) squares.set(at, [link])
        else if (list.at(-1) !== link) list.push(link)
      }
    }
  }
  return (link, line) => {
    const [a, b] = [line[Math.floor((line.length - 1) / 2)]!, line[Math.floor((line.length - 1) / 2) + 1]!]
    const length = distance(a, b) || 1
    const reach = half[link]! + MEDIAN_MAX / 2
    const [x, y] = [(a[0] + b[0]) / 2 - ((b[1] - a[1]) / length) * reach, (a[1] + b[1]) / 2 + ((b[0] - a[0]) / length) * reach]
    for (const [dx, dy] of [[0, 0], [50, 0], [-50, 0], [0, 50], [0, -50]] as const) {
      for (const other of squares.get(key(x + dx, y + dy)) ?? []) {
        if (other === link || links.layer[other] !== links.layer[link]) continue
        for (let i = links.pointFirst[other]!; i < links.pointFirst[other]! + links.pointCount[other]! - 1; i++) {
          const [p, q]: [Point, Point] = [[points.x[i]!, points.y[i]!], [points.x[i + 1]!, points.y[i + 1]!]]
          const along = ((x - p[0]) * (q[0] - p[0]) + (y - p[1]) * (q[1] - p[1])) / (distance(p, q) ** 2 || 1)
          const opposed = (q[0] - p[0]) * (b[0] - a[0]) + (q[1] - p[1]) * (b[1] - a[1]) < 0
          if (!opposed || along < 0 || along > 1) continue
          if (distance([x, y], [p[0] + along * (q[0] - p[0]), p[1] + along * (q[1] - p[1])]) < MEDIAN_MAX / 2 + half[other]!) return true
        }
      }
    }
    return false
  }
}

/** A line shifted to the right by `by` m (left if negative); corners are cut at twice the distance. */
function shift(line: readonly Point[], by: number): Point[] {
  return line.map((point, i) => {
    const before = line[Math.max(0, i - 1)]!
    const after = line[Math.min(line.length - 1, i + 1)]!
    const into = unit(before, point) ?? unit(point, after)!
    const out = unit(point, after) ?? into
    const [nx, ny] = [into[1] + out[1], -(into[0] + out[0])]
    const scale = Math.max(0.5, (nx * into[1] - ny * into[0]) / 2)
    return [point[0] + ((nx / 2) * by) / scale, point[1] + ((ny / 2) * by) / scale]
  })
}

function unit(a: Point, b: Point): Point | null {
  const length = distance(a, b)
  return length < 1e-6 ? null : [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
}
