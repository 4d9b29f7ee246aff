/** Mean of a sample; NaN for an empty one. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Sample standard deviation (n - 1); NaN below two values. */
export function standardDeviation(values: readonly number[]): number {
  if (values.length < 2) return NaN
  const middle = mean(values)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) * (value - middle), 0) / (values.length - 1))
}

/**
 * Quantile by linear interpolation between order statistics (definition 7 of Hyndman & Fan 1996, The American
 * Statistician 50, 361). `sorted` ascending; NaN when empty.
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) return NaN
  const at = (sorted.length - 1) * share
  const low = Math.floor(at)
  const high = Math.min(sorted.length - 1, low + 1)
  return sorted[low]! + (sorted[high]! - sorted[low]!) * (at - low)
}

// 97.5 % points of Student's t for 1 to 30 degrees of freedom, then 40, 60, 120 and infinity.
// Source: Abramowitz & Stegun (1964), Handbook of Mathematical Functions, table 26.10.
const t975 = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101,
  2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
] as const
const t975Beyond = [[30, 2.042], [40, 2.021], [60, 2], [120, 1.98], [Infinity, 1.96]] as const

/** 97.5 % point of Student's t; between the table's rows linear in 1 / degrees of freedom. */
export function studentT975(degreesOfFreedom: number): number {
  if (degreesOfFreedom <= t975.length) return t975[degreesOfFreedom - 1]!
  for (let i = 1; i < t975Beyond.length; i++) {
    const [high, tHigh] = t975Beyond[i]!
    if (degreesOfFreedom > high) continue
    const [low, tLow] = t975Beyond[i - 1]!
    const share = (1 / low - 1 / degreesOfFreedom) / (1 / low - 1 / high)
    return tLow + share * (tHigh - tLow)
  }
  return 1.96
}

export interface Interval {
  readonly mean: number
  /** Bounds of the 95 % interval of the mean; null where one value cannot tell. */
  readonly low95: number | null
  readonly high95: number | null
}

/** Mean of a sample with its 95 % interval by Student's t. For differences pass the paired differences. */
export function interval95(values: readonly number[]): Interval {
  const middle = mean(values)
  if (values.length < 2) return { mean: middle, low95: null, high95: null }
  const half = (studentT975(values.length - 1) * standardDeviation(values)) / Math.sqrt(values.length)
  return { mean: middle, low95: middle - half, high95: middle + half }
}

/**
 * Probability that Student's t is as far from 0 as `t`, or farther, on either side; exact for whole degrees of freedom.
 * Source: Abramowitz & Stegun (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4, one less A(t | v).
 */
export function studentTail(t: number, degreesOfFreedom: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(degreesOfFreedom))
  const cos = Math.cos(angle), odd = degreesOfFreedom % 2 === 1
  let term = odd ? cos : 1, sum = degreesOfFreedom === 1 ? 0 : term
  for (let n = odd ? 3 : 2; n < degreesOfFreedom; n += 2) sum += term *= ((n - 1) / n) * cos * cos
  const inside = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
  return Math.max(0, 1 - inside)
}

/** Probabilities raised so that among all of them one below 0.05 comes of chance in at most 5 of 100 families. Source: Holm (1979), Scandinavian Journal of Statistics 6, 65. */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((_, at) => at).sort((a, b) => probabilities[a]! - probabilities[b]!)
  const raised: number[] = []
  let most = 0
  for (const [rank, at] of order.entries()) {
    most = Math.max(most, Math.min(1, (order.length - rank) * probabilities[at]!))
    raised[at] = most
  }
  return raised
}
