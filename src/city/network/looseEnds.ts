import { CellIndex, nearestOnSegment, type Places } from './places'
import { isExpressway, isMain, type RoadWay } from './roadWays'

/** An end joins a road of another extract within this, m: a newer extract redrew the road that the older one met. */
const REACH_OTHER = 14
/** Within one extract only a drawing slip is mended, m; a carriageway that ends beside another may reach farther. */
const REACH_SAME = 1.5
const REACH_CARRIAGEWAY = 12
const CARRIAGEWAY_COSINE = 0.7

export interface JoinedEnd { road: string; to: string; gap: number; at: readonly [number, number] }

/** Joins ends of roads that hang in the air to the road that they evidently met. Changes `roads` in place. */
export function joinLooseEnds(roads: readonly RoadWay[], places: Places, cutNodes: ReadonlySet<number>): JoinedEnd[] {
  const uses = new Map<number, number>()
  for (const road of roads) for (const id of road.nodes) uses.set(id, (uses.get(id) ?? 0) + 1)
  const index = new CellIndex<RoadWay>(60)
  for (const road of roads) {
    for (let i = 1; i < road.nodes.length; i++) {
      const [ax, ay] = places.at(road.nodes[i - 1]!)
      const [bx, by] = places.at(road.nodes[i]!)
      index.add(road, Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by))
    }
  }
  const joined: JoinedEnd[] = []
  for (const road of roads) {
    for (const atEnd of [false, true]) {
      const end = atEnd ? road.nodes.length - 1 : 0
      const id = road.nodes[end]!
      if (uses.get(id)! > 1 || cutNodes.has(id)) continue
      const [x, y] = places.at(id)
      let best: { road: RoadWay; segment: number; share: number; distance: number } | null = null
      for (const other of index.near(x - REACH_OTHER, y - REACH_OTHER, x + REACH_OTHER, y + REACH_OTHER)) {
        if (other === road || other.layer !== road.layer) continue
        const otherSource = other.date !== road.date && (isMain(other.class) || !isMain(road.class))
        const carriageway = road.oneway && other.oneway && isMain(road.class) && isMain(other.class) && !isExpressway(road.class)
        for (let i = 1; i < other.nodes.length; i++) {
          const { distance, share } = nearestOnSegment(x, y, places.at(other.nodes[i - 1]!), places.at(other.nodes[i]!))
          const merges = carriageway && distance <= REACH_CARRIAGEWAY && alignment(road, atEnd, other, i, places) > CARRIAGEWAY_COSINE
          const reach = otherSource ? REACH_OTHER : merges ? REACH_CARRIAGEWAY : REACH_SAME
          if (distance <= reach && (!best || distance < best.distance - 1e-9)) best = { road: other, segment: i, share, distance }
        }
      }
      if (!best) continue
      const target = nodeOn(best.road, best.segment, best.share, places, uses)
      if (target === road.nodes[atEnd ? end - 1 : 1]) continue
      road.nodes[end] = target
      uses.set(target, uses.get(target)! + 1)
      joined.push({ road: road.key, to: best.road.key, gap: best.distance, at: [x, y] })
    }
  }
  return joined
}

/** Cosine between the last (or first) segment of a road and segment `i` of another. */
function alignment(road: RoadWay, atEnd: boolean, other: RoadWay, i: number, places: Places): number {
  const [a, b] = atEnd ? road.nodes.slice(-2) : road.nodes.slice(0, 2)
  const [[ax, ay], [bx, by]] = [places.at(a!), places.at(b!)]
  const [[cx, cy], [dx, dy]] = [places.at(other.nodes[i - 1]!), places.at(other.nodes[i]!)]
  return ((bx - ax) * (dx - cx) + (by - ay) * (dy - cy)) / (Math.hypot(bx - ax, by - ay) * Math.hypot(dx - cx, dy - cy) || 1)
}

/** Node of `road` at a place on one of its segments; a node already within 4 m is taken, else one is put in. */
function nodeOn(road: RoadWay, segment: number, share: number, places: Places, uses: Map<number, number>): number {
  const from = road.nodes[segment - 1]!
  const to = road.nodes[segment]!
  const spacing = places.distance(from, to)
  if (share * spacing < 4) return from
  if ((1 - share) * spacing < 4) return to
  const [ax, ay] = places.at(from)
  const [bx, by] = places.at(to)
  const id = places.add(ax + share * (bx - ax), ay + share * (by - ay))
  road.nodes.splice(segment, 0, id)
  uses.set(id, 1)
  return id
}

/** Both carriageways of a road that end within this of each other are joined by a turning place, m. */
const TURNING_PLACE = 60

/**
 * Carriageways that both end in the air at the same place, where the map or the road stops: a turning place joins
 * them, so that what lies along them stays reachable. Gateways are left as they are. Returns the new roads.
 */
export function addTurningPlaces(roads: readonly RoadWay[], places: Places, gateways: ReadonlySet<number>): { roads: RoadWay[]; joined: JoinedEnd[] } {
  const uses = new Map<number, number>()
  for (const road of roads) for (const id of road.nodes) uses.set(id, (uses.get(id) ?? 0) + 1)
  const loose = (id: number): boolean => uses.get(id) === 1 && !gateways.has(id)
  const oneway = roads.filter(road => road.oneway)
  const starts = oneway.filter(road => loose(road.nodes[0]!))
  const added: RoadWay[] = []
  const joined: JoinedEnd[] = []
  const taken = new Set<RoadWay>()
  for (const road of oneway) {
    const end = road.nodes.at(-1)!
    if (!loose(end)) continue
    const near = starts
      .filter(start => start !== road && !taken.has(start) && start.name === road.name && start.class === road.class && start.layer === road.layer)
      .map(start => ({ start, apart: places.distance(end, start.nodes[0]!) })).filter(({ apart }) => apart <= TURNING_PLACE)
      .sort((a, b) => a.apart - b.apart)[0]
    if (!near) continue
    taken.add(near.start)
    added.push({ ...road, key: `${road.key}u`, nodes: [end, near.start.nodes[0]!], firstIndex: 0, lanesForward: 1, marksForward: [], allowedForward: [], corrected: true })
    joined.push({ road: road.key, to: near.start.key, gap: near.apart, at: places.at(end) })
  }
  return { roads: [...roads, ...added], joined }
}
