import type { Network } from '../network/networkTables'
import { PathFlag, PathKind, type SidewalkGraph, type Sidewalks } from '../sidewalks'
import type { World } from '../world'

/** Braking that drivers who approach a crossing between junctions can be asked for, m/s², and s until they begin: those of a stop at yellow. */
const BRAKING = 2.5
const REACTION = 0.5
/** Who drives slower than this, m/s, stands: people pass between standing vehicles. */
const STANDS = 0.5
/** Longest vehicle that one looks for beyond a crossing, m. */
const LONGEST = 20

/** Crossings between junctions, without lights of their own, and the links under each. Follows from the network and the walking graph. */
export interface MidBlock {
  readonly edge: Int32Array
  /** Links under a crossing, underFirst[row] to underFirst[row + 1] - 1, and the place of the crossing on each, as a share of its length. */
  readonly underFirst: Int32Array
  readonly link: Int32Array
  readonly share: Float64Array
}

/** Finds the links that each crossing between junctions leads over: those of its level that it cuts. */
export function findMidBlock({ links, points: road }: Network, { edges, points }: SidewalkGraph): MidBlock {
  const bounds = new Float64Array(4 * links.rows)
  for (let link = 0; link < links.rows; link++) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let at = links.pointFirst[link]; at < links.pointFirst[link] + links.pointCount[link]; at++) {
      west = Math.min(west, road.x[at])
      east = Math.max(east, road.x[at])
      south = Math.min(south, road.y[at])
      north = Math.max(north, road.y[at])
    }
    bounds.set([west, south, east, north], 4 * link)
  }
  const edge: number[] = []
  const underFirst = [0]
  const under: number[] = []
  const share: number[] = []
  for (let row = 0; row < edges.rows; row++) {
    if (edges.kind[row] !== PathKind.crossing || (edges.flags[row] & PathFlag.midBlock) === 0) continue
    const last = edges.pointFirst[row] + edges.pointCount[row] - 1
    const [ax, ay, bx, by] = [points.x[edges.pointFirst[row]], points.y[edges.pointFirst[row]], points.x[last], points.y[last]]
    for (let link = 0; link < links.rows; link++) {
      const at = 4 * link
      if (links.layer[link] !== edges.layer[row] || bounds[at] > Math.max(ax, bx) || bounds[at + 2] < Math.min(ax, bx) || bounds[at + 1] > Math.max(ay, by) || bounds[at + 3] < Math.min(ay, by)) continue
      const cut = cutAt(road, links.pointFirst[link], links.pointCount[link], ax, ay, bx, by)
      if (cut < 0) continue
      under.push(link)
      share.push(cut)
    }
    if (under.length === underFirst[edge.length]) continue
    edge.push(row)
    underFirst.push(under.length)
  }
  return { edge: Int32Array.from(edge), underFirst: Int32Array.from(underFirst), link: Int32Array.from(under), share: Float64Array.from(share) }
}

/** Where a line from a to b cuts a line of points, as a share of its length; -1 = nowhere. */
function cutAt({ x, y }: Network['points'], first: number, count: number, ax: number, ay: number, bx: number, by: number): number {
  let length = 0
  let found = -1
  for (let at = first; at + 1 < first + count; at++) {
    const dx = x[at + 1] - x[at]
    const dy = y[at + 1] - y[at]
    const piece = Math.sqrt(dx * dx + dy * dy)
    const across = dx * (by - ay) - dy * (bx - ax)
    if (found < 0 && across !== 0) {
      const along = ((ax - x[at]) * (by - ay) - (ay - y[at]) * (bx - ax)) / across
      const on = ((ax - x[at]) * dy - (ay - y[at]) * dx) / across
      if (along >= 0 && along <= 1 && on >= 0 && on <= 1) found = length + along * piece
    }
    length += piece
  }
  return found < 0 || length === 0 ? -1 : found / length
}

/**
 * People go first: as soon as somebody is on such a crossing or wants to step on, drivers who still can stop before it do;
 * who cannot any more drives on, and nobody steps on before. Between standing vehicles people pass.
 *
 * Source: Road Traffic Safety Law of the PRC, art. 47 (vehicles stop for people on a crossing without lights).
 */
export function updateMidBlock(world: World, { edge: rows, underFirst, link: under, share }: MidBlock, { edges }: Sidewalks): void {
  const { links } = world
  for (const link of under) links.walkAt[link] = 0
  for (let row = 0; row < rows.length; row++) {
    const edge = rows[row]
    const asked = edges.asked[edge] === 1
    edges.asked[edge] = 0
    const used = edges.forward[edge] + edges.backward[edge] > 0
    if (!asked && !used) { edges.shut[edge] = 1; continue }
    let clear = true
    for (let at = underFirst[row]; at < underFirst[row + 1]; at++) {
      const link = under[at]
      const place = share[at] * world.input.network.links.length[link]
      // Of several on one link the first that vehicles come to.
      if (links.walkAt[link] === 0 || place < links.walkAt[link]) links.walkAt[link] = Math.max(0.1, place)
      if (!isClear(world, link, share[at])) clear = false
    }
    edges.shut[edge] = clear ? 0 : 1
  }
}

/** Whether nobody drives over a place of a link now, or comes so fast that he could not stop before it. */
function isClear({ paths, cells, index, input }: World, link: number, share: number): boolean {
  const { laneFirst, laneCount } = input.network.links
  for (let lane = laneFirst[link]; lane < laneFirst[link] + laneCount[link]; lane++) {
    const place = share * index.pathLength[lane]
    for (let cell = paths.first[lane]; cell < paths.first[lane] + paths.count[lane]; cell++) {
      const left = place - cells.position[cell]
      if (left < -LONGEST) continue
      const v = cells.speed[cell]
      if (v <= STANDS) continue
      if (left < 0 ? -left < cells.length[cell] : left < REACTION * v + (v * v) / (2 * BRAKING)) return false
    }
  }
  return true
}
