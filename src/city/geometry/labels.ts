import { RoadClass, type Network } from '../../sim'
import { BuildingFlag, type Buildings } from '../layers/buildings'
import { RegionKind, type DistrictsLayer } from '../layers/districts'
import type { MetroLayer } from '../layers/metro'
import type { ParksLayer } from '../layers/parks'
import type { VenuesLayer } from '../layers/venues'
import type { WaterLayer } from '../layers/water'
import { heightAt, type HeightField } from './heightField'

export const LabelKind = { district: 0, core: 1, place: 2, station: 3, road: 4, green: 5, water: 6, tower: 7, quarter: 8 } as const

/** A name on the map. `far` and `near` bound the camera distances at which it shows; smaller `rank` wins where two collide. */
export interface MapLabel {
  readonly zh: string
  readonly en: string
  readonly x: number
  readonly y: number
  readonly z: number
  readonly kind: number
  readonly rank: number
  readonly near: number
  readonly far: number
}

export interface LabelSources {
  readonly ground: HeightField
  readonly districts: DistrictsLayer | null
  readonly metro: MetroLayer | null
  readonly venues: VenuesLayer | null
  readonly parks: ParksLayer | null
  readonly water: WaterLayer | null
  readonly buildings: Buildings | null
  readonly network: Network | null
  /** English names of roads, and of buildings. */
  readonly roadNames: Readonly<Record<string, string>>
  readonly buildingNames: ReadonlyMap<string, string>
  readonly core: { readonly bounds: readonly [number, number, number, number]; readonly name: { readonly zh: string; readonly en: string } }
}

const ROAD_SPACING = 1500 // m between two names of one road

export function buildLabels(sources: LabelSources): MapLabel[] {
  const { ground, districts, metro, venues, parks, water, core } = sources
  const labels: MapLabel[] = []
  const add = (zh: string, en: string, x: number, y: number, above: number, kind: number, rank: number, near: number, far: number): void => {
    if (zh) labels.push({ zh, en: en || zh, x, y, z: heightAt(ground, x, y) + above, kind, rank, near, far })
  }
  add(core.name.zh, core.name.en, (core.bounds[0] + core.bounds[2]) / 2, core.bounds[3] - 300, 0, LabelKind.core, 5, 9000, 60000)
  if (districts) {
    const { polygons, strings } = districts
    const seen = new Set<string>()
    for (let row = 0; row < polygons.rows; row++) {
      const kind = polygons.kind[row]!
      const zh = textOf(strings, polygons.name[row]!)
      if (kind === RegionKind.land || seen.has(`${kind}${zh}`)) continue
      seen.add(`${kind}${zh}`)
      const en = textOf(strings, polygons.nameEn[row]!)
      if (kind === RegionKind.district) add(zh, en, polygons.x[row]!, polygons.y[row]!, 60, LabelKind.district, 0, 7000, 120000)
      else add(zh, en, polygons.x[row]!, polygons.y[row]!, 40, LabelKind.quarter, 30, 3500, 16000)
    }
  }
  if (venues) {
    for (let row = 0; row < venues.venues.rows; row++) {
      add(textOf(venues.strings, venues.venues.name[row]!), textOf(venues.strings, venues.venues.nameEn[row]!), venues.venues.x[row]!, venues.venues.y[row]!, 60, LabelKind.place, 8, 250, 9000)
    }
  }
  if (metro) {
    for (let row = 0; row < metro.stations.rows; row++) {
      add(textOf(metro.strings, metro.stations.name[row]!), textOf(metro.strings, metro.stations.nameEn[row]!), metro.stations.x[row]!, metro.stations.y[row]!, 8, LabelKind.station, 22 - metro.stations.lines[row]!, 120, 4200)
    }
  }
  if (parks) {
    for (let row = 0; row < parks.polygons.rows; row++) {
      const area = parks.polygons.area[row]!
      if (area < 60000) continue
      const [x, y] = middleOf(parks, row)
      add(textOf(parks.strings, parks.polygons.name[row]!), textOf(parks.strings, parks.polygons.nameEn[row]!), x, y, 25, LabelKind.green, 18 - Math.min(6, area / 300000), 300, Math.min(14000, 2500 + area / 150))
    }
  }
  if (water) {
    for (let row = 0; row < water.polygons.rows; row++) {
      const zh = textOf(water.strings, water.polygons.name[row]!)
      if (!zh || water.polygons.kind[row] === 1) continue
      const [x, y] = middleOf(water, row)
      add(zh, textOf(water.strings, water.polygons.nameEn[row]!), x, y, 5, LabelKind.water, 16, 800, 22000)
    }
  }
  addTowers(sources, add)
  if (sources.network) addRoads(sources.network, sources.roadNames, add)
  return labels.sort((a, b) => a.rank - b.rank)
}

