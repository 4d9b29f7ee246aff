import { createTable, type ColumnArray, type Columns, type TableOf } from '../core/table'
import { CrowdCount, type Crowd } from '../crowd/crowd'
import { fruinRoom } from '../crowd/fruin'
import { distanceSquare } from '../crowd/planGeometry'
import type { Point } from '../crowd/walkSpace'
import { ENDS_BELOW, noteAlarm, type Alarms } from './alarms'
import { AlarmKind } from './crowdLimits'

/** s between two looks at the crowd. */
export const WATCH_SECONDS = 1
/** Side of a cell, m. Density is that of the 3 x 3 cells around, by the ground in them that can be walked on; at doors and the feet of stairs with the cells beyond, on the other floor. */
const CELL = 1
/** Empty cells around a floor: every cell has eight neighbours, and so has every cell of a floor beyond a door. */
const EDGE = 2
/** Points a side by which the walkable part of a cell is found. */
const SAMPLES = 4
/** Densities of fewer within a window are counted, but are not told as the densest: one alone is no crowd. */
const CROWD_PERSONS = 8
/**
 * Cells each way from the middle of the square over which alarms average: 5 x 5 m. Assumed: large enough that those who
 * stand close before one door are no crowd that presses, small enough for the foot of a stair.
 */
const AREA_REACH = 2
/** m² that such a square counts as at least: the Green Guide gives densities in persons per 10 m². */
const AREA_LEAST = 10

/** Levels A to F on walkways, then on stairs. */
const LEVELS = 6

/** Densities at which time is counted whatever raises an alarm, so that runs can be compared: unstable and dangerous, p/m². Fruin (1993), Still (2014). */
const EXPOSED = [4, 5] as const

/** What is watched in cells: density, pressure. */
const CELL_KINDS = [AlarmKind.unstable, AlarmKind.turbulent] as const
/** Side of the blocks of which each tells its worst place at a look, in cells. */
const BLOCK = 8

/** By block and kind: block * CELL_KINDS.length + kind. */
export const blockColumns = {
  value: { type: 'f64', unit: 'p/m² or 1/s²', doc: 'worst of this look; 0 = below what keeps an alarm up' },
  cell: { type: 'i32', unit: 'row', doc: 'where' },
  floor: { type: 'i32', unit: 'row', doc: 'floor' },
  persons: { type: 'i32', unit: 'persons', doc: 'in the square around' },
} as const satisfies Columns

export const WatchCount = { densest: 0, densestFloor: 1, densestX: 2, densestY: 3, densestTick: 4, pressure: 5, now: 6 } as const

/** A crowd as it is watched once a second: who stands how densely, for how long, and where it gets dangerous. */
export interface CrowdWatch {
  /** By floor: first cell, south-west corner, cells in a row. */
  readonly first: Int32Array
  readonly originX: Float64Array
  readonly originY: Float64Array
  readonly width: Int32Array
  readonly stairs: Uint8Array
  /** By cell: ground of it that can be walked on, m²; and in the 3 x 3 cells around, with that beyond a door. */
  readonly ground: Float32Array
  readonly room: Float32Array
  /** By cell near a join: the cell at the same place of the floor beyond; -1 = none. */
  readonly beyond: Int32Array
  /** By cell, of this look: persons, and sums of their velocity and its square. */
  readonly persons: Uint16Array
  readonly sumX: Float32Array
  readonly sumY: Float32Array
  readonly squares: Float32Array
  /** By cell: highest density so far, p/m². */
  readonly densest: Float32Array
  /** Person-seconds by Fruin level on walkways and on stairs. */
  readonly levels: Float64Array
  /** Person-seconds at or above 4 and 5 p/m². */
  readonly exposure: Float64Array
  /** By floor, first block; by block, its floor. */
  readonly blockFirst: Int32Array
  readonly blocks: TableOf<typeof blockColumns>
  readonly counts: Float64Array
}

