import { BIN_SECONDS } from './measures/measures'
import type { Snapshot } from './snapshot'
import { conditionsOf } from './traffic/conditions'
import { shutLanes } from './traffic/inForce'
import { advance, type RouteCursor } from './traffic/routePool'
import { cursorOf } from './traffic/turnChoice'
import { Count, departTickOf, type World } from './world'
import { freeTimeOfRoute } from './network/router'

/** Everything about one link, SI. */
export interface SimLinkReport {
  readonly link: number
  /** veh/s over the last whole five minutes. */
  readonly flow: number
  /** Way by time of all on it and its turns in the last five minutes, m/s: a level of service is of minutes, not of who is there now; null = nobody was. */
  readonly speed: number | null
  /** How many speed is of: who left it in these minutes, and who is on it. */
  readonly seen: number
  /** s for which nobody has been on it at all; 0 = less than a minute. */
  readonly quiet: number
  readonly vehicles: number
  readonly queue: number
  readonly closedLanes: number
  readonly speedLimit: number
}

export function linkReport(world: World, link: number): SimLinkReport {
  const { input, lanes, paths, cells } = world
  const { links } = input.network
  const first = links.laneFirst[link]
  let closed = 0
  let vehicles = 0
  let standing = 0
  for (let lane = first; lane < first + links.laneCount[link]; lane++) {
    if (lanes.closed[lane] & 1) closed++
    for (let cell = paths.first[lane]; cell < paths.first[lane] + paths.count[lane]; cell++) {
      vehicles++
      if (cells.speed[cell] < 0.5) standing++
    }
  }
  return {
    link, vehicles, queue: standing, closedLanes: closed, ...passing(world, link, world.tick, vehicles),
    speedLimit: conditionsOf(input.network, world.changes, world.counts[Count.nextChange], link).limit,
  }
}

/** The same at the earlier moment of a snapshot of this run; flow and speed are then of the five minutes that it lies in. */
export function pastLinkReport(world: World, link: number, { head, path, linkQueue }: Snapshot): SimLinkReport {
  const { input, changes } = world
  const { links, lanes } = input.network
  const tick = head[1]
  let vehicles = 0
  for (let slot = 0; slot < head[2]; slot++) if (path[slot] < lanes.rows && lanes.link[path[slot]] === link) vehicles++
  const shut = shutLanes(changes, tick)
  let closedLanes = 0
  for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++) if ((shut.get(lane) ?? 0) & 1) closedLanes++
  const count = changes.findIndex(change => change.tick > tick)
  return { link, vehicles, queue: linkQueue[link], closedLanes, ...passing(world, link, tick, vehicles), speedLimit: conditionsOf(input.network, changes, count < 0 ? changes.length : count, link).limit }
}

/** s in which nobody was on a road, from which on what was before tells nothing of it. */
const QUIET = 60

/** Who passed lately, or in the whole bin that an earlier tick lies in. @param vehicles  on it */
function passing({ measures: { bins }, tick, input: { dt } }: World, link: number, at: number, vehicles: number): Pick<SimLinkReport, 'flow' | 'speed' | 'seen' | 'quiet'> {
  const now = at * dt
  const bin = Math.min(Math.floor(now / BIN_SECONDS), bins.length - 1)
  const whole = (bin + 1) * BIN_SECONDS <= tick * dt
  const since = whole ? BIN_SECONDS : now - bin * BIN_SECONDS
  const { left, metres, vehicleTicks } = bins[bin]
  if (vehicles === 0 && left[link] === 0 && vehicleTicks[link] === 0) {
    let empty = bin
    while (empty > 0 && bins[empty - 1].vehicleTicks[link] === 0) empty--
    const quiet = now - empty * BIN_SECONDS
    if (quiet >= QUIET) return { flow: 0, speed: null, seen: 0, quiet }
  }
  // Early in a bin the one before counts in proportion.
  const before = bin > 0 && !whole ? bins[bin - 1] : null
  const share = (BIN_SECONDS - since) / BIN_SECONDS
  const count = left[link] + (before ? before.left[link] * share : 0)
  const way = metres[link] + (before ? before.metres[link] * share : 0)
  const time = (vehicleTicks[link] + (before ? before.vehicleTicks[link] * share : 0)) * dt
  return { flow: before ? count / BIN_SECONDS : since > 0 ? count / since : 0, speed: time > 0 ? way / time : null, seen: Math.round(count) + vehicles, quiet: 0 }
}

/** Everything about one vehicle, SI. */
export interface SimVehicleReport {
  readonly slot: number
  /** Stable id of the trip, and its row. */
  readonly trip: number
  readonly row: number
  readonly class: number
  readonly speed: number
  readonly link: number
  readonly path: number
  readonly offset: number
  readonly x: number
  readonly y: number
  readonly originLink: number
  readonly destinationLink: number
  readonly originZone: number
  readonly destinationZone: number
  /** Tick at which it wanted to depart. */
  readonly departTick: number
  readonly distance: number
  /** s lost so far against an empty road, waiting for room to enter included. */
  readonly delay: number
  readonly wait: number
  readonly waitFor: number
  /** Present link and those ahead. */
  readonly route: readonly number[]
}

/** Slot of the vehicle that makes the trip with an id; -1 = it is not on the road. */
export function vehicleWith({ slots, input, capacity }: World, id: number): number {
  for (let slot = 0; slot < capacity; slot++) if (slots.trip[slot] >= 0 && input.trips.id[slots.trip[slot]] === id) return slot
  return -1
}

