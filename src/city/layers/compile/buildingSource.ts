import Flatbush from 'flatbush'
import { toPlane } from '../../projection'
import { BuildingKind } from '../buildings'
import { boxOf, centroid, distance, inPolygon, planePolygons, polygonArea, simplify, type Box, type GeoCollection, type Point, type Polygon } from './geometry'
import { readRawJson } from './rawFile'
import { landmarks, massings, type Massing } from './landmarks'
import type { OsmArea } from './osmAreas'
import { pointIndex } from './pointIndex'

/** A building under construction of the layer. */
export interface BuildingDraft {
  readonly polygon: Polygon
  readonly middle: Point
  readonly area: number
  readonly box: Box
  readonly tag: string
  readonly name: string
  kind: number
  kindGuessed: boolean
  landmark: boolean
  /** m; 0 = unknown. */
  height: number
  heightEstimated: boolean
}

interface BuildingTags { readonly building: string; readonly height?: number; readonly levels?: number; readonly name?: string }

/** Not buildings that stand there: underground stations, canopies, sites, remains. */
const DROPPED = new Set(['train_station', 'roof', 'construction', 'ruins', 'bridge', 'no', 'carport', 'proposed', 'elevator'])
const STOREY = 3.2
const SIMPLIFY = 0.3
const AREA_MIN = 12 // m²
const HEIGHT_MIN = 2.5

/** The buildings on the city's land, one for each real one. */
export function readBuildings(rawFolder: string, city: readonly Polygon[], sea: readonly Polygon[]): BuildingDraft[] {
  const source = readRawJson<GeoCollection<BuildingTags>>(rawFolder, 'osm-buildings-2026/buildings.geojson.gz')
  const cityAt = pointIndex(city)
  const drafts = source.features.flatMap(({ properties, geometry }) => planePolygons(geometry).flatMap(footprint => {
    // A height that is exactly three metres a storey was filled in from the storeys.
    const filled = properties.height !== undefined && Math.abs(properties.height - (properties.levels ?? 0) * 3) <= 0.05
    return draftOf(footprint, filled ? { ...properties, height: 0 } : properties)
  })).filter(({ middle: [x, y] }) => cityAt(x, y) >= 0)
  setLandmarks(drafts)
  drafts.push(...drafts.flatMap(towerOfOutline), ...massings.flatMap(draftsOf))
  return withoutSunk(withoutDuplicates(drafts), sea)
}

/** The buildings of any extract. */
export function buildingsOf(areas: readonly OsmArea[]): BuildingDraft[] {
  return withoutDuplicates(areas.flatMap(({ tags, polygon }) => (tags.building === undefined ? [] : draftOf(polygon, {
    building: tags.building, height: metres(tags.height), levels: metres(tags['building:levels']), name: tags['name:zh'] ?? tags.name,
  }))))
}

/** A building as far as its tags tell; none where it is too small or does not stand there. */
function draftOf(footprint: Polygon, { building: tag, height: tagged = 0, levels = 0, name = '' }: BuildingTags): BuildingDraft[] {
  if (DROPPED.has(tag)) return []
  const polygon = simplify(footprint, SIMPLIFY)
  const area = polygonArea(polygon)
  if (area < AREA_MIN) return []
  // A tag of a storey higher than 9 m or lower than 2 m is a slip; halls of one storey may be.
  const fits = tagged > 0 && (levels <= 1 || (tagged / levels >= 2 && tagged / levels <= 9))
  const said = fits ? tagged : levels > 0 ? levels * STOREY : Math.max(0, tagged)
  const height = said > 0 ? Math.max(HEIGHT_MIN, said) : 0
  const { kind, guessed } = kindOf(tag, name, height)
  return [{ polygon, middle: centroid(polygon[0]!), area, box: boxOf(polygon[0]!), tag, name, kind, kindGuessed: guessed, landmark: false, height, heightEstimated: false }]
}

