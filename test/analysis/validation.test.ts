import { describe, expect, test } from 'vitest'
import { runSuite, validationSuites, type ValidationRow } from '../../src/analysis'
import { between, relative, runCase, type ValidationCase } from '../../src/analysis/validation/row'
import { partText, unitText } from '../../src/app/validate/texts'

/** Where the model is wrong, and known to be: docs/validation.md. A row that is cured is taken off this list. */
const knownFailures: readonly string[] = []

const rows: ValidationRow[] = [...runSuite('traffic')].flatMap(step => step.rows)
const named = (cases: readonly ValidationCase[], name: string): ValidationCase => cases.find(each => each.name === name)!

describe('the traffic suite', () => {
  test.each(rows.filter(row => !knownFailures.includes(row.case)))('$case: $measured $unit, expected $expected +- $tolerance', ({ pass }) => expect(pass).toBe(true))

  test('known failures are still rows of the suite, and still fail', () => {
    expect(rows.filter(({ pass }) => !pass).map(row => row.case)).toEqual(knownFailures)
  })

  test('names are unique, and every row has a source and a tolerance', () => {
    expect(new Set(rows.map(row => row.case)).size).toBe(rows.length)
    for (const row of rows) {
      expect(row.suite).toBe('traffic')
      expect(row.source).toMatch(/\w{5}/)
      expect(row.tolerance).toBeGreaterThanOrEqual(0)
    }
  })

  test('a case gives the same rows every time', () => {
    const again = runCase('traffic', named(validationSuites['traffic']!, 'signals/webster-0.7'))
    expect(again).toEqual(rows.filter(row => row.case === 'signals/webster-0.7'))
  })
})

describe('a row fails', () => {
  const traffic = validationSuites['traffic']!
  test.each(['stop-line/discharge', 'ring/density-60', 'signals/webster-0.5', 'vickrey', 'assignment/braess'])('when theory is read wrongly: %s', name => {
    const { source, run } = named(traffic, name)
    const wrong: ValidationCase = { name, source, run: () => run().map(finding => ({ ...finding, expected: finding.expected * 1.2 + 6 * finding.tolerance + 1 })) }
    for (const row of runCase('traffic', wrong)) expect(row.pass).toBe(false)
  })

  test('when its case breaks off, with the reason', () => {
    const [row] = runCase('traffic', { name: 'broken', source: 'nobody', run: () => { throw new Error('no road') } })
    expect(row).toMatchObject({ case: 'broken', pass: false, measured: null })
    expect(row!.source).toContain('no road')
  })

  test('when nothing was measured', () => {
    const [row] = runCase('traffic', { name: 'empty', source: 'nobody', run: () => [{ measured: NaN, unit: 's', ...relative(3, 0.1) }] })
    expect(row).toMatchObject({ pass: false, measured: null })
  })

  test.each([[2, true], [2.5, true], [1.99, false], [2.51, false]])('outside its interval: %d', (measured, pass) => {
    expect(runCase('traffic', { name: 'interval', source: 'nobody', run: () => [{ measured, unit: 's', ...between(2, 2.5) }] })[0]!.pass).toBe(pass)
  })
})

test.each(['zh', 'en'] as const)('the page has words for every row: %s', language => {
  for (const row of rows) for (const part of [row.suite, ...row.case.split('/')]) expect(partText(language, part), part).toBeTruthy()
  expect(unitText('zh', 'veh/h')).toBe('辆/时')
})
