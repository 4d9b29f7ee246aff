import { Draw, uniform } from '../core/random'
import type { CrowdInput } from './crowdTypes'

/** Mean free speed on the level by age, m/s, at these ages: Weidmann (1993), fig. 4, as RiMEA 4.1.1 tabulates it for its test 7. */
const AGES = [5, 10, 15, 20, 30, 40, 50, 60, 70, 80]
const SPEEDS = [0.71, 1.12, 1.47, 1.61, 1.54, 1.48, 1.41, 1.29, 1.08, 0.72]

/** Of all ages: Weidmann's mean and standard deviation, m/s. */
const MEAN = 1.34
const DEVIATION = 0.26
/** m/s, within one age: what remains of the deviation of all when that between ages, about 0.17, is taken out. */
const DEVIATION_OF_AGE = 0.2
/** No draw beyond this many standard deviations, so that nobody stands still or runs. */
const BOUND = 2.5

/** Free speed on the level of a walker, m/s: as the row says; else drawn for the age; else drawn from all. */
export function freeSpeedOf({ walkers, seed }: CrowdInput, row: number): number {
  return walkers.speed[row] > 0 ? walkers.speed[row] : freeSpeedOfId(seed, walkers.id[row], walkers.age[row])
}

/** The draw of one person, the same wherever the person walks. @param age  year; 0 = unknown */
export function freeSpeedOfId(seed: number, id: number, age = 0): number {
  let sum = -2
  for (let k = 0; k < 4; k++) sum += uniform(seed, Draw.walkingSpeed, id, k)
  const normal = Math.max(-BOUND, Math.min(BOUND, sum / 0.5773502691896258))
  return age > 0 ? Math.max(0.4, freeSpeedByAge(age) + DEVIATION_OF_AGE * normal) : MEAN + DEVIATION * normal
}

/** Mean free speed of an age (year), m/s; between the tabulated ages straight lines, beyond them the outermost. */
export function freeSpeedByAge(age: number): number {
  if (age <= AGES[0]) return SPEEDS[0]
  for (let at = 1; at < AGES.length; at++)
    if (age <= AGES[at]) return SPEEDS[at - 1] + ((age - AGES[at - 1]) / (AGES[at] - AGES[at - 1])) * (SPEEDS[at] - SPEEDS[at - 1])
  return SPEEDS[SPEEDS.length - 1]
}
