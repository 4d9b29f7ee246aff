import { Merge } from '../network/networkIndex'
import { Yield } from '../network/networkTables'
import { Light } from '../snapshot'
import type { World } from '../world'
import { Wait } from '../worldTypes'
import { followAcceleration } from './carFollowing'
import { arrivesSoon, criticalGap, mustYield } from './gapAcceptance'
import { lightOf } from './signals'
import { CellMark } from './vehicleTable'

/**
 * Merging: vehicles enter a lane in the order in which they were let in, each behind the one before as if it were
 * already in front of it. Who yields waits for a gap; where nobody does, the one nearest to the merge goes first.
 */
export function canMerge(world: World, lane: number, slot: number, turn: number, light: number, left: number, speed: number, forced: boolean): boolean {
  const { index, input, lanes, slots, paths, cells, turns: turnState, tick } = world
  const { turns } = input.network
  const own = left + turns.length[turn]
  const since = slots.waitSince[slot]
  if (!forced) {
    for (let at = index.mergeFirst[turn]; at < index.mergeFirst[turn + 1]; at++) {
      const other = index.mergeOther[at]
      const otherLane = turns.fromLane[other]
      if (otherLane === lane) continue
      const otherLight = lightOf(world, other)
      if (otherLight === Light.red || otherLight === Light.yellow) continue
      if (index.mergeYields[at] === Merge.zipper) {
        const place = lanes.reserved[otherLane]
        if (place >= paths.count[otherLane]) continue
        const cell = paths.first[otherLane] + place
        const rival = cells.slot[cell]
        if (slots.nextTurn[rival] !== other) continue
        const rivalLeft = index.pathLength[otherLane] - cells.position[cell]
        const theirs = rivalLeft + turns.length[other]
        if (rivalLeft > horizon(index.turnZips[other], cells.speed[cell], world.input.dt) || slots.wait[rival] === Wait.exitFull || slots.wait[rival] === Wait.junctionBusy) continue
        // Of two at their stop lines the one who waits longer goes first, else the one who is nearer to the merge.
        const theirSince = slots.waitSince[rival] < 0 ? tick : slots.waitSince[rival]
        const ownSince = since < 0 ? tick : since
        const first = rivalLeft < 10 && left < 10 && theirSince !== ownSince ? theirSince < ownSince
          : theirs !== own ? theirs < own : otherLane < lane
        if (first) {
          slots.waitFor[slot] = rival
          return false
        }
      } else {
        const yields = mustYield(light, otherLight, index.mergeYields[at] === Merge.yields ? Yield.owner : Yield.other)
        if (yields && arrivesSoon(world, slot, other, turns.length[other], criticalGap(world, slot, turn))) return false
        if (left > (speed * speed) / 6 && turnState.starvedTick[other] >= tick - 1 && (since < 0 || turnState.starvedSince[other] < since)) return false
      }
    }
  }
  const exit = turns.toLane[turn]
  const before = lanes.entrySlot[exit]
  if (before < 0) return true
  if (slots.trip[before] !== lanes.entryTrip[exit] || slots.reservedTurn[before] < 0 || turns.toLane[slots.reservedTurn[before]] !== exit) return true
  if (turns.fromLane[slots.reservedTurn[before]] === lane) return true
  // Whoever can still fall back is let in at once, and does so on the way.
  if (index.turnZips[turn] && speed * speed < 2 * ZIP_BRAKING * (left - 1)) return true
  const cell = slots.cell[before]
  const gap = own - (slots.exitOdometer[before] - slots.base[before] - cells.position[cell]) - cells.length[cell]
  const lead = cells.speed[cell]
  if (gap > 1 && followAcceleration(gap, speed, lead, 9, slots.class[slot], world.input.dt) > -2.5) return true
  slots.waitFor[slot] = before
  return false
}

/** Distance before the end of their lane at which drivers begin to sort themselves into one row with the other lane, m. */
export const ZIP_AHEAD = 60

/**
 * Distance from the stop line at which a driver asks to cross: what it takes to stop at 3 m/s2, and a step more. Where
 * lanes zip, far enough to fall in behind whoever goes first before the lanes become one.
 */
export function horizon(zips: number, speed: number, dt: number): number {
  const stop = (speed * speed) / 6 + speed * dt + 5
  if (zips === 0) return stop
  const ease = (speed * speed) / (2 * ZIP_BRAKING) + speed + 5
  return ease > ZIP_AHEAD ? ease : ZIP_AHEAD
}

/** Braking with which drivers fall back to open a gap in front of the end of a lane, m/s2. */
export const ZIP_BRAKING = 2

/** Whoever was to enter the exit lane behind `slot`, who takes `turn`, now follows `ahead`. */
export function follow(world: World, slot: number, turn: number, ahead: number, trip: number): void {
  const { slots, lanes, paths, cells, index, input } = world
  const check = (cell: number): void => {
    const other = cells.slot[cell]
    if (slots.leader[other] !== slot) return
    slots.leader[other] = ahead
    slots.leaderTrip[other] = trip
  }
  for (let at = index.mergeFirst[turn] - 1; at < index.mergeFirst[turn + 1]; at++) {
    const other = at < index.mergeFirst[turn] ? turn : index.mergeOther[at]
    const lane = input.network.turns.fromLane[other]
    for (let k = 0; k < lanes.reserved[lane]; k++) check(paths.first[lane] + k)
    const path = index.laneRows + other
    for (let k = 0; k < paths.count[path]; k++) check(paths.first[path] + k)
  }
}

/** Whether a vehicle could enter its exit lane before the one whom it is to follow there: that one has not come to where their ways meet. */
export function canEnterBefore(world: World, slot: number): boolean {
  const { slots, index, input, cells } = world
  const own = slots.reservedTurn[slot]
  const leader = slots.leader[slot]
  if (own < 0 || leader < 0 || slots.trip[leader] !== slots.leaderTrip[slot]) return false
  const other = slots.reservedTurn[leader]
  if (other < 0 || other === own || input.network.turns.fromLane[other] === input.network.turns.fromLane[own]) return false
  for (let at = index.mergeFirst[other]; at < index.mergeFirst[other + 1]; at++)
    if (index.mergeOther[at] === own) return slots.path[leader] < index.laneRows || cells.position[slots.cell[leader]] < index.mergeStart[at]
  return false
}

/** Changes the order in which these two enter their exit lane. */
export function enterBefore(world: World, slot: number): void {
  const { slots, lanes, input } = world
  const leader = slots.leader[slot]
  const exit = input.network.turns.toLane[slots.reservedTurn[slot]]
  if (lanes.entrySlot[exit] === slot) {
    lanes.entrySlot[exit] = leader
    lanes.entryTrip[exit] = slots.trip[leader]
  }
  follow(world, slot, slots.reservedTurn[slot], leader, slots.trip[leader])
  slots.leader[slot] = slots.leader[leader]
  slots.leaderTrip[slot] = slots.leaderTrip[leader]
  slots.leader[leader] = slot
  world.cells.marks[slots.cell[leader]] |= CellMark.tied
  slots.leaderTrip[leader] = slots.trip[slot]
}
