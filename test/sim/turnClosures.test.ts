import { describe, expect, test } from 'vitest'
import {
  ALL_CLASSES, assembleNetwork, createWorld, findRoute, gridSpec, randomTrips, restoreWorld, saveWorld, scheduleChanges, stateHash, step, totals,
  VehicleClass, type Network, type NetworkChange, type World,
} from '../../src/sim'
import { createMeso, stepMeso, mesoTotals, mesoTripResults } from '../../src/sim'
import { inputOf, linkBetween, run, runChecked, tripTable, vehicles } from './support'

const network: Network = assembleNetwork(gridSpec(4))
const from = linkBetween(network, [0, 250], [250, 250])
const straight = linkBetween(network, [250, 250], [500, 250])

/** Turns of one movement. */
const turnsOf = (a: number, b: number): number[] => Array.from(network.turns.fromLane).flatMap((lane, turn) =>
  network.lanes.link[lane] === a && network.lanes.link[network.turns.toLane[turn]!] === b ? [turn] : [])
const banning = (a: number, b: number, tick: number, until = Infinity, classes?: number, source = 'ban'): NetworkChange[] => {
  const change = { row: turnsOf(a, b)[0]!, source, ...(classes === undefined ? {} : { classes }) }
  return [{ ...change, kind: 'closeTurn', tick }, ...(until < Infinity ? [{ ...change, kind: 'openTurn', tick: until } as const] : [])]
}
/** Trips that were seen on a movement, by tick. */
function watchTurn(a: number, b: number): { each: (world: World) => void; between: (first: number, last: number) => Set<number> } {
  const paths = new Set(turnsOf(a, b).map(turn => network.lanes.rows + turn))
  const seen: [number, number][] = []
  return {
    each: world => { for (const { path, trip } of vehicles(world)) if (paths.has(path)) seen.push([world.tick, trip]) },
    between: (first, last) => new Set(seen.filter(([tick]) => tick > first && tick <= last).map(([, trip]) => trip)),
  }
}
/** s after a ban within which those who could no longer stop before it have left the junction. */
const CLEAR = 60

describe('a turn is closed for some minutes', () => {
  const [CLOSE, OPEN, END] = [1200, 3000, 4800]
  const watched = watchTurn(from, straight)
  const world = runChecked(inputOf(network, randomTrips(network, 1500, 4000, 3), { changes: banning(from, straight, CLOSE, OPEN), rerouteShare: 0.5 }), END, watched.each)

  test('it is used before, by nobody while it is closed, and again when it is open', () => {
    expect(watched.between(0, CLOSE).size).toBeGreaterThan(10)
    expect([...watched.between(CLOSE + CLEAR, OPEN)]).toEqual([])
    expect(watched.between(OPEN, END).size).toBeGreaterThan(10)
  })

  test('everybody else finds a way', () => {
    const { arrived, running, waiting, unreachable, departures } = totals(world)
    expect(departures).toBe(arrived + running + waiting + unreachable)
    expect(unreachable).toBe(0)
    expect(arrived / departures).toBeGreaterThan(0.9)
  })
})

test('a turn that is closed to lorries turns lorries away alone', () => {
  const start = linkBetween(network, [-250, 250], [0, 250])
  const end = linkBetween(network, [750, 250], [1000, 250])
  expect(findRoute(network, start, end)).toContain(straight)
  const trips = tripTable(network, Array.from({ length: 90 }, (_, k) => ({ depart: k * 12, from: start, to: end, class: k % 3 === 0 ? VehicleClass.lorry : VehicleClass.car })))
  const watched = watchTurn(from, straight)
  const world = runChecked(inputOf(network, trips, { changes: banning(from, straight, 0, Infinity, 1 << VehicleClass.lorry) }), 2800, watched.each)
  const used = [...watched.between(0, 2800)]
  expect(used.filter(trip => trip % 3 === 0)).toEqual([])
  expect(used.length).toBeGreaterThan(30)
  expect(totals(world)).toMatchObject({ arrived: 90, unreachable: 0 })
})

test('a turn under two bans opens when the last of them ends', () => {
  const changes = [...banning(from, straight, 200, 800), ...banning(from, straight, 400, 1600, ALL_CLASSES, 'other')]
  const watched = watchTurn(from, straight)
  runChecked(inputOf(network, randomTrips(network, 900, 2400, 5), { changes }), 2600, watched.each)
  expect(watched.between(200 + CLEAR, 1600).size).toBe(0)
  expect(watched.between(1600, 2600).size).toBeGreaterThan(0)
})

test('where every turn of a road is closed, who is on it leaves the road and is listed as cut off', () => {
  const exits = [...new Set(turnsOf(from, straight).concat(Array.from(network.turns.fromLane).flatMap((lane, turn) => network.lanes.link[lane] === from ? [turn] : [])))]
  const changes = exits.map(row => ({ tick: 20, kind: 'closeTurn' as const, row, source: 'ban' }))
  const trips = tripTable(network, [{ depart: 0, from, to: straight }, { depart: 100, from, to: straight }])
  const world = runChecked(inputOf(network, trips, { changes }), 600)
  expect(totals(world)).toMatchObject({ arrived: 0, running: 0, waiting: 0, unreachable: 2 })
})

describe('the run and its past', () => {
  const trips = randomTrips(network, 700, 1500, 7)
  const hashes = (changes: readonly NetworkChange[], at: readonly number[]): string[] => {
    const world = createWorld(inputOf(network, trips, { changes }))
    return at.map(tick => { while (world.tick < tick) step(world); return stateHash(world) })
  }

  test('a ban to come leaves every state before it as it is', () => {
    const ticks = [200, 500, 599]
    expect(hashes(banning(from, straight, 600), ticks)).toEqual(hashes([], ticks))
  })

  test('a saved run goes on under the ban that it was saved under', () => {
    const input = inputOf(network, trips, { changes: banning(from, straight, 300, 900) })
    const whole = run(createWorld(input), 1200)
    const saved = saveWorld(run(createWorld(input), 500))
    expect(stateHash(run(restoreWorld(input, saved), 700))).toBe(stateHash(whole))
  })

  test('a ban that is scheduled on the way is the one that was planned', () => {
    const world = createWorld(inputOf(network, trips))
    run(world, 300)
    scheduleChanges(world, banning(from, straight, 400, 700))
    expect(stateHash(run(world, 700))).toBe(hashes(banning(from, straight, 400, 700), [1000])[0])
  })
})

test('the meso engine keeps to a ban as well', () => {
  const start = linkBetween(network, [-250, 250], [0, 250])
  const end = linkBetween(network, [750, 250], [1000, 250])
  const trips = tripTable(network, Array.from({ length: 60 }, (_, k) => ({ depart: 200 + k * 12, from: start, to: end })))
  const distances = [[], banning(from, straight, 0)].map(changes => {
    const world = createMeso(inputOf(network, trips, { changes }))
    for (let k = 0; k < 1500; k++) stepMeso(world)
    expect(mesoTotals(world)).toMatchObject({ arrived: 60, unreachable: 0 })
    return mesoTripResults(world).distance.reduce((sum, each) => sum + each, 0) / 60
  })
  // Without the turn the way is two crossings longer.
  expect(distances[1]! - distances[0]!).toBeGreaterThan(400)
})
