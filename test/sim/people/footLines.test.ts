import { expect, test } from 'vitest'
import { createSidewalks, enterSidewalk, FootCount, stepSidewalks, type Point } from '../../../src/sim'
import { countFootLines, createFootLines } from '../../../src/sim/people/footLines'
import { graphOf } from '../sidewalks/support'

const line = (x: number): { line: readonly [Point, Point] } => ({ line: [[x, -5], [x, 5]] })

test('whoever walks a footway over a line is counted once, each way, also over its ends and over the ends of edges', () => {
  // A street of two pieces of 40 m; lines in the middle of one, just before a node, and where nobody walks.
  const sidewalks = createSidewalks(graphOf([[0, 0], [40, 0], [80, 0]], [[0, 1, 3], [1, 2, 2]]), 60)
  const lines = createFootLines(sidewalks, [line(20), line(79.9), line(200), { line: [[60, -5], [60, 5]], level: 'hall' } as { line: readonly [Point, Point] }])!
  expect(Array.from(lines.width)).toEqual([3, 2, 0, 0])
  const sums = [[0, 0], [0, 0], [0, 0], [0, 0]]
  let entered = 0
  let arrived = 0
  for (let step = 0; step < 1000 && arrived < 60; step++) {
    for (const [from, to] of [[0, 2], [2, 0]] as const) if (entered < 60 && step % 3 === 0 && enterSidewalk(sidewalks, entered, from, to, 1 + (entered % 5) / 10)) entered++
    stepSidewalks(sidewalks, 0.5)
    countFootLines(lines, sidewalks)
    arrived += sidewalks.counts[FootCount.arrivals]!
    for (const [row, sum] of sums.entries()) {
      sum[0]! += lines.toLeft[row]!
      sum[1]! += lines.toRight[row]!
    }
  }
  expect(arrived).toBe(60)
  // Lines run north: west is to the left.
  expect(sums).toEqual([[30, 30], [30, 30], [0, 0], [0, 0]])
})

test('lines that cross no footway cost nothing', () => {
  const sidewalks = createSidewalks(graphOf([[0, 0], [40, 0]], [[0, 1, 3]]), 4)
  expect(createFootLines(sidewalks, [line(100)])).toBeNull()
})
