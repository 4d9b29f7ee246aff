import { peopleEngine } from './people/peopleEngine'
import { invariant } from './core/invariant'
import { ConflictKind } from './network/networkTables'
import { nextActive } from './traffic/cells'
import { LENGTH_MAX } from './traffic/driverTypes'
import { Count, type World } from './world'

/** Lengths may touch within rounding, m. */
const TOLERANCE = 1e-6

/**
 * Checks what must hold after every tick, and throws with tick, ids and values where it does not: trips are conserved,
 * nobody overlaps anybody on a path or across the joints of paths, zones where turns conflict are used by one side at
 * a time, speeds are sane, reservations agree with the vehicles that hold them. That nobody passes a stop line at red is
 * checked always, where vehicles pass it.
 */
export function checkInvariants(world: World): void {
  checkConservation(world)
  const bodies = emptyBodies(world)
  const running = checkPaths(world, bodies, 0, world.index.pathRows)
  const { counts, tick } = world
  if (running !== counts[Count.running]) fail(`tick ${tick}: ${running} vehicles on paths, ${counts[Count.running]} counted`)
  checkConflicts(world, bodies)
  if (world.people) peopleEngine().check(world, world.people)
}

/** Ticks within which `checkInTurn` looks at everybody, and at the whole at once. */
const TURN_TICKS = 4
const WHOLE_TICKS = 32

/**
 * What runs check at every tick, for a third of what the whole costs: a quarter of the domains in turn, so that every
 * vehicle is looked at within four ticks, and all at once at every 32nd tick.
 */
export function checkInTurn(world: World): void {
  if (world.tick % WHOLE_TICKS === 0) {
    checkInvariants(world)
    return
  }
  checkConservation(world)
  const { stretches, count } = world.index.domains
  const bodies = emptyBodies(world)
  for (let domain = world.tick % TURN_TICKS; domain < count; domain += TURN_TICKS) {
    for (let at = 4 * domain; at < 4 * domain + 4; at += 2) checkPaths(world, bodies, stretches[at], stretches[at + 1])
    // Who has left a turn into another domain may still reach back over it.
    for (const lane of lanesBeyond(world)[domain]) checkStart(world, lane, bodies)
  }
  checkConflicts(world, bodies)
}

const beyond = new WeakMap<World, readonly (readonly number[])[]>()

/** Lanes that each domain's turns lead to and that lie in others. */
function lanesBeyond(world: World): readonly (readonly number[])[] {
  let lanes = beyond.get(world)
  if (!lanes) {
    const { index: { domains: { count, turnFirst, ofPath } }, input: { network: { turns } } } = world
    lanes = Array.from({ length: count }, (_, domain) => [...new Set(turns.toLane.subarray(turnFirst[domain], turnFirst[domain + 1]))].filter(lane => ofPath[lane] !== domain))
    beyond.set(world, lanes)
  }
  return lanes
}

function checkConservation(world: World): void {
  const { counts, tick, input } = world
  const [scheduled, called, waiting, running, arrived, unreachable] = [Count.nextTrip, Count.called, Count.waiting, Count.running, Count.arrived, Count.unreachable].map(at => counts[at])
  const due = scheduled + called
  invariant(due === waiting + running + arrived + unreachable,
    () => `tick ${tick}: ${due} departures, but ${waiting} waiting + ${running} running + ${arrived} arrived + ${unreachable} unreachable`)
  invariant(scheduled === input.trips.rows || input.trips.departTick[scheduled] > tick - 1, () => `tick ${tick}: trip row ${scheduled} is overdue`)
}

const name = (world: World, slot: number): string => `trip ${world.input.trips.id[world.slots.trip[slot]]} (slot ${slot})`

