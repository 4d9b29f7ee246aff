import { invariant } from '../core/invariant'
import type { World } from '../world'

/** Copies cell `from` over cell `to`. */
function moveCell(world: World, from: number, to: number): void {
  const { position, speed, acceleration, slot, cap, factor, length, class: type, marks } = world.cells
  position[to] = position[from]
  speed[to] = speed[from]
  acceleration[to] = acceleration[from]
  slot[to] = slot[from]
  cap[to] = cap[from]
  factor[to] = factor[from]
  length[to] = length[from]
  type[to] = type[from]
  marks[to] = marks[from]
  world.slots.cell[slot[to]] = to
}

/**
 * Makes room for a vehicle at `position` of a path, in travel order, and answers its cell. The caller fills it.
 */
export function openCell(world: World, path: number, position: number): number {
  const { first, count } = world.paths
  const { cellFirst } = world.index
  if (first[path] + count[path] === cellFirst[path + 1]) {
    const start = cellFirst[path]
    invariant(first[path] > start, () => `tick ${world.tick}: path ${path} is full, ${count[path]} vehicles`)
    const shift = first[path] - start
    for (let cell = first[path]; cell < first[path] + count[path]; cell++) moveCell(world, cell, cell - shift)
    first[path] = start
  }
  let cell = first[path] + count[path]
  const positions = world.cells.position
  while (cell > first[path] && positions[cell - 1] < position) {
    moveCell(world, cell - 1, cell)
    cell--
  }
  if (count[path]++ === 0) world.active[path >> 5] |= 1 << (path & 31)
  return cell
}

/** Takes a vehicle out of its path and closes the rank. */
export function closeCell(world: World, path: number, cell: number): void {
  const { first, count } = world.paths
  const last = first[path] + count[path] - 1
  if (cell === first[path]) first[path]++
  else for (let at = cell; at < last; at++) moveCell(world, at + 1, at)
  if (--count[path] === 0) {
    world.active[path >> 5] &= ~(1 << (path & 31))
    first[path] = world.index.cellFirst[path]
  }
}

/** Moves a vehicle to another path, keeping its odometer; answers its new cell. */
export function transferCell(world: World, cell: number, from: number, to: number, position: number, baseShift: number): number {
  const { cells, slots } = world
  const { speed, cap, factor, length, class: type, acceleration } = cells
  const slot = cells.slot[cell]
  const keepSpeed = speed[cell]
  const keepFactor = factor[cell]
  const keepLength = length[cell]
  const keepType = type[cell]
  const keepAcceleration = acceleration[cell]
  closeCell(world, from, cell)
  const place = openCell(world, to, position)
  cells.position[place] = position
  speed[place] = keepSpeed
  acceleration[place] = keepAcceleration
  cells.slot[place] = slot
  cap[place] = Infinity
  factor[place] = keepFactor
  length[place] = keepLength
  type[place] = keepType
  cells.marks[place] = 0
  slots.cell[slot] = place
  slots.path[slot] = to
  slots.base[slot] += baseShift
  return place
}

/**
 * Whether a path has vehicles. These bits stay in the nearest cache where the table of paths does not, and most paths
 * that one looks at are empty.
 */
export function isActive(active: Uint32Array, path: number): boolean {
  return (active[path >> 5] & (1 << (path & 31))) !== 0
}

/** First path >= `path` with vehicles, or -1. */
export function nextActive(active: Uint32Array, path: number, end: number): number {
  let word = path >> 5
  if (path >= end) return -1
  let bits = active[word] & (-1 << (path & 31))
  const words = (end + 31) >> 5
  while (bits === 0) {
    if (++word >= words) return -1
    bits = active[word]
  }
  const found = (word << 5) + (31 - Math.clz32(bits & -bits))
  return found < end ? found : -1
}
