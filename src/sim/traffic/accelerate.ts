import { TurnKind } from '../network/networkIndex'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { isActive } from './cells'
import { accelerationNoise, followAcceleration, freeAcceleration, lookAhead, NOISE_SECONDS } from './carFollowing'
import { accelerationBeforeCrossing } from './crossing'
import { drivers, STANDING } from './driverTypes'
import { beyond, body, bodyAhead, lookBeyond } from './bodies'
import { lightOf, ZIP_BRAKING } from './junctions'
import { gatherPaths } from './motion'
import { advance, type RouteCursor } from './routePool'
import { CellMark } from './vehicleTable'
import { cursorOf, linkAfter, pickTurn } from './turnChoice'

/** Finds the acceleration of every vehicle of a domain from the state at this tick, for `moveVehicles`. Writes nothing else that it reads. */
export function accelerate(world: World, domain: number): void {
  const { index, paths, lanes, cells, input } = world
  const { position, speed, slot, factor, noise, length, class: type, marks } = cells
  const { laneRows, pathLength, laneFree } = index
  const { speedMax, gapMin } = drivers
  const dt = input.dt
  const motion = gatherPaths(world, domain)
  const { seed, trips } = input
  const renew = Math.round(NOISE_SECONDS / dt)
  let row = motion.rowFirst[domain] = motion.rows
  for (let at = motion.pathFirst[domain]; at < motion.paths; at++) {
    const path = motion.path[at]
    const first = motion.first[at]
    const end = first + motion.count[at]
    const limit = paths.limit[path]
    const gapFactor = paths.gapFactor[path]
    const isLane = path < laneRows
    const renews = (world.tick + path) % renew === 0
    // Vehicles that hold a reservation may have a leader on another path who enters the same lane before them.
    const reservedEnd = isLane ? first + lanes.reserved[path] : end
    const stops = isLane && !laneFree[path] && lanes.stop[path] !== 0
    const parts = !isLane && index.partFirst[path - laneRows + 1] > index.partFirst[path - laneRows]
    for (let cell = first; cell < end; cell++) {
      const kind = type[cell]
      const v = speed[cell]
      if (renews) noise[cell] = accelerationNoise(seed, trips.id[world.slots.trip[slot[cell]]], world.tick)
      if (cell > first && v === 0 && speed[cell - 1] === 0 && position[cell - 1] - length[cell - 1] - position[cell] <= gapMin[kind]) {
        // Who stands close behind somebody standing goes on standing, whatever else there is.
        motion.cell[row] = cell
        motion.acceleration[row++] = 0
        continue
      }
      let desired = limit * factor[cell]
      if (desired > speedMax[kind]) desired = speedMax[kind]
      const free = freeAcceleration(v, desired, kind)
      const misjudged = v > STANDING && v < desired ? noise[cell] * (1 - v / desired) : 0
      let a: number
      if (cell > first) {
        const lead = cell - 1
        a = followAcceleration(position[lead] - length[lead] - position[cell], v, speed[lead], free, kind, dt, gapFactor, misjudged)
      } else a = headAcceleration(world, path, cell, free, dt, gapFactor, misjudged, stops && cell === reservedEnd)
      if (cell < reservedEnd) {
        if (marks[cell] & CellMark.tied) {
          const behind = mergeAcceleration(world, slot[cell], cell, isLane ? pathLength[path] - position[cell] : -1, free, dt, gapFactor)
          if (behind < a) a = behind
          const crossing = accelerationBeforeCrossing(world, slot[cell], cell, dt)
          if (crossing < a) a = crossing
        }
        if (parts) {
          const parting = partAcceleration(world, path - laneRows, cell, free, dt)
          if (parting < a) a = parting
        }
      } else if (stops && cell === reservedEnd) {
        const stop = followAcceleration(pathLength[path] - position[cell] + 0.3, v, 0, free, kind, dt)
        if (stop < a) a = stop
      }
      motion.cell[row] = cell
      motion.acceleration[row++] = a
    }
  }
  motion.rowCount[domain] = row - motion.rows
  motion.rows = row
}

