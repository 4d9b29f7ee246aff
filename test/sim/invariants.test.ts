import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, checkInTurn, checkInvariants, ConflictKind, Control, createWorld, gridSpec, Light, orderSpec, randomTrips, step, teeSpec, totals, uniform,
  type Network, type NetworkChange, type World,
} from '../../src/sim'
import { accelerate } from '../../src/sim/traffic/accelerate'
import { moveVehicles, passOn } from '../../src/sim/traffic/moveVehicles'
import { Count } from '../../src/sim/world'
import { actuated, closing, inputOf, run, runChecked } from './support'

/** Twelve closures at random places and times, some of whole streets, some of lanes, some for some classes. */
function randomClosures(network: Network, seed: number, ticks: number): NetworkChange[] {
  const pick = (k: number, what: number): number => uniform(seed, 1, k, what)
  return Array.from({ length: 12 }, (_, k) => {
    const link = Math.floor(pick(k, 0) * network.links.rows)
    const from = Math.floor(pick(k, 1) * ticks * 0.7)
    const changes = closing(network, link, from, from + Math.floor(pick(k, 2) * ticks * 0.3), pick(k, 3) < 0.3 ? 8 : undefined)
    return pick(k, 4) < 0.4 ? changes.slice(0, 2) : changes
  }).flat()
}

/** Whether anybody's front came from a lane onto a turn while its light was red. */
function watchRed(): (world: World) => void {
  const before = new Map<number, number>()
  return world => {
    const { lanes, turns } = world.input.network
    for (let slot = 0; slot < world.counts[Count.slotsUsed]!; slot++) {
      const trip = world.slots.trip[slot]!
      const path = world.slots.path[slot]!
      if (trip < 0) continue
      if (path >= lanes.rows && before.get(trip) !== path) {
        const group = turns.group[path - lanes.rows]!
        if (group >= 0 && world.signals.state[group] === Light.red) throw new Error(`tick ${world.tick}: trip row ${trip} is on turn ${path - lanes.rows} at red`)
      }
      before.set(trip, path)
    }
  }
}

describe('every invariant at every tick', () => {
  test.each([1, 2])('signalised grid, far more traffic than it carries, closures opening and closing, seed %d', seed => {
    const network = assembleNetwork(gridSpec(3))
    const changes = randomClosures(network, seed, 1200)
    const world = runChecked(inputOf(network, randomTrips(network, 3200, 1000, seed), { seed, changes }), 1200, watchRed())
    expect(totals(world).waiting).toBeGreaterThan(100)
    expect(totals(world).arrived).toBeGreaterThan(200)
  })

  test.each([4, 5])('actuated grid under the same, seed %d', seed => {
    const network = assembleNetwork(actuated(gridSpec(3)))
    const changes = randomClosures(network, seed, 1200)
    runChecked(inputOf(network, randomTrips(network, 2500, 1000, seed), { seed, changes, rerouteShare: 1 }), 1200, watchRed())
  })

  test.each([
    [6, Control.priority, 2, 120], [7, Control.allWay, 1, 150], [8, Control.roundabout, 1, 90], [9, Control.priority, 3, 80], [22, Control.priority, 2, 80],
  ])('grid without signals, seed %d, control %d, %d lanes, every %d m', (seed, control, lanes, spacing) => {
    const network = assembleNetwork(gridSpec(3, { control, lanes, spacing }))
    runChecked(inputOf(network, randomTrips(network, 2500, 1600, seed), { seed }), 1600)
  })

  test.each([10, 11])('a tee with traffic from all sides, seed %d', seed => {
    const network = assembleNetwork(teeSpec({ lanes: 1 + (seed % 2), arm: 150 }))
    runChecked(inputOf(network, randomTrips(network, 1500, 2000, seed), { seed }), 2400)
  })
})

