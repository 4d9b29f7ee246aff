import { expect, test } from 'vitest'
import { Pacer } from '../../src/workers/pacer'

test('ten simulated seconds a wall second are twenty ticks of half a second', () => {
  const pacer = new Pacer(0.5)
  pacer.setSpeed(10, 0)
  let tick = 0
  for (let wall = 0.05; wall < 1.0001; wall += 0.05) {
    const due = pacer.due(wall)
    tick += due
    pacer.ran(due, tick, wall)
  }
  expect(tick).toBe(20)
  expect(pacer.realTimeFactor()).toBeCloseTo(10, 5)
})

test('paused owes nothing, and as fast as it goes owes everything', () => {
  const pacer = new Pacer(0.5)
  pacer.setSpeed(0, 0)
  expect(pacer.due(100)).toBe(0)
  expect(pacer.untilNext()).toBe(Infinity)
  pacer.setSpeed(Infinity, 100)
  expect(pacer.due(100)).toBe(Infinity)
  expect(pacer.untilNext()).toBe(0)
})

test('what a slow machine could not run is forgotten, not caught up', () => {
  const pacer = new Pacer(0.5)
  pacer.setSpeed(20, 0)
  expect(pacer.due(60)).toBe(4) // 0.1 s of 40 ticks a second
})

test('one tick is owed in full however slow the clock', () => {
  const pacer = new Pacer(0.5)
  pacer.setSpeed(1, 0)
  expect(pacer.due(0.4)).toBe(0)
  expect(pacer.untilNext()).toBeCloseTo(0.1, 6)
  expect(pacer.due(0.5)).toBe(1)
})