type Add = (zh: string, en: string, x: number, y: number, above: number, kind: number, rank: number, near: number, far: number) => void

function addTowers({ buildings, buildingNames }: LabelSources, add: Add): void {
  if (!buildings) return
  for (let row = 0; row < buildings.count; row++) {
    const height = buildings.height[row]!
    const name = textOf(buildings.strings, buildings.name[row]!)
    if (!isProper(name) || (height < 200 && !(buildings.flags[row]! & BuildingFlag.landmark))) continue
    const [x, y] = middleOf(buildings, row)
    add(name, buildingNames.get(name) ?? '', x, y, height + 18, LabelKind.tower, 12 - height / 100, 200, 2200 + height * 14)
  }
}

/** Whether a name says which building it is: not "tower A", "block 1" or a house number. */
const isProper = (name: string): boolean => name.length > 2 && !/单元|[0-9A-Za-z一二三四五六七八九十]+号?[座栋塔楼]?$|^.?[座栋塔]$|^[东西南北].?[座塔楼]$/.test(name)

/** Names of main roads, spread along them. */
function addRoads(network: Network, english: Readonly<Record<string, string>>, add: Add): void {
  const { links, points, strings } = network
  const placed = new Map<number, [number, number][]>()
  const order = Array.from({ length: links.rows }, (_, link) => link)
    .filter(link => links.name[link]! >= 0 && links.class[link]! <= RoadClass.tertiary && links.length[link]! > 90)
    .sort((a, b) => links.class[a]! - links.class[b]! || links.length[b]! - links.length[a]!)
  for (const link of order) {
    const at = links.pointFirst[link]! + (links.pointCount[link]! >> 1)
    const x = points.x[at]!, y = points.y[at]!
    const others = placed.get(links.name[link]!) ?? []
    if (others.some(([ox, oy]) => Math.hypot(ox - x, oy - y) < ROAD_SPACING)) continue
    placed.set(links.name[link]!, [...others, [x, y]])
    const zh = strings[links.name[link]!]!
    const kind = links.class[link]!
    const main = kind <= RoadClass.primaryLink
    add(zh, english[zh] ?? '', x, y, 9, LabelKind.road, main ? 20 : 28, 80, main ? 5200 : 2200)
  }
}

const textOf = (strings: readonly string[], row: number): string => (row < 0 ? '' : strings[row]!)

interface Tables {
  readonly polygons: { readonly ringFirst: ArrayLike<number> }
  readonly rings: { readonly pointFirst: ArrayLike<number>; readonly pointCount: ArrayLike<number> }
  readonly points: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> }
}

/** Middle of the outer ring's box. */
function middleOf({ polygons, rings, points }: Tables, row: number): [number, number] {
  const ring = polygons.ringFirst[row]!
  let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity
  for (let i = rings.pointFirst[ring]!; i < rings.pointFirst[ring]! + rings.pointCount[ring]!; i++) {
    x0 = Math.min(x0, points.x[i]!); x1 = Math.max(x1, points.x[i]!)
    y0 = Math.min(y0, points.y[i]!); y1 = Math.max(y1, points.y[i]!)
  }
  return [(x0 + x1) / 2, (y0 + y1) / 2]
}
