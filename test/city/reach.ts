import type { Floor, WalkSpace } from '../../src/sim'

type Place = readonly [number, number]

/** A floor as a grid of its cells: 1 = floor, 2 = reached. */
interface Grid { readonly floor: Floor; readonly west: number; readonly south: number; readonly cell: number; readonly columns: number; readonly rows: number; readonly marks: Uint8Array }

/**
 * Ids of the goals that cannot be reached on foot from goal `from`: a flood over cells of all floors and through all
 * joins; barriers hold it back, gates and escalators let it through in any direction.
 */
export function unreachableGoals(space: WalkSpace, from: string): string[] {
  const grids = new Map(space.floors.map(floor => [floor.id, gridOf(floor)]))
  const walls = (floor: string): [Place, Place][] => space.barriers.filter(barrier => barrier.floor === floor && barrier.closed)
    .flatMap(({ line }) => line.slice(1).map((to, i): [Place, Place] => [line[i]!, to]))
  const holds = new Map([...grids].map(([id, grid]) => [id, heldBy(grid, walls(id))]))
  const start = space.goals.find(goal => goal.id === from)!
  const open = new Map<string, number[]>()
  const seed = (id: string, places: readonly Place[]): void => {
    const grid = grids.get(id)!
    for (const place of places) for (const cell of cellsAround(grid, place)) mark(grid, cell, listOf(id))
  }
  const listOf = (id: string): number[] => {
    const known = open.get(id)
    if (known) return known
    const list: number[] = []
    open.set(id, list)
    return list
  }
  seed(start.floor, start.shape)
  const crossed = new Set<string>()
  while (open.size > 0) {
    for (const [id, cells] of open) {
      flood(grids.get(id)!, cells, holds.get(id)!)
      open.delete(id)
    }
    for (const { id, floors: [a, b], line } of space.joins) {
      if (crossed.has(id)) continue
      const reached = (floor: string): boolean => alongLine(line).some(place => cellsAround(grids.get(floor)!, place).some(cell => grids.get(floor)!.marks[cell] === 2))
      const [onA, onB] = [reached(a), reached(b)]
      if (!onA && !onB) continue
      crossed.add(id)
      seed(onA ? b : a, alongLine(line))
    }
  }
  return space.goals.filter(({ floor, shape }) => {
    const grid = grids.get(floor)!
    return !shape.some(place => cellsAround(grid, place).some(cell => grid.marks[cell] === 2))
  }).map(goal => goal.id)
}

function mark({ marks }: Grid, cell: number, list: number[]): void {
  if (marks[cell] !== 1) return
  marks[cell] = 2
  list.push(cell)
}

function flood(grid: Grid, cells: number[], held: (from: number, to: number) => boolean): void {
  const { columns, rows, marks } = grid
  while (cells.length > 0) {
    const cell = cells.pop()!
    const column = cell % columns
    if (column > 0) visit(cell - 1)
    if (column + 1 < columns) visit(cell + 1)
    if (cell >= columns) visit(cell - columns)
    if (cell + columns < columns * rows) visit(cell + columns)
    function visit(next: number): void {
      if (marks[next] === 1 && !held(cell, next)) mark(grid, next, cells)
    }
  }
}

const alongLine = ([a, b]: readonly [Place, Place]): Place[] => [0.2, 0.4, 0.6, 0.8].map(t => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])

function gridOf(floor: Floor): Grid {
  const points = floor.outlines.flat()
  const cell = floor.cell
  const west = Math.min(...points.map(([x]) => x))
  const south = Math.min(...points.map(([, y]) => y))
  const columns = Math.ceil((Math.max(...points.map(([x]) => x)) - west) / cell) + 1
  const rows = Math.ceil((Math.max(...points.map(([, y]) => y)) - south) / cell) + 1
  const marks = new Uint8Array(columns * rows)
  for (let row = 0; row < rows; row++) {
    const y = south + (row + 0.5) * cell
    const cuts: number[] = []
    for (const ring of floor.outlines) {
      for (const [i, [ax, ay]] of ring.entries()) {
        const [bx, by] = ring[(i + 1) % ring.length]!
        if ((ay > y) !== (by > y)) cuts.push(ax + ((y - ay) * (bx - ax)) / (by - ay))
      }
    }
    cuts.sort((a, b) => a - b)
    for (let i = 0; i + 1 < cuts.length; i += 2) {
      for (let column = Math.ceil((cuts[i]! - west) / cell - 0.5); west + (column + 0.5) * cell < cuts[i + 1]!; column++) marks[row * columns + column] = 1
    }
  }
  return { floor, west, south, cell, columns, rows, marks }
}

/** Cells of the floor within 1.5 cells of a place. */
function cellsAround({ west, south, cell, columns, rows, marks }: Grid, [x, y]: Place): number[] {
  const found: number[] = []
  const column = Math.floor((x - west) / cell)
  const row = Math.floor((y - south) / cell)
  for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) if (marks[r * columns + c] !== 0) found.push(r * columns + c)
  }
  return found
}

/** Whether a wall parts two neighbouring cells; only cells that a wall passes are looked at closely. */
function heldBy({ west, south, cell, columns, rows, marks }: Grid, walls: readonly [Place, Place][]): (from: number, to: number) => boolean {
  const near = new Uint8Array(marks.length)
  for (const [[ax, ay], [bx, by]] of walls) {
    const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / (cell / 2)) + 1
    for (let k = 0; k <= steps; k++) {
      const [column, row] = [Math.floor((ax + ((bx - ax) * k) / steps - west) / cell), Math.floor((ay + ((by - ay) * k) / steps - south) / cell)]
      for (let r = Math.max(0, row - 1); r <= Math.min(rows - 1, row + 1); r++) for (let c = Math.max(0, column - 1); c <= Math.min(columns - 1, column + 1); c++) near[r * columns + c] = 1
    }
  }
  const middle = (index: number): Place => [west + ((index % columns) + 0.5) * cell, south + (Math.floor(index / columns) + 0.5) * cell]
  return (from, to) => {
    if (near[from] === 0) return false
    const [a, b] = [middle(from), middle(to)]
    return walls.some(([p, q]) => side(a, b, p) !== side(a, b, q) && side(p, q, a) !== side(p, q, b))
  }
}

const side = (a: Place, b: Place, p: Place): boolean => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0
