import { expect, test } from 'vitest'
import { checkSidewalks, createSidewalks, enterSidewalk, FootCount, footPlace, PathKind, reachesNode, sidewalkViews, stepSidewalks, uniform, weidmann, type SidewalkGraph, type Sidewalks } from '../../../src/sim'
import { graphOf, type Edge } from './support'

/** A street of three pieces, 100 m each; the middle one is narrower. */
const street = (middle: number): SidewalkGraph => graphOf([[0, 0], [100, 0], [200, 0], [300, 0]], [[0, 1, 4], [1, 2, middle], [2, 3, 4]])

/** Runs with a stream of `rate` persons a second from node 0 to node 3 until nobody waits or walks; s of each arrival. */
function stream(sidewalks: Sidewalks, persons: number, rate: number): number[] {
  const arrivals: number[] = []
  let entered = 0
  for (let step = 1; step < 20000 && arrivals.length < persons; step++) {
    while (entered < persons && entered < rate * step * 0.5 && enterSidewalk(sidewalks, entered, 0, 3, 1.34)) entered += 1
    stepSidewalks(sidewalks, 0.5)
    for (let i = 0; i < sidewalks.counts[FootCount.arrivals]!; i++) arrivals.push(step * 0.5)
    if (step % 20 === 0) checkSidewalks(sidewalks)
  }
  return arrivals
}

// Weidmann (1993): 1.34 m/s free; speeds at 1, 2 and 4 per m² from his relation.
test.each([[0, 1.34], [1, 1.06], [2, 0.61], [4, 0.16], [5.4, 0]] as const)('at %d persons per m² people walk at %d m/s', (density, speed) =>
  expect(1.34 * weidmann(density)).toBeCloseTo(speed, 1))

test('alone, a person takes length / speed', () => {
  const [arrival] = stream(createSidewalks(street(4), 10), 1, 1)
  expect(arrival).toBeGreaterThanOrEqual(300 / 1.34)
  expect(arrival).toBeLessThan(300 / 1.34 + 3)
})

test('a narrow piece carries 1.22 persons a metre and second, and what comes faster waits before it and further back', () => {
  const sidewalks = createSidewalks(street(1), 2000)
  const arrivals = stream(sidewalks, 900, 4)
  expect(arrivals).toHaveLength(900)
  expect(sidewalks.counts[FootCount.squeezed]).toBe(0)
  const middle = arrivals.slice(200, 800)
  expect((middle.length - 1) / (middle.at(-1)! - middle[0]!)).toBeCloseTo(1.22, 1)
})

test('where there is no room nobody is let in, and nobody is lost', () => {
  const sidewalks = createSidewalks(street(0.2), 5000)
  let refused = 0
  for (let person = 0; person < 4000; person++) {
    if (!enterSidewalk(sidewalks, person, 0, 3, 1.34)) refused += 1
    if (person % 4 === 3) stepSidewalks(sidewalks, 0.5)
  }
  checkSidewalks(sidewalks)
  expect(refused).toBeGreaterThan(1000)
  expect(sidewalks.counts[FootCount.entered]).toBe(4000 - refused)
  const density = sidewalks.edges.forward[0]! / (100 * 4)
  expect(density).toBeGreaterThan(2)
  expect(density).toBeLessThanOrEqual(4.5)
})

test('two full streams pass each other', () => {
  const sidewalks = createSidewalks(street(2), 2000)
  let [person, arrived] = [0, 0]
  for (let step = 1; step < 8000 && arrived < 1000; step++) {
    for (const [from, to] of [[0, 3], [3, 0]] as const) if (person < 1000 && enterSidewalk(sidewalks, person, from, to, 1.34)) person += 1
    stepSidewalks(sidewalks, 0.5)
    arrived += sidewalks.counts[FootCount.arrivals]!
  }
  checkSidewalks(sidewalks)
  expect(arrived).toBe(1000)
})

test('nobody steps on to a crossing while it is shut, and all go on when it opens', () => {
  const sidewalks = createSidewalks(graphOf([[0, 0], [50, 0], [70, 0], [120, 0]], [[0, 1, 3], [1, 2, 5, PathKind.crossing], [2, 3, 3]]), 100)
  sidewalks.edges.shut[1] = 1
  for (let step = 0; step < 300; step++) {
    if (step < 20) expect(enterSidewalk(sidewalks, step, 0, 3, 1.34)).toBe(true)
    stepSidewalks(sidewalks, 0.5)
  }
  expect(sidewalks.edges.forward[0]).toBe(20)
  expect(sidewalks.edges.passed[1]).toBe(0)
  sidewalks.edges.shut[1] = 0
  for (let step = 0; step < 300; step++) stepSidewalks(sidewalks, 0.5)
  expect(sidewalks.counts[FootCount.arrived]).toBe(20)
  expect(sidewalks.counts[FootCount.squeezed]).toBe(0)
})

/** A grid of 8 x 8 places, 60 m apart. */
function grid(): SidewalkGraph {
  const places = Array.from({ length: 64 }, (_, i): [number, number] => [(i % 8) * 60, Math.floor(i / 8) * 60])
  const edges: Edge[] = []
  for (let i = 0; i < 64; i++) {
    if (i % 8 < 7) edges.push([i, i + 1, 2])
    if (i < 56) edges.push([i, i + 8, 2])
  }
  return graphOf(places, edges)
}

test.each([1, 2])('seed %d: everybody arrives at the wanted node, twice in the same state', seed => {
  const once = (): { views: number[][]; wrong: number } => {
    const sidewalks = createSidewalks(grid(), 1200)
    const goals = Array.from({ length: 1200 }, (_, person) => Math.floor(uniform(seed, 2, person, 0) * 64))
    let [person, wrong] = [0, 0]
    for (let step = 1; step < 6000 && sidewalks.counts[FootCount.arrived]! < 1200; step++) {
      for (let k = 0; k < 4 && person < 1200; k++) {
        if (!enterSidewalk(sidewalks, person, Math.floor(uniform(seed, 1, person, 0) * 64), goals[person]!, 1 + 0.6 * uniform(seed, 3, person, 0))) break
        person += 1
      }
      stepSidewalks(sidewalks, 0.5)
      for (let i = 0; i < sidewalks.counts[FootCount.arrivals]!; i++) if (sidewalks.arrivals.node[i] !== goals[sidewalks.arrivals.person[i]!]) wrong += 1
      if (step % 100 === 0) checkSidewalks(sidewalks)
    }
    expect(sidewalks.counts[FootCount.arrived]).toBe(1200)
    return { views: [...sidewalkViews(sidewalks)].map(view => Array.from(view)), wrong }
  }
  const [first, second] = [once(), once()]
  expect(first.wrong).toBe(0)
  expect(second).toEqual(first)
})

test('a walker keeps to the right of the way and looks along it; what is not connected is not reached', () => {
  const sidewalks = createSidewalks(graphOf([[0, 0], [100, 0], [500, 0], [600, 0]], [[0, 1, 4], [2, 3, 4]]), 10)
  enterSidewalk(sidewalks, 7, 1, 0, 1.34)
  for (let step = 0; step < 10; step++) stepSidewalks(sidewalks, 0.5)
  const place = { x: 0, y: 0, z: 0, dx: 0, dy: 0, speed: 0 }
  footPlace(sidewalks, 0, place)
  expect(place).toMatchObject({ x: expect.closeTo(100 - 5 * 1.34, 1) as number, y: 1, dx: -1, speed: 1.34 })
  expect(reachesNode(sidewalks, 0, 1)).toBe(true)
  expect(reachesNode(sidewalks, 0, 3)).toBe(false)
})
