import { toLonLat } from '../../city'
import { toEarth } from './earth'

/** Mean radius of curvature at Shenzhen's latitude, m. */
export const EARTH_RADIUS = 6363000

/**
 * The city's plane laid on the earth: touching it at `centre`, x and y along the grid there, and bent down by the
 * earth's curvature away from it. Shaders do the same in 32 bits; over the modelled area it is exact to a decimetre,
 * at the far ends of the municipality to a few metres.
 */
export class TangentPlane {
  /** Earth-centred place of the centre, and its axes east along the grid, north along the grid, and up. */
  readonly origin = new Float64Array(3)
  readonly axes: readonly [Float64Array, Float64Array, Float64Array]

  constructor(readonly centre: readonly [number, number]) {
    const [longitude, latitude] = toLonLat(...centre)
    toEarth(longitude, latitude, 0, this.origin, 0)
    const lambda = (longitude * Math.PI) / 180, phi = (latitude * Math.PI) / 180
    const up = Float64Array.of(Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi))
    const north = new Float64Array(3)
    const [aheadLongitude, aheadLatitude] = toLonLat(centre[0], centre[1] + 1000)
    toEarth(aheadLongitude, aheadLatitude, 0, north, 0)
    const rise = dot([north[0]! - this.origin[0]!, north[1]! - this.origin[1]!, north[2]! - this.origin[2]!], up)
    for (let k = 0; k < 3; k++) north[k] = north[k]! - this.origin[k]! - rise * up[k]!
    const length = Math.hypot(...north)
    for (let k = 0; k < 3; k++) north[k]! /= length
    this.axes = [cross(north, up), north, up]
  }

  /** Earth-centred place, m, of a place of the plane: m from the false origin, z above the sea. */
  toEarth(x: number, y: number, z: number): [number, number, number] {
    const dx = x - this.centre[0], dy = y - this.centre[1]
    const stretch = 1 + z / EARTH_RADIUS
    return this.fromTangent(dx * stretch, dy * stretch, z - (dx * dx + dy * dy) / (2 * EARTH_RADIUS))
  }

  /** Earth-centred place of a place given along the axes. */
  fromTangent(x: number, y: number, z: number): [number, number, number] {
    const [east, north, up] = this.axes
    return [0, 1, 2].map(k => this.origin[k]! + east[k]! * x + north[k]! * y + up[k]! * z) as [number, number, number]
  }

  /** An earth-centred place along the axes, m from the centre. */
  toTangent(x: number, y: number, z: number): [number, number, number] {
    return this.turn(x - this.origin[0]!, y - this.origin[1]!, z - this.origin[2]!)
  }

  /** An earth-centred direction along the axes. */
  turn(x: number, y: number, z: number): [number, number, number] {
    return this.axes.map(axis => dot([x, y, z], axis)) as [number, number, number]
  }
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => a[0]! * b[0]! + a[1]! * b[1]! + a[2]! * b[2]!
const cross = (a: Float64Array, b: Float64Array): Float64Array =>
  Float64Array.of(a[1]! * b[2]! - a[2]! * b[1]!, a[2]! * b[0]! - a[0]! * b[2]!, a[0]! * b[1]! - a[1]! * b[0]!)
