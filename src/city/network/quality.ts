import { ConflictKind, Control, LinkFlag, NodeKind, type Network } from '../../sim'
import { toLonLat } from '../projection'
import type { CompileNotes } from './compileNetwork'
import { strongComponents } from './prune'

/** Quality of a compiled network: what `city report` prints. Lengths are m unless the name says km. */
export interface QualityReport {
  readonly nodes: number
  readonly links: number
  readonly lanes: number
  readonly laneKm: number
  readonly roadKm: number
  readonly turns: number
  /** Nodes where traffic is ordered: by signal, roundabout or priority. */
  readonly junctions: number
  readonly signals: number
  readonly roundabouts: number
  readonly gateways: number
  readonly deadEnds: number
  /** Share of lane-km in one strongly connected component, with gateways joined outside. */
  readonly largestComponentLaneShare: number
  readonly linksUnder10m: number
  readonly lanesWithoutExit: number
  readonly lanesWithoutEntry: number
  /** Turns at junctions that are neither controlled by a signal nor ordered by priority. */
  readonly uncontrolledTurns: number
  /** Attributes that the source did not say, by kind. */
  readonly guessed: Readonly<Record<string, number>>
  readonly corrections: CompileNotes['corrections']
  readonly dropped: Readonly<Record<string, { readonly pieces: number; readonly km: number }>>
  readonly excludedWays: Readonly<Record<string, number>>
  readonly overlaps: { readonly pieces: number; readonly km: number }
  readonly joinedEnds: number
  readonly turningPlaces: number
  readonly joinedJunctions: number
  readonly midBlockSignals: number
  readonly turnRestrictions: number
  readonly suspicious: readonly Suspicious[]
}

/** A place that someone who knows the city should look at. */
export interface Suspicious {
  readonly kind: string
  readonly what: string
  /** m from the false origin. */
  readonly x: number
  readonly y: number
}

const SHORT_LINK = 10

export function qualityReport(network: Network, notes: CompileNotes): QualityReport {
  const { nodes, links, lanes, turns, strings } = network
  const suspicious: Suspicious[] = []
  const note = (kind: string, what: string, x: number, y: number): void => void suspicious.push({ kind, what, x: Math.round(x), y: Math.round(y) })
  const linkName = (row: number): string => `${strings[links.id[row]!]} ${links.name[row]! >= 0 ? strings[links.name[row]!] : ''}`.trim()
  const middle = (row: number): [number, number] => {
    const point = links.pointFirst[row]! + (links.pointCount[row]! >> 1)
    return [network.points.x[point]!, network.points.y[point]!]
  }
  const gatewayIn = (row: number): boolean => (links.flags[row]! & LinkFlag.gatewayIn) !== 0
  const gatewayOut = (row: number): boolean => (links.flags[row]! & LinkFlag.gatewayOut) !== 0

  let laneMetres = 0
  let short = 0
  for (let row = 0; row < links.rows; row++) {
    laneMetres += links.length[row]! * links.laneCount[row]!
    if (links.length[row]! >= SHORT_LINK) continue
    short += 1
    note('shortLink', `${linkName(row)} is ${links.length[row]!.toFixed(1)} m long`, ...middle(row))
  }
  const entered = new Uint8Array(lanes.rows)
  for (let turn = 0; turn < turns.rows; turn++) entered[turns.toLane[turn]!] = 1
  let withoutExit = 0
  let withoutEntry = 0
  for (let lane = 0; lane < lanes.rows; lane++) {
    const link = lanes.link[lane]!
    if (lanes.turnCount[lane] === 0 && !gatewayOut(link)) {
      withoutExit += 1
      note('laneWithoutExit', `lane ${lanes.index[lane]} of ${linkName(link)} leads nowhere`, ...middle(link))
    }
    if (!entered[lane] && !gatewayIn(link)) withoutEntry += 1
  }
  let uncontrolled = 0
  for (let turn = 0; turn < turns.rows; turn++) {
    const node = turns.node[turn]!
    if (nodes.control[node] === Control.none && nodes.kind[node] === NodeKind.junction && meetsOthers(network, turn)) uncontrolled += 1
  }
  const count = (test: (node: number) => boolean): number => Array.from(nodes.x.keys()).filter(test).length
  const flagged = (flag: number): number => Array.from(links.flags).filter(flags => flags & flag).length
  for (const { x, y, clearance } of notes.unclear) note('lowBridge', `bridge clears the road below by ${clearance.toFixed(1)} m only`, x, y)
  for (const { roads, x, y } of notes.levelCrossings) note('levelCrossing', `${roads.join(' and ')} cross on one layer without a common node`, x, y)
  for (const { name, length, at } of notes.dropped.filter(piece => piece.reason === 'unconnected' && piece.length > 300)) {
    note('unconnected', `${name}: ${Math.round(length)} m are not connected to the rest and were left out`, ...at)
  }
  for (const { road, to, gap, at } of notes.joinedEnds) note('joinedEnd', `${road} joined to ${to} over ${gap.toFixed(1)} m`, ...at)
  for (const { road, to, at } of notes.turningPlaces) note('turningPlace', `${road} and ${to} end here; joined by a turning place`, ...at)
  for (const { road, name, newer, length, at } of notes.overlaps) note('overlap', `${Math.round(length)} m of ${road} ${name} replaced by the newer ${newer}`, ...at)
  const dropped: Record<string, { pieces: number; km: number }> = {}
  for (const { reason, length } of notes.dropped) {
    const entry = (dropped[reason] ??= { pieces: 0, km: 0 })
    entry.pieces += 1
    entry.km += length / 1000
  }
  for (const entry of Object.values(dropped)) entry.km = round(entry.km, 2)
  return {
    nodes: nodes.rows, links: links.rows, lanes: lanes.rows, laneKm: round(laneMetres / 1000, 1),
    roadKm: round(links.length.reduce((sum, length) => sum + length, 0) / 1000, 1), turns: turns.rows,
    junctions: count(node => nodes.kind[node] === NodeKind.junction && nodes.control[node] !== Control.none),
    signals: network.programs.rows, roundabouts: count(node => nodes.control[node] === Control.roundabout),
    gateways: count(node => nodes.kind[node] === NodeKind.gateway), deadEnds: count(node => nodes.kind[node] === NodeKind.end),
    largestComponentLaneShare: round(largestComponent(network).share, 5), linksUnder10m: short,
    lanesWithoutExit: withoutExit, lanesWithoutEntry: withoutEntry, uncontrolledTurns: uncontrolled,
    guessed: {
      lanesOfLinks: flagged(LinkFlag.guessedLanes), speedOfLinks: flagged(LinkFlag.guessedSpeed), turnsOfLinks: flagged(LinkFlag.guessedTurns),
      signalsOfJunctions: notes.guessedSignals.length, signalPrograms: network.programs.rows,
    },
    corrections: notes.corrections, dropped, excludedWays: notes.excluded,
    overlaps: { pieces: notes.overlaps.length, km: round(notes.overlaps.reduce((sum, { length }) => sum + length, 0) / 1000, 2) },
    joinedEnds: notes.joinedEnds.length, turningPlaces: notes.turningPlaces.length, joinedJunctions: notes.joinedJunctions, midBlockSignals: notes.midBlockSignals.length,
    turnRestrictions: notes.restrictions, suspicious,
  }
}

