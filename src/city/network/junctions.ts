import { RoadClass } from '../../sim'
import { enters, headingFrom, incidence, leaves, otherEnd, type Edge } from './graph'
import type { Places } from './places'
import { isExpressway, isRamp } from './roadWays'

/** Nodes joined by a stub up to this belong to one junction; shorter links would hold no car once trimmed, m. */
const STUB_JOIN = 27
/** Arms of a roundabout stay apart, m. */
const ROUNDABOUT_JOIN = 6
/** Entrances stay apart from the road they lead to, m. */
const SERVICE_JOIN = 22
/** Stub between parallel carriageways of one road (its median, or the strip to its frontage road), m. */
const MEDIAN_JOIN = 48
/** Stub between two signalised nodes: one crossing with one program, m. */
const SIGNAL_JOIN = 42
/** The same where the stub crosses the space between opposite carriageways, such as the piers of a viaduct, m. */
const SIGNAL_MEDIAN_JOIN = 62
/** A junction is never wider than this, m. */
const SPREAD_MAX = 75
const SPREAD_MEDIAN_MAX = 115
/** A signal stands at most this far ahead of the junction that it belongs to, m. */
const SIGNAL_AHEAD = 48

export interface Junctions {
  /** Junction (by its lowest node id) of every node of the graph that is an end of an edge. */
  readonly of: ReadonlyMap<number, number>
  /** Edges inside junctions: they become turns. */
  readonly internal: ReadonlySet<Edge>
  /** Junctions with a mapped signal. */
  readonly signals: ReadonlySet<number>
  /** Signals at pedestrian crossings between junctions: no vehicle signal. */
  readonly midBlockSignals: readonly number[]
}

/** A run of edges through nodes where only two edges meet, from one junction node to the next. */
export interface Chain { edges: Edge[]; from: number; to: number; length: number }

/** Finds which nodes make up one real junction, and where signals belong. */
export function findJunctions(edges: readonly Edge[], places: Places): Junctions {
  const at = incidence(edges)
  const isJunction = (node: number): boolean => (at.get(node)?.length ?? 0) >= 3
  const chains = findChains(at, isJunction)
  const groups = new Groups(places)
  const candidates = chains
    .filter(chain => chain.from !== chain.to)
    .map(chain => ({ chain, median: isMedian(chain, at, places) }))
    .filter(({ chain, median }) => chain.length <= joinLimit(chain, median))
    .sort((a, b) => a.chain.length - b.chain.length || a.chain.from - b.chain.from || a.chain.to - b.chain.to)
  const stubs = new Set(candidates.map(({ chain }) => chain))
  for (const { chain, median } of candidates) groups.join(chain.from, chain.to, median ? SPREAD_MEDIAN_MAX : SPREAD_MAX)

  let found = locateSignals(edges, at, groups, isJunction)
  // Two signalised nodes with a short link between them are one crossing.
  const close = chains
    .filter(chain => chain.from !== chain.to && chain.edges.every(edge => !isRamp(edge.road.class))
      && (chain.length <= SIGNAL_JOIN || isMedian(chain, at, places, SIGNAL_MEDIAN_JOIN, true)))
    .sort((a, b) => a.length - b.length || a.from - b.from)
  for (const chain of close) {
    if (found.signals.has(groups.of(chain.from)) && found.signals.has(groups.of(chain.to))) groups.join(chain.from, chain.to, SPREAD_MEDIAN_MAX)
  }
  found = locateSignals(edges, at, groups, isJunction)

  const of = new Map([...at.keys()].map(node => [node, groups.of(node)]))
  const internal = new Set<Edge>()
  for (const chain of chains) {
    if (of.get(chain.from) !== of.get(chain.to)) continue
    // A slip road around the corner of its own junction is a turn; a longer loop is a road.
    const slip = chain.edges.every(edge => isRamp(edge.road.class)) && chain.length < 110
    const joined = stubs.has(chain) || chain.length <= STUB_JOIN || slip
      || (chain.length < SPREAD_MEDIAN_MAX && isInside(chain, groups, places))
    if (!joined) continue
    for (const edge of chain.edges) internal.add(edge)
    for (const edge of chain.edges) for (const node of [edge.from, edge.to]) of.set(node, of.get(chain.from)!)
  }
  return { of, internal, signals: found.signals, midBlockSignals: found.midBlock }
}

