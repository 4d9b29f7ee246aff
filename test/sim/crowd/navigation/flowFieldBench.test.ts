import { expect, test } from 'vitest'
import { runFlowFieldBench, tinyFlowField } from '../../../../bench/flowField'

test('the bench of flow fields runs, and twice with the same result', () => {
  const sums = (): string[] => runFlowFieldBench(tinyFlowField, () => 0).map(({ what, checksum }) => `${what} ${checksum}`)
  expect(sums()).toEqual(sums())
  expect(sums()).toHaveLength(3)
})
