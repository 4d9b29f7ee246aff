import { describe, expect, test } from 'vitest'
import { clearingTimes, exitBalance } from '../../../src/analysis/crowd/clearing'
import { crowdingExposure } from '../../../src/analysis/crowd/exposure'
import { fruinByDensity, fruinByFlow, fruinFlow } from '../../../src/analysis/crowd/fruin'
import { fruinRoom } from '../../../src/sim'
import { areaBehind, methodA, methodB, methodC } from '../../../src/analysis/crowd/fundamentalDiagram'
import { individualSpeeds } from '../../../src/analysis/crowd/individualSpeed'
import { crossings, cumulativeFlow, lineFlow } from '../../../src/analysis/crowd/lineFlow'
import { localCrowd } from '../../../src/analysis/crowd/pressure'
import type { Line, Point } from '../../../src/analysis/crowd/point'
import { inPolygon, polygonArea } from '../../../src/analysis/crowd/polygon'
import { createTrajectories, isFault } from '../../../src/analysis/crowd/trajectories'
import { voronoiCells, voronoiMeasure } from '../../../src/analysis/crowd/voronoi'
import { createWalkable } from '../../../src/analysis/crowd/walkable'
import { grid, made, moved, rectangle, scattered } from './made'

const total = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0)

describe('individual speed', () => {
  test.each([1, 3, 10])('of even walking is the walking speed, window %d', window => {
    const { speed, vx, vy } = individualSpeeds(made([time => [1.2 * time, 0.5 * time]], 4, 16), window, 'singleSided')
    for (const value of speed) expect(value).toBeCloseTo(1.3, 10)
    expect([vx[20], vy[20]].map(value => Number(value!.toFixed(9)))).toEqual([1.2, 0.5])
  })

  test('along a direction alone, and negative against it', () => {
    const walk = made([time => [1.2 * time, 0.5 * time]], 4, 16)
    expect(individualSpeeds(walk, 2, 'exclude', [0, 3]).speed[10]).toBeCloseTo(0.5, 10)
    expect(individualSpeeds(walk, 2, 'exclude', [-1, 0]).speed[10]).toBeCloseTo(-1.2, 10)
  })

  test('at the ends of a way follows the rule of the border', () => {
    // Walks 1, 2, 3, ... m a frame, so that every window has another speed: x = n (n + 1) / 2.
    const faster = made([time => [(time * (time + 1)) / 2, 0]], 6, 1)
    const at = (border: 'adaptive' | 'singleSided' | 'exclude'): number[] => [...individualSpeeds(faster, 2, border).speed]
    expect(at('exclude')).toEqual([NaN, NaN, 2.5, 3.5, 4.5, NaN, NaN])
    // Two frames on each side, one next to the ends, none at them.
    expect(at('adaptive')).toEqual([NaN, 1.5, 2.5, 3.5, 4.5, 5.5, NaN])
    expect(at('singleSided')).toEqual([1.5, 2.5, 2.5, 3.5, 4.5, 4.5, 5.5])
  })

  test('a person who was out of sight has no speed across the gap that the window cannot bridge evenly', () => {
    const gap = made([time => (time === 3 ? undefined : [time, 0])], 6, 1)
    expect([...individualSpeeds(gap, 2, 'adaptive').speed]).toEqual([NaN, 1, NaN, NaN, 1, NaN])
  })
})

