import { createTable } from '../core/table'
import { ascentOf, floorFactors } from './floorFactors'
import { closedStretches, distanceSquare, distanceToRectangle, insideRings } from './planGeometry'
import { floorColumns, joinColumns, Lets, MARGIN, wallColumns, type FloorTable, type JoinTable, type SpaceIndex, type WallTable } from './spaceIndex'
import type { Point, WalkSpace } from './walkSpace'

/** Domains at most, and cells on foot that each should have at least. */
const DOMAINS = 64
const DOMAIN_CELLS = 96

/** A checked walk space as tables. `reach`: how far a walker sees, m. */
export function compileSpace(space: WalkSpace, reach: number): SpaceIndex {
  const cell = reach / 2
  const floorRow = new Map(space.floors.map((floor, row) => [floor.id, row]))
  const rowOf = (id: string): number => floorRow.get(id) ?? -1
  const { floors, cells } = layFloors(space, cell)
  const joins = createTable(joinColumns, space.joins.length)
  for (const [row, { floors: [a, b], line }] of space.joins.entries()) {
    joins.floorA[row] = rowOf(a)
    joins.floorB[row] = rowOf(b)
    setEnds(joins, row, line[0], line[1])
  }
  const walls = layWalls(space, rowOf)
  return { cell, cells, floors, walls, joins, ...listNear(floors, walls, joins, cell, reach, cells), ...cutDomains(space, floors, cell, cells) }
}

/** Cells of all floors lie on one lattice in plan, so that those of joined floors coincide. */
function layFloors(space: WalkSpace, cell: number): { readonly floors: FloorTable; readonly cells: number } {
  const floors = createTable(floorColumns, space.floors.length)
  let cells = 0
  for (const [row, floor] of space.floors.entries()) {
    const points = floor.outlines.flat()
    const xs = points.map(point => point[0])
    const ys = points.map(point => point[1])
    const least = (values: readonly number[]): number => Math.floor(values.reduce((a, b) => Math.min(a, b)) / cell) - MARGIN
    const most = (values: readonly number[]): number => Math.floor(values.reduce((a, b) => Math.max(a, b)) / cell) + 1 + MARGIN
    floors.originX[row] = least(xs) * cell
    floors.originY[row] = least(ys) * cell
    floors.width[row] = most(xs) - least(xs)
    floors.height[row] = most(ys) - least(ys)
    floors.cellFirst[row] = cells
    cells += floors.width[row] * floors.height[row]
    const { up, down } = floorFactors(floor)
    floors.factorUp[row] = up
    floors.factorDown[row] = down
    if (!floor.ascent) continue
    const { x, y, cosine } = ascentOf(floor.ascent)
    floors.ascentX[row] = x
    floors.ascentY[row] = y
    floors.belt[row] = (floor.belt ?? 0) * cosine
  }
  return { floors, cells }
}

interface Piece { readonly a: Point; readonly b: Point; readonly floor: number; readonly barrier?: number; readonly gate?: number; readonly lets?: number }

function layWalls(space: WalkSpace, rowOf: (id: string) => number): WallTable {
  const pieces: Piece[] = []
  for (const [floor, { id, outlines }] of space.floors.entries()) {
    const lines = space.joins.filter(join => join.floors.includes(id)).map(join => join.line)
    for (const ring of outlines) {
      for (const [at, a] of ring.entries()) {
        const b = ring[(at + 1) % ring.length]
        const along = (share: number): Point => [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
        for (const [from, to] of closedStretches(a, b, lines)) pieces.push({ a: along(from), b: along(to), floor })
      }
    }
  }
  for (const [barrier, { floor, line, lets, closed }] of space.barriers.entries())
    for (let at = 1; at < line.length; at++) pieces.push({ a: line[at - 1], b: line[at], floor: rowOf(floor), barrier, lets: closed ? Lets[lets] : Lets.all })
  for (const [gate, { floor, line, stands }] of space.gates.entries()) pieces.push({ a: line[0], b: line[1], floor: rowOf(floor), gate, lets: stands === false ? Lets.all : Lets.none })
  const walls = createTable(wallColumns, pieces.length)
  for (const [row, { a, b, floor, barrier = -1, gate = -1, lets = Lets.none }] of pieces.entries()) {
    setEnds(walls, row, a, b)
    walls.floor[row] = floor
    walls.barrier[row] = barrier
    walls.gate[row] = gate
    walls.lets[row] = lets
  }
  return walls
}

function setEnds(table: { readonly ax: Float64Array; readonly ay: Float64Array; readonly bx: Float64Array; readonly by: Float64Array }, row: number, a: Point, b: Point): void {
  table.ax[row] = a[0]
  table.ay[row] = a[1]
  table.bx[row] = b[0]
  table.by[row] = b[1]
}

/** What can be seen from each cell. */
function listNear(floors: FloorTable, walls: WallTable, joins: JoinTable, cell: number, reach: number, cells: number): Pick<SpaceIndex, 'wallFirst' | 'wallList' | 'joinFirst' | 'joinList' | 'beyondFirst' | 'beyondList'> {
  const wallsOf = emptyLists(cells)
  const joinsOf = emptyLists(cells)
  const beyondOf = emptyLists(cells)
  for (let wall = 0; wall < walls.rows; wall++)
    eachCellNear(floors, walls.floor[wall], walls, wall, cell, reach, at => wallsOf.add(at, wall))
  for (let join = 0; join < joins.rows; join++) {
    for (const [here, there] of [[joins.floorA[join], joins.floorB[join]], [joins.floorB[join], joins.floorA[join]]] as const) {
      const near = wallsNearJoin(walls, joins, join, there, 2 * reach)
      eachCellNear(floors, here, joins, join, cell, reach, (at, column, row) => {
        joinsOf.add(at, join)
        const west = floors.originX[here] + column * cell
        const south = floors.originY[here] + row * cell
        for (const wall of near)
          if (distanceToRectangle(walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall], west, south, west + cell, south + cell) < reach) wallsOf.add(at, wall)
        const firstColumn = Math.round((floors.originX[here] - floors.originX[there]) / cell) + column - 2
        const firstRow = Math.round((floors.originY[here] - floors.originY[there]) / cell) + row - 2
        for (let line = Math.max(0, firstRow); line <= Math.min(floors.height[there] - 1, firstRow + 4); line++) {
          const from = Math.max(0, firstColumn)
          const to = Math.min(floors.width[there] - 1, firstColumn + 4)
          if (from <= to) beyondOf.add(at, floors.cellFirst[there] + line * floors.width[there] + from, floors.cellFirst[there] + line * floors.width[there] + to + 1)
        }
      })
    }
  }
  const [wallFirst, wallList] = wallsOf.flat()
  const [joinFirst, joinList] = joinsOf.flat()
  const [beyondFirst, beyondList] = beyondOf.flat()
  return { wallFirst, wallList, joinFirst, joinList, beyondFirst, beyondList }
}

