import type { SpaceIndex } from '../spaceIndex'
import type { Point, WalkSpace } from '../walkSpace'
import { cellsWithin, insideNear } from './gridLinks'
import { alongLine, linesCross } from './shapes'
import { cellX, cellY, FIELD_SPEED, type WalkGrid } from './walkGrid'

/** From ends of lines, bodies keep so far, m; of short lines, half the length. */
const INSET = 0.2

/** What fields lead to: goals, by their row, and then queues. Cells of target t: cell[first[t]] to cell[first[t + 1] - 1]. */
export interface Targets {
  readonly first: Int32Array
  readonly cell: Int32Array
  /** s from the middle of the cell to the nearest place of the target, and the direction there, 127 = 1. */
  readonly time: Float32Array
  readonly headingX: Int8Array
  readonly headingY: Int8Array
  readonly open: Uint8Array
  /** s that whoever comes now waits there. */
  readonly wait: Float64Array
}

/** Finds the cells from which each target is reached without a step to another cell. */
export function createTargets(space: WalkSpace, index: SpaceIndex, grid: WalkGrid): Targets {
  const shapes: { floor: string; lines: [Point, Point][]; area?: readonly Point[]; open: boolean }[] = []
  for (const goal of space.goals) {
    const { shape } = goal
    if (shape.length === 2) shapes.push({ floor: goal.floor, lines: [[shape[0], shape[1]]], open: goal.open })
    else shapes.push({ floor: goal.floor, lines: shape.map((point, k) => [point, shape[(k + 1) % shape.length]]), area: shape, open: goal.open })
  }
  for (const { floor, line } of space.queues)
    shapes.push({ floor, lines: line.slice(1).map((point, k) => [line[k], point]), open: true })

  const first = new Int32Array(shapes.length + 1)
  const cells: number[] = []
  const times: number[] = []
  const headings: number[] = []
  for (const [at, shape] of shapes.entries()) {
    const floor = space.floors.findIndex(({ id }) => id === shape.floor)
    const found = shape.area
      ? cellsWithin(grid.rasters, floor, grid.costFree, shape.area).map(cell => ({ cell, x: 0, y: 0 }))
      : cellsBeside(grid, index, floor, shape.lines)
    for (const { cell, x, y } of found) {
      const distance = Math.sqrt(x * x + y * y)
      cells.push(cell)
      times.push(distance / FIELD_SPEED)
      headings.push(distance > 0 ? Math.round((127 * x) / distance) : 0, distance > 0 ? Math.round((127 * y) / distance) : 0)
    }
    first[at + 1] = cells.length
  }
  return {
    first, cell: Int32Array.from(cells), time: Float32Array.from(times),
    headingX: Int8Array.from(cells, (_, k) => headings[2 * k]), headingY: Int8Array.from(cells, (_, k) => headings[2 * k + 1]),
    open: Uint8Array.from(shapes, ({ open }) => (open ? 1 : 0)), wait: new Float64Array(shapes.length),
  }
}

/** Inside cells within one and a half cells of lines that see the nearest place of them; x and y lead there. */
function cellsBeside(grid: WalkGrid, index: SpaceIndex, floor: number, lines: readonly [Point, Point][]): { cell: number; x: number; y: number }[] {
  const { rasters } = grid
  const side = rasters.cell[floor]
  const reach = 1.5 * side
  const best = new Map<number, { cell: number; x: number; y: number }>()
  for (const [a, b] of lines) {
    const length = Math.sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]))
    const inset = length > 0 ? Math.min(INSET, length / 2) / length : 0
    const column = (x: number): number => Math.min(rasters.columns[floor] - 1, Math.max(0, Math.floor((x - rasters.originX[floor]) / side)))
    const row = (y: number): number => Math.min(rasters.rows[floor] - 1, Math.max(0, Math.floor((y - rasters.originY[floor]) / side)))
    for (let r = row(Math.min(a[1], b[1]) - reach); r <= row(Math.max(a[1], b[1]) + reach); r++)
      for (let c = column(Math.min(a[0], b[0]) - reach); c <= column(Math.max(a[0], b[0]) + reach); c++) {
        const cell = rasters.first[floor] + r * rasters.columns[floor] + c
        if (!(grid.costFree[cell] > 0)) continue
        const px = cellX(grid, cell)
        const py = cellY(grid, cell)
        const along = Math.min(1 - inset, Math.max(inset, alongLine(a[0], a[1], b[0], b[1], px, py)))
        const x = a[0] + along * (b[0] - a[0]) - px
        const y = a[1] + along * (b[1] - a[1]) - py
        const distance2 = x * x + y * y
        if (distance2 > reach * reach || !sees(index, floor, px, py, px + 0.98 * x, py + 0.98 * y)) continue
        const before = best.get(cell)
        if (!before || distance2 < before.x * before.x + before.y * before.y) best.set(cell, { cell, x, y })
      }
  }
  if (best.size === 0) {
    const [[a, b]] = lines
    const near = insideNear(rasters, floor, grid.costFree, (a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return near < 0 ? [] : [{ cell: near, x: (a[0] + b[0]) / 2 - cellX(grid, near), y: (a[1] + b[1]) / 2 - cellY(grid, near) }]
  }
  return [...best.values()].sort((a, b) => a.cell - b.cell)
}

/** Whether no wall of a floor that always stands lies between two places. */
export function sees(index: SpaceIndex, floor: number, px: number, py: number, qx: number, qy: number): boolean {
  const { walls, floors, cell, wallFirst, wallList } = index
  const column = (x: number): number => Math.min(floors.width[floor] - 1, Math.max(0, Math.floor((x - floors.originX[floor]) / cell)))
  const row = (y: number): number => Math.min(floors.height[floor] - 1, Math.max(0, Math.floor((y - floors.originY[floor]) / cell)))
  for (let r = row(Math.min(py, qy)); r <= row(Math.max(py, qy)); r++)
    for (let c = column(Math.min(px, qx)); c <= column(Math.max(px, qx)); c++) {
      const at = floors.cellFirst[floor] + r * floors.width[floor] + c
      for (let k = wallFirst[at]; k < wallFirst[at + 1]; k++) {
        const wall = wallList[k]
        if (walls.barrier[wall] >= 0 || walls.gate[wall] >= 0) continue
        if (linesCross(px, py, qx, qy, walls.ax[wall], walls.ay[wall], walls.bx[wall], walls.by[wall])) return false
      }
    }
  return true
}

