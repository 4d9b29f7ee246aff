import { LINES_MAX } from './crowdLimits'
import { CrowdCount, type Crowd } from '../crowd/crowd'
import type { Point } from '../crowd/walkSpace'

/** A straight line on some floors over which persons are counted. */
export interface CountedLine {
  readonly from: Point
  readonly to: Point
  /** Rows of the floors that it lies on. */
  readonly floors: readonly number[]
}

/** Lines in a walk space, with the cells of its index in which those are who can cross one in a step. */
export interface LineCrossings {
  readonly lines: readonly CountedLine[]
  readonly cellFirst: Int32Array
  readonly cells: Int32Array
  /** Who crossed in the last step, by line: to its left, and to its right, seen from its first point. */
  readonly toLeft: Int32Array
  readonly toRight: Int32Array
}

/** Where those near a line were in the last two steps, by walker, the steps in turn. It follows from the crowd, so it is no part of the state. */
export interface Trace {
  readonly x: readonly [Float64Array, Float64Array]
  readonly y: readonly [Float64Array, Float64Array]
  readonly tick: readonly [Int32Array, Int32Array]
}

/** m between two places of a line whose surroundings are looked at; a cell is three times that, and a step of a walker a tenth. */
const SAMPLE = 0.5
/** m that one must get beyond a line to have crossed it: who stands on it sways to and fro. */
const BEYOND = 0.3
/** Words of pending crossings of one walker: two bits for each line. */
export const PENDING_WORDS = LINES_MAX / 16

/** m from a line within which a floor that begins there belongs to it. */
const JOINED = 0.3

export function createTrace(walkers: number): Trace {
  const pair = <T>(make: () => T): [T, T] => [make(), make()]
  return { x: pair(() => new Float64Array(walkers)), y: pair(() => new Float64Array(walkers)), tick: pair(() => new Int32Array(walkers).fill(-2)) }
}

export function createLineCrossings(crowd: Crowd, lines: readonly CountedLine[]): LineCrossings {
  const { index } = crowd
  const first = [0]
  const all: number[] = []
  for (const line of lines) {
    const cells = new Set<number>()
    for (const floor of withJoined(crowd, line)) {
      const { originX, originY, width, height, cellFirst } = index.floors
      const length = Math.sqrt(square(line.to[0] - line.from[0]) + square(line.to[1] - line.from[1]))
      const samples = Math.max(1, Math.ceil(length / SAMPLE))
      for (let at = 0; at <= samples; at++) {
        const x = line.from[0] + ((line.to[0] - line.from[0]) * at) / samples
        const y = line.from[1] + ((line.to[1] - line.from[1]) * at) / samples
        for (let dy = -1; dy <= 1; dy++) {
          for (let dx = -1; dx <= 1; dx++) {
            const column = Math.floor((x - originX[floor]) / index.cell) + dx
            const row = Math.floor((y - originY[floor]) / index.cell) + dy
            if (column >= 0 && row >= 0 && column < width[floor] && row < height[floor]) cells.add(cellFirst[floor] + row * width[floor] + column)
          }
        }
      }
    }
    all.push(...[...cells].sort((a, b) => a - b))
    first.push(all.length)
  }
  return { lines, cellFirst: Int32Array.from(first), cells: Int32Array.from(all), toLeft: new Int32Array(lines.length), toRight: new Int32Array(lines.length) }
}

/** The floors of a line, and those that begin at it: whoever steps over a line at the foot of a stair stands on the stair then. */
function withJoined({ input: { space }, index }: Crowd, { from, to, floors }: CountedLine): number[] {
  const rows = new Set(floors)
  const { joins } = index
  for (const [row, join] of space.joins.entries()) {
    const ends = [joins.floorA[row], joins.floorB[row]]
    if (!ends.some(end => floors.includes(end))) continue
    const middle: Point = [(join.line[0][0] + join.line[1][0]) / 2, (join.line[0][1] + join.line[1][1]) / 2]
    if ([...join.line, middle].some(point => offLine(point, from, to) < JOINED)) for (const end of ends) rows.add(end)
  }
  return [...rows].sort((a, b) => a - b)
}

