import { invariant } from '../core/invariant'
import { LinkFlag, VehicleClass } from '../network/networkTables'
import { searchRoute } from '../network/router'
import { Count, lengthOf, speedFactorOf, type World } from '../world'
import { Unreachable } from '../worldTypes'
import { beyond, lookBeyond } from './bodies'
import { closeCell, openCell } from './cells'
import { isSafeBehind, noiseKey } from './carFollowing'
import { forgetCrossings } from './crossing'
import { drivers } from './driverTypes'
import { freeRoute, writeRoute } from './routePool'
import { ask, groupOfTrip, knowsLiveTimes, NOT_DONE, takeWay } from './routeSearches'
import { lanesOpen, planLanes, planTurn } from './turnChoice'
import { upstreamIsSafe } from './upstream'
import { SlotFlag } from './vehicleTable'

/** A freed slot rests this long, ticks, so that no two drivers seem to be one on screen. */
const SLOT_REST = 120

/** Puts trips that are due in the queue of their origin link, and asks for the way of the first of each queue if he has room to enter. */
export function queueTrips(world: World): void {
  const { counts, input: { trips, routes }, links, waitingLink, searches } = world
  const { departTick } = trips
  let due = counts[Count.nextTrip]
  for (; due < departTick.length && departTick[due] <= world.tick; due++) queueTrip(world, due)
  counts[Count.nextTrip] = due
  for (let at = 0; at < counts[Count.waitingLinks]; at++) {
    const link = waitingLink[at]
    const row = links.queueHead[link]
    const lane = isShut(world, link, row) !== Unreachable.none || (routes && routes.first[row + 1] > routes.first[row]) ? -1 : laneToEnter(world, link, row)
    searches.ofLink[link] = lane < 0 ? -1 : ask(world, ~row, link, trips.class[row], groupOfTrip(world, row), isLoop(world, link, lane, row))
  }
}

/** Puts queued trips on the road where there is room. */
export function insertVehicles(world: World): void {
  const { counts, links, trips, waitingLink } = world
  for (let at = 0; at < counts[Count.waitingLinks]; at++) {
    const link = waitingLink[at]
    // Several may enter at once where several lanes are free.
    for (let go = 0; go < 4 && links.queueHead[link] >= 0 && insertOne(world, link, links.queueHead[link]); go++) {
      links.queueHead[link] = trips.next[links.queueHead[link]]
      counts[Count.waiting]--
    }
    if (links.queueHead[link] < 0) {
      const last = --counts[Count.waitingLinks]
      waitingLink[at] = waitingLink[last]
      links.queueAt[waitingLink[at]] = at
      links.queueAt[link] = -1
      at--
    }
  }
  counts[Count.waitingTicks] += counts[Count.waiting]
}

/** Makes a trip on call due now: it enters the road as soon as there is room. Between two ticks only. */
export function callTrip(world: World, row: number): void {
  const { trips, counts, onCall, input } = world
  invariant(row >= onCall && trips.callTick[row] < 0, () => `tick ${world.tick}: trip ${input.trips.id[row]} is ${row < onCall ? 'not on call' : 'called a second time'}`)
  trips.callTick[row] = world.tick
  counts[Count.called]++
  queueTrip(world, row)
}

function queueTrip({ counts, input, links, trips, waitingLink }: World, row: number): void {
  const link = input.trips.originLink[row]
  trips.next[row] = -1
  if (links.queueHead[link] < 0) {
    links.queueHead[link] = row
    links.queueAt[link] = counts[Count.waitingLinks]
    waitingLink[counts[Count.waitingLinks]++] = link
  } else trips.next[links.queueTail[link]] = row
  links.queueTail[link] = row
  counts[Count.waiting]++
}

/** True if the trip entered the road, or cannot ever: either way it leaves the queue. */
function insertOne(world: World, link: number, row: number): boolean {
  const { input: { trips }, router, index, searches: { ofLink, rows } } = world
  const shut = isShut(world, link, row)
  if (shut !== Unreachable.none) return giveUp(world, row, shut)
  const lane = laneToEnter(world, link, row)
  if (lane < 0 || !hasSlot(world)) return false
  const type = trips.class[row]
  const loop = isLoop(world, link, lane, row)
  const found = ofLink[link]
  const isFound = found >= 0 && rows.subject[found] === ~row && rows.count[found] !== NOT_DONE && (rows.loop[found] === 1) === loop
  const count = givenRoute(world, row, type)
    || (isFound ? takeWay(world, found) : searchRoute(router, index, link, trips.destinationLink[row], type, groupOfTrip(world, row), loop))
  if (count === 0) return giveUp(world, row, Unreachable.noRoute)
  enter(world, lane, row, isAtGateway(world, link, row), count, knowsLiveTimes(world, row))
  return true
}

/** Why a trip cannot begin, or cannot end where it wants to; Unreachable.none if it can. */
function isShut(world: World, link: number, row: number): number {
  const { trips } = world.input
  const type = trips.class[row]
  if (lanesOpen(world, link, type) === 0) return Unreachable.originClosed
  return world.router.closed[trips.destinationLink[row]] & (1 << type) ? Unreachable.destinationClosed : Unreachable.none
}