export function findChains(at: ReadonlyMap<number, Edge[]>, isJunction: (node: number) => boolean): Chain[] {
  const chains: Chain[] = []
  const seen = new Set<Edge>()
  const starts = [...at.keys()].filter(isJunction).sort((a, b) => a - b)
  for (const from of starts) {
    for (const first of at.get(from)!) {
      if (seen.has(first)) continue
      const edges = [first]
      let to = otherEnd(first, from)
      while (at.get(to)!.length === 2) {
        const next = at.get(to)!.find(edge => edge !== edges.at(-1))
        if (!next || edges.includes(next)) break
        edges.push(next)
        to = otherEnd(next, to)
      }
      for (const edge of edges) seen.add(edge)
      chains.push({ edges, from, to, length: edges.reduce((sum, edge) => sum + edge.length, 0) })
    }
  }
  return chains
}

/** Whether all that happens at a node is that one-way roads part or come together. */
export function isMerge(node: number, at: ReadonlyMap<number, Edge[]>): boolean {
  const list = at.get(node)!
  return list.length === 3 && list.every(edge => edge.road.oneway)
}

function joinLimit(chain: Chain, median: boolean): number {
  if (chain.edges.some(edge => edge.road.roundabout)) return ROUNDABOUT_JOIN
  if (chain.edges.some(edge => edge.road.class === RoadClass.service)) return SERVICE_JOIN
  return median ? MEDIAN_JOIN : STUB_JOIN
}

/**
 * Whether a chain lies across the space between two parallel one-way carriageways of one road: opposite ones over the
 * median, or a main carriageway and its frontage road.
 */
function isMedian(chain: Chain, at: ReadonlyMap<number, Edge[]>, places: Places, limit = MEDIAN_JOIN, oppositeOnly = false): boolean {
  if (chain.length > limit || chain.edges.some(edge => edge.road.roundabout)) return false
  const a = throughRoads(chain.from, chain.edges[0]!, at, places)
  const b = throughRoads(chain.to, chain.edges.at(-1)!, at, places)
  const [fx, fy] = places.at(chain.from)
  const [tx, ty] = places.at(chain.to)
  const apart = Math.hypot(tx - fx, ty - fy) || 1
  return a.some(one => b.some(other => {
    const along = one.x * other.x + one.y * other.y
    const across = Math.abs(one.x * (tx - fx) + one.y * (ty - fy)) / apart
    if (across > (along > 0 ? 0.4 : 0.65)) return false
    if (oppositeOnly && (along > 0 || one.name !== other.name)) return false
    const related = one.name === other.name || (one.name !== '' && other.name !== '' && (one.name.startsWith(other.name) || other.name.startsWith(one.name)))
    return Math.abs(along) > 0.7 && related && (along < 0 || one.name !== '')
  }))
}

/** One-way roads that run through a node besides the chain: direction of travel and name. */
function throughRoads(node: number, chainEdge: Edge, at: ReadonlyMap<number, Edge[]>, places: Places): { x: number; y: number; name: string }[] {
  const others = at.get(node)!.filter(edge => edge !== chainEdge && edge.road.oneway)
  const result: { x: number; y: number; name: string }[] = []
  for (const into of others.filter(edge => edge.to === node)) {
    for (const out of others.filter(edge => edge.from === node)) {
      const [ix, iy] = headingFrom(into, node, places)
      const [ox, oy] = headingFrom(out, node, places)
      // A frontage road may come out of a ramp, or go into one.
      if (isRamp(into.road.class) && isRamp(out.road.class)) continue
      if (-(ix * ox + iy * oy) > 0.7) result.push({ x: ox, y: oy, name: (isRamp(into.road.class) ? '' : into.road.name) || out.road.name })
    }
  }
  return result
}

/** A short road whose middle lies between the nodes of its own junction. */
function isInside(chain: Chain, groups: Groups, places: Places): boolean {
  const [cx, cy] = groups.centre(chain.from)
  const radius = Math.max(...groups.members(chain.from).map(node => Math.hypot(places.at(node)[0] - cx, places.at(node)[1] - cy)))
  return chain.edges.every(edge => edge.nodes.every(node => Math.hypot(places.at(node)[0] - cx, places.at(node)[1] - cy) <= radius + 6))
}

/**
 * Each mapped signal goes to the junction ahead of it, in the direction of travel that it faces; what finds none
 * within reach is a pedestrian crossing between junctions.
 */