const cursor: RouteCursor = { chunk: -1, at: 0, link: -1 }

export function vehicleReport(world: World, slot: number): SimVehicleReport | null {
  const { slots, cells, input, index, trips } = world
  if (slot < 0 || slot >= world.capacity || slots.trip[slot] < 0) return null
  const row = slots.trip[slot]
  const cell = slots.cell[slot]
  const path = slots.path[slot]
  const offset = cells.position[cell]
  const [x, y] = pointOn(world, path, offset)
  const route = [slots.link[slot]]
  cursorOf(world, slot, cursor)
  for (let link = advance(world.routes, index, cursor); link >= 0; link = advance(world.routes, index, cursor)) route.push(link)
  const ahead = freeTimeOfRoute(world, route)
  const spent = (world.tick - departTickOf(world, row)) * input.dt
  const free = Math.max(0, trips.freeFlowTime[row] - ahead)
  return {
    slot, trip: input.trips.id[row], row, class: slots.class[slot], speed: cells.speed[cell], link: slots.link[slot], path, offset, x, y,
    originLink: input.trips.originLink[row], destinationLink: input.trips.destinationLink[row],
    originZone: input.trips.originZone[row], destinationZone: input.trips.destinationZone[row],
    departTick: departTickOf(world, row), distance: slots.base[slot] + offset, delay: Math.max(0, spent - free),
    wait: slots.wait[slot], waitFor: slots.waitFor[slot], route,
  }
}

function pointOn(world: World, path: number, offset: number): [number, number] {
  const { lanes, turns, points } = world.input.network
  const { laneRows } = world.index
  const isLane = path < laneRows
  const first = isLane ? lanes.pointFirst[path] : turns.pointFirst[path - laneRows]
  const count = isLane ? lanes.pointCount[path] : turns.pointCount[path - laneRows]
  let left = offset
  for (let at = first; at < first + count - 1; at++) {
    const dx = points.x[at + 1] - points.x[at]
    const dy = points.y[at + 1] - points.y[at]
    const long = Math.sqrt(dx * dx + dy * dy)
    if (left <= long && long > 0) return [points.x[at] + (dx * left) / long, points.y[at] + (dy * left) / long]
    left -= long
  }
  const last = first + count - 1
  return [points.x[last], points.y[last]]
}

/** One row a trip; -1 is "not yet". */
export interface TripResults {
  readonly departTick: Int32Array
  readonly insertTick: Int32Array
  readonly arriveTick: Int32Array
  /** m driven. */
  readonly distance: Float32Array
  /** s, of the first route on an empty road. */
  readonly freeFlowTime: Float32Array
  readonly unreachableReason: Uint8Array
}

/** What became of each trip, by row. Views of the state: copy before the next step if they are to last. */
export function tripResults(world: World): TripResults {
  const { trips, input, onCall } = world
  let { departTick } = input.trips
  if (onCall < departTick.length) {
    departTick = departTick.slice()
    for (let row = onCall; row < departTick.length; row++) departTick[row] = departTickOf(world, row)
  }
  return {
    departTick, insertTick: trips.insertTick, arriveTick: trips.arriveTick,
    distance: trips.distance, freeFlowTime: trips.freeFlowTime, unreachableReason: trips.unreachable,
  }
}

export interface LinkBin {
  readonly vehicleSeconds: Float64Array
  readonly vehicleMetres: Float64Array
  readonly left: Int32Array
  readonly queueMax: Int32Array
}
export interface LinkMeasures {
  readonly binSeconds: number
  readonly bins: readonly LinkBin[]
  readonly total: LinkBin
}

/** What was counted on each link: the time and way of vehicles on it and its turns, how many left it, longest queue. */
export function linkMeasures(world: World): LinkMeasures {
  const links = world.links.rows
  const empty = (): LinkBin => ({
    vehicleSeconds: new Float64Array(links), vehicleMetres: new Float64Array(links),
    left: new Int32Array(links), queueMax: new Int32Array(links),
  })
  const total = empty()
  const bins = world.measures.bins.map(bin => {
    const out = empty()
    for (let link = 0; link < links; link++) {
      out.vehicleSeconds[link] = bin.vehicleTicks[link] * world.input.dt
      out.vehicleMetres[link] = bin.metres[link]
      out.left[link] = bin.left[link]
      out.queueMax[link] = bin.queueMax[link]
      total.vehicleSeconds[link] += out.vehicleSeconds[link]
      total.vehicleMetres[link] += out.vehicleMetres[link]
      total.left[link] += out.left[link]
      total.queueMax[link] = Math.max(total.queueMax[link], out.queueMax[link])
    }
    return out
  })
  return { binSeconds: BIN_SECONDS, bins, total }
}

export function interventionLog(world: World): { tick: number; node: number; trip: number }[] {
  const { interventions } = world
  return Array.from({ length: interventions.length / 3 }, (_, at) => (
    { tick: interventions[3 * at], node: interventions[3 * at + 1], trip: interventions[3 * at + 2] }))
}

export function unreachableTrips(world: World): { trip: number; row: number; reason: number; tick: number }[] {
  const { unreachableLog, trips, input } = world
  return Array.from({ length: unreachableLog.length / 2 }, (_, at) => {
    const row = unreachableLog[2 * at]
    return { trip: input.trips.id[row], row, reason: trips.unreachable[row], tick: unreachableLog[2 * at + 1] }
  })
}
