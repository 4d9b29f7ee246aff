import { difference, intersection, union } from 'polyclip-ts'
import { toPlane } from '../../projection'
import { distance, orient, planePolygons, polygonArea, signedArea, simplify, simplifyLine, type Box, type GeoCollection, type Point, type Polygon, type Ring } from './geometry'
import { readRawJson } from './rawFile'

/** West, south, east, north of everything drawn: the city and 2 km around it, m from the false origin. */
export const DRAWN_BOUNDS: Box = [-36000, -18000, 63000, 39000]

export interface Land {
  /** Land of the city itself, border rivers included up to their middle. */
  readonly city: readonly Polygon[]
  /** All land within the drawn bounds: the city, its neighbours and the far shores, less the Shenzhen River. */
  readonly all: readonly Polygon[]
  /** Everything else within the drawn bounds. */
  readonly sea: readonly Polygon[]
  /** The Shenzhen River from Luohu to Deep Bay; part of `sea`. */
  readonly river: readonly Polygon[]
}

/** The land border east of Deep Bay, where both sides are land and the district polygons reach over the Lok Ma Chau loop. */
const BORDER: Polygon = [[[2500, -3000], [17000, -3000], [17000, 3000], [2500, 3000]]]

interface SubDistrict { readonly name: string; readonly district: string }

/**
 * Land and sea. The shore of the city is that of the 74 sub-districts, which follow it to the quay; the ten district
 * polygons reach 1 to 2 km into the sea and cannot serve. The far shores come from GSHHG, which is too old for the
 * city's own reclaimed shore and is used only outside the district polygons.
 */
export function compileLand(rawFolder: string): Land {
  const subDistricts = readRawJson<GeoCollection<SubDistrict>>(rawFolder, 'parks-districts-footprint/shenzhen-streets.wgs84.geojson.gz')
  const districts = readRawJson<GeoCollection<unknown>>(rawFolder, 'boundaries-districts-transbigdata/sz.json.gz')
  const world = readRawJson<GeoCollection<unknown>>(rawFolder, 'coast-gshhg/gshhg_land.wgs84.geojson.gz')
  const shapes = subDistricts.features.flatMap(feature => planePolygons(feature.geometry))
  // Holes of the union are slivers between neighbours and the Hong Kong port area at Shenzhen Bay: land, all of them.
  const city = mergePolygons(shapes).map(([outer]) => [outer!]).filter(polygon => polygonArea(polygon) > 2000)
  const far = world.features.flatMap(feature => planePolygons(feature.geometry)).map(unstep)
  const outside = [
    ...clip(far, districts.features.flatMap(feature => planePolygons(feature.geometry))),
    ...intersection([BORDER], far) as Polygon[],
  ].map(polygon => polygon.map(open))
  const river = riverAlong(city)
  const box: Polygon = [[[DRAWN_BOUNDS[0], DRAWN_BOUNDS[1]], [DRAWN_BOUNDS[2], DRAWN_BOUNDS[1]], [DRAWN_BOUNDS[2], DRAWN_BOUNDS[3]], [DRAWN_BOUNDS[0], DRAWN_BOUNDS[3]]]]
  const land = clip(closeGaps([...city, ...outside]), river)
  const all = tidy(intersection([box], [...land]) as Polygon[], 3000)
  const sea = tidy(difference([box], [...all]) as Polygon[], 2000)
  return { city, all, sea, river }
}

/** The far shores were digitised from a raster and run in steps of some 70 m: lay lines through the steps, round the corners. */
const unstep = (polygon: Polygon): Polygon => simplify(polygon, 38).map(ring => ring.length < 5 ? ring : ring.flatMap((point, i): Ring => {
  const next = ring[(i + 1) % ring.length]!
  return [[0.75 * point[0] + 0.25 * next[0], 0.75 * point[1] + 0.25 * next[1]], [0.25 * point[0] + 0.75 * next[0], 0.25 * point[1] + 0.75 * next[1]]]
}))

