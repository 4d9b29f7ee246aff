import type { Columns, TableOf } from '../../core/table'
import { createTable } from '../../core/table'
import type { SpaceIndex } from '../spaceIndex'
import type { WalkSpace } from '../walkSpace'
import { createLinks, type GridLinks } from './gridLinks'
import { crossedEdges } from './crossedEdges'
import { alongLine } from './shapes'

/** Sides of a cell, by row: east, north, west, south; the opposite one is (side + 2) & 3. */
export const sideX = [1, 0, -1, 0] as const
export const sideY = [0, 1, 0, -1] as const

/** Bits of `fixed` and of openings' `passes`: 1 << side = one may step over that side; and whether links begin or end in the cell. */
export const LINKS_FROM = 16
export const LINKS_TO = 32

/** Free speed in which fields count time, m/s: the mean of Weidmann (1993). */
export const FIELD_SPEED = 1.34
/** Nearer to a wall than this, m, cells cost more, up to (1 + WALL_COST) times at the wall: bodies do not fit there. */
const CLEARANCE = 0.3
const WALL_COST = 1.5
/** Where a floor has a berth, cells within it cost more by a share that falls from this at the wall to 0: ways bend round corners instead of all leading to the one point, and spread. Assumed. */
const BERTH_COST = 0.5
/** Between walls nobody fits through less than this, m: two radii and a hand. */
const NARROWEST = 0.35
/** Cells of one block all belong to one floor. */
const BLOCK_BITS = 8

export const rasterColumns = {
  originX: { type: 'f64', unit: 'm', doc: 'south-west corner of its first cell' },
  originY: { type: 'f64', unit: 'm', doc: 'south-west corner of its first cell' },
  cell: { type: 'f64', unit: 'm', doc: 'side of a cell' },
  first: { type: 'i32', unit: 'row', doc: 'its first cell' },
  columns: { type: 'i32', unit: 'count', doc: 'cells in a row, west to east; the outermost are outside' },
  rows: { type: 'i32', unit: 'count', doc: 'rows, south to north; the outermost are outside' },
} as const satisfies Columns
export type RasterTable = TableOf<typeof rasterColumns>

/**
 * Cells over all floors, each floor a raster of its own, all in one index. A cell is inside if its middle is; walls cut
 * no cells away but close the step between two neighbours whose middles they part, so that a door stays as wide as the
 * middles that see each other through it: 0.8 m are at least three cells of 0.25 m.
 */
export interface WalkGrid {
  readonly cells: number
  readonly rasters: RasterTable
  /** Floor of each block of 256 cells. */
  readonly floorOf: Uint16Array
  /** Cells that are inside, in order. */
  readonly inside: Int32Array
  /** Which steps are open whatever barriers and belts do. */
  readonly fixed: Uint8Array
  /** s to walk over a cell at FIELD_SPEED, times its floor's reluctance: alone, and, with the others, now. */
  readonly costFree: Float32Array
  readonly cost: Float32Array
  /** Steps that walls of barriers lie across: those of wall w are edge[edgeFirst[w]] on; an edge is cell * 2 + (0 to the east, 1 to the north), and whether who goes east or north has the wall's first end on the left hand. */
  readonly edgeFirst: Int32Array
  readonly edge: Int32Array
  readonly edgeLeft: Uint8Array
  readonly links: GridLinks
}

/** Floor of a cell. */
export const floorOfCell = (grid: WalkGrid, cell: number): number => grid.floorOf[cell >> BLOCK_BITS]

/** Cell of a place on a floor; -1 if it lies outside the raster. */
export function gridCell(grid: WalkGrid, floor: number, x: number, y: number): number {
  const { originX, originY, cell, columns, rows, first } = grid.rasters
  const column = Math.floor((x - originX[floor]) / cell[floor])
  const row = Math.floor((y - originY[floor]) / cell[floor])
  if (column < 0 || row < 0 || column >= columns[floor] || row >= rows[floor]) return -1
  return first[floor] + row * columns[floor] + column
}

/** Middle of a cell. */
export function cellX(grid: WalkGrid, cell: number): number {
  const { originX, cell: side, columns, first } = grid.rasters
  const floor = floorOfCell(grid, cell)
  return originX[floor] + (((cell - first[floor]) % columns[floor]) + 0.5) * side[floor]
}
export function cellY(grid: WalkGrid, cell: number): number {
  const { originY, cell: side, columns, first } = grid.rasters
  const floor = floorOfCell(grid, cell)
  return originY[floor] + (Math.floor((cell - first[floor]) / columns[floor]) + 0.5) * side[floor]
}

