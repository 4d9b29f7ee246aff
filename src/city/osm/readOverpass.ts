import { ExtractError, type OsmData, type OsmNode, type OsmRelation, type OsmWay, type Tags } from './osmData'

interface OverpassElement {
  type: string
  id: number
  lat?: number
  lon?: number
  nodes?: number[]
  tags?: Record<string, string>
  members?: { type: 'node' | 'way' | 'relation'; ref: number; role: string }[]
  src?: string
}

/** Reads Overpass JSON (`out body` or `out skel`, with nodes). A `src` on a way names the extract it was merged from. */
export function readOverpass(text: string, file: string): OsmData {
  let document: { elements?: OverpassElement[]; remark?: string }
  try {
    document = JSON.parse(text) as typeof document
  } catch (error) {
    throw new ExtractError(`${file}: is not complete JSON (${error instanceof Error ? error.message : String(error)}). Download it again.`)
  }
  if (!Array.isArray(document.elements)) {
    throw new ExtractError(`${file}: has no "elements". Give an Overpass answer made with [out:json].${document.remark ? ` Overpass says: ${document.remark}` : ''}`)
  }
  const nodes = new Map<number, OsmNode>()
  const ways: OsmWay[] = []
  const relations: OsmRelation[] = []
  for (const element of document.elements) {
    const tags: Tags = element.tags ?? {}
    if (element.type === 'node') {
      if (element.lon === undefined || element.lat === undefined) throw new ExtractError(`${file}: node ${element.id} has no coordinates. Query with "out body".`)
      nodes.set(element.id, { id: element.id, lon: element.lon, lat: element.lat, ...(element.tags ? { tags } : {}) })
    } else if (element.type === 'way') {
      if (!element.nodes) throw new ExtractError(`${file}: way ${element.id} has no list of nodes. Query with "out body; >; out skel;".`)
      ways.push({ id: element.id, nodes: element.nodes, tags, ...(element.src ? { source: element.src } : {}) })
    } else if (element.type === 'relation') {
      relations.push({ id: element.id, tags, members: element.members ?? [] })
    }
  }
  return { file, nodes, ways, relations }
}
