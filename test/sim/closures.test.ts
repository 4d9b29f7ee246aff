import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, createWorld, findRoute, gridSpec, linkMeasures, randomTrips, scheduleChanges, totals, tripResults, Unreachable, unreachableTrips, VehicleClass,
  type Network, type World,
} from '../../src/sim'
import { measureReopening } from '../../bench/reopening'
import { closing, inputOf, linkBetween, run, runChecked, tripsOn, tripTable } from './support'

const network: Network = assembleNetwork(gridSpec(4))
/** A street in the middle of the grid, and the way round it is two crossings longer. */
const street = linkBetween(network, [250, 250], [500, 250])
const [CLOSE, OPEN, END] = [1200, 3000, 4800]

/** Trips that were seen on a link in each tick, from `first` on. */
function watch(link: number): { each: (world: World) => void; seen: Map<number, number[]> } {
  const seen = new Map<number, number[]>()
  return { seen, each: world => { seen.set(world.tick, tripsOn(world, link)) } }
}

describe('a street is closed for some minutes', () => {
  const trips = randomTrips(network, 1500, 4000, 3)
  const { each, seen } = watch(street)
  const world = runChecked(inputOf(network, trips, { changes: closing(network, street, CLOSE, OPEN), rerouteShare: 0.5 }), END, each)
  const between = (from: number, to: number): Set<number> => {
    const found = new Set<number>()
    for (const [tick, ids] of seen) if (tick > from && tick <= to) for (const id of ids) found.add(id)
    return found
  }

  test('it was used before', () => expect(between(0, CLOSE).size).toBeGreaterThan(10))

  test('those on it clear, nobody enters, and it stays empty', () => {
    const inside = new Set(seen.get(CLOSE))
    // Who had passed the stop line, or could no longer stop before it, may still come out of the turn.
    for (const id of between(CLOSE + 40, OPEN)) expect(inside).toContain(id)
    const counts = [...seen].filter(([tick]) => tick > CLOSE && tick <= OPEN).map(([, ids]) => ids.length)
    const empty = counts.indexOf(0)
    expect(empty).toBeGreaterThanOrEqual(0)
    expect(empty).toBeLessThan(500)
    expect(Math.max(...counts.slice(Math.max(empty, 41)))).toBe(0)
  })

  test('the others drive round it and arrive', () => {
    const { arrived, running, waiting, unreachable, departures, reroutes } = totals(world)
    expect(departures).toBe(arrived + running + waiting + unreachable)
    expect(reroutes).toBeGreaterThan(0)
    expect(arrived / departures).toBeGreaterThan(0.9)
    expect(unreachable / departures).toBeLessThan(0.01)
  })

  test('reopened, it is used again', () => expect(between(OPEN, END).size).toBeGreaterThan(10))

  test('flow is counted before and after, not while it is closed', () => {
    const left = linkMeasures(world).bins.map(bin => bin.left[street]!) // bins of 600 ticks
    expect(left[1]).toBeGreaterThan(0)
    expect(left[3]! + left[4]!).toBe(0)
    expect(left[6]! + left[7]!).toBeGreaterThan(0)
  })
})

test('vehicles already in a closed part, several links long, drive on and leave it', () => {
  const row = [0, 1, 2].map(k => linkBetween(network, [k * 250, 250], [(k + 1) * 250, 250]))
  const from = linkBetween(network, [-250, 250], [0, 250])
  const to = linkBetween(network, [750, 250], [1000, 250])
  const trips = tripTable(network, Array.from({ length: 60 }, (_, k) => ({ depart: k * 10, from, to })))
  const changes = row.flatMap(link => closing(network, link, 300, 3000))
  const world = runChecked(inputOf(network, trips, { changes }), 2400)
  expect(row.map(link => tripsOn(world, link).length)).toEqual([0, 0, 0])
  const { arrived, unreachable } = totals(world)
  expect(arrived + unreachable).toBe(60)
  expect(unreachable).toBe(0)
})

