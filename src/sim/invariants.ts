import { invariant } from './core/invariant'
import { ConflictKind } from './network/networkTables'
import { nextActive } from './traffic/cells'
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
  checkPaths(world)
  checkJoints(world)
  checkConflicts(world)
}

function checkConservation(world: World): void {
  const { counts, tick, input } = world
  const [due, waiting, running, arrived, unreachable] = [Count.nextTrip, Count.waiting, Count.running, Count.arrived, Count.unreachable].map(at => counts[at])
  invariant(due === waiting + running + arrived + unreachable,
    () => `tick ${tick}: ${due} departures, but ${waiting} waiting + ${running} running + ${arrived} arrived + ${unreachable} unreachable`)
  invariant(due === input.trips.rows || input.trips.departTick[due] > tick - 1, () => `tick ${tick}: trip row ${due} is overdue`)
}

const name = (world: World, slot: number): string => `trip ${world.input.trips.id[world.slots.trip[slot]]} (slot ${slot})`

function checkPaths(world: World): void {
  const { cells, paths, slots, lanes, index, active, counts, tick } = world
  const { position, speed, length, slot, factor } = cells
  let running = 0
  for (let path = nextActive(active, 0, index.pathRows); path >= 0; path = nextActive(active, path + 1, index.pathRows)) {
    const first = paths.first[path]
    const end = first + paths.count[path]
    running += paths.count[path]
    const reserved = path < index.laneRows ? lanes.reserved[path] : 0
    invariant(reserved >= 0 && reserved <= paths.count[path], () => `tick ${tick}: lane ${path} has ${reserved} reservations and ${paths.count[path]} vehicles`)
    for (let cell = first; cell < end; cell++) {
      const here = slot[cell]
      invariant(slots.trip[here] >= 0 && slots.cell[here] === cell && slots.path[here] === path, () => `tick ${tick}: slot ${here} is not where path ${path} has it`)
      invariant(speed[cell] >= 0 && speed[cell] <= 45 * factor[cell], () => `tick ${tick}: ${name(world, here)} drives ${speed[cell]} m/s on path ${path}`)
      invariant(position[cell] >= 0 && position[cell] <= index.pathLength[path], () => `tick ${tick}: ${name(world, here)} is at ${position[cell]} m of path ${path}, which is ${index.pathLength[path]} m long`)
      if (path < index.laneRows) invariant((slots.reservedTurn[here] >= 0) === (cell < first + reserved), () => `tick ${tick}: reservations of lane ${path} are out of order at ${name(world, here)}`)
      if (cell > first) {
        const gap = position[cell - 1] - length[cell - 1] - position[cell]
        invariant(gap >= -TOLERANCE, () => `tick ${tick}: ${name(world, here)} overlaps ${name(world, slot[cell - 1])} on path ${path}, gap ${gap} m at ${position[cell]} of ${index.pathLength[path]} m, speeds ${speed[cell]} and ${speed[cell - 1]}`)
      }
    }
  }
  invariant(running === counts[Count.running], () => `tick ${tick}: ${running} vehicles on paths, ${counts[Count.running]} counted`)
}

/** A body that reaches back into the paths it came from must be clear of those who are there. */
function checkJoints(world: World): void {
  const { cells, paths, index, active, tick } = world
  for (let path = nextActive(active, 0, index.pathRows); path >= 0; path = nextActive(active, path + 1, index.pathRows)) {
    const tail = paths.first[path] + paths.count[path] - 1
    for (let cell = tail; cell >= paths.first[path]; cell--) {
      let rear = cells.position[cell] - cells.length[cell]
      if (rear >= 0) {
        if (cells.position[cell] > 12) break
        continue
      }
      const slot = cells.slot[cell]
      for (let back = 0; back < 4 && rear < 0; back++) {
        const before = previous(world, slot, back)
        if (before < 0) break
        rear += index.pathLength[before]
        if (paths.count[before] === 0) continue
        const head = paths.first[before]
        invariant(cells.position[head] <= rear + TOLERANCE, () => `tick ${tick}: ${name(world, cells.slot[head])} at ${cells.position[head]} m of path ${before} overlaps ${name(world, slot)} on path ${path}, whose rear is at ${rear} m`)
      }
    }
  }
}

