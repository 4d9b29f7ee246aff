import { lineLength, type Line } from './point'
import type { Trajectories } from './trajectories'

/** A person's first passing of a line. */
export interface Crossing {
  readonly id: number
  /** Row of the trajectories after which the line was passed. */
  readonly row: number
  /** First frame beyond the line. */
  readonly frame: number
  /** s after frame 0; where between the two frames the straight way passes the line. */
  readonly time: number
  /** 1: from the line's left to its right, seen from its first point; -1: the other way. */
  readonly direction: 1 | -1
}

/**
 * Who passes a line and when, by time; of each person the first passing alone. A step that begins on the line passes
 * it, one that ends on it does not yet.
 *
 * Source: rules of PedPy, compute_crossing_frames and compute_n_t; times between frames by linear interpolation.
 */
export function crossings({ table, framesPerSecond, personFirst }: Trajectories, [[ax, ay], [bx, by]]: Line): Crossing[] {
  const { x, y, id, frame } = table
  const found: Crossing[] = []
  for (let person = 0; person + 1 < personFirst.length; person++) {
    for (let row = personFirst[person]!; row + 1 < personFirst[person + 1]!; row++) {
      const p = (bx - ax) * (y[row]! - ay) - (by - ay) * (x[row]! - ax)
      const q = (bx - ax) * (y[row + 1]! - ay) - (by - ay) * (x[row + 1]! - ax)
      // Begins on the line or on one side, and ends on the other.
      if (q === 0 || (p !== 0 && p > 0 === q > 0)) continue
      const share = p / (p - q)
      const [cx, cy] = [x[row]! + share * (x[row + 1]! - x[row]!), y[row]! + share * (y[row + 1]! - y[row]!)]
      const along = (cx - ax) * (bx - ax) + (cy - ay) * (by - ay)
      if (along < 0 || along > (bx - ax) ** 2 + (by - ay) ** 2) continue
      found.push({ id: id[row]!, row, frame: frame[row + 1]!, time: (frame[row]! + share * (frame[row + 1]! - frame[row]!)) / framesPerSecond, direction: q < 0 ? 1 : -1 })
      break
    }
  }
  return found.sort((a, b) => a.time - b.time || a.id - b.id)
}

export interface LineFlow {
  readonly passed: number
  /** Of `passed`, how many from left to right. */
  readonly leftToRight: number
  /** s after frame 0; NaN without anyone. */
  readonly firstTime: number
  readonly lastTime: number
  /** p/s: headways between the first and the last to pass, (N - 1) / (t_N - t_1); NaN below two. */
  readonly flow: number
  /** p/m/s: by metre of the line. */
  readonly specificFlow: number
}

/** Mean flow over a line. Source: Seyfried et al. (2009), Transp. Sci. 43, 395. */
export function lineFlow(passings: readonly Crossing[], line: Line): LineFlow {
  const [first, last] = [passings[0]?.time ?? NaN, passings.at(-1)?.time ?? NaN]
  const flow = passings.length > 1 && last > first ? (passings.length - 1) / (last - first) : NaN
  return { passed: passings.length, leftToRight: passings.filter(({ direction }) => direction === 1).length, firstTime: first, lastTime: last, flow, specificFlow: flow / lineLength(line) }
}

/** How many have passed by the end of each frame: the N-t diagram, from the first frame to the last. */
export function cumulativeFlow({ frameFirst, frameLast }: Trajectories, passings: readonly Crossing[]): Int32Array {
  const passed = new Int32Array(frameLast - frameFirst + 1)
  for (const { frame } of passings) passed[frame - frameFirst]!++
  for (let at = 1; at < passed.length; at++) passed[at]! += passed[at - 1]!
  return passed
}
