import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Area, anyArea } from '../network'
import { toPlane } from '../projection'

interface Shape { readonly type: string; readonly coordinates: readonly unknown[] }
interface Shapes { readonly features: readonly { readonly properties: Readonly<Record<string, unknown>>; readonly geometry: Shape }[] }
type Ring = readonly (readonly [number, number])[]

/**
 * Along the Shenzhen River the district polygons reach over into Hong Kong (Lok Ma Chau); the sub-districts follow the
 * border. West, south, east, north, m from the false origin.
 */
const BORDER: readonly [number, number, number, number] = [2500, -6000, 17000, 3000]

/** The city as the road graph is cut to it: the ten districts, along the land border the sub-districts. */
export function shenzhenArea(rawFolder: string): { has(x: number, y: number): boolean } {
  const districts = anyArea(areas(rawFolder, 'boundaries-districts-transbigdata/sz.json.gz').map(({ area }) => area))
  const subDistricts = anyArea(areas(rawFolder, 'parks-districts-footprint/shenzhen-streets.wgs84.geojson.gz').map(({ area }) => area))
  return {
    has: (x, y) => (x > BORDER[0] && y > BORDER[1] && x < BORDER[2] && y < BORDER[3] ? subDistricts : districts).has(x, y),
  }
}

/** Traffic analysis zone at a place, -1 where there is none. */
export function zoneFinder(rawFolder: string): (x: number, y: number) => number {
  const zones = areas(rawFolder, 'zones-taz491-evcdp/taz491.wgs84.geojson.gz')
  return (x, y) => Number(zones.find(({ area }) => area.has(x, y))?.properties.TAZID ?? -1)
}

function areas(rawFolder: string, file: string): { area: Area; properties: Readonly<Record<string, unknown>> }[] {
  const shapes = JSON.parse(gunzipSync(readFileSync(join(rawFolder, file))).toString('utf8')) as Shapes
  return shapes.features.map(({ properties, geometry }) => {
    const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as readonly (readonly Ring[])[]
    return { area: new Area(polygons.flatMap(rings => rings.map(ring => ring.map(([lon, lat]) => toPlane(lon, lat))))), properties }
  })
}