const metres = (text: string | undefined): number => Math.max(0, Number.parseFloat(text ?? '') || 0)

const kinds: Readonly<Record<string, number>> = {
  apartments: BuildingKind.residential, residential: BuildingKind.residential, dormitory: BuildingKind.residential,
  house: BuildingKind.house, semidetached_house: BuildingKind.house, terrace: BuildingKind.house, detached: BuildingKind.house, bungalow: BuildingKind.house, cabin: BuildingKind.house,
  office: BuildingKind.office, government: BuildingKind.public, commercial: BuildingKind.commercial, retail: BuildingKind.commercial, kiosk: BuildingKind.commercial,
  industrial: BuildingKind.industrial, warehouse: BuildingKind.industrial, manufacture: BuildingKind.industrial, depot: BuildingKind.industrial,
  school: BuildingKind.school, kindergarten: BuildingKind.school, university: BuildingKind.school, college: BuildingKind.school,
  hospital: BuildingKind.hospital, hotel: BuildingKind.hotel, transportation: BuildingKind.transport, parking: BuildingKind.transport,
  public: BuildingKind.public, civic: BuildingKind.public, stadium: BuildingKind.public, sports_centre: BuildingKind.public, museum: BuildingKind.public,
  temple: BuildingKind.public, church: BuildingKind.public, fire_station: BuildingKind.public, grandstand: BuildingKind.public, pavilion: BuildingKind.public,
  shed: BuildingKind.utility, service: BuildingKind.utility, hut: BuildingKind.utility, gasometer: BuildingKind.utility, storage_tank: BuildingKind.utility,
  toilets: BuildingKind.utility, greenhouse: BuildingKind.utility, silo: BuildingKind.utility, guardhouse: BuildingKind.utility, garage: BuildingKind.utility, gatehouse: BuildingKind.utility,
}

const byName: readonly (readonly [RegExp, number])[] = [
  [/医院|卫生院|门诊/, BuildingKind.hospital], [/小学|中学|学校|幼儿园|大学|学院|教学楼|School/, BuildingKind.school],
  [/酒店|宾馆|Hotel/, BuildingKind.hotel], [/厂房|工业|仓库|物流/, BuildingKind.industrial],
  [/图书馆|博物馆|美术馆|体育|剧院|音乐厅|政府|法院|派出所|会展|展馆|祠/, BuildingKind.public],
  [/宿舍|公寓|花园|花苑|家园|苑|居|村|府|^[A-Z]?\d+[A-Z]?栋/, BuildingKind.residential],
  [/商场|购物|广场|万象|百货|超市|市场/, BuildingKind.commercial], [/大厦|中心|[A-Z]座|大楼|写字楼/, BuildingKind.office],
]

/** `yes` has no kind: its name tells it, or else its neighbours will. */
function kindOf(tag: string, name: string, height: number): { kind: number; guessed: boolean } {
  const known = kinds[tag]
  if (known === BuildingKind.commercial && height >= 45 && tag === 'commercial') return { kind: BuildingKind.office, guessed: false }
  if (known !== undefined) return { kind: known, guessed: false }
  const named = byName.find(([pattern]) => pattern.test(name))
  return named ? { kind: named[1], guessed: true } : { kind: -1, guessed: true }
}

/** The heights of `landmarks`; where only the podium is mapped, a tower is added to `drafts`. */
function setLandmarks(drafts: BuildingDraft[]): void {
  for (const landmark of landmarks) {
    const [x, y] = toPlane(landmark.near[0], landmark.near[1])
    const found = drafts.filter(draft => draft.name === landmark.name && distance(draft.middle, [x, y]) < 250)
      .sort((a, b) => b.area - a.area)[0]
    if (!found) throw new Error(`landmark ${landmark.name}: no building of this name within 250 m of ${landmark.near.join(', ')}`)
    if (landmark.podium) {
      const tower = towerOn(found, landmark.height)
      if (tower) drafts.push({ ...tower, landmark: true })
      found.height = Math.min(Math.max(found.height, 15), 24)
      continue
    }
    found.height = landmark.height
    found.landmark = true
    if (landmark.height >= 45) found.kind = BuildingKind.office
  }
}