/** Walls of the floor beyond a join that can stand near who comes through. */
function wallsNearJoin(walls: WallTable, joins: JoinTable, join: number, floor: number, reach: number): number[] {
  const found: number[] = []
  const square = reach * reach
  for (let wall = 0; wall < walls.rows; wall++) {
    if (walls.floor[wall] !== floor) continue
    const near = Math.min(
      distanceSquare(walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall], joins.ax[join], joins.ay[join]),
      distanceSquare(walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall], joins.bx[join], joins.by[join]),
      distanceSquare(joins.ax[join], joins.ay[join], joins.bx[join], joins.by[join], walls.ax[wall], walls.ay[wall]),
      distanceSquare(joins.ax[join], joins.ay[join], joins.bx[join], joins.by[join], walls.bx[wall], walls.by[wall]),
    )
    if (near < square) found.push(wall)
  }
  return found
}

type Ends = { readonly ax: Float64Array; readonly ay: Float64Array; readonly bx: Float64Array; readonly by: Float64Array }

function eachCellNear(floors: FloorTable, floor: number, ends: Ends, at: number, cell: number, reach: number, visit: (cell: number, column: number, row: number) => void): void {
  const ax = ends.ax[at] - floors.originX[floor]
  const ay = ends.ay[at] - floors.originY[floor]
  const bx = ends.bx[at] - floors.originX[floor]
  const by = ends.by[at] - floors.originY[floor]
  const first = (value: number): number => Math.max(0, Math.floor((value - reach) / cell))
  const last = (value: number, count: number): number => Math.min(count - 1, Math.floor((value + reach) / cell))
  for (let row = first(Math.min(ay, by)); row <= last(Math.max(ay, by), floors.height[floor]); row++)
    for (let column = first(Math.min(ax, bx)); column <= last(Math.max(ax, bx), floors.width[floor]); column++)
      if (distanceToRectangle(ax, ay, bx, by, column * cell, row * cell, (column + 1) * cell, (row + 1) * cell) < reach)
        visit(floors.cellFirst[floor] + row * floors.width[floor] + column, column, row)
}

/** Lists of numbers by cell, each number (or pair that starts with it) once. */
function emptyLists(cells: number): { add(at: number, value: number, second?: number): void; flat(): [first: Int32Array<ArrayBuffer>, list: Int32Array<ArrayBuffer>] } {
  const lists = new Map<number, Map<number, number | undefined>>()
  return {
    add(at, value, second) {
      const list = lists.get(at)
      if (list) list.set(value, second)
      else lists.set(at, new Map([[value, second]]))
    },
    flat() {
      const first = new Int32Array(cells + 1)
      const values: number[] = []
      for (let at = 0; at < cells; at++) {
        for (const [value, second] of lists.get(at) ?? []) {
          values.push(value)
          if (second !== undefined) values.push(second)
        }
        first[at + 1] = values.length
      }
      return [first, Int32Array.from(values)]
    },
  }
}

/** Cuts the cells into stretches with about as much to walk on each. The cut follows from the walk space alone. */
function cutDomains(space: WalkSpace, floors: FloorTable, cell: number, cells: number): Pick<SpaceIndex, 'domains' | 'domainFirst' | 'domainOf'> {
  const onFoot = new Uint8Array(cells)
  for (const [floor, { outlines }] of space.floors.entries()) {
    for (let row = 0; row < floors.height[floor]; row++) {
      const y = floors.originY[floor] + (row + 0.5) * cell
      for (let column = 0; column < floors.width[floor]; column++)
        if (insideRings(outlines, floors.originX[floor] + (column + 0.5) * cell, y)) onFoot[floors.cellFirst[floor] + row * floors.width[floor] + column] = 1
    }
  }
  let total = 0
  for (let at = 0; at < cells; at++) total += onFoot[at]
  const domains = Math.max(1, Math.min(DOMAINS, Math.floor(total / DOMAIN_CELLS)))
  const domainFirst = new Int32Array(domains + 1).fill(cells)
  const domainOf = new Uint8Array(cells)
  domainFirst[0] = 0
  let sum = 0
  let domain = 0
  for (let at = 0; at < cells; at++) {
    while (domain + 1 < domains && sum >= (total * (domain + 1)) / domains) domainFirst[++domain] = at
    domainOf[at] = domain
    sum += onFoot[at]
  }
  return { domains, domainFirst, domainOf }
}
