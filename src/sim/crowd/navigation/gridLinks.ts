import type { SpaceIndex } from '../spaceIndex'
import type { Point, WalkSpace } from '../walkSpace'
import { crossedEdges } from './crossedEdges'
import { isWithin, middleOf } from './shapes'
import { sideX, sideY, type RasterTable } from './walkGrid'

/** A step by lift: it leads over no side of its cell. */
export const BY_LIFT = 4

/**
 * Steps that do not lead to the neighbour on the raster: over a join to another floor, through a gate, by lift. In order
 * of `from`; `byTo` is the order of `to`.
 */
export interface GridLinks {
  readonly from: Int32Array
  readonly to: Int32Array
  /** Side of `from` that the step leads over; BY_LIFT. */
  readonly side: Uint8Array
  /** Gate that it leads through, lift that it takes; -1 = none. */
  readonly gate: Int32Array
  readonly lift: Int32Array
  /** Landing of the lift where it ends. */
  readonly landing: Int32Array
  /** Whether who goes from `from` to `to` has the first end of the gate on the left hand. */
  readonly left: Uint8Array
  readonly byTo: Int32Array
  /** `to` in the order of byTo. */
  readonly toSorted: Int32Array
  /** What it takes beyond the walk, s. */
  readonly extra: Float32Array
}

interface Link { from: number; to: number; side: number; gate: number; lift: number; landing: number; left: number }

/** First row of `sorted` that is not below `value`. */
export function lowerBound(sorted: Int32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle] < value) low = middle + 1
    else high = middle
  }
  return low
}

export function createLinks(space: WalkSpace, index: SpaceIndex, rasters: RasterTable, fixed: Uint8Array, inside: Float32Array): GridLinks {
  const links: Link[] = []
  const offset = (floor: number, side: number): number => (side & 1 ? rasters.columns[floor] : 1) * (side < 2 ? 1 : -1)
  const { joins, walls } = index
  for (let join = 0; join < joins.rows; join++)
    for (const [floor, other] of [[joins.floorA[join], joins.floorB[join]], [joins.floorB[join], joins.floorA[join]]])
      for (const edge of crossedEdges(rasters, floor, joins.ax[join], joins.ay[join], joins.bx[join], joins.by[join]).edges) {
        // An edge of the outline: one of the two cells is outside.
        const low = edge >> 1
        const high = low + offset(floor, edge & 1)
        if ((inside[low] > 0) === (inside[high] > 0)) continue
        const from = inside[low] > 0 ? low : high
        const side = inside[low] > 0 ? edge & 1 : (edge & 1) + 2
        const at = placeOf(rasters, floor, from === low ? high : low)
        const to = insideNear(rasters, other, inside, at[0], at[1])
        if (to >= 0) links.push({ from, to, side, gate: -1, lift: -1, landing: -1, left: 0 })
      }

  for (let wall = 0; wall < walls.rows; wall++) {
    const gate = walls.gate[wall]
    if (gate < 0) continue
    const floor = walls.floor[wall]
    const crossed = crossedEdges(rasters, floor, walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall])
    for (const [at, edge] of crossed.edges.entries()) {
      const low = edge >> 1
      const axis = edge & 1
      const high = low + offset(floor, axis)
      const left = crossed.left[at]
      for (const [from, to, side, isLeft] of [[low, high, axis, left], [high, low, axis + 2, 1 - left]]) {
        if (fixed[from] & (1 << side)) {
          fixed[from] &= ~(1 << side)
          links.push({ from, to, side, gate, lift: -1, landing: -1, left: isLeft })
        }
        // A gate that stands on a join: whoever takes the join goes through the gate, in both directions.
        for (const link of links) {
          if (link.lift >= 0 || link.gate >= 0) continue
          if (link.from === from && link.side === side) Object.assign(link, { gate, left: isLeft })
          else if (link.to === from && link.side === ((side + 2) & 3)) Object.assign(link, { gate, left: 1 - isLeft })
        }
      }
    }
  }

  for (const [lift, { landings }] of space.lifts.entries()) {
    const places = landings.map(({ floor, area }) => cellsWithin(rasters, space.floors.findIndex(({ id }) => id === floor), inside, area))
    for (const [from, cells] of places.entries())
      for (const [to, ends] of places.entries())
        if (to !== from && ends.length > 0)
          for (const cell of cells) links.push({ from: cell, to: ends[0], side: BY_LIFT, gate: -1, lift, landing: to, left: 0 })
  }

  links.sort((a, b) => a.from - b.from || a.side - b.side || a.to - b.to)
  const byTo = Int32Array.from(links.keys()).sort((a, b) => links[a].to - links[b].to || a - b)
  return {
    from: Int32Array.from(links, ({ from }) => from), to: Int32Array.from(links, ({ to }) => to),
    side: Uint8Array.from(links, ({ side }) => side), gate: Int32Array.from(links, ({ gate }) => gate),
    lift: Int32Array.from(links, ({ lift }) => lift), landing: Int32Array.from(links, ({ landing }) => landing),
    left: Uint8Array.from(links, ({ left }) => left), byTo, toSorted: byTo.map(link => links[link].to),
    extra: new Float32Array(links.length),
  }
}

