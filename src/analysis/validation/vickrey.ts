import { drivers, metresPerSecond, type Network } from '../../sim'
import { advance, bed, mean, travelTimes, type Trip } from './bed'
import { road } from './networks'
import { relative, type Finding, type ValidationCase } from './row'

/** Cost of an hour of travel, of arriving an hour early, and late: the ratios of Small (1982), as Arnott et al. use them. */
const ALPHA = 6.4
const BETA = 3.9
const GAMMA = 15.21
const TRAVELLERS = 600

/** Departures of the morning rush as the equilibrium has them. The bottleneck is a slow stretch, whose capacity follows from the car-following model. */
interface Rush {
  readonly network: Network
  readonly rows: readonly Trip[]
  /** s that the bottleneck is busy, and from the first departure to the arrival that everybody wishes for. */
  readonly seconds: number
  readonly wished: number
  /** What everyone pays. */
  readonly theory: number
}

export function rushTrips(): Rush {
  const slow = metresPerSecond(20)
  const rate = 1 / (drivers.timeGap[0]! + (drivers.gapMin[0]! + drivers.length[0]!) / slow)
  // Before and after the departure that arrives on time, travellers leave at these multiples of the capacity.
  const early = ALPHA / (ALPHA - BETA)
  const late = ALPHA / (ALPHA + GAMMA)
  const seconds = TRAVELLERS / rate
  const wished = (GAMMA / (BETA + GAMMA)) * seconds
  const onTime = wished - ((BETA / ALPHA) * GAMMA * seconds) / (BETA + GAMMA)
  const before = onTime * early * rate
  const rows = Array.from({ length: TRAVELLERS }, (_, k) => ({
    depart: k < before ? k / (early * rate) : onTime + (k - before) / (late * rate), from: 0, to: 1,
  }))
  return { network: road([{ length: 600 }, { length: 300, speedLimit: slow }]), rows, seconds, wished, theory: ((BETA * GAMMA) / (BETA + GAMMA)) * (seconds / 3600) }
}

/** What each traveller pays for queueing and for arriving early or late, by travel time; the drive itself is free. */
export function rushCost({ rows, wished }: Rush, times: readonly number[]): number[] {
  const free = Math.min(...times)
  return times.map((time, row) => {
    const delay = time - free
    const arrival = rows[row]!.depart + delay
    return (ALPHA * delay + (arrival < wished ? BETA * (wished - arrival) : GAMMA * (arrival - wished))) / 3600
  })
}

/** Everybody pays the same. */
function vickrey(): Finding[] {
  const rush = rushTrips()
  const world = bed(rush.network, rush.rows, { step: 0.25 })
  advance(world, rush.seconds + 300)
  const times = travelTimes(world)
  const cost = rushCost(rush, times)
  const average = mean(cost)
  return [
    { name: 'cost', measured: average, unit: '$', ...relative(rush.theory, 0.05) },
    { name: 'longest-queueing', measured: Math.max(...times) - Math.min(...times), unit: 's', ...relative((rush.theory * 3600) / ALPHA, 0.05) },
    { name: 'spread-of-cost', measured: (100 * Math.sqrt(mean(cost.map(each => (each - average) ** 2)))) / average, unit: '%', expected: 0, tolerance: 5 },
  ]
}

export const vickreyCases: readonly ValidationCase[] = [{
  name: 'vickrey',
  source: 'Vickrey (1969), Am. Econ. Rev. 59, 251; Arnott, de Palma & Lindsey (1990), J. Urban Econ. 27, 111: everyone pays beta gamma / (beta + gamma) N / s; values of time of Small (1982)',
  run: vickrey,
}]
