import Flatbush from 'flatbush'
import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerBuild } from '../../pack/writePack'
import { BuildingKind } from '../buildings'
import { zoneColumns, zonesLayer } from '../zones'
import { boxOf, planePolygons, polygonArea, ringDistance, simplify, type GeoCollection, type Polygon } from './geometry'
import { readRawJson } from './rawFile'
import type { BuildingDraft } from './buildingSource'
import { floorAreaOf } from './buildings'
import { pointIndex } from './pointIndex'
import { polygonTables } from './polygonTables'
import { labelPoint, regionFinder, type Regions } from './regions'
import { sources } from './sources'

interface Zone { readonly TAZID: number; readonly LENG_ROAD: number }

type FloorColumn = 'floorResidential' | 'floorOffice' | 'floorCommercial' | 'floorIndustrial' | 'floorPublic'
const floorColumn: Readonly<Record<number, FloorColumn>> = {
  [BuildingKind.residential]: 'floorResidential', [BuildingKind.house]: 'floorResidential',
  [BuildingKind.office]: 'floorOffice', [BuildingKind.hotel]: 'floorOffice',
  [BuildingKind.commercial]: 'floorCommercial', [BuildingKind.industrial]: 'floorIndustrial',
  [BuildingKind.public]: 'floorPublic', [BuildingKind.school]: 'floorPublic', [BuildingKind.hospital]: 'floorPublic', [BuildingKind.transport]: 'floorPublic',
}

/** A building outside all zones (the zones leave out part of the sea front) counts for the nearest one up to this far, m. */
const STRAY = 1500

/** Traffic analysis zones with the floors of the buildings in them. */
export function zonesBuild(rawFolder: string, drafts: readonly BuildingDraft[], regions: Regions): LayerBuild {
  const source = readRawJson<GeoCollection<Zone>>(rawFolder, 'zones-taz491-evcdp/taz491.wgs84.geojson.gz')
  const pieces = source.features
    .flatMap(({ properties, geometry }) => planePolygons(geometry).map(polygon => ({ zone: properties, polygon: simplify(polygon, 2) })))
    .sort((a, b) => a.zone.TAZID - b.zone.TAZID || polygonArea(b.polygon) - polygonArea(a.polygon))
  const tables = polygonTables(zoneColumns, pieces.map(piece => piece.polygon))
  const strings = new StringList()
  const districtOf = regionFinder(regions.districts)
  const subDistrictOf = regionFinder(regions.subDistricts)
  const { polygons } = tables
  for (const [row, { zone, polygon }] of pieces.entries()) {
    const [x, y] = labelPoint(polygon)
    polygons.id[row] = zone.TAZID
    polygons.district[row] = strings.row(districtOf(x, y)?.name)
    polygons.subDistrict[row] = strings.row(subDistrictOf(x, y)?.name)
    polygons.x[row] = x
    polygons.y[row] = y
    polygons.area[row] = Math.round(polygonArea(polygon))
    polygons.mainRoad[row] = zone.LENG_ROAD * 1000
  }
  const find = pieceFinder(pieces.map(piece => piece.polygon))
  for (const draft of drafts) {
    const row = find(draft.middle[0], draft.middle[1])
    const column = floorColumn[draft.kind]
    if (row < 0) continue
    polygons.footprint[row]! += draft.area
    if (column) polygons[column][row]! += floorAreaOf(draft)
  }
  for (const column of ['footprint', 'floorResidential', 'floorOffice', 'floorCommercial', 'floorIndustrial', 'floorPublic'] as const) {
    for (let row = 0; row < polygons.rows; row++) polygons[column][row] = Math.round(polygons[column][row]!)
  }
  return { layer: layerFile(zonesLayer, tables, strings.strings), sources: [sources.zones, sources.osmBuildings, sources.subDistricts] }
}

function pieceFinder(pieces: readonly Polygon[]): (x: number, y: number) => number {
  const index = new Flatbush(pieces.length)
  for (const polygon of pieces) index.add(...boxOf(polygon[0]!))
  index.finish()
  const pieceAt = pointIndex(pieces)
  return (x, y) => {
    const hit = pieceAt(x, y)
    if (hit >= 0) return hit
    let best = -1
    let least = STRAY
    for (const row of index.neighbors(x, y, 6, STRAY)) {
      const distance = ringDistance(x, y, pieces[row]![0]!)
      if (distance < least) [best, least] = [row, distance]
    }
    return best
  }
}
