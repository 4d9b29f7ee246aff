/** Side of a drawing tile, m. Local coordinates reach 2 km either way, so that a tile's things may hang over its edge. */
export const TILE_SIZE = 3200
/** Metres per unit of int16 local positions: 6 cm. */
export const TILE_SCALE = 1 / 16

export const tileKey = (x: number, y: number): string => `${Math.floor(x / TILE_SIZE)},${Math.floor(y / TILE_SIZE)}`

export function tileCentre(key: string): [number, number] {
  const [i, j] = key.split(',').map(Number)
  return [(i! + 0.5) * TILE_SIZE, (j! + 0.5) * TILE_SIZE]
}
