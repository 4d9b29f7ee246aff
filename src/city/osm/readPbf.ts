import { createReadStream } from 'node:fs'
import { OSMTransform } from 'osm-pbf-parser-node'
import { ExtractError, type OsmData, type OsmNode, type OsmRelation, type OsmWay } from './osmData'

interface PbfItem {
  type?: 'node' | 'way' | 'relation'
  id: number
  lat: number
  lon: number
  refs: number[]
  tags?: Record<string, string>
  members: { type: 'node' | 'way' | 'relation'; ref: number; role: string }[]
}

/** Reads OSM PBF. Coordinates are rounded to the format's own 1e-7 degrees, so that PBF and XML give the same city. */
export async function readPbf(path: string, file: string): Promise<OsmData> {
  const nodes = new Map<number, OsmNode>()
  const ways: OsmWay[] = []
  const relations: OsmRelation[] = []
  let last = 'nothing'
  const source = createReadStream(path)
  const items = source.pipe(new OSMTransform({ withTags: true, withInfo: false }))
  source.on('error', error => items.destroy(error))
  try {
    for await (const batch of items as AsyncIterable<PbfItem[]>) {
      for (const item of batch) {
        if (!item.type) continue // the header block
        last = `${item.type} ${item.id}`
        if (item.type === 'node') {
          nodes.set(item.id, { id: item.id, lon: round7(item.lon), lat: round7(item.lat), ...(item.tags ? { tags: item.tags } : {}) })
        } else if (item.type === 'way') ways.push({ id: item.id, nodes: item.refs, tags: item.tags ?? {} })
        else relations.push({ id: item.id, tags: item.tags ?? {}, members: item.members })
      }
    }
  } catch (error) {
    const why = error instanceof Error && error.message !== 'input format error' ? ` (${error.message})` : ''
    throw new ExtractError(`${file}: the PBF is truncated or damaged${why}; the last element read is ${last}. Download it again and compare its size or MD5 with the server's.`)
  }
  return { file, nodes, ways, relations }
}

const round7 = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