export function createWatch({ input }: Crowd): CrowdWatch {
  const { floors } = input.space
  const first = new Int32Array(floors.length + 1)
  const blockFirst = new Int32Array(floors.length + 1)
  const width = new Int32Array(floors.length)
  const originX = new Float64Array(floors.length)
  const originY = new Float64Array(floors.length)
  for (const [row, { outlines }] of floors.entries()) {
    const xs = outlines[0].map(point => point[0])
    const ys = outlines[0].map(point => point[1])
    originX[row] = Math.floor(Math.min(...xs)) - EDGE * CELL
    originY[row] = Math.floor(Math.min(...ys)) - EDGE * CELL
    width[row] = Math.ceil(Math.max(...xs)) - originX[row] + EDGE * CELL
    const lines = Math.ceil(Math.max(...ys)) - originY[row] + EDGE * CELL
    first[row + 1] = first[row] + width[row] * lines
    blockFirst[row + 1] = blockFirst[row] + Math.ceil(width[row] / BLOCK) * Math.ceil(lines / BLOCK)
  }
  const cells = first[floors.length]
  const ground = new Float32Array(cells)
  const room = new Float32Array(cells)
  for (const [row, { outlines }] of floors.entries()) {
    ground.set(groundOf(outlines, originX[row], originY[row], width[row], (first[row + 1] - first[row]) / width[row]), first[row])
    spreadGround(room.subarray(first[row], first[row + 1]), ground.subarray(first[row], first[row + 1]), width[row])
  }
  const beyond = cellsBeyond(input.space, first, originX, originY, width)
  const own = room.slice()
  for (let cell = 0; cell < cells; cell++) if (beyond[cell] >= 0) room[cell] += own[beyond[cell]]
  return {
    first, blockFirst, originX, originY, width, ground, room, beyond, stairs: Uint8Array.from(floors, floor => (floor.surface === 'level' ? 0 : 1)),
    persons: new Uint16Array(cells), sumX: new Float32Array(cells), sumY: new Float32Array(cells), squares: new Float32Array(cells), densest: new Float32Array(cells),
    levels: new Float64Array(2 * LEVELS), exposure: new Float64Array(2), blocks: createTable(blockColumns, blockFirst[floors.length] * CELL_KINDS.length), counts: new Float64Array(8),
  }
}

/** Walkable share of each cell of a floor, by lines of samples. */
function groundOf(outlines: readonly (readonly Point[])[], originX: number, originY: number, width: number, lines: number): Float32Array {
  const ground = new Float32Array(width * lines)
  const crossings: number[] = []
  for (let sample = 0; sample < lines * SAMPLES; sample++) {
    const y = originY + (sample + 0.5) / SAMPLES
    crossings.length = 0
    for (const ring of outlines) {
      for (let at = 0; at < ring.length; at++) {
        const [ax, ay] = ring[at]
        const [bx, by] = ring[at + 1 === ring.length ? 0 : at + 1]
        if (ay > y !== by > y) crossings.push(ax + ((y - ay) / (by - ay)) * (bx - ax))
      }
    }
    crossings.sort((a, b) => a - b)
    const line = Math.floor(sample / SAMPLES) * width
    for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
      const from = Math.ceil((crossings[pair] - originX) * SAMPLES - 0.5)
      const to = Math.ceil((crossings[pair + 1] - originX) * SAMPLES - 0.5)
      for (let at = from; at < to; at++) ground[line + Math.floor(at / SAMPLES)] += 1 / (SAMPLES * SAMPLES)
    }
  }
  return ground
}

/** Sums of 3 x 3 cells. */
function spreadGround(room: Float32Array, ground: Float32Array, width: number): void {
  for (let cell = width + 1; cell < ground.length - width - 1; cell++) {
    let sum = 0
    for (let line = -width; line <= width; line += width) sum += ground[cell + line - 1] + ground[cell + line] + ground[cell + line + 1]
    room[cell] = sum
  }
}

