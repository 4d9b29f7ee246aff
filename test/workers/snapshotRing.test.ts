import { expect, test } from 'vitest'
import { ringBytes, ringReader, ringSink, transferReader, transferSink } from '../../src/workers/snapshotRing'

const layout = { capacity: 8, links: 3, groups: 2, people: 0 }

test('a reader of the ring sees the newest finished snapshot', () => {
  const ring = new SharedArrayBuffer(ringBytes(layout))
  const newest = ringReader(layout, ring)
  expect(newest()).toBeNull()
  const sink = ringSink(layout, ring)
  for (let tick = 1; tick <= 7; tick++) {
    sink.publish(snapshot => {
      snapshot.head[1] = tick
      // While one is written, the one before it stays the newest.
      expect(newest()?.head[1]).toBe(tick === 1 ? undefined : tick - 1)
    })
    expect(newest()!.head[1]).toBe(tick)
    expect(newest()!.head[0]! % 2).toBe(0)
  }
})

test('transferred snapshots come back for the next ones, and a silent page never stops the run', async () => {
  const { port1, port2 } = new MessageChannel()
  const sink = transferSink(layout, port2 as unknown as MessagePort)
  const newest = transferReader(layout, port1 as unknown as MessagePort)
  for (let tick = 1; tick <= 20; tick++) {
    sink.publish(snapshot => { snapshot.head[1] = tick })
    if (tick % 2 === 0) await new Promise(done => setTimeout(done, 5))
  }
  await new Promise(done => setTimeout(done, 20))
  expect(newest()!.head[1]).toBeGreaterThan(15)
  port1.close()
  for (let tick = 21; tick < 40; tick++) sink.publish(() => undefined)
  port2.close()
})
