import { LinkFlag, NodeKind, RoadClass, type Network } from '../../sim'
import { contains, junctionArea, type JunctionArea } from './junctionArea'
import { findTwoWay } from './linkTexture'
import { growingFloat, growingIndex, sphereOf, type GrowingArray, type MeshData } from './meshData'
import { readLine, tangentAt, type Line } from './polyline'
import { linkWidths } from './roadIndex'
import { tileCentre, tileKey } from './tiles'

/** Meshes of the roads of one tile. `surface` and `verge` share one vertex layout, see `RoadVertices`. */
export interface RoadTile {
  readonly key: string
  readonly verge: MeshData | null
  readonly surface: MeshData | null
}

const SPACING = 40 // m between cross-sections at most, so that roads follow the ground
const EXTENSION = 5 // m that a ribbon runs on into its junction, where the zebra is painted
const SIDEWALK = 3.6, MEDIAN = 1.4 // m

/**
 * Vertices of road ribbons. `position` lies on the middle of the carriageway and `side` leads from there to the edge,
 * so that the shader can widen a road that would be thinner than a pixel. `lane` is metres from the left edge and
 * metres from the start; `link` is its row, or -1 - node in junctions.
 */
class RoadVertices {
  readonly position = growingFloat()
  readonly side = growingFloat()
  readonly lane = growingFloat()
  readonly link = growingFloat()
  readonly index = growingIndex()

  get count(): number { return this.link.length }

  push(x: number, y: number, z: number, sx: number, sy: number, across: number, along: number, link: number): void {
    this.position.push(x, y, z)
    this.side.push(sx, sy)
    this.lane.push(across, along)
    this.link.push(link)
  }

  take(origin: readonly [number, number]): MeshData | null {
    if (this.index.length === 0) return null
    const position = this.position.take()
    return {
      attributes: {
        position: { array: position, itemSize: 3 },
        side: { array: this.side.take(), itemSize: 2 },
        lane: { array: this.lane.take(), itemSize: 2 },
        link: { array: this.link.take(), itemSize: 1 },
      },
      index: this.index.take(), origin: [origin[0], origin[1], 0], scale: 1,
      sphere: sphereOf(position, 3, position.length / 3, 1, 30), triangles: this.index.length / 3,
    }
  }
}

/** Carriageways, junctions and their margins, tile by tile. Links in tunnels are left out. */
export function buildRoads(network: Network): RoadTile[] {
  const { links, nodes, points } = network
  const widths = linkWidths(network)
  const twoWay = findTwoWay(network, widths)
  const tiles = new Map<string, { surface: RoadVertices; verge: RoadVertices; centre: [number, number] }>()
  const tileAt = (x: number, y: number): { surface: RoadVertices; verge: RoadVertices; centre: [number, number] } => {
    const key = tileKey(x, y)
    let tile = tiles.get(key)
    if (!tile) tiles.set(key, tile = { surface: new RoadVertices(), verge: new RoadVertices(), centre: tileCentre(key) })
    return tile
  }
  for (let link = 0; link < links.rows; link++) {
    if (links.flags[link]! & LinkFlag.tunnel || links.pointCount[link]! < 2) continue
    const line = readLine(points, links.pointFirst[link]!, links.pointCount[link]!, SPACING)
    if (line.x.length < 2) continue
    const middle = line.x.length >> 1
    const tile = tileAt(line.x[middle]!, line.y[middle]!)
    const width = widths[link]!
    const startRoom = nodes.kind[links.fromNode[link]!] === NodeKind.junction ? EXTENSION : 0
    const endRoom = nodes.kind[links.toNode[link]!] === NodeKind.junction ? EXTENSION : 0
    ribbon(tile.surface, tile.centre, line, link, 0, width, width, startRoom, endRoom)
    const raised = (links.flags[link]! & LinkFlag.bridge) !== 0
    const kind = links.class[link]!
    if (raised || kind === RoadClass.service) continue
    ribbon(tile.verge, tile.centre, line, link, width, width + SIDEWALK, width, 0, 0)
    if (twoWay[link]! < 0 && kind <= RoadClass.tertiary) ribbon(tile.verge, tile.centre, line, link, -MEDIAN, 0, width, 0, 0)
  }
  const areas = Array.from({ length: nodes.rows }, (_, node) => junctionArea(network, widths, node))
  addTurns(network, areas, tileAt)
  for (const [node, area] of areas.entries()) {
    if (!area) continue
    const { surface, centre } = tileAt(nodes.x[node]!, nodes.y[node]!)
    const base = surface.count
    for (let i = 0; i < area.x.length; i++) surface.push(area.x[i]! - centre[0], area.y[i]! - centre[1], area.z[i]!, 0, 0, -1000, 0, -1 - node)
    for (const corner of area.triangles) surface.index.push(base + corner)
  }
  return [...tiles].map(([key, { surface, verge, centre }]) => ({ key, surface: surface.take(centre), verge: verge.take(centre) }))
}

