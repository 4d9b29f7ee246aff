import { ALL_CLASSES, CLASSES, VehicleClass } from '../network/networkTables'
import { findClosed } from '../network/router'
import { conditionsOf } from '../traffic/conditions'
import { drivers } from '../traffic/driverTypes'
import { findBanned } from '../traffic/inForce'
import type { NetworkChange } from '../worldTypes'
import { departTrips } from './departures'
import { dischargeLanes } from './discharge'
import { mesoBinNow, recordMeso } from './mesoMeasures'
import { headwayAt } from './mesoNetwork'
import { rerouteMeso, rerouteShutMeso } from './mesoRoutes'
import { refreshMesoCosts } from './routesAhead'
import { changeMesoPlan, updateMesoSignals } from './mesoSignals'
import { LANE_BYTES, Lane } from './mesoTables'
import { closeLane, MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'

/** Advances a meso run by one step of MESO_STEP seconds. */
export function stepMeso(world: MesoWorld): void {
  const bin = mesoBinNow(world)
  applyMesoChanges(world)
  updateMesoSignals(world)
  refreshMesoCosts(world)
  rerouteMeso(world)
  departTrips(world)
  dischargeLanes(world, bin)
  world.counts[MesoCount.vehicleSeconds] += world.counts[MesoCount.running] * MESO_STEP
  world.tick += 1
  recordMeso(world, bin)
}

/** Applies the changes that are due: those of the micro engine. Vehicles whose way is shut find another one as they come to it. */
export function applyMesoChanges(world: MesoWorld): void {
  const { changes, counts, input, tick } = world
  const now = (tick * MESO_STEP) / input.dt
  let next = counts[MesoCount.nextChange]
  let waysChanged = false
  for (; next < changes.length && changes[next].tick <= now; next++) {
    if (applyChange(world, changes[next], next + 1)) waysChanged = true
  }
  counts[MesoCount.nextChange] = next
  if (!waysChanged) return
  findBanned(world.router.banned, changes, next, world.index.turnHop)
  const { i32 } = world.lanes
  findClosed(world.router, input, world.index, Uint16Array.from({ length: input.network.lanes.rows }, (_, lane) => i32[lane * (LANE_BYTES / 4) + Lane.closed]))
  rerouteShutMeso(world)
}

/** Applies the last of the first `count` changes; answers whether it opens or shuts a way. */
function applyChange(world: MesoWorld, change: NetworkChange, count: number): boolean {
  switch (change.kind) {
    case 'closeLane': case 'openLane': countClosure(world, change); return true
    case 'closeTurn': case 'openTurn': return true
    case 'speedLimit': case 'capacity': setConditions(world, change.row, count); return false
    case 'weather':
      for (let link = 0; link < world.input.network.links.rows; link++) setConditions(world, link, count)
      return false
    case 'signalPlan': changeMesoPlan(world, change.row, count); return false
    // Drivers of queues keep the ways that they set out on.
    case 'message': return false
  }
}

function setConditions({ input, lanes: { f32 }, changes }: MesoWorld, link: number, count: number): void {
  const { links } = input.network
  const { limit, speedFactor, gapFactor } = conditionsOf(input.network, changes, count, link)
  const gapMore = (gapFactor - 1) * drivers.timeGap[0]
  for (let lane = links.laneFirst[link]; lane < links.laneFirst[link] + links.laneCount[link]; lane++) {
    const at = lane * (LANE_BYTES / 4)
    f32[at + Lane.speed] = limit * speedFactor
    f32[at + Lane.headwayIn] = gapMore + headwayAt(limit * speedFactor)
    f32[at + Lane.gapMore] = gapMore
  }
}

/** A lane that several edits close opens again when the last of them ends. */
function countClosure(world: MesoWorld, { kind, row, classes = ALL_CLASSES }: NetworkChange): void {
  const { shut, input } = world
  let closed = ~input.network.lanes.allowed[row]
  for (let type = 0; type < CLASSES; type++) {
    if (type === VehicleClass.emergency) continue // pass every barrier
    const at = row * CLASSES + type
    if (classes & (1 << type)) shut[at] = Math.max(0, shut[at] + (kind === 'closeLane' ? 1 : -1))
    if (shut[at] > 0) closed |= 1 << type
  }
  closeLane(world, row, closed)
}
