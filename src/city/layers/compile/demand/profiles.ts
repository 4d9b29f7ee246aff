import { PROFILE_SLOTS } from '../../demand'
import { hoursAll, hoursBus, hoursFreight, hoursFromWork, hoursTaxi, hoursToWork, parameters } from './parameters'

/** Whole-number weights of the quarters of an hour, from shares by hour: linear between the middles of the hours. */
export function quarters(hours: readonly number[]): number[] {
  return Array.from({ length: PROFILE_SLOTS }, (_, slot) => {
    const at = (slot + 0.5) / 4 - 0.5
    const hour = Math.floor(at)
    const share = at - hour
    return Math.round(10000 * (hours[(hour + 24) % 24]! * (1 - share) + hours[(hour + 1) % 24]! * share))
  })
}

/** What is left for other trips by hour once commuting, taxis, lorries and buses are taken out of all trips; never below a third of their mean. */
export function hoursOther(): number[] {
  const { commute, other, taxi, freight, bus } = parameters.purposeShares
  const rest = hoursAll.map((all, hour) => all - (commute / 2) * (normal(hoursToWork)[hour]! + normal(hoursFromWork)[hour]!)
    - taxi * normal(hoursTaxi)[hour]! - freight * normal(hoursFreight)[hour]! - bus * normal(hoursBus)[hour]!)
  return rest.map((value, hour) => Math.max(value, hoursAll[hour]! * other * 0.6))
}

export const normal = (hours: readonly number[]): number[] => {
  const sum = hours.reduce((a, b) => a + b, 0)
  return hours.map(value => value / sum)
}
