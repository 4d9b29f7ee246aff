import { createTrajectories, isFault, type Trajectories } from '../../../src/analysis/crowd/trajectories'
import { uniform } from '../../../src/sim'
import type { Point } from '../../../src/analysis/crowd/point'

/** Trajectories of persons whose place at a time (s) is known; undefined = not there. */
export function made(places: readonly ((time: number) => Point | undefined)[], seconds: number, framesPerSecond: number): Trajectories {
  const [x, y, id, frame]: number[][] = [[], [], [], []]
  for (let at = 0; at <= seconds * framesPerSecond; at++) {
    for (const [person, placeAt] of places.entries()) {
      const place = placeAt(at / framesPerSecond)
      if (!place) continue
      x!.push(place[0]); y!.push(place[1]); id!.push(person + 1); frame!.push(at)
    }
  }
  const trajectories = createTrajectories({ x: x!, y: y!, id: id!, frame: frame! }, framesPerSecond)
  if (isFault(trajectories)) throw new Error(trajectories.what)
  return trajectories
}

/** A grid of `columns` x `rows` persons, `spacing` m apart, the first at half a spacing from the origin, that walks at `speed` along x. */
export const grid = (columns: number, rows: number, spacing: number, speed = 0): ((time: number) => Point)[] =>
  Array.from({ length: columns * rows }, (_, at) => (time: number): Point => [(0.5 + (at % columns)) * spacing + speed * time, (0.5 + Math.floor(at / columns)) * spacing])

export const rectangle = (x0: number, y0: number, x1: number, y1: number): Point[] => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]

/** The same world turned about the origin and moved: what is measured must not change. */
export function moved(angle: number, dx: number, dy: number): (point: Point) => Point {
  return ([x, y]) => [x * Math.cos(angle) - y * Math.sin(angle) + dx, x * Math.sin(angle) + y * Math.cos(angle) + dy]
}

export const scattered = (count: number, width: number, height: number, seed: number): Point[] =>
  Array.from({ length: count }, (_, at): Point => [uniform(seed, 1, at, 0) * width, uniform(seed, 2, at, 0) * height])