/** One loop over paths, for most have one vehicle or two; answers how many vehicles they have. */
function checkPaths(world: World, bodies: Bodies, from: number, to: number): number {
  const { active, cells, paths, slots, lanes, index, tick } = world
  const { position, speed, length, slot, factor } = cells
  const { cell: cellOf, path: pathOf, reservedTurn } = slots
  const { first: firstOf, count: countOf } = paths
  const { laneRows, pathLength } = index
  let running = 0
  for (let path = nextActive(active, from, to); path >= 0; path = nextActive(active, path + 1, to)) {
    const first = firstOf[path]
    const count = countOf[path]
    const end = first + count
    const isLane = path < laneRows
    const reserved = isLane ? lanes.reserved[path] : 0
    const most = pathLength[path]
    running += count
    if (reserved < 0 || reserved > count) fail(`tick ${tick}: lane ${path} has ${reserved} reservations and ${count} vehicles`)
    let room = most // front bumpers may be this far along: the end of the path, then the rear of the one before
    for (let cell = first; cell < end; cell++) {
      const here = slot[cell]
      const at = position[cell]
      // A slot that nobody has is on no path.
      if (cellOf[here] !== cell || pathOf[here] !== path) fail(`tick ${tick}: slot ${here} is not where path ${path} has it`)
      if (!(speed[cell] >= 0 && speed[cell] <= 45 * factor[cell])) fail(`tick ${tick}: ${name(world, here)} drives ${speed[cell]} m/s on path ${path}`)
      if (!(at >= 0 && at <= most)) fail(`tick ${tick}: ${name(world, here)} is at ${at} m of path ${path}, which is ${most} m long`)
      if (at > room + TOLERANCE) fail(`tick ${tick}: ${name(world, here)} overlaps ${name(world, slot[cell - 1])} on path ${path}, gap ${room - at} m at ${at} of ${most} m, speeds ${speed[cell]} and ${speed[cell - 1]}`)
      if (isLane && reservedTurn[here] >= 0 !== cell < first + reserved) fail(`tick ${tick}: reservations of lane ${path} are out of order at ${name(world, here)}`)
      room = at - length[cell]
    }
    // Of those on a lane only the last can still reach back over its start; on a turn everybody is in somebody's way.
    if (!isLane || room < 0) checkStart(world, path, bodies)
  }
  return running
}

function fail(message: string): never {
  throw new Error(`invariant: ${message}`)
}

/** Those at the start of a path may reach back into the paths they came from; there they must be clear of others. */
function checkStart(world: World, path: number, bodies: Bodies): void {
  const { cells, paths, index } = world
  // Of those on a lane only the last can still reach back over its start; on a turn everybody is in somebody's way.
  const reach = path < index.laneRows ? LENGTH_MAX : Infinity
  for (let cell = paths.first[path] + paths.count[path] - 1; cell >= paths.first[path] && cells.position[cell] < reach; cell--) {
    const rear = cells.position[cell] - cells.length[cell]
    if (rear < 0) checkJoints(world, path, cell, rear)
    if (rear < 0 || path >= index.laneRows) addBody(world, bodies, path, cell)
  }
}

function checkJoints(world: World, path: number, cell: number, rearOnPath: number): void {
  const { cells, paths, index, tick } = world
  const slot = cells.slot[cell]
  let rear = rearOnPath
  for (let back = 0; back < 4 && rear < 0; back++) {
    const before = previous(world, slot, back)
    if (before < 0) break
    rear += index.pathLength[before]
    if (paths.count[before] === 0) continue
    const head = paths.first[before]
    if (cells.position[head] > rear + TOLERANCE) fail(`tick ${tick}: ${name(world, cells.slot[head])} at ${cells.position[head]} m of path ${before} overlaps ${name(world, slot)} on path ${path}, whose rear is at ${rear} m`)
  }
}

const previous = (world: World, slot: number, back: number): number => {
  const { previous0, previous1, previous2, previous3 } = world.slots
  return back === 0 ? previous0[slot] : back === 1 ? previous1[slot] : back === 2 ? previous2[slot] : previous3[slot]
}