describe('Voronoi cells', () => {
  const room = createWalkable([rectangle(0, 0, 8, 5)])

  test.each([1, 2, 3, 17, 200])('of %d persons fill the room', count => {
    const places = scattered(count, 8, 5, 7)
    const cells = voronoiCells(made(places.map(place => () => place), 0, 1), 0, room)
    expect(cells).toHaveLength(count)
    expect(total(cells.map(({ area }) => area))).toBeCloseTo(40, 9)
  })

  test('fill a room with columns and corners, each in one part', () => {
    const outline = [[[0, 0], [8, 0], [8, 5], [4, 5], [4, 3], [0, 3]] as Point[], rectangle(1, 1, 2, 2), rectangle(5, 1, 6, 4)]
    const walkable = createWalkable(outline)
    expect(walkable.area).toBeCloseTo(polygonArea(outline), 12)
    expect(walkable.area).toBeCloseTo(40 - 8 - 1 - 3, 12)
    const places = scattered(600, 8, 5, 3).filter(([x, y]) => inPolygon(outline, x, y))
    const cells = voronoiCells(made(places.map(place => () => place), 0, 1), 0, walkable)
    expect(cells).toHaveLength(places.length)
    // With so many persons every cell hangs together, but for next to nothing behind a thin wall.
    expect(total(cells.map(({ area }) => area))).toBeCloseTo(28, 1)
  })

  test('end at a wall: what is nearest but behind it belongs to nobody', () => {
    // Two rooms side by side with a wall of no thickness but for a slit of 0.1 m, one person in the left room.
    const walkable = createWalkable([[[0, 0], [4, 0], [4, 5], [4.1, 5], [4.1, 0], [8, 0], [8, 6], [0, 6]]])
    const left = voronoiCells(made([() => [2, 2.5], () => [6, 2.5], () => [6, 5.5]], 0, 1), 0, walkable)
    expect(total(left.map(({ area }) => area))).toBeCloseTo(walkable.area, 9)
    const closed = createWalkable([rectangle(0, 0, 4, 6), rectangle(4.1, 0, 8, 6)])
    const [only] = voronoiCells(made([() => [2, 2.5]], 0, 1), 0, closed)
    expect(only!.area).toBeCloseTo(24, 9)
  })

  test('keep to the cut-off', () => {
    const [alone] = voronoiCells(made([() => [4, 2.5]], 0, 1), 0, room, 0.8)
    expect(alone!.area / (Math.PI * 0.64)).toBeCloseTo(1, 2)
  })

  test('of two persons in one place are halves; of one outside there is none', () => {
    const cells = voronoiCells(made([() => [2, 2], () => [2, 2], () => [9, 9]], 0, 1), 0, room)
    expect(cells.map(({ area }) => Number(area.toFixed(6)))).toEqual([expect.closeTo(cells[0]!.area), expect.closeTo(cells[0]!.area)])
    expect(voronoiMeasure(cells, room.outline, 40, new Float64Array(3)).density * 40).toBeCloseTo(2, 9)
  })

  test('density of an area is that of a grid, wherever the area cuts the cells', () => {
    const spacing = 0.5
    const walkable = createWalkable([rectangle(0, 0, 10, 5)])
    const crowd = made(grid(20, 10, spacing), 0, 1)
    const cells = voronoiCells(crowd, 0, walkable)
    for (const area of [rectangle(2, 1, 4, 3), rectangle(2.13, 1.41, 4.9, 3.3), [[2, 1], [6, 1.5], [3, 4.2]] as Point[]]) {
      const { density, covered } = voronoiMeasure(cells, [area], polygonArea([area]), new Float64Array(200))
      expect(density).toBeCloseTo(4, 9)
      expect(covered).toBeCloseTo(1, 9)
    }
  })

  test('of those near an area alone say the same of it', () => {
    const crowd = made(scattered(300, 20, 20, 5).map(place => () => place), 0, 1)
    const walkable = createWalkable([rectangle(0, 0, 20, 20)])
    const area = [rectangle(8, 8, 10, 10)]
    const speed = Float64Array.from(crowd.table.id)
    const all = voronoiMeasure(voronoiCells(crowd, 0, walkable), area, 4, speed)
    const near = voronoiCells(crowd, 0, walkable, Infinity, { minX: 8, minY: 8, maxX: 10, maxY: 10 })
    expect(near.length).toBeLessThan(60)
    const few = voronoiMeasure(near, area, 4, speed)
    expect(few.density).toBeCloseTo(all.density, 12)
    expect(few.speed).toBeCloseTo(all.speed, 9)
  })
})