/**
 * Follows whoever was let into the same exit lane just before this vehicle, from another turn. Where lanes zip it does
 * so from afar: falls back gently while there is time, and keeps able to stop at the end of its lane (\`left\` m ahead;
 * negative on the turn) until it is behind the other.
 */
function mergeAcceleration(world: World, slot: number, cell: number, left: number, free: number, dt: number, gapFactor: number): number {
  const { slots, cells, input, index } = world
  const leader = slots.leader[slot]
  if (leader < 0) return Infinity
  const turn = slots.reservedTurn[leader]
  const own = slots.reservedTurn[slot]
  if (slots.trip[leader] !== slots.leaderTrip[slot] || turn < 0 || turn === own || own < 0) return Infinity
  const { toLane, fromLane } = input.network.turns
  if (toLane[turn] !== toLane[own] || fromLane[turn] === fromLane[own]) return Infinity
  const other = slots.cell[leader]
  const ahead = slots.exitOdometer[leader] - slots.base[leader] - cells.position[other]
  const behind = slots.exitOdometer[slot] - slots.base[slot] - cells.position[cell]
  const gap = behind - ahead - cells.length[other]
  const v = cells.speed[cell]
  const follow = followAcceleration(gap, v, cells.speed[other], free, cells.class[cell], dt, gapFactor)
  if (!index.turnZips[own] || v * v > 2 * ZIP_BRAKING_MOST * left) return follow
  // Drives so much slower than the other that the gap has opened at the end of the lane.
  const kind = cells.class[cell]
  const w = cells.speed[other]
  const lacking = drivers.gapMin[kind] + v * drivers.timeGap[kind] * gapFactor - gap
  let gentle = (w - (lacking * v) / (left > 1 ? left : 1) - v) / ZIP_RELAXATION
  if (gentle < -ZIP_BRAKING) gentle = -ZIP_BRAKING
  if (gentle > free) gentle = free
  if (gentle < follow) gentle = follow
  if (gap > 1 && follow > -ZIP_BRAKING) return gentle
  const stop = followAcceleration(left + 0.3, v, 0, free, kind, dt)
  return stop < gentle ? stop : gentle
}
/** s in which who falls back comes to the speed for it. */
const ZIP_RELAXATION = 1.5
/** Braking with which he could still stop at the end of his lane, m/s2. */
const ZIP_BRAKING_MOST = 3

