import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { ExtractError, type OsmData } from './osmData'
import { readOverpass } from './readOverpass'
import { readPbf } from './readPbf'
import { readXml } from './readXml'

/** West, south, east, north, degrees. */
export type Box = readonly [number, number, number, number]

/**
 * Reads an extract: `.osm.pbf`, `.osm` or `.xml` (OSM XML), `.json` (Overpass), the latter two also with `.gz`. Throws
 * an ExtractError that names file, element and remedy. Elements come sorted by id, so that the order in a file does
 * not show in the city.
 */
export async function readOsm(path: string, box?: Box): Promise<OsmData> {
  const file = basename(path)
  const data = await readAny(path, file)
  data.ways.sort((a, b) => a.id - b.id)
  data.relations.sort((a, b) => a.id - b.id)
  checkExtract(data, box)
  return data
}

async function readAny(path: string, file: string): Promise<OsmData> {
  if (file.endsWith('.pbf')) return readPbf(path, file)
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    throw new ExtractError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}). Check the path.`)
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes)
    } catch (error) {
      throw new ExtractError(`${file}: is damaged gzip (${error instanceof Error ? error.message : String(error)}). Download it again.`)
    }
  }
  const text = bytes.toString('utf8')
  const start = text.slice(0, 200).trimStart()
  if (start.startsWith('{')) return readOverpass(text, file)
  if (start.startsWith('<')) return readXml(text, file)
  throw new ExtractError(`${file}: is neither OSM PBF (.osm.pbf), OSM XML nor Overpass JSON. Give one of these.`)
}

/** Refuses an extract from which no city can be made. */
export function checkExtract(data: OsmData, box?: Box): void {
  const { file, nodes, ways } = data
  const roads = ways.filter(way => way.tags.highway)
  if (roads.length === 0) {
    throw new ExtractError(`${file}: holds no way with a "highway" tag (${nodes.size} nodes, ${ways.length} ways), so there are no roads to compile. `
      + 'Export an area that has roads, with ways and their nodes.')
  }
  let inside = 0
  for (const node of nodes.values()) {
    if (!(Math.abs(node.lon) <= 180 && Math.abs(node.lat) <= 90)) {
      throw new ExtractError(`${file}: node ${node.id} lies at ${node.lon}, ${node.lat}, which is no longitude and latitude. `
        + 'Coordinates must be degrees of WGS 84; convert the file (for example with osmium or ogr2ogr) or correct the node.')
    }
    if (box && node.lon >= box[0] && node.lat >= box[1] && node.lon <= box[2] && node.lat <= box[3]) inside += 1
  }
  for (const way of roads) {
    for (const id of way.nodes) {
      if (!nodes.has(id)) {
        throw new ExtractError(`${file}: way ${way.id} (${way.tags.name ?? way.tags.highway}) refers to node ${id}, which is not in the file. `
          + 'Export with complete ways (osmium extract --strategy complete_ways, or Overpass "(._;>;)").')
      }
    }
  }
  if (box && inside === 0) {
    const first = nodes.values().next().value
    throw new ExtractError(`${file}: no node lies inside the box ${box.join(',')}; the first, node ${first?.id}, lies at ${first?.lon}, ${first?.lat}. `
      + 'Give --bbox as west,south,east,north in degrees, within the extract.')
  }
}
