import { CrowdRun, exitOf, floorOf, spaceOf, spread, walkersAt, type Scene } from './bed'
import type { Rectangle } from './plan'

/** m: what lies behind a door before people leave the model, so that the exit does not help the door. */
export const BEHIND = 4

/** m: how thick walls are where a door goes through them, unless a case says otherwise. */
export const WALL = 0.2

/** A room, a door in the middle of its east wall, and open space behind it whose far end is the exit. */
export function roomWithDoor(room: Rectangle, door: number, passage = WALL): Pick<Scene, 'space' | 'journeys'> {
  const [, south, east, north] = room
  const middle = (south + north) / 2
  const beyond = east + passage + BEHIND
  return {
    space: spaceOf({
      floors: [floorOf('room', room, [east, middle - door / 2, east + passage, middle + door / 2], [east + passage, south - 1, beyond + 1, north + 1])],
      goals: [exitOf('out', 'room', [beyond, south - 1], [beyond, north + 1])],
    }),
    journeys: [['out']],
  }
}

/**
 * p/s: flow of a queue. Of those who left one after the other, the stretch from the share `from` of the persons to the
 * share `to`: (N - 1) / (time of the last - time of the first), Seyfried et al. (2009), Transp. Sci. 43, 395.
 */
export function queueFlow(times: readonly number[], from = 0.2, to = 0.8): number {
  const sorted = times.toSorted((a, b) => a - b).slice(Math.floor(times.length * from), Math.ceil(times.length * to))
  return (sorted.length - 1) / (sorted.at(-1)! - sorted[0]!)
}

/** Flow through a door of a crowd that waits before it, p/m/s. */
export function doorFlow(door: number, persons: number, room: Rectangle, seed = 1, passage = WALL): number {
  const run = new CrowdRun({ ...roomWithDoor(room, door, passage), walkers: walkersAt(spread(persons, room, seed)), seed })
  run.advance(60 + (3 * persons) / door)
  run.cleared()
  return queueFlow(run.leavings().map(({ time }) => time)) / door
}

/** A straight corridor along x whose east end is the exit; people are spread over `filled`. */
export function corridor(length: number, width: number): Pick<Scene, 'space' | 'journeys'> {
  return {
    space: spaceOf({ floors: [floorOf('corridor', [0, 0, length, width])], goals: [exitOf('out', 'corridor', [length, 0], [length, width])] }),
    journeys: [['out']],
  }
}

