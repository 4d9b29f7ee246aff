import { invariant } from '../core/invariant'
import { createTable, type ColumnArray, type Columns, type TableOf } from '../core/table'
import { CrowdCount, type Crowd } from '../crowd/crowd'
import { insideRings } from '../crowd/planGeometry'
import type { Point } from '../crowd/walkSpace'
import type { Sidewalks } from '../sidewalks'
import { LINES_MAX } from './crowdLimits'
import { countCrossings, createLineCrossings, createTrace, PENDING_WORDS, type LineCrossings, type Trace } from './lineCrossings'
import { createFootLines, countFootLines, type FootLines } from './footLines'
import { MINUTES, minuteAt } from './minutes'
import { followKeys, keysOf } from './rowKeys'

/** A line drawn by the planner over which persons are counted, each way. Positions in the plan of the walk space. */
export interface CountLine {
  /** Of the edit. */
  readonly id: string
  readonly line: readonly [Point, Point]
  /** Floor of the walk space; absent = the open ground under it, squares and footways. */
  readonly level?: string
  /** s after the start of the run within which it counts. */
  readonly from: number
  readonly until: number
}

/** Samples a metre by which the part of a line is found that can be walked on. */
const SAMPLES = 10

export const countLineColumns = {
  peak: { type: 'f64', unit: 'p/m/min', doc: 'most persons in a minute, both ways, by metre that can be walked on' },
  toLeft: { type: 'i32', unit: 'persons', doc: 'who crossed to its left, seen from its first point' },
  toRight: { type: 'i32', unit: 'persons', doc: 'who crossed to its right' },
  peakMinute: { type: 'i32', unit: 'min', doc: 'minute of the run with the peak' },
} as const satisfies Columns

/** What planners' lines have counted. */
export interface LineCounts {
  readonly lines: readonly CountLine[]
  readonly names: readonly string[]
  /** By line: m of it that can be walked on; whether all of it lies on slopes or steps. */
  readonly width: Float64Array
  readonly stepped: Uint8Array
  readonly crossings: LineCrossings
  readonly trace: Trace
  readonly foot: FootLines | null
  /** By walker: who has crossed and is not yet beyond; see `countCrossings`. */
  readonly pending: Uint32Array
  readonly keys: Uint32Array
  readonly table: TableOf<typeof countLineColumns>
  /** Persons by line, way (left, right) and minute of the run. */
  readonly series: Uint16Array
}

export function createLineCounts(crowd: Crowd, sidewalks: Sidewalks | null, lines: readonly CountLine[] = []): LineCounts {
  invariant(lines.length <= LINES_MAX, () => `${lines.length} lines to count at, ${LINES_MAX} at most`)
  const { floors } = crowd.input.space
  const rows = lines.map(({ line, level }) => {
    const on = floors.flatMap((floor, row) => (level === undefined ? isGround(floor.id) && widthOn(floor.outlines, line) > 0 : floor.id === level) ? [row] : [])
    return { from: line[0], to: line[1], floors: on }
  })
  const names = lines.map(({ id, line, level }) => `${id} ${line.join(' ')} ${level ?? ''}`)
  const foot = sidewalks && createFootLines(sidewalks, lines)
  const width = Float64Array.from(rows, ({ from, to, floors: on }, row) => on.reduce((sum, floor) => sum + widthOn(floors[floor].outlines, [from, to]), foot?.width[row] ?? 0))
  return {
    lines, names, width, stepped: Uint8Array.from(rows, ({ floors: on }) => (on.length > 0 && on.every(floor => floors[floor].surface !== 'level') ? 1 : 0)),
    crossings: createLineCrossings(crowd, rows), trace: createTrace(lines.length > 0 ? crowd.input.walkers.rows : 0), foot, pending: new Uint32Array(PENDING_WORDS * crowd.input.walkers.rows),
    keys: keysOf(names, LINES_MAX), table: createTable(countLineColumns, LINES_MAX), series: new Uint16Array(LINES_MAX * 2 * MINUTES),
  }
}

