/**
 * The scene keeps the world's own axes: x east, y north, z up, metres from the false origin. three is told so once,
 * here, by the up vector of its cameras; nothing is turned between the model and the picture.
 */
export const UP = [0, 0, 1] as const

/** Unit vector that a camera looks along: `bearing` clockwise from north, `pitch` below the horizon, degrees. */
export function lookDirection(bearing: number, pitch: number): [number, number, number] {
  const b = (bearing * Math.PI) / 180, p = (pitch * Math.PI) / 180
  return [Math.sin(b) * Math.cos(p), Math.cos(b) * Math.cos(p), -Math.sin(p)]
}
