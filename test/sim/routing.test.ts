import { describe, expect, test } from 'vitest'
import { assembleNetwork, Draw, findRoute, gridSpec, uniform, type Network, type NetworkSpec, type WorldInput } from '../../src/sim'
import { indexNetwork, type NetworkIndex } from '../../src/sim/network/networkIndex'
import { compareClasses, createRouter, searchRoute, type Router } from '../../src/sim/network/router'
import { inputOf, linkBetween, tripTable } from './support'

/** ms of one link after another for a group and class; Infinity where the way is shut. */
function edgeTimes(router: Router, index: NetworkIndex, group: number, type: number): number[] {
  return Array.from(index.nextLink, (_, hop) => router.shut[hop]! & (1 << type) ? Infinity : router.cost[group * index.nextLink.length + hop]!)
}

/** Times from the start of `from` to the start of every link: plain Dijkstra without a heap. */
function dijkstra(index: NetworkIndex, times: readonly number[], from: number): number[] {
  const links = index.nextFirst.length - 1
  const best = new Array<number>(links).fill(Infinity)
  const done = new Array<boolean>(links).fill(false)
  best[from] = 0
  for (;;) {
    let link = -1
    for (let at = 0; at < links; at++) if (!done[at] && best[at]! < (link < 0 ? Infinity : best[link]!)) link = at
    if (link < 0) return best
    done[link] = true
    for (let edge = index.nextFirst[link]!; edge < index.nextFirst[link + 1]!; edge++)
      best[index.nextLink[edge]!] = Math.min(best[index.nextLink[edge]!]!, best[link]! + times[edge]!)
  }
}

function timeOfRoute(index: NetworkIndex, times: readonly number[], route: readonly number[]): number {
  let sum = 0
  for (let at = 1; at < route.length; at++) {
    let time = Infinity
    for (let edge = index.nextFirst[route[at - 1]!]!; edge < index.nextFirst[route[at - 1]! + 1]!; edge++)
      if (index.nextLink[edge] === route[at]) time = times[edge]!
    sum += time // Infinity if the links do not follow one another
  }
  return sum
}

/** Compares every route from some links to some others; answers how many there were. */
function compare(input: WorldInput, index: NetworkIndex, router: Router, seed: number, group: number, type: number): number {
  const links = input.network.links.rows
  const times = edgeTimes(router, index, group, type)
  let routes = 0
  for (let k = 0; k < 12; k++) {
    const from = Math.floor(uniform(seed, Draw.origin, k, group) * links)
    const best = dijkstra(index, times, from)
    for (let to = 0; to < links; to += 3) {
      if (to === from) continue
      const count = searchRoute(router, index, from, to, type, group, false)
      if (best[to] === Infinity) {
        expect(count, `seed ${seed}, link ${from} to ${to}`).toBe(0)
        continue
      }
      const route = Array.from(router.path.subarray(0, count))
      expect([route[0], route[count - 1]]).toEqual([from, to])
      expect(timeOfRoute(index, times, route), `seed ${seed}, link ${from} to ${to}`).toBe(best[to])
      routes++
    }
  }
  return routes
}

const banned = (n: number, seed: number): NetworkSpec => {
  const spec = gridSpec(n)
  const bans = []
  for (const [from, a] of spec.links.entries())
    for (const [to, b] of spec.links.entries())
      if (a.to === b.from && a.from !== b.to && uniform(seed, 1, from, to) < 0.25) bans.push({ from, to })
  return { ...spec, bans }
}

const routerOf = (network: Network, seed: number): { input: WorldInput; index: NetworkIndex; router: Router } => {
  const input = inputOf(network, tripTable(network, []), { seed })
  const index = indexNetwork(network)
  return { input, index, router: createRouter(input, index) }
}

describe('routes over the hierarchy are as quick as those of plain Dijkstra', () => {
  test.each([1, 2, 3])('on a grid in every group of drivers, seed %d', seed => {
    const { input, index, router } = routerOf(assembleNetwork(gridSpec(5)), seed)
    for (const group of [0, 3, 7, 8, 11]) expect(compare(input, index, router, seed, group, 0)).toBeGreaterThan(200)
  })

  test.each([4, 5, 6])('with a quarter of the movements banned, seed %d', seed => {
    const { input, index, router } = routerOf(assembleNetwork(banned(5, seed)), seed)
    expect(compare(input, index, router, seed, 0, 0)).toBeGreaterThan(100)
  })

  test.each([7, 8])('after times have changed and links were shut to some classes, seed %d', seed => {
    const { input, index, router } = routerOf(assembleNetwork(banned(5, seed)), seed)
    compare(input, index, router, seed, 2, 0)
    for (let round = 0; round < 3; round++) {
      for (let at = 0; at < router.cost.length; at++) router.cost[at] = 1000 + Math.floor(uniform(seed, 2, at, round) * 90000)
      for (let hop = 0; hop < router.shut.length; hop++) router.shut[hop] = uniform(seed, 3, index.nextLink[hop]!, round) < 0.2 ? 1 + Math.floor(uniform(seed, 4, index.nextLink[hop]!, round) * 15) : 0
      compareClasses(router)
      for (const type of [0, 1, 3]) expect(compare(input, index, router, seed, 2, type)).toBeGreaterThan(20)
    }
  })
})

test('no route takes a banned movement', () => {
  const spec = gridSpec(3)
  const plain = assembleNetwork(spec)
  const from = linkBetween(plain, [0, 0], [250, 0])
  const to = linkBetween(plain, [250, 0], [250, 250])
  expect(findRoute(plain, from, to)).toEqual([from, to])
  const route = findRoute(assembleNetwork({ ...spec, bans: [{ from, to }] }), from, to)
  expect(route.length).toBeGreaterThan(2)
  expect([route[0], route.at(-1)]).toEqual([from, to])
})
