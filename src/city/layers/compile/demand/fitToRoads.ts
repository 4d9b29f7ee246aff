import { createHourLoad, createRoutePlanner, cyclesOf, hopSaturation, loadHour, timeSignals, weighHour, type HourLoad, type Network } from '../../../../sim'
import { hourOfTrips, type DrawnHour } from './hourOfTrips'
import { parameters } from './parameters'
import { normal } from './profiles'
import type { DemandContent } from './writeDemand'

/** Peak hours for which signals are timed and roads must do: 08-09 and 18-19, those with most trips. */
const HOURS = [8, 18] as const
/** Rounds in which drivers and signals find to each other before anybody is held back, and of holding back. */
const ROUNDS_FREE = 2
const ROUNDS_FIT = 8
/** Rounds of loading at first and in each of those rounds. */
const LOADING_FIRST = 8
const LOADING = 2
/** Most by which the share kept of a pair of ends grows back in a round. */
const RECOVERY = 1.05
/** veh/h below which a saturated turn is not counted. */
const COUNTED = 30

export interface RoadFit {
  /** veh/day by matrix, as in the content. */
  readonly trips: readonly Float64Array[]
  /** Share of all trips held back. */
  readonly heldBack: number
  /** Turns whose saturation in a peak hour exceeds the limit, before and after. */
  readonly saturatedBefore: number
  readonly saturatedAfter: number
}

/**
 * Times the network's signals for the peak hours of a demand, and holds back what the roads cannot carry in them: of the
 * trips between two ends whose way leads over a turn with more flow than `saturationMax` of its capacity, as many as it
 * takes to come down to it. They are made at another time, another way or not by car. Without this a model whose streets
 * end at a cordon asks single turns for twice their capacity, and their queues lock whole districts.
 */
export function fitToRoads(network: Network, content: DemandContent): RoadFit {
  const planner = createRoutePlanner(network)
  const cycles = cyclesOf(network)
  const ends = content.zones.length + content.gateways.length
  const hours = HOURS.map(hour => {
    const drawn = hourOfTrips(content, hour)
    return { drawn, load: createHourLoad(planner, drawn), kept: new Float64Array(ends * ends).fill(1) }
  })
  // Of each matrix, how its peak trips are shared by the two hours.
  const shares = content.specs.map(spec => normal(HOURS.map(hour => normal(spec.hours)[hour]! + 1e-9)))
  const factor = (matrix: number, pair: number): number => hours.reduce((sum, { kept }, at) => sum + shares[matrix]![at]! * kept[pair]!, 0)
  let saturatedBefore = 0
  for (let round = 0; round < ROUNDS_FREE + ROUNDS_FIT; round++) {
    for (const { load } of hours) loadHour(load, round === 0 ? LOADING_FIRST : LOADING)
    if (round === 0) saturatedBefore = countSaturated(hours)
    timeSignals(network, hours.map(({ load }) => load), cycles)
    if (round < ROUNDS_FREE) continue
    for (const { drawn, load, kept } of hours) holdBack(load, drawn, kept, ends)
    for (const { drawn, load } of hours) weighHour(load, Float64Array.from(drawn.cell, (pair, row) => factor(drawn.matrix[row]!, pair)))
  }
  const trips = content.trips.map((matrix, at) => matrix.map((perDay, pair) => perDay * factor(at, pair)))
  return { trips, heldBack: 1 - total(trips) / total(content.trips), saturatedBefore, saturatedAfter: countSaturated(hours) }
}

/** Lowers the share of the trips of each pair of ends that is kept, by what is too much on their ways. */
function holdBack({ planner, ways, flow }: HourLoad, { cell }: DrawnHour, kept: Float64Array, ends: number): void {
  const saturation = hopSaturation(planner.network, planner.index, flow)
  const pairs = { sum: new Float64Array(kept.length), count: new Float64Array(kept.length) }
  const origins = { sum: new Float64Array(ends), count: new Float64Array(ends) }
  const destinations = { sum: new Float64Array(ends), count: new Float64Array(ends) }
  let all = 0
  for (const [row, way] of ways.entries()) {
    let most = 0
    for (const hop of way) most = Math.max(most, saturation[hop]!)
    // Others who took another way meanwhile leave room: some of those held back may drive again.
    const share = Math.min(RECOVERY, parameters.saturationMax / most)
    all += share
    for (const [into, at] of [[pairs, cell[row]!], [origins, Math.floor(cell[row]! / ends)], [destinations, cell[row]! % ends]] as const) {
      into.sum[at]! += share
      into.count[at]! += 1
    }
  }
  const mean = ({ sum, count }: typeof pairs, at: number): number => (count[at]! > 0 ? sum[at]! / count[at]! : 1)
  // Pairs with too few trips to be among the drawn ones go by what befalls others from the same and to the same end.
  const likely = (pair: number): number => (mean(origins, Math.floor(pair / ends)) * mean(destinations, pair % ends) * ways.length) / all
  for (let pair = 0; pair < kept.length; pair++) kept[pair] = Math.min(1, kept[pair]! * (pairs.count[pair]! > 0 ? mean(pairs, pair) : likely(pair)))
}

const total = (matrices: readonly Float64Array[]): number => matrices.reduce((sum, matrix) => matrix.reduce((a, b) => a + b, sum), 0)

function countSaturated(hours: readonly { readonly load: HourLoad }[]): number {
  let count = 0
  for (const { load: { planner, flow } } of hours)
    for (const [hop, saturation] of hopSaturation(planner.network, planner.index, flow).entries()) if (flow[hop]! > COUNTED && saturation > parameters.saturationMax) count++
  return count
}
