import { RoadClass } from '../../sim'
import type { OsmData } from '../osm'
import type { Edge } from './graph'
import type { Junctions } from './junctions'
import { isMain, isRamp, type RoadWay } from './roadWays'
import type { SlipTurn } from './slipRoads'

/** A directed link before lanes and heights: what movements are decided on. */
export interface LinkDraft {
  readonly id: string
  readonly road: RoadWay
  /** Junctions. */
  readonly from: number
  readonly to: number
  /** Nodes of the source at both ends. */
  readonly fromNode: number
  readonly toNode: number
  /** Ways of its first and last piece. */
  readonly firstWay: string
  readonly lastWay: string
  /** Stretch index and sense. */
  readonly stretch: number
  readonly reversed: boolean
  /** Unit vectors of travel where it starts and ends. */
  readonly startX: number
  readonly startY: number
  readonly endX: number
  readonly endY: number
}

/** Radians from heading a to heading b, left positive. */
const turnAngle = (ax: number, ay: number, bx: number, by: number): number => Math.atan2(ax * by - ay * bx, ax * bx + ay * by)

/** Links entering and leaving each junction. */
export function linksAt(links: readonly LinkDraft[]): Map<number, { entering: number[]; leaving: number[] }> {
  const at = new Map<number, { entering: number[]; leaving: number[] }>()
  const of = (node: number): { entering: number[]; leaving: number[] } => {
    let entry = at.get(node)
    if (!entry) at.set(node, (entry = { entering: [], leaving: [] }))
    return entry
  }
  for (const [row, link] of links.entries()) {
    of(link.to).entering.push(row)
    of(link.from).leaving.push(row)
  }
  return at
}

/**
 * Movements that the source does not allow: no way through the inside of the junction, a turn restriction, or a
 * change between parallel carriageways that a driver would make elsewhere.
 */
export function findBans(links: readonly LinkDraft[], junctions: Junctions, slipTurns: readonly SlipTurn[], gateways: ReadonlySet<number>, data: OsmData): { bans: { from: number; to: number }[]; restrictions: number } {
  const inside = new Map<number, Edge[]>()
  for (const edge of junctions.internal) {
    const of = junctions.of.get(edge.from)!
    const list = inside.get(of)
    if (list) list.push(edge)
    else inside.set(of, [edge])
  }
  const banned = new Set<string>()
  for (const [node, { entering, leaving }] of linksAt(links)) {
    const edges = inside.get(node)
    if (edges) {
      for (const from of entering) {
        const reached = reach(links[from]!.toNode, edges)
        for (const slip of slipTurns) if (slip.from === links[from]!.toNode) reached.add(slip.to)
        for (const to of leaving) if (!reached.has(links[to]!.fromNode)) banned.add(`${from} ${to}`)
      }
    }
    // Who leaves the city is gone; who comes back comes as somebody else.
    if (gateways.has(node)) for (const from of entering) for (const to of leaving) banned.add(`${from} ${to}`)
    // In a bend of one road nobody turns back, however sharp it is.
    const bend = new Set([...entering, ...leaving].map(row => links[row]!.stretch)).size === 2
    for (const from of bend ? entering : []) {
      if (!leaving.some(to => links[to]!.stretch !== links[from]!.stretch)) continue
      for (const to of leaving) if (links[to]!.stretch === links[from]!.stretch) banned.add(`${from} ${to}`)
    }
    for (const from of entering) {
      const exits = leaving.filter(to => !banned.has(`${from} ${to}`))
      const ahead = exits.filter(to => Math.abs(angleOf(links, from, to)) < 0.5)
      const own = ahead.find(to => isMain(links[to]!.road.class) && links[to]!.road.name !== '' && links[to]!.road.name === links[from]!.road.name && links[to]!.fromNode !== links[from]!.toNode)
      if (own === undefined || !edges) continue
      for (const to of ahead) {
        const other = links[to]!
        const parallel = Math.abs(other.startX * links[own]!.startX + other.startY * links[own]!.startY) > 0.94
        if (to !== own && parallel && !isRamp(other.road.class) && other.road.name !== links[from]!.road.name && other.fromNode !== links[from]!.toNode) banned.add(`${from} ${to}`)
      }
    }
  }
  const restrictions = applyRestrictions(links, junctions, data, banned)
  const bans = [...banned].map(key => {
    const [from, to] = key.split(' ').map(Number) as [number, number]
    return { from, to }
  })
  return { bans: bans.sort((a, b) => a.from - b.from || a.to - b.to), restrictions }
}

