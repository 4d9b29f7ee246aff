import type { Places } from './places'
import type { RoadWay } from './roadWays'

/** Roads that leave the area for less than this and come back stay whole, m: bridges over inlets, borders along a kerb. */
const GAP_MAX = 400

/**
 * Cuts roads to an area (a box, or a city's land). A road that leaves ends in a new node on the border; these nodes
 * are returned, because main roads become gateways there.
 */
export function cutRoads(roads: readonly RoadWay[], places: Places, area: { has(x: number, y: number): boolean }): { roads: RoadWay[]; cutNodes: Set<number>; cutLength: number } {
  const kept: RoadWay[] = []
  const cutNodes = new Set<number>()
  const known = new Map<number, boolean>()
  const inside = (id: number): boolean => {
    let value = known.get(id)
    if (value === undefined) known.set(id, (value = area.has(...places.at(id))))
    return value
  }
  let cutLength = 0
  for (const road of roads) {
    const keep = road.nodes.map(inside)
    if (!keep.includes(true)) {
      cutLength += places.length(road.nodes)
      continue
    }
    closeShortGaps(road, keep, places)
    if (!keep.includes(false)) {
      kept.push(road)
      continue
    }
    cutLength += places.length(road.nodes)
    for (let start = 0; start < keep.length; start++) {
      if (!keep[start]) continue
      let end = start
      while (end + 1 < keep.length && keep[end + 1]) end += 1
      const nodes = road.nodes.slice(start, end + 1)
      if (start > 0) nodes.unshift(borderNode(road.nodes[start]!, road.nodes[start - 1]!, places, area, cutNodes))
      if (end + 1 < keep.length) nodes.push(borderNode(road.nodes[end]!, road.nodes[end + 1]!, places, area, cutNodes))
      if (nodes.length > 1) {
        kept.push({ ...road, nodes, firstIndex: road.firstIndex + Math.max(0, start - 1) })
        cutLength -= places.length(nodes)
      }
      start = end
    }
  }
  return { roads: kept, cutNodes, cutLength }
}

function closeShortGaps(road: RoadWay, keep: boolean[], places: Places): void {
  for (let start = 1; start < keep.length; start++) {
    if (keep[start] || !keep[start - 1]) continue
    let end = start
    while (end < keep.length && !keep[end]) end += 1
    if (end < keep.length && places.length(road.nodes.slice(start - 1, end + 1)) <= GAP_MAX) keep.fill(true, start, end)
    start = end
  }
}

/** New node where the segment from `inner` to `outer` leaves the area, by bisection. */
function borderNode(inner: number, outer: number, places: Places, area: { has(x: number, y: number): boolean }, cutNodes: Set<number>): number {
  const [ax, ay] = places.at(inner)
  const [bx, by] = places.at(outer)
  let low = 0
  let high = 1
  for (let round = 0; round < 24; round++) {
    const middle = (low + high) / 2
    if (area.has(ax + middle * (bx - ax), ay + middle * (by - ay))) low = middle
    else high = middle
  }
  const id = places.add(ax + high * (bx - ax), ay + high * (by - ay))
  cutNodes.add(id)
  return id
}
