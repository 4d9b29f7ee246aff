import { describe, expect, test } from 'vitest'
import { interval95, quantile, standardDeviation, studentT975 } from '../../src/analysis/statistics'
import { co2PerKm, emissions } from '../../src/analysis/emissions'
import { streetLevelOfService } from '../../src/analysis/levelOfService'

describe('statistics', () => {
  test('one run has no interval', () => {
    expect(interval95([4])).toEqual({ mean: 4, low95: null, high95: null })
  })

  // By hand: mean 2, s = 1, t(2) = 4.303, half width 4.303 / sqrt(3).
  test('three runs: Student t with two degrees of freedom', () => {
    const { mean, low95, high95 } = interval95([1, 2, 3])
    expect(mean).toBe(2)
    expect(high95! - low95!).toBeCloseTo((2 * 4.303) / Math.sqrt(3), 12)
  })

  // Student (1908), Biometrika 6: extra sleep in hours, optical isomers; paired differences of his table 1.
  test('the sleep data: 1.58 hours, 0.70 to 2.46', () => {
    const { mean, low95, high95 } = interval95([1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4])
    expect(mean).toBeCloseTo(1.58, 10)
    expect(low95).toBeCloseTo(0.7, 2)
    expect(high95).toBeCloseTo(2.46, 2)
  })

  test.each([[1, 12.706], [9, 2.262], [30, 2.042], [60, 2], [1e9, 1.96]])('t of %d degrees of freedom is %d', (df, t) =>
    expect(studentT975(df)).toBeCloseTo(t, 3))

  // Exact values from tables with more rows.
  test.each([[35, 2.0301], [50, 2.0086], [80, 1.9901], [200, 1.9719]])('between the rows: %d gives %d', (df, t) =>
    expect(studentT975(df)).toBeCloseTo(t, 3))

  test('quantiles interpolate', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
    expect(quantile([10], 0.95)).toBe(10)
    expect(quantile([], 0.5)).toBeNaN()
    expect(standardDeviation([2])).toBeNaN()
  })
})

describe('emissions', () => {
  // The polynomial evaluated by hand: ln y = 6.0508 at 20 mph, 5.7784 at 45 mph.
  test('slow traffic emits more per km', () => {
    expect(co2PerKm(20 * 0.44704) * 1.609344).toBeCloseTo(424.5, 0)
    expect(co2PerKm(45 * 0.44704) * 1.609344).toBeCloseTo(323.2, 0)
    expect(co2PerKm(2)).toBeGreaterThan(co2PerKm(5))
  })

  test('nothing driven, nothing emitted', () => {
    expect(emissions(0, 10)).toEqual({ co2: 0, energy: 0 })
  })
})

// A bound belongs to the worse grade.
test.each([[0.86, 'A'], [0.85, 'B'], [0.67, 'C'], [0.5, 'D'], [0.4, 'E'], [0.3, 'F']] as const)('%d of free flow is %s', (share, grade) =>
  expect(streetLevelOfService(share * 20, 20)).toBe(grade))