/** By cell whose window a join touches: the cell of the other floor at the same place. */
function cellsBeyond({ floors, joins }: Crowd['input']['space'], first: Int32Array, originX: Float64Array, originY: Float64Array, width: Int32Array): Int32Array {
  const beyond = new Int32Array(first[floors.length]).fill(-1)
  const rowOf = new Map(floors.map(({ id }, row) => [id, row]))
  const cellOn = (floor: number, x: number, y: number): number => {
    const [column, line] = [x - originX[floor], y - originY[floor]]
    return column < 1 || line < 1 || column >= width[floor] - 1 || line >= (first[floor + 1] - first[floor]) / width[floor] - 1 ? -1 : first[floor] + line * width[floor] + column
  }
  for (const { floors: pair, line: [[ax, ay], [bx, by]] } of joins) {
    const [a, b] = pair.map(id => rowOf.get(id)!)
    for (let y = Math.floor(Math.min(ay, by)) - 1; y <= Math.floor(Math.max(ay, by)) + 1; y++)
      for (let x = Math.floor(Math.min(ax, bx)) - 1; x <= Math.floor(Math.max(ax, bx)) + 1; x++) {
        if (distanceSquare(ax, ay, bx, by, x + CELL / 2, y + CELL / 2) > (1.5 * CELL) * (1.5 * CELL)) continue
        const [here, there] = [cellOn(a, x, y), cellOn(b, x, y)]
        if (here < 0 || there < 0) continue
        if (beyond[here] < 0) beyond[here] = there
        if (beyond[there] < 0) beyond[there] = here
      }
  }
  return beyond
}

/** Floor of a cell. */
function floorAt({ first }: Pick<CrowdWatch, 'first'>, cell: number): number {
  let [low, high] = [0, first.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (first[middle] <= cell) low = middle
    else high = middle
  }
  return low
}

/** Persons in the 3 x 3 cells around one. */
function personsAround(persons: Uint16Array, cell: number, width: number): number {
  let count = 0
  for (let line = -width; line <= width; line += width) count += persons[cell + line - 1] + persons[cell + line] + persons[cell + line + 1]
  return count
}

/** Looks at the crowd: densities of this moment, what they have been for how long, and what may be an alarm. Alone, between two of its ticks. */
export function watchCrowd(watch: CrowdWatch, alarms: Alarms, { now, mail, index, counts: { [CrowdCount.tick]: tick } }: Crowd): void {
  const { width, room, beyond, persons, sumX, sumY, squares, densest, levels, exposure, counts } = watch
  const { limits } = alarms
  const unstableEnd = ENDS_BELOW * limits.unstable
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const cell = cellAt(watch, now.floor[row], now.x[row], now.y[row])
    const vx = now.speed[row] * now.headingX[row]
    const vy = now.speed[row] * now.headingY[row]
    persons[cell]++
    sumX[cell] += vx
    sumY[cell] += vy
    squares[cell] += vx * vx + vy * vy
  }
  counts[WatchCount.now] = 0
  for (let row = 0; row < bodies; row++) {
    const floor = now.floor[row]
    const cell = cellAt(watch, floor, now.x[row], now.y[row])
    const own = personsAround(persons, cell, width[floor])
    const count = beyond[cell] < 0 ? own : own + personsAround(persons, beyond[cell], width[floorAt(watch, beyond[cell])])
    // On a sliver of ground a single person would be a crowd.
    const density = count / (room[cell] < 1 ? 1 : room[cell])
    levels[watch.stairs[floor] ? LEVELS + levelOf(fruinRoom.stairs, density) : levelOf(fruinRoom.walkway, density)] += WATCH_SECONDS
    if (density >= EXPOSED[0]) exposure[0] += WATCH_SECONDS
    if (density >= EXPOSED[1]) exposure[1] += WATCH_SECONDS
    if (density > densest[cell]) densest[cell] = density
    if (count < CROWD_PERSONS) continue
    if (density > counts[WatchCount.now]) counts[WatchCount.now] = density
    if (density > counts[WatchCount.densest]) {
      counts[WatchCount.densest] = density
      counts[WatchCount.densestFloor] = floor
      counts[WatchCount.densestX] = now.x[row]
      counts[WatchCount.densestY] = now.y[row]
      counts[WatchCount.densestTick] = tick
    }
    // A square that is dense on the whole has such a place in it.
    const wide = density < unstableEnd && density < EXPOSED[0] ? 0 : densityAround(watch, cell, floor)
    if (wide >= unstableEnd) note(watch, 0, floor, cell, wide)
    // Where people have room, different speeds are no turbulence.
    if (density < EXPOSED[0]) continue
    const pressure = density * variance(watch, cell, width[floor], own)
    if (pressure > counts[WatchCount.pressure]) counts[WatchCount.pressure] = pressure
    if (wide >= EXPOSED[0] && pressure >= ENDS_BELOW * limits.turbulent) note(watch, 1, floor, cell, pressure)
  }
  tellAlarms(watch, alarms, tick)
  for (let row = 0; row < bodies; row++) {
    const cell = cellAt(watch, now.floor[row], now.x[row], now.y[row])
    persons[cell] = 0
    sumX[cell] = sumY[cell] = squares[cell] = 0
  }
}

