import { invariant } from '../core/invariant'
import { unitsOf } from './mesoNetwork'
import { LANE_BYTES, Lane, SLOT_BYTES, Slot } from './mesoTables'
import { MESO_STEP, MesoCount, type MesoWorld } from './mesoWorld'

/** Stops the run where a vehicle was lost or doubled, a lane holds more than was let in, or time runs backwards. */
export function checkMeso({ counts, lanes, slots, tick, input }: MesoWorld): void {
  const at = (what: string) => (): string => `step ${tick}: ${what}`
  const { nextTrip, waiting, running, arrived, unreachable } = MesoCount
  invariant(counts[nextTrip] === counts[waiting] + counts[running] + counts[arrived] + counts[unreachable], at('departures are not waiting + running + arrived + unreachable'))
  const words = SLOT_BYTES / 4
  const taken = new Int32Array(lanes.rows)
  let vehicles = 0
  for (let slot = 0; slot < counts[MesoCount.slotsUsed]; slot++) {
    const trip = slots.i32[slot * words + Slot.trip]
    if (trip < 0) continue
    vehicles++
    const lane = slots.i32[slot * words + Slot.lane]
    const ready = slots.f64[slot * (words / 2) + Slot.ready]
    taken[lane] += unitsOf(slots.i32[slot * words + Slot.class])
    invariant(ready >= slots.f64[slot * (words / 2) + Slot.entered], at(`trip row ${trip} is at the end of lane ${lane} before it entered it`))
    invariant(slots.i32[slot * words + Slot.turn] >= 0 || ready >= (tick - 1) * MESO_STEP, at(`trip row ${trip} should have arrived`))
  }
  invariant(vehicles === counts[running], at(`${vehicles} vehicles on the lanes, ${counts[running]} counted`))
  for (let lane = 0; lane < lanes.rows; lane++) {
    const record = lane * (LANE_BYTES / 4)
    const count = lanes.i32[record + Lane.entered] - lanes.i32[record + Lane.left]
    invariant(taken[lane] === count, at(`lane ${lane} counts ${count} units of storage, its vehicles take ${taken[lane]}`))
    let last = -1
    const head = lanes.i32[record + Lane.head]
    for (let slot = head; slot >= 0; slot = slots.i32[slot * words + Slot.next]) {
      invariant(slots.i32[slot * words + Slot.lane] === lane && slots.i32[slot * words + Slot.trip] >= 0, at(`slot ${slot} stands in the queue of lane ${lane}, but is on lane ${slots.i32[slot * words + Slot.lane]}`))
      last = slot
    }
    invariant(last < 0 || last === lanes.i32[record + Lane.tail], at(`the queue of lane ${lane} does not end at its tail`))
    invariant(head < 0 || lanes.i32[record + Lane.due] >= tick || lanes.i32[record + Lane.waitsFor] >= 0, at(`nobody looks at the head of lane ${lane} any more`))
  }
  invariant(counts[nextTrip] <= input.trips.rows, at('more departures than trips'))
}
