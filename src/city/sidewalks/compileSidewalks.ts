import { createTable, PathFlag, PathKind, sidewalkTables, type Network } from '../../sim'
import type { DrawnPath } from '../areas/compileAreas'
import { distance, type Point } from '../layers/compile/geometry'
import { sidewalksLayer, type SidewalkQuality } from '../layers/sidewalks'
import type { OsmData } from '../osm'
import { layerFile, StringList } from '../pack/layerKind'
import type { SourceEntry } from '../pack/manifest'
import type { LayerBuild } from '../pack/writePack'
import { addDrawnPaths, addMappedPaths, joinPaths, linkTo, preferMapped } from './mappedPaths'
import { addMidBlock, mappedCrossings } from './midBlock'
import { lineLength, PathGraph, type PathEdge } from './pathGraph'
import type { PathPlace } from './places'
import { addRoadside, type Sides } from './roadside'

export interface SidewalkSources {
  readonly extract: OsmData
  readonly network: Network
  readonly paths: readonly DrawnPath[]
  /** What the graph leads to. */
  readonly places: readonly PathPlace[]
  readonly sources: readonly SourceEntry[]
  groundAt(x: number, y: number): number
}

/** Parts of the graph that would be alone are joined to the nearest other one within this, m; shorter ones than `LEAST` are left out. */
const JOIN_REACH = 60
const LEAST = 60

/** Compiles the walking graph of a city. The same input gives the same graph. */
export function compileSidewalks(from: SidewalkSources): LayerBuild {
  const graph = new PathGraph()
  const crossings = mappedCrossings(from.extract)
  const crossingNear = finder(crossings.map(crossing => crossing.at))
  addRoadside(graph, from.network, sidesOf(from), crossingNear)
  const first = graph.edges.length
  addMappedPaths(graph, from.extract)
  addDrawnPaths(graph, from.paths)
  const last = graph.edges.length
  preferMapped(graph, first)
  joinPaths(graph, first, last)
  addMidBlock(graph, crossings)
  const joined = joinParts(graph)
  const nodes = from.places.flatMap(place => {
    const found = graph.nearest(place.at, place.reach, edge => edge.layer === 0 && edge.kind !== PathKind.crossing)
    return found ? [{ place, node: graph.cut(found.edge, found.at, found.segment), off: found.off }] : []
  })
  return { layer: layerOf(graph, nodes, joined, from), sources: from.sources }
}

/** Sidewalks that a map says are not there, or on one side only. A link runs with its way (+) or against it (-). */
function sidesOf({ extract, network: { links, strings } }: SidewalkSources): Sides {
  const tags = new Map(extract.ways.flatMap(way => (way.tags.sidewalk ? [[way.id, way.tags.sidewalk] as const] : [])))
  return link => {
    const [, way = '', sense = '+'] = /^w(\d+)([+-])/.exec(strings[links.id[link]!] ?? '') ?? []
    const tag = tags.get(Number(way)) ?? 'both'
    const right = sense === '+' ? 'right' : 'left'
    const left = sense === '+' ? 'left' : 'right'
    return { right: tag === right || (tag !== 'no' && tag !== 'none' && tag !== left), left: tag === left || (tag !== 'no' && tag !== 'none' && tag !== right) }
  }
}

function finder(points: readonly Point[]): (point: Point, reach: number) => boolean {
  const squares = new Map<string, Point[]>()
  for (const point of points) {
    const key = `${Math.floor(point[0] / 50)} ${Math.floor(point[1] / 50)}`
    squares.set(key, [...(squares.get(key) ?? []), point])
  }
  return (point, reach) => [-1, 0, 1].some(dx => [-1, 0, 1].some(dy =>
    (squares.get(`${Math.floor(point[0] / 50) + dx} ${Math.floor(point[1] / 50) + dy}`) ?? []).some(other => distance(point, other) <= reach)))
}