function locateSignals(edges: readonly Edge[], at: ReadonlyMap<number, Edge[]>, groups: Groups, isJunction: (node: number) => boolean): { signals: Set<number>; midBlock: number[] } {
  const signals = new Set<number>()
  const lost = new Set<number>()
  const used = new Set<number>()
  const places = groups.places
  const isSignal = (node: number): boolean => places.tags(node)?.highway === 'traffic_signals'
  const real = (node: number): boolean => isJunction(node) && (groups.members(node).some(member => isJunction(member) && !isMerge(member, at)) || hasCrossing(groups.members(node), at, places))
  for (const edge of edges) {
    for (const [i, node] of edge.nodes.entries()) {
      if (!isSignal(node) || isExpressway(edge.road.class) && !isJunction(node)) continue
      if (real(node)) {
        signals.add(groups.of(node))
        used.add(node)
        continue
      }
      const facing = places.tags(node)?.['traffic_signals:direction']
      const walks: boolean[] = edge.road.oneway ? [true] : facing === 'forward' ? [true] : facing === 'backward' ? [false] : [true, false]
      // On a two-way road that does not say, a signal faces the nearer junction.
      const targets = walks.flatMap(forward => walkAhead(edge, i, forward, at, places, real) ?? []).sort((a, b) => a.distance - b.distance)
      if (targets[0]) {
        signals.add(groups.of(targets[0].node))
        used.add(node)
      } else lost.add(node)
    }
  }
  return { signals, midBlock: [...lost].filter(node => !used.has(node)).sort((a, b) => a - b) }
}

/**
 * Whether roads come into a junction at an angle to each other (50 to 130 degrees), so that a signal there parts them.
 * Where carriageways only part and come together, a signal is for those who walk across.
 */
function hasCrossing(members: readonly number[], at: ReadonlyMap<number, Edge[]>, places: Places): boolean {
  const headings = members.flatMap(node => at.get(node)!
    .filter(edge => enters(edge, node) && !isRamp(edge.road.class) && !members.includes(otherEnd(edge, node))).map(edge => headingFrom(edge, node, places)))
  return headings.some(([ax, ay]) => headings.some(([bx, by]) => Math.abs(ax * bx + ay * by) < 0.643))
}

function walkAhead(edge: Edge, index: number, forward: boolean, at: ReadonlyMap<number, Edge[]>, places: Places, real: (node: number) => boolean): { node: number; distance: number } | null {
  let current = edge
  let nodes = forward ? edge.nodes.slice(index) : edge.nodes.slice(0, index + 1).toReversed()
  let distance = 0
  for (let step = 0; step < 8; step++) {
    distance += places.length(nodes)
    if (distance > SIGNAL_AHEAD) return null
    const end = nodes.at(-1)!
    if (real(end)) return { node: end, distance }
    // Past the start of a slip road, or a mere split of the way, the approach goes on under its own name.
    const on = at.get(end)!.filter(next => next !== current && leaves(next, end))
    const next = on.find(candidate => candidate.road.name === current.road.name && candidate.road.class === current.road.class) ?? (on.length === 1 ? on[0] : undefined)
    if (!next) return null
    current = next
    nodes = next.from === end ? [...next.nodes] : next.nodes.toReversed()
  }
  return null
}

/** Disjoint sets of nodes with a limit on how far apart members may lie. */
class Groups {
  readonly places: Places
  readonly #root = new Map<number, number>()
  readonly #members = new Map<number, number[]>()

  constructor(places: Places) {
    this.places = places
  }

  /** Lowest node of the group. */
  of(node: number): number {
    let root = node
    for (let up = this.#root.get(root); up !== undefined && up !== root; up = this.#root.get(root)) root = up
    return root
  }

  members(node: number): readonly number[] {
    const root = this.of(node)
    return this.#members.get(root) ?? [root]
  }

  centre(node: number): readonly [number, number] {
    const members = this.members(node)
    let x = 0
    let y = 0
    for (const member of members) {
      x += this.places.at(member)[0] / members.length
      y += this.places.at(member)[1] / members.length
    }
    return [x, y]
  }

  join(a: number, b: number, spreadMax: number): boolean {
    const [rootA, rootB] = [this.of(a), this.of(b)]
    if (rootA === rootB) return true
    const members = [...this.members(rootA), ...this.members(rootB)]
    for (const one of this.members(rootA)) {
      for (const other of this.members(rootB)) if (this.places.distance(one, other) > spreadMax) return false
    }
    const root = Math.min(rootA, rootB)
    this.#root.set(Math.max(rootA, rootB), root)
    this.#members.set(root, members.sort((x, y) => x - y))
    return true
  }
}