describe('the fundamental diagram, of a block of persons who walk alike', () => {
  // 0.5 m apart in a corridor of 3 m: 4 p/m2 at 0.8 m/s, hence 3.2 p/m/s.
  const corridor = createWalkable([rectangle(-60, 0, 60, 3)])
  const walk = made(grid(80, 6, 0.5, 0.8).map(place => (time: number): Point => { const [x, y] = place(time); return [x - 30, y] }), 20, 16)
  const speeds = individualSpeeds(walk, 8, 'singleSided')
  const line: Line = [[0, 0], [0, 3]]

  test('A: a line and intervals', () => {
    const passings = crossings(walk, line)
    const points = methodA(passings, line, speeds, 5, 0, 20)
    expect(points).toHaveLength(4)
    for (const { density, speed, specificFlow } of points) {
      expect(speed).toBeCloseTo(0.8, 9)
      // 8 columns pass in 5 s: 48 persons over 3 m.
      expect(specificFlow).toBeCloseTo(3.2, 9)
      expect(density * speed).toBeCloseTo(specificFlow, 12)
      expect(density).toBeCloseTo(4, 9)
    }
  })

  test('B: the passage of each person', () => {
    // The second line lies to the left of the first: here at x = 2.
    const back: Line = [[0, 3], [0, 0]]
    expect(areaBehind(back, 2).far).toEqual([[2, 3], [2, 0]])
    const points = methodB(walk, back, 2)
    expect(points.length).toBeGreaterThan(100)
    for (const { density, speed, specificFlow } of points) {
      expect(speed).toBeCloseTo(0.8, 6)
      expect(density).toBeCloseTo(4, 0)
      expect(specificFlow).toBeCloseTo(density * speed, 12)
    }
    expect(total(points.map(({ density }) => density)) / points.length).toBeCloseTo(4, 1)
  })

  test('C: counts of an area, in which whole columns fit', () => {
    const points = methodC(walk, [rectangle(1, 0, 3, 3)], 6, speeds, 2, 18)
    expect(total(points.map(({ density }) => density)) / points.length).toBeCloseTo(4, 1)
    for (const { speed } of points) expect(speed).toBeCloseTo(0.8, 9)
  })

  test('D: Voronoi, at every frame, and J = rho v', () => {
    for (const frame of [0, 57, 160, 320]) {
      const { density, speed, specificFlow } = voronoiMeasure(voronoiCells(walk, frame, corridor, 0.8, { minX: 1, minY: 0, maxX: 3, maxY: 3 }), [rectangle(1, 0, 3, 3)], 6, speeds.speed)
      expect(density).toBeCloseTo(4, 9)
      expect(speed).toBeCloseTo(0.8, 9)
      expect(specificFlow).toBeCloseTo(3.2, 9)
    }
  })

  test('agrees with the flow over the line: J = rho v w', () => {
    const { flow, specificFlow, passed, leftToRight } = lineFlow(crossings(walk, line), line)
    // The first column passes with all its six at once: n columns, n - 1 headways.
    const columns = passed / 6
    expect(columns).toBe(32)
    expect(leftToRight).toBe(passed)
    expect(flow * ((columns - 1) / (columns - 1 / 6))).toBeCloseTo(4 * 0.8 * 3, 9)
    expect(specificFlow * 3).toBeCloseTo(flow, 12)
    const nt = cumulativeFlow(walk, crossings(walk, line))
    expect(nt[0]).toBe(0)
    expect(nt.at(-1)).toBe(passed)
    expect([...nt]).toEqual([...nt].sort((a, b) => a - b))
  })
})

describe('a line is passed', () => {
  const line: Line = [[0, -1], [0, 1]]
  const steps = (...xs: number[]): ((time: number) => Point) => time => [xs[time]!, 0]
  test('by a step that begins on it, not by one that ends on it; the first passing counts', () => {
    expect(crossings(made([steps(-1, 0)], 1, 1), line)).toEqual([])
    expect(crossings(made([steps(-1, 0, 1)], 2, 1), line)).toMatchObject([{ frame: 2, time: 1, direction: 1 }])
    expect(crossings(made([steps(-1, 1, -1, 1)], 3, 1), line)).toMatchObject([{ frame: 1, time: 0.5, direction: 1 }])
    expect(crossings(made([steps(3, -1)], 1, 1), line)).toMatchObject([{ time: 0.75, direction: -1 }])
    expect(crossings(made([time => [time - 1.5, 1.2]], 3, 1), line)).toEqual([])
  })
})

describe('what is measured does not depend on where north is', () => {
  const places = scattered(120, 12, 4, 11).map((start, at) => (time: number): Point => [start[0] + (0.5 + 0.01 * at) * time, start[1]])
  const measure = (turn: (point: Point) => Point): number[] => {
    const crowd = made(places.map(place => (time: number) => turn(place(time))), 4, 8)
    const speeds = individualSpeeds(crowd, 4)
    const area = [rectangle(3, 0, 6, 4).map(turn)]
    const line: Line = [turn([6, 0]), turn([6, 4])]
    const cells = voronoiCells(crowd, 16, createWalkable([rectangle(0, 0, 20, 4).map(turn)]), 1.2)
    const { density, speed, covered } = voronoiMeasure(cells, area, 12, speeds.speed)
    const c = methodC(crowd, area, 12, speeds, 2, 2)[0]!
    const { pressure } = localCrowd(crowd, speeds, 16, turn([5, 2]))
    return [density, speed, covered, c.density, c.speed, pressure, lineFlow(crossings(crowd, line), line).flow]
  }
  test.each([[0, 500_000, 2_490_000], [0.4, 0, 0], [Math.PI / 2, -300, 70], [2.5, 113_000, 22_000]])('turned by %d, moved by %d, %d m', (angle, dx, dy) => {
    const still = measure(point => point)
    // The circle of the cut-off is a polygon, which does not turn with the world.
    for (const [at, value] of measure(moved(angle, dx, dy)).entries()) expect(value / still[at]!).toBeCloseTo(1, at < 3 ? 2 : 6)
  })
})

