import type { Point } from '../../crowd/point'

/** West, south, east and north edge, m. */
export type Rectangle = readonly [west: number, south: number, east: number, north: number]

/**
 * Outline of the union of rectangles, rings by the even-odd rule: rooms, corridors and the passages of their doors,
 * which touch along edges or overlap. Counter-clockwise outside, clockwise about holes.
 */
export function unionOf(...rectangles: readonly Rectangle[]): Point[][] {
  const xs = [...new Set(rectangles.flatMap(([west, , east]) => [west, east]))].sort((a, b) => a - b)
  const ys = [...new Set(rectangles.flatMap(([, south, , north]) => [south, north]))].sort((a, b) => a - b)
  const filled = (column: number, row: number): boolean => {
    if (column < 0 || row < 0 || column >= xs.length - 1 || row >= ys.length - 1) return false
    const [x, y] = [(xs[column]! + xs[column + 1]!) / 2, (ys[row]! + ys[row + 1]!) / 2]
    return rectangles.some(([west, south, east, north]) => x > west && x < east && y > south && y < north)
  }
  // Edges between a filled cell and an empty one, the filled one on the left; key: where it begins.
  const edges = new Map<string, [number, number][]>()
  const add = (fromX: number, fromY: number, toX: number, toY: number): void => {
    const key = `${fromX} ${fromY}`
    edges.set(key, [...(edges.get(key) ?? []), [toX, toY]])
  }
  for (let column = 0; column < xs.length - 1; column++) {
    for (let row = 0; row < ys.length - 1; row++) {
      if (!filled(column, row)) continue
      if (!filled(column, row - 1)) add(column, row, column + 1, row)
      if (!filled(column + 1, row)) add(column + 1, row, column + 1, row + 1)
      if (!filled(column, row + 1)) add(column + 1, row + 1, column, row + 1)
      if (!filled(column - 1, row)) add(column, row + 1, column, row)
    }
  }
  const rings: Point[][] = []
  for (const [start, first] of edges) {
    while (first.length > 0) {
      const ring: [number, number][] = []
      let at: [number, number] = start.split(' ').map(Number) as [number, number]
      let [dx, dy] = [0, 0]
      do {
        const ways = edges.get(`${at[0]} ${at[1]}`)!
        // Where two corners touch, turn left: the ring stays with its own cell.
        const turn = (to: [number, number]): number => dx * (to[1] - at[1]) - dy * (to[0] - at[0])
        const next = ways.reduce((best, way) => (turn(way) > turn(best) ? way : best))
        ways.splice(ways.indexOf(next), 1)
        const [nx, ny] = [Math.sign(next[0] - at[0]), Math.sign(next[1] - at[1])]
        if (nx !== dx || ny !== dy) ring.push(at)
        ;[dx, dy] = [nx, ny]
        at = next
      } while (`${at[0]} ${at[1]}` !== start)
      // The first corner is none if the ring goes straight on there.
      const [[ax, ay], [bx, by], [cx, cy]] = [ring.at(-1)!, ring[0]!, ring[1]!]
      if ((bx - ax) * (cy - by) === (by - ay) * (cx - bx)) ring.shift()
      rings.push(ring.map(([column, row]): Point => [xs[column]!, ys[row]!]))
    }
  }
  return rings
}