/** Union of polygons. */
export const mergePolygons = (polygons: readonly Polygon[]): Polygon[] => tidy(union(polygons[0]!, ...polygons.slice(1)) as Polygon[], 0)

const clip = (polygons: readonly Polygon[], by: readonly Polygon[]): Polygon[] => tidy(difference([...polygons], [...by]) as Polygon[], 0)

/**
 * Unites the city with its neighbours. Two outlines of one land border leave gaps between them; a hole thinner than
 * 400 m (area / perimeter) is such a gap and is filled.
 */
function closeGaps(polygons: readonly Polygon[]): Polygon[] {
  return mergePolygons(polygons).map(polygon => polygon.filter((ring, index) => {
    if (index === 0) return true
    const perimeter = ring.reduce((sum, point, i) => sum + distance(point, ring[(i + 1) % ring.length]!), 0)
    return Math.abs(signedArea(ring)) / perimeter > 200
  }))
}

/** Open rings, oriented, simplified by 1.5 m, without crumbs below `areaMin` (m²). */
function tidy(polygons: readonly Polygon[], areaMin: number): Polygon[] {
  return polygons
    .map(polygon => orient(simplify(polygon.map(open), 1.5).filter((ring, index) => index === 0 || Math.abs(signedArea(ring)) > areaMin)))
    .filter(polygon => polygon.length > 0 && polygonArea(polygon) > areaMin)
}

function open(ring: Ring): Ring {
  const last = ring.at(-1)!
  return ring.length > 1 && ring[0]![0] === last[0] && ring[0]![1] === last[1] ? ring.slice(0, -1) : ring
}

/**
 * The Shenzhen River. No source draws its banks, but the city's border runs in its middle. Width from 150 m at Deep Bay
 * to 30 m above Luohu: assumed, from maps.
 */
function riverAlong(city: readonly Polygon[]): Polygon[] {
  const outline = city.reduce((best, polygon) => (polygonArea(polygon) > polygonArea(best) ? polygon : best))[0]!
  const mouth = nearest(outline, toPlane(114.0337, 22.5025))
  const source = nearest(outline, toPlane(114.1520, 22.5525))
  const forward = mouth <= source ? outline.slice(mouth, source + 1) : [...outline.slice(mouth), ...outline.slice(0, source + 1)]
  const backward = (source <= mouth ? outline.slice(source, mouth + 1) : [...outline.slice(source), ...outline.slice(0, mouth + 1)]).reverse()
  const line = simplifyLine(lineLength(forward) < lineLength(backward) ? forward : backward, 12)
  const total = lineLength(line)
  const pieces: Polygon[] = []
  let along = 0
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!]
    const step = distance(a, b)
    const wide = (150 - 120 * Math.min(1, along / total)) / 2
    const narrow = (150 - 120 * Math.min(1, (along + step) / total)) / 2
    const [nx, ny] = [-(b[1] - a[1]) / step, (b[0] - a[0]) / step]
    pieces.push([[[a[0] + nx * wide, a[1] + ny * wide], [a[0] - nx * wide, a[1] - ny * wide], [b[0] - nx * narrow, b[1] - ny * narrow], [b[0] + nx * narrow, b[1] + ny * narrow]]])
    pieces.push([disc(b, narrow)])
    along += step
  }
  return mergePolygons(pieces)
}

const disc = (centre: Point, radius: number): Ring => Array.from({ length: 12 }, (_, i): Point =>
  [centre[0] + radius * Math.cos((i * Math.PI) / 6), centre[1] + radius * Math.sin((i * Math.PI) / 6)])

const lineLength = (line: readonly Point[]): number => line.reduce((sum, point, i) => (i === 0 ? 0 : sum + distance(line[i - 1]!, point)), 0)

function nearest(ring: Ring, target: Point): number {
  let best = 0
  for (let i = 1; i < ring.length; i++) if (distance(ring[i]!, target) < distance(ring[best]!, target)) best = i
  return best
}
