import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { networkLayer, readPack } from '../../src/city'
import {
  assembleNetwork, CLASSES, createRoutePlanner, Direction, gridSpec, hopGraph, planRoute, uniform, VehicleClass, type HopGraph, type Network, type NetworkChange, type NetworkSpec, type RoutePlanner,
} from '../../src/sim'
import { createSearch, createWeights, customise, FAR, query, unpack, weightsBytes } from '../../src/sim/network/hierarchy'
import { findClosed, GROUPS, searchRoute, weightsOf } from '../../src/sim/network/router'
import { inputOf, tripTable } from './support'

/** Times from a link to all others, ms: Dijkstra with buckets of a tenth of a second (Dial 1969). */
function timesFrom({ first, link, time }: HopGraph, from: number): Float64Array {
  const best = new Float64Array(first.length - 1).fill(Infinity)
  const buckets: number[][] = []
  const offer = (other: number, reached: number): void => {
    if (reached >= best[other]!) return
    best[other] = reached
    ;(buckets[Math.floor(reached / 100)] ??= []).push(other)
  }
  offer(from, 0)
  for (let at = 0; at < buckets.length; at++) {
    // What is reached within the same bucket joins its end: settled again if it has become nearer.
    for (const next of buckets[at] ?? [])
      for (let hop = first[next]!; hop < first[next + 1]!; hop++) if (time[hop]! >= 0) offer(link[hop]!, best[next]! + time[hop]!)
  }
  return best
}

/** Why a vehicle of a class cannot drive a route lane by lane under changes that are all in force; empty if it can. */
function breach(network: Network, changes: readonly NetworkChange[], type: number, route: readonly number[]): string {
  const { lanes, turns } = network
  const shutTo = (kind: string, row: number): boolean => type !== VehicleClass.emergency
    && changes.some(change => change.kind === kind && change.row === row && ((change.classes ?? 0xffff) >> type & 1) === 1)
  const linksOf = (turn: number): [number, number] => [lanes.link[turns.fromLane[turn]!]!, lanes.link[turns.toLane[turn]!]!]
  const isOpen = (lane: number): boolean => (lanes.allowed[lane]! >> type & 1) === 1 && !shutTo('closeLane', lane)
  for (let at = 1; at < route.length; at++) {
    const [from, to] = [route[at - 1]!, route[at]!]
    const movement = Array.from({ length: turns.rows }, (_, turn) => turn).filter(turn => linksOf(turn)[0] === from && linksOf(turn)[1] === to)
    if (movement.length === 0) return `${to} does not follow ${from}`
    if (movement.some(turn => shutTo('closeTurn', turn))) return `from ${from} to ${to} is banned`
    if (!movement.some(turn => isOpen(turns.fromLane[turn]!) && isOpen(turns.toLane[turn]!))) return `no open lane leads from ${from} to ${to}`
  }
  return ''
}

/** A grid with a quarter of the movements banned and some lanes reserved; `uTurns`: turning back is banned everywhere or nowhere. */
function madeUp(seed: number, uTurns: boolean): Network {
  const spec = gridSpec(4, { lanes: 1 + (seed % 3) })
  const bans: { from: number; to: number }[] = []
  for (const [from, a] of spec.links.entries())
    for (const [to, b] of spec.links.entries()) {
      if (a.to !== b.from) continue
      if (a.from === b.to ? !uTurns : uniform(seed, 1, from, to) < 0.25) bans.push({ from, to })
    }
  const links = spec.links.map((link, row): NetworkSpec['links'][number] => ({
    ...link, lanes: link.lanes.map((lane, at) => (uniform(seed, 2, row, at) < 0.1 ? { ...lane, allowed: 1 << VehicleClass.bus | 1 << VehicleClass.emergency } : lane)),
  }))
  return assembleNetwork({ ...spec, links, bans })
}

