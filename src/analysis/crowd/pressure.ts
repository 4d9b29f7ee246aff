import type { IndividualSpeeds } from './individualSpeed'
import type { Point } from './point'
import { rowsOfFrame, type Trajectories } from './trajectories'

/** R of the weights, m: as in the paper. */
export const PRESSURE_RADIUS = 1

/** 1/s2: turbulence sets in about there. Source: Helbing, Johansson & Al-Abideen (2007), Phys. Rev. E 75, 046109. */
export const PRESSURE_TURBULENT = 0.02

export interface LocalCrowd {
  /** p/m2, of the weights. */
  readonly density: number
  /** m/s. */
  readonly velocity: Point
  /** m2/s2, of velocities about their local mean. */
  readonly variance: number
  /** 1/s2: density times variance. */
  readonly pressure: number
}

/**
 * Local density, velocity, its variance and the "crowd pressure" at a place in a frame:
 *
 *   rho = sum w_j,  w_j = exp(-|r_j - r|^2 / R^2) / (pi R^2),  V = sum w_j v_j / sum w_j,
 *   Var = sum w_j |v_j - V|^2 / sum w_j,  P = rho Var
 *
 * Persons without a speed (ends of their ways) count for the density alone. The paper takes the variance of V over
 * time; with that of the persons about V a single frame has a pressure, which an alarm can watch.
 *
 * Source: Helbing, Johansson & Al-Abideen (2007), Phys. Rev. E 75, 046109.
 */
export function localCrowd(trajectories: Trajectories, { vx, vy }: IndividualSpeeds, frame: number, place: Point, radius = PRESSURE_RADIUS): LocalCrowd {
  const { x, y } = trajectories.table
  const square = radius * radius
  let [density, weight, sumX, sumY, squares] = [0, 0, 0, 0, 0]
  for (const row of rowsOfFrame(trajectories, frame)) {
    const far = (x[row]! - place[0]) ** 2 + (y[row]! - place[1]) ** 2
    if (far > 25 * square) continue
    const w = Math.exp(-far / square) / (Math.PI * square)
    density += w
    if (Number.isNaN(vx[row]!)) continue
    weight += w
    sumX += w * vx[row]!
    sumY += w * vy[row]!
    squares += w * (vx[row]! ** 2 + vy[row]! ** 2)
  }
  if (weight === 0) return { density, velocity: [0, 0], variance: 0, pressure: 0 }
  const velocity: Point = [sumX / weight, sumY / weight]
  const variance = Math.max(0, squares / weight - velocity[0] ** 2 - velocity[1] ** 2)
  return { density, velocity, variance, pressure: density * variance }
}
