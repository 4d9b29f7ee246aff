import { ExtractError, type OsmData, type OsmNode, type OsmWay } from '../osm'
import { nearestOnSegment } from './places'

/** Mends of an extract: a small file that any city can have beside it. Docs: docs/city.md. */
export interface CorrectionsFile {
  readonly format: 'pengcheng-corrections'
  readonly version: 1
  readonly author: string
  readonly corrections: readonly Correction[]
}

export type Correction = CorrectionBase & (
  | { readonly kind: 'add'; readonly tags: Readonly<Record<string, string>>; readonly points: readonly CorrectionPoint[] }
  | { readonly kind: 'remove'; readonly way: number }
  /** Ways that meet where they cross, which the extract draws without a common node. */
  | { readonly kind: 'join'; readonly at: readonly [number, number]; readonly ways: readonly [number, number, ...number[]] }
  /**
   * Tags of one way, of one node, or of all ways that carry the tags of `match`; null takes a tag away. With
   * `onlyMissing`, tags that are there stay as they are.
   */
  | {
    readonly kind: 'retag'; readonly way?: number; readonly node?: number; readonly match?: Readonly<Record<string, string>>
    readonly onlyMissing?: boolean; readonly tags: Readonly<Record<string, string | null>>
  }
)

interface CorrectionBase {
  readonly id: string
  /** ISO date on which it was made. */
  readonly date: string
  readonly reason: string
  /** Where it differs from the file's author. */
  readonly author?: string
}

/**
 * A node of the extract by id; a new point by longitude and latitude; a point of another correction by its name; a
 * new node put into way `way` where it passes nearest to `at` (with two ways: into both, so that they meet there).
 * `name` lets later corrections refer to a point.
 */
export type CorrectionPoint =
  | number
  | readonly [number, number]
  | NewPoint
  | { readonly point: string }

interface NewPoint { readonly at: readonly [number, number]; readonly way?: number | readonly number[]; readonly name?: string }
const isPair = (point: readonly [number, number] | NewPoint): point is readonly [number, number] => Array.isArray(point)

/** What was applied, for the report and the map. */
export interface AppliedCorrection {
  readonly id: string
  readonly kind: string
  readonly author: string
  readonly date: string
  readonly reason: string
  /** Ways added, removed or changed. */
  readonly elements: number
  /** Longitude and latitude of where it applies. */
  readonly at: readonly [number, number]
}

/** Applies corrections in order. Throws an ExtractError for one that no longer fits the extract. */
export function applyCorrections(data: OsmData, corrections: CorrectionsFile, file: string): { data: OsmData; applied: AppliedCorrection[] } {
  if (corrections.format !== 'pengcheng-corrections' || corrections.version !== 1) {
    throw new ExtractError(`${file}: format is "${String(corrections.format)}" version ${String(corrections.version)}, expected "pengcheng-corrections" version 1.`)
  }
  const nodes = new Map(data.nodes)
  const ways = new Map(data.ways.map(way => [way.id, way]))
  const named = new Map<string, number>()
  const applied: AppliedCorrection[] = []
  let nextId = -1
  for (const correction of corrections.corrections) {
    const refuse = (what: string): never => {
      throw new ExtractError(`${file}: correction "${correction.id}": ${what}. The extract has changed; adjust or delete this correction.`)
    }
    for (const field of ['id', 'date', 'reason', 'kind'] as const) if (!correction[field]) refuse(`has no "${field}"`)
    const wayOf = (id: number): OsmWay => ways.get(id) ?? refuse(`way ${id} is not in the extract`)
    let at: readonly [number, number] = [0, 0]
    let elements = 1
    const place = (id: number): void => {
      const node = nodes.get(id)!
      at = [node.lon, node.lat]
    }
    if (correction.kind === 'remove') {
      const way = wayOf(correction.way)
      place(way.nodes[way.nodes.length >> 1]!)
      ways.delete(way.id)
    } else if (correction.kind === 'join') {
      const [host, ...others] = correction.ways.map(wayOf)
      if (!host || others.length === 0) return refuse('needs two ways')
      const id = insertNode(nodes, ways, host, correction.at, nextId)
      if (id === nextId) nextId -= 1
      for (const other of others) threadNode(nodes, ways, other, id)
      place(id)
      elements = correction.ways.length
    } else if (correction.kind === 'retag' && correction.node !== undefined) {
      const node = nodes.get(correction.node) ?? refuse(`node ${correction.node} is not in the extract`)
      nodes.set(node.id, { ...node, tags: changed(node.tags ?? {}, correction.tags, correction.onlyMissing) })
      place(node.id)
    } else if (correction.kind === 'retag') {
      const matching = correction.way !== undefined ? [wayOf(correction.way)] : [...ways.values()].filter(way => Object.keys(correction.match ?? {}).length > 0
        && Object.entries(correction.match!).every(([key, value]) => way.tags[key] === value))
      if (matching.length === 0) refuse(`no way carries ${JSON.stringify(correction.match)}`)
      for (const way of matching) ways.set(way.id, { ...way, tags: changed(way.tags, correction.tags, correction.onlyMissing), correction: correction.id })
      place(matching[0]!.nodes[0]!)
      elements = matching.length
    } else if (correction.kind === 'add') {
      const ids = correction.points.map(point => {
        if (typeof point === 'number') return nodes.has(point) ? point : refuse(`node ${point} is not in the extract`)
        if ('point' in point) return named.get(point.point) ?? refuse(`no earlier correction names a point "${point.point}"`)
        const { at: [lon, lat], way, name }: NewPoint = isPair(point) ? { at: point } : point
        let id = nextId
        const [host, ...others] = way === undefined ? [] : [way].flat()
        if (host !== undefined) id = insertNode(nodes, ways, wayOf(host), [lon, lat], nextId)
        else nodes.set(id, { id, lon, lat })
        if (id === nextId) nextId -= 1
        for (const other of others) threadNode(nodes, ways, wayOf(other), id)
        if (name) named.set(name, id)
        return id
      })
      if (ids.length < 2) refuse('needs at least two points')
      place(ids[ids.length >> 1]!)
      // Ways that a correction adds are the newest: no older extract overrides them.
      ways.set(nextId, { id: nextId, nodes: ids, tags: correction.tags, source: `correction-${correction.date}`, correction: correction.id })
      nextId -= 1
    } else refuse(`kind "${String((correction as { kind: string }).kind)}" is none of add, remove, join, retag`)
    applied.push({ id: correction.id, kind: correction.kind, author: correction.author ?? corrections.author, date: correction.date, reason: correction.reason, elements, at })
  }
  return { data: { ...data, nodes, ways: [...ways.values()] }, applied }
}

