import { layerFile, StringList } from '../../pack/layerKind'
import type { LayerFile } from '../../pack/layerFile'
import type { LayerBuild } from '../../pack/writePack'
import { toPlane } from '../../projection'
import { sampleSurface, type Terrain } from '../terrain'
import { waterColumns, WaterKind, waterLayer } from '../water'
import type { Lake } from './elevation'
import { boxOf, boxesMeet, distance, inPolygon, polygonArea, simplify, type Point, type Polygon } from './geometry'
import { mergePolygons, type Land } from './land'
import type { OsmArea, OsmLine } from './osmAreas'
import { pointIndex } from './pointIndex'
import { polygonTables } from './polygonTables'
import { sources } from './sources'

export interface WaterBody { readonly polygon: Polygon; readonly kind: number; readonly level: number; readonly name?: string; readonly nameEn?: string }

/** Well-known reservoirs: the lake of the raster whose box holds the place takes the name. */
const reservoirs: readonly { readonly name: string; readonly nameEn: string; readonly near: Point }[] = [
  { name: '深圳水库', nameEn: 'Shenzhen Reservoir', near: [114.1531, 22.5843] }, { name: '铁岗水库', nameEn: 'Tiegang Reservoir', near: [113.888, 22.6228] },
  { name: '西丽水库', nameEn: 'Xili Reservoir', near: [113.9504, 22.6036] }, { name: '石岩水库', nameEn: 'Shiyan Reservoir', near: [113.903, 22.6999] },
  { name: '梅林水库', nameEn: 'Meilin Reservoir', near: [114.0269, 22.5743] }, { name: '长岭陂水库', nameEn: 'Changlingpi Reservoir', near: [114.0036, 22.6097] },
  { name: '雁田水库', nameEn: 'Yantian Reservoir', near: [114.1663, 22.6679] }, { name: '松子坑水库', nameEn: 'Songzikeng Reservoir', near: [114.3389, 22.7235] },
  { name: '清林径水库', nameEn: 'Qinglinjing Reservoir', near: [114.2255, 22.7797] }, { name: '三洲田水库', nameEn: 'Sanzhoutian Reservoir', near: [114.2729, 22.6439] },
  { name: '船湾淡水湖', nameEn: 'Plover Cove Reservoir', near: [114.2583, 22.4762] },
]

/** Widths of streams and rivers drawn as lines, m; assumed. */
const lineWidths: Readonly<Record<string, number>> = { river: 32, canal: 16, stream: 5, drain: 4 }
/** m; a river line is laid down in pieces of this length, each level. */
const PIECE = 120

interface OsmWater { readonly areas: readonly OsmArea[]; readonly lines: readonly OsmLine[] }

/** Sea, rivers, lakes and ponds: everything blue on the map, with the height of its surface. */
export function waterBuild(land: Land, lakes: readonly Lake[], osm: OsmWater, terrain: Terrain): LayerBuild {
  const seaAt = pointIndex(land.sea)
  const bodies: WaterBody[] = land.sea.map(polygon => ({ polygon, kind: WaterKind.sea, level: 0 }))
  for (const lake of lakes) {
    const box = boxOf(lake.polygon[0]!)
    const reservoir = reservoirs.find(({ near }) => boxesMeet(box, boxOf([toPlane(near[0], near[1])])))
    bodies.push({ polygon: lake.polygon, kind: WaterKind.lake, level: lake.level, name: reservoir?.name, nameEn: reservoir?.nameEn })
  }
  const areas = osm.areas.filter(({ polygon }) => seaAt(...middleOf(polygon)) < 0)
  bodies.push(...watersOf({ areas, lines: osm.lines }, polygon => lowest(polygon, terrain)))
  return { layer: waterFile(bodies), sources: [sources.subDistricts, sources.districts, sources.gshhg, sources.srtm, sources.osmCore] }
}

