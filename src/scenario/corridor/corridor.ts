import { Direction, type Network } from '../../sim'
import { carriagewayDirections } from '../roadTarget'
import { stagesOf } from '../signalTarget'
import type { GreenSpan } from './greenWave'

/** A road with its signals, in the order in which who drives along it meets them. */
export interface Corridor {
  readonly road: string
  /** The way in which distances grow. */
  readonly heading: 'east' | 'north'
  readonly signals: readonly CorridorSignal[]
  /** Mean limit of the road, m/s. */
  readonly speedLimit: number
}

export interface CorridorSignal {
  readonly node: number
  readonly program: number
  /** m from the first signal. */
  readonly at: number
  /** Bit of the signal group of those who go straight on along the road, in its order and against it; null = nobody does. */
  readonly forward: number | null
  readonly backward: number | null
}

/** Junctions nearer than this are one to who drives along a road, m; of several, as on the two sides of a wide road, each has its row. */
const SIGNALS_LEAST = 3

/** Names of roads with at least three signals for those who go straight on, those with most first. */
export function corridorRoads(network: Network): string[] {
  const { links, nodes, strings } = network
  const signals = new Map<number, Set<number>>()
  for (let link = 0; link < links.rows; link++) {
    const program = nodes.program[links.toNode[link]!]!
    if (links.name[link]! < 0 || program < 0 || throughGroup(network, link, program) === null) continue
    const known = signals.get(links.name[link]!) ?? new Set()
    signals.set(links.name[link]!, known.add(program))
  }
  return [...signals].filter(([, programs]) => programs.size >= SIGNALS_LEAST).sort((a, b) => b[1].size - a[1].size).map(([name]) => strings[name]!)
}

/** The signals of a road; null = it has none for those who go straight on. */
export function corridorOf(network: Network, road: string): Corridor | null {
  const { links, nodes, strings } = network
  const named = Array.from({ length: links.rows }, (_, link) => link).filter(link => strings[links.name[link]!] === road)
  if (named.length === 0) return null
  const ways = carriagewayDirections(network, named)
  const [ax, ay] = axisOf([...ways.values()])
  const leads = (link: number): number => { const [x, y] = ways.get(link)!; return x * ax + y * ay }
  const through = new Map<number, { forward: Group | null; backward: Group | null }>()
  for (const link of named) {
    const program = nodes.program[links.toNode[link]!]!
    const group = program < 0 ? null : throughGroup(network, link, program)
    if (group === null) continue
    const own = through.get(program) ?? { forward: null, backward: null }
    const side = leads(link) > 0 ? 'forward' : 'backward'
    // Of a main road and its side road the wider one counts.
    if ((own[side]?.lanes ?? 0) < links.laneCount[link]!) own[side] = { bit: group, lanes: links.laneCount[link]! }
    through.set(program, own)
  }
  const along = (node: number): number => nodes.x[node]! * ax + nodes.y[node]! * ay
  const rows = [...through].map(([program, own]) => ({ program, node: network.programs.node[program]!, ...own })).sort((a, b) => along(a.node) - along(b.node))
  if (rows.length === 0) return null
  const forward = named.filter(link => leads(link) > 0)
  let at = 0
  const signals = rows.map(({ program, node, ...own }, index): CorridorSignal => {
    if (index > 0) at += distance(network, forward, rows[index - 1]!.node, node)
    return { program, node, at, forward: own.forward?.bit ?? null, backward: own.backward?.bit ?? null }
  })
  const long = named.reduce((sum, link) => sum + links.length[link]!, 0)
  return { road, heading: Math.abs(ax) >= Math.abs(ay) ? 'east' : 'north', signals, speedLimit: named.reduce((sum, link) => sum + links.speedLimit[link]! * links.length[link]!, 0) / long }
}

/** Signals farther apart than this are not worth a green wave, m: platoons spread out (MUTCD 2009, 4D.01: half a mile). */
const COORDINATED_WITHIN = 1000

/**
 * First and last of a row of signals of a road of which none is far from the one before: the longest row, or that around a
 * junction, which a neighbour belongs to in any case.
 */
