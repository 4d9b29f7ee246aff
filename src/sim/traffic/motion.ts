import type { World } from '../world'
import { nextActive } from './cells'

/**
 * Paths with vehicles in this tick, flat in their order. The table of paths is sparse, so that reading it waits for memory,
 * and a loop whose length stands there waits each time before it can go on; over these rows many reads are under way at once.
 */
export interface Motion {
  /** Rows in use, of all domains that this thread has worked on in this tick. */
  paths: number
  /** By domain: its first path here, and how many. */
  readonly pathFirst: Int32Array
  readonly pathCount: Int32Array
  /** By row: path, cell of its head, and vehicles. */
  readonly path: Int32Array
  readonly first: Int32Array
  readonly count: Int32Array
}

const motions = new WeakMap<World, Motion>()

/** What this thread moves of a world. Looking it up takes longer than many a vehicle does: once a phase. */
export const motionOf = (world: World): Motion => motions.get(world) ?? createMotion(world)

function createMotion(world: World): Motion {
  const { pathRows, domains } = world.index
  const motion: Motion = {
    paths: 0, pathFirst: new Int32Array(domains.count), pathCount: new Int32Array(domains.count),
    path: new Int32Array(pathRows), first: new Int32Array(pathRows), count: new Int32Array(pathRows),
  }
  motions.set(world, motion)
  return motion
}

/** Forgets the rows of the tick before. */
export function clearMotion(world: World): void {
  motionOf(world).paths = 0
}

/** Lists the paths of a domain with vehicles; nothing may change path until they have moved. */
export function gatherPaths(world: World, domain: number): void {
  const { active, index, paths } = world
  const { stretches } = index.domains
  const motion = motionOf(world)
  let at = motion.paths
  motion.pathFirst[domain] = at
  for (let stretch = 4 * domain; stretch < 4 * domain + 4; stretch += 2) {
    const end = stretches[stretch + 1]
    for (let path = nextActive(active, stretches[stretch], end); path >= 0; path = nextActive(active, path + 1, end)) {
      motion.path[at] = path
      motion.first[at] = paths.first[path]
      motion.count[at++] = paths.count[path]
    }
  }
  motion.pathCount[domain] = at - motion.paths
  motion.paths = at
}