/** One strip of a carriageway between two distances from its left edge. */
function ribbon(out: RoadVertices, centre: readonly [number, number], line: Line, link: number, from: number, to: number, width: number, startRoom: number, endRoom: number): void {
  const last = line.x.length - 1
  const put = (x: number, y: number, z: number, tx: number, ty: number, mitre: number, along: number): void => {
    for (const across of [from, to]) {
      const offset = (width / 2 - across) * mitre // to the left of the middle
      out.push(x - centre[0], y - centre[1], z, -ty * offset, tx * offset, across, along, link)
    }
  }
  const first = out.count
  let sections = 0
  for (let i = 0; i <= last; i++) {
    const [tx, ty, mitre] = tangentAt(line, i)
    if (i === 0 && startRoom > 0) {
      put(line.x[0]! - tx * startRoom, line.y[0]! - ty * startRoom, line.z[0]!, tx, ty, 1, -startRoom)
      sections += 1
    }
    put(line.x[i]!, line.y[i]!, line.z[i]!, tx, ty, mitre, line.along[i]!)
    sections += 1
    if (i === last && endRoom > 0) {
      put(line.x[last]! + tx * endRoom, line.y[last]! + ty * endRoom, line.z[last]!, tx, ty, 1, line.along[last]! + endRoom)
      sections += 1
    }
  }
  strip(out.index, first, sections)
}

/** Triangles of a strip of cross-sections with two vertices each, left before right; seen from above counter-clockwise. */
function strip(index: GrowingArray<Uint32Array>, first: number, sections: number): void {
  for (let k = 0; k < sections - 1; k++) {
    const a = first + 2 * k
    index.push(a, a + 1, a + 3, a, a + 3, a + 2)
  }
}

/** Asphalt under every turn path that leaves its junction's area, so that nobody drives on the lawn. */
function addTurns(network: Network, areas: readonly (JunctionArea | null)[], tileAt: (x: number, y: number) => { surface: RoadVertices; centre: [number, number] }): void {
  const { turns, lanes, links, points } = network
  for (let turn = 0; turn < turns.rows; turn++) {
    const from = lanes.link[turns.fromLane[turn]!]!, to = lanes.link[turns.toLane[turn]!]!
    if (links.flags[from]! & links.flags[to]! & LinkFlag.tunnel) continue
    const line = readLine(points, turns.pointFirst[turn]!, turns.pointCount[turn]!, 60)
    const area = areas[turns.node[turn]!]
    if (line.x.length < 2 || (area && line.x.subarray(1, -1).every((x, i) => contains(area, x, line.y[i + 1]!)))) continue
    const { surface, centre } = tileAt(line.x[0]!, line.y[0]!)
    const half = Math.max(lanes.width[turns.fromLane[turn]!]!, 3.2) / 2 + 0.25
    const first = surface.count
    for (let i = 0; i < line.x.length; i++) {
      const [tx, ty] = tangentAt(line, i)
      for (const side of [half, -half]) {
        surface.push(line.x[i]! - centre[0], line.y[i]! - centre[1], line.z[i]! - 0.02, -ty * side, tx * side, -1000, 0, -1 - turns.node[turn]!)
      }
    }
    strip(surface.index, first, line.x.length)
  }
}
