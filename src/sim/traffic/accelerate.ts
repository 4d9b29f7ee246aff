import { TurnKind } from '../network/networkIndex'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { isActive } from './cells'
import { followAcceleration, freeAcceleration, lookAhead } from './carFollowing'
import { accelerationBeforeCrossing } from './crossing'
import { drivers, STANDING } from './driverTypes'
import { beyond, body, bodyAhead, JOINT, lookBeyond, reachesBack } from './bodies'
import { ZIP_BRAKING } from './merging'
import { motionOf } from './motion'
import { advance, type RouteCursor } from './routePool'
import { lightOf } from './signals'
import { CellMark } from './vehicleTable'
import { cursorOf, linkAfter, pickTurn } from './turnChoice'

/**
 * Finds the acceleration of every vehicle of a domain from the state at this tick, for `moveVehicles`. Writes nothing else
 * that it reads. What is not inlined here takes and answers no fractions, for each of them would be allocated.
 */
export function accelerate(world: World, domain: number): void {
  const { index, paths, lanes, cells, input } = world
  const { position, speed, acceleration, factor, noise, length, class: type, marks } = cells
  const { walkAt } = world.links
  const { laneRows, laneFree, pathLength, pathLink } = index
  const { gapMin } = drivers
  const dt = input.dt
  const motion = motionOf(world)
  const { gap, speed: speedAhead, kind: counts } = obstacles
  for (let at = motion.pathFirst[domain]; at < motion.paths; at++) {
    const path = motion.path[at]
    const first = motion.first[at]
    const end = first + motion.count[at]
    const limit = paths.limit[path]
    const gapFactor = paths.gapFactor[path]
    const isLane = path < laneRows
    // Vehicles that hold a reservation may have a leader on another path who enters the same lane before them.
    const reservedEnd = isLane ? first + lanes.reserved[path] : end
    const stops = isLane && !laneFree[path] && lanes.stop[path] !== 0
    const parts = !isLane && index.partFirst[path - laneRows + 1] > index.partFirst[path - laneRows]
    for (let cell = first; cell < end; cell++) {
      const kind = type[cell]
      const v = speed[cell]
      const ahead = cell > first ? position[cell - 1] - length[cell - 1] - position[cell] : pathLength[path] - position[cell] + LINE_ROOM
      if (v === 0 && ahead <= gapMin[kind] && (cell > first ? speed[cell - 1] === 0 : stops && cell === reservedEnd)) {
        // Who stands close behind somebody standing, or at a closed stop line, goes on standing, whatever else there is.
        acceleration[cell] = 0
        continue
      }
      const desired = desiredSpeed(limit, factor[cell], kind)
      const free = freeAcceleration(v, desired, kind)
      const misjudged = misjudgement(noise[cell], v, desired)
      if (cell > first) {
        acceleration[cell] = followAcceleration(ahead, v, speed[cell - 1], free, kind, dt, gapFactor, misjudged)
        if (stops && cell === reservedEnd) stopAcceleration(world, path, cell)
      } else {
        acceleration[cell] = free
        lookForObstacles(world, path, cell, stops && cell === reservedEnd)
        for (let k = 0; k < obstacles.count; k++) {
          const follow = followAcceleration(gap[k], v, speedAhead[k], free, kind, dt, counts[k] === Obstacle.line ? 1 : gapFactor, counts[k] === Obstacle.leader ? misjudged : 0)
          if (follow < acceleration[cell]) acceleration[cell] = follow
        }
      }
      if (cell < reservedEnd && (parts || marks[cell] & CellMark.tied)) crossAcceleration(world, path, cell, parts)
    }
    if (isLane && walkAt[pathLink[path]] > 0) stopForWalkers(world, path, first, end)
  }
}

/** Drivers stop so far before a stop line as if it lay this much further on, m. */
const LINE_ROOM = 0.3

/** Who is first of those that may not cross the stop line, behind others that may, keeps able to stop at it. */
function stopAcceleration(world: World, path: number, cell: number): void {
  const { index, cells, input } = world
  const { acceleration } = cells
  const stop = followAcceleration(index.pathLength[path] - cells.position[cell] + LINE_ROOM, cells.speed[cell], 0, freeOf(world, path, cell), cells.class[cell], input.dt)
  if (stop < acceleration[cell]) acceleration[cell] = stop
}

/** Who comes first of those that can still stop before people on a crossing between junctions does; those behind follow. */
function stopForWalkers(world: World, path: number, first: number, end: number): void {
  const { index, cells, input, links } = world
  const { position, speed, acceleration } = cells
  const link = index.pathLink[path]
  const line = (links.walkAt[link] * index.pathLength[path]) / input.network.links.length[link] - WALKERS_ROOM
  for (let cell = first; cell < end; cell++) {
    const left = line - position[cell]
    if (left < 0 || speed[cell] * speed[cell] > 2 * WALKERS_BRAKING * left) continue
    const stop = followAcceleration(left + LINE_ROOM, speed[cell], 0, freeOf(world, path, cell), cells.class[cell], input.dt)
    if (stop < acceleration[cell]) acceleration[cell] = stop
    return
  }
}
/** m before the middle of a crossing at which drivers stop, and the braking that they accept for it, m/s2. */
const WALKERS_ROOM = 3
const WALKERS_BRAKING = 3

