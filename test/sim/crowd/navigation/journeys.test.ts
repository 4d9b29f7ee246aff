import { describe, expect, test } from 'vitest'
import {
  checkCrowd, createCrowd, crowdTotals, stepCrowd,
  type Crowd, type CrowdChange, type CrowdInput, type Gate, type Journey, type Point, type Stage, type WalkSpace,
} from '../../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../support'

const block = (west: number, south: number, columns: number, rows: number, apart = 0.5): Point[] =>
  Array.from({ length: columns * rows }, (_, k) => [west + (k % columns) * apart, south + Math.floor(k / columns) * apart])

const journeysOf = (...all: (readonly Stage[])[]): Journey[] => all.map((stages, at) => ({ id: `journey ${at}`, stages }))

/** Runs until all have left or for so many seconds; checks every invariant each second. */
function run(crowd: Crowd, seconds: number, each?: (tick: number) => void): Crowd {
  const { dt } = crowd.input
  for (let tick = 0; tick < seconds / dt && crowdTotals(crowd).left < crowd.input.walkers.rows; tick++) {
    stepCrowd(crowd)
    if (tick % 20 === 0) checkCrowd(crowd)
    each?.(tick)
  }
  return crowd
}

const leftTicks = (crowd: Crowd, goal: number): number[] =>
  Array.from({ length: crowdTotals(crowd).left }, (_, at) => at).filter(at => crowd.left.goal[at] === goal).map(at => crowd.left.tick[at]!)

const crowdOf = (space: WalkSpace, places: readonly Point[], journeys: readonly Journey[], more: Partial<CrowdInput> = {}): Crowd =>
  createCrowd({ ...inputOf(space, walkersAt(places), []), journeys, ...more })

describe('walking', () => {
  test('two rooms, a door of 0.8 m and an exit behind a corner: all get out', () => {
    const space = spaceOf({
      floors: [floorOf('west', rectangle(0, 0, 10, 10)), floorOf('east', rectangle(10, 0, 20, 10), rectangle(14, 0, 14.2, 8))],
      joins: [{ id: 'door', floors: ['west', 'east'], line: [[10, 2], [10, 2.8]] }],
      goals: [exitOf('out', 'east', [20, 1], [20, 3])],
    })
    const crowd = run(crowdOf(space, block(1, 1, 8, 8), journeysOf([{ kind: 'walk', goals: ['out'] }])), 120)
    expect(crowdTotals(crowd)).toMatchObject({ left: 64, inside: 0, replans: 0 })
  })
})

const gateSpace = (gate: Partial<Gate>): WalkSpace => spaceOf({
  floors: [floorOf('hall', rectangle(0, 0, 20, 10))],
  barriers: [{ id: 'south', floor: 'hall', line: [[10, 0], [10, 4]], lets: 'none', closed: true }, { id: 'north', floor: 'hall', line: [[10, 6], [10, 10]], lets: 'none', closed: true }],
  gates: [{ id: 'turnstiles', floor: 'hall', line: [[10, 4], [10, 6]], lanes: 2, service: 2, lets: 'both', open: true, ...gate }],
  goals: [exitOf('out', 'hall', [20, 3], [20, 7])],
})

describe('gates', () => {
  test.each([[2, 2], [2, 3], [1, 1.5], [3, 2.5]])('%d lanes of %d s let through as many as they serve', (lanes, service) => {
    const crowd = crowdOf(gateSpace({ lanes, service }), block(1, 2, 8, 5), journeysOf([{ kind: 'walk', goals: ['out'] }]))
    const through: number[] = []
    const passes = new Int32Array(40).fill(-1)
    run(crowd, 180, tick => {
      for (let walker = 0; walker < 40; walker++) {
        if (crowd.persons.pass[walker]! >= 0 && passes[walker]! < 0) through.push(tick)
        passes[walker] = crowd.persons.pass[walker]!
      }
    })
    expect(crowdTotals(crowd)).toMatchObject({ left: 40, inside: 0, replans: 0 })
    expect(through).toHaveLength(40)
    // From the seventh to the thirty-first, with others in front of it all the time: as many for 1, 2 and 3 lanes.
    const rate = 24 / ((through[30]! - through[6]!) * 0.05)
    expect(rate / (lanes / service)).toBeGreaterThan(0.95)
    expect(rate / (lanes / service)).toBeLessThan(1.05)
  })

  test('a gate that is shut is waited for, and passed when it opens', () => {
    const changes: CrowdChange[] = [{ tick: 400, source: 'test', kind: 'gate', id: 'turnstiles', open: true }]
    const crowd = crowdOf(gateSpace({ open: false }), block(1, 4, 3, 3), journeysOf([{ kind: 'walk', goals: ['out'], ifClosed: 'wait' }]), { changes })
    run(crowd, 19)
    expect(crowdTotals(crowd).inside).toBe(9)
    for (let row = 0; row < 9; row++) expect(crowd.now.x[row]).toBeGreaterThan(7)
    for (let row = 0; row < 9; row++) expect(crowd.now.x[row]).toBeLessThan(10)
    run(crowd, 60)
    expect(crowdTotals(crowd)).toMatchObject({ left: 9, replans: 0 })
  })

  test('a gate lets through in its direction only', () => {
    const there = run(crowdOf(gateSpace({ lets: 'firstOnRight' }), block(1, 4, 2, 2), journeysOf([{ kind: 'walk', goals: ['out'] }])), 60)
    expect(crowdTotals(there).left).toBe(4)
    const back = run(crowdOf(gateSpace({ lets: 'firstOnLeft' }), block(1, 4, 2, 2), journeysOf([{ kind: 'walk', goals: ['out'] }])), 60)
    expect(crowdTotals(back)).toMatchObject({ left: 0, replans: 0 })
  })
})

