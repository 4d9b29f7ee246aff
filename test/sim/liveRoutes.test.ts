import { describe, expect, test } from 'vitest'
import { advance, bed } from '../../src/analysis/validation/bed'
import { assembleNetwork, createLivePlanner, createRoutePlanner, gridSpec, planRoute, VehicleClass, type NetworkChange } from '../../src/sim'

const network = assembleNetwork(gridSpec(6, { lanes: 1 }))
const { links } = network
const pairs = Array.from({ length: 40 }, (_, at) => [(at * 7) % links.rows, (at * 31 + 11) % links.rows] as const).filter(([from, to]) => from !== to)
const busy = Array.from({ length: 400 }, (_, at) => ({ depart: at, from: pairs[at % 8]![0], to: pairs[at % 8]![1] }))
const close = (link: number, tick: number): NetworkChange[] =>
  Array.from({ length: links.laneCount[link]! }, (_, at) => ({ tick, kind: 'closeLane', row: links.laneFirst[link]! + at, source: 'works' }))

describe('the quickest way in a running world', () => {
  test('on roads where nobody drove is that of the empty road', () => {
    const planner = createRoutePlanner(network)
    const live = createLivePlanner(bed(network, []), { tick: 'now' })
    for (const [from, to] of pairs) expect(planRoute(live, from, to, VehicleClass.car)).toEqual(planRoute(planner, from, to, VehicleClass.car))
  })

  test('never takes less than on the empty road, and takes longer where it is full', () => {
    const world = bed(network, busy)
    advance(world, 400)
    const planner = createRoutePlanner(network), live = createLivePlanner(world, { tick: 'now' })
    let longer = 0
    for (const [from, to] of pairs) {
      const empty = planRoute(planner, from, to, VehicleClass.car)!.milliseconds, now = planRoute(live, from, to, VehicleClass.car)!.milliseconds
      expect(now).toBeGreaterThanOrEqual(empty)
      if (now > empty + 1000) longer++
    }
    expect(longer).toBeGreaterThan(5)
  })

  test('heeds what is closed at its moment, and nothing where it is asked for the open city', () => {
    const world = bed(network, [])
    const [from, to] = pairs.find(pair => (planRoute(createRoutePlanner(network), ...pair, VehicleClass.car)?.links.length ?? 0) > 4)!
    const way = planRoute(createRoutePlanner(network), from, to, VehicleClass.car)!
    world.changes = close(way.links[2]!, 100)
    const at = (tick: number | 'now', open = false): readonly number[] => planRoute(createLivePlanner(world, { tick, open }), from, to, VehicleClass.car)!.links
    expect(at('now')).toEqual(way.links)
    expect(at(200)).not.toContain(way.links[2])
    expect(at(200, true)).toEqual(way.links)
  })
})