describe('Fruin levels', () => {
  test.each(['walkway', 'stairs', 'queue'] as const)('of %s: a bound belongs to the better level, a little more crowd to the next', surface => {
    for (const [at, room] of fruinRoom[surface].entries()) {
      expect(fruinByDensity(surface, 1 / room)).toBe('ABCDE'[at])
      expect(fruinByDensity(surface, 1 / (room - 0.005))).toBe('BCDEF'[at])
    }
    expect(fruinByDensity(surface, 0)).toBe('A')
  })
  test.each(['walkway', 'stairs'] as const)('of flows on %s', surface => {
    for (const [at, flow] of fruinFlow[surface].entries()) {
      expect(fruinByFlow(surface, flow / 60)).toBe('ABCDE'[at])
      expect(fruinByFlow(surface, (flow + 0.1) / 60)).toBe('BCDEF'[at])
    }
  })
})

describe('crowding', () => {
  test('person-minutes: 100 persons at 4 per m2 for a minute, none at 5', () => {
    const crowd = made(grid(10, 10, 0.5), 59, 1)
    const [four, five] = crowdingExposure(crowd, createWalkable([rectangle(0, 0, 5, 5)]), 1)
    expect(four).toEqual({ threshold: 4, personMinutes: 100, persons: 100 })
    expect(five).toEqual({ threshold: 5, personMinutes: 0, persons: 0 })
  })

  test('pressure: none where all walk alike, rho v2 where half walk against the others', () => {
    const alike = made(grid(40, 40, 0.5, 1), 2, 4)
    const even = localCrowd(alike, individualSpeeds(alike, 2), 4, [11, 10])
    expect(even.density).toBeCloseTo(4, 3)
    expect(even.velocity[0]).toBeCloseTo(1, 9)
    expect(even.pressure).toBeCloseTo(0, 9)
    // Rows walk right and left by turns, at 0.7 m/s.
    const against = made(grid(40, 40, 0.5).map((place, at) => (time: number): Point => { const [x, y] = place(0); return [x + (Math.floor(at / 40) % 2 === 0 ? 0.7 : -0.7) * time, y] }), 2, 4)
    const mixed = localCrowd(against, individualSpeeds(against, 2), 4, [10, 10])
    expect(mixed.pressure / (mixed.density * 0.49)).toBeCloseTo(1, 3)
  })
})

describe('clearing', () => {
  test('T50, T95 and T100 are when the person leaves who completes the share', () => {
    const times = Array.from({ length: 20 }, (_, at) => 20 - at + 100)
    expect(clearingTimes(times, 20, 100)).toEqual({ t50: 10, t95: 19, t100: 20 })
    expect(clearingTimes(times, 40, 100)).toEqual({ t50: 20, t95: NaN, t100: NaN })
  })
  test('balance of exits: 0 where all work to the end, 1 where one does it all', () => {
    const even = exitBalance(['a', 'b'], [{ exit: 'a', time: 50 }, { exit: 'b', time: 50 }])
    expect(even.optimalPerformance).toBe(0)
    expect(exitBalance(['a', 'b', 'c'], [{ exit: 'b', time: 50 }]).optimalPerformance).toBe(1)
    expect(exitBalance(['a', 'b'], [{ exit: 'a', time: 100 }, { exit: 'b', time: 75 }]).optimalPerformance).toBe(0.25)
    expect(exitBalance(['a'], [{ exit: 'a', time: 100 }]).optimalPerformance).toBeNaN()
  })
})

test('a table is in order whatever the order of its rows, and refuses what cannot be', () => {
  const fault = (x: number[], y: number[], id: number[], frame: number[]): string => {
    const result = createTrajectories({ x, y, id, frame }, 1)
    return isFault(result) ? `${result.row}: ${result.what}` : 'none'
  }
  expect(fault([1, 2], [1, 2], [7, 7], [3, 3])).toBe('1: person 7 is in frame 3 twice')
  expect(fault([1, NaN], [1, 2], [7, 7], [3, 4])).toMatch(/^1: the position/)
  expect(fault([1], [1], [1.5], [3])).toMatch(/id 1.5/)
  expect(fault([1], [1], [1], [3e9])).toMatch(/frame 3000000000/)
  expect(fault([1, 1], [1, 1], [1, 1], [0, 2e9])).toMatch(/frames run from/)
  expect(fault([], [], [], [])).toMatch(/no positions/)
  const shuffled = createTrajectories({ x: [3, 1, 2], y: [0, 0, 0], id: [2, 1, 1], frame: [5, 6, 5] }, 1)
  if (isFault(shuffled)) throw new Error(shuffled.what)
  expect([...shuffled.table.x]).toEqual([2, 1, 3])
  expect([...shuffled.rowsByFrame]).toEqual([0, 2, 1])
})