/** Bodies on turns, as lists by turn; kept between calls, since a check may run every tick. */
interface Bodies {
  readonly head: Int32Array
  readonly next: Int32Array
  readonly slot: Int32Array
  readonly front: Float64Array
  readonly rear: Float64Array
  /** Turns with a body. */
  readonly used: Int32Array
  usedCount: number
  count: number
}
const bodiesOf = new WeakMap<World, Bodies>()

function emptyBodies(world: World): Bodies {
  let bodies = bodiesOf.get(world)
  if (!bodies) {
    const rows = world.input.network.turns.rows
    const most = 5 * world.capacity
    bodies = {
      head: new Int32Array(rows).fill(-1), next: new Int32Array(most), slot: new Int32Array(most), front: new Float64Array(most), rear: new Float64Array(most),
      used: new Int32Array(rows), usedCount: 0, count: 0,
    }
    bodiesOf.set(world, bodies)
  }
  for (let at = 0; at < bodies.usedCount; at++) bodies.head[bodies.used[at]] = -1
  bodies.usedCount = bodies.count = 0
  return bodies
}

/** Notes a body on its own turn and on those that it still reaches back into. */
function addBody(world: World, bodies: Bodies, path: number, cell: number): void {
  const { cells, index } = world
  const slot = cells.slot[cell]
  let front = cells.position[cell]
  let on = path
  for (let back = -1; back < 4; back++) {
    if (back >= 0) {
      on = previous(world, slot, back)
      if (on < 0) break
      front += index.pathLength[on]
      if (front - cells.length[cell] >= index.pathLength[on]) break
    }
    if (on < index.laneRows) continue
    const turn = on - index.laneRows
    if (bodies.head[turn] < 0) bodies.used[bodies.usedCount++] = turn
    const at = bodies.count++
    bodies.slot[at] = slot
    bodies.front[at] = front
    bodies.rear[at] = front - cells.length[cell]
    bodies.next[at] = bodies.head[turn]
    bodies.head[turn] = at
  }
}

function checkConflicts(world: World, bodies: Bodies): void {
  const { index, input, tick } = world
  const { conflicts, turns } = input.network
  const { head } = bodies
  for (let at = 0; at < bodies.usedCount; at++) {
    const turn = bodies.used[at]
    for (let row = turns.conflictFirst[turn]; row < turns.conflictFirst[turn] + turns.conflictCount[turn]; row++) {
      const other = conflicts.other[row]
      if (other < turn || head[other] < 0) continue
      for (let a = head[turn]; a >= 0; a = bodies.next[a]) {
        if (bodies.front[a] <= conflicts.start[row] || bodies.rear[a] >= conflicts.end[row]) continue
        for (let b = head[other]; b >= 0; b = bodies.next[b]) {
          if (bodies.front[b] <= conflicts.otherStart[row] || bodies.rear[b] >= conflicts.otherEnd[row]) continue
          if (bodies.slot[a] === bodies.slot[b]) continue
          const kind = conflicts.kind[row]
          let touch = true
          if (kind === ConflictKind.merging) {
            const [p, q] = [index.pathLength[index.laneRows + turn], index.pathLength[index.laneRows + other]]
            touch = bodies.front[a] - p > bodies.rear[b] - q + TOLERANCE && bodies.front[b] - q > bodies.rear[a] - p + TOLERANCE
          } else if (kind === ConflictKind.diverging)
            touch = bodies.front[a] > bodies.rear[b] + TOLERANCE && bodies.front[b] > bodies.rear[a] + TOLERANCE
          if (touch) fail(`tick ${tick}: ${name(world, bodies.slot[a])} on turn ${turn} (${bodies.rear[a]} to ${bodies.front[a]} m) and ${name(world, bodies.slot[b])} on turn ${other} (${bodies.rear[b]} to ${bodies.front[b]} m) are both in their conflict zone, kind ${kind}, node ${turns.node[turn]}`)
        }
      }
    }
  }
}
