import { invariant } from '../core/invariant'
import { createTable } from '../core/table'
import type { NetworkIndex } from '../network/networkIndex'
import type { World } from '../world'
import { carriedColumns, CellMark, type CarriedTable } from './vehicleTable'

/**
 * Where the cells of each domain lie. The segments of its paths follow one another without the room that a full path
 * would need, so that the vehicles of a city fill a megabyte instead of being spread over sixty. A segment that is full
 * moves to the end, and now and then all of them are laid close again. Where a cell lies is no part of the state.
 */
export interface Arenas {
  /** First cell of each domain, and the end of the last. */
  readonly first: Int32Array
  /** First cell of a domain beyond all segments. */
  readonly used: Int32Array
  /** A domain whose segments reach beyond this cell has them laid close. */
  readonly most: Int32Array
}

export function createArenas({ domains, cellsMost, pathRows }: NetworkIndex): Arenas {
  const first = new Int32Array(domains.count + 1)
  // Twice, since segments leave their old place behind when they move.
  for (let path = 0; path < pathRows; path++) first[domains.ofPath[path] + 1] += 2 * cellsMost[path]
  for (let domain = 0; domain < domains.count; domain++) first[domain + 1] += first[domain]
  return { first, used: first.slice(0, -1), most: first.slice(0, -1) }
}

/** Cells that a segment has beyond its vehicles when it gets a place. */
const SPARE = 1
/** Cells, and share of those in use, that a domain spreads over before its segments are laid close. */
const SPREAD = 256
const SPREAD_SHARE = 0.5

/** Lays the segments of a domain close if they have spread; the numbers of its cells do not survive it. */
export function tidyCells(world: World, domain: number): void {
  const { used, most } = world.arenas
  if (used[domain] > most[domain]) moveAll(world, layOut(world, domain))
}

/** Cells of the vehicles of a domain before and after they are laid close, and a column of them in between. */
interface Scratch { readonly from: Int32Array; readonly to: Int32Array; readonly column: Float64Array }
const scratches = new WeakMap<World, Scratch>()

function scratchOf(world: World): Scratch {
  let scratch = scratches.get(world)
  if (!scratch) {
    const { capacity } = world
    scratch = { from: new Int32Array(capacity), to: new Int32Array(capacity), column: new Float64Array(capacity) }
    scratches.set(world, scratch)
  }
  return scratch
}

/** Gives each path of a domain with vehicles a new segment; answers how many vehicles, whose cells are in the scratch. */
export function layOut(world: World, domain: number): number {
  const { paths, index, arenas } = world
  const { stretches } = index.domains
  const { from, to } = scratchOf(world)
  let rows = 0
  let at = arenas.first[domain]
  for (let stretch = 4 * domain; stretch < 4 * domain + 4; stretch += 2)
    for (let path = stretches[stretch]; path < stretches[stretch + 1]; path++) {
      const count = paths.count[path]
      if (count === 0) {
        paths.first[path] = paths.start[path] = paths.end[path] = 0
        continue
      }
      for (let k = 0; k < count; k++) {
        from[rows] = paths.first[path] + k
        to[rows++] = at + k
      }
      paths.start[path] = paths.first[path] = at
      at += count + SPARE
      paths.end[path] = at
    }
  arenas.used[domain] = at
  arenas.most[domain] = at + SPREAD + Math.floor((at - arenas.first[domain]) * SPREAD_SHARE)
  return rows
}

function moveAll(world: World, rows: number): void {
  const { cells, slots } = world
  const { from, to, column } = scratchOf(world)
  const columns: readonly CellColumn[] = [
    cells.position, cells.speed, cells.acceleration, cells.slot, cells.cap, cells.factor, cells.key, cells.noise, cells.length, cells.class, cells.marks,
  ]
  for (const values of columns) {
    for (let row = 0; row < rows; row++) column[row] = values[from[row]]
    for (let row = 0; row < rows; row++) values[to[row]] = column[row]
  }
  for (let row = 0; row < rows; row++) slots.cell[cells.slot[to[row]]] = to[row]
}
type CellColumn = Float64Array | Float32Array | Int32Array | Uint8Array

