import { describe, expect, test } from 'vitest'
import { checkInvariants, createWorld, restoreWorld, saveWorld, stateHash, step, type World } from '../../../src/sim'
import { peopleTotals } from '../../../src/sim/people/peopleReports'
import { stopReports } from '../../../src/sim/people/measureReports'
import { walkPeople } from '../../../src/sim/onFoot'
import { passengers, platformLine } from './platformLine'

walkPeople()
const until = (world: World, tick: number): World => {
  while (world.tick < tick) { step(world); if (world.tick % 5 === 0) checkInvariants(world) }
  return world
}

describe('a platform of 60 persons and trains with room for 25', () => {
  const input = passengers(60, platformLine(40, 180, 15))
  const world = createWorld(input)

  test('before a train comes all stand on the floor, before both doors', () => {
    const { crowd, platform: inLine } = peopleTotals(until(world, 70).people!)
    expect([crowd, inLine]).toEqual([60, 0])
    expect(stopReports(world.people!)).toMatchObject([{ boarded: 0, leftBehind: 0 }])
    expect(stopReports(world.people!)[0]!.waiting).toBeGreaterThan(40)
  })

  test('a full train leaves the others behind on the floor, where they are seen, and each is counted at each train', () => {
    const first = peopleTotals(until(world, 240).people!)
    // Who has not squeezed through the door when it closes stays, though there was room.
    expect(first.train).toBeGreaterThanOrEqual(23)
    expect(first.train).toBeLessThanOrEqual(25)
    expect([first.crowd, first.platform]).toEqual([60 - first.train, 0])
    expect(stopReports(world.people!)).toMatchObject([{ waiting: first.crowd, boarded: first.train }])
    // Who stands 8 m or more from the doors has not been there when they closed.
    const { leftBehind } = stopReports(world.people!)[0]!
    expect(leftBehind).toBeGreaterThanOrEqual(first.crowd - 2)
    expect(leftBehind).toBeLessThanOrEqual(first.crowd)
    const second = peopleTotals(until(world, 600).people!)
    expect(second.crowd).toBeLessThanOrEqual(60 - 2 * 23)
    expect(second.crowd).toBeGreaterThanOrEqual(60 - 2 * 25)
    expect(stopReports(world.people!)[0]!.leftBehind).toBe(leftBehind + second.crowd)
    expect(peopleTotals(until(world, 1200).people!)).toMatchObject({ arrived: 60 })
    const { waitMean, waitMost } = stopReports(world.people!)[0]!
    // Trains stand there from 40, 220 and 400 s on.
    expect(waitMost).toBeGreaterThan(380)
    expect(waitMean).toBeGreaterThan((25 * 30 + 25 * 205 + 10 * 385) / 60)
    expect(waitMean).toBeLessThan((25 * 65 + 25 * 245 + 10 * 425) / 60)
  })

  test('saved with people before the doors, it goes on the same', () => {
    const half = until(createWorld(input), 300)
    const saved = saveWorld(half)
    expect(stateHash(until(restoreWorld(input, saved), 500))).toBe(stateHash(until(half, 500)))
  })
})
