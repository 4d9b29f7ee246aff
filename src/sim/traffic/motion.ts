import type { World } from '../world'
import { nextActive } from './cells'

/**
 * What moves in this tick, flat in the order of paths. The tables of paths and cells are sparse, so that reading them
 * waits for memory, and a loop whose length stands there waits each time before it can go on; over these rows many
 * reads are under way at once.
 */
export interface Motion {
  paths: number
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

export function motionOf(world: World): Motion {
  let motion = motions.get(world)
  if (!motion) {
    const { capacity, index: { pathRows } } = world
    motion = {
      paths: 0, path: new Int32Array(pathRows), first: new Int32Array(pathRows), count: new Int32Array(pathRows),
      cell: new Int32Array(capacity), acceleration: new Float64Array(capacity), way: new Float64Array(capacity),
      marks: new Uint8Array(capacity),
    }
    motions.set(world, motion)
  }
  return motion
}

/** Lists the paths with vehicles; nothing may change path until they have moved. */
export function gatherPaths(world: World): Motion {
  const { active, index, paths } = world
  const motion = motionOf(world)
  let rows = 0
  for (let row = nextActive(active, 0, index.pathRows); row >= 0; row = nextActive(active, row + 1, index.pathRows)) {
    motion.path[rows] = row
    motion.first[rows] = paths.first[row]
    motion.count[rows++] = paths.count[row]
  }
  motion.paths = rows
  return motion
}
