import { invariant } from '../core/invariant'
import { Light } from '../snapshot'
import { binNow } from '../measures/measures'
import { TurnKind } from '../network/networkIndex'
import { VehicleClass } from '../network/networkTables'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { carry, closeCell, isActive, openCell, settle, transferCell } from './cells'
import { BRAKING_HARD } from './driverTypes'
import { leaveRoad } from './insertion'
import { enterLane, leaveLane } from './junctions'
import { setLast } from './lastOnTurn'
import { motionOf } from './motion'
import { advance, type RouteCursor } from './routePool'
import { lightOf } from './signals'
import { CellMark } from './vehicleTable'
import { cursorOf, linkAfter, planLanes, planTurn } from './turnChoice'

/**
 * Moves the vehicles of a domain as `accelerate` has found. Ballistic step: the acceleration holds for the whole step, and a
 * vehicle that would turn back stands instead.
 * Treiber & Kanagaraj (2015), Physica A 419, 183.
 */
export function moveVehicles(world: World, domain: number): void {
  const { index, cells, slots, input, astray } = world
  const { position, speed, acceleration, slot, cap, marks } = cells
  const { pathLink, pathLength, laneRows } = index
  const dt = input.dt
  const bin = binNow(world)
  const { tally, passing, arriving, pathFirst } = world.domains
  let arrivals = 0
  let passes = 0
  let emergencyBrakes = 0
  const motion = motionOf(world)
  let updates = 0
  let driven = 0
  const firstPath = motion.pathFirst[domain]
  for (let at = firstPath; at < firstPath + motion.pathCount[domain]; at++) {
    const path = motion.path[at]
    const first = motion.first[at]
    const count = motion.count[at]
    let metres = 0
    let seen = 0
    for (let cell = first; cell < first + count; cell++) {
      seen |= marks[cell]
      const v = speed[cell]
      let a = acceleration[cell]
      if (cap[cell] !== Infinity) {
        if (cap[cell] < a) {
          acceleration[cell] = a = cap[cell]
          slots.wait[slot[cell]] = Wait.laneChange
        }
        cap[cell] = Infinity
      }
      const next = v + a * dt
      if (next > 0) {
        const way = 0.5 * (v + next) * dt
        speed[cell] = next
        position[cell] += way
        metres += way
      } else if (v > 0) {
        const way = (v * v) / (-2 * a)
        speed[cell] = 0
        position[cell] += way
        metres += way
        if (a < -BRAKING_HARD - 4 && v > 1) emergencyBrakes++
      }
    }
    if (!(seen & CellMark.astray) && path < laneRows && isActive(astray, path)) Atomics.and(astray, path >> 5, ~(1 << (path & 31)))
    if (seen & CellMark.last) arriving[pathFirst[domain] + arrivals++] = path
    if (position[first] > pathLength[path]) passing[pathFirst[domain] + passes++] = path
    updates += count
    driven += metres
    const link = pathLink[path]
    bin.vehicleTicks[link] += count
    bin.metres[link] += metres
  }
  tally.updates[domain] = updates
  tally.metres[domain] = driven
  tally.emergencyBrakes[domain] = emergencyBrakes
  tally.passes[domain] = passes
  tally.arrivals[domain] = arrivals
}

/** Hands vehicles whose front has passed the end of their path to the next one; those bound for other domains are posted. */
export function passOn(world: World, domain: number): void {
  const { index, paths, cells } = world
  const { tally, passing, pathFirst } = world.domains
  tally.mailEven[domain] = tally.mailOdd[domain] = 0
  for (let at = pathFirst[domain]; at < pathFirst[domain] + tally.passes[domain]; at++) {
    const path = passing[at]
    while (paths.count[path] > 0 && cells.position[paths.first[path]] > index.pathLength[path])
      if (!followPath(world, domain, path, paths.first[path], 0)) break
  }
}

/** Takes in the vehicles that were posted to a domain in the round before this one, those of each other domain in turn. */
export function takeIn(world: World, domain: number, round: number): void {
  const { cells, index } = world
  const { tally, mail, mailFirst } = world.domains
  const box = mail[(round + 1) & 1]
  const sent = round & 1 ? tally.mailEven : tally.mailOdd
  const out = round & 1 ? tally.mailOdd : tally.mailEven
  out[domain] = 0
  for (let from = 0; from < tally.rows; from++)
    for (let at = mailFirst[from]; at < mailFirst[from] + sent[from]; at++) {
      const to = box.to[at]
      if (index.domains.ofPath[to] !== domain) continue
      const slot = box.slot[at]
      enterLane(world, to, slot)
      const cell = openCell(world, to, box.position[at])
      cells.position[cell] = box.position[at]
      carry(box, at, cells, cell)
      settle(world, slot, cell, to, index.pathLength[box.from[at]])
      planLanes(world, slot)
      planTurn(world, slot, to)
      if (cells.position[cell] > index.pathLength[to]) followPath(world, domain, to, cell, round)
    }
}