const previous = (world: World, slot: number, back: number): number => {
  const { previous0, previous1, previous2, previous3 } = world.slots
  return back === 0 ? previous0[slot] : back === 1 ? previous1[slot] : back === 2 ? previous2[slot] : previous3[slot]
}

/** Bodies on turns, as lists by turn; kept between calls, since a check runs every tick. */
interface Bodies { readonly head: Int32Array; next: Int32Array; slot: Int32Array; front: Float64Array; rear: Float64Array; used: Int32Array }
const bodiesOf = new WeakMap<World, Bodies>()

function checkConflicts(world: World): void {
  const { index, input, tick } = world
  const { conflicts, turns } = input.network
  const bodies = collectBodies(world)
  for (let at = 0; at < bodies.used.length && bodies.used[at] >= 0; at++) {
    const turn = bodies.used[at]
    for (let row = turns.conflictFirst[turn]; row < turns.conflictFirst[turn] + turns.conflictCount[turn]; row++) {
      const other = conflicts.other[row]
      if (bodies.head[other] < 0 || other < turn) continue
      for (let a = bodies.head[turn]; a >= 0; a = bodies.next[a]) {
        if (bodies.front[a] <= conflicts.start[row] || bodies.rear[a] >= conflicts.end[row]) continue
        for (let b = bodies.head[other]; b >= 0; b = bodies.next[b]) {
          if (bodies.front[b] <= conflicts.otherStart[row] || bodies.rear[b] >= conflicts.otherEnd[row]) continue
          if (bodies.slot[a] === bodies.slot[b]) continue
          const kind = conflicts.kind[row]
          let touch = true
          if (kind === ConflictKind.merging) {
            const [p, q] = [index.pathLength[index.laneRows + turn], index.pathLength[index.laneRows + other]]
            touch = bodies.front[a] - p > bodies.rear[b] - q + TOLERANCE && bodies.front[b] - q > bodies.rear[a] - p + TOLERANCE
          } else if (kind === ConflictKind.diverging)
            touch = bodies.front[a] > bodies.rear[b] + TOLERANCE && bodies.front[b] > bodies.rear[a] + TOLERANCE
          invariant(!touch, () => `tick ${tick}: ${name(world, bodies.slot[a])} on turn ${turn} (${bodies.rear[a]} to ${bodies.front[a]} m) and ${name(world, bodies.slot[b])} on turn ${other} (${bodies.rear[b]} to ${bodies.front[b]} m) are both in their conflict zone, kind ${kind}, node ${turns.node[turn]}`)
        }
      }
    }
  }
}

function collectBodies(world: World): Bodies {
  const { index, cells, paths, active, input } = world
  const rows = input.network.turns.rows
  let bodies = bodiesOf.get(world)
  if (!bodies) {
    const most = 4 * world.capacity
    bodies = { head: new Int32Array(rows).fill(-1), next: new Int32Array(most), slot: new Int32Array(most), front: new Float64Array(most), rear: new Float64Array(most), used: new Int32Array(rows + 1) }
    bodiesOf.set(world, bodies)
  }
  for (let at = 0; at < bodies.used.length && bodies.used[at] >= 0; at++) bodies.head[bodies.used[at]] = -1
  bodies.used.fill(-1)
  let count = 0
  let used = 0
  for (let path = nextActive(active, 0, index.pathRows); path >= 0; path = nextActive(active, path + 1, index.pathRows)) {
    for (let cell = paths.first[path]; cell < paths.first[path] + paths.count[path]; cell++) {
      if (path < index.laneRows && cells.position[cell] >= cells.length[cell]) continue
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
        if (bodies.head[turn] < 0) bodies.used[used++] = turn
        bodies.slot[count] = slot
        bodies.front[count] = front
        bodies.rear[count] = front - cells.length[cell]
        bodies.next[count] = bodies.head[turn]
        bodies.head[turn] = count++
      }
    }
  }
  return bodies
}
