import { createTable, PathKind, sidewalkTables, type SidewalkGraph } from '../../../src/sim'

export type Edge = readonly [from: number, to: number, width: number, kind?: number]

/** A graph of straight edges between places. */
export function graphOf(places: readonly (readonly [number, number])[], list: readonly Edge[]): SidewalkGraph {
  const around = places.map((_, node) => list.flatMap(([from, to], edge) => (from === node || to === node ? [edge] : [])))
  const graph = {
    nodes: createTable(sidewalkTables.nodes, places.length), edges: createTable(sidewalkTables.edges, list.length), places: createTable(sidewalkTables.places, 0),
    nodeEdges: createTable(sidewalkTables.nodeEdges, around.flat().length), points: createTable(sidewalkTables.points, 2 * list.length), strings: [],
  }
  let entry = 0
  for (const [node, [x, y]] of places.entries()) {
    graph.nodes.x[node] = x
    graph.nodes.y[node] = y
    graph.nodes.edgeFirst[node] = entry
    graph.nodes.edgeCount[node] = around[node]!.length
    for (const edge of around[node]!) graph.nodeEdges.edge[entry++] = edge
  }
  for (const [edge, [from, to, width, kind = PathKind.sidewalk]] of list.entries()) {
    const [[ax, ay], [bx, by]] = [places[from]!, places[to]!]
    graph.edges.length[edge] = Math.hypot(bx - ax, by - ay)
    graph.edges.from[edge] = from
    graph.edges.to[edge] = to
    graph.edges.width[edge] = width
    graph.edges.kind[edge] = kind
    graph.edges.pointFirst[edge] = 2 * edge
    graph.edges.pointCount[edge] = 2
    graph.points.x.set([ax, bx], 2 * edge)
    graph.points.y.set([ay, by], 2 * edge)
  }
  return graph
}
