import { RoadClass } from '../../sim'
import { enters, incidence, leaves, lengthWeight, otherEnd, type Edge } from './graph'
import type { Places } from './places'
import { isMain, isRamp } from './roadWays'

/** Dead ends of service roads shorter than this lead to nothing that traffic is about, m. */
const STUB_SERVICE = 60
/** Dead ends of other small roads shorter than this are drawing remnants, m. */
const STUB_MINOR = 15
/** Service roads that meet an approach within this of a junction would put a stop inside its queue, m. */
const DRIVEWAY_CLEAR = 25
const DRIVEWAY_ARM = 80

/** A piece of road that the compiler left out, and why. */
export interface Dropped {
  readonly reason: 'stub' | 'driveway' | 'slipRoad' | 'unconnected'
  readonly name: string
  readonly length: number
  readonly edges: number
  readonly at: readonly [number, number]
}

/** Takes away short dead-end stubs, again and again until none is left. Nodes of `keep` (gateways) count as connected. */
export function dropStubs(edges: readonly Edge[], places: Places, keep: ReadonlySet<number>, dropped: Dropped[]): Edge[] {
  let alive = [...edges]
  for (;;) {
    const at = incidence(alive)
    const stub = (edge: Edge): boolean => {
      if (!endsIn(edge.from) && !endsIn(edge.to)) return false
      if (edge.road.class === RoadClass.service) return edge.length < STUB_SERVICE || ['driveway', 'alley'].includes(edge.road.service)
      return !isMain(edge.road.class) && edge.length < STUB_MINOR
    }
    const endsIn = (node: number): boolean => at.get(node)!.length === 1 && !keep.has(node)
    const rest = alive.filter(edge => {
      if (!stub(edge)) return true
      dropped.push(drop('stub', [edge], places))
      return false
    })
    if (rest.length === alive.length) return rest
    alive = rest
  }
}

/** Takes away service roads that meet an approach close to a real junction, or cut across its corner. */
export function dropDriveways(edges: readonly Edge[], places: Places, dropped: Dropped[]): Edge[] {
  const at = incidence(edges.filter(edge => edge.road.class !== RoadClass.service))
  const junctions = new Set([...at].filter(([, list]) => list.length >= 3 && list.some(edge => isMain(edge.road.class))).map(([node]) => node))
  const close = new Set<number>()
  // Walk outwards from each junction; service roads cut the approaches into pieces.
  for (const junction of junctions) {
    const queue: [number, number][] = [[junction, 0]]
    const seen = new Set([junction])
    while (queue.length > 0) {
      const [node, distance] = queue.shift()!
      for (const edge of at.get(node)!) {
        const next = otherEnd(edge, node)
        if (distance + edge.length > DRIVEWAY_CLEAR || seen.has(next)) continue
        seen.add(next)
        if (!junctions.has(next)) close.add(next)
        queue.push([next, distance + edge.length])
      }
    }
  }
  return edges.filter(edge => {
    if (edge.road.class !== RoadClass.service) return true
    // At the junction itself a service road may be a proper arm, if it is long enough to lead somewhere.
    const cornerCut = junctions.has(edge.from) && junctions.has(edge.to)
    const shortArm = (junctions.has(edge.from) || junctions.has(edge.to)) && edge.length < DRIVEWAY_ARM
    if (!close.has(edge.from) && !close.has(edge.to) && !cornerCut && !shortArm) return true
    dropped.push(drop('driveway', [edge], places))
    return false
  })
}

/**
 * Keeps the edges of the largest strongly connected component, with gateways joined outside the city; the rest is
 * reported piece by piece.
 */
export function keepConnected(edges: readonly Edge[], places: Places, gateways: ReadonlySet<number>, dropped: Dropped[]): Edge[] {
  const nodes = [...new Set(edges.flatMap(edge => [edge.from, edge.to]))]
  const row = new Map(nodes.map((node, index) => [node, index]))
  const arcs: number[][] = nodes.map(() => [])
  const outside = nodes.length
  arcs.push([])
  for (const edge of edges) {
    arcs[row.get(edge.from)!]!.push(row.get(edge.to)!)
    if (!edge.road.oneway) arcs[row.get(edge.to)!]!.push(row.get(edge.from)!)
  }
  const at = incidence(edges)
  for (const node of gateways) {
    const index = row.get(node)
    if (index === undefined) continue
    if (at.get(node)!.some(edge => enters(edge, node))) arcs[index]!.push(outside)
    if (at.get(node)!.some(edge => leaves(edge, node))) arcs[outside]!.push(index)
  }
  const component = strongComponents(arcs)
  const weights = new Map<number, number>()
  for (const edge of edges) {
    const of = component[row.get(edge.from)!]!
    if (of === component[row.get(edge.to)!]) weights.set(of, (weights.get(of) ?? 0) + lengthWeight(edge))
  }
  const main = [...weights].sort((a, b) => b[1] - a[1])[0]?.[0]
  const inMain = (edge: Edge): boolean => component[row.get(edge.from)!] === main && component[row.get(edge.to)!] === main
  for (const piece of weakPieces(edges.filter(edge => !inMain(edge)))) dropped.push(drop('unconnected', piece, places))
  return edges.filter(inMain)
}

/** Component number of each row; Tarjan's algorithm without recursion. */
export function strongComponents(arcs: readonly (readonly number[])[]): Int32Array {
  const count = arcs.length
  const order = new Int32Array(count).fill(-1)
  const low = new Int32Array(count)
  const component = new Int32Array(count).fill(-1)
  const cursor = new Int32Array(count)
  const stack: number[] = []
  let orderNext = 0
  let components = 0
  for (let root = 0; root < count; root++) {
    if (order[root] !== -1) continue
    const path = [root]
    order[root] = low[root] = orderNext++
    stack.push(root)
    while (path.length > 0) {
      const node = path.at(-1)!
      const next = arcs[node]![cursor[node]!]
      if (next !== undefined) {
        cursor[node]! += 1
        if (order[next] === -1) {
          order[next] = low[next] = orderNext++
          stack.push(next)
          path.push(next)
        } else if (component[next] === -1) low[node] = Math.min(low[node]!, order[next]!)
        continue
      }
      path.pop()
      const parent = path.at(-1)
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[node]!)
      if (low[node] !== order[node]) continue
      for (;;) {
        const member = stack.pop()!
        component[member] = components
        if (member === node) break
      }
      components += 1
    }
  }
  return component
}

function weakPieces(edges: readonly Edge[]): Edge[][] {
  const at = incidence(edges)
  const seen = new Set<Edge>()
  const pieces: Edge[][] = []
  for (const edge of edges) {
    if (seen.has(edge)) continue
    const piece: Edge[] = []
    const queue = [edge]
    seen.add(edge)
    while (queue.length > 0) {
      const current = queue.pop()!
      piece.push(current)
      for (const node of [current.from, current.to]) {
        for (const next of at.get(node)!) {
          if (!seen.has(next)) {
            seen.add(next)
            queue.push(next)
          }
        }
      }
    }
    pieces.push(piece)
  }
  return pieces
}

export function drop(reason: Dropped['reason'], edges: readonly Edge[], places: Places): Dropped {
  const longest = edges.reduce((best, edge) => (edge.length > best.length ? edge : best))
  const named = edges.filter(edge => edge.road.name && !isRamp(edge.road.class)).sort((a, b) => b.length - a.length)[0] ?? longest
  return {
    reason, name: named.road.name || named.road.key, edges: edges.length,
    length: edges.reduce((sum, edge) => sum + edge.length, 0), at: places.at(longest.nodes[longest.nodes.length >> 1]!),
  }
}
