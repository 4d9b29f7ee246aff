import type { OsmData } from '../../osm'
import { toPlane } from '../../projection'
import { inRing, orient, polygonArea, type Point, type Polygon } from './geometry'
import { readRawJson } from './rawFile'

interface Element {
  readonly type: string
  readonly id: number
  readonly lon: number
  readonly lat: number
  readonly nodes: readonly number[]
  readonly tags?: Readonly<Record<string, string>>
}

export interface OsmArea { readonly tags: Readonly<Record<string, string>>; readonly polygon: Polygon; readonly area: number }
export interface OsmLine { readonly tags: Readonly<Record<string, string>>; readonly line: readonly Point[] }

/** Tagged ways of the core extract: closed ones as areas, open ones as lines. The extract has no relations. */
export function readOsmCore(rawFolder: string): { areas: OsmArea[]; lines: OsmLine[] } {
  const { elements } = readRawJson<{ elements: Element[] }>(rawFolder, 'osm-core-nanshan-futian/osm_core_merged.overpass.json.gz')
  const places = new Map<number, Point>()
  for (const element of elements) if (element.type === 'node') places.set(element.id, toPlane(element.lon, element.lat))
  const areas: OsmArea[] = []
  const lines: OsmLine[] = []
  for (const { type, nodes, tags } of elements) {
    if (type !== 'way' || !tags) continue
    const line = nodes.flatMap(id => {
      const place = places.get(id)
      return place ? [place] : []
    })
    if (nodes.length >= 4 && nodes[0] === nodes.at(-1) && line.length === nodes.length) {
      const polygon = orient([line.slice(0, -1)])
      areas.push({ tags, polygon, area: polygonArea(polygon) })
    } else if (line.length >= 2) lines.push({ tags, line })
  }
  return { areas, lines }
}

/** Areas and lines of any extract: closed ways, multipolygon relations with their holes, and open ways. */
export function areasOf({ nodes, ways, relations }: OsmData): { areas: OsmArea[]; lines: OsmLine[] } {
  const byId = new Map(ways.map(way => [way.id, way]))
  const lineOf = (ids: readonly number[]): Point[] => ids.flatMap(id => {
    const node = nodes.get(id)
    return node ? [toPlane(node.lon, node.lat)] : []
  })
  const areas: OsmArea[] = []
  const lines: OsmLine[] = []
  for (const { tags, nodes: ids } of ways) {
    const line = lineOf(ids)
    if (ids.length >= 4 && ids[0] === ids.at(-1) && line.length === ids.length) areas.push(areaOf(tags, [line.slice(0, -1)]))
    else if (line.length >= 2) lines.push({ tags, line })
  }
  for (const { tags, members } of relations) {
    if (tags.type !== 'multipolygon') continue
    const ringsOf = (role: string): Point[][] => joinRings(members.flatMap(member => {
      const way = member.type === 'way' && (member.role === role || (role === 'outer' && member.role === '')) ? byId.get(member.ref) : undefined
      return way ? [way.nodes] : []
    })).map(lineOf).filter(ring => ring.length >= 3)
    const holes = ringsOf('inner')
    for (const outer of ringsOf('outer')) areas.push(areaOf(tags, [outer, ...holes.filter(hole => inRing(hole[0]![0], hole[0]![1], outer))]))
  }
  return { areas, lines }
}

function areaOf(tags: Readonly<Record<string, string>>, rings: Polygon): OsmArea {
  const polygon = orient(rings)
  return { tags, polygon, area: polygonArea(polygon) }
}

/** Joins ways end to end into closed rings of node ids, without their closing node; what does not close is dropped. */
function joinRings(ways: readonly (readonly number[])[]): number[][] {
  const open = ways.map(way => [...way])
  const rings: number[][] = []
  while (open.length > 0) {
    const ring = open.pop()!
    while (ring[0] !== ring.at(-1)) {
      const next = open.findIndex(way => way[0] === ring.at(-1) || way.at(-1) === ring.at(-1))
      if (next < 0) break
      const [way] = open.splice(next, 1)
      ring.push(...(way![0] === ring.at(-1) ? way! : way!.reverse()).slice(1))
    }
    if (ring.length >= 4 && ring[0] === ring.at(-1)) rings.push(ring.slice(0, -1))
  }
  return rings
}
