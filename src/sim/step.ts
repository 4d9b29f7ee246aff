import { recordMeasures } from './measures/measures'
import { accelerate } from './traffic/accelerate'
import { applyChanges } from './traffic/changes'
import { breakDeadlocks } from './traffic/deadlocks'
import { insertVehicles } from './traffic/insertion'
import { reserveTurns } from './traffic/junctions'
import { tidyCells } from './traffic/cells'
import { changeLanes } from './traffic/laneChange'
import { moveVehicles, transferVehicles } from './traffic/moveVehicles'
import { rerouteDrivers } from './traffic/rerouting'
import { updateSignals } from './traffic/signals'
import type { World } from './world'

/**
 * Advances the world by one tick. Accelerations read the state at the start of the tick and are applied together, so
 * the order of rows cannot change them; all that takes a place for itself (turns, gaps, rooms) goes by fixed order.
 */
export function step(world: World): void {
  tidyCells(world)
  applyChanges(world)
  updateSignals(world)
  rerouteDrivers(world)
  insertVehicles(world)
  changeLanes(world)
  breakDeadlocks(world)
  reserveTurns(world)
  accelerate(world)
  moveVehicles(world)
  transferVehicles(world)
  recordMeasures(world)
  world.tick += 1
}
