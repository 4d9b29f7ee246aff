import { Merge, TurnKind } from '../network/networkIndex'
import { Control, VehicleClass, Yield } from '../network/networkTables'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { nextActive } from './cells'
import { followAcceleration, lookAhead } from './carFollowing'
import { arrivalTime, clearingTime, forgetCrossings, noteCrossing, passOnCrossings } from './crossing'
import { BRAKING_HARD, drivers, LENGTH_MAX } from './driverTypes'
import { cursorOf, linkAfter, pickTurn } from './turnChoice'
import { advance, type RouteCursor } from './routePool'
import { timeToChange } from './signals'
import { CellMark, MINDS, SlotFlag } from './vehicleTable'

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
  const end = index.domains.laneFirst[domain + 1]
  const reaction = Math.round(REACTION / world.input.dt)
  for (let lane = nextActive(active, index.domains.laneFirst[domain], end); lane >= 0; lane = nextActive(active, lane + 1, end)) {
    if (laneFree[lane]) continue
    if (lanes.reserved[lane] > 0) revoke(world, lane)
    lanes.stop[lane] = 0
    if (lanes.reserved[lane] >= paths.count[lane]) continue
    const cell = paths.first[lane] + lanes.reserved[lane]
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
    let light = lightOf(world, turn)
    const { network } = world.input
    const urgent = slots.class[slot] === VehicleClass.emergency
    if (network.nodes.control[network.turns.node[turn]] === Control.allWay && !(speed < ROLLING && left < AT_LINE) && !(slots.flags[slot] & SlotFlag.forced)) {
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
      slots.waitFor[slot] = world.input.network.turns.group[turn]
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

/** Distance before the end of their lane at which drivers begin to sort themselves into one row with the other lane, m. */
const ZIP_AHEAD = 60

/**
 * Distance from the stop line at which a driver asks to cross: what it takes to stop at 3 m/s2, and a step more. Where
 * lanes zip, far enough to fall in behind whoever goes first before the lanes become one.
 */
function horizon(zips: number, speed: number, dt: number): number {
  const stop = (speed * speed) / 6 + speed * dt + 5
  if (zips === 0) return stop
  const ease = (speed * speed) / (2 * ZIP_BRAKING) + speed + 5
  return ease > ZIP_AHEAD ? ease : ZIP_AHEAD
}

/** Braking with which drivers fall back to open a gap in front of the end of a lane, m/s2. */
export const ZIP_BRAKING = 2

export function lightOf(world: World, turn: number): number {
  const group = world.input.network.turns.group[turn]
  return group < 0 ? Light.green : world.signals.state[group]
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

/** Whoever was to enter the exit lane behind `slot`, who takes `turn`, now follows `ahead`. */
function follow(world: World, slot: number, turn: number, ahead: number, trip: number): void {
  const { slots, lanes, paths, cells, index, input } = world
  const check = (cell: number): void => {
    const other = cells.slot[cell]
    if (slots.leader[other] !== slot) return
    slots.leader[other] = ahead
    slots.leaderTrip[other] = trip
  }
  for (let at = index.mergeFirst[turn] - 1; at < index.mergeFirst[turn + 1]; at++) {
    const other = at < index.mergeFirst[turn] ? turn : index.mergeOther[at]
    const lane = input.network.turns.fromLane[other]
    for (let k = 0; k < lanes.reserved[lane]; k++) check(paths.first[lane] + k)
    const path = index.laneRows + other
    for (let k = 0; k < paths.count[path]; k++) check(paths.first[path] + k)
  }
}

/** Whether a vehicle could enter its exit lane before the one whom it is to follow there: that one has not come to where their ways meet. */
export function canEnterBefore(world: World, slot: number): boolean {
  const { slots, index, input, cells } = world
  const own = slots.reservedTurn[slot]
  const leader = slots.leader[slot]
  if (own < 0 || leader < 0 || slots.trip[leader] !== slots.leaderTrip[slot]) return false
  const other = slots.reservedTurn[leader]
  if (other < 0 || other === own || input.network.turns.fromLane[other] === input.network.turns.fromLane[own]) return false
  for (let at = index.mergeFirst[other]; at < index.mergeFirst[other + 1]; at++)
    if (index.mergeOther[at] === own) return slots.path[leader] < index.laneRows || cells.position[slots.cell[leader]] < index.mergeStart[at]
  return false
}

/** Changes the order in which these two enter their exit lane. */
export function enterBefore(world: World, slot: number): void {
  const { slots, lanes, input } = world
  const leader = slots.leader[slot]
  const exit = input.network.turns.toLane[slots.reservedTurn[slot]]
  if (lanes.entrySlot[exit] === slot) {
    lanes.entrySlot[exit] = leader
    lanes.entryTrip[exit] = slots.trip[leader]
  }
  follow(world, slot, slots.reservedTurn[slot], leader, slots.trip[leader])
  slots.leader[slot] = slots.leader[leader]
  slots.leaderTrip[slot] = slots.leaderTrip[leader]
  slots.leader[leader] = slot
  world.cells.marks[slots.cell[leader]] |= CellMark.tied
  slots.leaderTrip[leader] = slots.trip[slot]
}

/** Who was let into a turn last, as `findLast` found, and his odometer at its start. */
const last = { slot: -1, odometer: 0 }

/** Looks for him: among the first `reserved` of its lane, on the turn, or with his rear on it. */
function findLast(world: World, lane: number, turn: number, reserved: number): void {
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

const roomFor = (type: number): number => drivers.length[type] + 1.5

/** What `refuse` found on its way: conflicts at which the vehicle goes behind somebody, and reservations that it takes. */
const notes = new Int32Array(MINDS)
let noted = 0
const displacedLane = new Int32Array(8)
const displacedFrom = new Int32Array(8)
let displaced = 0

/** Braking, m/s2, that is asked of somebody who loses his reservation to one who crosses before him. */
const DISPLACED_BRAKING = 4

/**
 * Whether a vehicle may be let in although others hold a reservation of the turn that conflict `at` is with, and have
 * not cleared it. Those so far away that he will have crossed before they come, who can still stop, lose it if he is
 * one who looks for gaps; of the rest the last must have cleared the zone before he gets there, or soon after if he has priority: then he slows down for it.
 */
function fitsIn(world: World, lane: number, cell: number, slot: number, turn: number, at: number, left: number, yields: boolean): boolean {
  const { index, lanes, paths, cells, input } = world
  const other = index.crossOther[at]
  const otherLane = input.network.turns.fromLane[other]
  if (otherLane === lane || noted === MINDS) return false
  const room = left + index.crossStart[at]
  if (cells.speed[cell] * cells.speed[cell] > 2 * DISPLACED_BRAKING * (room - 1)) return false
  const keep = yields ? reservationsAhead(world, cell, slot, turn, at, left) : lanes.reserved[otherLane]
  if (keep < lanes.reserved[otherLane]) {
    if (displaced === displacedLane.length || index.pathLength[input.network.turns.toLane[other]] < LENGTH_MAX) return false
    displacedLane[displaced] = otherLane
    displacedFrom[displaced++] = paths.first[otherLane] + keep
  }
  findLast(world, otherLane, other, keep)
  if (last.slot < 0) return true
  const before = world.slots.cell[last.slot]
  const rear = world.slots.base[last.slot] + cells.position[before] - last.odometer - cells.length[before]
  if (rear > index.crossOtherEnd[at]) return true
  if (clearingTime(world, before, other, index.crossOtherEnd[at] - rear) > arrivalTime(world, cell, turn, room) + (yields ? 0 : PRIORITY_WAITS)) return false
  notes[noted++] = at
  return true
}

/** How many of the reservations of the lane that conflict `at` is with stay ahead of a driver who looks for a gap. */
function reservationsAhead(world: World, cell: number, slot: number, turn: number, at: number, left: number): number {
  const { index, lanes, paths, cells, input } = world
  const lane = input.network.turns.fromLane[index.crossOther[at]]
  const gap = gapNeeded(world, cell, slot, turn, at, left)
  let keep = lanes.reserved[lane]
  for (; keep > 0; keep--) {
    const rival = paths.first[lane] + keep - 1
    const speed = cells.speed[rival]
    const stop = index.pathLength[lane] - cells.position[rival]
    if (stop + index.crossOtherStart[at] < gap * (speed > 3 ? speed : 3) || speed * speed > 2 * DISPLACED_BRAKING * (stop - 1)) break
  }
  return keep
}

function refuse(world: World, lane: number, cell: number, slot: number, turn: number, light: number, left: number): number {
  noted = displaced = 0
  const { index, cells, slots, turns, tick } = world
  const { crossFirst, crossOther, crossOtherEnd, crossOtherStart, crossYields } = index
  const kind = index.turnKind[turn]
  if (kind === TurnKind.free) return Wait.none
  const forced = (slots.flags[slot] & SlotFlag.forced) !== 0
  const speed = cells.speed[cell]
  const since = slots.waitSince[slot]
  const canStop = left > (speed * speed) / 6
  for (let at = crossFirst[turn]; at < crossFirst[turn + 1]; at++) {
    const other = crossOther[at]
    const otherLight = lightOf(world, other)
    if (turns.lastSlot[other] >= 0 && rearOfLast(world, other) <= crossOtherEnd[at] && !fitsIn(world, lane, cell, slot, turn, at, left, mustYield(light, otherLight, crossYields[at]))) {
      slots.waitFor[slot] = turns.lastSlot[other]
      return Wait.junctionBusy
    }
    if (forced) continue
    if (crossYields[at] === Yield.byArrival && arrivedBefore(world, lane, slot, other)) return Wait.yield
    if (mustYield(light, otherLight, crossYields[at]) && arrivesSoon(world, slot, other, crossOtherStart[at], gapNeeded(world, cell, slot, turn, at, left))) return Wait.yield
    // Courtesy: who has waited too long goes before those who had priority, if they can still stop.
    if (canStop && turns.starvedTick[other] >= tick - 1 && (since < 0 || turns.starvedSince[other] < since)) {
      slots.waitFor[slot] = -1
      return Wait.yield
    }
  }
  if (!forced && followsTooSoon(world, lane, turn)) return Wait.yield
  const { nodes, turns: table } = world.input.network
  const atGrade = crossFirst[turn + 1] > crossFirst[turn] || (nodes.control[table.node[turn]] !== Control.none && index.turnZips[turn] === 0)
  if (!forced && atGrade && !hasRoom(world, slot, turn)) return Wait.exitFull
  if (!canMerge(world, lane, slot, turn, light, left, speed, forced)) return Wait.yield
  return Wait.none
}

/** All-way stop: whether the first in the lane of turn `other`, who crosses, has stood at his stop line for longer. */
function arrivedBefore(world: World, lane: number, slot: number, other: number): boolean {
  const { input: { network: { nodes, turns } }, lanes, paths, cells, slots, tick } = world
  const otherLane = turns.fromLane[other]
  if (nodes.control[turns.node[other]] !== Control.allWay || lanes.reserved[otherLane] >= paths.count[otherLane]) return false
  const rival = cells.slot[paths.first[otherLane] + lanes.reserved[otherLane]]
  if (slots.nextTurn[rival] !== other || slots.waitSince[rival] < 0 || slots.wait[rival] === Wait.exitFull) return false
  const since = slots.waitSince[slot] < 0 ? tick : slots.waitSince[slot]
  if (slots.waitSince[rival] > since || (slots.waitSince[rival] === since && otherLane > lane)) return false
  slots.waitFor[slot] = rival
  return true
}

/** Signals decide first: permitted yields to green; else the rule of the junction. */
function mustYield(light: number, otherLight: number, rule: number): boolean {
  if (otherLight === Light.red || otherLight === Light.yellow || otherLight === Light.redYellow) return false
  if (light === Light.permitted && otherLight === Light.green) return true
  if (light === Light.green && otherLight === Light.permitted) return false
  return rule === Yield.owner
}

/**
 * Critical gaps and follow-up times, s. Highway Capacity Manual 6th ed., exhibits 20-11 and 20-12: 4.1 and 2.2 for the
 * left turn from the major road; 6.2 and 3.3 right, 6.5 and 4.0 through, 7.1 and 3.5 left from the minor one. The
 * manual's gaps begin when one on the major road passes, these when he has cleared the conflict, and end when the next
 * is about to reach it, so they are shorter by what that takes. After half a minute of waiting they
 * shrink, to half after two minutes (assumed).
 */
export const GAP_MAJOR_LEFT = 2.6
/** Into a roundabout: 5.0 s of headway and follow-up 2.6 s, ch. 22, exhibit 22-18. */
const GAP_ROUNDABOUT = 2.6
export const GAP_MINOR = [3.9, 5.8, 8]
export const FOLLOW_UP_MINOR = [3.3, 4, 3]

function criticalGap(world: World, slot: number, turn: number): number {
  const { turns, nodes } = world.input.network
  const direction = turns.direction[turn]
  const gap = nodes.control[turns.node[turn]] === Control.roundabout ? GAP_ROUNDABOUT : turns.rank[turn] > 1 ? GAP_MINOR[direction > 2 ? 2 : direction] : direction === 0 ? GAP_MINOR[0] : GAP_MAJOR_LEFT
  const since = world.slots.waitSince[slot]
  const waited = since < 0 ? 0 : (world.tick - since) * world.input.dt
  return waited <= 30 ? gap : gap * (waited > 120 ? 0.5 : 1 - (waited - 30) / 180)
}

/** Whether the one before him on a minor road has only just been let in: all stop at the line, and look. */
function followsTooSoon(world: World, lane: number, turn: number): boolean {
  const { index, input, lanes, tick } = world
  const { turns, nodes } = input.network
  if (turns.rank[turn] < 2 || index.turnZips[turn] || nodes.control[turns.node[turn]] !== Control.priority) return false
  const direction = turns.direction[turn]
  return (tick - lanes.letInTick[lane]) * input.dt < FOLLOW_UP_MINOR[direction > 2 ? 2 : direction] - 1e-6
}

/** s by which one with priority may have to slow down for somebody who crosses before him; assumed. */
const EASED = 0.6
/** s by which somebody with priority may be early at a zone that another is leaving, when he is let in. */
const PRIORITY_WAITS = 2

/** s: the critical gap, and almost what it takes him to leave the zone of conflict `at`. */
function gapNeeded(world: World, cell: number, slot: number, turn: number, at: number, left: number): number {
  const critical = criticalGap(world, slot, turn)
  const own = clearingTime(world, cell, turn, left + world.index.crossEnd[at] + world.cells.length[cell])
  return own - EASED > critical ? own - EASED : critical
}

/** True if somebody with priority on turn `other` reaches the conflict at `start` within `gap` s. */
function arrivesSoon(world: World, slot: number, other: number, start: number, gap: number): boolean {
  const { input, index, lanes, paths, cells, slots } = world
  const lane = input.network.turns.fromLane[other]
  const at = lanes.reserved[lane]
  if (at >= paths.count[lane]) return false
  const cell = paths.first[lane] + at
  const major = cells.slot[cell]
  if (slots.nextTurn[major] !== other || slots.wait[major] === Wait.exitFull) return false
  const speed = cells.speed[cell]
  const left = index.pathLength[lane] - cells.position[cell]
  if (speed < 1) {
    if (left > 4 || slots.waitSince[major] >= 0) return false
  }
  const soon = (left + start) < gap * (speed > 3 ? speed : 3)
  if (soon) slots.waitFor[slot] = major
  return soon
}

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/** Room beyond the turn for the whole vehicle, not counting what is promised to others. */
export function hasRoom(world: World, slot: number, turn: number): boolean {
  const { input, index, lanes, paths, cells, slots } = world
  const { turns } = input.network
  const type = slots.class[slot]
  let lane = turns.toLane[turn]
  let need = roomFor(type) + lanes.roomTaken[lane]
  cursorOf(world, slot, cursor)
  advance(world.routes, index, cursor)
  for (;;) {
    if (paths.count[lane] > 0) {
      const tail = paths.first[lane] + paths.count[lane] - 1
      const speed = cells.speed[tail]
      const room = cells.position[tail] - cells.length[tail] + (speed * speed) / 4
      if (room >= need) return true
      slots.waitFor[slot] = cells.slot[tail]
      return false
    }
    need -= index.pathLength[lane]
    if (need <= 0) return true
    const next = advance(world.routes, index, cursor)
    if (next < 0) return true
    const after = pickTurn(world, lane, next, 0xffff, type)
    // That lane does not lead along the route: there he will have to take another turn, which beats standing here.
    if (after < 0) return lanes.roomTaken[turns.toLane[turn]] === 0 && patienceIsOver(world, slot)
    if (index.turnKind[after] !== TurnKind.free) {
      // A stop line closer than a vehicle is long: enter only if nobody else does, and at green; after a while on red too,
      // or two signals a few metres apart that are never green together would shut the way.
      slots.waitFor[slot] = -1
      const light = lightOf(world, after)
      return lanes.roomTaken[turns.toLane[turn]] === 0 && (light === Light.green || light === Light.permitted || patienceIsOver(world, slot))
    }
    const path = index.laneRows + after
    if (paths.count[path] > 0) {
      const tail = paths.first[path] + paths.count[path] - 1
      slots.waitFor[slot] = cells.slot[tail]
      return cells.position[tail] - cells.length[tail] >= need
    }
    need -= index.pathLength[path]
    lane = turns.toLane[after]
  }
}

/** s: for so long drivers wait for room behind a junction before they stop across it; assumed. */
const PATIENCE = 20

function patienceIsOver(world: World, slot: number): boolean {
  const since = world.slots.waitSince[slot]
  return since >= 0 && (world.tick - since) * world.input.dt > PATIENCE
}

/**
 * Merging: vehicles enter a lane in the order in which they were let in, each behind the one before as if it were
 * already in front of it. Who yields waits for a gap; where nobody does, the one nearest to the merge goes first.
 */
function canMerge(world: World, lane: number, slot: number, turn: number, light: number, left: number, speed: number, forced: boolean): boolean {
  const { index, input, lanes, slots, paths, cells, turns: turnState, tick } = world
  const { turns } = input.network
  const own = left + turns.length[turn]
  const since = slots.waitSince[slot]
  if (!forced) {
    for (let at = index.mergeFirst[turn]; at < index.mergeFirst[turn + 1]; at++) {
      const other = index.mergeOther[at]
      const otherLane = turns.fromLane[other]
      if (otherLane === lane) continue
      const otherLight = lightOf(world, other)
      if (otherLight === Light.red || otherLight === Light.yellow) continue
      if (index.mergeYields[at] === Merge.zipper) {
        const place = lanes.reserved[otherLane]
        if (place >= paths.count[otherLane]) continue
        const cell = paths.first[otherLane] + place
        const rival = cells.slot[cell]
        if (slots.nextTurn[rival] !== other) continue
        const rivalLeft = index.pathLength[otherLane] - cells.position[cell]
        const theirs = rivalLeft + turns.length[other]
        if (rivalLeft > horizon(index.turnZips[other], cells.speed[cell], world.input.dt) || slots.wait[rival] === Wait.exitFull || slots.wait[rival] === Wait.junctionBusy) continue
        // Of two at their stop lines the one who waits longer goes first, else the one who is nearer to the merge.
        const theirSince = slots.waitSince[rival] < 0 ? tick : slots.waitSince[rival]
        const ownSince = since < 0 ? tick : since
        const first = rivalLeft < 10 && left < 10 && theirSince !== ownSince ? theirSince < ownSince
          : theirs !== own ? theirs < own : otherLane < lane
        if (first) {
          slots.waitFor[slot] = rival
          return false
        }
      } else {
        const yields = mustYield(light, otherLight, index.mergeYields[at] === Merge.yields ? Yield.owner : Yield.other)
        if (yields && arrivesSoon(world, slot, other, turns.length[other], criticalGap(world, slot, turn))) return false
        if (left > (speed * speed) / 6 && turnState.starvedTick[other] >= tick - 1 && (since < 0 || turnState.starvedSince[other] < since)) return false
      }
    }
  }
  const exit = turns.toLane[turn]
  const before = lanes.entrySlot[exit]
  if (before < 0) return true
  if (slots.trip[before] !== lanes.entryTrip[exit] || slots.reservedTurn[before] < 0 || turns.toLane[slots.reservedTurn[before]] !== exit) return true
  if (turns.fromLane[slots.reservedTurn[before]] === lane) return true
  // Whoever can still fall back is let in at once, and does so on the way.
  if (index.turnZips[turn] && speed * speed < 2 * ZIP_BRAKING * (left - 1)) return true
  const cell = slots.cell[before]
  const gap = own - (slots.exitOdometer[before] - slots.base[before] - cells.position[cell]) - cells.length[cell]
  const lead = cells.speed[cell]
  if (gap > 1 && followAcceleration(gap, speed, lead, 9, slots.class[slot], world.input.dt) > -2.5) return true
  slots.waitFor[slot] = before
  return false
}

function grant(world: World, lane: number, slot: number, turn: number, left: number): void {
  const { lanes, slots, cells, input, index } = world
  const exit = input.network.turns.toLane[turn]
  const odometer = slots.base[slot] + cells.position[slots.cell[slot]] + left
  for (let k = 0; k < displaced; k++) takeBack(world, displacedLane[k], displacedFrom[k])
  let entry = 0
  for (let k = 0; k < noted; k++) {
    const other = index.crossOther[notes[k]]
    if (rearOfLast(world, other) <= index.crossOtherEnd[notes[k]]) noteCrossing(world, slot, entry++, odometer + index.crossStart[notes[k]], other, index.crossOtherEnd[notes[k]])
  }
  lanes.reserved[lane]++
  lanes.letInTick[lane] = world.tick
  lanes.roomTaken[exit] += roomFor(slots.class[slot])
  slots.reservedTurn[slot] = turn
  slots.exitOdometer[slot] = odometer + input.network.turns.length[turn]
  slots.leader[slot] = lanes.entrySlot[exit]
  slots.leaderTrip[slot] = lanes.entryTrip[exit]
  lanes.entrySlot[exit] = slot
  lanes.entryTrip[exit] = slots.trip[slot]
  if (entry > 0 || slots.leader[slot] >= 0) cells.marks[slots.cell[slot]] |= CellMark.tied
  slots.wait[slot] = Wait.none
  slots.waitFor[slot] = -1
  slots.waitSince[slot] = -1
  slots.flags[slot] &= ~SlotFlag.forced
  setLast(world, turn, slot, odometer)
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
