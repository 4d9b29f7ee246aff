import { pinyin } from 'pinyin-pro'
import { createTable, type Columns, type Network } from '../../../sim'
import { layerFile, StringList, type Layer, type LayerKind, type LayerOf } from '../../pack/layerKind'
import type { SourceEntry } from '../../pack/manifest'
import type { LayerBuild } from '../../pack/writePack'
import { busLayer } from '../bus'
import { BuildingFlag, buildingsLayer, openBuildings } from '../buildings'
import { districtsLayer, RegionKind } from '../districts'
import { metroLayer } from '../metro'
import { networkLayer } from '../networkLayer'
import { ParkKind, parksLayer } from '../parks'
import { SearchKind, searchColumns, searchLayer } from '../search'
import { venuesLayer } from '../venues'
import { waterLayer } from '../water'
import { readPolygon } from '../polygons'
import { englishRoad } from './englishNames'
import { boxOf, distance, type Point } from './geometry'
import { landmarks } from './landmarks'
import { labelPoint } from './regions'

interface Entry { readonly name: string; readonly nameEn: string; readonly kind: number; readonly place: Point; readonly weight: number }

/** Two things of one name and kind closer than this are one entry, m. */
const SAME = 2500

/** The name index of a pack, from the layers compiled for it. Layers that are absent have no entries. */
export function searchBuild(builds: readonly LayerBuild[]): LayerBuild {
  const entries = deduplicate([
    ...regions(take(builds, districtsLayer)), ...roads(take(builds, networkLayer)), ...stations(take(builds, metroLayer)),
    ...venues(take(builds, venuesLayer)), ...parks(take(builds, parksLayer)), ...waters(take(builds, waterLayer)),
    ...buildings(take(builds, buildingsLayer)), ...busStops(take(builds, busLayer)),
  ])
  const table = createTable(searchColumns, entries.length)
  const strings = new StringList()
  for (const [row, entry] of entries.entries()) {
    table.name[row] = strings.row(entry.name)
    table.nameEn[row] = strings.row(entry.nameEn)
    table.pinyin[row] = strings.row(syllables(entry.name))
    table.x[row] = Math.round(entry.place[0])
    table.y[row] = Math.round(entry.place[1])
    table.weight[row] = Math.max(0, Math.min(100, Math.round(entry.weight)))
    table.kind[row] = entry.kind
  }
  const sources = new Map<string, SourceEntry>(builds.flatMap(build => build.sources).map(source => [source.name, source]))
  return { layer: layerFile(searchLayer, { entries: table }, strings.strings), sources: [...sources.values()].sort((a, b) => (a.name < b.name ? -1 : 1)) }
}

/** Pinyin without tones, one syllable a character; Latin runs stay together. */
export const syllables = (text: string): string =>
  pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    .map(part => part.toLowerCase().replace(/[^a-z0-9]/g, '')).filter(part => part !== '').join(' ')

/** The layer of a kind among compiled ones; null where it is not there. */
export function take<T extends Readonly<Record<string, Columns>>>(builds: readonly LayerBuild[], kind: LayerKind<T>): Layer<T> | null {
  const found = builds.find(build => build.layer.kind === kind.kind)
  if (!found) return null
  const tables = Object.fromEntries(Object.entries(found.layer.tables).map(([name, { table }]) => [name, table]))
  return { ...tables, strings: found.layer.strings, meta: found.layer.meta ?? {} } as unknown as Layer<T>
}

/** Keeps the weightiest of entries with the same name and kind that lie close together, or have the same name and place. */
function deduplicate(entries: readonly Entry[]): Entry[] {
  const sorted = [...entries].sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0) || a.place[0] - b.place[0] || a.place[1] - b.place[1])
  const byName = new Map<string, Entry[]>()
  return sorted.filter(entry => {
    const others = byName.get(entry.name)
    if (!others) {
      byName.set(entry.name, [entry])
      return true
    }
    const near = (limit: number, sameKind: boolean): boolean =>
      others.some(other => (other.kind === entry.kind || !sameKind) && distance(other.place, entry.place) < limit)
    if (near(SAME, true) || near(300, false)) return false
    others.push(entry)
    return true
  })
}

const text = (strings: readonly string[], row: number): string => (row < 0 ? '' : strings[row]!)

function regions(layer: LayerOf<typeof districtsLayer> | null): Entry[] {
  if (!layer) return []
  const { polygons, strings } = layer
  return Array.from({ length: polygons.rows }, (_, row) => row).flatMap((row): Entry[] => {
    const kind = polygons.kind[row]!
    if (kind === RegionKind.land || (row > 0 && polygons.name[row] === polygons.name[row - 1])) return []
    return [{
      name: text(strings, polygons.name[row]!), nameEn: text(strings, polygons.nameEn[row]!), place: [polygons.x[row]!, polygons.y[row]!],
      kind: kind === RegionKind.district ? SearchKind.district : SearchKind.subDistrict, weight: kind === RegionKind.district ? 100 : 60,
    }]
  })
}