const isAtGateway = ({ input: { network, trips } }: World, link: number, row: number): boolean =>
  (network.links.flags[link] & LinkFlag.gatewayIn) !== 0 && trips.originOffset[row] < 20

const isLoop = (world: World, link: number, lane: number, row: number): boolean =>
  link === world.input.trips.destinationLink[row] && world.input.trips.destinationOffset[row] <= entryPosition(world, lane, row, isAtGateway(world, link, row))

/** Lane where a trip can enter the road now; -1 = there is no room. At a gateway all lanes are fed, the one with most room first; elsewhere one drives off from the kerb. */
function laneToEnter(world: World, link: number, row: number): number {
  const { links } = world.input.network
  const type = world.input.trips.class[row]
  const lanes = lanesOpen(world, link, type)
  const gateway = isAtGateway(world, link, row)
  let best = -1
  let bestRoom = 0
  for (let at = 0; at < links.laneCount[link] && at < 16; at++) {
    if (!(lanes & (1 << at))) continue
    const room = roomToEnter(world, links.laneFirst[link] + at, row, gateway)
    if (room > bestRoom) { bestRoom = room; best = links.laneFirst[link] + at }
    if ((!gateway || type === VehicleClass.ebike) && best >= 0) break
  }
  return best
}

/** Puts the route that a trip came with into `router.path`; answers how many links, 0 if it has none or it is shut. */
function givenRoute(world: World, row: number, type: number): number {
  const { routes } = world.input
  if (!routes) return 0
  const { path, closed, banned } = world.router
  const { nextFirst, nextLink } = world.index
  const first = routes.first[row]
  const count = routes.first[row + 1] - first
  if (count > path.length) return 0
  for (let at = 0; at < count; at++) {
    const link = routes.link[first + at]
    if (closed[link] & (1 << type)) return 0
    if (at > 0) {
      let edge = nextFirst[path[at - 1]]
      const end = nextFirst[path[at - 1] + 1]
      while (edge < end && nextLink[edge] !== link) edge++
      if (edge === end || banned[edge] & (1 << type)) return 0
    }
    path[at] = link
  }
  return count
}

function giveUp(world: World, row: number, reason: number): true {
  world.trips.unreachable[row] = reason
  world.counts[Count.unreachable]++
  world.unreachableLog.push(row, world.tick)
  return true
}

function entryPosition(world: World, lane: number, row: number, gateway: boolean): number {
  const { input, index } = world
  const length = lengthOf(input, row)
  const offset = gateway ? length + 0.5 : Math.max(input.trips.originOffset[row], length + 0.5)
  return Math.min(offset, Math.max(0.5, index.pathLength[lane] - 2))
}

/** Speed at which a vehicle may enter here, +1 so that 0 is room too; 0 = no room. */
function roomToEnter(world: World, lane: number, row: number, gateway: boolean): number {
  const { input, paths, cells, lanes } = world
  const type = input.trips.class[row]
  const length = lengthOf(input, row)
  const position = entryPosition(world, lane, row, gateway)
  const first = paths.first[lane]
  const end = first + paths.count[lane]
  let behind = first
  while (behind < end && cells.position[behind] >= position) behind++
  if (behind < first + lanes.reserved[lane]) return 0 // those in front of the stop line are let in already
  const rear = position - length
  let speed = gateway ? Math.min(paths.limit[lane] * 0.95, drivers.speedMax[type]) : Math.min(3, paths.limit[lane])
  if (behind > first) {
    const lead = behind - 1
    const gap = cells.position[lead] - cells.length[lead] - position
    if (gap < drivers.gapMin[type]) return 0
    const most = cells.speed[lead] + (gap - drivers.gapMin[type]) / 2
    if (speed > most) speed = most
    // Drivers who come in over the cordon follow one another as they do on the road; those who pull out want more room.
    if (gateway && gap < drivers.gapMin[type] + speed * drivers.timeGap[type]) return 0
    if (!isSafeBehind(gap, speed, cells.speed[lead], gateway ? 6 : 3, input.dt)) return 0
  } else {
    // The stop line may be closed ahead.
    const left = world.index.pathLength[lane] - position
    if (left < 2) speed = 0
    else if (speed * speed > 4 * left) speed = Math.sqrt(4 * left)
    if (left < 40) {
      lookBeyond(world, lane)
      const gap = left + beyond.gap
      if (gap < 1 || !isSafeBehind(gap, speed, beyond.speed, 3, input.dt)) return 0
    }
  }
  if (behind < end) {
    const gap = rear - cells.position[behind]
    if (gap < 1 || !isSafeBehind(gap - cells.speed[behind] * 0.5, cells.speed[behind], speed, 2.5, input.dt)) return 0
  } else if (!gateway) {
    if (rear < lanes.roomTaken[lane]) return 0
    if (rear < 70 && !upstreamIsSafe(world, lane, rear, speed, 2.5)) return 0
  } else if (rear < 0 || lanes.roomTaken[lane] > 0 || !upstreamIsSafe(world, lane, rear, speed, 2.5)) return 0
  return speed + 1
}