/** On a turn: follows a vehicle on a turn from the same lane until the two have parted. */
function partAcceleration(world: World, turn: number, cell: number, free: number, dt: number): number {
  const { index, cells } = world
  const { partFirst, partOther, partEnd, partOtherEnd } = index
  let a = Infinity
  const own = cells.position[cell]
  for (let at = partFirst[turn]; at < partFirst[turn + 1]; at++) {
    if (own > partEnd[at]) continue
    const ahead = bodyAhead(world, partOther[at], own)
    if (ahead < 0 || body.rear >= partOtherEnd[at]) continue
    const follow = followAcceleration(body.rear - own, cells.speed[cell], cells.speed[ahead], free, cells.class[cell], dt)
    if (follow < a) a = follow
  }
  return a
}

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/** Acceleration of the first vehicle of a path: looks along its route for leaders, slow places and stop lines. */
function headAcceleration(world: World, path: number, cell: number, free: number, dt: number, gapFactor: number, noise: number, stops: boolean): number {
  const { index, active, cells, slots, input, paths } = world
  const { laneRows, pathLength, turnKind } = index
  const { position, speed, length } = cells
  const slot = cells.slot[cell]
  const kind = cells.class[cell]
  const v = speed[cell]
  const factor = cells.factor[cell]
  let a = free
  let distance = pathLength[path] - position[cell]
  const far = lookAhead(v)
  if (distance > far) return a
  if (path < laneRows && distance < far) {
    // Whoever left the lane last may still reach back over the stop line.
    lookBeyond(world, path, position[cell])
    if (beyond.gap < distance + 0.5) a = followAcceleration(beyond.gap, v, beyond.speed, free, kind, dt, gapFactor)
  }
  if (stops) return a
  let at = path
  // Most find somebody on their turn or behind it, and need not know where their route goes on from there.
  let placed = false
  if (path < laneRows) {
    const turn = slots.nextTurn[slot]
    if (turn < 0) {
      if (linkAfter(world, slot) < 0) return a
      const stop = followAcceleration(distance + 0.3, v, 0, free, kind, dt)
      return stop < a ? stop : a
    }
    if (index.partFirst[turn + 1] > index.partFirst[turn]) a = partLeader(world, turn, cell, distance, a, free, dt)
    at = laneRows + turn
  }
  for (let step = 0; ; step++) {
    if (at !== path) {
      // Slows down for the limit of what lies ahead.
      const limit = paths.limit[at] * factor
      if (v > limit) {
        const need = (v * v - limit * limit) / (2 * (distance > 0.5 ? distance : 0.5))
        if (need > 1.2) {
          const brake = need > 5 ? -5 : -need
          if (brake < a) { a = brake; slots.wait[slot] = Wait.curve }
        }
      }
      if (isActive(active, at)) {
        const tail = paths.first[at] + paths.count[at] - 1
        const follow = followAcceleration(distance + position[tail] - length[tail], v, speed[tail], free, kind, dt, gapFactor, noise)
        if (follow < a) a = follow
        // Who is ahead may be let over the next stop line, or his lane lead on for him, and not for this one.
        const lane = at < laneRows ? at : input.network.turns.toLane[at - laneRows]
        const line = distance + pathLength[at] + (lane === at ? 0 : pathLength[lane])
        if (v * v < 6 * line || -(v * v) / (2 * line) > a) return a
        if (!placed) placeCursor(world, path, slot)
        const next = advance(world.routes, index, cursor)
        return next >= 0 && (!index.laneFree[lane] || pickTurn(world, lane, next, 0xffff, kind) < 0) ? -(v * v) / (2 * line) : a
      }
      distance += pathLength[at]
      if (distance > far) return a
    }
    if (at >= laneRows) {
      at = input.network.turns.toLane[at - laneRows]
      continue
    }
    lookBeyond(world, at, pathLength[at])
    if (beyond.gap < 0.5) {
      const follow = followAcceleration(distance + beyond.gap, v, beyond.speed, free, kind, dt, gapFactor)
      if (follow < a) a = follow
    }
    if (!placed) placeCursor(world, path, slot)
    placed = true
    const next = advance(world.routes, index, cursor)
    if (next < 0) return a
    const turn = pickTurn(world, at, next, 0xffff, kind)
    if (turn >= 0 && index.partFirst[turn + 1] > index.partFirst[turn]) a = partLeader(world, turn, cell, distance, a, free, dt)
    if (turn < 0 || turnKind[turn] !== TurnKind.free) {
      const light = turn < 0 ? Light.green : lightOf(world, turn)
      if (light === Light.red || light === Light.yellow) {
        const stop = followAcceleration(distance + 0.3, v, 0, free, kind, dt)
        return stop < a ? stop : a
      }
      // It may well be let through: only keeps able to stop at 3 m/s2.
      const need = (v * v) / (2 * (distance > 0.5 ? distance : 0.5))
      if (need > 2.5 && -need < a) a = -need
      return a
    }
    at = laneRows + turn
    if (step > 24) return a
  }
}

/** Sets the cursor to the link behind the junction that a vehicle is in or comes to. */
function placeCursor(world: World, path: number, slot: number): void {
  cursorOf(world, slot, cursor)
  if (path < world.index.laneRows) advance(world.routes, world.index, cursor)
}

/** On a lane: follows a vehicle that has just left it by another turn, until the two have parted. */
function partLeader(world: World, turn: number, cell: number, distance: number, a: number, free: number, dt: number): number {
  const { index, cells } = world
  for (let row = index.partFirst[turn]; row < index.partFirst[turn + 1]; row++) {
    const ahead = bodyAhead(world, index.partOther[row], -1)
    if (ahead < 0 || body.rear >= index.partOtherEnd[row]) continue
    const follow = followAcceleration(distance + body.rear, cells.speed[cell], cells.speed[ahead], free, cells.class[cell], dt)
    if (follow < a) a = follow
  }
  return a
}
