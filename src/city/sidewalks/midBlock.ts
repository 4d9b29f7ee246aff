import { PathFlag, PathKind } from '../../sim'
import { distance, type Point } from '../layers/compile/geometry'
import type { OsmData } from '../osm'
import { toPlane } from '../projection'
import type { PathGraph } from './pathGraph'

/** Sidewalks on both sides of a mapped crossing lie within this of it, m. */
const REACH = 45
/** A crossing this near to another one is the same, seen on the other carriageway or at the junction, m. */
const SAME = 30
const WIDTH = 5

export interface MappedCrossing { readonly at: Point; readonly signal: boolean }

export const mappedCrossings = ({ nodes }: OsmData): MappedCrossing[] => [...nodes.values()].filter(node => node.tags?.highway === 'crossing')
  .sort((a, b) => a.id - b.id).map(node => ({ at: toPlane(node.lon, node.lat), signal: node.tags?.crossing?.includes('traffic_signals') ?? false }))

/** Crossings mapped between junctions, from the sidewalk on one side of the road to that on the other. */
export function addMidBlock(graph: PathGraph, crossings: readonly MappedCrossing[]): number {
  let added = 0
  for (const { at, signal } of crossings) {
    if (graph.nearest(at, SAME, edge => edge.kind === PathKind.crossing)) continue
    const own = graph.nearest(at, REACH, edge => edge.kind === PathKind.sidewalk && edge.link >= 0)
    if (!own) continue
    const { link, points, layer } = graph.edges[own.edge]!
    const [a, b] = [points[own.segment - 1]!, points[own.segment]!]
    // The other side: beyond the crossing, seen from this side.
    const side = (point: Point): number => (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    const length = distance(a, b)
    const facing = Math.sign(side(at))
    const other = graph.nearest(at, REACH, (edge, row) => row !== own.edge && edge.kind === PathKind.sidewalk && edge.layer === layer
      && edge.points.some((point, i) => i > 0 && across(edge.points[i - 1]!, point)))
    function across(c: Point, d: Point): boolean {
      const parallel = Math.abs((d[0] - c[0]) * (b[0] - a[0]) + (d[1] - c[1]) * (b[1] - a[1])) > 0.8 * length * distance(c, d)
      return parallel && Math.min(facing * side(c), facing * side(d)) > length * (own!.off + 1)
    }
    if (!other || distance(own.at, other.at) > REACH + 10) continue
    const from = graph.cut(own.edge, own.at, own.segment)
    const to = graph.cut(other.edge, other.at, other.segment)
    graph.add(from, to, [], { kind: PathKind.crossing, width: WIDTH, flags: PathFlag.widthAssumed | PathFlag.midBlock | (signal ? PathFlag.signal : 0), link, layer })
    added += 1
  }
  return added
}
