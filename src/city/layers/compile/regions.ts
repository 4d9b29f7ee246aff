import { pinyin } from 'pinyin-pro'
import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerBuild } from '../../pack/writePack'
import { districtsLayer, regionColumns, RegionKind } from '../districts'
import { boxOf, centroid, inPolygon, planePolygons, polygonArea, ringDistance, simplify, type GeoCollection, type Point, type Polygon } from './geometry'
import { readRawJson } from './rawFile'
import { mergePolygons } from './land'
import { pointIndex } from './pointIndex'
import { polygonTables } from './polygonTables'
import { sources } from './sources'

/** A district or sub-district; pieces largest first. */
export interface Region {
  readonly name: string
  readonly nameEn: string
  readonly district: string
  readonly pieces: readonly Polygon[]
}

export interface Regions {
  readonly districts: readonly Region[]
  readonly subDistricts: readonly Region[]
}

/** Sub-districts as mapped, and districts as the union of theirs, which follow the quay (see `compileLand`). */
export function readRegions(rawFolder: string): Regions {
  const source = readRawJson<GeoCollection<{ name: string; district: string }>>(rawFolder, 'parks-districts-footprint/shenzhen-streets.wgs84.geojson.gz')
  const facts = readRawJson<{ districts: { name: string; en: string }[] }>(rawFolder, 'facts/districts.json')
  const subDistricts = source.features.map(({ properties, geometry }): Region => ({
    name: properties.name, nameEn: englishSubDistrict(properties.name), district: properties.district, pieces: bySize(planePolygons(geometry)),
  }))
  const districts = [...new Set(subDistricts.map(region => region.district))].sort().map((name): Region => {
    const parts = subDistricts.filter(region => region.district === name).flatMap(region => region.pieces)
    const pieces = mergePolygons(parts).map(([outer]) => [outer!]).filter(piece => polygonArea(piece) > 2000)
    return { name, nameEn: `${facts.districts.find(district => district.name === name)?.en ?? name} District`, district: name, pieces: bySize(pieces) }
  })
  return { districts, subDistricts }
}

/** Finds the region that holds a place. */
export function regionFinder(regions: readonly Region[]): (x: number, y: number) => Region | undefined {
  const pieces = regions.flatMap(region => region.pieces.map(polygon => ({ region, polygon })))
  const pieceAt = pointIndex(pieces.map(piece => piece.polygon))
  return (x, y) => pieces[pieceAt(x, y)]?.region
}

export function districtsBuild({ districts, subDistricts }: Regions, land: readonly Polygon[]): LayerBuild {
  const rows = [
    ...districts.flatMap(region => region.pieces.map(polygon => ({ region, polygon, kind: RegionKind.district }))),
    ...subDistricts.flatMap(region => region.pieces.map(polygon => ({ region, polygon, kind: RegionKind.subDistrict }))),
    ...land.map(polygon => ({ region: undefined, polygon, kind: RegionKind.land })),
  ].map(row => ({ ...row, polygon: simplify(row.polygon, 2) }))
  const tables = polygonTables(regionColumns, rows.map(row => row.polygon))
  const strings = new StringList()
  for (const [row, { region, polygon, kind }] of rows.entries()) {
    const [x, y] = labelPoint(polygon)
    tables.polygons.name[row] = strings.row(region?.name)
    tables.polygons.nameEn[row] = strings.row(region?.nameEn)
    tables.polygons.district[row] = strings.row(region?.district)
    tables.polygons.x[row] = x
    tables.polygons.y[row] = y
    tables.polygons.kind[row] = kind
  }
  return { layer: layerFile(districtsLayer, tables, strings.strings), sources: [sources.subDistricts, sources.facts] }
}

/** A point well inside: the centroid if it lies in the polygon, else the best of a grid over its box. */
export function labelPoint(polygon: Polygon): Point {
  const middle = centroid(polygon[0]!)
  if (inPolygon(middle[0], middle[1], polygon)) return middle
  const [west, south, east, north] = boxOf(polygon[0]!)
  let best = polygon[0]![0]!
  let clearance = -1
  for (let i = 1; i < 16; i++) {
    for (let j = 1; j < 16; j++) {
      const [x, y] = [west + ((east - west) * i) / 16, south + ((north - south) * j) / 16]
      if (!inPolygon(x, y, polygon)) continue
      const free = Math.min(...polygon.map(ring => ringDistance(x, y, ring)))
      if (free > clearance) [best, clearance] = [[x, y], free]
    }
  }
  return best
}

const bySize = (polygons: readonly Polygon[]): Polygon[] => [...polygons].sort((a, b) => polygonArea(b) - polygonArea(a))

function englishSubDistrict(name: string): string {
  const bare = name.replace(/(街道|办事处)+$/, '')
  return `${titlePinyin(bare)} Sub-district`
}

/** Pinyin as one capitalised word, as place names are written. */
export function titlePinyin(text: string): string {
  const joined = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive' }).join('').replace(/ü/g, 'v')
  return joined.slice(0, 1).toUpperCase() + joined.slice(1)
}