function hasSlot(world: World): boolean {
  const { counts, capacity, freeTick } = world
  if (counts[Count.slotsUsed] < capacity) return true
  return counts[Count.freeHead] !== counts[Count.freeTail] && freeTick[counts[Count.freeHead]] <= world.tick
}

function takeSlot(world: World): number {
  const { counts, capacity, freeSlot, freeTick } = world
  const head = counts[Count.freeHead]
  if (head !== counts[Count.freeTail] && (freeTick[head] + SLOT_REST <= world.tick || counts[Count.slotsUsed] === capacity)) {
    counts[Count.freeHead] = (head + 1) % (capacity + 1)
    return freeSlot[head]
  }
  invariant(counts[Count.slotsUsed] < capacity, () => `tick ${world.tick}: no free slot, ${capacity} in use`)
  return counts[Count.slotsUsed]++
}

function enter(world: World, lane: number, row: number, gateway: boolean, count: number, live: boolean): void {
  const { input, cells, slots, trips, counts, routes, index, router } = world
  const type = input.trips.class[row]
  const speed = roomToEnter(world, lane, row, gateway) - 1
  const position = entryPosition(world, lane, row, gateway)
  const slot = takeSlot(world)
  const cell = openCell(world, lane, position)
  cells.position[cell] = position
  cells.speed[cell] = speed
  cells.acceleration[cell] = 0
  cells.slot[cell] = slot
  cells.cap[cell] = Infinity
  cells.factor[cell] = speedFactorOf(input, row)
  cells.length[cell] = lengthOf(input, row)
  cells.noise[cell] = 0
  cells.key[cell] = noiseKey(input.seed, input.trips.id[row])
  cells.class[cell] = type
  cells.marks[cell] = 0
  slots.base[slot] = -position
  slots.exitOdometer[slot] = 0
  slots.destinationOffset[slot] = input.trips.destinationOffset[row]
  slots.trip[slot] = row
  slots.path[slot] = lane
  slots.cell[slot] = cell
  slots.link[slot] = input.trips.originLink[row]
  slots.destinationLink[slot] = input.trips.destinationLink[row]
  slots.reservedTurn[slot] = -1
  slots.leader[slot] = -1
  slots.leaderTrip[slot] = -1
  forgetCrossings(world, slot)
  slots.routeChunk[slot] = writeRoute(routes, index, router.path, count)
  slots.routeCursor[slot] = 0
  slots.waitSince[slot] = -1
  slots.standSince[slot] = -1
  slots.waitFor[slot] = -1
  slots.laneTick[slot] = world.tick
  slots.yieldSince[slot] = slots.yieldTick[slot] = -1000
  slots.previous0[slot] = slots.previous1[slot] = slots.previous2[slot] = slots.previous3[slot] = -1
  slots.wait[slot] = 0
  slots.class[slot] = type
  slots.flags[slot] = live ? SlotFlag.live : 0
  slots.parks[slot] = 0
  planLanes(world, slot)
  planTurn(world, slot, lane)
  trips.insertTick[row] = world.tick
  let time = 0
  for (let at = 0; at < count; at++) {
    const link = router.path[at]
    const whole = index.linkTime[link]
    const long = input.network.links.length[link]
    if (at === 0) time -= (whole * Math.min(position, long)) / long
    if (at === count - 1) time += (whole * Math.min(slots.destinationOffset[slot], long)) / long
    else time += whole + index.linkDelay[link] + hopTime(world, link, router.path[at + 1])
  }
  trips.freeFlowTime[row] = Math.max(0, time)
  counts[Count.inserted]++
  counts[Count.running]++
}

function hopTime(world: World, from: number, to: number): number {
  const { nextFirst, nextLink, nextTime } = world.index
  for (let at = nextFirst[from]; at < nextFirst[from + 1]; at++) if (nextLink[at] === to) return nextTime[at]
  return 0
}

/** Takes a vehicle off the road: it arrived, or it stopped where it can go no further. */
export function leaveRoad(world: World, lane: number, cell: number): void {
  const { slots, cells, trips, counts, freeSlot, freeTick, capacity, lanes, paths } = world
  const slot = cells.slot[cell]
  const row = slots.trip[slot]
  trips.distance[row] = slots.base[slot] + cells.position[cell]
  if (slots.parks[slot]) {
    trips.unreachable[row] = slots.parks[slot]
    counts[Count.unreachable]++
    world.unreachableLog.push(row, world.tick)
  } else {
    trips.arriveTick[row] = world.tick
    counts[Count.arrived]++
  }
  counts[Count.running]--
  invariant(cell >= paths.first[lane] + lanes.reserved[lane], () => `tick ${world.tick}: trip row ${row} arrives with a reservation`)
  closeCell(world, lane, cell)
  freeRoute(world.routes, slots.routeChunk[slot])
  slots.trip[slot] = -1
  slots.path[slot] = -1
  const tail = counts[Count.freeTail]
  freeSlot[tail] = slot
  freeTick[tail] = world.tick
  counts[Count.freeTail] = (tail + 1) % (capacity + 1)
}