/** Whether a round of `takeIn` is left to do, once all domains have done the one before it. */
export function mailIsLeft(world: World, round: number): boolean {
  const { mailEven, mailOdd } = world.domains.tally
  const sent = round & 1 ? mailEven : mailOdd
  for (let domain = 0; domain < sent.length; domain++) if (sent[domain] > 0) return true
  return false
}

function post(world: World, domain: number, cell: number, from: number, to: number, position: number, round: number): void {
  const { cells } = world
  const { tally, mail, mailFirst } = world.domains
  const box = mail[round & 1]
  const out = round & 1 ? tally.mailOdd : tally.mailEven
  const at = mailFirst[domain] + out[domain]++
  invariant(at < mailFirst[domain + 1], () => `tick ${world.tick}: more vehicles leave domain ${domain} than its mail holds`)
  box.position[at] = position
  carry(cells, cell, box, at)
  box.slot[at] = cells.slot[cell]
  box.from[at] = from
  box.to[at] = to
  closeCell(world, from, cell)
}

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/** Follows the way of the head of a path as far as it came in this step. False: it is held at the end of a lane. */
function followPath(world: World, domain: number, start: number, head: number, round: number): boolean {
  const { index, lanes, cells, slots, input } = world
  const { laneRows, pathLength, pathLink } = index
  let cell = head
  const slot = cells.slot[cell]
  let path = start
  while (cells.position[cell] > pathLength[path]) {
    const past = cells.position[cell] - pathLength[path]
    let to: number
    if (path < laneRows) {
      const turn = slots.nextTurn[slot]
      if (turn < 0 || (slots.reservedTurn[slot] < 0 && index.turnKind[turn] !== TurnKind.free)) {
        // Its trip ends here, or it cannot go on from this lane: held at its end.
        if (linkAfter(world, slot) >= 0) {
          cells.speed[cell] = 0
          world.domains.tally.emergencyBrakes[domain]++
        }
        cells.position[cell] = pathLength[path]
        return false
      }
      to = laneRows + turn
      invariant(lightOf(world, turn) !== Light.red || slots.class[slot] === VehicleClass.emergency, () => `tick ${world.tick}: trip ${input.trips.id[slots.trip[slot]]} (slot ${slot}) passes the stop line of turn ${turn} at red`)
      leaveLane(world, path, slot)
      lanes.leftSlot[path] = slot
      lanes.leftTrip[path] = slots.trip[slot]
      lanes.leftOdometer[path] = slots.base[slot] + pathLength[path]
      binNow(world).left[pathLink[path]]++
      // Who held a reservation was entered when it was granted, and others may be in line behind by now.
      if (slots.reservedTurn[slot] < 0) setLast(world, turn, slot, slots.base[slot] + pathLength[path])
      cursorOf(world, slot, cursor)
      advance(world.routes, index, cursor)
      slots.link[slot] = cursor.link
      slots.routeChunk[slot] = cursor.chunk
      slots.routeCursor[slot] = cursor.at
      slots.nextTurn[slot] = -1
    } else to = input.network.turns.toLane[path - laneRows]
    slots.previous3[slot] = slots.previous2[slot]
    slots.previous2[slot] = slots.previous1[slot]
    slots.previous1[slot] = slots.previous0[slot]
    slots.previous0[slot] = path
    if (index.domains.ofPath[to] !== domain) {
      post(world, domain, cell, path, to, past, round)
      return true
    }
    if (to < laneRows) enterLane(world, to, slot)
    cell = transferCell(world, cell, path, to, past, pathLength[path])
    path = to
    if (to < laneRows) {
      planLanes(world, slot)
      planTurn(world, slot, to)
    }
  }
  return true
}

/** Vehicles leave the road where their trips end, from any lane. */
export function arriveVehicles(world: World): void {
  const { paths, cells, slots, index } = world
  const { laneRows, pathLink, pathLength } = index
  const { tally, arriving, pathFirst } = world.domains
  for (let domain = 0; domain < tally.rows; domain++) for (let at = pathFirst[domain]; at < pathFirst[domain] + tally.arrivals[domain]; at++) {
    const lane = arriving[at]
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
