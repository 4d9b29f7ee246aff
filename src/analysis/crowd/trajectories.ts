import { createTable, type Columns, type TableOf } from '../../sim'

/** Where each person is at each frame. Sorted by id, then frame; no person twice in a frame. */
export const trajectoryColumns = {
  x: { type: 'f64', unit: 'm', doc: 'east' },
  y: { type: 'f64', unit: 'm', doc: 'north' },
  id: { type: 'i32', unit: 'id', doc: 'of the person' },
  frame: { type: 'i32', unit: 'frame', doc: 'number of the picture; time = frame / framesPerSecond' },
} as const satisfies Columns
export type TrajectoryTable = TableOf<typeof trajectoryColumns>

/** A table of positions with its two orders: row by row a person's way, and the rows of each frame. */
export interface Trajectories {
  readonly table: TrajectoryTable
  readonly framesPerSecond: number
  readonly frameFirst: number
  readonly frameLast: number
  /** Rows of person p are personFirst[p] up to personFirst[p + 1]. */
  readonly personFirst: Int32Array
  /** Rows of frame f are rowsByFrame[k] for k from frameStart[f - frameFirst] up to frameStart[f - frameFirst + 1], by id. */
  readonly rowsByFrame: Int32Array
  readonly frameStart: Int32Array
}

/** Positions as they were read, in any order. */
export interface RawPositions {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly id: ArrayLike<number>
  readonly frame: ArrayLike<number>
}

/** What cannot be: the place of the fault in the raw table, what is wrong and what to do. */
export interface TrajectoryFault { readonly row: number; readonly what: string; readonly remedy: string }

/** More frames than these are a fault of the numbers, not a recording: a week at 50 frames a second. */
const FRAMES_MAX = 30_000_000
const WHOLE_MAX = 2_147_483_647

/** Sorts positions into a table; or says what is wrong with them, the first of each fault. */
export function createTrajectories({ x, y, id, frame }: RawPositions, framesPerSecond: number): Trajectories | TrajectoryFault {
  const count = id.length
  let frameFirst = Infinity
  let frameLast = -Infinity
  for (let row = 0; row < count; row++) {
    if (!isWhole(id[row]!)) return { row, what: `the id ${id[row]} is not a whole number`, remedy: 'Number the persons with whole numbers.' }
    if (!isWhole(frame[row]!)) return { row, what: `the frame ${frame[row]} is not a whole number`, remedy: 'Number the frames with whole numbers.' }
    if (!Number.isFinite(x[row]!) || !Number.isFinite(y[row]!)) return { row, what: `the position (${x[row]}, ${y[row]}) is not a place`, remedy: 'Leave out frames in which a person was not seen.' }
    frameFirst = Math.min(frameFirst, frame[row]!)
    frameLast = Math.max(frameLast, frame[row]!)
  }
  if (count === 0) return { row: 0, what: 'holds no positions', remedy: 'Give a file with a row for each person and frame.' }
  if (frameLast - frameFirst >= FRAMES_MAX) return { row: 0, what: `frames run from ${frameFirst} to ${frameLast}, which is more than ${FRAMES_MAX}`, remedy: 'Check the column with the frames.' }
  const order = Uint32Array.from({ length: count }, (_, row) => row).sort((a, b) => id[a]! - id[b]! || frame[a]! - frame[b]!)
  const table = createTable(trajectoryColumns, count)
  const personFirst: number[] = []
  for (let row = 0; row < count; row++) {
    const from = order[row]!
    table.x[row] = x[from]!
    table.y[row] = y[from]!
    table.id[row] = id[from]!
    table.frame[row] = frame[from]!
    if (row === 0 || table.id[row] !== table.id[row - 1]) personFirst.push(row)
    else if (table.frame[row] === table.frame[row - 1]) return { row: Math.max(from, order[row - 1]!), what: `person ${table.id[row]} is in frame ${table.frame[row]} twice`, remedy: 'Keep one position a person and frame.' }
  }
  personFirst.push(count)
  const frameStart = new Int32Array(frameLast - frameFirst + 2)
  for (let row = 0; row < count; row++) frameStart[table.frame[row]! - frameFirst + 1]!++
  for (let at = 1; at < frameStart.length; at++) frameStart[at]! += frameStart[at - 1]!
  const next = frameStart.slice()
  const rowsByFrame = new Int32Array(count)
  for (let row = 0; row < count; row++) rowsByFrame[next[table.frame[row]! - frameFirst]!++] = row
  return { table, framesPerSecond, frameFirst, frameLast, personFirst: Int32Array.from(personFirst), rowsByFrame, frameStart }
}

const isWhole = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= WHOLE_MAX

export const isFault = (made: Trajectories | TrajectoryFault): made is TrajectoryFault => 'what' in made

/** Rows of a frame; empty beyond the first and last. */
export function rowsOfFrame({ frameFirst, frameLast, frameStart, rowsByFrame }: Trajectories, frame: number): Int32Array {
  if (frame < frameFirst || frame > frameLast) return rowsByFrame.subarray(0, 0)
  return rowsByFrame.subarray(frameStart[frame - frameFirst], frameStart[frame - frameFirst + 1])
}

export const personCount = ({ personFirst }: Trajectories): number => personFirst.length - 1

/** Frames of a stretch of time (s after frame 0) that the recording has; all of them by default. */
export function* framesBetween({ frameFirst, frameLast, framesPerSecond }: Trajectories, from = -Infinity, to = Infinity): Generator<number> {
  const first = Math.max(frameFirst, Math.ceil(from * framesPerSecond - 1e-9))
  const last = Math.min(frameLast, Math.floor(to * framesPerSecond + 1e-9))
  for (let frame = first; frame <= last; frame++) yield frame
}

/** Collects positions frame by frame, such as those of a run of our own. */
export class TrajectoryRecorder {
  readonly #x: number[] = []
  readonly #y: number[] = []
  readonly #id: number[] = []
  readonly #frame: number[] = []

  add(id: number, frame: number, x: number, y: number): void {
    this.#id.push(id)
    this.#frame.push(frame)
    this.#x.push(x)
    this.#y.push(y)
  }

  get rows(): number { return this.#id.length }

  /** Throws where a position is none: what our own engine gives has no such faults. */
  finish(framesPerSecond: number): Trajectories {
    const made = createTrajectories({ x: this.#x, y: this.#y, id: this.#id, frame: this.#frame }, framesPerSecond)
    if (isFault(made)) throw new Error(`trajectories, row ${made.row}: ${made.what}`)
    return made
  }
}
