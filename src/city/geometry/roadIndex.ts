import Flatbush from 'flatbush'
import { LinkFlag, type Network } from '../../sim'

/** Finds what carriageway lies over a point: for pillars that must not stand on a road, and parapets that must not cross one. */
export interface RoadIndex {
  /** Calls `visit(link, height, distance from its middle, half width)` for each link piece whose carriageway covers x, y. */
  covers(x: number, y: number, margin: number, visit: (link: number, z: number, distance: number, half: number) => void): void
}

export function indexRoads(network: Network): RoadIndex {
  const { links, points } = network
  const width = linkWidths(network)
  const owner: number[] = [], at: number[] = []
  for (let link = 0; link < links.rows; link++) {
    if (links.flags[link]! & LinkFlag.tunnel) continue
    const first = links.pointFirst[link]!
    for (let i = first; i < first + links.pointCount[link]! - 1; i++) { owner.push(link); at.push(i) }
  }
  const tree = owner.length > 0 ? new Flatbush(owner.length, 16, Float32Array) : null
  for (let k = 0; k < owner.length; k++) {
    const i = at[k]!, half = width[owner[k]!]! / 2
    tree!.add(Math.min(points.x[i]!, points.x[i + 1]!) - half, Math.min(points.y[i]!, points.y[i + 1]!) - half,
      Math.max(points.x[i]!, points.x[i + 1]!) + half, Math.max(points.y[i]!, points.y[i + 1]!) + half)
  }
  tree?.finish()
  return {
    covers(x, y, margin, visit) {
      if (!tree) return
      for (const k of tree.search(x - margin, y - margin, x + margin, y + margin)) {
        const i = at[k]!
        const ax = points.x[i]!, ay = points.y[i]!, dx = points.x[i + 1]! - ax, dy = points.y[i + 1]! - ay
        const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
        const distance = Math.hypot(x - ax - dx * t, y - ay - dy * t)
        const half = width[owner[k]!]! / 2
        if (distance <= half + margin) visit(owner[k]!, points.z[i]! * (1 - t) + points.z[i + 1]! * t, distance, half)
      }
    },
  }
}

/** Width of each carriageway: the sum of its lanes, m. */
export function linkWidths({ links, lanes }: Network): Float32Array {
  const width = new Float32Array(links.rows)
  for (let link = 0; link < links.rows; link++) {
    const first = links.laneFirst[link]!
    for (let lane = first; lane < first + links.laneCount[link]!; lane++) width[link]! += lanes.width[lane]!
  }
  return width
}

/** 1 for bridges and for the ramps that lead to them: roads that may stand off the ground. Others are bedded into it. */
export function standOffGround({ links, nodes }: Network): Uint8Array {
  const atBridge = new Uint8Array(nodes.rows), off = new Uint8Array(links.rows)
  for (let link = 0; link < links.rows; link++) {
    if (links.flags[link]! & LinkFlag.bridge) atBridge[links.fromNode[link]!] = atBridge[links.toNode[link]!] = 1
  }
  for (let link = 0; link < links.rows; link++) {
    off[link] = links.flags[link]! & LinkFlag.bridge || atBridge[links.fromNode[link]!] || atBridge[links.toNode[link]!] ? 1 : 0
  }
  return off
}
