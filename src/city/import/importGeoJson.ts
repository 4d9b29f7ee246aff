import { ALL_CLASSES, assembleNetwork, Control, LinkFlag, NodeKind, RoadClass, type LinkSpec, type NetworkSpec, type NodeSpec } from '../../sim'
import { connectedLinks } from '../layers/compile/demand/connected'
import { readMapping } from './geojson/mapping'
import { nodeLines, type Piece } from './geojson/noding'
import { readLines, type RoadLine } from './geojson/readLines'
import { Complaints } from './importError'
import type { Imported } from './imported'
import { countNetwork, Notes } from './importReport'
import { LENGTH_MAX, placePoints } from './plane'
import { readSource } from './readSource'

/** Reads road centrelines (GeoJSON) with a mapping file that says what their fields mean; see `geojson/mapping.ts`. */
export function importGeoJson(path: string, mappingPath: string): Imported {
  const mapping = readMapping(readSource(mappingPath))
  const source = readSource(path)
  const approximated = new Notes(), leftOut = new Notes(), repaired = new Notes()
  const lines = readLines(source, mapping, approximated, leftOut)
  const { toPlane, placed } = placePoints(lines.flatMap(({ points }) => points.map(([x, y]) => ({ x, y }))))
  const meets = (a: RoadLine, b: RoadLine): boolean => a.level === b.level && mapping.apart.has(a.class) === mapping.apart.has(b.class)
  const onPlane = lines.map(road => ({ road, points: road.points.map(([x, y]) => toPlane(x, y)) }))
  const complaints = new Complaints()
  for (const { road, points } of onPlane) {
    const far = points.findIndex(([x, y], at) => at > 0 && !(Math.hypot(x - points[at - 1]![0], y - points[at - 1]![1]) < LENGTH_MAX))
    if (far > 0) complaints.add({ file: `${source.file}: ${road.id}`, line: 0 }, 'long', `between its points ${far} and ${far + 1} lie more than ${LENGTH_MAX / 1000} km`, 'Are its coordinates right?')
  }
  complaints.stop()
  const noded = nodeLines(onPlane, mapping.snap, meets, repaired, approximated)
  const spec = specOfPieces(noded.nodes, noded.pieces, mapping.signals)
  const network = assembleNetwork(spec)
  const { links } = connectedLinks(network)
  const apart = network.links.rows - links.length
  if (apart > 0) approximated.add('links that do not lead to and from the largest connected part', undefined, apart)
  return {
    network,
    report: { files: [source.file, readSource(mappingPath).file], placed, network: countNetwork(network), approximated: approximated.list(), leftOut: leftOut.list(), repaired: repaired.list() },
  }
}

function specOfPieces(all: readonly (readonly [number, number])[], cut: readonly Piece[], signals: number | undefined): NetworkSpec {
  const used = [...new Set(cut.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const rowOf = new Map(used.map((node, row) => [node, row]))
  const nodes = used.map(node => all[node]!)
  const pieces = cut.map((piece): Piece => ({ ...piece, from: rowOf.get(piece.from)!, to: rowOf.get(piece.to)! }))
  const arms: Piece[][] = nodes.map(() => [])
  for (const piece of pieces) { arms[piece.from]!.push(piece); arms[piece.to]!.push(piece) }
  // Dead ends of main roads lead on outside; those of side streets are where one turns round.
  const isGateway = (node: number): boolean => arms[node]!.length === 1 && arms[node]![0]!.road.class <= RoadClass.tertiaryLink
  const counts = new Map<string, number>()
  const links: LinkSpec[] = []
  for (const { road, from, to, points } of pieces) {
    const part = (counts.get(road.id) ?? 0) + 1
    counts.set(road.id, part)
    const line = points.flatMap(([x, y]) => [x, y, 0])
    const lanes = Array.from({ length: road.lanes }, () => ({ width: 3.25, allowed: ALL_CLASSES, marks: 0 }))
    const link = (id: string, first: number, last: number, along: readonly number[]): LinkSpec => ({
      id, ...(road.name === undefined ? {} : { name: road.name }), from: first, to: last, class: road.class, speedLimit: road.speed,
      flags: (road.way === 'both' ? 0 : LinkFlag.oneway) | (isGateway(first) ? LinkFlag.gatewayIn : 0) | (isGateway(last) ? LinkFlag.gatewayOut : 0),
      layer: road.level, zone: -1, points: along, placement: road.way === 'both' ? 'left' : 'centre', lanes,
    })
    if (road.way !== 'backward') links.push(link(`${road.id}#${part}`, from, to, line))
    if (road.way !== 'forward') links.push(link(`-${road.id}#${part}`, to, from, points.toReversed().flatMap(([x, y]) => [x, y, 0])))
  }
  layBeside(links)
  const bans = links.flatMap((link, from) => (link.flags & LinkFlag.gatewayOut ? links.flatMap((exit, to) => (exit.from === link.to ? [{ from, to }] : [])) : []))
  return {
    nodes: nodes.map(([x, y], node): NodeSpec => ({
      id: `n${node}`, x, y, z: 0, kind: isGateway(node) ? NodeKind.gateway : NodeKind.junction,
      control: arms[node]!.length <= 2 ? Control.none
        : signals !== undefined && arms[node]!.filter(({ road }) => road.class <= signals).length >= 3 ? Control.signal : Control.priority,
    })),
    links, bans,
  }
}

/** m: two one-way lines of opposite direction that run nearer than this are drawn on one centreline. */
const BESIDE = 2

/** One-way lines on top of one another, there and back, are the two halves of a road: each lies to the right of the line. */
function layBeside(links: LinkSpec[]): void {
  const byEnds = new Map<string, number>()
  for (const [row, { from, to, placement }] of links.entries()) if (placement === 'centre') byEnds.set(`${from} ${to}`, row)
  for (const [row, link] of links.entries()) {
    const back = byEnds.get(`${link.to} ${link.from}`)
    if (link.placement !== 'centre' || back === undefined) continue
    const [x, y] = middleOf(link), [u, v] = middleOf(links[back]!)
    if (Math.hypot(x - u, y - v) >= BESIDE) continue
    links[row] = { ...link, placement: 'left' }
    links[back] = { ...links[back]!, placement: 'left' }
  }
}

/** The point half way along. */
function middleOf({ points }: LinkSpec): [number, number] {
  const edges = Array.from({ length: points.length / 3 - 1 }, (_, i) => Math.hypot(points[3 * i + 3]! - points[3 * i]!, points[3 * i + 4]! - points[3 * i + 1]!))
  let left = edges.reduce((sum, edge) => sum + edge, 0) / 2
  for (const [i, edge] of edges.entries()) {
    if (left <= edge || i === edges.length - 1) {
      const t = edge === 0 ? 0 : Math.min(1, left / edge)
      return [points[3 * i]! + (points[3 * i + 3]! - points[3 * i]!) * t, points[3 * i + 1]! + (points[3 * i + 4]! - points[3 * i + 1]!) * t]
    }
    left -= edge
  }
  return [points[0]!, points[1]!]
}
