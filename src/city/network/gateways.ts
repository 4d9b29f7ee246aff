import { CellIndex, type Places } from './places'
import { incidence, headingFrom, enters, leaves, type Edge } from './graph'
import { isExpressway, isMain, isRamp } from './roadWays'

/** A road end looks this far ahead for the rest of the network, m. */
const LOOK_AHEAD = 1500
/** Cosine above which a road runs alongside rather than across. */
const ALONGSIDE = 0.92
const LOOK_ANGLES = [-30, -15, 0, 15, 30]
/** Carriageways of one road that leave the city within this of each other share a gateway, m. */
const SHARED_DISTANCE = 120
/** The second carriageway may end this much earlier or later than the first, m. */
const PARTNER_DISTANCE = 600
/** Frontage roads and ramps run this close beside their road, m, in its direction. */
const BESIDE_DISTANCE = 150
const BESIDE_COSINE = 0.9

interface RoadEnd { readonly node: number; readonly edge: Edge }

/** Ends of main roads where the modelled area ends: node -> representative node of its gateway. */
export interface Gateways {
  readonly group: ReadonlyMap<number, number>
}

/**
 * Main roads (tertiary or better) that end at the border: at a cut, or where an extract simply stops. The latter is
 * recognised by looking ahead: most of five rays within 30 degrees of the road meet no road across their way for
 * 1.5 km (expressways do not count), or it is an expressway, or the other carriageway of the same road ends there.
 * A node tagged noexit=yes is a dead end.
 */
export function findGateways(edges: readonly Edge[], places: Places, cutNodes: ReadonlySet<number>): Gateways {
  const at = incidence(edges)
  const index = new CellIndex<readonly [number, number]>(400)
  for (const edge of edges) {
    if (isExpressway(edge.road.class)) continue // roads pass under and over these
    for (let i = 1; i < edge.nodes.length; i++) {
      const a = edge.nodes[i - 1]!
      const b = edge.nodes[i]!
      const [ax, ay] = places.at(a)
      const [bx, by] = places.at(b)
      index.add([a, b], Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
  }
  // Where a road forks just inside the edge, several one-way roads start (or end) in one node.
  const isLoose = (node: number, list: readonly Edge[]): boolean => list.length === 1 || list.every(edge => !enters(edge, node)) || list.every(edge => !leaves(edge, node))
  const loose = [...at].filter(([node, list]) => isLoose(node, list) && places.tags(node)?.noexit !== 'yes')
    .map(([node, list]) => ({ node, edge: list.reduce((best, edge) => (edge.road.class < best.road.class ? edge : best)) }))
    .filter(({ edge }) => isMain(edge.road.class)).sort((a, b) => a.node - b.node)
  const outer = new Set(loose.filter(({ node, edge }) => cutNodes.has(node) || facesOutside(node, edge, index, places)))
  for (const end of outer) for (const other of loose) if (isPartner(end, other, places) || isBeside(end, other, places)) outer.add(other)
  const ends = loose.filter(end => outer.has(end))
  const group = new Map<number, number>()
  for (const [i, { node, edge }] of ends.entries()) {
    if (group.has(node)) continue
    group.set(node, node)
    const inbound = !enters(edge, node)
    // The other carriageway of the same road, if there is one nearby, shares this gateway.
    let best: number | null = null
    let distance = SHARED_DISTANCE
    for (const other of ends.slice(i + 1)) {
      const opposite = inbound ? !leaves(other.edge, other.node) : edge.road.oneway && !enters(other.edge, other.node)
      if (group.has(other.node) || !opposite || other.edge.road.name !== edge.road.name || other.edge.road.class !== edge.road.class) continue
      const apart = places.distance(node, other.node)
      if (apart < distance) [best, distance] = [other.node, apart]
    }
    if (best !== null) group.set(best, node)
  }
  return { group }
}

/** The other carriageway of a road that leaves the city: same name and class, the other sense, ending nearby. */
function isPartner(end: RoadEnd, other: RoadEnd, places: Places): boolean {
  const [a, b] = [end.edge.road, other.edge.road]
  if (!a.oneway || !b.oneway || !a.name || a.name !== b.name || a.class !== b.class || enters(end.edge, end.node) === enters(other.edge, other.node)) return false
  const [ax, ay] = headingFrom(end.edge, end.node, places)
  const [bx, by] = headingFrom(other.edge, other.node, places)
  return ax * bx + ay * by > 0.7 && places.distance(end.node, other.node) < PARTNER_DISTANCE
}

/** A frontage road or ramp that leaves the map side by side with a gateway. */
function isBeside(end: RoadEnd, other: RoadEnd, places: Places): boolean {
  const [ax, ay] = headingFrom(end.edge, end.node, places)
  const [bx, by] = headingFrom(other.edge, other.node, places)
  return ax * bx + ay * by > BESIDE_COSINE && places.distance(end.node, other.node) < BESIDE_DISTANCE
}

function facesOutside(node: number, edge: Edge, index: CellIndex<readonly [number, number]>, places: Places): boolean {
  if (isExpressway(edge.road.class) && !isRamp(edge.road.class)) return true // an expressway leads on, whatever it crosses
  const [hx, hy] = headingFrom(edge, node, places)
  const [x, y] = places.at(node)
  const free = LOOK_ANGLES.filter(angle => {
    const cos = Math.cos((angle * Math.PI) / 180)
    const sin = Math.sin((angle * Math.PI) / 180)
    const dx = -(hx * cos - hy * sin)
    const dy = -(hx * sin + hy * cos)
    const [sx, sy] = [x + dx * 40, y + dy * 40]
    const [ex, ey] = [x + dx * LOOK_AHEAD, y + dy * LOOK_AHEAD]
    for (const [a, b] of index.near(Math.min(sx, ex), Math.min(sy, ey), Math.max(sx, ex), Math.max(sy, ey))) {
      const [[ax, ay], [bx, by]] = [places.at(a), places.at(b)]
      const along = Math.abs((bx - ax) * hx + (by - ay) * hy) / (places.distance(a, b) || 1)
      if (along < ALONGSIDE && segmentsCross(sx, sy, ex, ey, ax, ay, bx, by)) return false
    }
    return true
  })
  return free.length >= (isRamp(edge.road.class) ? 4 : 3)
}

export function segmentsCross(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): boolean {
  const side = (px: number, py: number, qx: number, qy: number, rx: number, ry: number): number => (qx - px) * (ry - py) - (qy - py) * (rx - px)
  return side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 && side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
}
