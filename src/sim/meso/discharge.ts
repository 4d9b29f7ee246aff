import { TurnKind } from '../network/networkIndex'
import { drivers } from '../traffic/driverTypes'
import { Unreachable } from '../worldTypes'
import { freePiece } from './hopPool'
import { joinWaiters, promiseRoom, releaseRoom, turnRing } from './laneRoom'
import { divert, findWay } from './mesoRoutes'
import { isLong, SPACE } from './mesoNetwork'
import { MESO_STEP, MesoCount, type MesoBin, type MesoWorld } from './mesoWorld'
import { addEvent, NO_EVENT, takeEvent } from './timingWheel'

/** A lane whose head may not leave looks again after this long, s, if nobody wakes it. */
const LOOK_AGAIN = 10
/** Standing so long at a full lane, s, a driver looks for another turn; as in the micro engine. */
const DIVERT_SECONDS = 60
/** Headways where lanes that join are overloaded, per those of free flow: 7 % of capacity is lost once a queue stands (HCM 6th ed., ch. 12). */
const DISCHARGE_DROP = 1 / 0.93
/** What one more vehicle in a lane counts in the choice of lanes, s. */
const BEHIND_ONE = 0.3
/** Full lanes are chosen last, closed ones only where there is no other, s. */
const IF_FULL = 1e4
const IF_CLOSED = 1e6
/** Headways behind and before long vehicles, per those of cars (HCM 6th ed., ch. 19: heavy vehicles count for about two cars; less at low shares). */
const LONG_HEADWAY = 1.5
/** A vehicle that came to rest takes longer on its next link, s: half the time lost in reaching 50 km/h at 1.8 m/s2. */
const START_LOSS = 2

/**
 * Works through the events of one step: heads of lanes that may leave, and vehicles that arrive. A head leaves when it
 * has reached the stop line, the headway behind the one before it is over, its light lets it go, those with priority
 * leave it a gap, and the lane that it enters has room: room that a vehicle left has moved up that lane as a kinematic
 * wave, and the headway of its entry is over.
 */
