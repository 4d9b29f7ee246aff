import { TurnKind } from '../network/networkIndex'
import { drivers } from '../traffic/driverTypes'
import { Unreachable } from '../worldTypes'
import { releaseSlot } from './departures'
import { freePiece, HOP } from './hopPool'
import { joinWaiters, promiseRoom, releaseRoom, turnRing } from './laneRoom'
import { isLong, SATURATION_HEADWAY, unitsOf } from './mesoNetwork'
import { divert, findWay, missTurn } from './mesoRoutes'
import { Group, GROUP_BYTES, LANE_BYTES, Lane, Slot, SLOT_BYTES, Turn, TURN_BYTES } from './mesoTables'
import { queueSpeed, speedAfter, speedFromQueue, travelTime } from './motion'
import { START_UP_LOST } from './mesoSignals'
import { MESO_STEP, MesoCount, type MesoBin, type MesoWorld } from './mesoWorld'
import { addEvent, NO_EVENT, takeEvent } from './timingWheel'
import { waitForGap } from './yields'

const LANE_WORDS = LANE_BYTES / 4, LANE_DOUBLES = LANE_BYTES / 8
const SLOT_WORDS = SLOT_BYTES / 4, SLOT_DOUBLES = SLOT_BYTES / 8
const TURN_WORDS = TURN_BYTES / 4, TURN_DOUBLES = TURN_BYTES / 8
const GROUP_WORDS = GROUP_BYTES / 4, GROUP_DOUBLES = GROUP_BYTES / 8

/** A lane whose head may not leave looks again after this long, s, if nobody wakes it. */
const LOOK_AGAIN = 10
const LOOK_AT_RED = 300
/** So long, s, one tries to get out of a lane that does not lead along his route before he takes a turn of it. */
const MISSED_SECONDS = 10
/** Standing so long at a full lane, s, a driver looks for another turn; as in the micro engine. */
const DIVERT_SECONDS = 60
/** Headways where lanes that join are overloaded, per those of free flow: 7 % of capacity is lost once a queue stands (HCM 6th ed., ch. 12). */
const DISCHARGE_DROP = 1 / 0.93
/** What one more vehicle in a lane counts in the choice of lanes, s. */
const BEHIND_ONE = 0.3
/** Of its storage: in a lane with less than this the wave of the room that is taken next has come up, as no more leave within it than one every 1.6 s. */
const FAR_FROM_FULL = 0.25
/** Full lanes are chosen last, closed ones only where there is no other, s. */
const IF_FULL = 1e4
const IF_CLOSED = 1e6
/** A lane that leads on, but less far: on links too short to change lanes it is no choice, on longer ones it costs a little, s. */
const IF_STRANGE = 1e5
/** So long, s, drivers wait for such a lane before they take another; as in the micro engine, where they stop across a junction then. */
const PATIENCE = 20
const IF_ASTRAY = 1.5
const CHANGE_LENGTH = 60
/** Headways behind and before long vehicles, per those of cars (HCM 6th ed., ch. 19: heavy vehicles count for about two cars; less at low shares). */
const LONG_HEADWAY = 1.5
/** Who waits longer than this at the stop line starts from a queue, s. */
const HELD = 0.5

/**
 * Works through the events of one step: heads of lanes that may leave, and vehicles that arrive. A head leaves when it
 * has reached the stop line, the headway behind the one before it is over, its light lets it go, those with priority
 * leave it a gap, and the lane that it enters has room: room that a vehicle left has moved up that lane as a kinematic
 * wave, and the headway of its entry is over.
 */