/** Closures of a tenth of the links' lanes and bans of a tenth of the turns, to random classes. */
function closuresOf({ lanes, turns }: Network, seed: number): NetworkChange[] {
  const drawn = (rows: number, kind: 'closeLane' | 'closeTurn', purpose: number): NetworkChange[] => Array.from({ length: rows }, (_, row) => row)
    .filter(row => uniform(seed, purpose, row, 0) < 0.1)
    .map(row => ({ tick: 0, kind, row, classes: 1 + Math.floor(uniform(seed, purpose, row, 1) * 63), source: `${kind} ${row}` }))
  return [...drawn(lanes.rows, 'closeLane', 3), ...drawn(turns.rows, 'closeTurn', 4)]
}

/** Holds the routes from some links to all others against Dijkstra; answers how many there were. */
function compare(planner: RoutePlanner, type: number, origins: readonly number[], every: number, check: (route: readonly number[]) => string): number {
  const graph = hopGraph(planner, type)
  let routes = 0
  for (const from of origins) {
    if (planner.router.closed[from]! >> type & 1) continue
    const best = timesFrom(graph, from)
    for (let to = (from * 7) % every; to < best.length; to += every) {
      const route = planRoute(planner, from, to, type)
      const where = `class ${type}, link ${from} to ${to}`
      expect(route?.milliseconds ?? Infinity, where).toBe(best[to])
      if (!route) continue
      expect([route.links[0], route.links.at(-1)]).toEqual([from, to])
      expect(check(route.links), where).toBe('')
      routes++
    }
  }
  return routes
}

describe('planned routes are as quick as those of plain Dijkstra, and every class can drive them lane by lane', () => {
  test.each([[1, true], [2, false], [3, true], [4, false]])('on a grid with bans, reserved lanes and closures, seed %i, U-turns %s', (seed, uTurns) => {
    const network = madeUp(seed, uTurns)
    const changes = closuresOf(network, seed)
    const planner = createRoutePlanner(network, changes)
    const origins = Array.from({ length: 6 }, (_, k) => Math.floor(uniform(seed, 5, k, 0) * network.links.rows))
    let routes = 0
    for (let type = 0; type < CLASSES; type++) routes += compare(planner, type, origins, 3, route => breach(network, changes, type, route))
    expect(routes).toBeGreaterThan(50)
  })

  test('nobody turns back where that is banned, and some do where it is not', () => {
    const turnsBack = (uTurns: boolean): boolean => {
      const network = madeUp(2, uTurns)
      const planner = createRoutePlanner(network)
      const { links, lanes, turns } = network
      const backward = Array.from({ length: turns.rows }, (_, turn) => turn).filter(turn => turns.direction[turn] === Direction.uTurn).map(turn => lanes.link[turns.fromLane[turn]!]!)
      return backward.some(from => {
        for (let to = 0; to < links.rows; to++) {
          const next = planRoute(planner, from, to, 0)?.links[1]
          if (next !== undefined && links.toNode[next] === links.fromNode[from]) return true
        }
        return false
      })
    }
    expect([turnsBack(true), turnsBack(false)]).toEqual([true, false])
  })

  const pack = new URL('../../assets/shenzhen/', import.meta.url)
  test.skipIf(!existsSync(new URL('manifest.json', pack)))('in the compiled city, open and with closures (skipped where assets/shenzhen is absent)', async () => {
    const network = await (await readPack(async file => new Uint8Array(await readFile(new URL(file, pack))))).layer(networkLayer)
    const follows = new Set(Array.from({ length: network.turns.rows }, (_, turn) => `${network.lanes.link[network.turns.fromLane[turn]!]!} ${network.lanes.link[network.turns.toLane[turn]!]!}`))
    const continuous = (route: readonly number[]): string => route.every((link, at) => at === 0 || follows.has(`${route[at - 1]!} ${link}`)) ? '' : 'links do not follow one another'
    const origins = (seed: number): number[] => Array.from({ length: 5 }, (_, k) => Math.floor(uniform(seed, 5, k, 0) * network.links.rows))
    expect(compare(createRoutePlanner(network), VehicleClass.car, origins(1), 13, continuous)).toBeGreaterThan(3000)
    const closed = createRoutePlanner(network, closuresOf(network, 1))
    for (const type of [VehicleClass.car, VehicleClass.lorry]) expect(compare(closed, type, origins(2), 29, continuous)).toBeGreaterThan(300)
  })
})

