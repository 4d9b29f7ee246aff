import { drivers } from '../traffic/driverTypes'
import { Unreachable } from '../worldTypes'
import { speedFactorOf } from '../world'
import { freePiece, HOP } from './hopPool'
import { unitsOf } from './mesoNetwork'
import { comesOverCordon, firstRoute, turnFor } from './mesoRoutes'
import { speedAfter, travelTime } from './motion'
import { LANE_BYTES, Lane, SLOT_BYTES, Slot } from './mesoTables'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'
import { addEvent } from './timingWheel'

/** Several may enter a link in one step where it has several lanes. */
const ENTER_MAX = 4
/** Nobody pulls out into a lane that is fuller than this share: no gap would be left him. Assumed, docs/assumptions.md. */
const PULL_OUT_SHARE = 0.75

/** Puts trips that are due in the queue of their origin link, and queued ones on the road where there is room. */
export function departTrips(world: MesoWorld): void {
  const { counts, input, links, trips, waitingLink, tick } = world
  const { departTick, originLink } = input.trips
  const dueTick = ((tick + 1) * MESO_STEP) / input.dt
  let row = counts[MesoCount.nextTrip]
  for (; row < departTick.length && departTick[row] < dueTick; row++) {
    const link = originLink[row]
    if (links.queueHead[link] < 0) {
      links.queueHead[link] = row
      waitingLink[counts[MesoCount.waitingLinks]++] = link
    } else trips.next[links.queueTail[link]] = row
    links.queueTail[link] = row
    counts[MesoCount.waiting]++
  }
  counts[MesoCount.nextTrip] = row
  for (let at = 0; at < counts[MesoCount.waitingLinks]; at++) {
    const link = waitingLink[at]
    for (let go = 0; go < ENTER_MAX && links.queueHead[link] >= 0 && enterRoad(world, link, links.queueHead[link]); go++) {
      links.queueHead[link] = trips.next[links.queueHead[link]]
      counts[MesoCount.waiting]--
    }
    if (links.queueHead[link] < 0) waitingLink[at--] = waitingLink[--counts[MesoCount.waitingLinks]]
  }
  counts[MesoCount.waitingSeconds] += counts[MesoCount.waiting] * MESO_STEP
}

const WORDS = LANE_BYTES / 4

/** True if the trip entered the road, or cannot ever: either way it leaves the queue. */
function enterRoad(world: MesoWorld, link: number, row: number): boolean {
  const { input, router, lanes: { i32 }, tick } = world
  const { links } = input.network
  const type = input.trips.class[row]
  const bit = 1 << type
  const to = input.trips.destinationLink[row]
  if (router.closed[link] & bit) return giveUp(world, row, Unreachable.originClosed)
  if (router.closed[to] & bit) return giveUp(world, row, Unreachable.destinationClosed)
  const gateway = comesOverCordon(input, row)
  const size = unitsOf(type)
  let isRoom = false
  for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link] && !isRoom; lane++) {
    const at = lane * WORDS
    isRoom = !(i32[at + Lane.closed] & bit) && hasRoom(world, lane, size)
      && (gateway ? entryTime(world, lane, size) < (tick + 1) * MESO_STEP : i32[at + Lane.entered] - i32[at + Lane.left] <= PULL_OUT_SHARE * i32[at + Lane.storage])
  }
  if (!isRoom || (world.counts[MesoCount.slotFree] < 0 && world.counts[MesoCount.slotsUsed] === world.slots.rows)) return false
  const slot = takeSlot(world)
  if (!firstRoute(world, slot, row)) {
    releaseSlot(world, slot)
    return giveUp(world, row, Unreachable.noRoute)
  }
  enter(world, slot, link, row, size, gateway)
  return true
}

function giveUp(world: MesoWorld, row: number, reason: number): true {
  if (world.given[row] >= 0) freePiece(world.pool, world.given[row])
  world.given[row] = -1
  world.trips.unreachable[row] = reason
  world.counts[MesoCount.unreachable]++
  world.unreachableLog.push(row, Math.round((world.tick * MESO_STEP) / world.input.dt))
  return true
}

function hasRoom({ lanes: { i32 } }: MesoWorld, lane: number, size: number): boolean {
  const taken = i32[lane * WORDS + Lane.entered] - i32[lane * WORDS + Lane.left]
  return taken === 0 || taken + size <= i32[lane * WORDS + Lane.storage]
}

/** When a vehicle may come in at the start of a lane: behind the one before it, and into room whose wave has come up. */
function entryTime({ lanes: { i32, f32, f64 }, exitTime }: MesoWorld, lane: number, size: number): number {
  const at = lane * WORDS
  return Math.max(f64[at / 2 + Lane.inNext], exitTime[i32[at + Lane.ringFirst] + ((i32[at + Lane.entered] + size - 1) % i32[at + Lane.storage])] + f32[at + Lane.waveTime])
}