/** Copies cell `from` over cell `to`. */
function moveCell(world: World, from: number, to: number): void {
  const { position, speed, acceleration, slot, key, cap, factor, noise, length, class: type, marks } = world.cells
  position[to] = position[from]
  speed[to] = speed[from]
  acceleration[to] = acceleration[from]
  slot[to] = slot[from]
  cap[to] = cap[from]
  factor[to] = factor[from]
  key[to] = key[from]
  noise[to] = noise[from]
  length[to] = length[from]
  type[to] = type[from]
  marks[to] = marks[from]
  world.slots.cell[slot[to]] = to
}

/** Makes room behind the last vehicle of a path: closes up to the start of its segment, or takes a new one. */
function makeRoom(world: World, path: number): void {
  const { arenas, index, paths: { first, count, start, end } } = world
  const had = first[path]
  const many = count[path]
  let to = start[path]
  if (had - to <= many >> 2) {
    const domain = index.domains.ofPath[path]
    to = arenas.used[domain]
    const room = Math.min(many + SPARE + (many >> 1), index.cellsMost[path])
    invariant(many < room && to + room <= arenas.first[domain + 1], () => `tick ${world.tick}: no cell is left for vehicle ${many + 1} of path ${path}`)
    arenas.used[domain] = to + room
    start[path] = to
    end[path] = to + room
  }
  for (let k = 0; k < many; k++) moveCell(world, had + k, to + k)
  first[path] = to
}

/**
 * Makes room for a vehicle at `position` of a path, in travel order, and answers its cell. The caller fills it.
 */
export function openCell(world: World, path: number, position: number): number {
  const { first, count, end } = world.paths
  if (first[path] + count[path] === end[path]) makeRoom(world, path)
  let cell = first[path] + count[path]
  const positions = world.cells.position
  while (cell > first[path] && positions[cell - 1] < position) {
    moveCell(world, cell - 1, cell)
    cell--
  }
  if (count[path]++ === 0) Atomics.or(world.active, path >> 5, 1 << (path & 31))
  return cell
}

/** Takes a vehicle out of its path and closes the rank. */
export function closeCell(world: World, path: number, cell: number): void {
  const { first, count, start } = world.paths
  const last = first[path] + count[path] - 1
  if (cell === first[path]) first[path]++
  else for (let at = cell; at < last; at++) moveCell(world, at + 1, at)
  if (--count[path] === 0) {
    Atomics.and(world.active, path >> 5, ~(1 << (path & 31)))
    first[path] = start[path]
  }
}

/** Moves a vehicle to another path, keeping its odometer; answers its new cell. */
export function transferCell(world: World, cell: number, from: number, to: number, position: number, baseShift: number): number {
  const { cells } = world
  const slot = cells.slot[cell]
  const marks = to < world.index.laneRows ? 0 : cells.marks[cell] & CellMark.tied
  carry(cells, cell, hand, 0)
  closeCell(world, from, cell)
  const place = openCell(world, to, position)
  cells.position[place] = position
  carry(hand, 0, cells, place)
  settle(world, slot, place, to, baseShift)
  cells.marks[place] = marks
  return place
}

/** Where a vehicle is while it changes path. */
const hand = createTable(carriedColumns, 1)

/** Copies what a vehicle takes along from path to path. */
export function carry(from: CarriedTable, row: number, to: CarriedTable, place: number): void {
  to.speed[place] = from.speed[row]
  to.acceleration[place] = from.acceleration[row]
  to.factor[place] = from.factor[row]
  to.key[place] = from.key[row]
  to.noise[place] = from.noise[row]
  to.length[place] = from.length[row]
  to.class[place] = from.class[row]
}

/** Ties a slot to the cell on another path that has been filled for it; `baseShift` is where that path starts on the odometer, from the start of the one before. */
export function settle(world: World, slot: number, cell: number, path: number, baseShift: number): void {
  const { cells, slots } = world
  cells.slot[cell] = slot
  cells.cap[cell] = Infinity
  cells.marks[cell] = 0
  slots.cell[slot] = cell
  slots.path[slot] = path
  slots.base[slot] += baseShift
}

/**
 * Whether a path has vehicles. These bits stay in the nearest cache where the table of paths does not, and most paths
 * that one looks at are empty.
 */
export function isActive(active: Uint32Array, path: number): boolean {
  return (active[path >> 5] & (1 << (path & 31))) !== 0
}

/** First path >= `path` with vehicles, or -1. The words at the ends of a domain hold bits of its neighbours too. */
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
