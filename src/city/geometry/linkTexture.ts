import { Control, LinkFlag, NodeKind, RoadClass, type Network } from '../../sim'
import { linkWidths } from './roadIndex'

/** Bits of what is painted on a link, in texel 0 component w. */
export const Paint = { stopLine: 1, zebraEnd: 2, zebraStart: 4, twoWay: 8, fast: 16, plain: 32, elevated: 64 } as const

/** Width of the data textures with a row of texels per link, path or point; rows fold at it. */
export const DATA_TEXTURE_WIDTH = 2048

/**
 * Two RGBA float texels a link, for the road shader:
 *   0: width m, lanes, length m, Paint bits     1: arrows of lanes 0..5 (4 bits each), class, speed limit, row
 */
export function buildLinkTexture(network: Network): { data: Float32Array<ArrayBuffer>; width: number; height: number } {
  const { links, lanes, nodes } = network
  const widths = linkWidths(network)
  const twoWay = findTwoWay(network, widths)
  const height = Math.max(1, Math.ceil((links.rows * 2) / DATA_TEXTURE_WIDTH))
  const data = new Float32Array(DATA_TEXTURE_WIDTH * height * 4)
  const arms = countArms(network)
  for (let link = 0; link < links.rows; link++) {
    const from = links.fromNode[link]!, to = links.toNode[link]!
    const kind = links.class[link]!
    const signalEnd = nodes.control[to] === Control.signal && arms[to]! > 1
    const signalStart = nodes.control[from] === Control.signal && arms[from]! > 1
    const fast = kind <= RoadClass.trunkLink && (kind <= RoadClass.motorwayLink || !signalEnd)
    const small = kind >= RoadClass.residential || widths[link]! < 3.4
    let paint = 0
    if (signalEnd || (nodes.control[to] === Control.allWay && nodes.kind[to] === NodeKind.junction)) paint |= Paint.stopLine
    if (signalEnd && kind > RoadClass.motorwayLink) paint |= Paint.zebraEnd
    if (signalStart && kind > RoadClass.motorwayLink) paint |= Paint.zebraStart
    if (twoWay[link]! >= 0) paint |= Paint.twoWay
    if (fast) paint |= Paint.fast
    if (small) paint |= Paint.plain
    if (links.flags[link]! & LinkFlag.bridge) paint |= Paint.elevated
    let arrows = 0
    for (let i = 0; i < Math.min(6, links.laneCount[link]!); i++) {
      arrows += (lanes.marks[links.laneFirst[link]! + i]! & 15) * 16 ** i
    }
    if (!signalEnd && kind > RoadClass.secondaryLink) arrows = 0
    data.set([widths[link]!, links.laneCount[link]!, links.length[link]!, paint, arrows, kind, links.speedLimit[link]!, link], link * 8)
  }
  return { data, width: DATA_TEXTURE_WIDTH, height }
}

/** The link that runs the other way beside this one, with no room between; -1 = none. */
export function findTwoWay({ links, points }: Network, widths: Float32Array): Int32Array {
  const opposite = new Int32Array(links.rows).fill(-1)
  const byPair = new Map<number, number[]>()
  for (let link = 0; link < links.rows; link++) {
    const key = links.fromNode[link]! * 4194304 + links.toNode[link]!
    byPair.set(key, [...(byPair.get(key) ?? []), link])
  }
  const middle = (link: number): [number, number] => {
    const at = links.pointFirst[link]! + ((links.pointCount[link]! - 1) >> 1)
    return [(points.x[at]! + points.x[at + 1]!) / 2, (points.y[at]! + points.y[at + 1]!) / 2]
  }
  for (let link = 0; link < links.rows; link++) {
    if (links.pointCount[link]! < 2) continue
    for (const other of byPair.get(links.toNode[link]! * 4194304 + links.fromNode[link]!) ?? []) {
      if (links.pointCount[other]! < 2) continue
      const [x, y] = middle(link)
      // The middles may lie apart along the road where the point lists differ, so measure to the other's whole line.
      let nearest = Infinity
      const first = links.pointFirst[other]!
      for (let i = first; i < first + links.pointCount[other]! - 1; i++) {
        const ax = points.x[i]!, ay = points.y[i]!, dx = points.x[i + 1]! - ax, dy = points.y[i + 1]! - ay
        const t = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)))
        nearest = Math.min(nearest, Math.hypot(x - ax - dx * t, y - ay - dy * t))
      }
      if (nearest < (widths[link]! + widths[other]!) / 2 + 1.2) opposite[link] = other
    }
  }
  return opposite
}

/** Links that enter each node. */
function countArms({ links, nodes }: Network): Int32Array {
  const arms = new Int32Array(nodes.rows)
  for (let link = 0; link < links.rows; link++) arms[links.toNode[link]!]! += 1
  return arms
}