/** Speed that a driver wants where the limit is this, m/s. */
const desiredSpeed = (limit: number, factor: number, kind: number): number =>
  (limit * factor < drivers.speedMax[kind] ? limit * factor : drivers.speedMax[kind])

/** By how much a driver at speed `v` misjudges his acceleration, m/s2. */
const misjudgement = (noise: number, v: number, desired: number): number => (v > STANDING && v < desired ? noise * (1 - v / desired) : 0)

const freeOf = (world: World, path: number, cell: number): number =>
  freeAcceleration(world.cells.speed[cell], desiredSpeed(world.paths.limit[path], world.cells.factor[cell], world.cells.class[cell]), world.cells.class[cell])

/** In a junction, or let into it: minds those on other turns. */
function crossAcceleration(world: World, path: number, cell: number, parts: boolean): void {
  if (world.cells.marks[cell] & CellMark.tied) mergeAcceleration(world, path, cell)
  if (parts) partAcceleration(world, path, cell)
}

/**
 * Follows whoever was let into the same exit lane just before this vehicle, from another turn, and keeps out of the zones
 * that it must not enter yet. Where lanes zip it falls back from afar, gently while there is time, and keeps able to stop
 * at the end of its lane until it is behind the other.
 */
function mergeAcceleration(world: World, path: number, cell: number): void {
  const { slots, cells, input, index } = world
  const { acceleration } = cells
  const dt = input.dt
  const slot = cells.slot[cell]
  const crossing = accelerationBeforeCrossing(world, slot, cell, dt)
  if (crossing < acceleration[cell]) acceleration[cell] = crossing
  const leader = slots.leader[slot]
  if (leader < 0) return
  const turn = slots.reservedTurn[leader]
  const own = slots.reservedTurn[slot]
  if (slots.trip[leader] !== slots.leaderTrip[slot] || turn < 0 || turn === own || own < 0) return
  const { toLane, fromLane } = input.network.turns
  if (toLane[turn] !== toLane[own] || fromLane[turn] === fromLane[own]) return
  const other = slots.cell[leader]
  const ahead = slots.exitOdometer[leader] - slots.base[leader] - cells.position[other]
  const behind = slots.exitOdometer[slot] - slots.base[slot] - cells.position[cell]
  const gap = behind - ahead - cells.length[other]
  const v = cells.speed[cell]
  const kind = cells.class[cell]
  const free = freeOf(world, path, cell)
  const gapFactor = world.paths.gapFactor[path]
  // To the end of its lane; on the turn there is none.
  const left = path < index.laneRows ? index.pathLength[path] - cells.position[cell] : -1
  let a = followAcceleration(gap, v, cells.speed[other], free, kind, dt, gapFactor)
  if (index.turnZips[own] && v * v <= 2 * ZIP_BRAKING_MOST * left) {
    const follow = a
    // Drives so much slower than the other that the gap has opened at the end of the lane.
    const lacking = drivers.gapMin[kind] + v * drivers.timeGap[kind] * gapFactor - gap
    a = (cells.speed[other] - (lacking * v) / (left > 1 ? left : 1) - v) / ZIP_RELAXATION
    if (a < -ZIP_BRAKING) a = -ZIP_BRAKING
    if (a > free) a = free
    if (a < follow) a = follow
    if (gap <= 1 || follow <= -ZIP_BRAKING) {
      const stop = followAcceleration(left + 0.3, v, 0, free, kind, dt)
      if (stop < a) a = stop
    }
  }
  if (a < acceleration[cell]) acceleration[cell] = a
}
/** s in which who falls back comes to the speed for it. */
const ZIP_RELAXATION = 1.5
/** Braking with which he could still stop at the end of his lane, m/s2. */
const ZIP_BRAKING_MOST = 3

/** On a turn: follows a vehicle on a turn from the same lane until the two have parted. */
function partAcceleration(world: World, path: number, cell: number): void {
  const { index, cells, input } = world
  const { partFirst, partOther, partEnd, partOtherEnd } = index
  const { acceleration } = cells
  const turn = path - index.laneRows
  const own = cells.position[cell]
  for (let at = partFirst[turn]; at < partFirst[turn + 1]; at++) {
    if (own > partEnd[at]) continue
    const ahead = bodyAhead(world, partOther[at], own)
    if (ahead < 0 || body.rear >= partOtherEnd[at]) continue
    const follow = followAcceleration(body.rear - own, cells.speed[cell], cells.speed[ahead], freeOf(world, path, cell), cells.class[cell], input.dt)
    if (follow < acceleration[cell]) acceleration[cell] = follow
  }
}

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

