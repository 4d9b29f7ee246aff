import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, checkInvariants, createWorld, gridSpec, orderSpec, randomTrips, restoreWorld, saveWorld, shareArrays, stateHash, step, totals, VehicleClass,
  type NetworkChange, type Rule, type WorldInput,
} from '../../src/sim'
import { followRules } from '../../src/sim/withRules'
import { crewStarter } from './crewStarter'

followRules()

const crewOf = crewStarter()

function inputOf(): WorldInput {
  const network = assembleNetwork(orderSpec(gridSpec(10)))
  const trips = randomTrips(network, 1500, 600, 3, true)
  for (let row = 0; row < trips.rows; row += 20) trips.class[row] = row % 40 === 0 ? VehicleClass.emergency : VehicleClass.ebike
  const [link] = [...network.links.laneCount.keys()].filter(row => network.links.laneCount[row] === 2)
  const changes = ([['closeLane', 150], ['openLane', 400]] as const).map(([kind, tick]) => ({ kind, tick, row: network.links.laneFirst[link!]!, source: 'works' }))
  // A rule that begins and ends, whoever moves the vehicles.
  const lanes = [...changes.slice(0, 1), { kind: 'message' as const, row: 3, share: 0.5 }]
  const ends = [{ kind: 'openLane' as const, row: lanes[0]!.row }, { kind: 'message' as const, row: 3 }]
  const own = (list: readonly Omit<NetworkChange, 'tick' | 'source'>[]): Rule['begin'] => ({ network: list.map(({ kind, row, share }) => ({ kind, row, ...(share === undefined ? {} : { share }), source: 'rule' })), crowd: [] })
  const rule: Rule = {
    id: 'rule', measure: { kind: 'roadQueue', links: [...network.links.laneCount.keys()].slice(0, 20) }, side: 'above', threshold: 4, holdTicks: 0, release: { threshold: 3, holdTicks: 0 }, restTicks: 0,
    fromTick: 0, toTick: Infinity, actions: [], begin: own(lanes), end: own(ends),
  }
  return { network, trips, changes, rules: [rule], seed: 3, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.5, keepRight: true }
}

describe('a crew of threads', () => {
  const input = inputOf()
  const ticks = 620 // past the first change of bins, at 300 s
  const alone = createWorld(input)

  test('the network has domains to share', () => {
    expect(alone.index.domains.count).toBeGreaterThanOrEqual(7)
  })

  test('makes what one thread makes, whatever their number', () => {
    for (let tick = 0; tick < ticks; tick++) step(alone)
    const expected = stateHash(alone)
    expect(totals(alone).arrived).toBeGreaterThan(100)
    expect(alone.rules!.log.length).toBeGreaterThan(1)
    for (const threads of [2, 4, 7]) {
      const crew = crewOf(threads)
      const world = createWorld(input, true)
      for (let tick = 0; tick < ticks; tick++) {
        crew.step(world)
        if (tick % 100 === 0) checkInvariants(world)
      }
      expect(stateHash(world), `${threads} threads`).toBe(expected)
    }
  }, 60000)

  test('goes on from a saved state, and from one world to another', () => {
    const plain = createWorld(input)
    for (let tick = 0; tick < 200; tick++) step(plain)
    const saved = saveWorld(plain)
    for (let tick = 200; tick < 320; tick++) step(plain)
    const crew = crewOf(3)
    for (let go = 0; go < 2; go++) {
      const world = restoreWorld(input, saved, true)
      for (let tick = 200; tick < 320; tick++) crew.step(world)
      expect(stateHash(world)).toBe(stateHash(plain))
    }
  }, 60000)

  test('refuses a world that its threads could not see', () => {
    expect(() => crewOf(2).step(createWorld(input))).toThrow(/not shared/)
  })

  test('an invariant that breaks on another thread is an error on this one', () => {
    const crew = crewOf(2)
    const world = createWorld(input, true)
    // The last domain, which a helper works on, may post nobody any more.
    const { mailFirst } = world.domains
    mailFirst[mailFirst.length - 1] = mailFirst[mailFirst.length - 2]!
    expect(() => { for (let tick = 0; tick < 300; tick++) crew.step(world) }).toThrow(/tick \d+: more vehicles leave domain \d+ than its mail holds/)
  })
})

test('shared copies keep values, and views of one buffer stay views of one buffer', () => {
  const buffer = new ArrayBuffer(16)
  const before = { a: new Int32Array(buffer, 0, 2), b: new Float64Array(buffer, 8, 1), text: 'x', list: [1, { c: new Uint8Array([7, 8]) }] as const }
  before.a.set([3, 4])
  before.b[0] = 0.5
  const after = shareArrays(before)
  expect(after).toEqual(before)
  expect(after.a.buffer).toBeInstanceOf(SharedArrayBuffer)
  expect(after.a.buffer).toBe(after.b.buffer)
  expect(shareArrays(after).a.buffer).toBe(after.a.buffer)
})
