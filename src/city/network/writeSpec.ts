import { ALL_CLASSES, Control, LinkFlag, NodeKind, SignalKind, RoadClass, type LinkSpec, type NetworkSpec, type NodeSpec } from '../../sim'
import type { Gateways } from './gateways'
import type { RoadStandard } from './guesses'
import type { HeightLine } from './heights'
import type { Junctions } from './junctions'
import { linksAt, type LinkDraft } from './movements'
import type { Places } from './places'
import { isMain, isRamp, type RoadWay } from './roadWays'
import { turned, type Stretch } from './stretches'

export interface SpecInput {
  readonly links: readonly LinkDraft[]
  readonly bans: readonly { from: number; to: number }[]
  readonly stretches: readonly Stretch[]
  readonly lines: readonly HeightLine[]
  readonly standards: ReadonlyMap<RoadWay, RoadStandard>
  readonly places: Places
  readonly gateways: Gateways
  readonly junctions: Junctions
  readonly guessed: ReadonlySet<number>
  zoneAt(x: number, y: number): number
}

/** Lines are thinned to this, m across and m in height. */
const TOLERANCE = 0.2

/** Turns the compiled graph into the specification that `assembleNetwork` takes. Nodes are sorted by id. */
export function writeSpec(input: SpecInput): NetworkSpec {
  const { links, bans, places } = input
  const at = linksAt(links)
  const numbers = [...at.keys()].sort((a, b) => a - b)
  const rowOf = new Map(numbers.map((node, row) => [node, row]))
  const gatewayNodes = new Set(input.gateways.group.values())
  const members = membersOf(input)
  const specs = links.map(link => linkSpec(link, input, rowOf, gatewayNodes))
  const nodes = numbers.map((node): NodeSpec => {
    const { entering, leaving } = at.get(node)!
    const around = [...entering, ...leaving].map(row => links[row]!)
    const here = [...(members.get(node) ?? [node])]
    const [x, y] = [mean(here.map(id => places.at(id)[0])), mean(here.map(id => places.at(id)[1]))]
    const arms = new Set(around.map(link => link.stretch)).size
    const gateway = gatewayNodes.has(node)
    const name = nodeName(around, gateway)
    const touching = [...leaving.map(row => specs[row]!.points[2]!), ...entering.map(row => specs[row]!.points.at(-1)!)]
    return {
      id: `n${node}`, ...(name ? { name } : {}), x: round(x), y: round(y), z: round(mean(touching)),
      signalKind: SignalKind.actuated, // as the city's adaptive control does (SCATS and its successors)
      kind: gateway ? NodeKind.gateway : arms === 1 ? NodeKind.end : NodeKind.junction,
      control: gateway || arms === 1 ? Control.none
        : (input.junctions.signals.has(node) || input.guessed.has(node)) && entering.length + leaving.length > 2 ? Control.signal
          : around.some(link => link.road.roundabout) ? Control.roundabout
            : arms === 2 && entering.length === leaving.length && !losesLane(entering, leaving, specs) ? Control.none : Control.priority,
    }
  })
  return { nodes, links: specs, bans }
}

function linkSpec(link: LinkDraft, input: SpecInput, rowOf: ReadonlyMap<number, number>, gatewayNodes: ReadonlySet<number>): LinkSpec {
  const stretch = link.reversed ? turned(input.stretches[link.stretch]!) : input.stretches[link.stretch]!
  const { road } = link
  const standard = input.standards.get(road)!
  const along = !stretch.main.reversed
  const count = along ? standard.forward : standard.backward
  const lastPart = stretch.parts.at(-1)!
  const tagged = lastPart.reversed ? lastPart.edge.road.marksBackward : lastPart.edge.road.marksForward
  const marks = tagged.length === count ? tagged : []
  const ruled = lastPart.reversed ? lastPart.edge.road.allowedBackward : lastPart.edge.road.allowedForward
  const rules = ruled.length === count ? ruled : []
  const roads = stretch.parts.map(part => part.edge.road)
  const layer = roads.reduce((most, { layer }) => (Math.abs(layer) > Math.abs(most) ? layer : most), 0)
  const points = linkPoints(link, input)
  const middle = Math.floor(points.length / 6) * 3
  const gatewayIn = gatewayNodes.has(link.from)
  const gatewayOut = gatewayNodes.has(link.to)
  return {
    id: link.id, ...(road.name ? { name: road.name } : {}), from: rowOf.get(link.from)!, to: rowOf.get(link.to)!,
    class: road.class, speedLimit: standard.speed, layer,
    flags: (road.oneway ? LinkFlag.oneway : 0) | (roads.some(r => r.bridge) ? LinkFlag.bridge : 0) | (roads.some(r => r.tunnel) ? LinkFlag.tunnel : 0)
      | (road.roundabout ? LinkFlag.roundabout : 0) | (gatewayIn ? LinkFlag.gatewayIn : 0) | (gatewayOut ? LinkFlag.gatewayOut : 0)
      | (standard.lanesGuess ? LinkFlag.guessedLanes : 0) | (standard.speedGuess ? LinkFlag.guessedSpeed : 0)
      | (marks.length === 0 && count > 1 ? LinkFlag.guessedTurns : 0) | (roads.some(r => r.corrected) ? LinkFlag.corrected : 0),
    zone: input.zoneAt(points[middle]!, points[middle + 1]!), points, placement: road.oneway ? 'centre' : 'left',
    lanes: Array.from({ length: count }, (_, lane) => ({ width: standard.laneWidth, allowed: rules[lane] ?? ALL_CLASSES, marks: marks[lane] ?? 0 })),
  }
}

