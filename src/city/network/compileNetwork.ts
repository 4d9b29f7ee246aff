import type { NetworkSpec } from '../../sim'
import { ExtractError, type OsmData } from '../osm'
import { applyCorrections, type AppliedCorrection, type CorrectionsFile } from './corrections'
import { cutRoads } from './cutRoads'
import { findGateways } from './gateways'
import { makeEdges } from './graph'
import { roadStandards } from './guesses'
import { setHeights, type HeightLine, type UnclearCrossing } from './heights'
import { findJunctions } from './junctions'
import { draftLinks, keepReachable } from './linkDrafts'
import { addTurningPlaces, joinLooseEnds, type JoinedEnd } from './looseEnds'
import { findBans, guessSignals } from './movements'
import { resolveOverlaps, type Overlap } from './overlaps'
import { Places } from './places'
import { dropDriveways, dropStubs, keepConnected, type Dropped } from './prune'
import { selectRoads } from './roadWays'
import { dropSlipRoads } from './slipRoads'
import { lineOf, makeStretches, type Stretch } from './stretches'
import { writeSpec } from './writeSpec'

export interface CompileOptions {
  /** Roads are cut to this; coordinates are metres from the false origin. */
  readonly area: { has(x: number, y: number): boolean }
  readonly corrections?: CorrectionsFile
  readonly correctionsFile?: string
  /** Height of the ground, m. */
  groundAt(x: number, y: number): number
  /** TAZ id, or -1. */
  zoneAt(x: number, y: number): number
}

/** What the compiler did and could not do; places are metres from the false origin. */
export interface CompileNotes {
  readonly corrections: readonly AppliedCorrection[]
  readonly excluded: Readonly<Record<string, number>>
  readonly overlaps: readonly Overlap[]
  readonly joinedEnds: readonly JoinedEnd[]
  readonly turningPlaces: readonly JoinedEnd[]
  readonly dropped: readonly Dropped[]
  readonly unclear: readonly UnclearCrossing[]
  /** Roads of one layer that cross without meeting. */
  readonly levelCrossings: readonly { readonly x: number; readonly y: number; readonly roads: readonly string[] }[]
  readonly midBlockSignals: readonly (readonly [number, number])[]
  readonly guessedSignals: readonly (readonly [number, number])[]
  readonly restrictions: number
  readonly joinedJunctions: number
  /** Road names with their English form, where the source has one. */
  readonly roadNames: Readonly<Record<string, string>>
}

/** Compiles the roads of an OpenStreetMap extract into the specification of a network. */
export function compileNetwork(source: OsmData, options: CompileOptions): { spec: NetworkSpec; notes: CompileNotes } {
  const { data, applied } = options.corrections
    ? applyCorrections(source, options.corrections, options.correctionsFile ?? 'corrections')
    : { data: source, applied: [] }
  const places = new Places(data)
  const selected = selectRoads(data)
  const cut = cutRoads(selected.roads, places, options.area)
  if (cut.roads.length === 0) {
    throw new ExtractError(`${source.file}: no road lies inside the area to compile. Check --bbox, or the city's boundary.`)
  }
  const { roads: current, overlaps } = resolveOverlaps(cut.roads, places)
  const joinedEnds = joinLooseEnds(current, places, cut.cutNodes)
  const gateways = findGateways(makeEdges(current, places), places, cut.cutNodes)
  const ends = new Set(gateways.group.keys())
  const { roads, joined: turningPlaces } = addTurningPlaces(current, places, ends)

  const dropped: Dropped[] = []
  let edges = makeEdges(roads, places)
  edges = dropStubs(dropDriveways(edges, places, dropped), places, ends, dropped)
  edges = keepConnected(edges, places, ends, dropped)
  edges = dropStubs(edges, places, ends, dropped)
  if (edges.length === 0) throw new ExtractError(`${source.file}: no connected roads are left to compile. Give a larger area, with main roads in it.`)

  const slips = dropSlipRoads(edges, places, dropped)
  edges = keepConnected(slips.edges, places, ends, dropped)
  const junctions = findJunctions(edges, places)
  const standards = roadStandards(roads, places)
  const stretches = makeStretches(edges, junctions, new Set([...ends, ...junctions.signals]), standards)
  const drafted = draftLinks(stretches, places, gateways)
  const gatewayNodes = new Set(gateways.group.values())
  const { links } = keepReachable(drafted, stretches, places, gatewayNodes, found => findBans(found, junctions, slips.slipTurns, gatewayNodes, data).bans, dropped)
  const { bans, restrictions } = findBans(links, junctions, slips.slipTurns, gatewayNodes, data)
  const guessed = guessSignals(links, bans, junctions.signals)

  const lines: HeightLine[] = stretches.map(stretch => ({ ...lineOf(stretch, places), from: stretch.from, to: stretch.to, height: [] }))
  const { unclear, level } = setHeights(lines, options.groundAt)
  const spec = writeSpec({ links, bans, stretches, lines, standards, places, gateways, junctions, guessed, zoneAt: options.zoneAt })
  const names = new Map<string, string>()
  for (const { road } of links) if (road.name && road.nameEn && !names.has(road.name)) names.set(road.name, road.nameEn)
  const used = new Set(links.flatMap(link => [link.from, link.to]))
  const membersOf = new Map<number, number>()
  for (const edge of edges) for (const node of new Set([edge.from, edge.to])) membersOf.set(junctions.of.get(node)!, (membersOf.get(junctions.of.get(node)!) ?? 0) + (node === junctions.of.get(node) ? 0 : 1))
  return {
    spec,
    notes: {
      corrections: applied, excluded: selected.excluded, overlaps, joinedEnds, turningPlaces, dropped, unclear, levelCrossings: level.map(({ x, y, one, other }) => ({ x, y, roads: [stretches[one]!, stretches[other]!].map(nameOf) })), restrictions,
      midBlockSignals: junctions.midBlockSignals.map(node => places.at(node)),
      guessedSignals: [...guessed].filter(node => used.has(node)).map(node => places.at(node)),
      joinedJunctions: [...membersOf.values()].filter(count => count > 0).length,
      roadNames: Object.fromEntries([...names].sort((a, b) => (a[0] < b[0] ? -1 : 1))),
    },
  }
}


const nameOf = ({ main: { edge: { road } } }: Stretch): string => `${road.key} ${road.name}`.trim()
