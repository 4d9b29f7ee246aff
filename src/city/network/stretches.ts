import type { Edge } from './graph'
import type { RoadStandard } from './guesses'
import type { Junctions } from './junctions'
import type { Places } from './places'
import type { RoadWay } from './roadWays'

/**
 * A road between two junctions after merging: a run of edges, each with the sense in which it is passed. One-way
 * stretches run in the direction of travel.
 */
export interface Stretch {
  parts: Part[]
  from: number
  to: number
  length: number
  /** The part whose tags speak for the whole: the longest. */
  main: Part
}

export interface Part {
  readonly edge: Edge
  readonly reversed: boolean
}

/** A piece shorter than this takes over the lanes of its longer neighbour, m. */
const ABSORB = 30

/** Joins edges through nodes where nothing happens. `fixed` nodes (gateways, signals) always stay. */
export function makeStretches(edges: readonly Edge[], junctions: Junctions, fixed: ReadonlySet<number>, standards: ReadonlyMap<RoadWay, RoadStandard>): Stretch[] {
  const of = (node: number): number => junctions.of.get(node) ?? node
  const stretches = new Set<Stretch>()
  const at = new Map<number, Set<Stretch>>()
  const members = new Map<number, Set<number>>()
  const attach = (stretch: Stretch): void => {
    stretches.add(stretch)
    for (const node of [stretch.from, stretch.to]) {
      const set = at.get(node)
      if (set) set.add(stretch)
      else at.set(node, new Set([stretch]))
    }
  }
  for (const edge of edges) {
    for (const node of [edge.from, edge.to]) {
      const set = members.get(of(node))
      if (set) set.add(node)
      else members.set(of(node), new Set([node]))
    }
    if (junctions.internal.has(edge)) continue
    const part = { edge, reversed: false }
    attach({ parts: [part], from: of(edge.from), to: of(edge.to), length: edge.length, main: part })
  }
  for (const node of [...at.keys()].sort((a, b) => a - b)) {
    if (fixed.has(node) || members.get(node)!.size > 1) continue
    const pair = [...at.get(node)!]
    if (pair.length !== 2 || pair.some(stretch => stretch.from === stretch.to)) continue
    const joined = join(pair[0]!, pair[1]!, node, standards)
    if (!joined) continue
    for (const old of pair) {
      stretches.delete(old)
      for (const end of [old.from, old.to]) at.get(end)!.delete(old)
    }
    attach(joined)
  }
  return [...stretches].flatMap(stretch => (stretch.from === stretch.to ? halves(stretch) : [stretch]))
}

/** A loop needs a node on the way: the part boundary or point of an edge nearest to its middle. */
function halves(loop: Stretch): Stretch[] {
  let before = 0
  let best = { part: 0, at: 0, off: Infinity }
  for (const [index, { edge, reversed }] of loop.parts.entries()) {
    const last = edge.nodes.length - 1
    for (let i = 1; i <= last; i++) {
      if (index === loop.parts.length - 1 && i === last) break
      const off = Math.abs(before + (i / last) * edge.length - loop.length / 2)
      if (off < best.off) best = { part: index, at: reversed ? last - i : i, off }
    }
    before += edge.length
  }
  if (best.off === Infinity) return [] // a straight line there and back
  const cut = loop.parts[best.part]!
  const [head, tail] = splitEdge(cut.edge, best.at)
  const ordered = cut.reversed ? [tail, head] : [head, tail]
  const [early, late] = ordered.map(edge => (edge ? [{ edge, reversed: cut.reversed }] : []))
  const middle = cut.edge.nodes[best.at]!
  const make = (parts: Part[], from: number, to: number): Stretch =>
    ({ parts, from, to, length: parts.reduce((sum, part) => sum + part.edge.length, 0), main: parts.reduce((a, b) => (b.edge.length > a.edge.length ? b : a)) })
  return [
    make([...loop.parts.slice(0, best.part), ...early!], loop.from, middle),
    make([...late!, ...loop.parts.slice(best.part + 1)], middle, loop.to),
  ]
}

/** Both pieces of an edge; one is null where the cut is at an end. */
function splitEdge(edge: Edge, at: number): [Edge | null, Edge | null] {
  const last = edge.nodes.length - 1
  const share = at / last
  const node = edge.nodes[at]!
  return [
    at > 0 ? { ...edge, nodes: edge.nodes.slice(0, at + 1), to: node, length: edge.length * share } : null,
    at < last ? { ...edge, nodes: edge.nodes.slice(at), from: node, index: edge.index + at, length: edge.length * (1 - share) } : null,
  ]
}

function join(a: Stretch, b: Stretch, node: number, standards: ReadonlyMap<RoadWay, RoadStandard>): Stretch | null {
  const oneway = a.main.edge.road.oneway
  if (oneway !== b.main.edge.road.oneway) return null
  let [first, second] = a.to === node ? [a, b] : [b, a]
  if (oneway) {
    if (first.to !== node || second.from !== node) return null
  } else {
    if (first.to !== node) first = turned(first)
    if (second.from !== node) second = turned(second)
  }
  if (!sameKind(first.main, second.main, standards) && Math.min(first.length, second.length) >= ABSORB) return null
  return {
    parts: [...first.parts, ...second.parts], from: first.from, to: second.to,
    length: first.length + second.length, main: first.length >= second.length ? first.main : second.main,
  }
}

export function turned(stretch: Stretch): Stretch {
  const turn = (part: Part): Part => ({ edge: part.edge, reversed: !part.reversed })
  const parts = stretch.parts.toReversed().map(turn)
  return { parts, from: stretch.to, to: stretch.from, length: stretch.length, main: turn(stretch.main) }
}

function sameKind(a: Part, b: Part, standards: ReadonlyMap<RoadWay, RoadStandard>): boolean {
  const [one, other] = [a.edge.road, b.edge.road]
  const [left, right] = [standards.get(one)!, standards.get(other)!]
  return one.class === other.class && one.name === other.name && one.roundabout === other.roundabout
    && lanesAlong(a, left).join() === lanesAlong(b, right).join()
    && Math.abs(left.speed - right.speed) < 0.01 && one.corrected === other.corrected
}

const lanesAlong = (part: Part, standard: RoadStandard): [number, number] =>
  part.reversed ? [standard.backward, standard.forward] : [standard.forward, standard.backward]

/** Points of a stretch in its own direction, with the layer of each segment. */
export function lineOf(stretch: Stretch, places: Places): { x: number[]; y: number[]; layers: number[] } {
  const x: number[] = []
  const y: number[] = []
  const layers: number[] = []
  for (const { edge, reversed } of stretch.parts) {
    const nodes = reversed ? edge.nodes.toReversed() : edge.nodes
    for (const [i, id] of nodes.entries()) {
      const [px, py] = places.at(id)
      if (x.length > 0 && i === 0) continue // the node shared with the part before
      x.push(px)
      y.push(py)
      if (x.length > 1) layers.push(edge.road.layer)
    }
  }
  return { x, y, layers }
}
