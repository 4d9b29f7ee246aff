import { toPlane } from '../../projection'
import { orient, polygonArea, readRawJson, type Point, type Polygon } from './geometry'

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
