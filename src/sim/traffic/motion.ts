import type { World } from '../world'
import { nextActive } from './cells'

/**
 * What moves in this tick, flat in the order of paths. The tables of paths and cells are sparse, so that reading them
 * waits for memory, and a loop whose length stands there waits each time before it can go on; over these rows many
 * reads are under way at once.
 */
export interface Motion {
  /** Rows in use, of all domains that this thread has worked on in this tick. */
  paths: number
  rows: number
  /** By domain: its first path and vehicle here, and how many. */
  readonly pathFirst: Int32Array
  readonly pathCount: Int32Array
  readonly rowFirst: Int32Array
  readonly rowCount: Int32Array
  readonly path: Int32Array
  readonly first: Int32Array
  readonly count: Int32Array
  /** By vehicle: its cell, its acceleration and way in this step, m/s2 and m, and its marks. */
  readonly cell: Int32Array
  readonly acceleration: Float64Array
  readonly way: Float64Array
  readonly marks: Uint8Array
}

const motions = new WeakMap<World, Motion>()

/** What this thread moves of a world. Looking it up takes longer than many a vehicle does: once a phase. */
export const motionOf = (world: World): Motion => motions.get(world) ?? createMotion(world)

function createMotion(world: World): Motion {
  const { capacity, index: { pathRows, domains } } = world
  const motion: Motion = {
    paths: 0, rows: 0,
    pathFirst: new Int32Array(domains.count), pathCount: new Int32Array(domains.count),
    rowFirst: new Int32Array(domains.count), rowCount: new Int32Array(domains.count),
    path: new Int32Array(pathRows), first: new Int32Array(pathRows), count: new Int32Array(pathRows),
    cell: new Int32Array(capacity), acceleration: new Float64Array(capacity), way: new Float64Array(capacity),
    marks: new Uint8Array(capacity),
  }
  motions.set(world, motion)
  return motion
}

/** Forgets the rows of the tick before. */
export function clearMotion(world: World): void {
  const motion = motionOf(world)
  motion.paths = motion.rows = 0
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