test('limits in force lengthen the links that they are on', () => {
  const network = assembleNetwork(gridSpec(3))
  const open = createRoutePlanner(network)
  const [from, to] = [0, network.links.rows - 1]
  const { links, milliseconds } = planRoute(open, from, to, 0)!
  const changes = links.map((row): NetworkChange => ({ tick: 5, kind: 'speedLimit', row, speedLimit: network.links.speedLimit[row]! / 2, source: 'slow' }))
  const slow = hopGraph(createRoutePlanner(network, changes, 5), 0)
  const free = hopGraph(open, 0)
  expect(planRoute(createRoutePlanner(network, changes, 4), from, to, 0)!.milliseconds).toBe(milliseconds)
  for (const link of links)
    for (let hop = free.first[link]!; hop < free.first[link + 1]!; hop++)
      expect(slow.time[hop]! - free.time[hop]!).toBeCloseTo(1000 * network.links.length[link]! / network.links.speedLimit[link]!, -1)
})

test.each([1, 2, 3])('weights adjusted closure by closure are those made anew, seed %i', seed => {
  const network = madeUp(seed, true)
  const planner = createRoutePlanner(network)
  const { index, router } = planner
  const input = inputOf(network, tripTable(network, []))
  for (let round = 0; round < 12; round++) {
    const closures = Uint16Array.from({ length: network.lanes.rows }, (_, lane) => uniform(seed, 6, lane, round >> 1) < 0.04 ? Math.floor(uniform(seed, 7, lane, round) * 64) : 0)
    findClosed(router, input, index, round % 5 === 4 ? null : closures)
    // Some groups look at every closure, others now and then.
    for (let group = 0; group < GROUPS; group += 1 + (round % 3))
      for (let type = 0; type < CLASSES; type++) {
        const { time, via } = weightsOf(router, group, type)
        const anew = createWeights(router.hierarchy)
        const base = group * index.nextLink.length
        customise(router.hierarchy, anew, Int32Array.from(index.nextLink, (_, hop) => router.shut[hop]! >> type & 1 ? FAR : router.cost[base + hop]!))
        const nobodys = time.length - 1
        expect(time.subarray(0, nobodys)).toEqual(anew.time.subarray(0, nobodys))
        expect(via.filter((_, arc) => anew.time[arc]! < FAR && arc < nobodys)).toEqual(anew.via.filter((_, arc) => anew.time[arc]! < FAR && arc < nobodys))
      }
  }
})

test('searches of several threads read the same weights without a trace of one another', () => {
  const network = assembleNetwork(gridSpec(5))
  const { router, index } = createRoutePlanner(network)
  const { hierarchy } = router
  const own = weightsOf(router, 0, 0)
  const shared = createWeights(hierarchy, new SharedArrayBuffer(weightsBytes(hierarchy)))
  shared.time.set(own.time)
  shared.via.set(own.via)
  const searches = [createSearch(hierarchy), createSearch(hierarchy)]
  for (let k = 0; k < 200; k++) {
    const pairs = searches.map((_, at) => [0, 1].map(end => Math.floor(uniform(1, 8, k, 2 * at + end) * network.links.rows)) as [number, number])
    // Both find, then both write: what the second does between leaves the first alone.
    searches.forEach((search, at) => { query(hierarchy, shared, search, ...pairs[at]!) })
    searches.forEach((search, at) => {
      const [from, to] = pairs[at]!
      const count = searchRoute(router, index, from, to, 0, 0, false)
      expect(search.time < FAR).toBe(count > 0)
      if (count > 0) expect([from, ...search.path.subarray(0, unpack(hierarchy, shared, search, 0))]).toEqual(Array.from(router.path.subarray(0, count)))
    })
  }
})
