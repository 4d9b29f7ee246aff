import type { World } from '../world'
import { isActive } from './cells'

/** Rear of the body that `bodyAhead` found, m along the turn; negative on the lane before it. */
export const body = { rear: 0 }

/**
 * Cell of the nearest vehicle on `turn` whose front is beyond `position`, also where its front is on the exit lane
 * already and only its rear on the turn; -1 = none. Sets `body.rear`.
 */
export function bodyAhead(world: World, turn: number, position: number): number {
  const { active, cells, paths, slots, index, input } = world
  const path = index.laneRows + turn
  if (isActive(active, path)) {
    const first = paths.first[path]
    for (let cell = first + paths.count[path] - 1; cell >= first; cell--) {
      if (cells.position[cell] <= position) continue
      body.rear = cells.position[cell] - cells.length[cell]
      return cell
    }
  }
  const exit = input.network.turns.toLane[turn]
  if (!isActive(active, exit)) return -1
  const first = paths.first[exit]
  for (let cell = first + paths.count[exit] - 1; cell >= first; cell--) {
    if (cells.position[cell] >= cells.length[cell]) break
    if (slots.previous0[cells.slot[cell]] !== path) continue
    body.rear = cells.position[cell] - cells.length[cell] + index.pathLength[path]
    return cell
  }
  return -1
}

/** Rear of the nearest body beyond the end of a lane, m from it, whichever turn it took, and its speed; Infinity if none is near. */
export const beyond = { gap: Infinity, speed: 0 }

/**
 * Whether the one who drove off a lane last still has his rear on its end, or within `JOINT` of it. Once he has gone on he is
 * forgotten, by whoever asks first.
 */
export function reachesBack(world: World, lane: number): boolean {
  const { lanes, slots, cells } = world
  const slot = lanes.leftSlot[lane]
  if (slot < 0) return false
  const cell = slots.cell[slot]
  if (slots.trip[slot] === lanes.leftTrip[lane] && slots.base[slot] + cells.position[cell] - cells.length[cell] - lanes.leftOdometer[lane] < JOINT) return true
  lanes.leftSlot[lane] = -1
  return false
}

/** m beyond the end of a lane. */
export const JOINT = 0.5

/** Looks for it. */
export function lookBeyond(world: World, lane: number): void {
  const { lanes } = world.input.network
  beyond.gap = Infinity
  for (let turn = lanes.turnFirst[lane]; turn < lanes.turnFirst[lane] + lanes.turnCount[lane]; turn++) {
    const cell = bodyAhead(world, turn, -1)
    if (cell < 0) continue
    if (body.rear >= beyond.gap) continue
    beyond.gap = body.rear
    beyond.speed = world.cells.speed[cell]
  }
}