function draftsOf({ name, near, boxes }: Massing): BuildingDraft[] {
  const [middleX, middleY] = toPlane(near[0], near[1])
  return boxes.map(([dx, dy, width, depth, height]) => {
    const [x, y] = [middleX + dx, middleY + dy]
    const ring: Point[] = [[x - width / 2, y - depth / 2], [x + width / 2, y - depth / 2], [x + width / 2, y + depth / 2], [x - width / 2, y + depth / 2]]
    return {
      polygon: [ring], middle: [x, y], area: width * depth, box: boxOf(ring), tag: 'civic', name,
      kind: BuildingKind.public, kindGuessed: false, landmark: true, height, heightEstimated: false,
    }
  })
}

/** A height of a tower on the outline of a whole block is that of the tower on it: the block becomes its podium. */
function towerOfOutline(draft: BuildingDraft): BuildingDraft[] {
  if (draft.area < 7000 || draft.height < 100) return []
  const tower = towerOn(draft, draft.height)
  if (!tower) return []
  draft.height = 24
  return [{ ...tower, landmark: draft.landmark, heightEstimated: false, kind: draft.kind, kindGuessed: draft.kindGuessed }]
}

/** A tower in the middle of a podium, on 40 % of its ground; null where the outline has no middle of its own. */
export function towerOn(podium: BuildingDraft, height: number): BuildingDraft | null {
  const [middleX, middleY] = podium.middle
  const scale = Math.sqrt(Math.min(0.4, 2600 / podium.area))
  const polygon: Polygon = [podium.polygon[0]!.map(([x, y]): Point => [middleX + (x - middleX) * scale, middleY + (y - middleY) * scale])]
  if (!polygon[0]!.every(([x, y]) => inPolygon(x, y, podium.polygon))) return null
  return {
    ...podium, polygon, area: podium.area * scale * scale, box: boxOf(polygon[0]!),
    kind: BuildingKind.office, kindGuessed: true, height, heightEstimated: true,
  }
}

/**
 * Drops a building that lies inside another and is not higher: the same thing drawn twice, or a part under the
 * outline of its whole. A tower on a podium stays.
 */
function withoutDuplicates(drafts: readonly BuildingDraft[]): BuildingDraft[] {
  if (drafts.length === 0) return []
  const index = new Flatbush(drafts.length)
  for (const draft of drafts) index.add(...draft.box)
  index.finish()
  const dropped = new Set<number>()
  for (const [row, draft] of drafts.entries()) {
    for (const other of index.search(...draft.box)) {
      const host = drafts[other]!
      if (other === row || dropped.has(other) || host.area < draft.area || (host.area === draft.area && other > row)) continue
      if (!inPolygon(draft.middle[0], draft.middle[1], host.polygon)) continue
      const inside = draft.polygon[0]!.filter(([x, y]) => inPolygon(x, y, host.polygon)).length / draft.polygon[0]!.length
      if (draft.landmark) continue
      const same = draft.area > 0.9 * host.area
      if (!same && (inside < 0.7 || draft.height > host.height)) continue
      if (same && draft.height > host.height) host.height = draft.height
      if (draft.height === 0 && host.height === 0 && !same && draft.name !== '') continue // unknown both: may be a tower
      dropped.add(row)
      break
    }
  }
  return drafts.filter((_, row) => !dropped.has(row))
}

/** Without what stands in the sea or in the border river. */
function withoutSunk(drafts: readonly BuildingDraft[], sea: readonly Polygon[]): BuildingDraft[] {
  const seaAt = pointIndex(sea)
  return drafts.filter(({ middle: [x, y] }) => seaAt(x, y) < 0)
}