/**
 * Looks where those near the lines are after a step of the crowd, and counts who crossed one in it.
 *
 * @param pending  by walker and line, who has crossed but is not yet beyond: 1 = to the left, 2 = to the right; null = whoever crosses counts at once
 */
export function countCrossings({ lines, cellFirst, cells, toLeft, toRight }: LineCrossings, pending: Uint32Array | null, { now, cellFirst: bodyFirst, counts: { [CrowdCount.tick]: tick } }: Crowd, { x, y, tick: seen }: Trace): void {
  const present = tick & 1
  const before = 1 - present
  for (let line = 0; line < lines.length; line++) {
    toLeft[line] = toRight[line] = 0
    const { from, to } = lines[line]
    // Compared with a distance times the length of the line.
    const reach = BEYOND * Math.sqrt(square(to[0] - from[0]) + square(to[1] - from[1]))
    for (let at = cellFirst[line]; at < cellFirst[line + 1]; at++) {
      const end = bodyFirst[cells[at] + 1]
      for (let row = bodyFirst[cells[at]]; row < end; row++) {
        const walker = now.walker[row]
        if (seen[before][walker] === tick - 1) {
          let side = crossing(from[0], from[1], to[0], to[1], x[before][walker], y[before][walker], now.x[row], now.y[row])
          if (pending) side = settle(pending, PENDING_WORDS * walker + (line >> 4), 2 * (line & 15), side, reach * reach < beyond(from, to, now.x[row], now.y[row]))
          if (side > 0) toLeft[line]++
          else if (side < 0) toRight[line]++
        }
        x[present][walker] = now.x[row]
        y[present][walker] = now.y[row]
        seen[present][walker] = tick
      }
    }
  }
}

/** Square of the distance from a line times that of its length. */
const beyond = (from: Point, to: Point, x: number, y: number): number => square((to[0] - from[0]) * (y - from[1]) - (to[1] - from[1]) * (x - from[0]))

/** Adds a crossing to what is pending, and answers it once its walker is beyond the line: -1, 0 or 1. */
function settle(pending: Uint32Array, word: number, shift: number, side: number, isBeyond: boolean): number {
  const kept = (pending[word] >>> shift) & 3
  if (kept === 0 && side === 0) return 0
  const before = kept === 1 ? 1 : kept === 2 ? -1 : 0
  const sum = before + side
  const after = sum > 1 ? 1 : sum < -1 ? -1 : sum
  const stays = isBeyond ? 0 : after === 1 ? 1 : after === -1 ? 2 : 0
  pending[word] = (pending[word] & ~(3 << shift)) | (stays << shift)
  return isBeyond ? after : 0
}

/**
 * 1 = the way from p to q leads over the line from a to b to its left, -1 = to its right, 0 = not over it. Who stands on
 * the line stands on its left, and a way through its end b is beside it, so that of two lines that meet one counts.
 */
export function crossing(ax: number, ay: number, bx: number, by: number, px: number, py: number, qx: number, qy: number): number {
  const before = (bx - ax) * (py - ay) - (by - ay) * (px - ax) >= 0
  const after = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax) >= 0
  if (before === after) return 0
  const a = (qx - px) * (ay - py) - (qy - py) * (ax - px)
  const b = (qx - px) * (by - py) - (qy - py) * (bx - px)
  // Going left, the first point lies on the left hand or on the way; going right, on the right hand.
  if (after ? !(a >= 0 && b < 0) : !(a <= 0 && b > 0)) return 0
  return after ? 1 : -1
}

const square = (value: number): number => value * value

/** m from a point to a stretch. */
function offLine([x, y]: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - a[0]) * dx + (y - a[1]) * dy) / length))
  return Math.sqrt(square(x - a[0] - share * dx) + square(y - a[1] - share * dy))
}
