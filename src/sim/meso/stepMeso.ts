import { ALL_CLASSES, CLASSES, VehicleClass } from '../network/networkTables'
import { findClosed } from '../network/router'
import { findBanned, inForce } from '../traffic/inForce'
import type { NetworkChange } from '../worldTypes'
import { departTrips } from './departures'
import { dischargeLanes } from './discharge'
import { mesoBinNow, recordMeso } from './mesoMeasures'
import { refreshMesoCosts, rerouteMeso } from './mesoRoutes'
import { updateMesoSignals } from './mesoSignals'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'

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
  recordMeso(world)
}

/** Applies the changes that are due: those of the micro engine. Vehicles whose way is shut find another one as they come to it. */
export function applyMesoChanges(world: MesoWorld): void {
  const { changes, counts, input, tick } = world
  const now = (tick * MESO_STEP) / input.dt
  let next = counts[MesoCount.nextChange]
  let waysChanged = false
  for (; next < changes.length && changes[next].tick <= now; next++) {
    const { kind } = changes[next]
    if (kind === 'speedLimit') setLimit(world, changes[next].row, next + 1)
    else {
      if (kind === 'closeLane' || kind === 'openLane') countClosure(world, changes[next])
      waysChanged = true
    }
  }
  counts[MesoCount.nextChange] = next
  if (!waysChanged) return
  findBanned(world.router.banned, changes, next, world.index.turnHop)
  findClosed(world.router, input, world.index, world.lanes.closed)
}

/** Sets the limit of a link as it is after the first `count` changes. */
function setLimit({ input, lanes, changes }: MesoWorld, row: number, count: number): void {
  const { links } = input.network
  lanes.speed.fill(inForce(changes, count, 'speedLimit', row)?.speedLimit ?? links.speedLimit[row], links.laneFirst[row], links.laneFirst[row] + links.laneCount[row])
}

/** A lane that several edits close opens again when the last of them ends. */
function countClosure({ shut, lanes, input }: MesoWorld, { kind, row, classes = ALL_CLASSES }: NetworkChange): void {
  let closed = ~input.network.lanes.allowed[row]
  for (let type = 0; type < CLASSES; type++) {
    if (type === VehicleClass.emergency) continue // pass every barrier
    const at = row * CLASSES + type
    if (classes & (1 << type)) shut[at] = Math.max(0, shut[at] + (kind === 'closeLane' ? 1 : -1))
    if (shut[at] > 0) closed |= 1 << type
  }
  lanes.closed[row] = closed & ((1 << CLASSES) - 1)
}