/** Builds the grid of a walk space; `openSteps` says what is open in it. */
export function createWalkGrid(space: WalkSpace, index: SpaceIndex): WalkGrid {
  const rasters = createTable(rasterColumns, space.floors.length)
  let cells = 0
  for (const [at, floor] of space.floors.entries()) {
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (const [x, y] of floor.outlines.flat()) {
      west = Math.min(west, x)
      east = Math.max(east, x)
      south = Math.min(south, y)
      north = Math.max(north, y)
    }
    // Floors with cells of one size have their cells on one lattice, so that joins go from cell to cell.
    const { cell } = floor
    const column = Math.floor(west / cell) - 1
    const row = Math.floor(south / cell) - 1
    rasters.originX[at] = column * cell
    rasters.originY[at] = row * cell
    rasters.cell[at] = cell
    rasters.first[at] = cells
    rasters.columns[at] = Math.ceil(east / cell) + 1 - column
    rasters.rows[at] = Math.ceil(north / cell) + 1 - row
    cells = (((cells + rasters.columns[at] * rasters.rows[at]) >> BLOCK_BITS) + 1) << BLOCK_BITS
  }
  const floorOf = new Uint16Array((cells >> BLOCK_BITS) + 1)
  for (let floor = 0; floor < rasters.rows.length; floor++)
    floorOf.fill(floor, rasters.first[floor] >> BLOCK_BITS)

  const fixed = new Uint8Array(cells)
  const costFree = new Float32Array(cells)
  for (const [at, floor] of space.floors.entries()) {
    fillInside(rasters, at, floor.outlines, costFree)
    openSides(rasters, at, fixed, costFree)
    for (const ring of floor.outlines)
      for (let k = 0; k < ring.length; k++) {
        const [a, b] = [ring[k], ring[(k + 1) % ring.length]]
        for (const edge of crossedEdges(rasters, at, a[0], a[1], b[0], b[1]).edges) closeEdge(rasters, at, fixed, edge)
      }
  }
  closeNarrows(rasters, index, fixed)
  const { walls } = index
  const edges: number[] = []
  const left: number[] = []
  const edgeFirst = new Int32Array(walls.rows + 1)
  for (let wall = 0; wall < walls.rows; wall++) {
    const floor = walls.floor[wall]
    if (walls.barrier[wall] >= 0) {
      const crossed = crossedEdges(rasters, floor, walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall])
      edges.push(...crossed.edges)
      left.push(...crossed.left)
    }
    else if (walls.gate[wall] < 0) {
      addClearance(rasters, walls, wall, CLEARANCE, WALL_COST, costFree)
      const { berth = 0 } = space.floors[floor]
      if (berth > 0) addClearance(rasters, walls, wall, berth, BERTH_COST, costFree)
    }
    if (walls.barrier[wall] >= 0 || walls.gate[wall] >= 0)
      for (const isFirst of [true, false])
        for (const [x, y, toX, toY] of narrowsAt(index, wall, isFirst)) {
          const crossed = isFirst ? crossedEdges(rasters, floor, toX, toY, x, y) : crossedEdges(rasters, floor, x, y, toX, toY)
          edges.push(...crossed.edges)
          left.push(...crossed.left)
        }
    edgeFirst[wall + 1] = edges.length
  }
  for (const [floor, { reluctance = 1 }] of space.floors.entries()) {
    const { first, columns, rows, cell } = rasters
    const factor = (reluctance * cell[floor]) / FIELD_SPEED
    for (let at = first[floor]; at < first[floor] + columns[floor] * rows[floor]; at++) costFree[at] *= factor
  }
  const inside = new Int32Array(costFree.reduce((sum, cost) => sum + (cost > 0 ? 1 : 0), 0))
  for (let cell = 0, at = 0; cell < cells; cell++) if (costFree[cell] > 0) inside[at++] = cell
  const grid: WalkGrid = {
    cells, rasters, floorOf, inside, fixed, costFree, cost: costFree.slice(),
    edgeFirst, edge: Int32Array.from(edges), edgeLeft: Uint8Array.from(left), links: createLinks(space, index, rasters, fixed, costFree),
  }
  return grid
}

/** Marks cells whose middles are inside the outlines, even-odd, by 1. */
function fillInside(rasters: RasterTable, floor: number, outlines: readonly (readonly (readonly [number, number])[])[], inside: Float32Array): void {
  const { originX, originY, cell, first, columns, rows } = rasters
  const side = cell[floor]
  for (let row = 0; row < rows[floor]; row++) {
    const y = originY[floor] + (row + 0.5) * side
    const crossings: number[] = []
    for (const ring of outlines)
      for (let k = 0; k < ring.length; k++) {
        const [ax, ay] = ring[k]
        const [bx, by] = ring[(k + 1) % ring.length]
        if (ay <= y !== by <= y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
      }
    crossings.sort((a, b) => a - b)
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      // The first middle at or east of a crossing is inside: crossedEdges counts in the same way.
      const from = Math.ceil((crossings[k] - originX[floor]) / side - 0.5)
      const to = Math.ceil((crossings[k + 1] - originX[floor]) / side - 0.5)
      inside.fill(1, first[floor] + row * columns[floor] + from, first[floor] + row * columns[floor] + to)
    }
  }
}