/** Water among tagged areas, and rivers drawn as lines, with the level that `levelOf` finds for each piece. */
export function watersOf({ areas, lines }: OsmWater, levelOf: (polygon: Polygon) => number): WaterBody[] {
  const bodies: WaterBody[] = []
  for (const { tags, polygon, area } of areas) {
    if (tags.natural !== 'water' && tags.landuse !== 'basin' && tags.landuse !== 'reservoir') continue
    const kind = tags.water === 'river' ? WaterKind.river : area > 40_000 ? WaterKind.lake : WaterKind.pond
    const simple = simplify(polygon, 0.5)
    bodies.push({ polygon: simple, kind, level: levelOf(simple), name: tags.name, nameEn: tags['name:en'] })
  }
  for (const { tags, line } of lines) {
    const width = lineWidths[tags.waterway ?? '']
    if (width === undefined || tags.tunnel) continue
    for (const piece of ribbon(line, width)) {
      bodies.push({ polygon: piece, kind: WaterKind.river, level: levelOf(piece), name: tags.name, nameEn: tags['name:en'] })
    }
  }
  return bodies
}

export function waterFile(bodies: readonly WaterBody[]): LayerFile {
  const tables = polygonTables(waterColumns, bodies.map(body => body.polygon))
  const strings = new StringList()
  for (const [row, body] of bodies.entries()) {
    tables.polygons.name[row] = strings.row(body.name)
    tables.polygons.nameEn[row] = strings.row(body.nameEn)
    tables.polygons.level[row] = body.level
    tables.polygons.kind[row] = body.kind
  }
  return layerFile(waterLayer, tables, strings.strings)
}

/** Lakes of the raster that are still there: not built over since, and not the sea. */
export function livingLakes(lakes: readonly Lake[], land: Land, buildings: readonly { readonly middle: Point }[]): Lake[] {
  return lakes.filter(({ polygon }) => {
    const box = boxOf(polygon[0]!)
    const middle = middleOf(polygon)
    if (land.sea.some(sea => boxesMeet(box, boxOf(sea[0]!)) && inPolygon(middle[0], middle[1], sea))) return false
    let built = 0
    for (const { middle: [x, y] } of buildings) {
      if (x > box[0] && x < box[2] && y > box[1] && y < box[3] && inPolygon(x, y, polygon)) built += 1
    }
    return built * 40_000 < polygonArea(polygon) // up to one house a 4 ha: a dam keeper, not a quarter
  })
}

function middleOf(polygon: Polygon): Point {
  const [west, south, east, north] = boxOf(polygon[0]!)
  return [(west + east) / 2, (south + north) / 2]
}

const lowest = (polygon: Polygon, terrain: Terrain): number =>
  Math.min(...polygon[0]!.map(([x, y]) => Math.max(0, Math.round(sampleSurface(terrain, x, y) * 10) / 10)))

/** A line as level pieces of a given width. */
function ribbon(line: readonly Point[], width: number): Polygon[] {
  const pieces: Polygon[] = []
  let quads: Polygon[] = []
  let length = 0
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const step = distance(a, b)
    if (step < 0.1) continue
    const [nx, ny] = [(-(b[1] - a[1]) / step) * (width / 2), ((b[0] - a[0]) / step) * (width / 2)]
    quads.push([[[a[0] + nx, a[1] + ny], [a[0] - nx, a[1] - ny], [b[0] - nx, b[1] - ny], [b[0] + nx, b[1] + ny]]])
    // A six-sided joint closes the wedge at the bend.
    quads.push([Array.from({ length: 6 }, (_, k): Point => [b[0] + (width / 2) * Math.cos((k * Math.PI) / 3), b[1] + (width / 2) * Math.sin((k * Math.PI) / 3)])])
    length += step
    if (length >= PIECE || i === line.length - 1) {
      pieces.push(...mergePolygons(quads))
      quads = []
      length = 0
    }
  }
  return pieces
}