describe('trips that cannot arrive', () => {
  const from = linkBetween(network, [-250, 0], [0, 0])
  const to = linkBetween(network, [750, 250], [1000, 250])
  const row = (depart: number, more = {}) => ({ depart, from, to, ...more })

  test('are listed with the reason: origin, destination or every way between them is closed', () => {
    const target = linkBetween(network, [250, 250], [250, 500])
    const around = Array.from(network.links.toNode).flatMap((node, link) => node === network.links.fromNode[target] && link !== target ? [link] : [])
    const changes = [closing(network, from, 100, 200), closing(network, to, 300, 400), around.flatMap(link => closing(network, link, 500, 600))].flat()
    const trips = tripTable(network, [row(150), row(350), row(550, { to: target }), row(700), row(710), row(720, { to: target })])
    const world = runChecked(inputOf(network, trips, { changes }), 3000)
    expect(unreachableTrips(world).map(({ trip, reason }) => [trip, reason])).toEqual([
      [0, Unreachable.originClosed], [1, Unreachable.destinationClosed], [2, Unreachable.noRoute],
    ])
    expect([...tripResults(world).unreachableReason]).toEqual([1, 2, 3, 0, 0, 0].map(reason => [0, Unreachable.originClosed, Unreachable.destinationClosed, Unreachable.noRoute][reason]))
    expect(totals(world)).toMatchObject({ departures: 6, arrived: 3, running: 0, waiting: 0, unreachable: 3 })
  })

  test('a destination that closes under way is listed once, and the vehicle leaves the road', () => {
    const trips = tripTable(network, [row(0)])
    const world = createWorld(inputOf(network, trips))
    run(world, 40)
    expect(totals(world).running).toBe(1)
    scheduleChanges(world, closing(network, to, world.tick, Infinity))
    run(world, 1500)
    expect(totals(world)).toMatchObject({ arrived: 0, running: 0, unreachable: 1 })
    expect(unreachableTrips(world)).toHaveLength(1)
    expect(unreachableTrips(world)[0]!.reason).not.toBe(Unreachable.none)
  })
})

test('closed to lorries only, a street carries cars and no lorry', () => {
  const from = linkBetween(network, [-250, 250], [0, 250])
  const to = linkBetween(network, [750, 250], [1000, 250])
  expect(findRoute(network, from, to)).toContain(street)
  const trips = tripTable(network, Array.from({ length: 120 }, (_, k) => ({ depart: k * 12, from, to, class: k % 3 === 0 ? VehicleClass.lorry : VehicleClass.car })))
  const users = new Set<number>()
  const changes = closing(network, street, 0, Infinity, 1 << VehicleClass.lorry)
  const world = runChecked(inputOf(network, trips, { changes }), 3200, now => { for (const trip of tripsOn(now, street)) users.add(trip) })
  const ofClass = (type: number): number => [...users].filter(trip => (trip % 3 === 0 ? VehicleClass.lorry : VehicleClass.car) === type).length
  expect(ofClass(VehicleClass.car)).toBeGreaterThan(20)
  expect(ofClass(VehicleClass.lorry)).toBe(0)
  expect(totals(world)).toMatchObject({ arrived: 120, unreachable: 0 })
})

test.each([0, 1])('with lane %d of two closed those who drive on use the other, and the street stays in use', index => {
  const closed = network.links.laneFirst[street]! + index
  const open = network.links.laneFirst[street]! + 1 - index
  const from = linkBetween(network, [-250, 250], [0, 250])
  const to = linkBetween(network, [750, 250], [1000, 250])
  const trips = tripTable(network, Array.from({ length: 200 }, (_, k) => ({ depart: k * 10, from, to })))
  const changes = [{ tick: 600, kind: 'closeLane' as const, row: closed, source: 'test' }]
  const used = [0, 0]
  runChecked(inputOf(network, trips, { changes, rerouteShare: 0 }), 3000, world => {
    if (world.tick < 800) return
    used[0]! += world.paths.count[closed]!
    used[1]! += world.paths.count[open]!
  })
  expect(used[0]).toBe(0)
  expect(used[1]).toBeGreaterThan(0)
})

test.each([5, 6])('nobody enters a closed lane, not even to turn from it, seed %d', seed => {
  const lane = network.links.laneFirst[street]! + 1
  const changes = [{ tick: 600, kind: 'closeLane' as const, row: lane, source: 'test' }]
  const late = new Set<number>()
  const world = runChecked(inputOf(network, randomTrips(network, 900, 2400, seed), { seed, changes }), 3600, now => {
    for (let cell = now.paths.first[lane]!; now.tick > 900 && cell < now.paths.first[lane]! + now.paths.count[lane]!; cell++)
      late.add(now.slots.trip[now.cells.slot[cell]!]!)
  })
  expect([...late]).toEqual([])
  expect(totals(world).arrived / totals(world).departures).toBeGreaterThan(0.9)
})

