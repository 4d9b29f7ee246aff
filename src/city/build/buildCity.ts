import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { compileAreas } from '../areas/compileAreas'
import { compileDemand } from '../layers/compile/demand/compileDemand'
import { compileRoadDemand } from '../layers/compile/demand/roadDemand'
import { compileLayers } from '../layers/compile'
import { extractLayers } from '../layers/compile/extractLayers'
import { searchBuild, take } from '../layers/compile/search'
import { shenzhenHead } from '../layers/compile/shenzhen'
import { sources } from '../layers/compile/sources'
import { textOf } from '../textOf'
import { busLayer } from '../layers/bus'
import { metroLayer } from '../layers/metro'
import { sampleTerrain } from '../layers/terrain'
import { venuesLayer } from '../layers/venues'
import { Area, type CorrectionsFile, type QualityReport } from '../network'
import { ExtractError, readOsm, type Box } from '../osm'
import type { PackManifest, SourceEntry } from '../pack/manifest'
import { writePack, type LayerBuild } from '../pack/writePack'
import { FALSE_ORIGIN, PLANE_PROJ4, toPlane } from '../projection'
import { compileSidewalks } from '../sidewalks/compileSidewalks'
import { placesOf } from '../sidewalks/places'
import { buildNetwork } from './networkBuild'
import { shenzhenArea, zoneFinder } from './shenzhenArea'

export interface BuildResult {
  readonly manifest: PackManifest
  readonly quality: QualityReport
}

type Report = (message: string) => void

/** Walk spaces of the default city, beside its corrections. */
const AREAS_FILE = 'shenzhen-areas.json'

export const DEFAULT_EXTRACT = 'osm-core-nanshan-futian/osm_core_merged.overpass.json.gz'

/**
 * Compiles the default city with all its layers from the raw data folder. The same files give the same bytes.
 * With `only: 'network'` the other layers of the pack that is already there are kept.
 */
export async function buildShenzhen(dataFolder: string, output: string, correctionsPath: string, options: { only?: 'network' } = {}, report: Report = () => {}): Promise<BuildResult> {
  const raw = existsSync(join(dataFolder, 'raw')) ? join(dataFolder, 'raw') : dataFolder
  if (!existsSync(join(raw, DEFAULT_EXTRACT))) {
    throw new ExtractError(`${join(raw, DEFAULT_EXTRACT)}: is not there. Give the folder of the raw data with --data.`)
  }
  const { terrain, builds, footprints } = await compileLayers(raw, report)
  const groundAt = (x: number, y: number): number => sampleTerrain(terrain, x, y)
  report('roads')
  const data = await readOsm(join(raw, DEFAULT_EXTRACT))
  const { build, network, quality } = buildNetwork(data, {
    area: shenzhenArea(raw), zoneAt: zoneFinder(raw), groundAt,
    corrections: readCorrections(correctionsPath), correctionsFile: basename(correctionsPath),
  }, [sources.osmCore, sources.zones, sources.districts, sources.srtm])
  // Demand refers to links by row, so it is compiled with every network; the greens that it asks for are written into the
  // network's tables, to which its layer refers.
  report('demand')
  const demand = compileDemand(raw, network)
  report(`${(100 * demand.report.fit.heldBack).toFixed(1)} % of the trips held back; saturated turns in the peaks ${demand.report.fit.saturatedBefore}, then ${demand.report.fit.saturatedAfter}`)
  const layers: LayerBuild[] = [build, demand]
  report('where people walk')
  const { areas, paths, build: areasBuild } = compileAreas(join(dirname(correctionsPath), AREAS_FILE), { rawFolder: raw, extract: data, network, obstacles: footprints, groundAt })
  layers.push(areasBuild, compileSidewalks({
    extract: data, network, paths, groundAt, sources: [sources.osmCore, sources.osmBuildings, sources.bus, sources.facts],
    places: placesOf(raw, { areas, metro: take(builds, metroLayer)!, bus: take(builds, busLayer)!, venues: take(builds, venuesLayer)! }),
  }))
  if (options.only !== 'network') layers.push(...builds)
  report('names')
  layers.push(searchBuild([build, ...builds]))
  report('writing')
  return { manifest: await writePack(output, shenzhenHead(), layers, { keep: options.only === 'network' }), quality }
}

/**
 * Compiles any extract: its roads, demand assumed from them, sidewalks, buildings, water, parks, land use and names. Layers without
 * a source are left out; the ground is flat.
 */
export async function buildExtract(extract: string, output: string, options: { box?: Box; id?: string; name?: string; correctionsPath?: string }, report: Report = () => {}): Promise<BuildResult> {
  report('reading')
  const data = await readOsm(extract, options.box)
  const box = options.box ?? boxOf(data.nodes.values())
  const ring = [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]].map(([lon, lat]) => toPlane(lon!, lat!))
  const source: SourceEntry = { name: `OpenStreetMap: ${basename(extract)}`, attribution: '© OpenStreetMap contributors', licence: 'ODbL 1.0', date: 'as the extract', url: 'https://www.openstreetmap.org/copyright' }
  report('buildings, water, parks')
  const others = extractLayers(data, source)
  report('roads')
  const { build, network, quality } = buildNetwork(data, {
    area: new Area([ring]), groundAt: () => 0, zoneAt: () => -1,
    ...(options.correctionsPath ? { corrections: readCorrections(options.correctionsPath), correctionsFile: basename(options.correctionsPath) } : {}),
  }, [source])
  const sidewalks = compileSidewalks({ extract: data, network, paths: [], places: [], sources: [source], groundAt: () => 0 })
  const name = options.name ?? basename(extract).replace(/\..*$/, '')
  const bounds = [Math.min(...ring.map(p => p[0]!)), Math.min(...ring.map(p => p[1]!)), Math.max(...ring.map(p => p[0]!)), Math.max(...ring.map(p => p[1]!))]
    .map(Math.round) as unknown as PackManifest['bounds']
  report('writing')
  const manifest = await writePack(output, {
    format: 'pengcheng-city', version: 1, id: options.id ?? name, name: { zh: name, en: name },
    crs: { epsg: 4547, proj4: PLANE_PROJ4, falseOrigin: FALSE_ORIGIN }, bounds, core: { bounds, name: { zh: name, en: name } },
    compiler: 'pengcheng 0.1.0',
  }, [build, compileRoadDemand(network), sidewalks, ...others, searchBuild([build, ...others])])
  return { manifest, quality }
}

function readCorrections(path: string): CorrectionsFile {
  let text: string
  try {
    text = textOf(readFileSync(path))
  } catch (error) {
    throw new ExtractError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)}). Check --corrections.`)
  }
  try {
    return JSON.parse(text) as CorrectionsFile
  } catch (error) {
    throw new ExtractError(`${path}: is not JSON: ${error instanceof Error ? error.message : String(error)}.`)
  }
}

function boxOf(nodes: Iterable<{ lon: number; lat: number }>): Box {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { lon, lat } of nodes) {
    box[0] = Math.min(box[0], lon)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lon)
    box[3] = Math.max(box[3], lat)
  }
  return box
}
