import { readFileSync } from 'node:fs'
import type { Network } from '../../sim'
import { centroid, planePolygons, polygonArea, type GeoCollection, type Point, type Polygon } from '../layers/compile/geometry'
import { readRawJson } from '../layers/compile/rawFile'
import { sources } from '../layers/compile/sources'
import { Basis, type CityArea } from '../layers/areas'
import { areasFile } from './areasTables'
import { ExtractError, type OsmData } from '../osm'
import type { LayerBuild } from '../pack/writePack'
import { toPlane } from '../projection'
import type { AreaEntry, AreasFile, LonLat, StationEntry } from './areasFile'
import { textOf } from '../textOf'
import { addPortals, openGround, streetsOf, type Streets } from './openGround'
import { box, frameOf, onGrid, ringInside, united } from './shapes'
import { SpaceDraft } from './spaceDraft'
import { addStadium } from './stadium'
import { addStands } from './stands'
import { addStation } from './station'

export interface AreaSources {
  readonly rawFolder: string
  readonly extract: OsmData
  readonly network: Network
  /** Outlines of buildings on the ground. */
  readonly obstacles: readonly Polygon[]
  groundAt(x: number, y: number): number
}

/** Street to concourse of an underground station, m: assumed for all. */
const CONCOURSE_DEPTH = 7
/** A taxi rank takes this of the ground beside the kerb, m. */
const RANK_DEPTH = 3

/** A way for those on foot that no map shows. */
export interface DrawnPath { readonly line: readonly Point[]; readonly width: number }

/** Compiles the walk spaces that an areas file lists. The same input gives the same areas. */
export function compileAreas(path: string, from: AreaSources): { areas: CityArea[]; paths: DrawnPath[]; build: LayerBuild } {
  const file = JSON.parse(textOf(readFileSync(path))) as AreasFile
  if (file.format !== 'pengcheng-areas' || file.version !== 1) throw new ExtractError(`${path}: is no areas file of version 1.`)
  const shapes = mapShapes(from)
  const streets = streetsOf(from.network)
  const areas = file.areas.map(entry => compileArea(entry, file.stations, from, shapes, streets))
  const paths = file.paths.flatMap(({ width, lines }) => lines.map(line => ({ width, line: line.map(plane) })))
  return { areas, paths, build: { layer: areasFile(areas), sources: [sources.osmBuildings, sources.osmCore, sources.osmParks, sources.metro] } }
}

interface MapShapes { way(id: number): Polygon; stations(name: string): Polygon[] }

function mapShapes({ rawFolder, extract }: AreaSources): MapShapes {
  const parks = readRawJson<GeoCollection<{ osm_id?: number }>>(rawFolder, 'parks-districts-footprint/shenzhen_parks_boundary.wgs84.geojson.gz')
  const buildings = readRawJson<GeoCollection<{ building: string; name?: string }>>(rawFolder, 'osm-buildings-2026/buildings.geojson.gz')
  return {
    way(id) {
      const way = extract.ways.find(candidate => candidate.id === id)
      if (way) return planePolygons({ type: 'Polygon', coordinates: [way.nodes.map(node => [extract.nodes.get(node)!.lon, extract.nodes.get(node)!.lat])] })[0]!
      const park = parks.features.find(feature => Number(feature.properties.osm_id) === id)
      if (!park) throw new ExtractError(`areas file: way ${id} is in none of the maps.`)
      return planePolygons(park.geometry)[0]!
    },
    stations: name => buildings.features.filter(({ properties }) => properties.building === 'train_station' && properties.name === name).flatMap(feature => planePolygons(feature.geometry)),
  }
}

