import { describe, expect, test } from 'vitest'
import { assembleNetwork, callTrip, checkInvariants, createWorld, gridSpec, ON_CALL, restoreWorld, saveWorld, stateHash, totals, tripResults, type World } from '../../src/sim'
import { inputOf, run, tripTable } from './support'

const network = assembleNetwork(gridSpec(3))
const trips = tripTable(network, [
  { id: 1, depart: 0, from: 0, to: 5 },
  { id: 2, depart: ON_CALL, from: 0, to: 7 },
  { id: 3, depart: ON_CALL, from: 3, to: 5 },
])
const input = inputOf(network, trips)

describe('trips on call', () => {
  test('wait for their call, then drive and arrive like all others; due are those called', () => {
    const world = createWorld(input)
    run(world, 100, checkInvariants)
    expect(totals(world).departures).toBe(1)
    callTrip(world, 1)
    expect(totals(world)).toMatchObject({ departures: 2, waiting: 1 })
    run(world, 600, checkInvariants)
    const { departTick, arriveTick } = tripResults(world)
    expect(departTick[1]).toBe(100)
    expect(arriveTick[1]).toBeGreaterThan(100)
    expect([departTick[2], arriveTick[2]]).toEqual([ON_CALL, -1])
    expect(totals(world)).toMatchObject({ departures: 2, arrived: 2 })
  })

  test('a second call, and one of a trip that has an hour of its own, are refused', () => {
    const world = createWorld(input)
    callTrip(world, 2)
    expect(() => callTrip(world, 2)).toThrow(/trip 3 is called a second time/)
    expect(() => callTrip(world, 0)).toThrow(/trip 1 is not on call/)
  })

  test('a called trip is part of what is saved', () => {
    const world = createWorld(input)
    callTrip(world, 1)
    const later = (from: World): string => { run(from, 200); return stateHash(from) }
    const saved = saveWorld(world)
    expect(later(restoreWorld(input, saved))).toBe(later(world))
  })
})
