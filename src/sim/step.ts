import { recordMeasures } from './measures/measures'
import { accelerate } from './traffic/accelerate'
import { tidyCells } from './traffic/cells'
import { applyChanges } from './traffic/changes'
import { breakDeadlocks } from './traffic/deadlocks'
import { insertVehicles, queueTrips } from './traffic/insertion'
import { reserveTurns } from './traffic/junctions'
import { changeLanes, chooseLanes } from './traffic/laneChange'
import { hearMessages } from './traffic/messages'
import { clearMotion, gatherPaths } from './traffic/motion'
import { renewNoise } from './traffic/noise'
import { arriveVehicles, mailIsLeft, moveVehicles, passOn, takeIn } from './traffic/moveVehicles'
import { askForBetterWays, betterWay, rerouteDrivers } from './traffic/rerouting'
import { searchShare } from './traffic/routeSearches'
import { peopleEngine } from './people/peopleEngine'
import { ruleEngine } from './rules/ruleEngine'
import { updateSignals } from './traffic/signals'
import type { Advance } from './threads/trafficModel'
import { Count, type World } from './world'

/**
 * A tick is a fixed row of phases. What is done `together` works on one domain, reads of the others only what nobody
 * writes in that phase, and so may run for all domains at once; what is done `alone` runs between, on one thread. The
 * result is the same whoever does it. `again`: the phase is repeated until there is nothing left to do.
 */
export type Phase =
  | { readonly alone: (world: World) => void }
  | { readonly together: (world: World, domain: number, round: number) => void; readonly again?: (world: World, round: number) => boolean }

export const phases: readonly Phase[] = [
  { alone: prepare },
  { together: findWays },
  { alone: begin },
  { together: choose },
  { alone: change },
  { together: drive },
  { together: move },
  { together: takeIn, again: mailIsLeft },
]

/** Advances the world by one tick, on this thread. */
export function step(world: World): void {
  const domains = world.index.domains.count
  clearMotion(world)
  for (const phase of phases) {
    if ('alone' in phase) { phase.alone(world); continue }
    let round = 1
    while (!phase.again || phase.again(world, round)) {
      for (let domain = 0; domain < domains; domain++) phase.together(world, domain, round)
      if (!phase.again) break
      round++
    }
  }
  finish(world)
}

function prepare(world: World): void {
  if (world.rules) ruleEngine().look(world, world.rules)
  applyChanges(world)
  updateSignals(world)
  world.searches.asked[0] = 0
  askForBetterWays(world)
  hearMessages(world)
  queueTrips(world)
}

function findWays(world: World, domain: number): void {
  searchShare(world, domain, betterWay)
}

function begin(world: World): void {
  rerouteDrivers(world)
  insertVehicles(world)
}

function choose(world: World, domain: number): void {
  recordMeasures(world, domain)
  chooseLanes(world, domain)
}

function change(world: World): void {
  changeLanes(world)
  breakDeadlocks(world)
}

function drive(world: World, domain: number): void {
  reserveTurns(world, domain)
  gatherPaths(world, domain)
  renewNoise(world, domain)
  accelerate(world, domain)
}

function move(world: World, domain: number): void {
  moveVehicles(world, domain)
  passOn(world, domain)
  tidyCells(world, domain)
}

/** Ends the tick, alone; `advance` has the threads of a crew, if there is one, share the crowd out. */
export function finish(world: World, advance: Advance | null = null): void {
  const { counts, domains: { tally } } = world
  arriveVehicles(world)
  for (let domain = 0; domain < tally.rows; domain++) {
    counts[Count.updates] += tally.updates[domain]
    counts[Count.metres] += tally.metres[domain]
    counts[Count.emergencyBrakes] += tally.emergencyBrakes[domain]
  }
  if (world.people) peopleEngine().step(world, world.people, advance)
  world.tick += 1
}
