import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerFile } from '../../pack/layerFile'
import type { LayerBuild } from '../../pack/writePack'
import { parkColumns, ParkKind, parksLayer } from '../parks'
import { boxOf, boxesMeet, centroid, planePolygons, polygonArea, simplify, type GeoCollection, type Polygon } from './geometry'
import { readRawJson } from './rawFile'
import type { OsmArea } from './osmAreas'
import { pointIndex } from './pointIndex'
import { polygonTables } from './polygonTables'
import { sources } from './sources'

export interface Park { readonly polygon: Polygon; readonly kind: number; readonly name?: string; readonly nameEn?: string }

const kinds: Readonly<Record<string, number>> = {
  park: ParkKind.park, garden: ParkKind.garden, pitch: ParkKind.pitch, golf_course: ParkKind.golf, playground: ParkKind.playground,
  sports_centre: ParkKind.sports, stadium: ParkKind.sports, track: ParkKind.sports, swimming_pool: ParkKind.pool,
}

/** Parks of the whole city, and gardens, pitches, golf courses and pools of the core. */
export function parksBuild(rawFolder: string, areas: readonly OsmArea[], land: readonly Polygon[]): LayerBuild {
  const source = readRawJson<GeoCollection<{ name?: string; 'name:zh'?: string; 'name:en'?: string }>>(rawFolder, 'parks-districts-footprint/shenzhen_parks_boundary.wgs84.geojson.gz')
  const landAt = pointIndex(land)
  const parks: Park[] = source.features.flatMap(({ properties, geometry }) => planePolygons(geometry).map(polygon =>
    ({ polygon: simplify(polygon, 1), kind: ParkKind.park, name: properties['name:zh'] ?? properties.name, nameEn: properties['name:en'] })))
  const known = parks.map(park => ({ box: boxOf(park.polygon[0]!), area: polygonArea(park.polygon) }))
  // The same park may be in both sources.
  const more = areas.filter(({ tags, polygon, area }) => tags.leisure !== 'park'
    || !known.some(other => boxesMeet(boxOf(polygon[0]!), other.box) && Math.abs(area - other.area) < 0.1 * area))
  const kept = [...parks, ...parksOf(more)].filter(({ polygon }) => landAt(...centroid(polygon[0]!)) >= 0)
  return { layer: parksFile(kept), sources: [sources.osmParks, sources.osmCore] }
}

/** Parks, gardens, pitches and the like among tagged areas. */
export function parksOf(areas: readonly OsmArea[]): Park[] {
  return areas.flatMap(({ tags, polygon, area }) => {
    const kind = kinds[tags.leisure ?? '']
    return kind === undefined || area < 60 ? [] : [{ polygon: simplify(polygon, 0.5), kind, name: tags['name:zh'] ?? tags.name, nameEn: tags['name:en'] }]
  })
}

export function parksFile(parks: readonly Park[]): LayerFile {
  const tables = polygonTables(parkColumns, parks.map(park => park.polygon))
  const strings = new StringList()
  for (const [row, park] of parks.entries()) {
    tables.polygons.name[row] = strings.row(park.name)
    tables.polygons.nameEn[row] = strings.row(park.nameEn)
    tables.polygons.area[row] = Math.round(polygonArea(park.polygon))
    tables.polygons.kind[row] = park.kind
  }
  return layerFile(parksLayer, tables, strings.strings)
}
