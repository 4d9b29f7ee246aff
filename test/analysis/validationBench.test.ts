import { expect, test } from 'vitest'
import { runInvariantsBench } from '../../bench/invariants'

test('the bench of the invariants runs, and checking does not change a run', () => {
  let time = 0
  const row = runInvariantsBench(2, 1200, 40, 1, () => time++)
  expect(row).toMatchObject({ share: 100, tick: 1, check: 1 })
  expect(row.checksum).toBe(runInvariantsBench(2, 1200, 40, 1).checksum)
})
