import { expect, test } from 'vitest'
import { roundedTogether, shownComparison } from '../../src/analysis'
import { uniform } from '../../src/sim'

const compared = (baseline: number, variant: number, low95: number | null = null, high95: number | null = null) =>
  ({ baseline, variant, difference: variant - baseline, low95, high95 })

test('the difference is that of the figures that stand beside it, and a small one is seen', () => {
  // 10.4 and 10.5 with a difference of 0 before.
  expect(shownComparison(compared(10.44, 10.46))).toMatchObject({ digits: 2, baseline: 10.44, variant: 10.46, difference: 0.02 })
  expect(shownComparison(compared(10.44, 10.56))).toMatchObject({ digits: 1, baseline: 10.4, variant: 10.6, difference: 0.2, percent: 2 })
  expect(shownComparison(compared(1234.3, 1234.6))).toMatchObject({ digits: 1, baseline: 1234.3, variant: 1234.6, difference: 0.3 })
  expect(shownComparison(compared(1200, 1200))).toMatchObject({ digits: 0, difference: 0, percent: 0 })
  expect(shownComparison(compared(0, 12))).toMatchObject({ digits: 0, difference: 12, percent: null })
  expect(shownComparison({ baseline: null, variant: 3.5, difference: null, low95: null, high95: null })).toMatchObject({ baseline: null, variant: 3.5, difference: null, percent: null })
})

test('a sure difference has an interval that lies to one side of 0 as it is written', () => {
  expect(shownComparison(compared(20.12, 20.62, 0.04, 0.96))).toMatchObject({ digits: 2, low95: 0.04, high95: 0.96, difference: 0.5 })
  expect(shownComparison(compared(20.12, 20.62, -0.04, 1.04))).toMatchObject({ digits: 1, low95: -0.1, high95: 1.1 })
})

test('drawn at random: figures and difference add up, the interval holds the difference, no minus before 0', () => {
  for (let draw = 0; draw < 3000; draw++) {
    const of = (at: number): number => uniform(7, 1, draw, at)
    const size = 10 ** Math.floor(of(0) * 7 - 2), baseline = of(1) * size, difference = (of(2) - 0.5) * size * 10 ** -Math.floor(of(3) * 4), half = Math.abs(difference) * of(4) * 2
    const shown = shownComparison(compared(baseline, baseline + difference, difference - half, difference + half))
    expect(shown.baseline! + shown.difference!).toBeCloseTo(shown.variant!, 9)
    expect(shown.low95!).toBeLessThanOrEqual(shown.difference! + 1e-12)
    expect(shown.high95!).toBeGreaterThanOrEqual(shown.difference! - 1e-12)
    for (const value of Object.values(shown)) expect(Object.is(value, -0)).toBe(false)
  }
})

test('values rounded together have the rounded sum', () => {
  expect(roundedTogether([12.34, 3.33, 84.33])).toEqual([13, 3, 84])
  expect(roundedTogether([1 / 3, 1 / 3, 1 / 3].map(share => 100 * share))).toEqual([34, 33, 33])
  expect(roundedTogether([-0.14, 0.28, 1.0], 1)).toEqual([-0.2, 0.3, 1])
  expect(roundedTogether([])).toEqual([])
})
