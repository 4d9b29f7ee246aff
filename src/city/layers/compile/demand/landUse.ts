import { centroid, inPolygon, planePolygons, polygonArea, type GeoCollection, type Polygon } from '../geometry'
import { readRawJson } from '../rawFile'

/** A building as the demand model sees it. Areas are m2 of floor, weighted by how many people use one. */
export interface BuildingUse {
  readonly x: number
  readonly y: number
  readonly home: number
  readonly job: number
  readonly other: number
  readonly freight: number
}

/**
 * Use of a building by its tag: share of the floor for homes, jobs per floor area relative to offices, visits relative
 * to shops, goods relative to warehouses, and the height taken where none is tagged, m. Assumed, after the usual floor
 * areas a person: 30 m2 at home, 15-20 in offices, 50 in factories, 30 in shops.
 */
const uses: Record<string, readonly [home: number, job: number, other: number, freight: number, height: number]> = {
  apartments: [1, 0.03, 0.03, 0, 36], residential: [1, 0.03, 0.03, 0, 30], house: [1, 0.02, 0.02, 0, 12], dormitory: [1.3, 0.02, 0.02, 0, 20],
  detached: [0.5, 0, 0, 0, 9], semidetached_house: [0.6, 0, 0, 0, 9], terrace: [0.8, 0, 0, 0, 10], bungalow: [0.8, 0, 0, 0, 4],
  office: [0, 1, 0.2, 0.05, 60], commercial: [0, 0.8, 0.6, 0.2, 30], retail: [0, 0.5, 1, 0.4, 15], hotel: [0, 0.3, 0.7, 0.1, 40],
  industrial: [0.1, 0.4, 0.03, 1, 16], warehouse: [0, 0.1, 0.02, 1, 10], manufacture: [0, 0.4, 0.03, 1, 12],
  school: [0, 0.3, 0.4, 0.02, 16], kindergarten: [0, 0.3, 0.4, 0, 9], university: [0.3, 0.3, 0.4, 0.02, 20], college: [0.3, 0.3, 0.4, 0.02, 20],
  hospital: [0, 0.6, 0.8, 0.1, 30], public: [0, 0.5, 0.5, 0.05, 20], government: [0, 0.8, 0.4, 0.02, 25], civic: [0, 0.5, 0.5, 0.05, 20],
  transportation: [0, 0.2, 1, 0.1, 12], yes: [0.5, 0.3, 0.15, 0.15, 18],
}
const notBuildings = new Set(['train_station', 'roof', 'construction', 'ruins', 'shed', 'bridge', 'storage_tank', 'gasometer', 'greenhouse', 'toilets', 'grandstand', 'garage', 'carport'])
/** m a storey */
const STOREY = 3.2

export function readBuildingUses(rawFolder: string): BuildingUse[] {
  const file = readRawJson<GeoCollection<{ building?: string; height?: number | string; levels?: number | string }>>(rawFolder, 'osm-buildings-2026/buildings.geojson.gz')
  return file.features.flatMap(({ properties, geometry }) => {
    const type = properties.building ?? 'yes'
    if (notBuildings.has(type)) return []
    const [home, job, other, freight, heightUsual] = uses[type] ?? uses['yes']!
    return planePolygons(geometry).map(polygon => {
      const height = Number(properties.height) || Number(properties.levels) * STOREY || heightUsual
      const floor = polygonArea(polygon) * Math.min(60, Math.max(1, Math.round(height / STOREY)))
      const [x, y] = centroid(polygon[0]!)
      return { x, y, home: home * floor, job: job * floor, other: other * floor, freight: freight * floor }
    })
  })
}

/** A traffic analysis zone. */
export interface CityZone {
  readonly id: number
  readonly polygons: readonly Polygon[]
  readonly x: number
  readonly y: number
  /** m2 */
  readonly area: number
  /** km of main road. */
  readonly roadKm: number
}

export function readZones(rawFolder: string): CityZone[] {
  const file = readRawJson<GeoCollection<{ TAZID: number; LENG_ROAD: number }>>(rawFolder, 'zones-taz491-evcdp/taz491.wgs84.geojson.gz')
  return file.features.map(({ properties, geometry }) => {
    const polygons = planePolygons(geometry)
    const largest = polygons.reduce((best, polygon) => (polygonArea(polygon) > polygonArea(best) ? polygon : best))
    const [x, y] = centroid(largest[0]!)
    return { id: properties.TAZID, polygons, x, y, area: polygons.reduce((sum, polygon) => sum + polygonArea(polygon), 0), roadKm: properties.LENG_ROAD }
  }).sort((a, b) => a.id - b.id)
}

export interface District { readonly name: string; readonly polygons: readonly Polygon[]; readonly workers: number; readonly jobs: number }

/** Employed residents and jobs by district. Source: facts/districts.json (China Unicom's totals, district borders of about 2015). */
const workersAndJobs: Readonly<Record<string, readonly [workers: number, jobs: number]>> = {
  罗湖: [520_587, 571_094], 福田: [995_450, 1_639_469], 南山: [1_592_986, 2_240_011], 宝安: [2_300_361, 1_701_620], 龙岗: [1_552_142, 1_196_987],
  盐田: [73_853, 74_772], 龙华: [1_423_229, 1_055_517], 坪山: [196_184, 189_919], 光明: [254_513, 244_916],
  // Counted with Longgang in the source; split by population (156,236 of 4.1 million) and assumed.
  大鹏: [30_000, 25_000],
}

export function readDistricts(rawFolder: string): District[] {
  const file = readRawJson<GeoCollection<{ qh: string }>>(rawFolder, 'boundaries-districts-transbigdata/sz.json.gz')
  return file.features.map(({ properties, geometry }) => {
    const figures = Object.entries(workersAndJobs).find(([name]) => properties.qh.startsWith(name))
    if (!figures) throw new Error(`boundaries-districts-transbigdata/sz.json.gz: district "${properties.qh}" has no figures of workers and jobs in landUse.ts`)
    return { name: figures[0], polygons: planePolygons(geometry), workers: figures[1][0], jobs: figures[1][1] }
  })
}

/** Polygons in buckets, so that the one which holds a point is found quickly. */
export class PolygonIndex {
  readonly #cells = new Map<string, number[]>()
  readonly #polygons: readonly (readonly Polygon[])[]
  static readonly #cell = 500

  constructor(polygons: readonly (readonly Polygon[])[]) {
    this.#polygons = polygons
    for (const [row, parts] of polygons.entries()) {
      for (const [outer] of parts) {
        const xs = outer!.map(([x]) => Math.floor(x / PolygonIndex.#cell))
        const ys = outer!.map(([, y]) => Math.floor(y / PolygonIndex.#cell))
        for (let x = Math.min(...xs); x <= Math.max(...xs); x++) {
          for (let y = Math.min(...ys); y <= Math.max(...ys); y++) {
            const key = `${x},${y}`
            const rows = this.#cells.get(key)
            if (!rows) this.#cells.set(key, [row])
            else if (rows.at(-1) !== row) rows.push(row)
          }
        }
      }
    }
  }

  /** Row of the polygon that holds the point; -1 = none. */
  find(x: number, y: number): number {
    const rows = this.#cells.get(`${Math.floor(x / PolygonIndex.#cell)},${Math.floor(y / PolygonIndex.#cell)}`) ?? []
    return rows.find(row => this.#polygons[row]!.some(polygon => inPolygon(x, y, polygon))) ?? -1
  }
}
