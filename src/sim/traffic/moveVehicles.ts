import { invariant } from '../core/invariant'
import { Light } from '../snapshot'
import { binNow } from '../measures/measures'
import { TurnKind } from '../network/networkIndex'
import { Count, type World } from '../world'
import { Wait } from '../worldTypes'
import { transferCell } from './cells'
import { BRAKING_HARD } from './driverTypes'
import { leaveRoad } from './insertion'
import { enterLane, leaveLane, lightOf, setLast } from './junctions'
import { motionOf } from './motion'
import { advance, type RouteCursor } from './routePool'
import { missTurn } from './rerouting'
import { CellMark } from './vehicleTable'
import { cursorOf, linkAfter, planLanes, planTurn } from './turnChoice'

/** Paths, found while moving, whose head passed their end, and lanes with vehicles that may have arrived: in row order. */
interface Lists { readonly passing: Int32Array; passes: number; readonly arriving: Int32Array; arrivals: number }
const listsByWorld = new WeakMap<World, Lists>()

function listsOf(world: World): Lists {
  let lists = listsByWorld.get(world)
  if (!lists) {
    lists = { passing: new Int32Array(world.index.pathRows), passes: 0, arriving: new Int32Array(world.index.pathRows), arrivals: 0 }
    listsByWorld.set(world, lists)
  }
  return lists
}

/**
 * Moves the vehicles that `accelerate` has listed. Ballistic step: the acceleration holds for the whole step, and a
 * vehicle that would turn back stands instead.
 * Treiber & Kanagaraj (2015), Physica A 419, 183.
 */
export function moveVehicles(world: World): void {
  const { index, cells, slots, counts, input } = world
  const { position, speed, acceleration, slot, cap, marks } = cells
  const { pathLink, pathLength } = index
  const dt = input.dt
  const bin = binNow(world)
  const lists = listsOf(world)
  lists.arrivals = lists.passes = 0
  const motion = motionOf(world)
  let updates = 0
  for (let at = 0; at < motion.paths; at++) updates += motion.count[at]
  for (let row = 0; row < updates; row++) {
    const cell = motion.cell[row]
    const v = speed[cell]
    let a = motion.acceleration[row]
    if (cap[cell] !== Infinity) {
      if (cap[cell] < a) {
        a = cap[cell]
        slots.wait[slot[cell]] = Wait.laneChange
      }
      cap[cell] = Infinity
    }
    let next = v + a * dt
    let way: number
    if (next > 0) way = 0.5 * (v + next) * dt
    else {
      way = a < 0 ? (v * v) / (-2 * a) : 0
      next = 0
      if (a < -BRAKING_HARD - 4 && v > 1) counts[Count.emergencyBrakes]++
    }
    speed[cell] = next
    position[cell] += way
    acceleration[cell] = a
    motion.way[row] = way
    motion.marks[row] = marks[cell]
  }
  let driven = 0
  let row = 0
  for (let at = 0; at < motion.paths; at++) {
    const path = motion.path[at]
    const count = motion.count[at]
    const end = row + count
    let metres = 0
    let seen = 0
    for (; row < end; row++) {
      metres += motion.way[row]
      seen |= motion.marks[row]
    }
    if (seen & CellMark.last) lists.arriving[lists.arrivals++] = path
    if (position[motion.first[at]] > pathLength[path]) lists.passing[lists.passes++] = path
    driven += metres
    const link = pathLink[path]
    bin.vehicleTicks[link] += count
    bin.metres[link] += metres
  }
  counts[Count.updates] += updates
  counts[Count.metres] += driven
}

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/** Hands vehicles whose front has passed the end of their path to the next one, and lets those arrive that are there. */
export function transferVehicles(world: World): void {
  const { index, paths, cells, slots, input, counts } = world
  const { laneRows, pathLength, pathLink } = index
  const bin = binNow(world)
  const lists = listsOf(world)
  for (let at = 0; at < lists.passes; at++) {
    const start = lists.passing[at]
    while (paths.count[start] > 0) {
      let cell = paths.first[start]
      if (cells.position[cell] <= pathLength[start]) break
      const slot = cells.slot[cell]
      let path = start
      while (path >= 0 && cells.position[cell] > pathLength[path]) {
        const past = cells.position[cell] - pathLength[path]
        let to: number
        if (path < laneRows) {
          if (slots.nextTurn[slot] < 0 && linkAfter(world, slot) >= 0) missTurn(world, slot, path, Infinity)
          const turn = slots.nextTurn[slot]
          if (turn < 0 || (slots.reservedTurn[slot] < 0 && index.turnKind[turn] !== TurnKind.free)) {
            // Its trip ends here, or it cannot go on from this lane: held at its end.
            if (linkAfter(world, slot) >= 0) {
              cells.speed[cell] = 0
              counts[Count.emergencyBrakes]++
            }
            cells.position[cell] = pathLength[path]
            break
          }
          to = laneRows + turn
          invariant(lightOf(world, turn) !== Light.red, () => `tick ${world.tick}: trip ${input.trips.id[slots.trip[slot]]} (slot ${slot}) passes the stop line of turn ${turn} at red`)
          leaveLane(world, path, slot)
          bin.left[pathLink[path]]++
          // Who held a reservation was entered when it was granted, and others may be in line behind by now.
          if (slots.reservedTurn[slot] < 0) setLast(world, turn, slot, slots.base[slot] + pathLength[path])
          cursorOf(world, slot, cursor)
          advance(world.routes, index, cursor)
          slots.link[slot] = cursor.link
          slots.routeChunk[slot] = cursor.chunk
          slots.routeCursor[slot] = cursor.at
          slots.nextTurn[slot] = -1
        } else {
          to = input.network.turns.toLane[path - laneRows]
          enterLane(world, to, slot)
        }
        slots.previous3[slot] = slots.previous2[slot]
        slots.previous2[slot] = slots.previous1[slot]
        slots.previous1[slot] = slots.previous0[slot]
        slots.previous0[slot] = path
        cell = transferCell(world, cell, path, to, past, pathLength[path])
        path = to
        if (to < laneRows) {
          planLanes(world, slot)
          planTurn(world, slot, to)
        }
      }
    }
  }
  arriveVehicles(world)
}

/** A vehicle leaves the road where its trip ends, from any lane. */
function arriveVehicles(world: World): void {
  const { paths, cells, slots, index } = world
  const { laneRows, pathLink, pathLength } = index
  const lists = listsOf(world)
  for (let at = 0; at < lists.arrivals; at++) {
    const lane = lists.arriving[at]
    if (lane >= laneRows) continue
    const link = pathLink[lane]
    const last = pathLength[lane] - 0.5
    for (let cell = paths.first[lane]; cell < paths.first[lane] + paths.count[lane]; cell++) {
      if (!(cells.marks[cell] & CellMark.last)) continue
      const slot = cells.slot[cell]
      if (slots.destinationLink[slot] !== link || slots.nextTurn[slot] >= 0) continue
      const offset = slots.destinationOffset[slot]
      if (cells.position[cell] >= (offset < last ? offset : last)) {
        const head = cell === paths.first[lane]
        leaveRoad(world, lane, cell)
        if (!head) cell-- // those behind closed up
      }
    }
  }
}