function reach(start: number, edges: readonly Edge[]): Set<number> {
  const reached = new Set([start])
  for (let grown = true; grown;) {
    grown = false
    for (const edge of edges) {
      const step = (from: number, to: number): void => {
        if (reached.has(from) && !reached.has(to)) {
          reached.add(to)
          grown = true
        }
      }
      step(edge.from, edge.to)
      if (!edge.road.oneway) step(edge.to, edge.from)
    }
  }
  return reached
}

/** `restriction` relations whose ways are at one junction. Returns how many found their place. */
function applyRestrictions(links: readonly LinkDraft[], junctions: Junctions, data: OsmData, banned: Set<string>): number {
  let applied = 0
  for (const relation of data.relations) {
    const rule = relation.tags['restriction:motorcar'] ?? relation.tags.restriction
    if (relation.tags.type !== 'restriction' || !rule || /\bmotorcar\b/.test(relation.tags.except ?? '')) continue
    const member = (role: string): string[] => relation.members.filter(m => m.role === role && m.type === 'way').map(m => `w${m.ref}`)
    const [from, to] = [member('from'), member('to')]
    const via = relation.members.filter(m => m.role === 'via')
    const viaJunctions = new Set(via.flatMap(m => m.type === 'node'
      ? [junctions.of.get(m.ref)].filter(node => node !== undefined)
      : [...junctions.internal].filter(edge => edge.road.key === `w${m.ref}`).map(edge => junctions.of.get(edge.from)!)))
    const entering = links.flatMap((link, row) => (from.includes(link.lastWay) && viaJunctions.has(link.to) ? [row] : []))
    const leaving = links.flatMap((link, row) => (to.includes(link.firstWay) && viaJunctions.has(link.from) ? [row] : []))
    for (const a of entering) {
      const there = leaving.filter(b => links[b]!.from === links[a]!.to)
      if (there.length === 0) continue
      applied += 1
      if (rule.startsWith('no_')) for (const b of there) banned.add(`${a} ${b}`)
      else if (rule.startsWith('only_')) {
        for (const [b, link] of links.entries()) if (link.from === links[a]!.to && !there.includes(b)) banned.add(`${a} ${b}`)
      }
    }
  }
  return applied
}

function angleOf(links: readonly LinkDraft[], from: number, to: number): number {
  const [a, b] = [links[from]!, links[to]!]
  return turnAngle(a.endX, a.endY, b.startX, b.startY)
}

/**
 * Junctions that surely have a signal though none is mapped: a tertiary or better road crosses a secondary or better
 * one and some movement from it cuts through the other's traffic.
 */
export function guessSignals(links: readonly LinkDraft[], bans: readonly { from: number; to: number }[], known: ReadonlySet<number>): Set<number> {
  const banned = new Set(bans.map(({ from, to }) => `${from} ${to}`))
  const guessed = new Set<number>()
  for (const [node, { entering, leaving }] of linksAt(links)) {
    if (known.has(node)) continue
    const proper = entering.filter(row => isMain(links[row]!.road.class) && !isRamp(links[row]!.road.class) && links[row]!.road.class > RoadClass.trunkLink)
    const straight = proper.filter(from => links[from]!.road.class <= RoadClass.secondary && leaving.some(to => !banned.has(`${from} ${to}`)
      && links[to]!.stretch !== links[from]!.stretch && Math.abs(angleOf(links, from, to)) < 0.6))
    const cuts = proper.some(from => straight.some(main => {
      const [a, b] = [links[from]!, links[main]!]
      const across = Math.abs(a.endX * b.endX + a.endY * b.endY)
      if (across > 0.7 || a.road.name === b.road.name) return false
      // Straight on or left from the side, with the main road's own traffic running across its path.
      return leaving.some(to => !banned.has(`${from} ${to}`) && links[to]!.stretch !== a.stretch && angleOf(links, from, to) > -0.6 && crossesMain(links, leaving, banned, from, to, main))
    }))
    if (cuts) guessed.add(node)
  }
  return guessed
}

/** Whether from-to crosses the straight flow of `main`: it ends on the far side of it, or joins the opposite carriageway. */
function crossesMain(links: readonly LinkDraft[], leaving: readonly number[], banned: ReadonlySet<string>, from: number, to: number, main: number): boolean {
  const [a, m, exit] = [links[from]!, links[main]!, links[to]!]
  const onward = leaving.find(out => !banned.has(`${main} ${out}`) && links[out]!.stretch !== m.stretch && Math.abs(angleOf(links, main, out)) < 0.6)
  if (onward === undefined || onward === to) return false
  const side = (x: number, y: number): number => Math.sign(m.endX * y - m.endY * x)
  // Side of the main road that the approach comes from, and the side that the exit leads to.
  return side(-a.endX, -a.endY) !== side(exit.startX, exit.startY) || Math.abs(exit.startX * m.endX + exit.startY * m.endY) > 0.7
}
