import { expect, test } from 'vitest'
import { Checkpoints } from '../../src/workers/checkpoints'

const saved = (bytes = 10): ArrayBuffer => new ArrayBuffer(bytes)

test('undo goes back to the last state at or before a tick', () => {
  const list = new Checkpoints()
  for (const tick of [0, 100, 200]) list.add({ tick, saved: saved() }, false)
  list.add({ tick: 150, saved: saved() }, true)
  expect(list.before(199)?.tick).toBe(150)
  expect(list.before(200)?.tick).toBe(200)
  expect(new Checkpoints().before(5)).toBeUndefined()
})

test('history after the point of return is forgotten', () => {
  const list = new Checkpoints()
  for (const tick of [0, 100, 200]) list.add({ tick, saved: saved() }, false)
  list.dropAfter(100)
  expect(list.before(1000)?.tick).toBe(100)
})

test('memory is bounded, and states before edits outlast the regular ones', () => {
  const list = new Checkpoints(50)
  list.add({ tick: 5, saved: saved() }, true)
  for (let tick = 100; tick <= 2000; tick += 100) list.add({ tick, saved: saved() }, false)
  expect(list.before(99)?.tick).toBe(5)
  expect(list.before(5000)?.tick).toBe(2000)
})
