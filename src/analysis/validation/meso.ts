import { createMeso, MESO_STEP, mesoTripResults, metresPerSecond, stepMeso, type Network } from '../../sim'
import { bedInput, mean, steady, type Trip } from './bed'
import { road } from './networks'
import { relative, type Finding, type ValidationCase } from './row'
import { rushCost, rushTrips } from './vickrey'
import { CAPACITY_DROP, forkNetwork, FREE, laneCapacity, LWR, mergeNetwork, queueFlow, SLOW } from './waves'

/** A run of the queue-based engine: seconds after the start at which each trip entered and arrived, by row; NaN = not yet. */
function runMeso(network: Network, rows: readonly Trip[], seconds: number): { entered: number[]; arrived: number[]; times: number[] } {
  const input = bedInput(network, rows)
  const world = createMeso(input)
  for (let step = 0; step * MESO_STEP < seconds; step++) stepMeso(world)
  const { insertTick, arriveTick, departTick } = mesoTripResults(world)
  const inSeconds = (ticks: Int32Array): number[] => Array.from(ticks, tick => (tick < 0 ? NaN : tick * input.dt))
  return { entered: inSeconds(insertTick), arrived: inSeconds(arriveTick), times: Array.from(arriveTick, (tick, row) => (tick < 0 ? NaN : (tick - departTick[row]!) * input.dt)) }
}

/** veh/h that arrive between two times. */
function rate(arrived: readonly number[], from: number, to: number, only: (row: number) => boolean = () => true): number {
  return (arrived.filter((time, row) => time >= from && time < to && only(row)).length * 3600) / (to - from)
}

/** A slow stretch, whose queue reaches back to the start of the road. */
function bottleneck(): Finding[] {
  const demand = 1800
  const length = 800
  const { entered, arrived } = runMeso(road([{ length }, { length: 400, speedLimit: SLOW }, { length: 200 }]), steady(0, 2, demand, 1800), 1800)
  const capacity = queueFlow(SLOW)
  const inflow = demand / 3600
  const shock = (inflow - capacity) / (capacity / SLOW - inflow / FREE)
  const held = entered.findIndex((time, row) => time - (row * 3600) / demand > 5)
  return [
    { name: 'queue-discharge', measured: rate(arrived, 600, 1800), unit: 'veh/h', ...relative(capacity * 3600, 0.05) },
    { name: 'time-to-fill', measured: held < 0 ? NaN : (held * 3600) / demand, unit: 's', ...relative(length / FREE + length / shock, 0.05) },
  ]
}

function laneDrop(): Finding[] {
  const { arrived } = runMeso(road([{ length: 1000, lanes: 2 }, { length: 500 }]), steady(0, 1, 2800, 1800), 1800)
  return [{ name: 'queue-discharge', measured: rate(arrived, 600, 1800), unit: 'veh/h', ...relative(laneCapacity * 3600 * (1 - CAPACITY_DROP), 0.05) }]
}

function spillback(): Finding[] {
  const { network, rows, other, capacity, share } = forkNetwork()
  const { arrived } = runMeso(network, rows, 2400)
  return [{ name: 'flow-to-open-branch', measured: rate(arrived, 1200, 2400, row => rows[row]!.to === other), unit: 'veh/h', ...relative((3600 * capacity * (1 - share)) / share, 0.05) }]
}

function merge(): Finding[] {
  const capacity = queueFlow(SLOW) * 3600
  const flows = (left: number, right: number): [number, number] => {
    const { network, rows, links } = mergeNetwork(left, right)
    const ordered = [...rows].sort((a, b) => a.depart - b.depart)
    const { arrived } = runMeso(network, ordered, 1800)
    return [rate(arrived, 600, 1800, row => ordered[row]!.from === links[0]), rate(arrived, 600, 1800, row => ordered[row]!.from === links[1])]
  }
  const [left, right] = flows(1400, 1400)
  return [
    { name: 'capacity', measured: left + right, unit: 'veh/h', ...relative(capacity, 0.05) },
    { name: 'share-of-equals', measured: (100 * left) / (left + right), unit: '%', ...relative(50, 0.05) },
    { name: 'small-stream-passes', measured: flows(1400, 400)[1], unit: 'veh/h', ...relative(400, 0.05) },
  ]
}

function freeFlow(): Finding[] {
  return [30, 80].map(limitKmh => {
    const speedLimit = metresPerSecond(limitKmh)
    const rows = Array.from({ length: 10 }, (_, k) => ({ depart: 60 * k, from: 0, to: 2, toOffset: 1000 }))
    const { times } = runMeso(road([{ length: 1000, speedLimit }, { length: 2000, speedLimit }, { length: 1100, speedLimit }]), rows, 1500)
    return { name: `${limitKmh}-km-h`, measured: mean(times), unit: 's', ...relative(4000 / speedLimit, 0.05) }
  })
}

function vickrey(): Finding[] {
  const rush = rushTrips()
  const { times } = runMeso(rush.network, rush.rows, rush.seconds + 300)
  return [{ name: 'cost', measured: mean(rushCost(rush, times)), unit: '$', ...relative(rush.theory, 0.05) }]
}

const wave = `the same theory as of the microscopic waves: ${LWR}; Newell (1993), Transp. Res. B 27, 281`

export const mesoCases: readonly ValidationCase[] = [
  { name: 'meso/bottleneck', source: wave, run: bottleneck },
  { name: 'meso/lane-drop', source: wave, run: laneDrop },
  { name: 'meso/spillback', source: wave, run: spillback },
  { name: 'meso/merge', source: wave, run: merge },
  { name: 'meso/free-flow-time', source: 'length / speed limit', run: freeFlow },
  { name: 'meso/vickrey', source: 'Vickrey (1969), Am. Econ. Rev. 59, 251; as with the microscopic engine', run: vickrey },
]