/** Joins parts that would be alone to the nearest edge of another part; takes out what stays alone and is short. */
function joinParts(graph: PathGraph): number {
  let joined = 0
  for (let round = 0; round < 4; round++) {
    const { part, lengths } = graph.components()
    const members: number[][] = lengths.map(() => [])
    for (const [node, of] of part.entries()) if (of > 0) members[of]!.push(node)
    let added = 0
    for (const nodes of members) {
      const best = nodes.map(node => ({ node, found: graph.nearest(graph.nodes[node]!, JOIN_REACH, edge => edge.layer === 0 && edge.kind !== PathKind.crossing && part[edge.from] !== part[node] && part[edge.from] !== undefined) }))
        .filter(({ found }) => found !== null).sort((a, b) => a.found!.off - b.found!.off)[0]
      if (!best) continue
      if (linkTo(graph, best.node, JOIN_REACH, (_, row) => row === best.found!.edge, PathFlag.joined)) added += 1
    }
    joined += added
    if (added === 0) break
  }
  const { part, lengths } = graph.components()
  for (const [row, edge] of graph.edges.entries()) if (!edge.parts && lengths[part[edge.from]!]! < LEAST) graph.remove(row)
  return joined
}

function layerOf(graph: PathGraph, places: readonly { place: PathPlace; node: number; off: number }[], joined: number, { groundAt }: SidewalkSources) {
  const { part, lengths } = graph.components()
  const edges = graph.live()
  const used = graph.nodes.map(() => -1)
  const order: number[] = []
  for (const { from, to } of edges) for (const node of [from, to]) if (used[node]! < 0) used[node] = order.push(node) - 1
  const around: number[][] = order.map(() => [])
  for (const [row, { from, to }] of edges.entries()) for (const node of new Set([from, to])) around[used[node]!]!.push(row)
  const strings = new StringList()
  const tables = {
    nodes: createTable(sidewalkTables.nodes, order.length),
    edges: createTable(sidewalkTables.edges, edges.length),
    nodeEdges: createTable(sidewalkTables.nodeEdges, around.reduce((sum, list) => sum + list.length, 0)),
    points: createTable(sidewalkTables.points, edges.reduce((sum, edge) => sum + edge.points.length, 0)),
    places: createTable(sidewalkTables.places, places.length),
  }
  let entry = 0
  for (const [row, node] of order.entries()) {
    const [x, y] = graph.nodes[node]!
    tables.nodes.x[row] = Math.round(x * 100) / 100
    tables.nodes.y[row] = Math.round(y * 100) / 100
    tables.nodes.z[row] = Math.round(groundAt(x, y) * 10) / 10
    tables.nodes.component[row] = part[node]!
    tables.nodes.edgeFirst[row] = entry
    tables.nodes.edgeCount[row] = around[row]!.length
    for (const edge of around[row]!) tables.nodeEdges.edge[entry++] = edge
  }
  let point = 0
  for (const [row, edge] of edges.entries()) {
    const table = tables.edges
    table.length[row] = Math.max(0.1, Math.round(lineLength(edge.points) * 100) / 100)
    table.from[row] = used[edge.from]!
    table.to[row] = used[edge.to]!
    table.pointFirst[row] = point
    table.pointCount[row] = edge.points.length
    table.link[row] = edge.link
    table.junction[row] = edge.junction
    table.width[row] = edge.width
    table.kind[row] = edge.kind
    table.layer[row] = edge.layer
    table.flags[row] = edge.flags
    for (const [x, y] of edge.points) {
      tables.points.x[point] = Math.round(x * 8) / 8
      tables.points.y[point++] = Math.round(y * 8) / 8
    }
  }
  for (const [row, { place, node, off }] of places.entries()) {
    tables.places.node[row] = used[node]!
    tables.places.name[row] = strings.row(place.name)
    tables.places.row[row] = place.row
    tables.places.distance[row] = Math.round(off * 10) / 10
    tables.places.kind[row] = place.kind
  }
  const quality: SidewalkQuality = qualityOf(edges, lengths, joined)
  return layerFile(sidewalksLayer, tables, strings.strings, { quality })
}

function qualityOf(edges: readonly PathEdge[], lengths: readonly number[], joined: number): SidewalkQuality {
  const names = Object.fromEntries(Object.entries(PathKind).map(([name, kind]) => [kind, name]))
  const kilometres: Record<string, number> = {}
  let [all, mapped] = [0, 0]
  for (const { kind, points, flags } of edges) {
    const length = lineLength(points)
    kilometres[names[kind]!] = (kilometres[names[kind]!] ?? 0) + length / 1000
    all += length
    if (!(flags & PathFlag.assumed)) mapped += length
  }
  for (const name of Object.keys(kilometres)) kilometres[name] = Math.round(kilometres[name]! * 10) / 10
  const share = (part: number): number => all === 0 ? 0 : Math.round((part / all) * 10000) / 10000
  return { kilometres, mapped: share(mapped), largestComponent: share(lengths[0] ?? 0), components: lengths.filter(length => length >= LEAST).length, joined }
}
