import { toLonLat } from '../../city'

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

const CELL = 1000 // m

/**
 * Turns the city's plane into earth-centred coordinates, exactly at the corners of a 1 km grid and linearly between
 * them: the earth falls away by 2 cm from the chord of such a cell, far less than a pixel, at a hundredth of the cost.
 */
export class PlaneToEarth {
  private readonly corners = new Map<number, Float64Array>()

  write(x: number, y: number, z: number, out: Float64Array, at: number): void {
    const column = Math.floor(x / CELL), row = Math.floor(y / CELL)
    const u = x / CELL - column, v = y / CELL - row
    const a = this.corner(column, row), b = this.corner(column + 1, row), c = this.corner(column, row + 1), d = this.corner(column + 1, row + 1)
    for (let k = 0; k < 3; k++) {
      const ground = (a[k]! * (1 - u) + b[k]! * u) * (1 - v) + (c[k]! * (1 - u) + d[k]! * u) * v
      out[at + k] = ground + a[k + 3]! * z
    }
  }

  /** Earth-centred position and upward unit vector of a grid corner. */
  private corner(column: number, row: number): Float64Array {
    const key = column * 4096 + row
    let corner = this.corners.get(key)
    if (!corner) {
      corner = new Float64Array(6)
      const [longitude, latitude] = toLonLat(column * CELL, row * CELL)
      toEarth(longitude, latitude, 0, corner, 0)
      const lambda = (longitude * Math.PI) / 180, phi = (latitude * Math.PI) / 180
      corner.set([Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)], 3)
      this.corners.set(key, corner)
    }
    return corner
  }
}
