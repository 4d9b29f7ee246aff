import { Control, VehicleClass } from '../network/networkTables'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { nextActive } from './cells'
import { lookAhead } from './carFollowing'
import { forgetCrossings, passOnCrossings } from './crossing'
import { BRAKING_HARD } from './driverTypes'
import { findLast, last, setLast } from './lastOnTurn'
import { follow, horizon, ZIP_AHEAD } from './merging'
import { displaced, noteCrossings, refuse, roomFor } from './refusals'
import { lightOf, timeToChange } from './signals'
import { linkAfter } from './turnChoice'
import { CellMark, SlotFlag } from './vehicleTable'

/** s from green until the first in the queue sets off; steps of half a second and more delay him by as much themselves. */
const REACTION = 0.2

/**
 * Who may cross a stop line. A vehicle that comes near one asks for a reservation of its turn; it holds it until its
 * rear has left the turn. It is granted in order along a lane, one a tick, if the light lets it go, nobody who holds a
 * reservation is in the way, those with priority leave a gap, and (where it would block others) the exit lane has room.
 * Without a reservation the stop line is a standing obstacle.
 */
export function reserveTurns(world: World, domain: number): void {
  const { index, active, paths, lanes, cells, slots } = world
  const { laneFree, pathLength } = index
  const { network } = world.input
  const { state } = world.signals
  const end = index.domains.laneFirst[domain + 1]
  const reaction = Math.round(REACTION / world.input.dt)
  for (let lane = nextActive(active, index.domains.laneFirst[domain], end); lane >= 0; lane = nextActive(active, lane + 1, end)) {
    if (laneFree[lane]) continue
    if (lanes.reserved[lane] > 0) revoke(world, lane)
    lanes.stop[lane] = 0
    const reserved = lanes.reserved[lane]
    if (reserved >= paths.count[lane]) continue
    const cell = paths.first[lane] + reserved
    const left = pathLength[lane] - cells.position[cell]
    const speed = cells.speed[cell]
    if (left > ZIP_AHEAD && left > lookAhead(speed)) continue // nothing at the stop line concerns it yet
    const slot = cells.slot[cell]
    const turn = slots.nextTurn[slot]
    if (turn < 0) {
      // Its trip ends on this link, or it is not in a lane of its route and has to change first.
      if (linkAfter(world, slot) >= 0) {
        lanes.stop[lane] = 1
        slots.wait[slot] = Wait.laneChange
      }
      continue
    }
    const group = network.turns.group[turn]
    let light = group < 0 ? Light.green : state[group]
    const urgent = cells.class[cell] === VehicleClass.emergency
    if (group < 0 && network.nodes.control[network.turns.node[turn]] === Control.allWay && !(speed < ROLLING && left < AT_LINE) && !(slots.flags[slot] & SlotFlag.forced)) {
      // All-way stop: the order of arrival is that of stopping.
      lanes.stop[lane] = 1
      slots.wait[slot] = Wait.yield
      slots.waitFor[slot] = slots.waitSince[slot] = -1
      continue
    }
    const held = light === Light.red || light === Light.yellow || light === Light.redYellow
    if (held && !(urgent && speed < RED_SPEED)) {
      lanes.stop[lane] = 1
      slots.wait[slot] = Wait.signal
      slots.waitFor[slot] = group
      slots.waitSince[slot] = -1
      continue
    }
    if (held) light = Light.permitted
    if (left > horizon(index.turnZips[turn], speed, world.input.dt)) continue
    if (slots.wait[slot] === Wait.signal && !urgent && speed < 1 && reaction > 0) {
      if (slots.waitSince[slot] < 0) slots.waitSince[slot] = world.tick
      if (world.tick - slots.waitSince[slot] < reaction) { lanes.stop[lane] = 1; continue }
    }
    const refusal = refuse(world, lane, cell, slot, turn, light, left)
    if (refusal === Wait.none) grant(world, lane, slot, turn, left)
    else {
      lanes.stop[lane] = 1
      slots.wait[slot] = refusal
      if (slots.waitSince[slot] < 0) slots.waitSince[slot] = world.tick
      if (refusal === Wait.yield || refusal === Wait.junctionBusy) markStarved(world, slot, turn)
    }
  }
}

/** Speed to which emergency vehicles slow down before they pass a red light, m/s; assumed (20 km/h). */
const RED_SPEED = 20 / 3.6

/** Who is so near to the stop line, m, and so slow, m/s, has stopped there: most only roll so slowly that they could. */
const AT_LINE = 4
const ROLLING = 1.4