export function dischargeLanes(world: MesoWorld, bin: MesoBin): void {
  const { tick, wheel, counts, exitTime, fixed: { hopLaneTurn }, router: { shut }, pool, input, index: { reachFirst } } = world
  const { i32: laneI, f32: laneF, f64: laneD } = world.lanes
  const { i32: slotI, f32: slotF, f64: slotD } = world.slots
  const { i32: turnI, f32: turnF, f64: turnD } = world.turns
  const { i32: groupI, f64: groupD } = world.signals.groups
  const { head, tail, entered, left, storage, ringFirst, waiterFirst, promised, due, closed, inNext, outNext, booked, blockedSince, waitsFor, pass } = Lane
  const { seconds, lastPass, passed, toFirst, toCount } = Turn
  const now = tick * MESO_STEP
  const windowEnd = now + MESO_STEP
  let moves = 0
  let metres = 0

  for (let event = takeEvent(wheel, tick); event !== NO_EVENT; event = takeEvent(wheel, tick)) {
    if (event < 0) { arrive(world, ~event, bin); continue }
    const lane = event
    const at = lane * LANE_WORDS
    const atD = lane * LANE_DOUBLES
    if (laneI[at + due] !== tick) continue
    laneI[at + due] = -1
    let diverted = false
    for (;;) {
      const slot = laneI[at + head]
      if (slot < 0) break
      const own = slot * SLOT_WORDS
      const ownD = slot * SLOT_DOUBLES
      const ready = slotD[ownD + Slot.ready]
      let time = ready > laneD[atD + outNext] ? ready : laneD[atD + outNext]
      const front = time
      if (time < now) time = now
      if (time >= windowEnd) { laneI[at + due] = addEvent(wheel, lane, Math.floor(time / MESO_STEP), tick); break }
      const turn = slotI[own + Slot.turn]
      const by = turn * TURN_WORDS
      const group = turnI[by + Turn.group]
      if (group >= 0) {
        if (time < groupD[group * GROUP_DOUBLES + Group.goFrom]) time = groupD[group * GROUP_DOUBLES + Group.goFrom]
        if (time >= groupD[group * GROUP_DOUBLES + Group.goUntil]) {
          // Red. Its green wakes it; meanwhile others may have the room that it waited for.
          if (laneI[at + waitsFor] >= 0) releaseRoom(world, lane)
          laneD[atD + booked] = -1
          if (turnI[by + Turn.lane] === lane) laneI[at + due] = addEvent(wheel, lane, tick + LOOK_AT_RED, tick)
          else if (time - front > MISSED_SECONDS && missTurn(world, slot, lane)) continue
          // The light of another lane: that lane's green does not wake this one.
          else laneI[at + due] = addEvent(wheel, lane, tick + 1, tick)
          break
        }
      }
      if (turnI[by + Turn.yields] >= 0 && (group < 0 || groupI[group * GROUP_WORDS + Group.permitted] !== 0)) {
        time = waitForGap(world, turn, time, time - front)
        if (time >= windowEnd) { laneI[at + due] = addEvent(wheel, lane, Math.floor(time / MESO_STEP), tick); break }
      }
      const type = slotI[own + Slot.class]
      const bit = 1 << type
      if (shut[turnI[by + Turn.hop]] & bit) {
        if (laneI[at + waitsFor] >= 0) releaseRoom(world, lane)
        laneD[atD + booked] = -1
        if (findWay(world, slot, laneI[at + Lane.link])) continue
        laneI[at + head] = slotI[own + Slot.next]
        leaveRoad(world, slot, lane, now, Unreachable.cutOff)
        continue
      }

      // Of the lanes of the next link that lead on, the one with the shortest wait: for its entry, and behind those in it.
      const place = slotI[own + Slot.hop] + HOP
      const nextHop = pool.hops[place]
      const size = unitsOf(slotI[own + Slot.class])
      let to = -1
      let toTurn = -1
      if (laneD[atD + booked] >= 0) {
        to = laneI[at + Lane.bookedLane]
        toTurn = laneI[at + Lane.bookedTurn]
      } else {
        const wanted = pool.hops[place + 1]
        const first = turnI[by + toFirst]
        const reach = nextHop < 0 ? 0 : reachFirst[nextHop]
        const isPatient = time - front < PATIENCE
        let least = Infinity
        for (let k = 0; k < turnI[by + toCount]; k++) {
          const leads = nextHop < 0 ? -1 : hopLaneTurn[reach + k]
          if (leads < 0 && nextHop >= 0) continue
          const candidate = (first + k) * LANE_WORDS
          const taken = laneI[candidate + entered] - laneI[candidate + left]
          const enters = laneD[candidate / 2 + inNext]
          let wait = (enters > time ? enters : time) + BEHIND_ONE * taken
          if (taken > 0 && taken + size > laneI[candidate + storage]) wait += IF_FULL
          if (laneI[candidate + closed] & bit) wait += IF_CLOSED
          if (!(wanted & (1 << k))) wait += laneF[candidate + Lane.length] < CHANGE_LENGTH && isPatient ? IF_STRANGE : IF_ASTRAY
          if (wait < least) { least = wait; to = first + k; toTurn = leads }
        }
      }
      const into = to * LANE_WORDS
      const intoD = to * LANE_DOUBLES
      const taken = laneI[into + entered] - laneI[into + left]
      const isFull = taken > 0 && taken + size > laneI[into + storage]
      const first = laneI[into + promised] >= 0 ? laneI[into + promised] : laneI[into + waiterFirst]
      const passes = laneI[at + pass] !== 0
      if (!passes && (isFull || (first >= 0 && first !== lane))) {
        if (laneI[at + waitsFor] !== to) {
          if (laneI[at + waitsFor] >= 0) releaseRoom(world, lane)
          joinWaiters(world.lanes, lane, to)
        } else if (laneI[into + promised] === lane) {
          // Too little room for a long vehicle: it is the next one's turn.
          laneI[into + promised] = -1
          if (laneI[into + waiterFirst] >= 0 && taken < laneI[into + storage]) promiseRoom(world, to, windowEnd)
          joinWaiters(world.lanes, lane, to)
        }
        laneI[at + Lane.wanted] = to
        if (laneD[atD + blockedSince] < 0) laneD[atD + blockedSince] = time
        if (!diverted && time - front > DIVERT_SECONDS && divert(world, slot, lane)) {
          releaseRoom(world, lane)
          laneD[atD + booked] = laneD[atD + blockedSince] = -1
          diverted = true
          continue
        }
        // A place booked in a lane that turned out full is void, and so are those behind it.
        if (laneD[atD + booked] >= 0 && laneD[intoD + inNext] > time) laneD[intoD + inNext] = time
        laneD[atD + booked] = -1
        if (turnRing(world, lane, now)) {
          counts[MesoCount.interventions]++
          world.interventions.push(Math.round(now / input.dt), input.network.turns.node[turn], input.trips.id[slotI[own + Slot.trip]])
        } else laneI[at + due] = addEvent(wheel, lane, tick + LOOK_AGAIN, tick)
        break
      }
      if (!passes && taken > FAR_FROM_FULL * laneI[into + storage]) {
        const hole = exitTime[laneI[into + ringFirst] + ((laneI[into + entered] + size - 1) % laneI[into + storage])] + laneF[into + Lane.waveTime]
        if (hole > time) time = hole
      }
      // First come, first served: who has to wait for the headway of the entry books its place.
      const long = isLong(type)
      if (laneD[atD + booked] >= 0) {
        if (laneD[atD + booked] > time) time = laneD[atD + booked]
      } else {
        const contested = laneD[intoD + inNext] > time
        if (contested) time = laneD[intoD + inNext]
        let headwayIn = laneF[into + Lane.headwayIn]
        if (long) headwayIn *= LONG_HEADWAY
        if (contested && turnI[by + Turn.kind] === TurnKind.merge) headwayIn *= DISCHARGE_DROP
        laneD[intoD + inNext] = time + headwayIn
        laneD[atD + booked] = time
        laneI[at + Lane.bookedLane] = to
        laneI[at + Lane.bookedTurn] = toTurn
      }
      if (time >= windowEnd) { laneI[at + due] = addEvent(wheel, lane, Math.floor(time / MESO_STEP), tick); break }
      laneD[atD + booked] = -1
      laneD[atD + blockedSince] = -1
      laneI[at + pass] = 0

      // Off the lane.
      const headway = turnF[by + Turn.headway] + laneF[at + Lane.gapMore]
      const since = time - laneD[atD + outNext] + headway
      laneD[atD + outNext] = time + (long ? headway * LONG_HEADWAY : headway)
      const next = slotI[own + Slot.next]
      laneI[at + head] = next
      if (next < 0) laneI[at + tail] = -1
      let leaves = laneI[at + left]
      for (let k = 0; k < size; k++, leaves++) exitTime[laneI[at + ringFirst] + (leaves % laneI[at + storage])] = time
      laneI[at + left] = leaves
      if (laneI[at + waiterFirst] >= 0 && laneI[at + promised] < 0) promiseRoom(world, lane, time + laneF[at + Lane.waveTime])

      // Over the junction.
      const a = drivers.acceleration[type]
      const across = turnF[by + Turn.speed]
      const over = turnF[by + Turn.length]
      let speed = slotF[own + Slot.speed]
      let enters = time
      if (time - ready <= HELD) enters += speed > across ? turnF[by + Turn.braking] : 0
      else speed = group >= 0 ? speedFromQueue((time - groupD[group * GROUP_DOUBLES + Group.goFrom] - START_UP_LOST) / SATURATION_HEADWAY, a) : queueSpeed(since)
      enters += travelTime(speed, across, over, a)
      speed = speedAfter(speed, across, over, a)
      const spent = enters - slotD[ownD + Slot.entered]
      const from = slotF[own + Slot.from]
      const way = laneF[at + Lane.length] - from + over
      if (from === 0) {
        turnD[turn * TURN_DOUBLES + seconds] += spent
        turnI[by + passed]++
      } else {
        const link = laneI[at + Lane.link]
        bin.seconds[link] += spent
        bin.metres[link] += way
        bin.left[link]++
        slotF[own + Slot.from] = 0
      }
      turnD[turn * TURN_DOUBLES + lastPass] = time
      slotF[own + Slot.distance] += way
      metres += way
      moves++

      // Into the next one.
      const limit = laneF[into + Lane.speed] * slotF[own + Slot.pace]
      const desired = limit < drivers.speedMax[type] ? limit : drivers.speedMax[type]
      laneI[into + entered] += size
      slotD[ownD + Slot.entered] = enters
      slotI[own + Slot.lane] = to
      slotI[own + Slot.hop] = place
      slotI[own + Slot.turn] = toTurn
      if (nextHop < 0) {
        slotD[ownD + Slot.ready] = enters + travelTime(speed, desired, slotF[own + Slot.destination], a)
        addEvent(wheel, ~slot, Math.floor(slotD[ownD + Slot.ready] / MESO_STEP), tick)
      } else {
        const reaches = enters + travelTime(speed, desired, laneF[into + Lane.length], a)
        slotF[own + Slot.speed] = speedAfter(speed, desired, laneF[into + Lane.length], a)
        slotD[ownD + Slot.ready] = reaches
        slotI[own + Slot.next] = -1
        if (laneI[into + head] < 0) {
          laneI[into + head] = slot
          laneI[into + due] = addEvent(wheel, to, Math.floor(reaches / MESO_STEP), tick)
        } else slotI[laneI[into + tail] * SLOT_WORDS + Slot.next] = slot
        laneI[into + tail] = slot
      }
      if (laneI[at + waitsFor] >= 0) releaseRoom(world, lane)
      if (laneI[into + waiterFirst] >= 0 && laneI[into + promised] < 0 && laneI[into + entered] - laneI[into + left] < laneI[into + storage]) promiseRoom(world, to, time)
    }
  }
  counts[MesoCount.moves] += moves
  counts[MesoCount.metres] += metres
}

