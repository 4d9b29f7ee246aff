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