function compileArea(entry: AreaEntry, stations: readonly StationEntry[], from: AreaSources, shapes: MapShapes, streets: Streets): CityArea {
  const draft = new SpaceDraft()
  const floor = 'ground'
  const joined: (() => void)[] = []
  let ground = groundOf(entry, from, shapes, streets)
  const middle = ground ? centroid(ground[0]!) : plane(stationOf(entry.stations[0]!, stations).platforms[0]!.from)
  const height = Math.round(from.groundAt(middle[0], middle[1]) * 10) / 10
  if (ground && entry.stadium) {
    const { middle: place, bearingDeg, seats, doors } = entry.stadium
    const stadium = addStadium(draft, { id: 'stadium', middle: plane(place), bearing: (bearingDeg * Math.PI) / 180, ground: height, seats, doors }, floor)
    if (!ringInside(stadium.footprint[0]!, ground)) throw new ExtractError(`areas file, ${entry.id}: the stadium does not fit on its ground.`)
    ground = [...ground, stadium.footprint[0]!]
    joined.push(stadium.joinGround)
  }
  for (const name of entry.stations) {
    const station = stationOf(name, stations)
    const outline = united(shapes.stations(station.outline))[0]
    if (!outline) throw new ExtractError(`areas file, ${name}: no mapped outline is called ${station.outline}.`)
    const added = addStation(draft, {
      id: name, ground: height, outline, mapped: true, depth: CONCOURSE_DEPTH,
      paidLinks: (station.paidLinks ?? []).map(link => ({ ...link, from: plane(link.from), to: plane(link.to) })),
      platforms: station.platforms.map(platform => ({ ...platform, from: plane(platform.from), to: plane(platform.to) })),
    }, ground ? { floor, polygon: ground } : null)
    ground = added.ground
    joined.push(added.joinGround)
  }
  if (ground) {
    draft.floors.push({ id: floor, height, outlines: ground, surface: 'level', cell: 0.5 })
    addPortals(draft, floor, ground, streets, (entry.portals ?? []).map(plane))
    addRank(draft, floor, ground, entry.taxiRank)
    addStands(draft, floor, ground)
    draft.figure(floor, '可步行面积', 'ground to walk on', polygonArea(ground), 'm²', entry.ground!.ways ? Basis.measured : Basis.assumed)
    draft.figure(floor, '地面高程', 'height of the ground', height, 'm', Basis.measured)
  }
  for (const join of joined) join()
  return {
    id: entry.id, name: entry.name, nameEn: entry.nameEn, venue: entry.venue ?? '',
    space: { floors: draft.floors, joins: draft.joins, barriers: draft.barriers, gates: draft.gates, queues: [], lifts: draft.lifts, goals: draft.goals },
    portals: draft.portals, figures: draft.figures,
  }
}

const plane = ([longitude, latitude]: LonLat): Point => onGrid(toPlane(longitude, latitude))

function stationOf(name: string, stations: readonly StationEntry[]): StationEntry {
  const found = stations.find(station => station.name === name)
  if (!found) throw new ExtractError(`areas file: no station ${name}. Add it to "stations".`)
  return found
}

function groundOf(entry: AreaEntry, from: AreaSources, shapes: MapShapes, streets: Streets): Polygon | null {
  if (!entry.ground) return null
  const { ways = [], ring } = entry.ground
  const outline = united([...ways.map(way => shapes.way(way)), ...(ring ? [[ring.map(plane)]] : [])])[0]!
  return openGround(outline, [...from.obstacles, ...(entry.water ?? []).map(water => [water.map(plane)])], streets)
}

function addRank(draft: SpaceDraft, floor: string, ground: Polygon, rank: AreaEntry['taxiRank']): void {
  if (!rank) return
  const frame = frameOf(plane(rank[0]), plane(rank[1]))
  const ring = box(frame, 0, frame.length, 0, RANK_DEPTH)
  if (!ringInside(ring, ground)) throw new Error(`areas file: the taxi rank at ${rank[0].join(', ')} does not lie on its ground.`)
  draft.goals.push({ id: 'taxi', floor, shape: ring, kind: 'area', open: true })
  draft.figure('taxi', '出租车候客区', 'taxi rank', frame.length, 'm', Basis.assumed)
}