/** A vehicle reaches its destination. */
function arrive(world: MesoWorld, slot: number, bin: MesoBin): void {
  const { tick, wheel, slots, trips, counts, input } = world
  const own = slot * SLOT_WORDS
  const time = slots.f64[own / 2 + Slot.ready]
  // The wheel holds only so many ticks.
  if (time >= (tick + 1) * MESO_STEP) { addEvent(wheel, ~slot, Math.floor(time / MESO_STEP), tick); return }
  const row = slots.i32[own + Slot.trip]
  const lane = slots.i32[own + Slot.lane]
  const link = world.lanes.i32[lane * LANE_WORDS + Lane.link]
  const way = Math.max(0, input.trips.destinationOffset[row] - slots.f32[own + Slot.from])
  bin.seconds[link] += time - slots.f64[own / 2 + Slot.entered]
  bin.metres[link] += way
  trips.arriveTick[row] = Math.round(time / input.dt)
  slots.f32[own + Slot.distance] += way
  counts[MesoCount.metres] += way
  leaveRoad(world, slot, lane, time, Unreachable.none)
}

/** Takes a vehicle off the road, and gives the room that it took to those who wait for it. */
function leaveRoad(world: MesoWorld, slot: number, lane: number, time: number, reason: number): void {
  const { slots, lanes: { i32, f32 }, trips, counts, exitTime, pool, input } = world
  const at = lane * LANE_WORDS
  const row = slots.i32[slot * SLOT_WORDS + Slot.trip]
  for (let k = 0; k < unitsOf(slots.i32[slot * SLOT_WORDS + Slot.class]); k++) exitTime[i32[at + Lane.ringFirst] + (i32[at + Lane.left]++ % i32[at + Lane.storage])] = time
  if (i32[at + Lane.head] < 0) i32[at + Lane.tail] = -1
  if (i32[at + Lane.waiterFirst] >= 0 && i32[at + Lane.promised] < 0) promiseRoom(world, lane, time + f32[at + Lane.waveTime])
  trips.distance[row] = slots.f32[slot * SLOT_WORDS + Slot.distance]
  if (reason === Unreachable.none) counts[MesoCount.arrived]++
  else {
    trips.unreachable[row] = reason
    counts[MesoCount.unreachable]++
    world.unreachableLog.push(row, Math.round(time / input.dt))
  }
  counts[MesoCount.running]--
  freePiece(pool, slots.i32[slot * SLOT_WORDS + Slot.route])
  releaseSlot(world, slot)
}
