import type { Places } from './places'
import type { RoadWay } from './roadWays'

/** A piece of road between two nodes where roads meet or end. Still two-way where the road is. */
export interface Edge {
  readonly road: RoadWay
  /** Index in the source way of the first node: with the way's key, a stable name. */
  readonly index: number
  readonly nodes: readonly number[]
  readonly from: number
  readonly to: number
  readonly length: number
}

/** Splits roads wherever a node is shared or a road ends; closed roads are split in the middle. */
export function makeEdges(roads: readonly RoadWay[], places: Places): Edge[] {
  const uses = new Map<number, number>()
  for (const road of roads) {
    for (const [i, id] of road.nodes.entries()) {
      uses.set(id, (uses.get(id) ?? 0) + (i === 0 || i === road.nodes.length - 1 ? 2 : 1))
    }
  }
  const edges: Edge[] = []
  for (const road of roads) {
    let start = 0
    for (let i = 1; i < road.nodes.length; i++) {
      if (uses.get(road.nodes[i]!)! < 2) continue
      pushEdge(edges, road, road.nodes.slice(start, i + 1), road.firstIndex + start, places)
      start = i
    }
  }
  return edges
}

function pushEdge(edges: Edge[], road: RoadWay, nodes: number[], index: number, places: Places): void {
  const from = nodes[0]!
  const to = nodes.at(-1)!
  if (from === to) {
    // A loop needs a node on the way, so that it has two ends.
    if (nodes.length < 4) return
    const middle = nodes.length >> 1
    pushEdge(edges, road, nodes.slice(0, middle + 1), index, places)
    pushEdge(edges, road, nodes.slice(middle), index + middle, places)
    return
  }
  edges.push({ road, index, nodes, from, to, length: places.length(nodes) })
}

/** Edges at each node. */
export function incidence(edges: readonly Edge[]): Map<number, Edge[]> {
  const at = new Map<number, Edge[]>()
  const add = (node: number, edge: Edge): void => {
    const list = at.get(node)
    if (list) list.push(edge)
    else at.set(node, [edge])
  }
  for (const edge of edges) {
    add(edge.from, edge)
    add(edge.to, edge)
  }
  return at
}

export const otherEnd = (edge: Edge, node: number): number => (edge.from === node ? edge.to : edge.from)
export const leaves = (edge: Edge, node: number): boolean => edge.from === node || !edge.road.oneway
export const enters = (edge: Edge, node: number): boolean => edge.to === node || !edge.road.oneway

/**
 * Direction (unit vector) of an edge at one of its ends, pointing away from that end along the road, taken over the
 * first 15 m so that a kink at the stop line does not show.
 */
export function headingFrom(edge: Edge, node: number, places: Places): readonly [number, number] {
  const nodes = edge.from === node ? edge.nodes : edge.nodes.toReversed()
  const [x0, y0] = places.at(node)
  let x = x0
  let y = y0
  for (const id of nodes.slice(1)) {
    ;[x, y] = places.at(id)
    if (Math.hypot(x - x0, y - y0) >= 15) break
  }
  const length = Math.hypot(x - x0, y - y0) || 1
  return [(x - x0) / length, (y - y0) / length]
}

/** Metres of lane that a graph of edges has, before lanes are known: used to weigh components. */
export const lengthWeight = (edge: Edge): number => edge.length * (edge.road.oneway ? 1 : 2)