function grant(world: World, lane: number, slot: number, turn: number, left: number): void {
  const { lanes, slots, cells, input } = world
  const exit = input.network.turns.toLane[turn]
  const odometer = slots.base[slot] + cells.position[slots.cell[slot]] + left
  for (let k = 0; k < displaced.count; k++) takeBack(world, displaced.lane[k], displaced.from[k])
  const crossings = noteCrossings(world, slot, odometer)
  lanes.reserved[lane]++
  lanes.letInTick[lane] = world.tick
  lanes.roomTaken[exit] += roomFor(slots.class[slot])
  slots.reservedTurn[slot] = turn
  slots.exitOdometer[slot] = odometer + input.network.turns.length[turn]
  slots.leader[slot] = lanes.entrySlot[exit]
  slots.leaderTrip[slot] = lanes.entryTrip[exit]
  lanes.entrySlot[exit] = slot
  lanes.entryTrip[exit] = slots.trip[slot]
  if (crossings > 0 || slots.leader[slot] >= 0) cells.marks[slots.cell[slot]] |= CellMark.tied
  slots.wait[slot] = Wait.none
  slots.waitFor[slot] = -1
  slots.waitSince[slot] = -1
  slots.flags[slot] &= ~SlotFlag.forced
  setLast(world, turn, slot, odometer)
}

/** Takes reservations back where the light changed and the vehicle can still stop. */
function revoke(world: World, lane: number): void {
  const { paths, lanes, cells, slots, index, input } = world
  const first = paths.first[lane]
  for (let at = 0; at < lanes.reserved[lane]; at++) {
    const cell = first + at
    const turn = slots.reservedTurn[cells.slot[cell]]
    const light = lightOf(world, turn)
    if (light === Light.green || light === Light.permitted || slots.class[cells.slot[cell]] === VehicleClass.emergency) continue
    const left = index.pathLength[lane] - cells.position[cell]
    const speed = cells.speed[cell]
    const ahead = at > 0 ? Math.min(speed, cells.speed[cell - 1]) : speed
    if (light === Light.yellow) {
      const time = timeToChange(world, input.network.groups.program[input.network.turns.group[turn]])
      const mustBrake = (speed * speed) / (2 * Math.max(left, 0.1))
      if (mustBrake > 2.5 && left < ahead * (time - 0.5)) continue
      if (mustBrake > BRAKING_HARD && left < speed * (time - 0.1)) continue
    }
    takeBack(world, lane, cell)
    return
  }
}

/** Takes the reservations of a lane back from `cell` on; their vehicles have not passed its stop line. */
export function takeBack(world: World, lane: number, cell: number): void {
  const { lanes, cells, paths } = world
  const first = paths.first[lane]
  while (first + lanes.reserved[lane] > cell) {
    lanes.reserved[lane]--
    giveBack(world, lane, cells.slot[first + lanes.reserved[lane]])
  }
}

function giveBack(world: World, lane: number, slot: number): void {
  const { slots, turns, lanes } = world
  const turn = slots.reservedTurn[slot]
  const exit = world.input.network.turns.toLane[turn]
  slots.reservedTurn[slot] = -1
  lanes.roomTaken[exit] = Math.max(0, lanes.roomTaken[exit] - roomFor(slots.class[slot]))
  if (lanes.entrySlot[exit] === slot) {
    lanes.entrySlot[exit] = slots.leader[slot]
    lanes.entryTrip[exit] = slots.leaderTrip[slot]
  }
  follow(world, slot, turn, slots.leader[slot], slots.leaderTrip[slot])
  slots.leader[slot] = -1
  forgetCrossings(world, slot)
  if (turns.lastSlot[turn] === slot) {
    findLast(world, lane, turn, lanes.reserved[lane])
    if (last.slot < 0) turns.lastSlot[turn] = -1
    else setLast(world, turn, last.slot, last.odometer)
  }
  passOnCrossings(world, slot, turn)
}

/** The front of a vehicle passed the stop line of `lane`. */
export function leaveLane(world: World, lane: number, slot: number): void {
  if (world.slots.reservedTurn[slot] >= 0) world.lanes.reserved[lane]--
}

/** The front of a vehicle entered the exit lane of its turn. */
export function enterLane(world: World, lane: number, slot: number): void {
  const { slots, lanes } = world
  if (slots.reservedTurn[slot] < 0) return
  slots.reservedTurn[slot] = -1
  slots.leader[slot] = -1
  forgetCrossings(world, slot)
  lanes.roomTaken[lane] -= roomFor(slots.class[slot])
  if (lanes.roomTaken[lane] < 0.001) lanes.roomTaken[lane] = 0
  if (lanes.entrySlot[lane] === slot) lanes.entrySlot[lane] = -1
}

/** After this long at a stop line, s, others hold back for a driver who has to give way. */
const STARVED_SECONDS = 60

function markStarved(world: World, slot: number, turn: number): void {
  const urgent = world.slots.class[slot] === VehicleClass.emergency // the others hold back at once
  const since = urgent ? -1 : world.slots.waitSince[slot]
  if (!urgent && (world.tick - since) * world.input.dt < STARVED_SECONDS) return
  world.turns.starvedTick[turn] = world.tick
  world.turns.starvedSince[turn] = since
}
