import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, createWorld, gridSpec, randomTrips, restoreWorld, saveWorld, scheduleChanges, stateHash, step, tripResults, writeSnapshot, snapshotBytes,
  snapshotLayout, viewSnapshot, linkReport, vehicleReport, linkMeasures, type WorldInput,
} from '../../src/sim'
import { actuated, closing, inputOf, linkBetween, run, tripTable, type TripRow } from './support'

const fixed = assembleNetwork(gridSpec(3))
const street = linkBetween(fixed, [0, 250], [250, 250])
const inputs: [string, (seed: number) => WorldInput][] = [
  ['fixed signals', seed => inputOf(fixed, randomTrips(fixed, 700, 900, seed), { seed, changes: closing(fixed, street, 300, 500) })],
  ['actuated signals', seed => {
    const network = assembleNetwork(actuated(gridSpec(3)))
    return inputOf(network, randomTrips(network, 700, 900, seed), { seed, changes: closing(network, street, 300, 500) })
  }],
]

describe.each(inputs)('a grid with %s', (_, make) => {
  test.each([1, 2])('runs the same twice, seed %d, and differently with another seed', seed => {
    const hash = stateHash(run(createWorld(make(seed)), 700))
    expect(hash).toMatch(/^[0-9a-f]{16}$/)
    expect(stateHash(run(createWorld(make(seed)), 700))).toBe(hash)
    expect(stateHash(run(createWorld(make(seed + 10)), 700))).not.toBe(hash)
  })

  test.each([1, 301, 437])('saved at tick %d and restored, it ends in the same state', at => {
    const input = make(3)
    const straight = run(createWorld(input), at)
    const saved = saveWorld(straight)
    const restored = restoreWorld(input, saved)
    expect(stateHash(restored)).toBe(stateHash(straight))
    for (let tick = at; tick < 750; tick++) {
      step(straight)
      step(restored)
      if (tick % 50 === 0) expect(stateHash(restored), `tick ${tick}`).toBe(stateHash(straight))
    }
    expect(stateHash(restored)).toBe(stateHash(straight))
  })

  test('reading it changes nothing: snapshots, reports, measures and saving', () => {
    const input = make(4)
    const watched = createWorld(input)
    const layout = snapshotLayout(watched)
    const snapshot = viewSnapshot(layout, new ArrayBuffer(snapshotBytes(layout)))
    run(watched, 600, world => {
      if (world.tick % 7 !== 0) return
      writeSnapshot(world, snapshot)
      for (let slot = 0; slot < 50; slot++) vehicleReport(world, slot)
      linkReport(world, world.tick % world.links.rows)
      linkMeasures(world)
      saveWorld(world)
    })
    expect(stateHash(watched)).toBe(stateHash(run(createWorld(input), 600)))
  })

  test('an edit that is undone by going back to before it leaves no trace', () => {
    const input = make(5)
    const plain = run(createWorld(input), 1000)
    const edited = run(createWorld(input), 400)
    const before = saveWorld(edited)
    scheduleChanges(edited, closing(input.network, street, 450, 700))
    run(edited, 600)
    const undone = restoreWorld(input, before)
    run(undone, 600)
    expect(stateHash(undone)).toBe(stateHash(plain))
    expect(stateHash(edited)).not.toBe(stateHash(plain))
  })

  test('a change that is scheduled for later has no effect before its tick', () => {
    const input = make(6)
    const world = run(createWorld(input), 300)
    scheduleChanges(world, closing(input.network, street, 1000, 1100))
    run(world, 700)
    expect(stateHash(world)).toBe(stateHash(run(createWorld(input), 1000)))
  })

  test('changes given at the start or scheduled just in time are the same', () => {
    const input = make(7)
    const changes = closing(input.network, street + 1, 650, 800)
    const known = run(createWorld({ ...input, changes: [...input.changes, ...changes] }), 1000)
    const late = run(createWorld(input), 640)
    scheduleChanges(late, changes)
    run(late, 360)
    expect(stateHash(late)).toBe(stateHash(known))
  })
})

test('a saved world of another kind is refused', () => {
  const input = inputs[0]![1](1)
  const saved = saveWorld(run(createWorld(input), 10))
  const other = saved.slice(0)
  new Uint32Array(other, 0, 1)[0] = 7
  expect(() => restoreWorld(input, other)).toThrow(/magic/)
  const older = saved.slice(0)
  new Uint32Array(older, 4, 1)[0] = 1
  expect(() => restoreWorld(input, older)).toThrow(/version/)
})

test('more trips elsewhere change nobody\'s luck: the same drivers with the same draws arrive in the same ticks', () => {
  const network = assembleNetwork(gridSpec(4))
  // Through traffic in the southernmost street; the others drive in the northernmost.
  const rowOf = (y: number, depart: number, id: number): TripRow =>
    ({ id, depart, from: linkBetween(network, [-250, y], [0, y]), to: linkBetween(network, [750, y], [1000, y]), class: id % 7 === 0 ? 3 : 0 })
  const some = Array.from({ length: 200 }, (_, k) => rowOf(0, k * 6, 1000 + k))
  const more = Array.from({ length: 300 }, (_, k) => rowOf(750, k * 4, k))
  const arrivals = (rows: TripRow[]): Map<number, number> => {
    const world = run(createWorld(inputOf(network, tripTable(network, rows), { rerouteShare: 0 })), 2000)
    return new Map([...tripResults(world).arriveTick].map((tick, row) => [world.input.trips.id[row]!, tick]))
  }
  const alone = arrivals(some)
  const among = arrivals([...some, ...more])
  for (const { id } of some) expect(among.get(id!)).toBe(alone.get(id!))
  expect([...alone.values()].filter(tick => tick > 0).length).toBeGreaterThan(150)
})
