import type { Network } from './networkTables'

/** A place on the line of a link: m from its start, and m from what was looked for. */
export interface OnLink { readonly offset: number; readonly distance: number }

/** The place of a link's line nearest to x, y, m of the pack; `distance` is Infinity where none lies nearer than `limit`, m. */
export function nearestOnLink({ links, points }: Network, link: number, x: number, y: number, limit = Infinity): OnLink {
  const first = links.pointFirst[link], last = first + links.pointCount[link] - 1
  let along = 0, offset = 0, best = limit, square = limit * limit
  for (let at = first; at < last; at++) {
    const ax = points.x[at], ay = points.y[at], bx = points.x[at + 1], by = points.y[at + 1]
    const dx = bx - ax, dy = by - ay
    const length = Math.sqrt(dx * dx + dy * dy)
    if (Math.min(ax, bx) - best < x && Math.max(ax, bx) + best > x && Math.min(ay, by) - best < y && Math.max(ay, by) + best > y) {
      const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (length * length)))
      const ox = x - ax - share * dx, oy = y - ay - share * dy
      if (ox * ox + oy * oy < square) {
        square = ox * ox + oy * oy
        best = Math.sqrt(square)
        offset = along + share * length
      }
    }
    along += length
  }
  return { offset, distance: best < limit ? best : Infinity }
}
