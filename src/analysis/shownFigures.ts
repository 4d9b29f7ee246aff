import { digitsFor } from './digitsFor'

/** Digits that a row takes at most to show a difference that is smaller than its figures. */
const DIGITS_MOST = 3

/** A comparison as it is to be written, all with the same digits: the difference is that of the figures beside it. */
export interface ShownComparison {
  readonly digits: number
  readonly baseline: number | null
  readonly variant: number | null
  readonly difference: number | null
  /** Difference by baseline, whole percent; null without a baseline. */
  readonly percent: number | null
  readonly low95: number | null
  readonly high95: number | null
}

type Compared = Pick<ShownComparison, 'baseline' | 'variant' | 'difference' | 'low95' | 'high95'>

/**
 * Rounds a comparison so that who takes the one figure from the other gets the difference that is written. The row has as
 * many digits as suit its figures, and more where its difference, or the end of an interval that lies to one side of 0,
 * would not be seen (unless the difference already has two). Intervals are rounded outwards, so that they hold what they did.
 */
export function shownComparison({ baseline, variant, difference, low95, high95 }: Compared): ShownComparison {
  const told = difference !== null && baseline !== null && variant !== null
  const sure = low95 !== null && high95 !== null && (low95 > 0 || high95 < 0)
  // What must not vanish: the end of the interval that is nearer to 0, else the difference itself.
  const least = !told ? 0 : Math.min(Math.abs(difference), ...(sure ? [Math.min(Math.abs(low95), Math.abs(high95))] : []))
  let digits = digitsFor(baseline ?? 0, variant ?? 0)
  if (told && difference !== 0) while (digits < DIGITS_MOST && least < 0.5 / 10 ** digits && Math.abs(difference) < 10 / 10 ** digits) digits++
  const rounded = (value: number | null): number | null => (value === null ? null : roundTo(value, digits))
  const [before, after] = [rounded(baseline), rounded(variant)]
  const between = told ? roundTo(after! - before!, digits) : null
  return {
    digits, baseline: before, variant: after, difference: between,
    percent: between === null || !before ? null : roundTo((100 * between) / before, 0),
    low95: low95 === null ? null : outwards(low95, digits, Math.floor), high95: high95 === null ? null : outwards(high95, digits, Math.ceil),
  }
}

/** Values rounded to so many digits so that their sum is the rounded sum: those that lose most by it are rounded up. */
export function roundedTogether(values: readonly number[], digits = 0): number[] {
  const unit = 10 ** digits
  const scaled = values.map(value => value * unit)
  const lower = scaled.map(value => Math.floor(value + 1e-9))
  let left = Math.round(scaled.reduce((sum, value) => sum + value, 0)) - lower.reduce((sum, value) => sum + value, 0)
  const order = scaled.map((value, at) => [value - lower[at]!, at] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1])
  for (const [, at] of order) if (left-- > 0) lower[at]!++
  return lower.map(value => value / unit)
}

// Half away from 0, as a reader rounds; a billionth more, so that 0.145 does not become 0.14.
const roundTo = (value: number, digits: number): number => (Math.sign(value) * Math.round(Math.abs(value) * 10 ** digits + 1e-9)) / 10 ** digits || 0

const outwards = (value: number, digits: number, round: (value: number) => number): number => {
  const scaled = value * 10 ** digits
  // A value that is exact but for its last bit stays.
  const near = Math.round(scaled)
  return (Math.abs(scaled - near) < 1e-6 ? near : round(scaled)) / 10 ** digits || 0
}
