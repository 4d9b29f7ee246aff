import { distanceToRectangle } from '../planGeometry'
import type { SpaceIndex } from '../spaceIndex'
import type { Point } from '../walkSpace'

/** Cells of the space index near each of several places: those of place p are cell[first[p]] to cell[first[p + 1] - 1]. */
export interface NearCells {
  readonly first: Int32Array
  readonly cell: Int32Array
}

/** Lists the cells of the space index within `reach` m of each place: a chain of points on a floor, a closed ring of three and more if `isRing`. */
export function nearCells(index: SpaceIndex, places: readonly { readonly floor: number; readonly points: readonly Point[]; readonly isRing?: boolean }[], reach: number): NearCells {
  const { floors, cell: side } = index
  const first = new Int32Array(places.length + 1)
  const list: number[] = []
  for (const [at, { floor, points, isRing }] of places.entries()) {
    const xs = points.map(([x]) => x)
    const ys = points.map(([, y]) => y)
    const column = (x: number): number => Math.min(floors.width[floor] - 1, Math.max(0, Math.floor((x - floors.originX[floor]) / side)))
    const row = (y: number): number => Math.min(floors.height[floor] - 1, Math.max(0, Math.floor((y - floors.originY[floor]) / side)))
    for (let r = row(Math.min(...ys) - reach); r <= row(Math.max(...ys) + reach); r++)
      for (let c = column(Math.min(...xs) - reach); c <= column(Math.max(...xs) + reach); c++) {
        const west = floors.originX[floor] + c * side
        const south = floors.originY[floor] + r * side
        const isNear = isRing === true || points.some((a, k) => {
          const b = points[k + 1] ?? a
          return distanceToRectangle(a[0], a[1], b[0], b[1], west, south, west + side, south + side) <= reach
        })
        if (isNear) list.push(floors.cellFirst[floor] + r * floors.width[floor] + c)
      }
    first[at + 1] = list.length
  }
  return { first, cell: Int32Array.from(list) }
}
