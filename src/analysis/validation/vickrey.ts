import { drivers, metresPerSecond } from '../../sim'
import { advance, bed, mean, travelTimes } from './bed'
import { road } from './networks'
import { relative, type Finding, type ValidationCase } from './row'

/** Cost of an hour of travel, of arriving an hour early, and late: the ratios of Small (1982), as Arnott et al. use them. */
const ALPHA = 6.4
const BETA = 3.9
const GAMMA = 15.21
const TRAVELLERS = 600

/**
 * The morning rush at a bottleneck: departures as the equilibrium has them must give every traveller the same cost.
 * The bottleneck is a slow stretch, whose capacity follows from the car-following model.
 */
function vickrey(): Finding[] {
  const slow = metresPerSecond(20)
  const rate = 1 / (drivers.timeGap[0]! + (drivers.gapMin[0]! + drivers.length[0]!) / slow)
  // Before and after the departure that arrives on time, travellers leave at these multiples of the capacity.
  const early = ALPHA / (ALPHA - BETA)
  const late = ALPHA / (ALPHA + GAMMA)
  const rush = TRAVELLERS / rate
  const wished = (GAMMA / (BETA + GAMMA)) * rush // after the first departure
  const onTime = wished - ((BETA / ALPHA) * GAMMA * rush) / (BETA + GAMMA)
  const before = onTime * early * rate
  const rows = Array.from({ length: TRAVELLERS }, (_, k) => ({
    depart: k < before ? k / (early * rate) : onTime + (k - before) / (late * rate), from: 0, to: 1,
  }))
  const world = bed(road([{ length: 600 }, { length: 300, speedLimit: slow }]), rows, { step: 0.25 })
  advance(world, rush + 300)
  const times = travelTimes(world)
  const free = Math.min(...times)
  const cost = times.map((time, row) => {
    const delay = time - free
    const arrival = rows[row]!.depart + delay
    return (ALPHA * delay + (arrival < wished ? BETA * (wished - arrival) : GAMMA * (arrival - wished))) / 3600
  })
  const theory = ((BETA * GAMMA) / (BETA + GAMMA)) * (rush / 3600)
  const average = mean(cost)
  return [
    { name: 'cost', measured: average, unit: '$', ...relative(theory, 0.05) },
    { name: 'longest-queueing', measured: Math.max(...times) - free, unit: 's', ...relative(((BETA * GAMMA) / (BETA + GAMMA) / ALPHA) * rush, 0.05) },
    { name: 'spread-of-cost', measured: (100 * Math.sqrt(mean(cost.map(each => (each - average) ** 2)))) / average, unit: '%', expected: 0, tolerance: 5 },
  ]
}

export const vickreyCases: readonly ValidationCase[] = [{
  name: 'vickrey',
  source: 'Vickrey (1969), Am. Econ. Rev. 59, 251; Arnott, de Palma & Lindsey (1990), J. Urban Econ. 27, 111: everyone pays beta gamma / (beta + gamma) N / s; values of time of Small (1982)',
  run: vickrey,
}]