describe('the check itself fails when the state is corrupt', () => {
  const network = assembleNetwork(gridSpec(3))
  const busy = (ticks = 300): World => run(createWorld(inputOf(network, randomTrips(network, 900, 600, 1))), ticks)
  const crowded = (world: World): number => Array.from(world.paths.count).findIndex((count, path) => path < network.lanes.rows && count > 3)

  test('it holds before', () => expect(() => checkInvariants(busy())).not.toThrow())

  test.each<[string, RegExp, (world: World) => void]>([
    ['a trip vanishes', /departures, but/, world => { world.counts[Count.arrived]!-- }],
    ['a vehicle is counted that is not there', /vehicles on paths/, world => { world.counts[Count.running]!++; world.counts[Count.waiting]!-- }],
    ['two overlap', /overlaps trip \d+ \(slot \d+\) on path/, world => {
      const first = world.paths.first[crowded(world)]!
      world.cells.position[first + 2] = world.cells.position[first + 1]! - 2
    }],
    ['one drives backwards', /drives -1 m\/s/, world => { world.cells.speed[world.paths.first[crowded(world)]! + 1] = -1 }],
    ['a speed is no number', /drives NaN m\/s/, world => { world.cells.speed[world.paths.first[crowded(world)]! + 1] = NaN }],
    ['one is beyond the end of its path', /m of path \d+, which is/, world => { world.cells.position[world.paths.first[crowded(world)]!] = 1e4 }],
    ['a slot points elsewhere', /is not where path/, world => { world.slots.cell[world.cells.slot[world.paths.first[crowded(world)]!]!]!++ }],
    ['a reservation is lost', /reservations/, world => { world.lanes.reserved[crowded(world)] = 99 }],
  ])('%s', (_, message, corrupt) => {
    const world = busy()
    corrupt(world)
    expect(() => checkInvariants(world)).toThrow(/^invariant: tick 300: /)
    expect(() => checkInvariants(world)).toThrow(message)
  })

  test('two are in the zone of a conflict, here because zones grow that the engine knows as smaller', () => {
    const own = assembleNetwork(gridSpec(2, { lanes: 3 }))
    const { conflicts } = own
    const world = run(createWorld(inputOf(own, randomTrips(own, 900, 600, 1))), 200)
    for (let row = 0; row < conflicts.rows; row++)
      if (conflicts.kind[row] === ConflictKind.crossing) {
        conflicts.start[row] = conflicts.otherStart[row] = -100
        conflicts.end[row] = conflicts.otherEnd[row] = 100
      }
    expect(() => run(world, 600, checkInvariants)).toThrow(/^invariant: tick \d+: trip \d+ .* on turn \d+ .* are both in their conflict zone/)
  })

  test('somebody passes a stop line at red', () => {
    const world = busy(200)
    for (let tick = 0; tick < 600; tick++) {
      step(world)
      const lane = Array.from(world.lanes.reserved).findIndex((count, at) => count > 0 && network.nodes.program[network.links.toNode[network.lanes.link[at]!]!]! >= 0)
      if (lane < 0) continue
      const head = world.paths.first[lane]!
      const group = network.turns.group[world.slots.reservedTurn[world.cells.slot[head]!]!]!
      world.signals.state[group] = Light.red
      world.cells.position[head] = network.lanes.length[lane]! + 0.5
      accelerate(world, 0)
      moveVehicles(world, 0)
      expect(() => passOn(world, 0)).toThrow(/tick \d+: trip \d+ \(slot \d+\) passes the stop line of turn \d+ at red/)
      return
    }
    expect.unreachable('nobody was let over a stop line')
  })
})

test('a part of all is checked at every tick, so that a fault anywhere is found within four', () => {
  const network = assembleNetwork(orderSpec(gridSpec(12)))
  const world = createWorld(inputOf(network, randomTrips(network, 4000, 290, 3), { seed: 3 }))
  while (world.tick < 601) {
    step(world)
    checkInTurn(world)
  }
  const { cells, paths, index: { domains } } = world
  expect(domains.count).toBeGreaterThan(3)
  const looks = (): void => {
    for (let tick = 601; tick < 605; tick++) {
      world.tick = tick
      checkInTurn(world)
    }
  }
  for (let domain = 0; domain < domains.count; domain++) {
    let lane = domains.laneFirst[domain]!
    while (paths.count[lane]! < 2) lane++
    expect(lane).toBeLessThan(domains.laneFirst[domain + 1]!)
    const second = paths.first[lane]! + 1
    const was = cells.position[second]!
    cells.position[second] = cells.position[second - 1]!
    expect(looks).toThrow('overlaps')
    cells.position[second] = was
    looks()
  }
})