describe('queues', () => {
  const space = spaceOf({
    floors: [floorOf('hall', rectangle(0, 0, 30, 10))],
    queues: [{ id: 'till', floor: 'hall', line: [[25, 5], [15, 5]], spacing: 0.6, servers: 1, service: 2 }],
    goals: [exitOf('out', 'hall', [30, 4], [30, 6])],
  })

  test('first come, first served, one person a slot, at the rate of the server', () => {
    const crowd = crowdOf(space, block(1, 3, 4, 3, 0.8), journeysOf([{ kind: 'queue', queues: ['till'] }, { kind: 'walk', goals: ['out'] }]))
    const joined: number[] = []
    const served: number[] = []
    const ticks: number[] = []
    const { slots } = crowd.navigation
    run(crowd, 90, tick => {
      for (const walker of slots.walker) if (walker >= 0 && !joined.includes(walker)) joined.push(walker)
      for (const walker of joined) if (crowd.persons.stage[walker] === 1 && !served.includes(walker)) { served.push(walker); ticks.push(tick) }
    })
    expect(crowdTotals(crowd)).toMatchObject({ left: 12, replans: 0 })
    expect(served).toEqual(joined)
    expect((ticks[11]! - ticks[2]!) * 0.05 / 9).toBeCloseTo(2, 1)
  })
})

describe('staying', () => {
  test('people spread over an area, stand, and go on when it is released', () => {
    const space = spaceOf({
      floors: [floorOf('square', rectangle(0, 0, 40, 20))],
      goals: [{ id: 'stand', floor: 'square', shape: rectangle(15, 5, 30, 15), kind: 'area', open: true }, exitOf('out', 'square', [40, 8], [40, 12])],
    })
    const changes: CrowdChange[] = [{ tick: 800, source: 'test', kind: 'release', id: 'stand', spread: 20 }]
    const crowd = crowdOf(space, block(1, 3, 5, 10), journeysOf([{ kind: 'walk', goals: ['stand'] }, { kind: 'stay', released: true }, { kind: 'walk', goals: ['out'] }]), { changes })
    run(crowd, 40)
    const xs = Array.from(crowd.now.x.subarray(0, 50))
    const mean = xs.reduce((sum, x) => sum + x, 0) / 50
    expect(mean).toBeGreaterThan(20)
    expect(mean).toBeLessThan(25)
    expect(Math.max(...Array.from(crowd.now.speed.subarray(0, 50)))).toBeLessThan(0.05)
    run(crowd, 60)
    expect(crowdTotals(crowd)).toMatchObject({ left: 50, replans: 0 })
    const ticks = leftTicks(crowd, 1)
    expect((ticks[49]! - ticks[0]!) * 0.05).toBeGreaterThan(15)
  })

  test('for a time', () => {
    const space = spaceOf({
      floors: [floorOf('square', rectangle(0, 0, 20, 10))],
      goals: [{ id: 'stand', floor: 'square', shape: rectangle(8, 2, 12, 8), kind: 'area', open: true }, exitOf('out', 'square', [20, 4], [20, 6])],
    })
    const crowd = run(crowdOf(space, [[1, 5]], journeysOf([{ kind: 'walk', goals: ['stand'] }, { kind: 'stay', seconds: 30 }, { kind: 'walk', goals: ['out'] }])), 90)
    expect(crowdTotals(crowd).left).toBe(1)
    expect(leftTicks(crowd, 1)[0]! * 0.05).toBeGreaterThan(30 + 15 / 1.8)
  })
})

