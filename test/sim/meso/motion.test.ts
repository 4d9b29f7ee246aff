import { expect, test } from 'vitest'
import { queueSpeed, speedAfter, speedFromQueue, travelTime } from '../../../src/sim/meso/motion'

test('a start from rest takes v / 2a longer than at speed, once there is way enough, and is the integral before', () => {
  expect(travelTime(0, 12, 200, 1.8) - 200 / 12).toBeCloseTo(12 / (2 * 1.8), 12)
  expect(travelTime(0, 12, 10, 1.8)).toBeCloseTo(Math.sqrt((2 * 10) / 1.8), 12)
  expect(travelTime(12, 12, 60, 1.8)).toBe(5)
})

test.each([1, 15, 40, 300])('a way of %d m in two parts takes as long as in one', distance => {
  const part = distance / 3
  const between = speedAfter(2, 14, part, 1.8)
  expect(travelTime(2, 14, part, 1.8) + travelTime(between, 14, distance - part, 1.8)).toBeCloseTo(travelTime(2, 14, distance, 1.8), 10)
})

test('the flow of a queue at the speed of its headway is one vehicle a headway: space / speed + time gap', () => {
  for (const headway of [1.6, 1.9, 3]) expect(7 / queueSpeed(headway) + 1.1).toBeCloseTo(headway, 12)
})

test('the fifth of a queue crosses the stop line at the speed of 28 m of acceleration, the first from rest', () => {
  expect(speedFromQueue(4, 1.8)).toBeCloseTo(Math.sqrt(2 * 1.8 * 28), 12)
  expect(speedFromQueue(0, 1.8)).toBe(0)
})