export function coordinatedStretch({ signals }: Corridor, around?: number): { first: number; last: number } {
  const own = signals.findIndex(({ node }) => node === around)
  const far = (row: number): boolean => signals[row]!.at - signals[row - 1]!.at > COORDINATED_WITHIN
  let best = { first: 0, last: 0 }
  let first = 0
  for (let last = 0; last < signals.length; last++) {
    if (last > 0 && far(last)) first = last
    if (own < 0 ? last - first > best.last - best.first : first <= own && own <= last) best = { first, last }
  }
  if (best.last > best.first) return best
  return own < 0 ? { first: 0, last: signals.length - 1 } : { first: Math.max(0, own - 1), last: Math.min(signals.length - 1, own + 1) }
}

interface Group { readonly bit: number; readonly lanes: number }

/** Bit of the group in which traffic of a link goes straight on; null = it has none. */
function throughGroup({ lanes, links, turns, programs }: Network, link: number, program: number): number | null {
  for (let lane = links.laneFirst[link]!; lane < links.laneFirst[link]! + links.laneCount[link]!; lane++) {
    for (let turn = lanes.turnFirst[lane]!; turn < lanes.turnFirst[lane]! + lanes.turnCount[lane]!; turn++) {
      const group = turns.group[turn]!
      if (turns.direction[turn] === Direction.straight && group >= 0) return 1 << (group - programs.groupFirst[program]!)
    }
  }
  return null
}

/** Long axis of directed stretches, whichever way they lead; east or north of it ahead. */
function axisOf(ways: readonly (readonly [number, number])[]): [number, number] {
  const sum = (of: (x: number, y: number) => number): number => ways.reduce((total, [x, y]) => total + of(x, y), 0)
  const [xx, xy, yy] = [sum(x => x * x), sum((x, y) => x * y), sum((_, y) => y * y)]
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const [x, y] = [Math.cos(angle), Math.sin(angle)]
  const ahead = Math.abs(x) >= Math.abs(y) ? x : y
  return ahead < 0 ? [-x, -y] : [x, y]
}

/** m from one junction to the next over the links of a road; where these do not connect, as the crow flies. */
function distance({ links, nodes }: Network, road: readonly number[], from: number, to: number): number {
  const straight = Math.hypot(nodes.x[to]! - nodes.x[from]!, nodes.y[to]! - nodes.y[from]!)
  const reached = new Map([[from, 0]])
  const open = [from]
  while (open.length > 0) {
    open.sort((a, b) => reached.get(b)! - reached.get(a)!)
    const node = open.pop()!
    if (node === to) return Math.max(straight, reached.get(node)!)
    for (const link of road) {
      if (links.fromNode[link] !== node) continue
      const far = reached.get(node)! + links.length[link]!
      const next = links.toNode[link]!
      // A way much longer than the straight one is another road of that name.
      if (far > 1.5 * straight + 100 || far >= (reached.get(next) ?? Infinity)) continue
      reached.set(next, far)
      open.push(next)
    }
  }
  return straight
}

/** The green of a group under a plan: its longest stretch in the cycle, intergreens between two stages that both have it included; null = it never has any. */
export function greenSpan(network: Network, program: number, bit: number, greens: readonly number[]): GreenSpan | null {
  const { programs, stages } = network
  const first = programs.stageFirst[program]!
  const times = stagesOf(network, program)
  const has = times.map((_, at) => ((stages.protectedMask[first + at]! | stages.permittedMask[first + at]!) & bit) !== 0)
  const long = times.map(({ yellow, allRed }, at) => greens[at]! + yellow + allRed)
  const cycle = long.reduce((sum, each) => sum + each, 0)
  if (!has.includes(true)) return null
  if (!has.includes(false)) return { start: 0, length: cycle }
  let best: GreenSpan = { start: 0, length: 0 }
  for (const [at, goes] of has.entries()) {
    if (!goes || has[(at + has.length - 1) % has.length]) continue
    let length = 0
    let stage = at
    while (has[(stage + 1) % has.length]) { length += long[stage]!; stage = (stage + 1) % has.length }
    length += greens[stage]!
    if (length > best.length) best = { start: long.slice(0, at).reduce((sum, each) => sum + each, 0), length }
  }
  return best
}
