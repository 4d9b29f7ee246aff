import { SaxesParser } from 'saxes'
import { ExtractError, type OsmData, type OsmNode, type OsmRelation, type OsmWay } from './osmData'

/** Reads OSM XML (`.osm`), as the OSM API, JOSM and osmium write it. */
export function readXml(text: string, file: string): OsmData {
  const nodes = new Map<number, OsmNode>()
  const ways: OsmWay[] = []
  const relations: OsmRelation[] = []
  const parser = new SaxesParser()
  let element = ''
  let attributes: Record<string, string> = {}
  let tags: Record<string, string> = {}
  let refs: number[] = []
  let members: OsmRelation['members'][number][] = []
  let root = ''
  const number = (name: string): number => {
    const value = Number(attributes[name])
    if (attributes[name] === undefined || !Number.isFinite(value)) {
      throw new ExtractError(`${file}: line ${parser.line}, ${element} ${attributes.id ?? '?'}: ${name} is "${attributes[name] ?? 'missing'}", not a number. Export the extract again.`)
    }
    return value
  }
  parser.on('error', error => {
    throw new ExtractError(`${file}: is not well-formed XML: ${error.message}. Is the file complete? Download it again.`)
  })
  parser.on('opentag', tag => {
    const attribute = tag.attributes as Record<string, string>
    root ||= tag.name
    if (tag.name === 'node' || tag.name === 'way' || tag.name === 'relation') {
      element = tag.name
      attributes = attribute
      tags = {}
      refs = []
      members = []
    } else if (tag.name === 'tag') tags[attribute.k ?? ''] = attribute.v ?? ''
    else if (tag.name === 'nd') refs.push(Number(attribute.ref))
    else if (tag.name === 'member') members.push({ type: attribute.type as 'node', ref: Number(attribute.ref), role: attribute.role ?? '' })
  })
  parser.on('closetag', tag => {
    if (attributes.action === 'delete' || attributes.visible === 'false') return
    if (tag.name === 'node') {
      const node = { id: number('id'), lon: number('lon'), lat: number('lat') }
      nodes.set(node.id, Object.keys(tags).length > 0 ? { ...node, tags } : node)
    } else if (tag.name === 'way') ways.push({ id: number('id'), nodes: refs, tags })
    else if (tag.name === 'relation') relations.push({ id: number('id'), tags, members })
  })
  parser.write(text).close()
  if (root !== 'osm') throw new ExtractError(`${file}: the root element is <${root || 'nothing'}>, not <osm>. Give an OSM XML, PBF or Overpass JSON file.`)
  return { file, nodes, ways, relations }
}
