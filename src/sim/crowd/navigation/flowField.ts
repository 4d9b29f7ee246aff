import type { SpaceIndex } from '../spaceIndex'
import { BY_LIFT, lowerBound } from './gridLinks'
import { beginMarch, EXTRA_MAX, keepMarch, march, putSource, TARGETS_MAX, type Arrival, type MarchQueue } from './march'
import type { Openings } from './openSteps'
import type { Targets } from './targets'
import { floorOfCell, LINKS_FROM, type WalkGrid } from './walkGrid'

/** The way to whichever of its targets is reached soonest, from everywhere. */
export interface FlowField extends Arrival {
  /** Rows of `Targets`; `source` of a cell counts in this list. */
  readonly targets: Int32Array
  /** Whether it leads to what is closed as well: for those who wait there. */
  readonly waits: boolean
  /** Direction to walk in from each cell, x and y in turn, 127 = 1; 0, 0 where one has arrived, takes a lift, or there is no way. */
  readonly heading: Int8Array
  /** What links took beyond the walk when it was made, s. */
  readonly extra: Float32Array
  /** How often it has been made: one number. */
  readonly made: Int32Array
}

/** A field that has not been made yet: memory that nothing has been written to, as many are never asked for. */
export const createFlowField = (grid: WalkGrid, targets: readonly number[], waits: boolean): FlowField => ({
  time: new Float32Array(grid.cells), source: new Uint8Array(grid.cells), wait: new Float64Array(TARGETS_MAX),
  targets: Int32Array.from(targets), waits, heading: new Int8Array(2 * grid.cells),
  extra: grid.links.extra.slice(), made: new Int32Array(1),
})

/** Begins to make a field anew, in `arrival`: its open targets, each with the time one waits there. Of the field as it is, what lies nearer than `keep`, s, is kept. */
export function beginField(queue: MarchQueue, grid: WalkGrid, index: SpaceIndex, openings: Openings, targets: Targets, field: FlowField, arrival: Arrival, keep = 0): void {
  beginMarch(queue, grid, index, arrival)
  if (keep > 0) keepMarch(queue, grid, openings, field, keep, arrival)
  for (let at = 0; at < field.targets.length; at++) {
    const target = field.targets[at]
    if (!field.waits && !targets.open[target]) continue
    const wait = Math.min(EXTRA_MAX, targets.wait[target])
    arrival.wait[at] = wait
    for (let k = targets.first[target]; k < targets.first[target + 1]; k++)
      putSource(queue, arrival, targets.cell[k], wait + targets.time[k], at)
  }
}

/**
 * Writes times and headings of what was marched into the field, for the inside cells from row `from` to `to` - 1 of their
 * list; nearer than `keep` they are the same. The field is made when the last of them are.
 */
export function finishField(grid: WalkGrid, openings: Openings, targets: Targets, arrival: Arrival, field: FlowField, keep = 0, from = 0, to = grid.inside.length): void {
  const { links, rasters, inside, floorOf } = grid
  const { passes, links: open } = openings
  const { time, source } = arrival
  const { heading } = field
  if (from === 0 && field.made[0] === 0) field.time.fill(Infinity)
  for (let at = from; at < to; at++) {
    const cell = inside[at]
    const t = time[cell]
    if (t < keep) continue
    const stride = rasters.columns[floorOf[cell >> 8]]
    field.time[cell] = t
    field.source[cell] = source[cell]
    let x = 0
    let y = 0
    if (t < Infinity) {
      const pass = passes[cell]
      let a = pass & 1 ? time[cell + 1] : Infinity
      let b = pass & 2 ? time[cell + stride] : Infinity
      let alongX = 1
      let alongY = 1
      if (pass & 4 && time[cell - 1] < a) { a = time[cell - 1]; alongX = -1 }
      if (pass & 8 && time[cell - stride] < b) { b = time[cell - stride]; alongY = -1 }
      let lift = Infinity
      if (pass & LINKS_FROM)
        for (let row = lowerBound(links.from, cell); row < links.from.length && links.from[row] === cell; row++) {
          if (!open[row]) continue
          const by = time[links.to[row]] + links.extra[row]
          const side = links.side[row]
          if (side === BY_LIFT) lift = Math.min(lift, by)
          else if (side & 1) { if (by < b) { b = by; alongY = side === 1 ? 1 : -1 } }
          else if (by < a) { a = by; alongX = side === 0 ? 1 : -1 }
        }
      if (lift > Math.min(a, b)) {
        x = a < t ? (t - a) * alongX : 0
        y = b < t ? (t - b) * alongY : 0
        const length = Math.sqrt(x * x + y * y)
        if (length > 0) { x /= length; y /= length }
      }
    }
    heading[2 * cell] = Math.round(127 * x)
    heading[2 * cell + 1] = Math.round(127 * y)
  }
  if (to < inside.length) return
  field.wait.set(arrival.wait)
  field.extra.set(links.extra)
  field.made[0]++
  // Beside a target, straight to the nearest place of it.
  for (let at = 0; at < field.targets.length; at++) {
    const target = field.targets[at]
    if (!field.waits && !targets.open[target]) continue
    for (let k = targets.first[target]; k < targets.first[target + 1]; k++) {
      const cell = targets.cell[k]
      if (source[cell] !== at) continue
      heading[2 * cell] = targets.headingX[k]
      heading[2 * cell + 1] = targets.headingY[k]
    }
  }
}

/** Makes a field anew at once, from `keep` s on. */
export function buildField(queue: MarchQueue, grid: WalkGrid, index: SpaceIndex, openings: Openings, targets: Targets, arrival: Arrival, field: FlowField, keep = 0): void {
  beginField(queue, grid, index, openings, targets, field, arrival, keep)
  march(queue, grid, index, openings, arrival, Infinity)
  finishField(grid, openings, targets, arrival, field, keep)
}