/** A road lies where its length has its middle: on the link nearest to the mean of all its links. */
function roads(layer: LayerOf<typeof networkLayer> | null): Entry[] {
  if (!layer) return []
  const { links, points, strings } = layer as unknown as Network
  const english = (layer.meta.roadNames ?? {}) as Readonly<Record<string, string>>
  const byName = new Map<string, { links: number[]; length: number; best: number }>()
  for (let link = 0; link < links.rows; link++) {
    const name = text(strings, links.name[link]!)
    if (name === '') continue
    const road = byName.get(name) ?? { links: [], length: 0, best: 99 }
    road.links.push(link)
    road.length += links.length[link]!
    road.best = Math.min(road.best, links.class[link]!)
    byName.set(name, road)
  }
  return [...byName].map(([name, road]): Entry => {
    const middles = road.links.map((link): Point => {
      const point = links.pointFirst[link]! + Math.floor(links.pointCount[link]! / 2)
      return [points.x[point]!, points.y[point]!]
    })
    let [x, y] = [0, 0]
    for (const [i, link] of road.links.entries()) {
      x += (middles[i]![0] * links.length[link]!) / road.length
      y += (middles[i]![1] * links.length[link]!) / road.length
    }
    const place = middles.reduce((best, middle) => (distance(middle, [x, y]) < distance(best, [x, y]) ? middle : best))
    return { name, nameEn: english[name] ?? englishRoad(name), kind: SearchKind.road, place, weight: 78 - 4 * road.best + Math.min(20, Math.sqrt(road.length) / 8) }
  })
}

function stations(layer: LayerOf<typeof metroLayer> | null): Entry[] {
  if (!layer) return []
  const { lines, stations: table, stops, strings } = layer
  const entries = Array.from({ length: table.rows }, (_, row): Entry => ({
    name: text(strings, table.name[row]!), nameEn: text(strings, table.nameEn[row]!), kind: SearchKind.metroStation,
    place: [table.x[row]!, table.y[row]!], weight: 68 + 6 * table.lines[row]!,
  }))
  for (let row = 0; row < lines.rows; row++) {
    const middle = stops.station[lines.stopFirst[row]! + Math.floor(lines.stopCount[row]! / 2)]!
    entries.push({ name: `地铁${text(strings, lines.name[row]!)}`, nameEn: `Metro ${text(strings, lines.nameEn[row]!)}`, kind: SearchKind.metroLine, place: [table.x[middle]!, table.y[middle]!], weight: 50 })
  }
  return entries
}

function venues(layer: LayerOf<typeof venuesLayer> | null): Entry[] {
  if (!layer) return []
  const { venues: table, strings } = layer
  return Array.from({ length: table.rows }, (_, row): Entry => ({
    name: text(strings, table.name[row]!), nameEn: text(strings, table.nameEn[row]!), kind: SearchKind.venue, place: [table.x[row]!, table.y[row]!], weight: 92,
  }))
}

function parks(layer: LayerOf<typeof parksLayer> | null): Entry[] {
  if (!layer) return []
  const { polygons, strings } = layer
  return Array.from({ length: polygons.rows }, (_, row) => row).flatMap((row): Entry[] => {
    const name = text(strings, polygons.name[row]!)
    if (name === '' || name === '公园' || (polygons.kind[row] !== ParkKind.park && polygons.kind[row] !== ParkKind.golf)) return []
    return [{ name, nameEn: text(strings, polygons.nameEn[row]!), kind: SearchKind.park, place: labelPoint(readPolygon(layer, row)), weight: 30 + Math.min(45, Math.sqrt(polygons.area[row]!) / 25) }]
  })
}

function waters(layer: LayerOf<typeof waterLayer> | null): Entry[] {
  if (!layer) return []
  const { polygons, strings } = layer
  return Array.from({ length: polygons.rows }, (_, row) => row).flatMap((row): Entry[] => {
    const name = text(strings, polygons.name[row]!)
    return name === '' ? [] : [{ name, nameEn: text(strings, polygons.nameEn[row]!), kind: SearchKind.water, place: labelPoint(readPolygon(layer, row)), weight: 45 }]
  })
}

/** Buildings with a name of their own: "3栋", "A座" and the like are found by nobody. */
function buildings(layer: LayerOf<typeof buildingsLayer> | null): Entry[] {
  if (!layer) return []
  const all = openBuildings(layer)
  const entries: Entry[] = []
  for (let row = 0; row < all.count; row++) {
    const name = text(all.strings, all.name[row]!).trim()
    if (!/[\u4e00-\u9fff]{2,}|[A-Za-z]{4,}/.test(name) || /^[A-Za-z\d#\-·一二三四五六七八九十东南西北]*\s*[号]?(栋|座|楼|幢|单元|期|阁|区|宿舍|厂房|教学楼|宿舍楼|综合楼|办公楼|食堂|门卫|实验楼)/.test(name)) continue
    const height = all.height[row]!
    if (height < 24 && all.floorArea[row]! < 4000) continue
    const [west, south, east, north] = boxOf(readPolygon(all, row)[0]!)
    const landmark = (all.flags[row]! & BuildingFlag.landmark) !== 0
    entries.push({ name, nameEn: landmark ? landmarks.find(known => known.name === name)?.nameEn ?? '' : '', kind: SearchKind.building, place: [(west + east) / 2, (south + north) / 2], weight: landmark ? 82 : 8 + Math.min(45, height / 6) + Math.min(8, all.floorArea[row]! / 20_000) })
  }
  return entries
}

function busStops(layer: LayerOf<typeof busLayer> | null): Entry[] {
  if (!layer) return []
  const { stops, strings } = layer
  return Array.from({ length: stops.rows }, (_, row): Entry => ({
    name: text(strings, stops.name[row]!), nameEn: '', kind: SearchKind.busStop, place: [stops.x[row]!, stops.y[row]!], weight: Math.min(20, stops.lineCount[row]! / 2),
  }))
}