describe('lifts', () => {
  const space = spaceOf({
    floors: [floorOf('low', rectangle(0, 0, 12, 6)), { ...floorOf('high', rectangle(0, 0, 12, 6)), height: 5 }],
    lifts: [{ id: 'lift', capacity: 8, doorTime: 5, travelTime: 10, landings: [{ floor: 'low', area: rectangle(9, 1, 12, 5) }, { floor: 'high', area: rectangle(9, 1, 12, 5) }] }],
    goals: [exitOf('out', 'high', [0, 2], [0, 4])],
  })

  test('carry all up, never more than they hold, and nobody gets lost', () => {
    const crowd = crowdOf(space, block(0.5, 1, 5, 4), journeysOf([{ kind: 'walk', goals: ['out'] }]))
    let most = 0
    run(crowd, 240, () => {
      const { inLift, inside, left } = crowdTotals(crowd)
      most = Math.max(most, inLift)
      expect(inLift + inside + left).toBe(20)
    })
    expect(crowdTotals(crowd)).toMatchObject({ left: 20, inLift: 0, replans: 0 })
    expect(most).toBe(8)
    // Three loads: the last waits for two rounds.
    expect(leftTicks(crowd, 0)[19]! * 0.05).toBeGreaterThan(5 + 10 + 2 * 25)
  })
})

describe('closures', () => {
  const space = (ifClosed: 'wait' | 'reroute'): Crowd => crowdOf(spaceOf({
    floors: [floorOf('hall', rectangle(0, 0, 30, 20))],
    barriers: [
      { id: 'fence', floor: 'hall', line: [[15, 0], [15, 8]], lets: 'none', closed: true }, { id: 'door', floor: 'hall', line: [[15, 8], [15, 10]], lets: 'none', closed: false },
      { id: 'fence north', floor: 'hall', line: [[15, 10], [15, 18]], lets: 'none', closed: true },
    ],
    goals: [exitOf('out', 'hall', [30, 8], [30, 10])],
  }), block(2, 8, 2, 4), journeysOf([{ kind: 'walk', goals: ['out'], ifClosed }]), {
    changes: [{ tick: 80, source: 'test', kind: 'barrier', id: 'door', closed: true }, { tick: 800, source: 'test', kind: 'barrier', id: 'door', closed: false }],
  })

  test('who reroutes goes round, who waits stands in front until it opens', () => {
    const round = run(space('reroute'), 100)
    expect(crowdTotals(round)).toMatchObject({ left: 8, replans: 0 })
    expect(Math.max(...leftTicks(round, 0)) * 0.05).toBeLessThan(40)
    const waiting = run(space('wait'), 39)
    expect(crowdTotals(waiting).left).toBe(0)
    for (let row = 0; row < 8; row++) expect(waiting.now.x[row]).toBeGreaterThan(10)
    run(waiting, 60)
    expect(crowdTotals(waiting).left).toBe(8)
  })

  test('an exit that closes leaves everybody to the other; with a service it lets out one after another', () => {
    const rooms = spaceOf({
      floors: [floorOf('hall', rectangle(0, 0, 30, 10))],
      goals: [{ ...exitOf('east', 'hall', [30, 4], [30, 6]), service: 2 }, exitOf('west', 'hall', [0, 4], [0, 6])],
    })
    const served = run(crowdOf(rooms, block(20, 2, 5, 6), journeysOf([{ kind: 'walk', goals: ['east'] }])), 60)
    const ticks = leftTicks(served, 0)
    // 2 s a person and metre, 2 m wide.
    expect((ticks[29]! - ticks[0]!) * 0.05 / 29).toBeGreaterThan(0.95)
    const closed = run(crowdOf(rooms, block(20, 2, 5, 6), journeysOf([{ kind: 'walk', goals: ['east', 'west'] }]), { changes: [{ tick: 100, source: 'test', kind: 'goal', id: 'east', open: false }] }), 60)
    expect(leftTicks(closed, 0).length).toBeLessThan(6)
    expect(leftTicks(closed, 0).length + leftTicks(closed, 1).length).toBe(30)
  })
})

test('who does not get on is sent another way, counted and written down', () => {
  // Bodies of 0.6 m, and a gap of 0.4 m on the shortest way; the door is farther off.
  const space = spaceOf({
    floors: [floorOf('halls', rectangle(0, 0, 12, 12), rectangle(6, 0, 6.2, 1), rectangle(6, 1.4, 6.2, 10), rectangle(6, 11, 6.2, 12))],
    goals: [exitOf('out', 'halls', [12, 0], [12, 3])],
  })
  const walkers = walkersAt([[1, 1], [1, 2], [1, 3]], (table, row) => { table.radius[row] = 0.3 })
  const crowd = createCrowd({ ...inputOf(space, walkers, []), journeys: journeysOf([{ kind: 'walk', goals: ['out'] }]) })
  run(crowd, 900)
  expect(crowdTotals(crowd).left).toBe(3)
  const { replans } = crowdTotals(crowd)
  expect(replans).toBeGreaterThan(0)
  const { events } = crowd.navigation
  for (let at = 0; at < replans; at++) {
    expect(events.tick[at]! * 0.05).toBeGreaterThan(60)
    expect(Math.hypot(events.x[at]! - 5.5, events.y[at]! - 1.2)).toBeLessThan(2.5)
  }
})
