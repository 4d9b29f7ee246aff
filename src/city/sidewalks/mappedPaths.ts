import { PathFlag, PathKind } from '../../sim'
import type { DrawnPath } from '../areas/compileAreas'
import { distance, type Point } from '../layers/compile/geometry'
import type { OsmData, Tags } from '../osm'
import { toPlane } from '../projection'
import { lineLength, nearestOn, type PathGraph } from './pathGraph'

/** Clear width where no tag gives it, m. Assumed. */
const widths: Readonly<Record<number, number>> = { [PathKind.footway]: 2.5, [PathKind.pedestrian]: 6, [PathKind.steps]: 2.5, [PathKind.crossing]: 5 }

const kindOf = (tags: Tags): number | null => {
  if (tags.foot === 'no' || tags.access === 'private' || tags.access === 'no') return null
  if (tags.footway === 'crossing') return PathKind.crossing
  return { footway: PathKind.footway, path: PathKind.footway, pedestrian: PathKind.pedestrian, steps: PathKind.steps }[tags.highway ?? ''] ?? null
}

/** Footways, pedestrian ways, paths, steps and crossings as mapped. Ways that share a node of the map meet there. */
export function addMappedPaths(graph: PathGraph, { ways, nodes }: OsmData): void {
  const mapped = ways.flatMap(way => {
    const kind = kindOf(way.tags)
    return kind === null ? [] : [{ kind, way }]
  })
  const uses = new Map<number, number>()
  for (const { way } of mapped) for (const [i, id] of way.nodes.entries()) uses.set(id, (uses.get(id) ?? 0) + (i === 0 || i === way.nodes.length - 1 ? 2 : 1))
  const rows = new Map<number, number>()
  const placeOf = (id: number): Point => toPlane(nodes.get(id)!.lon, nodes.get(id)!.lat)
  const rowOf = (id: number): number => {
    const known = rows.get(id)
    if (known !== undefined) return known
    const row = graph.node(placeOf(id))
    rows.set(id, row)
    return row
  }
  for (const { kind, way: { nodes: ids, tags } } of mapped) {
    const tagged = Number.parseFloat(tags.width ?? '')
    const spec = {
      kind, width: tagged > 0 ? tagged : widths[kind]!, layer: Number.parseInt(tags.layer ?? '0', 10) || 0,
      flags: (tagged > 0 ? 0 : PathFlag.widthAssumed) | (tags.crossing === 'traffic_signals' ? PathFlag.signal : 0),
    }
    let start = 0
    for (let i = 1; i < ids.length; i++) {
      if (i < ids.length - 1 && uses.get(ids[i]!)! < 2) continue
      const line = ids.slice(start, i + 1).map(placeOf)
      if (lineLength(line) > 0.5) graph.add(rowOf(ids[start]!), rowOf(ids[i]!), line.slice(1, -1), spec)
      start = i
    }
  }
}

/** Ways drawn by hand: all their points are nodes, so that lines that share one meet there. */
export function addDrawnPaths(graph: PathGraph, paths: readonly DrawnPath[]): void {
  const rows = new Map<string, number>()
  const rowOf = (point: Point): number => {
    const known = rows.get(String(point))
    if (known !== undefined) return known
    const row = graph.node(point)
    rows.set(String(point), row)
    return row
  }
  for (const { line, width } of paths) {
    for (const [i, point] of line.entries()) {
      if (i > 0) graph.add(rowOf(line[i - 1]!), rowOf(point), [], { kind: PathKind.pedestrian, width, flags: PathFlag.assumed | PathFlag.widthAssumed })
    }
  }
}

/** A mapped path within this of a sidewalk along a road is that sidewalk, if it goes along with most of it, m. */
const SAME = 7
const ALONG = 0.7
const STEP = 8
/** Ends that lose their sidewalk look for the mapped path this far, m. */
const REACH = 15

