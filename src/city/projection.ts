import proj4 from 'proj4'

/**
 * The city's plane: EPSG:4547 (CGCS2000, Gauss-Krueger, 3-degree zone of 114 E) minus a false origin near the civic
 * centre. Scale error over the city is at most 50 ppm and grid north stays within 0.25 degrees of true north; a flat
 * tangent plane would leave the ellipsoid by 109 m in Bao'an. CGCS2000 and WGS 84 differ by centimetres: taken as one.
 */
export const PLANE_PROJ4 = '+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs'

/** Easting and northing of 114.05 E, 22.54 N, rounded to 1000 m. */
export const FALSE_ORIGIN: readonly [number, number] = [505000, 2494000]

const converter = proj4(PLANE_PROJ4)

/** Longitude and latitude, degrees (WGS 84), to metres east and north of the false origin. */
export function toPlane(longitude: number, latitude: number): [number, number] {
  const [easting, northing] = converter.forward([longitude, latitude])
  return [easting! - FALSE_ORIGIN[0], northing! - FALSE_ORIGIN[1]]
}

/** Metres from the false origin to longitude and latitude, degrees (WGS 84). */
export function toLonLat(x: number, y: number): [number, number] {
  const [longitude, latitude] = converter.inverse([x + FALSE_ORIGIN[0], y + FALSE_ORIGIN[1]])
  return [longitude!, latitude!]
}
