import { mean } from '../statistics'
import type { IndividualSpeeds } from './individualSpeed'
import { crossings, type Crossing } from './lineFlow'
import { lineLength, type Line, type Point } from './point'
import { inPolygon, type Polygon, type Ring } from './polygon'
import { framesBetween, rowsOfFrame, type Trajectories } from './trajectories'

/**
 * The four ways of measuring density rho (p/m2), mean speed v (m/s) and specific flow J (p/m/s) that Zhang, Klingsch,
 * Schadschneider & Seyfried (2011), J. Stat. Mech. P06004, compare. D, by Voronoi diagrams, is in voronoi.ts.
 */
export interface DiagramPoint {
  /** s after frame 0: of A the middle of the interval, of B that of the person's passage, of C the frame. */
  readonly time: number
  readonly density: number
  /** NaN where there is nobody to be measured. */
  readonly speed: number
  readonly specificFlow: number
}

/**
 * Method A: a line and intervals of time. J = N / dt / b, v the mean of the speeds at the passings, rho = J / v, with
 * N all who pass within dt and b the length of the line. Intervals in which nobody passes say nothing and are left out.
 *
 * @param interval  dt, s; the paper takes 10 s
 */
export function methodA(passings: readonly Crossing[], line: Line, { speed }: IndividualSpeeds, interval: number, from: number, to: number): DiagramPoint[] {
  const points: DiagramPoint[] = []
  for (let at = 0; from + (at + 1) * interval <= to + 1e-9; at++) {
    const begin = from + at * interval
    const own = passings.filter(({ time }) => time >= begin && time < begin + interval)
    const speeds = own.map(({ row }) => speed[row]!).filter(value => !Number.isNaN(value))
    if (own.length === 0) continue
    const specificFlow = own.length / interval / lineLength(line)
    const v = mean(speeds)
    points.push({ time: begin + interval / 2, density: specificFlow / v, speed: v, specificFlow })
  }
  return points
}

/** The line moved to its left by `depth` m, and the area between the two. */
export function areaBehind(line: Line, depth: number): { readonly far: Line; readonly area: Ring } {
  const [[ax, ay], [bx, by]] = line
  const length = lineLength(line)
  const [nx, ny] = [(-(by - ay) / length) * depth, ((bx - ax) / length) * depth]
  const far: Line = [[ax + nx, ay + ny], [bx + nx, by + ny]]
  return { far, area: [line[0], line[1], far[1], far[0]] satisfies Point[] }
}

/**
 * Method B: one point a person, of its passage between a line and the one parallel to it: v_i = l / (t_out - t_in),
 * rho_i the mean number of persons between the lines during its passage by the area, J_i = rho_i v_i. Persons who do
 * not pass both lines have none.
 *
 * @param depth  l, m, between the two lines; the second lies left of the first
 */
export function methodB(trajectories: Trajectories, line: Line, depth: number): DiagramPoint[] {
  const { far, area } = areaBehind(line, depth)
  const inside = countsByFrame(trajectories, [area])
  const size = depth * lineLength(line)
  const passedFar = new Map(crossings(trajectories, far).map(each => [each.id, each]))
  const points: DiagramPoint[] = []
  for (const near of crossings(trajectories, line)) {
    const other = passedFar.get(near.id)
    if (!other || other.time === near.time || other.direction !== near.direction) continue
    const [first, last] = near.frame < other.frame ? [near.frame, other.frame] : [other.frame, near.frame]
    const seconds = Math.abs(other.time - near.time)
    const own = inside.subarray(first - trajectories.frameFirst, Math.max(first + 1, last) - trajectories.frameFirst)
    const density = own.reduce((sum, count) => sum + count, 0) / own.length / size
    const speed = depth / seconds
    points.push({ time: (near.time + other.time) / 2, density, speed, specificFlow: density * speed })
  }
  return points
}

/** Method C, the classic one: persons in the area by its size, the mean of their speeds, J = rho v; frame by frame. */
export function methodC(trajectories: Trajectories, area: Polygon, areaSize: number, { speed }: IndividualSpeeds, from?: number, to?: number): DiagramPoint[] {
  const { x, y } = trajectories.table
  return Array.from(framesBetween(trajectories, from, to), frame => {
    let count = 0
    let moving = 0
    let metres = 0
    for (const row of rowsOfFrame(trajectories, frame)) {
      if (!inPolygon(area, x[row]!, y[row]!)) continue
      count++
      if (Number.isNaN(speed[row]!)) continue
      moving++
      metres += speed[row]!
    }
    const density = count / areaSize
    const v = moving > 0 ? metres / moving : NaN
    return { time: frame / trajectories.framesPerSecond, density, speed: v, specificFlow: count === 0 ? 0 : density * v }
  })
}

/** Persons within an area, by frame from the first. */
function countsByFrame(trajectories: Trajectories, area: Polygon): Int32Array {
  const { x, y, frame, rows } = trajectories.table
  const counts = new Int32Array(trajectories.frameLast - trajectories.frameFirst + 1)
  for (let row = 0; row < rows; row++) if (inPolygon(area, x[row]!, y[row]!)) counts[frame[row]! - trajectories.frameFirst]!++
  return counts
}