/** Bits of openings that are sides of a cell. */
const SIDES = 15

/** Cells at either end of a step that is open in the one and shut in the other. */
export function changedCells(grid: WalkGrid, before: Openings, after: Openings): number[] {
  const { links, rasters, floorOf } = grid
  const cells: number[] = []
  for (let cell = 0; cell < grid.cells; cell++) {
    const changed = (before.passes[cell] ^ after.passes[cell]) & SIDES
    if (changed === 0) continue
    const stride = rasters.columns[floorOf[cell >> 8]]
    cells.push(cell)
    for (let side = 0; side < 4; side++) if (changed & (1 << side)) cells.push(cell + (side & 1 ? stride : 1) * (side < 2 ? 1 : -1))
  }
  for (let link = 0; link < links.from.length; link++) if (before.links[link] !== after.links[link]) cells.push(links.from[link], links.to[link])
  return cells
}

/** The time of a field, s, before which nothing changes when these cells do, and targets open or close (which is all the same to who waits for them). Infinity: it stays as it is. */
export function keptUntil(field: FlowField, changed: readonly number[], targets: Targets, openedBefore: Uint8Array): number {
  const { time } = field
  let keep = Infinity
  for (const cell of changed) keep = Math.min(keep, time[cell])
  for (const target of field.targets)
    if (!field.waits && openedBefore[target] !== targets.open[target])
      for (let k = targets.first[target]; k < targets.first[target + 1]; k++)
        keep = Math.min(keep, time[targets.cell[k]], targets.open[target] ? targets.wait[target] + targets.time[k] : Infinity)
  return keep
}

/** What `look` found. */
export const seen = { x: 0, y: 0, time: 0, cell: -1, source: -1 }

/**
 * Direction of a field at a place, of length 1 or 0, 0 where one stands: between the middles of the four cells around it
 * by their distance, leaving out those to which one cannot step. Times in between likewise count from the own cell.
 */
export function look(grid: WalkGrid, openings: Openings, field: FlowField, floor: number, x: number, y: number): void {
  const { originX, originY, cell: sides, columns, rows, first } = grid.rasters
  const { passes } = openings
  const { time, heading } = field
  const side = sides[floor]
  const across = (x - originX[floor]) / side
  const up = (y - originY[floor]) / side
  const column = Math.floor(across)
  const row = Math.floor(up)
  seen.x = seen.y = 0
  seen.time = Infinity
  seen.cell = seen.source = -1
  if (column < 1 || row < 1 || column >= columns[floor] - 1 || row >= rows[floor] - 1) return
  const stride = columns[floor]
  let own = first[floor] + row * stride + column
  if (!(time[own] < Infinity)) {
    own = neighbourWithWay(grid, time, own, stride, across - column - 0.5, up - row - 0.5)
    if (own < 0) return
    seen.cell = own
    seen.time = time[own]
    seen.source = field.source[own]
    seen.x = heading[2 * own] / 127
    seen.y = heading[2 * own + 1] / 127
    return
  }
  seen.cell = own
  seen.time = time[own]
  seen.source = field.source[own]
  const ownX = heading[2 * own]
  const ownY = heading[2 * own + 1]
  if (ownX === 0 && ownY === 0) return
  const dx = across - column - 0.5
  const dy = up - row - 0.5
  const pass = passes[own]
  const beside = dx > 0 ? own + 1 : own - 1
  const above = dy > 0 ? own + stride : own - stride
  const weightX = Math.abs(dx)
  const weightY = Math.abs(dy)
  const sideX = dx > 0 ? 1 : 4
  const sideY = dy > 0 ? 2 : 8
  const toBeside = (pass & sideX) !== 0 && time[beside] < Infinity
  const toAbove = (pass & sideY) !== 0 && time[above] < Infinity
  let sumX = (1 - weightX) * (1 - weightY) * ownX
  let sumY = (1 - weightX) * (1 - weightY) * ownY
  if (toBeside) {
    const weight = weightX * (1 - weightY)
    sumX += weight * heading[2 * beside]
    sumY += weight * heading[2 * beside + 1]
  }
  if (toAbove) {
    const weight = weightY * (1 - weightX)
    sumX += weight * heading[2 * above]
    sumY += weight * heading[2 * above + 1]
  }
  if (toBeside && toAbove && passes[beside] & sideY && passes[above] & sideX) {
    const corner = beside + above - own
    if (time[corner] < Infinity) {
      const weight = weightX * weightY
      sumX += weight * heading[2 * corner]
      sumY += weight * heading[2 * corner + 1]
    }
  }
  const length = Math.sqrt(sumX * sumX + sumY * sumY)
  if (length > 20) {
    seen.x = sumX / length
    seen.y = sumY / length
  }
  else {
    seen.x = ownX / 127
    seen.y = ownY / 127
  }
}

/** Of the cells around one without a way, as at a wall that cuts it, the nearest to the place that has one. */
function neighbourWithWay(grid: WalkGrid, time: Float32Array, own: number, stride: number, dx: number, dy: number): number {
  let best = -1
  let nearest = Infinity
  const floor = floorOfCell(grid, own)
  for (let v = -1; v <= 1; v++)
    for (let u = -1; u <= 1; u++) {
      const cell = own + v * stride + u
      if (floorOfCell(grid, cell) !== floor || !(time[cell] < Infinity)) continue
      const distance = (u - dx) * (u - dx) + (v - dy) * (v - dy)
      if (distance < nearest) { nearest = distance; best = cell }
    }
  return best
}
