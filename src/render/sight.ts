import type { HeightField } from '../city'

const STEP = 20 // m between two looks along a line of sight
const FARTHEST = 6000 // m from the place that is looked at, beyond which nothing in between counts
const OWN = 45 // m around the place itself, where the building stands that it names
const SLACK = 3 // m

/**
 * Whether ground or buildings hide a place from the eye, by walking along the line of sight over the height of the
 * roofs. A few hundred steps a name: far cheaper than asking the graphics card, and the same on every machine.
 */
export function isHidden(
  x: number, y: number, z: number, eye: { readonly x: number; readonly y: number; readonly z: number },
  groundAt: (x: number, y: number) => number, skyline: HeightField | null, highest: number,
): boolean {
  const dx = eye.x - x, dy = eye.y - y, dz = eye.z - z
  const flat = Math.hypot(dx, dy)
  const steps = Math.floor(Math.min(flat, FARTHEST) / STEP)
  for (let k = 1; k <= steps; k++) {
    const away = k * STEP, share = away / flat
    const height = z + dz * share
    if (height > highest) return false
    const px = x + dx * share, py = y + dy * share
    if (away > OWN && skyline && roofAt(skyline, px, py) > height + SLACK) return true
    if (groundAt(px, py) > height + SLACK) return true
  }
  return false
}

function roofAt({ x0, y0, cell, columns, rows, height }: HeightField, x: number, y: number): number {
  const i = Math.floor((x - x0) / cell), j = Math.floor((y - y0) / cell)
  return i < 0 || j < 0 || i >= columns || j >= rows ? 0 : height[j * columns + i]!
}
