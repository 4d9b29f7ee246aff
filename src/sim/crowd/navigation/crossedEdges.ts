import type { RasterTable } from './walkGrid'

/**
 * The steps between neighbouring cells of a floor that a straight line lies across. A row of middles counts as crossed
 * by the half-open rule of point-in-polygon tests, so that a chain of lines lets nothing through where they meet.
 *
 * @returns edges, each cell * 2 + (0: step to the east, 1: to the north), and whether who steps so has a on the left hand
 */
export function crossedEdges(rasters: RasterTable, floor: number, ax: number, ay: number, bx: number, by: number): { edges: number[]; left: number[] } {
  const { originX, originY, cell, first, columns, rows } = rasters
  const side = cell[floor]
  const edges: number[] = []
  const left: number[] = []
  const low = Math.max(0, Math.ceil((Math.min(ay, by) - originY[floor]) / side - 0.5) - 1)
  const high = Math.min(rows[floor] - 1, Math.floor((Math.max(ay, by) - originY[floor]) / side - 0.5) + 1)
  for (let row = low; row <= high; row++) {
    const y = originY[floor] + (row + 0.5) * side
    if (ay <= y === by <= y) continue
    const x = ax + ((y - ay) / (by - ay)) * (bx - ax)
    const column = Math.ceil((x - originX[floor]) / side - 0.5) - 1
    if (column < 0 || column >= columns[floor] - 1) continue
    edges.push((first[floor] + row * columns[floor] + column) * 2)
    left.push(ay > y ? 1 : 0)
  }
  const west = Math.max(0, Math.ceil((Math.min(ax, bx) - originX[floor]) / side - 0.5) - 1)
  const east = Math.min(columns[floor] - 1, Math.floor((Math.max(ax, bx) - originX[floor]) / side - 0.5) + 1)
  for (let column = west; column <= east; column++) {
    const x = originX[floor] + (column + 0.5) * side
    if (ax <= x === bx <= x) continue
    const y = ay + ((x - ax) / (bx - ax)) * (by - ay)
    const row = Math.ceil((y - originY[floor]) / side - 0.5) - 1
    if (row < 0 || row >= rows[floor] - 1) continue
    edges.push((first[floor] + row * columns[floor] + column) * 2 + 1)
    left.push(ax <= x ? 1 : 0)
  }
  return { edges, left }
}
