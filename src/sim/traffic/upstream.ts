import type { World } from '../world'
import { isActive } from './cells'
import { followAcceleration } from './carFollowing'

/** How far back one looks for somebody who comes up from earlier paths, m. */
const LOOK_BACK = 90

/**
 * True if nobody who is about to enter `lane` from the paths before it would have to brake harder than `braking`
 * behind a vehicle whose rear is `rear` m along the lane and that drives at `speed`.
 */
export function upstreamIsSafe(world: World, lane: number, rear: number, speed: number, braking: number): boolean {
  return check(world, lane, rear, speed, braking, 0)
}

function check(world: World, lane: number, distance: number, speed: number, braking: number, depth: number): boolean {
  const { index, active, paths, cells, slots, input } = world
  const { laneRows, pathLength, inFirst, inTurn } = index
  for (let at = inFirst[lane]; at < inFirst[lane + 1]; at++) {
    const turn = inTurn[at]
    const path = laneRows + turn
    if (isActive(active, path)) {
      const head = paths.first[path]
      const gap = distance + pathLength[path] - cells.position[head]
      if (!safe(gap, cells.speed[head], speed, braking, cells.class[head], input.dt)) return false
      continue
    }
    const from = input.network.turns.fromLane[turn]
    const far = distance + pathLength[path]
    if (far > LOOK_BACK) continue
    if (isActive(active, from)) {
      const head = paths.first[from]
      const slot = cells.slot[head]
      // Whoever still has to ask for the turn will see the vehicle in time; those on free turns come on.
      if (slots.nextTurn[slot] !== turn) continue
      if (!index.laneFree[from] && slots.reservedTurn[slot] !== turn) continue
      const gap = far + pathLength[from] - cells.position[head]
      if (!safe(gap, cells.speed[head], speed, braking, cells.class[head], input.dt)) return false
    } else if (index.laneFree[from] && depth < 2 && far + pathLength[from] < LOOK_BACK)
      if (!check(world, from, far + pathLength[from], speed, braking, depth + 1)) return false
  }
  return true
}

const safe = (gap: number, follower: number, speed: number, braking: number, type: number, dt: number): boolean =>
  gap > 1 && followAcceleration(gap, follower, speed, 9, type, dt) >= -braking
