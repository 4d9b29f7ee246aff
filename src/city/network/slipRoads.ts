import { headingFrom, incidence, type Edge } from './graph'
import { findChains, findJunctions, isMerge, type Chain } from './junctions'
import type { Places } from './places'
import { drop, type Dropped } from './prune'
import { isRamp } from './roadWays'

/** Slip roads longer than this are ramps of their own, m. */
const SLIP_MAX = 140
/** A slip road leaves and joins the arms of its junction within this of it, m. */
const ARM_MAX = 75

/** A right turn that used to run over a slip road: nodes of the junction where it comes in and goes out. */
export interface SlipTurn { readonly from: number; readonly to: number }

/**
 * Right-turn slip roads around the corner of a junction become turns of the junction. As links of their own they would
 * cut each approach 30 m before its stop line into pieces that hold two cars.
 */
export function dropSlipRoads(edges: readonly Edge[], places: Places, dropped: Dropped[]): { edges: Edge[]; slipTurns: SlipTurn[] } {
  const at = incidence(edges)
  const junctions = findJunctions(edges, places)
  const members = new Map<number, number[]>()
  for (const [node, of] of junctions.of) {
    const list = members.get(of)
    if (list) list.push(node)
    else members.set(of, [node])
  }
  const isReal = (node: number): boolean => {
    const of = junctions.of.get(node)!
    return junctions.signals.has(of) || members.get(of)!.some(member => at.get(member)!.length >= 3 && !isMerge(member, at))
  }
  const gone = new Set<Edge>()
  const slipTurns: SlipTurn[] = []
  for (const chain of findChains(at, node => at.get(node)!.length >= 3)) {
    const slip = asSlip(chain)
    if (!slip) continue
    const [first, last] = [slip[0]!, slip.at(-1)!]
    const approach = at.get(first.from)!.filter(edge => edge !== first && edge.to === first.from)
    const exit = at.get(last.to)!.filter(edge => edge !== last && edge.from === last.to)
    if (approach.length !== 1 || exit.length !== 1) continue
    const [ax, ay] = headingFrom(approach[0]!, first.from, places)
    const [bx, by] = headingFrom(exit[0]!, last.to, places)
    // Travel before and after: a right turn of 30 to 150 degrees.
    const turn = Math.atan2(-ax * by + ay * bx, -ax * bx - ay * by)
    if (turn > -0.5 || turn < -2.65) continue
    const into = walk(first.from, approach[0]!, true, slip, at, isReal)
    const out = walk(last.to, exit[0]!, false, slip, at, isReal)
    if (into === null || out === null || junctions.of.get(into) !== junctions.of.get(out)) continue
    for (const edge of slip) gone.add(edge)
    slipTurns.push({ from: into, to: out })
    dropped.push(drop('slipRoad', slip, places))
  }
  return { edges: edges.filter(edge => !gone.has(edge)), slipTurns }
}

/** Edges of a chain in the direction of travel, if it may be a slip road. */
function asSlip(chain: Chain): Edge[] | null {
  if (chain.from === chain.to || chain.length > SLIP_MAX) return null
  if (!chain.edges.every(({ road }) => road.oneway && isRamp(road.class) && road.layer === 0 && !road.roundabout)) return null
  const forward = chain.edges[0]!.from === chain.from
  const edges = forward ? chain.edges : chain.edges.toReversed()
  return edges.every((edge, i) => i === 0 || edges[i - 1]!.to === edge.from) ? edges : null
}

/** Follows the road past merges and diverges, onwards or backwards, to the junction proper. */
function walk(start: number, via: Edge, onwards: boolean, slip: readonly Edge[], at: ReadonlyMap<number, Edge[]>, isReal: (node: number) => boolean): number | null {
  let node = start
  let previous = via
  let distance = 0
  for (let step = 0; step < 8; step++) {
    if (isReal(node)) return node
    const options = at.get(node)!.filter(edge => edge !== previous && !slip.includes(edge) && (onwards ? edge.from === node || !edge.road.oneway : edge.to === node || !edge.road.oneway))
    const proper = options.filter(edge => !isRamp(edge.road.class))
    const next = options.length === 1 ? options[0] : proper.find(edge => edge.road.name === previous.road.name) ?? (proper.length === 1 ? proper[0] : undefined)
    if (!next) return null
    distance += next.length
    if (distance > ARM_MAX) return null
    node = next.from === node ? next.to : next.from
    previous = next
  }
  return null
}
