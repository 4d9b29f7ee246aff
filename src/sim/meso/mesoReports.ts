import { createTable } from '../core/table'
import { StateHash } from '../core/stateHash'
import type { LinkBin, LinkMeasures, TripResults } from '../reports'
import type { RunTotals } from '../worldTypes'
import { addTurns } from './mesoMeasures'
import { Slot, SLOT_BYTES } from './mesoTables'
import { MESO_BIN_SECONDS, MESO_STEP, mesoBinColumns, MesoCount, type MesoWorld } from './mesoWorld'

/** Counts of a meso run, as those of the micro engine; `tick` is in steps of the input, `vehicleUpdates` are moves from link to link. */
export function mesoTotals({ counts, tick, input }: MesoWorld): RunTotals {
  return {
    tick: Math.round((tick * MESO_STEP) / input.dt),
    departures: counts[MesoCount.nextTrip], inserted: counts[MesoCount.inserted], arrived: counts[MesoCount.arrived],
    running: counts[MesoCount.running], waiting: counts[MesoCount.waiting], unreachable: counts[MesoCount.unreachable],
    interventions: counts[MesoCount.interventions], missedTurns: counts[MesoCount.missedTurns], reroutes: counts[MesoCount.reroutes],
    vehicleHours: (counts[MesoCount.vehicleSeconds] + counts[MesoCount.waitingSeconds]) / 3600,
    waitingHours: counts[MesoCount.waitingSeconds] / 3600, vehicleKm: counts[MesoCount.metres] / 1000, vehicleUpdates: counts[MesoCount.moves],
  }
}

/** What became of each trip, by row. */
export function mesoTripResults({ input, trips, slots, counts }: MesoWorld): TripResults {
  // What those on the road have driven so far is in their slots.
  const distance = trips.distance.slice()
  for (let slot = 0; slot < counts[MesoCount.slotsUsed]; slot++) {
    const row = slots.i32[slot * (SLOT_BYTES / 4) + Slot.trip]
    if (row >= 0) distance[row] = slots.f32[slot * (SLOT_BYTES / 4) + Slot.distance]
  }
  return {
    departTick: input.trips.departTick, insertTick: trips.insertTick, arriveTick: trips.arriveTick,
    distance, freeFlowTime: trips.freeFlowTime, unreachableReason: trips.unreachable,
  }
}

/** What was counted on each link, as vehicles left it. */
export function mesoLinkMeasures(world: MesoWorld): LinkMeasures {
  const { links } = world
  // The minute that has not ended is still on the turns.
  const bins = world.bins.map((bin, at) => {
    const copy = createTable(mesoBinColumns, links.rows)
    new Uint8Array(copy.buffer).set(new Uint8Array(bin.buffer))
    if (at === world.bins.length - 1) addTurns(world, copy)
    return copy
  })
  const total: LinkBin = { vehicleSeconds: new Float64Array(links.rows), vehicleMetres: new Float64Array(links.rows), left: new Int32Array(links.rows), queueMax: new Int32Array(links.rows) }
  for (const bin of bins)
    for (let link = 0; link < links.rows; link++) {
      total.vehicleSeconds[link] += bin.seconds[link]
      total.vehicleMetres[link] += bin.metres[link]
      total.left[link] += bin.left[link]
      if (bin.queueMax[link] > total.queueMax[link]) total.queueMax[link] = bin.queueMax[link]
    }
  return {
    binSeconds: MESO_BIN_SECONDS, total,
    bins: bins.map(({ seconds, metres, left, queueMax }) => ({ vehicleSeconds: seconds, vehicleMetres: metres, left, queueMax })),
  }
}

/** Two runs with the same hash are the same run. */
export function mesoStateHash({ counts, lanes, slots, turns, links, trips, exitTime, tick }: MesoWorld): string {
  const hash = new StateHash()
  hash.add(Float64Array.of(tick))
  hash.add(counts)
  for (const { buffer } of [lanes, slots, turns, links, trips]) hash.add(new Uint8Array(buffer))
  hash.add(exitTime)
  return hash.text()
}