function linkPoints(link: LinkDraft, input: SpecInput): number[] {
  const line = input.lines[link.stretch]!
  const points: [number, number, number][] = line.x.map((x, i) => [x, line.y[i]!, line.height[i]!])
  if (link.reversed) points.reverse()
  return thin(points).flatMap(([x, y, z]) => [round(x), round(y), round(z)])
}

/** Douglas-Peucker in space: what is left out lies within the tolerance of what stays. */
function thin(points: readonly [number, number, number][]): [number, number, number][] {
  const keep = new Uint8Array(points.length)
  keep[0] = keep[points.length - 1] = 1
  const stack: [number, number][] = [[0, points.length - 1]]
  while (stack.length > 0) {
    const [first, last] = stack.pop()!
    const [a, b] = [points[first]!, points[last]!]
    const d = [b[0] - a[0], b[1] - a[1], b[2] - a[2]] as const
    const square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2]
    let worst = TOLERANCE
    let at = -1
    for (let i = first + 1; i < last; i++) {
      const p = points[i]!
      const v = [p[0] - a[0], p[1] - a[1], p[2] - a[2]] as const
      const t = square === 0 ? 0 : Math.min(1, Math.max(0, (v[0] * d[0] + v[1] * d[1] + v[2] * d[2]) / square))
      const distance = Math.hypot(v[0] - t * d[0], v[1] - t * d[1], v[2] - t * d[2])
      if (distance > worst) [worst, at] = [distance, i]
    }
    if (at < 0) continue
    keep[at] = 1
    stack.push([first, at], [at, last])
  }
  return points.filter((_, i) => keep[i] === 1)
}

function membersOf(input: SpecInput): Map<number, Set<number>> {
  const members = new Map<number, Set<number>>()
  for (const link of input.links) {
    for (const [node, id] of [[link.from, link.fromNode], [link.to, link.toNode]] as const) {
      const set = members.get(node)
      if (set) set.add(id)
      else members.set(node, new Set([id]))
    }
  }
  return members
}

/** Whether some road goes on with fewer lanes, so that drivers merge. */
function losesLane(entering: readonly number[], leaving: readonly number[], specs: readonly LinkSpec[]): boolean {
  return Math.max(...entering.map(row => specs[row]!.lanes.length)) > Math.min(...leaving.map(row => specs[row]!.lanes.length))
}

/** "A / B" of the best roads that meet; a gateway bears the name of its road. */
function nodeName(links: readonly LinkDraft[], gateway: boolean): string {
  const best = new Map<string, number>()
  for (const { road } of links) {
    if (!road.name || isRamp(road.class) || (!gateway && road.class === RoadClass.service)) continue
    best.set(road.name, Math.min(best.get(road.name) ?? Infinity, road.class))
  }
  const names = [...best].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name)
  const proper = names.filter(name => !names.some(other => other !== name && name.startsWith(other))) // a frontage road goes by its main road
  if (gateway) return proper[0] ?? ''
  return proper.length > 1 || links.some(link => isMain(link.road.class)) ? proper.slice(0, 2).join(' / ') : proper[0] ?? ''
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
/** Centimetres are enough, and compress well. */
const round = (value: number): number => Math.round(value * 100) / 100

/** The specification without some links, and without the nodes that only they had. */
export function withoutLinks(spec: NetworkSpec, gone: ReadonlySet<number>): NetworkSpec {
  const linkRow = new Map<number, number>()
  for (const row of spec.links.keys()) if (!gone.has(row)) linkRow.set(row, linkRow.size)
  const kept = spec.links.filter((_, row) => !gone.has(row))
  const used = new Set(kept.flatMap(link => [link.from, link.to]))
  const nodeRow = new Map<number, number>()
  for (const row of spec.nodes.keys()) if (used.has(row)) nodeRow.set(row, nodeRow.size)
  return {
    nodes: spec.nodes.filter((_, row) => used.has(row)),
    links: kept.map(link => ({ ...link, from: nodeRow.get(link.from)!, to: nodeRow.get(link.to)! })),
    bans: spec.bans.flatMap(({ from, to }) => (gone.has(from) || gone.has(to) ? [] : [{ from: linkRow.get(from)!, to: linkRow.get(to)! }])),
  }
}
