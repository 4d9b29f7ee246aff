import { describe, expect, test } from 'vitest'
import { holm, interval95, SURE, studentT975, studentTail, variantTable, type ComparedKpi } from '../../src/analysis'
import { uniform } from '../../src/sim'

test.each([1, 2, 3, 4, 5, 9, 10, 29, 30])('the tail of Student’s t with %d degrees of freedom agrees with the table of its points', degrees => {
  expect(studentTail(studentT975(degrees), degrees)).toBeCloseTo(0.05, 4)
  expect(studentTail(0, degrees)).toBe(1)
  expect(studentTail(-3, degrees)).toBe(studentTail(3, degrees))
  expect(studentTail(1e9, degrees)).toBeLessThan(1e-8)
})

test('Holm raises the smallest by all, the next by those left, and never turns their order', () => {
  // Worked by hand: 0.01 x 4, 0.02 x 3, then 0.03 x 2 = 0.06, then 0.04 must not lie below it.
  expect(holm([0.04, 0.01, 0.03, 0.02]).map(value => Number(value.toFixed(9)))).toEqual([0.06, 0.04, 0.06, 0.06])
  expect(holm([0.7])).toEqual([0.7])
  expect(holm([0.9, 0.6])).toEqual([1, 1])
  expect(holm([])).toEqual([])
})

const kpi = (differences: readonly number[], name = 'delay'): ComparedKpi => {
  const { mean, low95, high95 } = interval95(differences)
  return { name, unit: 'veh·h', baseline: 100, variant: 100 + mean, difference: mean, low95, high95 }
}

describe('several variants in one table', () => {
  test('one variant alone is as sure as its interval says', () => {
    for (let seed = 0; seed < 50; seed++) {
      const differences = Array.from({ length: 2 + (seed % 9) }, (_, at) => uniform(3, seed, at, 0) - 0.25)
      const [row] = variantTable([{ kpis: [kpi(differences)] }], differences.length)
      const { low95, high95 } = kpi(differences)
      expect(row!.variants[0]!.among! < SURE).toBe(low95! > 0 || high95! < 0)
    }
  })

  test('among many variants that change nothing, hardly one family in twenty says something; without Holm most would', () => {
    let told = 0, alone = 0
    const families = 400, variants = 10, seeds = 5
    for (let family = 0; family < families; family++) {
      const comparisons = Array.from({ length: variants }, (_, variant) => ({ kpis: [kpi(Array.from({ length: seeds }, (_, at) => normal(family * variants + variant, at)))] }))
      const cells = variantTable(comparisons, seeds)[0]!.variants
      if (cells.some(({ among }) => among! < SURE)) told++
      if (cells.some(({ probability }) => probability! < SURE)) alone++
    }
    expect(told / families).toBeLessThan(0.08)
    expect(alone / families).toBeGreaterThan(0.3)
  })

  test('one seed tells nothing; what a variant lacks has an empty cell; no difference is certain not to be one', () => {
    const [row] = variantTable([{ kpis: [kpi([3])] }, { kpis: [] }], 1)
    expect(row!.variants.map(({ probability, among, difference }) => [probability, among, difference])).toEqual([[null, null, 3], [null, null, null]])
    expect(variantTable([{ kpis: [kpi([0, 0])] }, { kpis: [kpi([2, 2])] }], 2)[0]!.variants.map(({ among }) => among)).toEqual([1, 0])
  })
})

/** Sum of twelve uniform draws less 6: mean 0, variance 1. */
const normal = (id: number, at: number): number => Array.from({ length: 12 }, (_, k) => uniform(11, id, at, k)).reduce((sum, value) => sum + value, -6)
