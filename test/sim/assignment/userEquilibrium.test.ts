import { describe, expect, test } from 'vitest'
import { madeUpCity, runAssignmentBench, siouxFallsSize } from '../../../bench/assignment'
import { assignTraffic, createAssignmentLinks, evaluateFlows, unservedDemand, type AssignmentProblem } from '../../../src/sim'
import { power } from '../../../src/sim/core/power'
import { cheapest, frankWolfe, imbalance, linear, objectiveByQuadrature, problemOf } from './support'

/** A city with connectors, small enough for the slow checks. */
const smallCity = (seed: number): AssignmentProblem => madeUpCity({ seed, columns: 5, rows: 4, zones: 12, diagonals: 3, pairShare: 0.7, tripsMean: 150 })

describe('theory', () => {
  test('two roads share the flow so that both take the same time', () => {
    // 10 + 2 x = 16 + x with x + y = 9: 10 + 2 x = 16 + 9 - x, so x = 5.
    const { flow, cost, objective } = assignTraffic(problemOf(2, [linear(0, 1, 10, 2), linear(0, 1, 16, 1)], [[0, 1, 9]]), { gap: 1e-12 })
    expect(flow[0]).toBeCloseTo(5, 9)
    expect(flow[1]).toBeCloseTo(4, 9)
    expect(cost[0]).toBeCloseTo(20, 9)
    expect(objective).toBeCloseTo(10 * 5 + 25 + 16 * 4 + 8, 8)
  })

  test('a road that is dearer even when empty stays empty', () => {
    const { flow } = assignTraffic(problemOf(2, [linear(0, 1, 10, 2), linear(0, 1, 30, 1)], [[0, 1, 9]]), { gap: 1e-12 })
    expect([...flow]).toEqual([9, 0])
  })

  test('two like roads with the fourth power: flows go as the capacities', () => {
    const road = (capacity: number) => ({ from: 0, to: 1, time: 10, b: 0.15, capacity, power: 4 })
    const { flow, cost } = assignTraffic(problemOf(2, [road(1000), road(2000)], [[0, 1, 6000]]), { gap: 1e-12 })
    expect(flow[0]).toBeCloseTo(2000, 6)
    expect(cost[1]).toBeCloseTo(10 * (1 + 0.15 * 16), 8)
  })

  // Braess (1968): 6 travellers, 10 x, 50 + x, and 10 + x over the extra road.
  const braess = [linear(0, 1, 0, 10), linear(0, 2, 50, 1), linear(1, 3, 50, 1), linear(2, 3, 0, 10)]
  test.each([['without', braess, 83], ['with', [...braess, linear(1, 2, 10, 1)], 92]] as const)('Braess: %s the extra road, everybody takes as long', (_, roads, cost) => {
    const { totalTime, relativeGap } = assignTraffic(problemOf(4, roads, [[0, 3, 6]]), { gap: 1e-10 })
    expect(totalTime / 6).toBeCloseTo(cost, 6)
    expect(relativeGap).toBeLessThanOrEqual(1e-10)
  })

  test('a toll moves travellers, and counts as cost but not as time', () => {
    const toll = { ...linear(0, 1, 10, 2), fixed: 3 }
    const { flow, totalTime, totalCost } = assignTraffic(problemOf(2, [toll, linear(0, 1, 16, 1)], [[0, 1, 9]]), { gap: 1e-12 })
    expect(flow[0]).toBeCloseTo(4, 9)
    expect(totalTime).toBeCloseTo(4 * 18 + 5 * 21, 8)
    expect(totalCost).toBeCloseTo(9 * 21, 8)
  })

  test('no route leads through a centroid', () => {
    const roads = [linear(0, 1, 1, 0), linear(1, 2, 1, 0), linear(0, 3, 5, 0), linear(3, 2, 5, 0)]
    const through = (first: number) => [...assignTraffic(problemOf(4, roads, [[0, 2, 7]], first), { gap: 1e-9 }).flow]
    expect(through(0)).toEqual([7, 7, 0, 0])
    expect(through(3)).toEqual([0, 0, 7, 7])
  })

  test('trips within a zone use no road, and demand without a road is named', () => {
    const problem = problemOf(3, [linear(0, 1, 10, 2)], [[0, 1, 5], [1, 1, 99], [0, 2, 1], [1, 0, 1]])
    expect(unservedDemand(problem)).toEqual([2, 3])
    const served = problemOf(2, [linear(0, 1, 10, 2)], [[0, 1, 5], [1, 1, 99]])
    expect(assignTraffic(served, { gap: 1e-9 })).toMatchObject({ totalTime: 100, relativeGap: 0, iterations: 0, converged: true })
  })
})