/** What the first of a path finds ahead: gaps, m, and speeds, m/s, of leaders and stop lines, and how they count. */
const obstacles = { count: 0, gap: new Float64Array(256), speed: new Float64Array(256), kind: new Uint8Array(256) }
/** `line`: stands for good; `joint`: a body at a joint of paths; `leader`: somebody to follow, whose distance is misjudged. */
const Obstacle = { line: 0, joint: 1, leader: 2 } as const

function note(gap: number, speed: number, kind: number): void {
  const at = obstacles.count++
  obstacles.gap[at] = gap
  obstacles.speed[at] = speed
  obstacles.kind[at] = kind
}

/** Looks along the route of the first vehicle of a path for leaders and stop lines, and limits its acceleration before slow places. */
function lookForObstacles(world: World, path: number, cell: number, stops: boolean): void {
  const { index, active, cells, slots, input, paths } = world
  const { laneRows, pathLength, turnKind } = index
  const { position, speed, acceleration, length } = cells
  const slot = cells.slot[cell]
  const kind = cells.class[cell]
  const v = speed[cell]
  const factor = cells.factor[cell]
  obstacles.count = 0
  let distance = pathLength[path] - position[cell]
  if (stops) note(distance + LINE_ROOM, 0, Obstacle.line)
  const far = lookAhead(v)
  if (distance > far) return
  if (path < laneRows && distance < far) {
    // Whoever left the lane last may still reach back over the stop line.
    if (reachesBack(world, path)) noteBeyond(world, path, distance)
  }
  if (stops) return
  let at = path
  // Most find somebody on their turn or behind it, and need not know where their route goes on from there.
  let placed = false
  if (path < laneRows) {
    const turn = slots.nextTurn[slot]
    if (turn < 0) {
      if (linkAfter(world, slot) >= 0) note(distance + LINE_ROOM, 0, Obstacle.line)
      return
    }
    noteParting(world, turn, distance)
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
          if (brake < acceleration[cell]) { acceleration[cell] = brake; slots.wait[slot] = Wait.curve }
        }
      }
      if (isActive(active, at)) {
        const tail = paths.first[at] + paths.count[at] - 1
        note(distance + position[tail] - length[tail], speed[tail], Obstacle.leader)
        // Who is ahead may be let over the next stop line, or his lane lead on for him, and not for this one.
        const lane = at < laneRows ? at : input.network.turns.toLane[at - laneRows]
        const line = distance + pathLength[at] + (lane === at ? 0 : pathLength[lane])
        if (v * v < 6 * line) return
        if (!placed) placeCursor(world, path, slot)
        const next = advance(world.routes, index, cursor)
        const stop = -(v * v) / (2 * line)
        if (next >= 0 && stop < acceleration[cell] && (!index.laneFree[lane] || pickTurn(world, lane, next, 0xffff, kind) < 0)) acceleration[cell] = stop
        return
      }
      distance += pathLength[at]
      if (distance > far) return
    }
    if (at >= laneRows) {
      at = input.network.turns.toLane[at - laneRows]
      continue
    }
    if (reachesBack(world, at)) noteBeyond(world, at, distance)
    if (!placed) placeCursor(world, path, slot)
    placed = true
    const next = advance(world.routes, index, cursor)
    if (next < 0) return
    const turn = pickTurn(world, at, next, 0xffff, kind)
    if (turn >= 0) noteParting(world, turn, distance)
    if (turn < 0 || turnKind[turn] !== TurnKind.free) {
      const light = turn < 0 ? Light.green : lightOf(world, turn)
      if (light === Light.red || light === Light.yellow) {
        note(distance + LINE_ROOM, 0, Obstacle.line)
        return
      }
      // It may well be let through: only keeps able to stop at 3 m/s2.
      const need = (v * v) / (2 * (distance > 0.5 ? distance : 0.5))
      if (need > 2.5 && -need < acceleration[cell]) acceleration[cell] = -need
      return
    }
    at = laneRows + turn
    if (step > 24) return
  }
}

/** Sets the cursor to the link behind the junction that a vehicle is in or comes to. */
function placeCursor(world: World, path: number, slot: number): void {
  cursorOf(world, slot, cursor)
  if (path < world.index.laneRows) advance(world.routes, world.index, cursor)
}

/** Notes a vehicle that has its rear on the end of a lane, which is `distance` away. */
function noteBeyond(world: World, lane: number, distance: number): void {
  lookBeyond(world, lane)
  if (beyond.gap < JOINT) note(distance + beyond.gap, beyond.speed, Obstacle.joint)
}

/** On a lane: notes a vehicle that has just left it by another turn, until the two have parted. */
function noteParting(world: World, turn: number, distance: number): void {
  const { index, cells } = world
  for (let row = index.partFirst[turn]; row < index.partFirst[turn + 1]; row++) {
    const ahead = bodyAhead(world, index.partOther[row], -1)
    if (ahead >= 0 && body.rear < index.partOtherEnd[row]) note(distance + body.rear, cells.speed[ahead], Obstacle.line)
  }
}
