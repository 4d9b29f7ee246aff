import { describe, expect, test } from 'vitest'
import { assembleNetwork, createWorld, gridSpec, randomTrips, stateHash, step, uniform, type World } from '../../src/sim'
import { FAR, query } from '../../src/sim/network/hierarchy'
import { searchRoute, weightsOf } from '../../src/sim/network/router'
import { beyond, JOINT, lookBeyond, reachesBack } from '../../src/sim/traffic/bodies'
import { inputOf } from './support'

/** What the engine does not look at, because it would find nothing there, is looked at here. */
describe('what is left out changes nothing', () => {
  const network = assembleNetwork(gridSpec(4))
  const busy = (): World => createWorld(inputOf(network, randomTrips(network, 1500, 600, 3)))

  test('lanes that suit all their drivers: a run that looks at every lane at every tick ends in the same state', () => {
    const [some, all] = [busy(), busy()]
    let left = 0
    for (let tick = 0; tick < 500; tick++) {
      for (let lane = 0; lane < network.lanes.rows; lane++)
        if (some.paths.count[lane]! > 0 && !(some.astray[lane >> 5]! & (1 << (lane & 31)))) left++
      all.astray.fill(-1)
      step(some)
      step(all)
    }
    expect(left).toBeGreaterThan(1000)
    expect(stateHash(some)).toBe(stateHash(all))
  })

  test('ends of lanes that nobody has just left: no rear is near them', () => {
    const world = busy()
    let [near, clear] = [0, 0]
    for (let tick = 0; tick < 500; tick++) {
      step(world)
      for (let lane = 0; lane < network.lanes.rows; lane++) {
        lookBeyond(world, lane)
        if (beyond.gap < JOINT) near++
        else clear++
        if (!reachesBack(world, lane)) expect(beyond.gap, `tick ${tick}, lane ${lane}`).toBeGreaterThanOrEqual(JOINT)
      }
    }
    expect(near).toBeGreaterThan(100)
    expect(clear).toBeGreaterThan(100)
  })

  test('ways that take too long: with a bound just above its time the quickest is found, at its time none is', () => {
    const world = busy()
    for (let tick = 0; tick < 50; tick++) step(world)
    const { router, index } = world
    const weights = weightsOf(router, 0, 0)
    for (let k = 0; k < 300; k++) {
      const [from, to] = [0, 1].map(end => Math.floor(uniform(1, 8, k, end) * network.links.rows)) as [number, number]
      if (from === to) continue
      const count = searchRoute(router, index, from, to, 0, 0, false)
      if (count === 0) continue
      const route = Array.from(router.path.subarray(0, count))
      const { time } = router.search
      expect(searchRoute(router, index, from, to, 0, 0, false, router.search, time + 1)).toBe(count)
      expect(Array.from(router.path.subarray(0, count))).toEqual(route)
      query(router.hierarchy, weights, router.search, from, to, time)
      expect(router.search.time).toBe(FAR)
    }
  })
})
