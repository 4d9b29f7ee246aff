/**
 * The city's plane: EPSG:4547 (CGCS2000, Gauss-Krueger, 3-degree zone of 114 E) minus a false origin near the civic
 * centre. Scale error over the city is at most 50 ppm and grid north stays within 0.25 degrees of true north; a flat
 * tangent plane would leave the ellipsoid by 109 m in Bao'an. CGCS2000 and WGS 84 differ by centimetres: taken as one.
 *
 * By Krueger's series to the fourth order of n, within a millimetre of the general library that the test compares it
 * with; that library would be 45 KB in each of four bundles.
 *
 * Source: Karney (2011), Transverse Mercator with an accuracy of a few nanometers, Journal of Geodesy 85, 475; GRS 80.
 */
/** The projection as proj4 text, so that a pack explains itself. */
export const PLANE_PROJ4 = '+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs'

/** Easting and northing of 114.05 E, 22.54 N, rounded to 1000 m: 0, 0 of the pack. */
export const FALSE_ORIGIN: readonly [number, number] = [505000, 2494000]

const MERIDIAN = 114 // degrees east
const FALSE_EASTING = 500000 // m
const n = 1 / (2 * 298.257222101 - 1) // third flattening
const n2 = n * n
const n3 = n2 * n
const n4 = n2 * n2
const eccentricity = (2 * Math.sqrt(n)) / (1 + n)
const radius = (6378137 / (1 + n)) * (1 + n2 / 4 + n4 / 64) // m, of the rectifying sphere
const forward = [
  n / 2 - (2 * n2) / 3 + (5 * n3) / 16 + (41 * n4) / 180, (13 * n2) / 48 - (3 * n3) / 5 + (557 * n4) / 1440,
  (61 * n3) / 240 - (103 * n4) / 140, (49561 * n4) / 161280,
]
const backward = [
  n / 2 - (2 * n2) / 3 + (37 * n3) / 96 - n4 / 360, n2 / 48 + n3 / 15 - (437 * n4) / 1440,
  (17 * n3) / 480 - (37 * n4) / 840, (4397 * n4) / 161280,
]
const toGeodetic = [
  2 * n - (2 * n2) / 3 - 2 * n3 + (116 * n4) / 45, (7 * n2) / 3 - (8 * n3) / 5 - (227 * n4) / 45,
  (56 * n3) / 15 - (136 * n4) / 35, (4279 * n4) / 630,
]

/** Longitude and latitude, degrees (WGS 84), to metres east and north of the false origin. */
export function toPlane(longitude: number, latitude: number): [number, number] {
  const sine = Math.sin((latitude * Math.PI) / 180)
  const lambda = ((longitude - MERIDIAN) * Math.PI) / 180
  const conformal = Math.sinh(Math.atanh(sine) - eccentricity * Math.atanh(eccentricity * sine)) // tan of the conformal latitude
  const xi = Math.atan2(conformal, Math.cos(lambda))
  const eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + conformal * conformal))
  let [x, y] = [eta, xi]
  for (const [index, factor] of forward.entries()) {
    const k = 2 * (index + 1)
    x += factor * Math.cos(k * xi) * Math.sinh(k * eta)
    y += factor * Math.sin(k * xi) * Math.cosh(k * eta)
  }
  return [radius * x + FALSE_EASTING - FALSE_ORIGIN[0], radius * y - FALSE_ORIGIN[1]]
}

/** Metres from the false origin to longitude and latitude, degrees (WGS 84). */
export function toLonLat(x: number, y: number): [number, number] {
  const eta = (x + FALSE_ORIGIN[0] - FALSE_EASTING) / radius
  const xi = (y + FALSE_ORIGIN[1]) / radius
  let [etaSphere, xiSphere] = [eta, xi]
  for (const [index, factor] of backward.entries()) {
    const k = 2 * (index + 1)
    etaSphere -= factor * Math.cos(k * xi) * Math.sinh(k * eta)
    xiSphere -= factor * Math.sin(k * xi) * Math.cosh(k * eta)
  }
  const conformal = Math.asin(Math.sin(xiSphere) / Math.cosh(etaSphere))
  const latitude = toGeodetic.reduce((sum, factor, index) => sum + factor * Math.sin(2 * (index + 1) * conformal), conformal)
  return [MERIDIAN + (Math.atan2(Math.sinh(etaSphere), Math.cos(xiSphere)) * 180) / Math.PI, (latitude * 180) / Math.PI]
}