/** Whether a turn crosses or joins another one that comes from elsewhere. */
function meetsOthers({ turns, conflicts, lanes }: Network, turn: number): boolean {
  for (let row = turns.conflictFirst[turn]!; row < turns.conflictFirst[turn]! + turns.conflictCount[turn]!; row++) {
    const other = conflicts.other[row]!
    if (conflicts.kind[row] !== ConflictKind.diverging && lanes.link[turns.fromLane[other]!] !== lanes.link[turns.fromLane[turn]!]) return true
  }
  return false
}

/** Share of lane metres in the largest set of links that all reach each other, and the links outside it. */
export function largestComponent(network: Network): { share: number; outside: Set<number> } {
  const { links, lanes, turns } = network
  const beyond = links.rows
  const arcs: number[][] = Array.from({ length: beyond + 1 }, () => [])
  for (let turn = 0; turn < turns.rows; turn++) arcs[lanes.link[turns.fromLane[turn]!]!]!.push(lanes.link[turns.toLane[turn]!]!)
  for (let row = 0; row < links.rows; row++) {
    if (links.flags[row]! & LinkFlag.gatewayIn) arcs[beyond]!.push(row)
    if (links.flags[row]! & LinkFlag.gatewayOut) arcs[row]!.push(beyond)
  }
  const component = strongComponents(arcs)
  const metres = new Map<number, number>()
  let total = 0
  for (let row = 0; row < links.rows; row++) {
    const lane = links.length[row]! * links.laneCount[row]!
    metres.set(component[row]!, (metres.get(component[row]!) ?? 0) + lane)
    total += lane
  }
  const [main, most] = [...metres].sort((a, b) => b[1] - a[1])[0]!
  return { share: most / total, outside: new Set(Array.from(links.length.keys()).filter(row => component[row] !== main)) }
}

/** Suspicious places and corrections as GeoJSON, WGS 84. */
export function qualityGeoJson(report: QualityReport): object {
  const feature = (lonLat: readonly number[], properties: object): object =>
    ({ type: 'Feature', geometry: { type: 'Point', coordinates: lonLat.map(value => round(value, 6)) }, properties })
  return {
    type: 'FeatureCollection',
    features: [
      ...report.suspicious.map(({ kind, what, x, y }) => feature(toLonLat(x, y), { kind, what })),
      ...report.corrections.map(({ id, kind, reason, author, date, at }) => feature(at, { kind: `correction:${kind}`, what: reason, id, author, date })),
    ],
  }
}

const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits
