import { expect, test } from 'vitest'
import { placeRows } from '../../src/ui/corridor/placeRows'

test('the distances of a time-space diagram are to scale, its names apart', () => {
  const at = [0, 40, 520, 560, 980]
  const { scale, height, lines, names } = placeRows(at, 300, 12, 15)
  expect(lines.map(line => line / scale)).toEqual(at.map(each => expect.closeTo(each, 9)))
  expect(height).toBeCloseTo(980 * scale, 9)
  // Near ones have the room of two bars: 12 px for 40 m.
  expect(scale).toBeGreaterThanOrEqual(12 / 40 - 1e-9)
  for (let row = 1; row < names.length; row++) expect(names[row]! - names[row - 1]!).toBeGreaterThanOrEqual(15 - 1e-9)
  expect(names[0]).toBeGreaterThanOrEqual(-15)
  expect(names.at(-1)).toBeLessThanOrEqual(height)
})

test('of signals that all but touch the diagram does not grow without end', () => {
  expect(placeRows([0, 3, 3000], 300, 12, 15).height).toBe(750)
  expect(placeRows([0], 300, 12, 15)).toMatchObject({ height: 300, lines: [0], names: [0] })
})