/** Opens all sides between neighbours that are inside. */
function openSides(rasters: RasterTable, floor: number, fixed: Uint8Array, inside: Float32Array): void {
  const { first, columns, rows } = rasters
  const stride = columns[floor]
  for (let cell = first[floor]; cell < first[floor] + stride * rows[floor]; cell++) {
    if (inside[cell] === 0) continue
    if (inside[cell + 1] > 0) fixed[cell] |= 1
    if (inside[cell + stride] > 0) fixed[cell] |= 2
    if (inside[cell - 1] > 0) fixed[cell] |= 4
    if (inside[cell - stride] > 0) fixed[cell] |= 8
  }
}

/**
 * Closes what is too narrow for a body, whatever the cells: wherever an end of a wall is that near to another, nobody's
 * middle gets across the line between them.
 */
function closeNarrows(rasters: RasterTable, index: SpaceIndex, fixed: Uint8Array): void {
  const { walls } = index
  for (let wall = 0; wall < walls.rows; wall++) {
    if (walls.barrier[wall] >= 0 || walls.gate[wall] >= 0) continue
    const floor = walls.floor[wall]
    for (const isFirst of [true, false])
      for (const [x, y, toX, toY] of narrowsAt(index, wall, isFirst))
        for (const edge of crossedEdges(rasters, floor, x, y, toX, toY).edges) closeEdge(rasters, floor, fixed, edge)
  }
}

/** Lines from an end of a wall to those that always stand and are too near to it for a body between. */
function* narrowsAt({ walls, wallFirst, wallList, floors, cell: side }: SpaceIndex, wall: number, isFirst: boolean): Generator<readonly [x: number, y: number, toX: number, toY: number]> {
  const floor = walls.floor[wall]
  const x = isFirst ? walls.ax[wall] : walls.bx[wall]
  const y = isFirst ? walls.ay[wall] : walls.by[wall]
  const column = Math.floor((x - floors.originX[floor]) / side)
  const row = Math.floor((y - floors.originY[floor]) / side)
  if (column < 0 || row < 0 || column >= floors.width[floor] || row >= floors.height[floor]) return
  const cell = floors.cellFirst[floor] + row * floors.width[floor] + column
  for (let k = wallFirst[cell]; k < wallFirst[cell + 1]; k++) {
    const other = wallList[k]
    if (walls.floor[other] !== floor || walls.barrier[other] >= 0 || walls.gate[other] >= 0) continue
    const along = alongLine(walls.ax[other], walls.ay[other], walls.bx[other], walls.by[other], x, y)
    const toX = walls.ax[other] + along * (walls.bx[other] - walls.ax[other])
    const toY = walls.ay[other] + along * (walls.by[other] - walls.ay[other])
    const square = (toX - x) * (toX - x) + (toY - y) * (toY - y)
    if (square > 0 && square < NARROWEST * NARROWEST) yield [x, y, toX, toY]
  }
}

function closeEdge(rasters: RasterTable, floor: number, passes: Uint8Array, edge: number): void {
  const cell = edge >> 1
  if (edge & 1) {
    passes[cell] &= ~2
    passes[cell + rasters.columns[floor]] &= ~8
  }
  else {
    passes[cell] &= ~1
    passes[cell + 1] &= ~4
  }
}

/** Cells nearer to a wall than `reach`, m, cost up to 1 + `most` times as much: the factor of each is that of the wall nearest to it. */
function addClearance(rasters: RasterTable, walls: SpaceIndex['walls'], wall: number, reach: number, most: number, factor: Float32Array): void {
  const floor = walls.floor[wall]
  const { originX, originY, cell, first, columns, rows } = rasters
  const side = cell[floor]
  const [ax, ay, bx, by] = [walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall]]
  const column = (x: number): number => Math.min(columns[floor] - 1, Math.max(0, Math.floor((x - originX[floor]) / side)))
  const row = (y: number): number => Math.min(rows[floor] - 1, Math.max(0, Math.floor((y - originY[floor]) / side)))
  const length2 = (bx - ax) * (bx - ax) + (by - ay) * (by - ay)
  for (let r = row(Math.min(ay, by) - reach); r <= row(Math.max(ay, by) + reach); r++)
    for (let c = column(Math.min(ax, bx) - reach); c <= column(Math.max(ax, bx) + reach); c++) {
      const at = first[floor] + r * columns[floor] + c
      if (factor[at] === 0) continue
      const x = originX[floor] + (c + 0.5) * side
      const y = originY[floor] + (r + 0.5) * side
      const along = length2 > 0 ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) : 0
      const dx = x - ax - along * (bx - ax)
      const dy = y - ay - along * (by - ay)
      const near = 1 - Math.sqrt(dx * dx + dy * dy) / reach
      if (near > 0) factor[at] = Math.max(factor[at], 1 + most * near)
    }
}
