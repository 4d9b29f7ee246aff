import type { Notes } from '../importReport'
import type { SumoConnection, SumoEdge, SumoNet, SumoNode } from './sumoNet'

/** A network whose junctions a few metres apart are one, and the edges that went: with edges before and after them. */
export interface JoinedNet {
  readonly net: SumoNet
  readonly inside: ReadonlyMap<string, { readonly before: readonly string[]; readonly after: readonly string[] }>
}

/** m: edges between junctions that are shorter hold no vehicle; between stop lines, and from node to node in plain files. */
const SHORT_TRIMMED = 5
const SHORT_PLAIN = 12
const NODES_MAX = 6

/**
 * Joins unsignalised junctions that lie closer together than a vehicle is long, as `netconvert --junctions.join` does: a
 * ring of such links would lock for good. Turns lead through: from each lane that enters to each edge that leaves, by the
 * way with the fewest lanes crossed.
 */
export function joinJunctions(net: SumoNet, approximated: Notes): JoinedNet {
  const lit = new Set(net.connections.flatMap(({ from, tl }) => (tl === undefined ? [] : [net.edges.get(from)?.to ?? ''])))
  const plainNode = (id: string): boolean => !lit.has(id) && !(net.nodes.get(id)?.type ?? '').startsWith('traffic_light')
  const bySource = new Map<string, SumoConnection[]>()
  for (const connection of net.connections) if (connection.fromLane >= 0 && connection.toLane >= 0) bySource.set(connection.from, [...bySource.get(connection.from) ?? [], connection])
  const short = [...net.edges.values()].filter(edge => edge.from !== edge.to && net.nodes.has(edge.from) && net.nodes.has(edge.to)
    && lengthOf(net, edge) < (net.trimmed ? SHORT_TRIMMED : SHORT_PLAIN) && plainNode(edge.from) && plainNode(edge.to) && bySource.has(edge.id))
  const home = new Map<string, Set<string>>()
  for (const { from, to } of short) {
    const cluster = new Set([...home.get(from) ?? [from], ...home.get(to) ?? [to]])
    for (const id of cluster) home.set(id, cluster)
  }
  const inner = new Set(short.map(({ id }) => id))
  // A longer edge from a cluster back to itself would become a loop.
  const spoilt = new Set<Set<string>>()
  for (const edge of net.edges.values()) {
    const cluster = home.get(edge.from)
    if (cluster && cluster === home.get(edge.to) && !inner.has(edge.id)) spoilt.add(cluster)
  }
  const clusters = [...new Set(home.values())].filter(cluster => cluster.size <= NODES_MAX && !spoilt.has(cluster))
  if (clusters.length === 0) return { net, inside: new Map() }
  const joined = new Set(clusters)
  const isInner = (id: string): boolean => inner.has(id) && joined.has(home.get(net.edges.get(id)!.from)!)
  const nameOf = (id: string): string => (joined.has(home.get(id)!) ? [...home.get(id)!].join('+') : id)

  const arms = new Map<string, number>()
  for (const { from, to } of net.edges.values()) for (const id of [from, to]) arms.set(id, (arms.get(id) ?? 0) + 1)
  const nodes = new Map<string, SumoNode>()
  for (const node of net.nodes.values()) if (!joined.has(home.get(node.id)!)) nodes.set(node.id, node)
  for (const cluster of clusters) {
    const members = [...cluster].map(id => net.nodes.get(id)!)
    const mean = (of: (node: SumoNode) => number): number => members.reduce((sum, node) => sum + of(node), 0) / members.length
    const name = nameOf(members[0]!.id)
    // Order is kept as at the junction where most roads meet.
    const main = members.reduce((most, node) => (arms.get(node.id)! > arms.get(most.id)! ? node : most))
    nodes.set(name, { ...main, id: name, x: mean(({ x }) => x), y: mean(({ y }) => y), responses: [], incoming: [] })
    approximated.add('junctions less than a vehicle apart: joined', name)
  }
  const edges = new Map<string, SumoEdge>()
  for (const edge of net.edges.values()) if (!isInner(edge.id)) edges.set(edge.id, { ...edge, from: nameOf(edge.from), to: nameOf(edge.to) })
  const connections = net.connections.filter(({ from, to }) => !isInner(from) && !(to !== '' && net.edges.has(to) && isInner(to)))
  for (const edge of net.edges.values()) {
    if (isInner(edge.id) || !joined.has(home.get(edge.to)!)) continue
    connections.push(...throughCluster(edge.id, bySource, isInner))
  }
  const inside = new Map(short.filter(({ id }) => isInner(id)).map(({ id, from }) => {
    const cluster = home.get(from)!
    const outer = [...net.edges.values()].filter(edge => !isInner(edge.id))
    return [id, { before: outer.filter(edge => cluster.has(edge.to)).map(edge => edge.id), after: outer.filter(edge => cluster.has(edge.from)).map(edge => edge.id) }]
  }))
  return { net: { ...net, nodes, edges, connections }, inside }
}

/** Connections from an edge through the short ones to those that leave the cluster. */
function throughCluster(from: string, bySource: ReadonlyMap<string, readonly SumoConnection[]>, isInner: (id: string) => boolean): SumoConnection[] {
  const best = new Map<string, { crossed: number; found: Map<string, SumoConnection> }>()
  const walk = (first: SumoConnection, last: SumoConnection, crossed: number, seen: readonly string[]): void => {
    if (!isInner(last.to)) {
      if (seen.length === 0) return // it leads out at once and is there already
      const entry = best.get(last.to) ?? { crossed: Infinity, found: new Map<string, SumoConnection>() }
      if (crossed < entry.crossed) { entry.crossed = crossed; entry.found.clear() }
      if (crossed === entry.crossed) entry.found.set(`${first.fromLane} ${last.toLane}`, { ...first, to: last.to, toLane: last.toLane, via: -1 })
      best.set(last.to, entry)
      return
    }
    if (seen.includes(last.to) || seen.length > 4) return
    for (const next of bySource.get(last.to) ?? []) walk(first, next, crossed + Math.abs(next.fromLane - last.toLane), [...seen, last.to])
  }
  for (const connection of bySource.get(from) ?? []) walk(connection, connection, 0, [])
  return [...best.values()].flatMap(({ found }) => [...found.values()])
}

function lengthOf(net: SumoNet, edge: SumoEdge): number {
  if (net.trimmed) return edge.lanes[0]?.length ?? Infinity
  const from = net.nodes.get(edge.from)!, to = net.nodes.get(edge.to)!
  const [ax, ay] = net.toPlane(from.x, from.y)
  const [bx, by] = net.toPlane(to.x, to.y)
  return Math.hypot(bx - ax, by - ay)
}