function placeOf(rasters: RasterTable, floor: number, cell: number): Point {
  const at = cell - rasters.first[floor]
  const columns = rasters.columns[floor]
  return [rasters.originX[floor] + ((at % columns) + 0.5) * rasters.cell[floor], rasters.originY[floor] + (Math.floor(at / columns) + 0.5) * rasters.cell[floor]]
}

/** The inside cell of a floor that holds a place, or else the nearest within two cells of it; -1 = none. */
export function insideNear(rasters: RasterTable, floor: number, inside: Float32Array, x: number, y: number): number {
  const { originX, originY, cell, first, columns, rows } = rasters
  const column = Math.floor((x - originX[floor]) / cell[floor])
  const row = Math.floor((y - originY[floor]) / cell[floor])
  let best = -1
  let nearest = Infinity
  for (let r = Math.max(0, row - 2); r <= Math.min(rows[floor] - 1, row + 2); r++)
    for (let c = Math.max(0, column - 2); c <= Math.min(columns[floor] - 1, column + 2); c++) {
      const at = first[floor] + r * columns[floor] + c
      if (!(inside[at] > 0)) continue
      const dx = originX[floor] + (c + 0.5) * cell[floor] - x
      const dy = originY[floor] + (r + 0.5) * cell[floor] - y
      const distance = r === row && c === column ? -1 : dx * dx + dy * dy
      if (distance < nearest) { nearest = distance; best = at }
    }
  return best
}

/** Inside cells of a floor whose middles lie in an area, that nearest to its middle first. */
export function cellsWithin(rasters: RasterTable, floor: number, inside: Float32Array, area: readonly Point[]): number[] {
  const { originX, originY, cell: side, first, columns, rows } = rasters
  const cells: number[] = []
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of area) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  const low = Math.max(0, Math.floor((south - originY[floor]) / side[floor]))
  const high = Math.min(rows[floor] - 1, Math.floor((north - originY[floor]) / side[floor]))
  const left = Math.max(0, Math.floor((west - originX[floor]) / side[floor]))
  const right = Math.min(columns[floor] - 1, Math.floor((east - originX[floor]) / side[floor]))
  for (let row = low; row <= high; row++)
    for (let column = left; column <= right; column++) {
      const at = first[floor] + row * columns[floor] + column
      if (inside[at] > 0 && isWithin(area, originX[floor] + (column + 0.5) * side[floor], originY[floor] + (row + 0.5) * side[floor])) cells.push(at)
    }
  const [x, y] = middleOf(area)
  if (cells.length === 0) {
    const near = insideNear(rasters, floor, inside, x, y)
    return near < 0 ? [] : [near]
  }
  const away = (cell: number): number => {
    const [cx, cy] = placeOf(rasters, floor, cell)
    return (cx - x) * (cx - x) + (cy - y) * (cy - y)
  }
  let best = 0
  for (let k = 1; k < cells.length; k++) if (away(cells[k]) < away(cells[best])) best = k
  const [nearest] = cells.splice(best, 1)
  return [nearest, ...cells]
}

/** Whether a step over a side goes against a belt that moves along (beltX, beltY) in plan. */
export const isAgainst = (side: number, beltX: number, beltY: number): boolean => sideX[side] * beltX + sideY[side] * beltY < -0.35
