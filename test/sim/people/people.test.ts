import { describe, expect, test } from 'vitest'
import { checkInvariants, createWorld, restoreWorld, saveWorld, stateHash, step, totals, tripResults, type World } from '../../../src/sim'
import { peopleTotals, rankReports } from '../../../src/sim/people/peopleReports'
import { walkPeople } from '../../../src/sim/onFoot'
import { outing } from './outing'

walkPeople()
const until = (world: World, tick: number): World => {
  while (world.tick < tick) { step(world); checkInvariants(world) }
  return world
}

describe('people of an outing', () => {
  const input = outing(12, 10, 6)
  const world = until(createWorld(input), 1400)

  test('are conserved at every tick, and all arrive: on foot, by their cars, by taxi', () => {
    expect(peopleTotals(world.people!)).toMatchObject({ arrived: 40, crowd: 0, driving: 0, taxiRank: 0, stranded: 0 })
    expect(totals(world)).toMatchObject({ departures: 32, arrived: 32 })
  })

  test('a car leaves when the last of its people has come, and not before', () => {
    const { departTick } = tripResults(world)
    const { crowd, input: { parties } } = world.people!
    for (let party = 0; party < 12; party++) {
      const last = Math.max(crowd.persons.leaveTick[2 * party]!, crowd.persons.leaveTick[2 * party + 1]!)
      expect(departTick[parties.trip[party]!]).toBe(Math.floor(last / 10))
    }
  })

  test('taxis are taken in the order of the line', () => {
    const { departTick } = tripResults(world)
    const { crowd, input: { parties } } = world.people!
    const order = Array.from({ length: 10 }, (_, at) => at).sort((a, b) => crowd.persons.leaveTick[24 + a]! - crowd.persons.leaveTick[24 + b]! || crowd.left.walker.indexOf(24 + a) - crowd.left.walker.indexOf(24 + b))
    const ticks = order.map(at => departTick[parties.trip[12 + at]!]!)
    expect(ticks).toEqual([...ticks].sort((a, b) => a - b))
    expect(rankReports(world.people!, 0.5)[0]).toMatchObject({ served: 10, line: 0, taxis: 0 })
  })

  test('saved half-way and run on, they end in the same state', () => {
    const half = until(createWorld(input), 150)
    expect(stateHash(until(restoreWorld(input, saveWorld(half)), 400))).toBe(stateHash(until(half, 400)))
  })
})

test('with too few taxis the line stays, and nobody is lost', () => {
  const world = until(createWorld(outing(0, 10, 0, 4)), 1400)
  expect(peopleTotals(world.people!)).toMatchObject({ arrived: 4, taxiRank: 6 })
  expect(rankReports(world.people!, 0.5)[0]).toMatchObject({ line: 6, served: 4 })
  expect(rankReports(world.people!, 0.5)[0]!.lineMost).toBeGreaterThanOrEqual(6)
})
