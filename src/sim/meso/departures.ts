import { LinkFlag } from '../network/networkTables'
import { drivers } from '../traffic/driverTypes'
import { Unreachable } from '../worldTypes'
import { speedFactor } from '../world'
import { isLong, SPACE } from './mesoNetwork'
import { firstRoute, takeRoute } from './mesoRoutes'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'
import { addEvent } from './timingWheel'

/** Several may enter a link in one step where it has several lanes. */
const ENTER_MAX = 4
/** Nobody pulls out into a lane that is fuller than this share: no gap would be left him. Assumed, docs/assumptions.md. */
const PULL_OUT_SHARE = 0.75
/** Vehicles within this of the start of a gateway come in over the cordon, m. */
const AT_GATEWAY = 20

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

/** True if the trip entered the road, or cannot ever: either way it leaves the queue. */
function enterRoad(world: MesoWorld, link: number, row: number): boolean {
  const { input, router, lanes, tick } = world
  const { links } = input.network
  const { originOffset, destinationOffset, destinationLink } = input.trips
  const type = input.trips.class[row]
  const bit = 1 << type
  const to = destinationLink[row]
  if (router.closed[link] & bit) return giveUp(world, row, Unreachable.originClosed)
  if (router.closed[to] & bit) return giveUp(world, row, Unreachable.destinationClosed)
  const gateway = (links.flags[link] & LinkFlag.gatewayIn) !== 0 && originOffset[row] < AT_GATEWAY
  const size = isLong(type) ? 2 : 1
  let isRoom = false
  for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link] && !isRoom; lane++)
    isRoom = !(lanes.closed[lane] & bit) && hasRoom(world, lane, size) && (gateway ? entryTime(world, lane, size) < (tick + 1) * MESO_STEP : lanes.entered[lane] - lanes.left[lane] <= PULL_OUT_SHARE * world.fixed.storage[lane])
  if (!isRoom || (world.counts[MesoCount.slotFree] < 0 && world.counts[MesoCount.slotsUsed] === world.slots.rows)) return false
  const offset = gateway ? 0 : originOffset[row]
  const count = firstRoute(world, row, link === to && destinationOffset[row] <= offset)
  if (count === 0) return giveUp(world, row, Unreachable.noRoute)
  enter(world, link, row, size, offset, gateway, count)
  return true
}

function giveUp(world: MesoWorld, row: number, reason: number): true {
  world.trips.unreachable[row] = reason
  world.counts[MesoCount.unreachable]++
  world.unreachableLog.push(row, Math.round((world.tick * MESO_STEP) / world.input.dt))
  return true
}

function hasRoom({ lanes, fixed }: MesoWorld, lane: number, size: number): boolean {
  const taken = lanes.entered[lane] - lanes.left[lane]
  return taken === 0 || taken + size <= fixed.storage[lane]
}

/** When a vehicle may come in at the start of a lane: behind the one before it, and into room whose wave has come up. */
function entryTime({ lanes, fixed, exitTime }: MesoWorld, lane: number, size: number): number {
  return Math.max(lanes.inNext[lane], exitTime[fixed.ringFirst[lane] + ((lanes.entered[lane] + size - 1) % fixed.storage[lane])] + fixed.waveTime[lane])
}

/** Puts a trip on the emptiest lane that leads to the next link of its route, which is in `router.path`. */
function enter(world: MesoWorld, link: number, row: number, size: number, offset: number, gateway: boolean, count: number): void {
  const { input, lanes, slots, fixed, counts, trips, tick, wheel, pool } = world
  const { links, turns, lanes: { length } } = input.network
  const type = input.trips.class[row]
  const bit = 1 << type
  const slot = takeSlot(world)
  takeRoute(world, slot, count)
  const hop = pool.hops[slots.hop[slot]]
  let lane = -1
  let turn = -1
  let least = Infinity
  const consider = (candidate: number, by: number): void => {
    if (lanes.closed[candidate] & bit || !hasRoom(world, candidate, size)) return
    const taken = gateway ? entryTime(world, candidate, size) : lanes.entered[candidate] - lanes.left[candidate]
    if (taken < least) { least = taken; lane = candidate; turn = by }
  }
  if (hop >= 0) for (let at = fixed.hopFirst[hop]; at < fixed.hopFirst[hop + 1]; at++) consider(turns.fromLane[fixed.hopTurn[at]], fixed.hopTurn[at])
  // Where its own lanes are full it stands in another, and crosses over at the stop line.
  if (lane < 0) for (let any = links.laneFirst[link]; any < links.laneFirst[link] + links.laneCount[link]; any++) consider(any, hop < 0 ? -1 : fixed.hopTurn[fixed.hopFirst[hop]])
  const pace = speedFactor(input.seed, input.trips.id[row])
  const speed = Math.min(lanes.speed[lane] * pace, drivers.speedMax[type])
  let time = Math.max(tick * MESO_STEP, input.trips.departTick[row] * input.dt)
  if (gateway) {
    time = Math.max(time, entryTime(world, lane, size))
    lanes.inNext[lane] = time + drivers.timeGap[0] + SPACE / lanes.speed[lane]
  }
  const start = gateway ? 0 : speed / (2 * drivers.acceleration[type])
  slots.trip[slot] = row
  slots.class[slot] = type
  slots.size[slot] = size
  slots.pace[slot] = pace
  slots.lane[slot] = lane
  slots.turn[slot] = turn
  slots.entered[slot] = time
  slots.from[slot] = offset
  slots.next[slot] = -1
  lanes.entered[lane] += size
  trips.insertTick[row] = Math.floor(time / input.dt)
  trips.freeFlowTime[row] = freeTime(world, row, slot, link, offset)
  if (turn < 0) {
    slots.ready[slot] = time + start + Math.max(0, input.trips.destinationOffset[row] - offset) / speed
    addEvent(wheel, ~slot, Math.floor(slots.ready[slot] / MESO_STEP), tick)
  } else {
    slots.ready[slot] = time + start + Math.max(0, length[lane] - offset) / speed
    if (lanes.head[lane] < 0) {
      lanes.head[lane] = slot
      lanes.due[lane] = addEvent(wheel, lane, Math.floor(slots.ready[slot] / MESO_STEP), tick)
    } else slots.next[lanes.tail[lane]] = slot
    lanes.tail[lane] = slot
  }
  counts[MesoCount.inserted]++
  counts[MesoCount.running]++
}

function takeSlot({ counts, slots }: MesoWorld): number {
  const free = counts[MesoCount.slotFree]
  if (free < 0) return counts[MesoCount.slotsUsed]++
  counts[MesoCount.slotFree] = slots.next[free]
  return free
}

/** Time of its route on empty roads with the usual waits at their ends, as the micro engine has it. */
function freeTime({ input, index, pool, slots }: MesoWorld, row: number, slot: number, link: number, offset: number): number {
  const { length } = input.network.links
  const share = (along: number, of: number): number => index.linkTime[of] * Math.min(1, along / length[of])
  let time = -share(offset, link)
  let from = link
  for (let at = slots.hop[slot]; pool.hops[at] >= 0; at++) {
    time += index.hopTime[pool.hops[at]]
    from = index.nextLink[pool.hops[at]]
  }
  return Math.max(0, time + share(input.trips.destinationOffset[row], from))
}
