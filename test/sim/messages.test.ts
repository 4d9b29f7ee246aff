import { describe, expect, test } from 'vitest'
import { assembleNetwork, createWorld, gridSpec, randomTrips, restoreWorld, saveWorld, stateHash, totals, type NetworkChange, type World } from '../../src/sim'
import { SlotFlag } from '../../src/sim/traffic/vehicleTable'
import { Count } from '../../src/sim/world'
import { inputOf, linkBetween, run, runChecked } from './support'

const network = assembleNetwork(gridSpec(5))
const trips = randomTrips(network, 2200, 2000, 5)
const street = linkBetween(network, [250, 500], [500, 500])
const FROM = 800
const told = (share: number, until?: number): NetworkChange[] => [
  { tick: FROM, kind: 'message', row: street, share, source: 'sign' }, ...(until === undefined ? [] : [{ tick: until, kind: 'message' as const, row: street, source: 'sign' }])]
const input = (changes: readonly NetworkChange[], rerouteShare = 0) => inputOf(network, trips, { changes, rerouteShare })

/** Drivers under way who know the present times. */
function knowing({ slots, counts }: World): number {
  let live = 0
  for (let slot = 0; slot < counts[Count.slotsUsed]!; slot++) if (slots.trip[slot]! >= 0 && slots.flags[slot]! & SlotFlag.live) live++
  return live
}

describe('a message to drivers', () => {
  test('to nobody leaves the run as it is; before it begins, and where all know already, it changes nothing', () => {
    expect(totals(run(createWorld(input(told(0))), 1600))).toEqual(totals(run(createWorld(input([])), 1600)))
    expect(stateHash(run(createWorld(input(told(1))), FROM))).toBe(stateHash(run(createWorld(input([])), FROM)))
    expect(totals(run(createWorld(input(told(1), 1)), 1600))).toEqual(totals(run(createWorld(input([], 1)), 1600)))
  })

  test('reaches those bound over the road within half a minute, more of them the larger the share; nobody is lost', () => {
    const worlds = [0.3, 1].map(share => runChecked(input(told(share)), FROM + 61))
    const [few, all] = worlds.map(knowing)
    expect(few).toBeGreaterThan(0)
    expect(all!).toBeGreaterThan(2 * few!)
    expect(all!).toBeLessThan(totals(worlds[1]!).running)
    expect(totals(run(worlds[1]!, 900)).reroutes).toBeGreaterThan(0)
  })

  test('ends with its window, and goes on the same from a saved state', () => {
    const world = run(createWorld(input(told(0.5, 1200))), 1000)
    const back = restoreWorld(input(told(0.5, 1200)), saveWorld(world))
    run(world, 500)
    run(back, 500)
    expect(stateHash(back)).toBe(stateHash(world))
    expect(world.messages).toMatchObject({ links: 0, most: 0 })
  })
})