/** Puts a vehicle with its route on the emptiest lane that leads to the next link. */
function enter(world: MesoWorld, slot: number, link: number, row: number, size: number, gateway: boolean): void {
  const { input, lanes: { i32, f32, f64 }, slots, index, fixed, counts, trips, tick, wheel, pool } = world
  const { links } = input.network
  const type = input.trips.class[row]
  const bit = 1 << type
  const record = slot * (SLOT_BYTES / 4)
  const place = slots.i32[record + Slot.hop]
  const hop = pool.hops[place]
  const offset = gateway ? 0 : input.trips.originOffset[row]
  let lane = -1
  let least = Infinity
  for (let k = 0; k < links.laneCount[link]; k++) {
    const candidate = links.laneFirst[link] + k
    if (i32[candidate * WORDS + Lane.closed] & bit || !hasRoom(world, candidate, size)) continue
    // Where its own lanes are full it stands in another, and crosses over at the stop line.
    const strange = hop < 0 || pool.hops[place + 1] & (1 << k) ? 0 : fixed.hopLaneTurn[index.reachFirst[hop] + k] >= 0 ? 1e5 : 2e5
    const taken = strange + (gateway ? entryTime(world, candidate, size) : i32[candidate * WORDS + Lane.entered] - i32[candidate * WORDS + Lane.left])
    if (taken < least) { least = taken; lane = candidate }
  }
  const at = lane * WORDS
  const turn = hop < 0 ? -1 : turnFor(world, hop, link, lane - links.laneFirst[link])
  const pace = speedFactorOf(input, row)
  const speed = Math.min(f32[at + Lane.speed] * pace, drivers.speedMax[type])
  let time = Math.max(tick * MESO_STEP, input.trips.departTick[row] * input.dt)
  if (gateway) {
    time = Math.max(time, entryTime(world, lane, size))
    f64[at / 2 + Lane.inNext] = time + f32[at + Lane.headwayIn]
  }
  const start = gateway ? speed : 0
  slots.i32[record + Slot.trip] = row
  slots.i32[record + Slot.class] = type
  slots.i32[record + Slot.lane] = lane
  slots.i32[record + Slot.turn] = turn
  slots.i32[record + Slot.next] = -1
  slots.f32[record + Slot.pace] = pace
  slots.f32[record + Slot.from] = offset
  slots.f32[record + Slot.distance] = 0
  slots.f32[record + Slot.destination] = input.trips.destinationOffset[row]
  slots.f64[record / 2 + Slot.entered] = time
  i32[at + Lane.entered] += size
  trips.insertTick[row] = Math.floor(time / input.dt)
  trips.freeFlowTime[row] = freeTime(world, row, place, link, offset)
  const way = Math.max(0, (turn < 0 ? input.trips.destinationOffset[row] : f32[at + Lane.length]) - offset)
  const ready = time + travelTime(start, speed, way, drivers.acceleration[type])
  slots.f32[record + Slot.speed] = speedAfter(start, speed, way, drivers.acceleration[type])
  slots.f64[record / 2 + Slot.ready] = ready
  if (turn < 0) addEvent(wheel, ~slot, Math.floor(ready / MESO_STEP), tick)
  else {
    if (i32[at + Lane.head] < 0) {
      i32[at + Lane.head] = slot
      i32[at + Lane.due] = addEvent(wheel, lane, Math.floor(ready / MESO_STEP), tick)
    } else slots.i32[i32[at + Lane.tail] * (SLOT_BYTES / 4) + Slot.next] = slot
    i32[at + Lane.tail] = slot
  }
  counts[MesoCount.inserted]++
  counts[MesoCount.running]++
}

function takeSlot({ counts, slots }: MesoWorld): number {
  const free = counts[MesoCount.slotFree]
  if (free < 0) return counts[MesoCount.slotsUsed]++
  counts[MesoCount.slotFree] = slots.i32[free * (SLOT_BYTES / 4) + Slot.next]
  return free
}

export function releaseSlot({ counts, slots }: MesoWorld, slot: number): void {
  slots.i32[slot * (SLOT_BYTES / 4) + Slot.trip] = -1
  slots.i32[slot * (SLOT_BYTES / 4) + Slot.next] = counts[MesoCount.slotFree]
  counts[MesoCount.slotFree] = slot
}

/** Time of its route on empty roads with the usual waits at their ends, as the micro engine has it. */
function freeTime({ input, index, pool: { hops } }: MesoWorld, row: number, place: number, link: number, offset: number): number {
  const { length } = input.network.links
  const share = (along: number, of: number): number => index.linkTime[of] * Math.min(1, along / length[of])
  let time = -share(offset, link)
  let from = link
  for (let at = place; hops[at] >= 0; at += HOP) {
    time += index.hopTime[hops[at]]
    from = index.nextLink[hops[at]]
  }
  return Math.max(0, time + share(input.trips.destinationOffset[row], from))
}
