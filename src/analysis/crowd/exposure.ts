import { boxOf, inPolygon, type Polygon } from './polygon'
import { framesBetween, type Trajectories } from './trajectories'
import { voronoiCells } from './voronoi'
import type { Walkable } from './walkable'

/** p/m2: above 4 a crowd becomes unstable, from 5 on it is in discomfort. Source: Fruin (1993), The causes and prevention of crowd disasters; Still (2014), Introduction to Crowd Science, ch. 2. */
export const crowdingThresholds: readonly number[] = [4, 5]

export interface Exposure {
  /** p/m2. */
  readonly threshold: number
  /** Sum of the minutes that each person spent at or above the threshold. */
  readonly personMinutes: number
  /** How many persons were there at all. */
  readonly persons: number
}

/**
 * Time that persons spend where it is crowded, by their own density: 1 / area of their Voronoi cell. A frame stands
 * for the time to the next.
 *
 * @param cutoff  m, see voronoiCells
 * @param area    only while they are in it
 * @param every   frames between two that are looked at
 */
export function crowdingExposure(trajectories: Trajectories, walkable: Walkable, cutoff: number, thresholds = crowdingThresholds, area?: Polygon, from?: number, to?: number, every = 1): Exposure[] {
  const { x, y, id } = trajectories.table
  const near = area && boxOf(area.flat())
  const frames = new Float64Array(thresholds.length)
  const persons = thresholds.map(() => new Set<number>())
  for (const frame of framesBetween(trajectories, from, to)) {
    if ((frame - trajectories.frameFirst) % every !== 0) continue
    for (const { row, area: room } of voronoiCells(trajectories, frame, walkable, cutoff, near)) {
      if (area && !inPolygon(area, x[row]!, y[row]!)) continue
      for (const [at, threshold] of thresholds.entries()) {
        if (room * threshold > 1 + 1e-9) continue
        frames[at]!++
        persons[at]!.add(id[row]!)
      }
    }
  }
  return thresholds.map((threshold, at) => ({ threshold, personMinutes: (frames[at]! * every) / trajectories.framesPerSecond / 60, persons: persons[at]!.size }))
}
