import { toPlane } from '../projection'

/** How a file's coordinates came about: metres that were added, and the projection before that, as proj4 text. */
export interface Located {
  readonly offset: readonly [number, number]
  readonly projection: string
}

export interface Placement {
  readonly toPlane: (x: number, y: number) => readonly [number, number]
  readonly placed: string
}

/** m: a longer road between two junctions is a mistake of coordinates. */
export const LENGTH_MAX = 300_000

interface Point { readonly x: number; readonly y: number }

/** m: beyond this the city's plane is no longer true to scale. */
const FAR = 400_000

/**
 * Where a network lies on the city's plane. UTM and plain degrees are projected; everything else, and whatever lies far
 * from Shenzhen, keeps its own metres, its middle at the origin.
 */
export function placeNet(located: Located | undefined, points: readonly Point[]): Placement {
  const utm = utmZone(located?.projection ?? '!')
  if (located && utm) {
    const [east, north] = located.offset
    const project = (x: number, y: number): [number, number] => toPlane(...fromUtm(x - east, y - north, utm))
    if (isNear(points, project)) return { toPlane: project, placed: 'projected from UTM' }
  }
  return centred(points)
}

/** Placement of coordinates that may be degrees: nothing that spans less than 3 m can be a network in metres. */
export function placePoints(points: readonly Point[]): Placement {
  const [west, south, east, north] = boundsOf(points)
  const degrees = points.length > 1 && west >= -180 && east <= 180 && south >= -90 && north <= 90 && east - west < 3 && north - south < 3
  if (!degrees) return centred(points)
  if (isNear(points, toPlane)) return { toPlane, placed: 'projected from degrees of WGS 84' }
  const [longitude, latitude] = [(west + east) / 2, (south + north) / 2]
  const scale = (6378137 * Math.PI) / 180
  const squeeze = Math.cos((latitude * Math.PI) / 180)
  return {
    toPlane: (x, y) => [(x - longitude) * scale * squeeze, (y - latitude) * scale],
    placed: `degrees far from Shenzhen, on a plane of their own round ${longitude.toFixed(4)}, ${latitude.toFixed(4)}: the map shows them at the origin`,
  }
}

function centred(points: readonly Point[]): Placement {
  const [west, south, east, north] = boundsOf(points)
  const [x0, y0] = points.length === 0 ? [0, 0] : [Math.round((west + east) / 2), Math.round((south + north) / 2)]
  return { toPlane: (x, y) => [x - x0, y - y0], placed: `metres of their own, ${x0}, ${y0} of the file at the origin of the map` }
}

function isNear(points: readonly Point[], project: (x: number, y: number) => readonly [number, number]): boolean {
  return points.length > 0 && points.every(({ x, y }) => project(x, y).every(value => Math.abs(value) < FAR))
}

export function boundsOf(points: Iterable<Point>): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of points) {
    box[0] = Math.min(box[0], x); box[1] = Math.min(box[1], y)
    box[2] = Math.max(box[2], x); box[3] = Math.max(box[3], y)
  }
  return box
}

/** Zone of a proj4 text of UTM on WGS 84, negative in the south; undefined for other projections. */
function utmZone(projection: string): number | undefined {
  const zone = /\+proj=utm\b.*\+zone=(\d+)/.exec(projection)
  return zone ? Number(zone[1]) * (/\+south\b/.test(projection) ? -1 : 1) : undefined
}

/**
 * UTM easting and northing to longitude and latitude, degrees, within 1 mm of the zone.
 *
 * Source: Karney (2011), Transverse Mercator with an accuracy of a few nanometers, Journal of Geodesy 85, 475; WGS 84.
 */
function fromUtm(east: number, north: number, zone: number): [number, number] {
  const n = 1 / (2 * 298.257223563 - 1)
  const radius = (6378137 / (1 + n)) * (1 + (n * n) / 4) * 0.9996
  const xi0 = (north - (zone < 0 ? 10_000_000 : 0)) / radius
  const eta0 = (east - 500_000) / radius
  const beta = [n / 2 - (2 * n * n) / 3 + (37 * n ** 3) / 96, (n * n) / 48 + n ** 3 / 15, (17 * n ** 3) / 480]
  let [xi, eta] = [xi0, eta0]
  for (const [index, factor] of beta.entries()) {
    const k = 2 * (index + 1)
    xi -= factor * Math.sin(k * xi0) * Math.cosh(k * eta0)
    eta -= factor * Math.cos(k * xi0) * Math.sinh(k * eta0)
  }
  const chi = Math.asin(Math.sin(xi) / Math.cosh(eta))
  const delta = [2 * n - (2 * n * n) / 3 - 2 * n ** 3, (7 * n * n) / 3 - (8 * n ** 3) / 5, (56 * n ** 3) / 15]
  const latitude = delta.reduce((sum, factor, index) => sum + factor * Math.sin(2 * (index + 1) * chi), chi)
  const longitude = (Math.abs(zone) * 6 - 183) + (Math.atan2(Math.sinh(eta), Math.cos(xi)) * 180) / Math.PI
  return [longitude, (latitude * 180) / Math.PI]
}