test('a lower speed limit slows a street down, and taking it away gives the speed back', () => {
  const from = linkBetween(network, [-250, 0], [0, 0])
  const changes = [
    { tick: 400, kind: 'speedLimit' as const, row: from, speedLimit: 5, source: 'test' },
    { tick: 1200, kind: 'speedLimit' as const, row: from, source: 'test' },
  ]
  const trips = tripTable(network, Array.from({ length: 200 }, (_, k) => ({ depart: k * 10, from, to: linkBetween(network, [0, 0], [0, -250]) })))
  const fastest = [0, 0, 0]
  runChecked(inputOf(network, trips, { changes }), 2000, world => {
    const phase = world.tick < 400 ? 0 : world.tick > 1200 ? 2 : world.tick > 600 ? 1 : -1
    if (phase < 0) return
    for (let at = 0; at < network.links.laneCount[from]!; at++) {
      const lane = network.links.laneFirst[from]! + at
      for (let cell = world.paths.first[lane]!; cell < world.paths.first[lane]! + world.paths.count[lane]!; cell++)
        fastest[phase] = Math.max(fastest[phase]!, world.cells.speed[cell]!)
    }
  })
  expect(fastest[1]).toBeLessThan(5 * 1.2 + 0.3)
  expect(fastest[0]).toBeGreaterThan(11)
  expect(fastest[2]).toBeGreaterThan(11)
})

test('of two speed limits at a time the later one holds, and the end of either gives back the other', () => {
  const limit = (tick: number, source: string, speedLimit?: number) => ({ tick, kind: 'speedLimit' as const, row: street, speedLimit, source })
  const changes = [
    limit(10, 'a', 10), limit(20, 'b', 5), limit(30, 'b'), limit(40, 'b', 6), limit(50, 'a'), limit(60, 'c', 7), limit(70, 'b'), limit(80, 'c'),
  ]
  const world = createWorld(inputOf(network, tripTable(network, []), { changes }))
  const seen = Array.from({ length: 9 }, (_, k) => run(world, k === 0 ? 5 : 10).paths.limit[network.links.laneFirst[street]!]!)
  const own = network.links.speedLimit[street]!
  expect(seen).toEqual([own, 10, 5, 10, 6, 6, 7, 7, own])
})

test('a street under two closures opens when the last of them ends', () => {
  const from = linkBetween(network, [-250, 250], [0, 250])
  const to = linkBetween(network, [750, 250], [1000, 250])
  const trips = tripTable(network, Array.from({ length: 150 }, (_, k) => ({ depart: k * 16, from, to })))
  const changes = [...closing(network, street, 200, 800), ...closing(network, street, 400, 1600).map(change => ({ ...change, source: 'other' }))]
  const used: number[] = []
  runChecked(inputOf(network, trips, { changes }), 3200, world => {
    if (world.tick > 500 && tripsOn(world, street).length > 0) used.push(world.tick)
  })
  expect(used.length).toBeGreaterThan(100)
  expect(Math.min(...used)).toBeGreaterThan(1600)
})

test('a quarter of an hour after it is open again, a street carries at least 95 % of what it would have', () => {
  const grid = assembleNetwork(gridSpec(5))
  const links = [linkBetween(grid, [250, 500], [500, 500]), linkBetween(grid, [500, 500], [250, 500])]
  const [fromTick, toTick] = [1200, 2400]
  const changes = links.flatMap(link => closing(grid, link, fromTick, toTick))
  const days = [1, 2].map(seed => measureReopening({
    input: inputOf(grid, randomTrips(grid, 3600, 6600, seed), { seed, changes }), links, fromTick, toTick, settle: 900, endTick: 7200,
  }))
  const sum = (which: 'baseline' | 'variant', period: number): number => days.reduce((all, day) => all + day[which][period]!, 0)
  expect(sum('variant', 0)).toBe(sum('baseline', 0))
  expect(sum('variant', 1)).toBeLessThan(0.1 * sum('baseline', 1))
  expect(sum('variant', 2) / sum('baseline', 2)).toBeGreaterThanOrEqual(0.95)
})

test('habit learns nothing of what a closure bars, and learns again when it is open', () => {
  const trips = randomTrips(network, 900, 2400, 4)
  const input = inputOf(network, trips, { changes: closing(network, street, 600, 1400) })
  const approach = Array.from(network.links.toNode).findIndex((node, link) => node === network.links.fromNode[street] && network.links.fromNode[link] !== network.links.toNode[street])
  const world = createWorld(input)
  const usual = (link: number): number[] => [...world.measures.hops.timeUsual.subarray(world.index.nextFirst[link]!, world.index.nextFirst[link + 1]!)]
  run(world, 600)
  const before = [usual(street), usual(approach)]
  run(world, 790)
  expect([usual(street), usual(approach)]).toEqual(before)
  run(world, 600)
  expect(usual(approach)).not.toEqual(before[1])
  expect(world.measures.live.barred.some(Boolean)).toBe(false)
})