function changed(tags: Readonly<Record<string, string>>, changes: Readonly<Record<string, string | null>>, onlyMissing = false): Record<string, string> {
  return Object.fromEntries(Object.entries(onlyMissing ? { ...changes, ...tags } : { ...tags, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null))
}

/** Puts a node into `way` where it passes nearest to `at`; an existing node within 3 m is taken instead. */
function insertNode(nodes: Map<number, OsmNode>, ways: Map<number, OsmWay>, way: OsmWay, at: readonly [number, number], id: number): number {
  const { segment, share, spacing } = nearestPlace(nodes, way, at)
  const from = nodes.get(way.nodes[segment - 1]!)!
  const to = nodes.get(way.nodes[segment]!)!
  if (share * spacing < 3) return from.id
  if ((1 - share) * spacing < 3) return to.id
  nodes.set(id, { id, lon: from.lon + share * (to.lon - from.lon), lat: from.lat + share * (to.lat - from.lat) })
  ways.set(way.id, { ...way, nodes: [...way.nodes.slice(0, segment), id, ...way.nodes.slice(segment)] })
  return id
}

/** Makes `way` pass through an existing node. */
function threadNode(nodes: Map<number, OsmNode>, ways: Map<number, OsmWay>, way: OsmWay, id: number): void {
  if (way.nodes.includes(id)) return
  const node = nodes.get(id)!
  const { segment } = nearestPlace(nodes, way, [node.lon, node.lat])
  ways.set(way.id, { ...way, nodes: [...way.nodes.slice(0, segment), id, ...way.nodes.slice(segment)] })
}

/** Segment (by the index of its end) of `way` that passes nearest to `at`, the share along it, and its length in m. */
function nearestPlace(nodes: ReadonlyMap<number, OsmNode>, way: OsmWay, at: readonly [number, number]): { segment: number; share: number; spacing: number } {
  const latitudeScale = Math.cos((at[1] * Math.PI) / 180)
  const local = (id: number): readonly [number, number] => {
    const node = nodes.get(id)!
    return [(node.lon - at[0]) * 111320 * latitudeScale, (node.lat - at[1]) * 110574]
  }
  let best = Infinity
  let place = { segment: 1, share: 0, spacing: 0 }
  for (let segment = 1; segment < way.nodes.length; segment++) {
    const [a, b] = [local(way.nodes[segment - 1]!), local(way.nodes[segment]!)]
    const { distance, share } = nearestOnSegment(0, 0, a, b)
    if (distance < best) [best, place] = [distance, { segment, share, spacing: Math.hypot(b[0] - a[0], b[1] - a[1]) }]
  }
  return place
}
