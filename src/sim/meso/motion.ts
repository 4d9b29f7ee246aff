import { drivers } from '../traffic/driverTypes'
import { SPACE } from './mesoNetwork'

/** Time over a distance from one speed on, accelerating at `acceleration` up to another, s. */
export function travelTime(from: number, to: number, distance: number, acceleration: number): number {
  if (from >= to) return distance / to
  const way = (to * to - from * from) / (2 * acceleration)
  if (distance < way) return (Math.sqrt(from * from + 2 * acceleration * distance) - from) / acceleration
  return (to - from) / acceleration + (distance - way) / to
}

/** Speed at the end of that distance, m/s. */
export function speedAfter(from: number, to: number, distance: number, acceleration: number): number {
  if (from >= to) return to
  const squared = from * from + 2 * acceleration * distance
  return squared < to * to ? Math.sqrt(squared) : to
}

/** Speed at which vehicles that follow one another at the time gap of the model pass a line one every `headway` seconds, m/s. */
export function queueSpeed(headway: number): number {
  const gap = headway - drivers.timeGap[0]
  return gap > 0.1 ? SPACE / gap : SPACE / 0.1
}

/**
 * Speed at the stop line of a vehicle from a standing queue, m/s: it has driven from its place, one SPACE behind another,
 * at the acceleration of the model.
 *
 * @param places  vehicles that went before it since the light turned green
 */
export function speedFromQueue(places: number, acceleration: number): number {
  return places > 0 ? Math.sqrt(2 * acceleration * SPACE * places) : 0
}