describe.each([1, 2, 3])('any city: seed %d', seed => {
  const problem = smallCity(seed)
  const gap = 1e-8
  const { flow, cost, objective, totalCost, relativeGap, routes } = assignTraffic(problem, { gap })
  const used = routes()

  test('routes of a pair cost the same, none is cheaper, and they carry its trips', () => {
    const carried = new Float64Array(problem.demand.rows)
    let excess = 0
    let several = 0
    for (let row = 0; row < problem.demand.rows; row++) {
      const best = cheapest(problem, [...cost], problem.demand.origin[row]!).cost[problem.demand.destination[row]!]!
      const mine = used.filter(({ demandRow }) => demandRow === row)
      if (mine.length > 1) several++
      for (const { flow: trips, links } of mine) {
        const sum = links.reduce((total, link) => total + cost[link]!, 0)
        expect(sum).toBeGreaterThan(best - 1e-9)
        excess += trips * (sum - best)
        carried[row]! += trips
      }
    }
    expect(excess / totalCost).toBeLessThanOrEqual(gap * 1.01)
    expect(excess / totalCost).toBeCloseTo(relativeGap, 10)
    expect(several).toBeGreaterThan(5)
    carried.forEach((trips, row) => expect(trips).toBeCloseTo(problem.demand.trips[row]!, 8))
  })

  test('routes join up, pass no centroid, and add up to the link flows', () => {
    const { links, demand, firstThroughNode } = problem
    const sum = new Float64Array(links.rows)
    for (const route of used) {
      let node = demand.origin[route.demandRow]!
      route.links.forEach((link, at) => {
        expect(links.fromNode[link]).toBe(node)
        if (at > 0) expect(node).toBeGreaterThanOrEqual(firstThroughNode)
        node = links.toNode[link]!
        sum[link]! += route.flow
      })
      expect(node).toBe(demand.destination[route.demandRow])
    }
    sum.forEach((value, link) => expect(value).toBeCloseTo(flow[link]!, 6))
    expect(imbalance(problem, flow)).toBeLessThan(1e-8)
  })

  test('the objective is the area under the costs, and the method of Frank and Wolfe comes to it from above', () => {
    expect(objectiveByQuadrature(problem, flow) / objective).toBeCloseTo(1, 10)
    const slow = frankWolfe(problem, 150)
    const other = objectiveByQuadrature(problem, slow)
    expect(other).toBeGreaterThanOrEqual(objective * (1 - 1e-10))
    expect(other / objective).toBeLessThan(1 + 2e-4)
    expect(evaluateFlows(problem, slow).objective / other).toBeCloseTo(1, 10)
  })

  test('the order of links and the unit of flow do not matter', () => {
    const { links } = problem
    const turned = createAssignmentLinks(links.rows)
    for (const name of ['freeFlowTime', 'capacity', 'b', 'power', 'fixedCost', 'fromNode', 'toNode'] as const) turned[name].set([...links[name]].reverse())
    const again = assignTraffic({ ...problem, links: turned }, { gap })
    expect(again.objective / objective).toBeCloseTo(1, 8)
    const half = smallCity(seed)
    half.links.capacity.forEach((capacity, link) => { half.links.capacity[link] = capacity / 2 })
    half.demand.trips.forEach((trips, row) => { half.demand.trips[row] = trips / 2 })
    const scaled = assignTraffic(half, { gap })
    expect((2 * scaled.objective) / objective).toBeCloseTo(1, 8)
  })
})

test('powers agree with the engine\'s own', () => {
  for (const base of [1e-300, 1e-6, 0.3, 0.999, 1, 1.7, Math.SQRT2, 12.5, 3e4, 1e12])
    for (const exponent of [0, 0.5, 1, 1.3, 2, 3, 4, 4.446, 5, 6.87, 16.83]) {
      const [own, known] = [power(base, exponent), base ** exponent]
      if (known > 1e-290) expect(Math.abs(own / known - 1), `${base}^${exponent}`).toBeLessThan(2e-14)
      else expect(own).toBeLessThan(1e-280)
    }
  expect([power(0, 0), power(0, 0.5), power(0, 4)]).toEqual([1, 0, 0])
})

test('the bench of a city of 24 zones comes to a gap of 1e-6, and repeats', () => {
  const [row] = runAssignmentBench([{ name: 'tiny', shape: siouxFallsSize, gap: 1e-6 }], () => 0)
  expect(row).toMatchObject({ zones: 24, nodes: 24, links: 76 })
  expect(row!.gap).toBeLessThanOrEqual(1e-6)
  expect(row!.iterations).toBeLessThan(30)
  expect(runAssignmentBench([{ name: 'tiny', shape: siouxFallsSize, gap: 1e-6 }], () => 0)[0]!.checksum).toBe(row!.checksum)
})

test('stops at the limit of iterations and says that it did not get there', () => {
  const { converged, iterations, relativeGap } = assignTraffic(madeUpCity(siouxFallsSize), { gap: 0, iterationsMax: 2 })
  expect({ converged, iterations }).toEqual({ converged: false, iterations: 2 })
  expect(relativeGap).toBeGreaterThan(0)
})