/** Floors of a walk space that lie on the open ground are called so, after the area that they are in. */
const isGround = (id: string): boolean => id === 'ground' || id.endsWith('/ground')

/** m of a line that lie within outlines. */
function widthOn(outlines: readonly (readonly Point[])[], [a, b]: readonly [Point, Point]): number {
  const length = Math.sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]))
  const samples = Math.max(1, Math.ceil(length * SAMPLES))
  let inside = 0
  for (let at = 0; at < samples; at++) {
    const share = (at + 0.5) / samples
    if (insideRings(outlines, a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]))) inside++
  }
  return (inside / samples) * length
}

/** After every step of the crowd: who crossed a line in it. */
export function countCrowd({ lines, crossings, pending, trace, ...counts }: LineCounts, crowd: Crowd): void {
  if (lines.length === 0) return
  countCrossings(crossings, pending, crowd, trace)
  const seconds = crowd.counts[CrowdCount.tick] * crowd.input.dt
  for (let line = 0; line < lines.length; line++) add({ lines, ...counts }, line, crossings.toLeft[line], crossings.toRight[line], seconds)
}

/** After every step of those on footways. @param seconds  after the start */
export function countFootways({ foot, ...counts }: LineCounts, sidewalks: Sidewalks, seconds: number): void {
  if (!foot) return
  countFootLines(foot, sidewalks)
  for (let line = 0; line < counts.lines.length; line++) add(counts, line, foot.toLeft[line], foot.toRight[line], seconds)
}

function add({ lines, width, table, series }: Pick<LineCounts, 'lines' | 'width' | 'table' | 'series'>, line: number, left: number, right: number, seconds: number): void {
  if (left + right === 0 || seconds < lines[line].from || seconds >= lines[line].until) return
  const minute = minuteAt(seconds)
  table.toLeft[line] += left
  table.toRight[line] += right
  const toLeft = 2 * line * MINUTES + minute
  const toRight = toLeft + MINUTES
  series[toLeft] += left
  series[toRight] += right
  const flow = width[line] > 0 ? (series[toLeft] + series[toRight]) / width[line] : 0
  if (flow <= table.peak[line]) return
  table.peak[line] = flow
  table.peakMinute[line] = minute
}

/** Persons by metre in the minute that holds `seconds`, p/m/min. */
export function flowAt({ width, series }: LineCounts, line: number, seconds: number): number {
  const at = 2 * line * MINUTES + minuteAt(seconds)
  return width[line] > 0 ? (series[at] + series[at + MINUTES]) / width[line] : 0
}

/** What is saved and hashed, in fixed order. */
export function* lineViews({ keys, pending, table, series }: LineCounts): Generator<ColumnArray> {
  yield keys
  yield pending
  yield* lineColumns({ table, series })
}

function* lineColumns({ table, series }: Pick<LineCounts, 'table' | 'series'>): Generator<ColumnArray> {
  yield table.peak
  yield table.toLeft
  yield table.toRight
  yield table.peakMinute
  yield series
}

/** After a restored state was laid in, in which other lines may have been: each goes on with what it had. */
export function resumeLines(counts: LineCounts, crowd: Crowd, sidewalks: Sidewalks | null): void {
  const { keys, names, pending } = counts
  const rows = followKeys(keys, names, [...lineColumns(counts)])
  if (rows) followPending(pending, rows)
  // Only where everybody is: the last step was counted before it was saved.
  if (counts.lines.length > 0) countCrossings(counts.crossings, new Uint32Array(pending), crowd, counts.trace)
  if (counts.foot && sidewalks) countFootLines(counts.foot, sidewalks)
}

/** @param rows  old row of each line; -1 = none */
function followPending(pending: Uint32Array, rows: readonly number[]): void {
  for (let first = 0; first < pending.length; first += PENDING_WORDS) {
    const before = pending.slice(first, first + PENDING_WORDS)
    pending.fill(0, first, first + PENDING_WORDS)
    for (const [row, from] of rows.entries()) if (from >= 0) pending[first + (row >> 4)] |= ((before[from >> 4] >>> (2 * (from & 15))) & 3) << (2 * (row & 15))
  }
}