/** Takes out the assumed sidewalks beside which a path is mapped, and leads their ends to it. `first`: the first mapped edge. */
export function preferMapped(graph: PathGraph, first: number): number {
  const fits = (edge: { kind: number; layer: number }, row: number, layer: number): boolean => row >= first && edge.kind !== PathKind.crossing && edge.layer === layer
  const dropped: number[] = []
  for (let row = 0; row < first; row++) {
    const edge = graph.edges[row]!
    if (edge.kind !== PathKind.sidewalk || edge.parts) continue
    let [near, all] = [0, 0]
    for (let i = 1; i < edge.points.length; i++) {
      const [a, b] = [edge.points[i - 1]!, edge.points[i]!]
      const steps = Math.max(1, Math.round(distance(a, b) / STEP))
      for (let k = 0; k < steps; k++) {
        all += 1
        const t = (k + 0.5) / steps
        if (graph.nearest([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])], SAME, (other, at) => fits(other, at, edge.layer))) near += 1
      }
    }
    if (near >= ALONG * all) dropped.push(row)
  }
  for (const row of dropped) graph.remove(row)
  for (const row of dropped) {
    for (const node of [graph.edges[row]!.from, graph.edges[row]!.to]) linkTo(graph, node, REACH, (other, at) => fits(other, at, graph.edges[row]!.layer), 0)
  }
  return dropped.length
}

/** Joins a node to the nearest fitting edge within reach; false where there is none. */
export function linkTo(graph: PathGraph, node: number, reach: number, fits: (edge: { from: number; to: number; kind: number; layer: number }, row: number) => boolean, flags: number): boolean {
  const found = graph.nearest(graph.nodes[node]!, reach, (edge, row) => edge.from !== node && edge.to !== node && fits(edge, row))
  if (!found) return false
  const target = graph.cut(found.edge, found.at, found.segment)
  if (target !== node) graph.add(node, target, [], { kind: PathKind.link, width: 2.5, flags: PathFlag.assumed | PathFlag.widthAssumed | flags })
  return true
}

/** Mapped paths that end near a sidewalk or cross one on the same level are joined to it. */
export function joinPaths(graph: PathGraph, first: number, last: number): void {
  const degree = new Map<number, number>()
  const mapped = graph.edges.slice(first, last)
  for (const { from, to } of mapped) for (const node of [from, to]) degree.set(node, (degree.get(node) ?? 0) + 1)
  const roadside = (_: { layer: number }, row: number): boolean => row < first || row >= last
  for (const [node, count] of degree) if (count === 1) linkTo(graph, node, REACH + 5, (edge, row) => roadside(edge, row) && edge.layer === 0, 0)
  const linked = new Set<string>()
  for (let row = first; row < last; row++) {
    if (graph.edges[row]!.layer === 0) crossInto(graph, row, roadside, linked)
  }
}

/** Cuts an edge and a sidewalk where they cross, and joins them there; then goes on with the pieces. */
function crossInto(graph: PathGraph, row: number, roadside: (edge: { layer: number }, row: number) => boolean, linked: Set<string>): void {
  const edge = graph.edges[row]!
  if (edge.parts) {
    for (const part of edge.parts) if (part >= 0) crossInto(graph, part, roadside, linked)
    return
  }
  for (let i = 1; i < edge.points.length; i++) {
    const [a, b] = [edge.points[i - 1]!, edge.points[i]!]
    for (const otherRow of graph.near([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], distance(a, b) / 2 + 1)) {
      const other = graph.edges[otherRow]!
      if (!roadside(other, otherRow) || other.layer !== 0 || other.kind !== PathKind.sidewalk) continue
      if ([other.from, other.to].some(node => node === edge.from || node === edge.to)) continue
      for (let k = 1; k < other.points.length; k++) {
        const at = meet(a, b, other.points[k - 1]!, other.points[k]!)
        if (!at) continue
        const theirs = graph.cut(otherRow, at, k)
        const mine = graph.cut(row, at, i, theirs)
        if (mine !== theirs && !linked.has(`${mine} ${theirs}`)) {
          linked.add(`${mine} ${theirs}`)
          graph.add(mine, theirs, [], { kind: PathKind.link, width: 2.5, flags: PathFlag.widthAssumed })
        }
        if (edge.parts) return crossInto(graph, row, roadside, linked)
        break
      }
    }
  }
}

/** Where two segments cross, well within both. */
function meet(a: Point, b: Point, c: Point, d: Point): Point | null {
  const det = (b[0] - a[0]) * (d[1] - c[1]) - (b[1] - a[1]) * (d[0] - c[0])
  if (Math.abs(det) < 1e-9) return null
  const t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / det
  const at: Point = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
  return t >= 0 && t <= 1 && distance(at, nearestOn(at, c, d)) < 0.05 ? at : null
}
