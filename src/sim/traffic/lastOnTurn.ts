import type { World } from '../world'

/** Who was let into a turn last, as `findLast` found, and his odometer at its start. */
export const last = { slot: -1, odometer: 0 }

/** Looks for him: among the first `reserved` of its lane, on the turn, or with his rear on it. */
export function findLast(world: World, lane: number, turn: number, reserved: number): void {
  const { slots, paths, cells, index, input } = world
  const path = index.laneRows + turn
  for (let cell = paths.first[lane] + reserved - 1; cell >= paths.first[lane]; cell--) {
    last.slot = cells.slot[cell]
    last.odometer = slots.base[last.slot] + index.pathLength[lane]
    if (slots.reservedTurn[last.slot] === turn) return
  }
  if (paths.count[path] > 0) {
    last.slot = cells.slot[paths.first[path] + paths.count[path] - 1]
    last.odometer = slots.base[last.slot]
    return
  }
  const exit = input.network.turns.toLane[turn]
  for (let cell = paths.first[exit] + paths.count[exit] - 1; cell >= paths.first[exit]; cell--) {
    last.slot = cells.slot[cell]
    last.odometer = slots.base[last.slot] - index.pathLength[path]
    if (slots.previous0[last.slot] === path && cells.position[cell] < cells.length[cell]) return
  }
  last.slot = -1
}

/** `slot` is the last that was let into a turn; the turn begins at `odometer` of his. */
export function setLast(world: World, turn: number, slot: number, odometer: number): void {
  const { turns, slots } = world
  turns.lastSlot[turn] = slot
  turns.lastTrip[turn] = slots.trip[slot]
  turns.lastOdometer[turn] = odometer
}

/**
 * How far the rear of the last vehicle on a turn has come along it, m; Infinity if nobody is on it or bound for it.
 */
export function rearOfLast(world: World, turn: number): number {
  const { turns, slots, cells } = world
  const slot = turns.lastSlot[turn]
  if (slot < 0) return Infinity
  if (slots.trip[slot] !== turns.lastTrip[turn]) { turns.lastSlot[turn] = -1; return Infinity }
  const cell = slots.cell[slot]
  const rear = slots.base[slot] + cells.position[cell] - turns.lastOdometer[turn] - cells.length[cell]
  if (rear > world.input.network.turns.length[turn]) { turns.lastSlot[turn] = -1; return Infinity }
  return rear
}
