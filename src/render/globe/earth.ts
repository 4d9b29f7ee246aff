const SEMI_MAJOR = 6378137 // m, WGS 84
const ECCENTRICITY_SQUARED = 0.00669437999014 // WGS 84

/** Earth-centred coordinates, m, of a longitude and latitude in degrees and a height in metres: WGS 84, closed form. */
export function toEarth(longitude: number, latitude: number, height: number, out: Float64Array, at: number): void {
  const lambda = (longitude * Math.PI) / 180, phi = (latitude * Math.PI) / 180
  const sinPhi = Math.sin(phi), cosPhi = Math.cos(phi)
  const normal = SEMI_MAJOR / Math.sqrt(1 - ECCENTRICITY_SQUARED * sinPhi * sinPhi)
  out[at] = (normal + height) * cosPhi * Math.cos(lambda)
  out[at + 1] = (normal + height) * cosPhi * Math.sin(lambda)
  out[at + 2] = (normal * (1 - ECCENTRICITY_SQUARED) + height) * sinPhi
}
