import type { Point } from '../walkSpace'

/** Whether a place lies inside a ring, even-odd. */
export function isWithin(ring: readonly Point[], x: number, y: number): boolean {
  let within = false
  for (let k = 0; k < ring.length; k++) {
    const [ax, ay] = ring[k]
    const [bx, by] = ring[(k + 1) % ring.length]
    if (ay <= y !== by <= y && ax + ((y - ay) / (by - ay)) * (bx - ax) > x) within = !within
  }
  return within
}

/** Mean of the corners. */
export function middleOf(ring: readonly Point[]): Point {
  let [x, y] = [0, 0]
  for (const [px, py] of ring) {
    x += px / ring.length
    y += py / ring.length
  }
  return [x, y]
}

/** Where along the line from a to b, 0 to 1, the place nearest to (x, y) is. */
export function alongLine(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const length2 = (bx - ax) * (bx - ax) + (by - ay) * (by - ay)
  return length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0
}

/** Whether the straight line from (px, py) to (qx, qy) meets that from a to b; ends count by the half-open rule. */
export function linesCross(px: number, py: number, qx: number, qy: number, ax: number, ay: number, bx: number, by: number): boolean {
  const p = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
  const q = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax)
  if (p >= 0 === q >= 0) return false
  const a = (qx - px) * (ay - py) - (qy - py) * (ax - px)
  const b = (qx - px) * (by - py) - (qy - py) * (bx - px)
  return a >= 0 !== b >= 0
}
