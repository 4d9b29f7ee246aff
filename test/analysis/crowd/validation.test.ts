import { describe, expect, test } from 'vitest'
import { casesOf, runSuite, validationSuites, type ValidationRow } from '../../../src/analysis'
import { unionOf } from '../../../src/analysis/validation/crowd/plan'
import { spread } from '../../../src/analysis/validation/crowd/bed'
import { queueFlow } from '../../../src/analysis/validation/crowd/flow'
import { weidmann } from '../../../src/analysis/validation/crowd/density'
import { polygonArea } from '../../../src/analysis/crowd/polygon'
import { partText } from '../../../src/app/validate/texts'

const rows: ValidationRow[] = [...runSuite('crowd', '', false)].flatMap(step => step.rows)

describe('the short cases of the crowd suite', () => {
  test.each(rows)('$case: $measured $unit, expected $expected +- $tolerance', ({ pass }) => expect(pass).toBe(true))
})

test('the suite has every test of the guidelines, each with its source', () => {
  const names = validationSuites['crowd']!.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (let at = 1; at <= 16; at++) expect(names.some(name => new RegExp(`^rimea/${at}(\\D|$)`).test(name)), `rimea ${at}`).toBe(true)
  for (let at = 1; at <= 11; at++) expect(names, `imo ${at}`).toContain(`imo/${at}`)
  for (const test of ['2.1', '2.2-up', '2.7', '2.8', '2.9', '3.1', '3.2', '3.3', '5.1', '5.2']) expect(names).toContain(`nist/${test}`)
  for (const { source } of validationSuites['crowd']!) expect(source).toMatch(/\w{4}/)
  expect(casesOf('crowd', 'rimea/4').map(({ long }) => long)).toEqual(Array.from({ length: 7 }, () => true))
})

test.each(['zh', 'en'] as const)('the page has words for every row: %s', language => {
  for (const row of rows) for (const part of [row.suite, ...row.case.split('/')]) expect(partText(language, part), part).toBeTruthy()
  for (const { name } of validationSuites['crowd']!) for (const part of name.split('/')) expect(partText(language, part), part).toBeTruthy()
})

describe('what cases are made of', () => {
  test('the union of rooms and doors has their area, and holes where they are', () => {
    expect(polygonArea(unionOf([0, 0, 8, 5], [8, 2, 8.2, 3], [8.2, 0, 12, 5]))).toBeCloseTo(40 + 0.2 + 19, 12)
    const ring = unionOf([0, 0, 3, 1], [0, 2, 3, 3], [0, 1, 1, 2], [2, 1, 3, 2])
    expect(ring).toHaveLength(2)
    expect(polygonArea(ring)).toBe(8)
    // Overlapping, and touching at a corner only.
    expect(polygonArea(unionOf([0, 0, 2, 2], [1, 1, 3, 3]))).toBe(7)
    expect(polygonArea(unionOf([0, 0, 1, 1], [1, 1, 2, 2]))).toBe(2)
  })
  test('people are spread evenly, within the rectangle, none too close', () => {
    for (const count of [1, 7, 100, 400]) {
      const places = spread(count, [0, 0, 10, 10], 3)
      expect(places).toHaveLength(count)
      for (const [x, y] of places) expect(Math.min(x, y, 10 - x, 10 - y)).toBeGreaterThanOrEqual(0.2 - 1e-12)
      const gaps = places.flatMap(([x, y], at) => places.slice(0, at).map(([px, py]) => Math.hypot(x - px, y - py)))
      expect(Math.min(...gaps, 1)).toBeGreaterThan(0.32)
    }
  })
  test('flow of a queue is that of its middle', () => {
    expect(queueFlow(Array.from({ length: 101 }, (_, at) => (at < 10 ? 0 : at < 90 ? at / 2 : 300)))).toBeCloseTo(2, 12)
  })
  test('Weidmann: speeds of the published table', () => {
    for (const [density, speed] of [[0.5, 1.3], [1, 1.06], [1.5, 0.81], [2, 0.61], [3, 0.33], [4, 0.16]] as const) expect(weidmann(density)).toBeCloseTo(speed, 2)
  })
})
