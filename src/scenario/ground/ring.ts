type Place = readonly [x: number, y: number]

/** m² within a ring. */
export const ringArea = (ring: readonly Place[]): number =>
  Math.abs(ring.reduce((sum, [x, y], at) => { const [u, v] = ring[(at + 1) % ring.length]!; return sum + x * v - u * y }, 0)) / 2

/** Whether two edges of a ring cross. */
export function crossesItself(ring: readonly Place[]): boolean {
  const side = ([ax, ay]: Place, [bx, by]: Place, [x, y]: Place): number => Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax))
  const edges = ring.map((from, at): readonly [Place, Place] => [from, ring[(at + 1) % ring.length]!])
  return edges.some(([a, b], one) => edges.slice(one + 1).some(([c, d]) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0))
}
