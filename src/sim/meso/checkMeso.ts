import { invariant } from '../core/invariant'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'

/** Stops the run where a vehicle was lost or doubled, a lane holds more than was let in, or time runs backwards. */
export function checkMeso({ counts, lanes, slots, tick, input }: MesoWorld): void {
  const at = (what: string) => (): string => `step ${tick}: ${what}`
  const { nextTrip, waiting, running, arrived, unreachable } = MesoCount
  invariant(counts[nextTrip] === counts[waiting] + counts[running] + counts[arrived] + counts[unreachable], at('departures are not waiting + running + arrived + unreachable'))
  const taken = new Int32Array(lanes.rows)
  let vehicles = 0
  for (let slot = 0; slot < counts[MesoCount.slotsUsed]; slot++) {
    if (slots.trip[slot] < 0) continue
    vehicles++
    taken[slots.lane[slot]] += slots.size[slot]
    invariant(slots.ready[slot] >= slots.entered[slot], at(`trip row ${slots.trip[slot]} is at the end of lane ${slots.lane[slot]} before it entered it`))
    invariant(slots.turn[slot] >= 0 || slots.ready[slot] >= (tick - 1) * MESO_STEP, at(`trip row ${slots.trip[slot]} should have arrived`))
  }
  invariant(vehicles === counts[running], at(`${vehicles} vehicles on the lanes, ${counts[running]} counted`))
  for (let lane = 0; lane < lanes.rows; lane++) {
    invariant(taken[lane] === lanes.entered[lane] - lanes.left[lane], at(`lane ${lane} counts ${lanes.entered[lane] - lanes.left[lane]} units of storage, its vehicles take ${taken[lane]}`))
    let last = -1
    for (let slot = lanes.head[lane]; slot >= 0; slot = slots.next[slot]) {
      invariant(slots.lane[slot] === lane && slots.trip[slot] >= 0, at(`trip row ${slots.trip[slot]} stands in the queue of lane ${lane}, but is on lane ${slots.lane[slot]}`))
      last = slot
    }
    invariant(last < 0 || last === lanes.tail[lane], at(`the queue of lane ${lane} does not end at its tail`))
    invariant(lanes.head[lane] < 0 || lanes.due[lane] >= tick || lanes.waitsFor[lane] >= 0, at(`nobody looks at the head of lane ${lane} any more`))
  }
  invariant(counts[nextTrip] <= input.trips.rows, at('more departures than trips'))
}