export function dischargeLanes(world: MesoWorld, bin: MesoBin): void {
  const { tick, wheel, lanes, slots, turns, hops, trips, counts, exitTime, index, fixed, input, signals, router } = world
  const { head, tail, outNext, inNext, speed, gapMore, entered, left, due, waitsFor, waiterFirst, promised, blockedSince, wanted, booked, bookedLane, bookedTurn, closed, pass } = lanes
  const { storage, ringFirst, waveTime, crossingTime, turnHeadway, hopFirst, hopTurn } = fixed
  const { ready, entered: enteredAt, from, next, turn: turnOf, hop: hopOf, trip: tripOf, lane: laneOf, size: sizeOf, class: classOf, pace } = slots
  const { goFrom, goUntil, permitted } = signals.groups
  const { gapHeadway, gapDelay, passed } = turns
  const { network } = input
  const { group: groupOf, fromLane, length: turnLength } = network.turns
  const { destinationOffset } = input.trips
  const { turnLink, turnHop, turnKind } = index
  const { length: laneLength, link: linkOf } = network.lanes
  const { laneFirst, laneCount } = network.links
  const now = tick * MESO_STEP
  const windowEnd = now + MESO_STEP
  let moves = 0
  let metres = 0

  for (let event = takeEvent(wheel, tick); event !== NO_EVENT; event = takeEvent(wheel, tick)) {
    if (event < 0) { arrive(world, ~event, bin); continue }
    const lane = event
    if (due[lane] !== tick) continue
    due[lane] = -1
    let diverted = false
    for (;;) {
      const slot = head[lane]
      if (slot < 0) break
      let time = ready[slot]
      if (outNext[lane] > time) time = outNext[lane]
      if (time < now) time = now
      const turn = turnOf[slot]
      const group = groupOf[turn]
      let gives = gapHeadway[turn] > 0
      if (gives && (group < 0 || permitted[group])) {
        const alone = ready[slot] + gapDelay[turn]
        if (time < alone) time = alone
      } else gives = false
      if (time >= windowEnd) { due[lane] = addEvent(wheel, lane, Math.floor(time / MESO_STEP), tick); break }
      if (group >= 0) {
        if (time < goFrom[group]) time = goFrom[group]
        if (time >= goUntil[group]) {
          // Red. Its green wakes it; meanwhile others may have the room that it waited for.
          if (waitsFor[lane] >= 0) releaseRoom(world, lane)
          booked[lane] = -1
          due[lane] = addEvent(wheel, lane, tick + LOOK_AGAIN, tick)
          break
        }
      }
      const bit = 1 << classOf[slot]
      if (router.shut[turnHop[turn]] & bit) {
        if (waitsFor[lane] >= 0) releaseRoom(world, lane)
        booked[lane] = -1
        if (findWay(world, slot, linkOf[lane])) continue
        head[lane] = next[slot]
        leaveRoad(world, slot, lane, now, Unreachable.cutOff)
        continue
      }

      // Of the lanes of the next link that lead on, the one with the shortest wait: for its entry, and behind those in it.
      const nextHop = world.pool.hops[hopOf[slot] + 1]
      const size = sizeOf[slot]
      let to = -1
      let toTurn = -1
      if (booked[lane] >= 0) {
        to = bookedLane[lane]
        toTurn = bookedTurn[lane]
      } else {
        const isLast = nextHop < 0
        const begin = isLast ? laneFirst[turnLink[turn]] : hopFirst[nextHop]
        const end = isLast ? begin + laneCount[turnLink[turn]] : hopFirst[nextHop + 1]
        let least = Infinity
        for (let at = begin; at < end; at++) {
          const candidate = isLast ? at : fromLane[hopTurn[at]]
          const taken = entered[candidate] - left[candidate]
          const wait = (inNext[candidate] > time ? inNext[candidate] : time) + BEHIND_ONE * taken
            + (taken > 0 && taken + size > storage[candidate] ? IF_FULL : 0) + (closed[candidate] & bit ? IF_CLOSED : 0)
          if (wait < least) { least = wait; to = candidate; toTurn = isLast ? -1 : hopTurn[at] }
        }
      }
      const taken = entered[to] - left[to]
      const isFull = taken > 0 && taken + size > storage[to]
      const first = promised[to] >= 0 ? promised[to] : waiterFirst[to]
      if (!pass[lane] && (isFull || (first >= 0 && first !== lane))) {
        if (waitsFor[lane] !== to) {
          if (waitsFor[lane] >= 0) releaseRoom(world, lane)
          joinWaiters(lanes, lane, to)
        } else if (promised[to] === lane) {
          // Too little room for a long vehicle: it is the next one's turn.
          promised[to] = -1
          if (waiterFirst[to] >= 0 && taken < storage[to]) promiseRoom(world, to, windowEnd)
          joinWaiters(lanes, lane, to)
        }
        wanted[lane] = to
        if (blockedSince[lane] < 0) blockedSince[lane] = time
        if (!diverted && time - ready[slot] > DIVERT_SECONDS && time - outNext[lane] > DIVERT_SECONDS && divert(world, slot, lane)) {
          releaseRoom(world, lane)
          booked[lane] = blockedSince[lane] = -1
          diverted = true
          continue
        }
        // A place booked in a lane that turned out full is void, and so are those behind it.
        if (booked[lane] >= 0 && inNext[to] > time) inNext[to] = time
        booked[lane] = -1
        if (turnRing(world, lane, now)) {
          counts[MesoCount.interventions]++
          world.interventions.push(Math.round(now / input.dt), network.turns.node[turn], input.trips.id[tripOf[slot]])
        } else due[lane] = addEvent(wheel, lane, tick + LOOK_AGAIN, tick)
        break
      }
      if (!pass[lane]) {
        const hole = exitTime[ringFirst[to] + ((entered[to] + size - 1) % storage[to])] + waveTime[to]
        if (hole > time) time = hole
      }
      // First come, first served: who has to wait for the headway of the entry books its place.
      const headwayIn = (drivers.timeGap[0] + gapMore[to] + SPACE / speed[to]) * (isLong(classOf[slot]) ? LONG_HEADWAY : 1)
      if (booked[lane] >= 0) {
        if (booked[lane] > time) time = booked[lane]
      } else {
        const contested = inNext[to] > time
        if (contested) time = inNext[to]
        inNext[to] = time + (contested && turnKind[turn] === TurnKind.merge ? headwayIn * DISCHARGE_DROP : headwayIn)
        booked[lane] = time
        bookedLane[lane] = to
        bookedTurn[lane] = toTurn
      }
      if (time >= windowEnd) { due[lane] = addEvent(wheel, lane, Math.floor(time / MESO_STEP), tick); break }
      booked[lane] = -1
      blockedSince[lane] = -1
      pass[lane] = 0

      // Off the lane.
      const long = isLong(classOf[slot])
      let headway = gives && gapHeadway[turn] > turnHeadway[turn] ? gapHeadway[turn] : turnHeadway[turn]
      headway += gapMore[lane]
      if (long) headway *= LONG_HEADWAY
      outNext[lane] = time + headway
      head[lane] = next[slot]
      if (next[slot] < 0) tail[lane] = -1
      for (let k = 0; k < size; k++) exitTime[ringFirst[lane] + (left[lane]++ % storage[lane])] = time
      if (waiterFirst[lane] >= 0 && promised[lane] < 0) promiseRoom(world, lane, time + waveTime[lane])

      // Over the junction.
      const link = linkOf[lane]
      const into = time + crossingTime[turn]
      const spent = into - enteredAt[slot]
      const way = laneLength[lane] - from[slot] + turnLength[turn]
      bin.seconds[link] += spent
      bin.metres[link] += way
      bin.left[link]++
      if (from[slot] === 0) {
        hops.seconds[turnHop[turn]] += spent
        hops.vehicles[turnHop[turn]]++
      }
      trips.distance[tripOf[slot]] += way
      metres += way
      passed[turn]++
      moves++

      // Into the next one.
      const limit = speed[to] * pace[slot]
      const desired = limit < drivers.speedMax[classOf[slot]] ? limit : drivers.speedMax[classOf[slot]]
      entered[to] += size
      const begins = time - ready[slot] > START_LOSS ? into + START_LOSS : into
      enteredAt[slot] = into
      from[slot] = 0
      laneOf[slot] = to
      hopOf[slot]++
      turnOf[slot] = toTurn
      if (nextHop < 0) {
        ready[slot] = begins + destinationOffset[tripOf[slot]] / desired
        addEvent(wheel, ~slot, Math.floor(ready[slot] / MESO_STEP), tick)
      } else {
        ready[slot] = begins + laneLength[to] / desired
        next[slot] = -1
        if (head[to] < 0) {
          head[to] = slot
          due[to] = addEvent(wheel, to, Math.floor(ready[slot] / MESO_STEP), tick)
        } else next[tail[to]] = slot
        tail[to] = slot
      }
      if (waitsFor[lane] >= 0) releaseRoom(world, lane)
      if (waiterFirst[to] >= 0 && promised[to] < 0 && entered[to] - left[to] < storage[to]) promiseRoom(world, to, time)
    }
  }
  counts[MesoCount.moves] += moves
  counts[MesoCount.metres] += metres
}

