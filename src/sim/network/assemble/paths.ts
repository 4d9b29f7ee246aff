import { length, turnAngle, type Place } from './polyline'

const LATERAL_ACCELERATION = 2.2 // m/s2, comfortable limit in urban turns (AASHTO Green Book 2018, low-speed side friction 0.2-0.3)

/** Path across a junction: a cubic from the end of one lane to the start of another, x, y, z triples about every 1.5 m. */
export function turnPath(from: Place, to: Place): number[] {
  const dx = to.x - from.x, dy = to.y - from.y
  const distance = Math.hypot(dx, dy)
  const angle = Math.abs(turnAngle(from.dx, from.dy, to.dx, to.dy))
  // Handle length with which a cubic follows the circle through both ends; a third of the distance when straight.
  const handle = angle < 0.02 ? distance / 3 : (distance * (4 / 3) * Math.tan(angle / 4)) / (2 * Math.sin(angle / 2))
  const ax = from.x + from.dx * handle, ay = from.y + from.dy * handle
  const bx = to.x - to.dx * handle, by = to.y - to.dy * handle
  const steps = Math.max(1, Math.min(24, Math.ceil(distance / (angle < 0.1 ? 8 : 1.5))))
  const line: number[] = []
  for (let i = 0; i <= steps; i++) {
    const t = i / steps, u = 1 - t
    const c0 = u * u * u, c1 = 3 * u * u * t, c2 = 3 * u * t * t, c3 = t * t * t
    line.push(c0 * from.x + c1 * ax + c2 * bx + c3 * to.x, c0 * from.y + c1 * ay + c2 * by + c3 * to.y, from.z + (to.z - from.z) * t)
  }
  return line
}

/**
 * Comfortable speed on the path, m/s: v = sqrt(a R) with R the mean radius of the whole turn. Drivers cut corners that
 * the middles of lanes do not, so turns left and right take at least the speed at which a queue discharges 85 % of the
 * flow of one that drives straight on (Highway Capacity Manual, 6th ed., eq. 19-8: right turns 1 / 1.18), U-turns 3.5.
 */
export function turnSpeed(line: readonly number[], angle: number, limit: number): number {
  const bend = Math.abs(angle)
  if (bend < 0.1) return limit
  const radius = length(line) / bend
  const least = bend < BEND_U ? SPEED_TURN : SPEED_U
  return Math.min(limit, Math.max(least, Math.sqrt(LATERAL_ACCELERATION * radius)))
}
const BEND_U = 2.4 // rad
const SPEED_TURN = 6
const SPEED_U = 3.5