const cellAt = ({ first, originX, originY, width }: CrowdWatch, floor: number, x: number, y: number): number =>
  first[floor] + Math.floor(y - originY[floor]) * width[floor] + Math.floor(x - originX[floor])

function levelOf(room: readonly number[], density: number): number {
  let level = 0
  while (level < room.length && density * room[level] > 1) level++
  return level
}

/** Of velocities in the 3 x 3 cells about their mean, m²/s². */
function variance({ sumX, sumY, squares }: CrowdWatch, cell: number, width: number, count: number): number {
  let x = 0
  let y = 0
  let square = 0
  for (let line = -width; line <= width; line += width) {
    for (let at = cell + line - 1; at <= cell + line + 1; at++) {
      x += sumX[at]
      y += sumY[at]
      square += squares[at]
    }
  }
  const spread = square / count - (x * x + y * y) / (count * count)
  return spread > 0 ? spread : 0
}

/** Persons in the square around a cell over which alarms average, and m² there. Beyond a door as far as the density about one person looks. */
const square = { persons: 0, ground: 0 }
function lookAround({ first, width, persons, ground, beyond }: CrowdWatch, cell: number, floor: number): typeof square {
  square.persons = square.ground = 0
  const add = (middle: number, on: number): void => {
    const lineMost = (first[on + 1] - first[on]) / width[on] - 1
    const own = middle - first[on]
    const line = Math.floor(own / width[on])
    const column = own - line * width[on]
    for (let y = Math.max(0, line - AREA_REACH); y <= Math.min(lineMost, line + AREA_REACH); y++) {
      for (let x = Math.max(0, column - AREA_REACH); x <= Math.min(width[on] - 1, column + AREA_REACH); x++) {
        square.persons += persons[first[on] + y * width[on] + x]
        square.ground += ground[first[on] + y * width[on] + x]
      }
    }
  }
  add(cell, floor)
  if (beyond[cell] >= 0) add(beyond[cell], floorAt({ first }, beyond[cell]))
  return square
}
function densityAround(watch: CrowdWatch, cell: number, floor: number): number {
  const { persons, ground } = lookAround(watch, cell, floor)
  return persons / (ground < AREA_LEAST ? AREA_LEAST : ground)
}

/** Keeps the worst value of its block. */
function note(watch: CrowdWatch, kind: number, floor: number, cell: number, value: number): void {
  const { first, width, blockFirst, blocks } = watch
  const own = cell - first[floor]
  const line = Math.floor(own / width[floor])
  const block = blockFirst[floor] + Math.floor(line / BLOCK) * Math.ceil(width[floor] / BLOCK) + Math.floor((own - line * width[floor]) / BLOCK)
  const at = block * CELL_KINDS.length + kind
  if (value <= blocks.value[at]) return
  blocks.value[at] = value
  blocks.cell[at] = cell
  blocks.floor[at] = floor
  blocks.persons[at] = lookAround(watch, cell, floor).persons
}

/** The worst place of each block is told. */
function tellAlarms({ blocks, first, width, originX, originY }: CrowdWatch, alarms: Alarms, tick: number): void {
  for (let at = 0; at < blocks.rows; at++) {
    const value = blocks.value[at]
    if (value === 0) continue
    blocks.value[at] = 0
    const kind = CELL_KINDS[at % CELL_KINDS.length]
    const floor = blocks.floor[at]
    const own = blocks.cell[at] - first[floor]
    noteAlarm(alarms, kind, value, kind === AlarmKind.unstable ? alarms.limits.unstable : alarms.limits.turbulent, blocks.persons[at],
      floor, originX[floor] + (own % width[floor]) + CELL / 2, originY[floor] + Math.floor(own / width[floor]) + CELL / 2, tick)
  }
}

/** What is saved and hashed, in fixed order. */
export function* watchViews({ densest, levels, exposure, counts }: CrowdWatch): Generator<ColumnArray> {
  yield counts
  yield densest
  yield levels
  yield exposure
}