/** A vehicle reaches its destination. */
function arrive(world: MesoWorld, slot: number, bin: MesoBin): void {
  const { tick, wheel, slots, trips, counts, input } = world
  const time = slots.ready[slot]
  // The wheel holds only so many ticks.
  if (time >= (tick + 1) * MESO_STEP) { addEvent(wheel, ~slot, Math.floor(time / MESO_STEP), tick); return }
  const row = slots.trip[slot]
  const lane = slots.lane[slot]
  const link = input.network.lanes.link[lane]
  const way = Math.max(0, input.trips.destinationOffset[row] - slots.from[slot])
  bin.seconds[link] += time - slots.entered[slot]
  bin.metres[link] += way
  trips.distance[row] += way
  trips.arriveTick[row] = Math.round(time / input.dt)
  counts[MesoCount.metres] += way
  leaveRoad(world, slot, lane, time, Unreachable.none)
}

/** Takes a vehicle off the road, and gives the room that it took to those who wait for it. */
function leaveRoad(world: MesoWorld, slot: number, lane: number, time: number, reason: number): void {
  const { slots, lanes, trips, counts, exitTime, fixed, pool, input } = world
  for (let k = 0; k < slots.size[slot]; k++) exitTime[fixed.ringFirst[lane] + (lanes.left[lane]++ % fixed.storage[lane])] = time
  if (lanes.head[lane] < 0) lanes.tail[lane] = -1
  if (lanes.waiterFirst[lane] >= 0 && lanes.promised[lane] < 0) promiseRoom(world, lane, time + fixed.waveTime[lane])
  if (reason === Unreachable.none) counts[MesoCount.arrived]++
  else {
    trips.unreachable[slots.trip[slot]] = reason
    counts[MesoCount.unreachable]++
    world.unreachableLog.push(slots.trip[slot], Math.round(time / input.dt))
  }
  counts[MesoCount.running]--
  freePiece(pool, slots.route[slot])
  slots.trip[slot] = -1
  slots.next[slot] = counts[MesoCount.slotFree]
  counts[MesoCount.slotFree] = slot
}
