import { describe, expect, test } from 'vitest'
import {
  checkCrowd, createCrowd, crowdStateHash, crowdTotals, restoreCrowd, saveCrowd, stepCrowd,
  type Barrier, type Crowd, type CrowdChange, type CrowdInput, type Gate, type Point,
} from '../../../src/sim'
import { exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from './support'

const barrier = (id: string, line: readonly Point[], parts: Partial<Barrier> = {}): Barrier => ({ id, floor: 'square', line, lets: 'none', closed: true, ...parts })
const gate = (id: string, line: readonly [Point, Point], parts: Partial<Gate> = {}): Gate => ({ id, floor: 'square', line, lanes: 2, service: 2, lets: 'both', open: true, ...parts })

/** A square of 40 x 20 m with exits in the west and the east, a fence with turnstiles at x = 30, people who walk both ways; some wait for what is shut. */
function squareInput(barriers: readonly Barrier[] = [], gates: readonly Gate[] = [], changes: readonly CrowdChange[] = []): CrowdInput {
  const space = spaceOf({
    floors: [floorOf('square', rectangle(0, 0, 40, 20), rectangle(18, 8, 20, 12))],
    barriers: [barrier('fence south', [[30, 0], [30, 7]]), barrier('fence north', [[30, 13], [30, 20]]), ...barriers],
    gates: [gate('turnstiles', [[30, 7], [30, 13]], { lanes: 6, service: 3 }), ...gates],
    goals: [exitOf('west', 'square', [0, 6], [0, 14]), exitOf('east', 'square', [40, 6], [40, 14])],
  })
  const places = Array.from({ length: 180 }, (_, k): Point => [k % 3 === 0 ? 31 + ((k / 3) % 10) * 0.8 : 4 + (k % 12), 1.2 + Math.floor(k / 12) * 1.2])
  const walkers = walkersAt(places, (table, row) => { table.journey[row] = row % 3 === 0 ? 0 : 1 + (row % 2) })
  return {
    ...inputOf(space, walkers, []), changes: [...changes],
    journeys: [
      { id: 'to west', stages: [{ kind: 'walk', goals: ['west'] }] }, { id: 'to east', stages: [{ kind: 'walk', goals: ['east'] }] },
      { id: 'to east, waiting', stages: [{ kind: 'walk', goals: ['east'], ifClosed: 'wait' }] },
    ],
  }
}

function run(crowd: Crowd, ticks: number, each?: () => void): Crowd {
  for (let tick = 0; tick < ticks; tick++) {
    stepCrowd(crowd)
    if (tick % 20 === 0) checkCrowd(crowd)
    each?.()
  }
  return crowd
}

/** Where everybody is and how fast, and what has become of them: by bits. */
function placesOf(crowd: Crowd): unknown {
  const { now, mail, index, persons } = crowd
  const bodies = mail.first[index.domains]!
  return {
    bodies: Array.from({ length: bodies }, (_, row) => [now.walker[row], now.x[row], now.y[row], now.speed[row], now.headingX[row]]),
    persons: [[...persons.state], [...persons.leaveTick], [...persons.mode], [...persons.remaining]],
    totals: crowdTotals(crowd),
  }
}

/** Counts who crosses a line of one barrier or gate, by side: from its left, from its right. */
function crossingsOf(crowd: Crowd, [[ax, ay], [bx, by]]: readonly [Point, Point]): { fromLeft: number; fromRight: number; look(): void } {
  const last = new Map<number, readonly [x: number, y: number]>()
  const sideOf = (x: number, y: number): number => (bx - ax) * (y - ay) - (by - ay) * (x - ax)
  const result = {
    fromLeft: 0, fromRight: 0,
    look() {
      const { now, mail, index } = crowd
      for (let row = 0; row < mail.first[index.domains]!; row++) {
        const [x, y] = [now.x[row]!, now.y[row]!]
        const before = last.get(now.walker[row]!)
        last.set(now.walker[row]!, [x, y])
        if (!before) continue
        const [p, q] = [sideOf(...before), sideOf(x, y)]
        if (p > 0 === q > 0) continue
        const share = p / (p - q)
        const [cx, cy] = [before[0] + share * (x - before[0]), before[1] + share * (y - before[1])]
        const along = ((cx - ax) * (bx - ax) + (cy - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
        if (along >= 0 && along <= 1) result[p > 0 ? 'fromLeft' : 'fromRight']++
      }
    },
  }
  return result
}

const wall: readonly [Point, Point] = [[14, 4], [14, 16]]
const change = (tick: number, what: { kind: 'barrier'; id: string; closed: boolean } | { kind: 'gate'; id: string; stands?: boolean; open?: boolean; service?: number }): CrowdChange => ({ tick, source: 'test', ...what })

describe('a crowd that was saved and is restored', () => {
  test('with the same input goes on as if it had never stopped', () => {
    const input = squareInput(
      [barrier('drawn', wall, { closed: false })], [gate('drawn', [[22, 2], [22, 18]], { stands: false })],
      [change(60, { kind: 'barrier', id: 'drawn', closed: true }), change(120, { kind: 'gate', id: 'drawn', stands: true }), change(200, { kind: 'gate', id: 'turnstiles', open: false }), change(260, { kind: 'gate', id: 'drawn', stands: false })])
    const crowd = createCrowd(input)
    for (const ticks of [59, 1, 1, 60, 80, 30, 60]) {
      const resumed = restoreCrowd(input, saveCrowd(crowd))
      expect(crowdStateHash(resumed)).toBe(crowdStateHash(crowd))
      run(crowd, ticks)
      expect(crowdStateHash(run(resumed, ticks))).toBe(crowdStateHash(crowd))
    }
    expect(crowdTotals(crowd).inside).toBeGreaterThan(50)
  })

  test.each([
    ['a wall', barrier('drawn', wall), null], ['a one-way line', barrier('drawn', wall, { lets: 'firstOnLeft' }), null],
    ['a gate', null, gate('drawn', wall, { service: 5 })], ['a shut gate', null, gate('drawn', wall, { open: false })],
  ] as const)('meets %s that is drawn then as one that had been planned for that tick', (_, barrierDrawn, gateDrawn) => {
    const tick = 100
    const changes = [barrierDrawn ? change(tick, { kind: 'barrier', id: 'drawn', closed: true }) : change(tick, { kind: 'gate', id: 'drawn', stands: true })]
    const planned = squareInput(barrierDrawn ? [{ ...barrierDrawn, closed: false }] : [], gateDrawn ? [{ ...gateDrawn, stands: false }] : [], changes)
    const plain = run(createCrowd(squareInput()), tick)
    const foreseen = run(createCrowd(planned), tick)
    expect(placesOf(foreseen)).toEqual(placesOf(plain))
    const drawn = restoreCrowd(planned, saveCrowd(plain))
    for (const ticks of [1, 200]) expect(placesOf(run(drawn, ticks))).toEqual(placesOf(run(foreseen, ticks)))
    // And without a change, as something that stands from the start of this input: then nobody waits for it to open either.
    if (barrierDrawn) return
    const standing = restoreCrowd(squareInput(barrierDrawn ? [barrierDrawn] : [], gateDrawn ? [gateDrawn] : []), saveCrowd(plain))
    expect(placesOf(run(standing, 201))).toEqual(placesOf(foreseen))
  })

  test('takes away a gate under the hands of those who wait at it and pass through it', () => {
    const gates = [gate('drawn', [[22, 0], [22, 20]], { lanes: 4, service: 20 })]
    const crowd = run(createCrowd(squareInput([], gates)), 400)
    const { intents } = crowd.navigation
    const waiting = intents.gate.reduce((sum, row) => sum + Number(row === 1), 0)
    expect(waiting).toBeGreaterThan(10)
    expect(crowd.navigation.intents.gate.reduce((sum, row) => sum + Number(row === 0), 0)).toBeGreaterThan(5)
    for (const without of [squareInput(), squareInput([], [{ ...gates[0]!, stands: false }])]) {
      const after = restoreCrowd(without, saveCrowd(crowd))
      expect(after.navigation.intents.gate.every(row => row <= 0)).toBe(true)
      expect(after.persons.pass.every(row => row <= 0)).toBe(true)
      run(after, 3000)
      expect(crowdTotals(after)).toMatchObject({ left: 180, inside: 0 })
    }
  })

  test('loses nobody and lets nobody through a wall that is drawn across where they stand', () => {
    const crowd = run(createCrowd(squareInput()), 100)
    const line: readonly [Point, Point] = [[12, -1], [12, 20.2]]
    const after = restoreCrowd(squareInput([barrier('drawn', line)]), saveCrowd(crowd))
    const crossings = crossingsOf(after, line)
    const { inside, left } = crowdTotals(after)
    crossings.look()
    run(after, 600, () => crossings.look())
    expect(crossings).toMatchObject({ fromLeft: 0, fromRight: 0 })
    const totals = crowdTotals(after)
    expect(totals.inside + totals.left).toBe(inside + left)
    expect(totals.inside).toBeGreaterThan(20)
    // And gone again, they walk on.
    const open = restoreCrowd(squareInput(), saveCrowd(after))
    run(open, 2600)
    expect(crowdTotals(open)).toMatchObject({ left: 180, inside: 0 })
  })
})

describe('what is drawn across a square', () => {
  test.each([[30, 1], [60, 2], [120, 3]])('a gate of %d persons a minute lets through as many, to within 3 %', (perMinute, lanes) => {
    const space = spaceOf({
      floors: [{ ...floorOf('square', rectangle(0, 0, 40, 20)), cell: 0.5 }],
      barriers: [barrier('south', [[25, 0], [25, 4]]), barrier('north', [[25, 16], [25, 20]])],
      goals: [exitOf('east', 'square', [40, 0], [40, 20])],
    })
    const plain = inputOf(space, walkersAt(Array.from({ length: 150 }, (_, k): Point => [14 + (k % 10), 2.5 + Math.floor(k / 10)])), [['east']])
    const line: readonly [Point, Point] = [[25, 4], [25, 16]]
    const crowd = restoreCrowd({ ...plain, space: { ...space, gates: [gate('drawn', line, { lanes, service: (60 * lanes) / perMinute })] } }, saveCrowd(run(createCrowd(plain), 20)))
    const crossings = crossingsOf(crowd, line)
    const ticks: number[] = []
    for (let tick = 0; ticks.length < 60; tick++) {
      const before = crossings.fromLeft
      run(crowd, 1, () => crossings.look())
      for (let k = before; k < crossings.fromLeft; k++) ticks.push(tick)
    }
    // Whole rounds of the lanes, with people in front of it all the time.
    const rate = (48 / ((ticks[54]! - ticks[6]!) * 0.05)) * 60
    expect(Math.abs(rate / perMinute - 1)).toBeLessThan(0.03)
    expect(crossings.fromRight).toBe(0)
  })

  test('a one-way line is crossed in its direction alone; the others find the way round', () => {
    const line: readonly [Point, Point] = [[14, 0], [14, 16]]
    const crowd = restoreCrowd(squareInput([barrier('drawn', line, { lets: 'firstOnLeft' })]), saveCrowd(run(createCrowd(squareInput()), 20)))
    const [across, round] = [crossingsOf(crowd, line), crossingsOf(crowd, [[14, 16], [14, 20]])]
    const isEast = (): number => Array.from({ length: crowdTotals(crowd).inside }, (_, row) => row).filter(row => crowd.now.x[row]! > 14).length
    const eastBefore = isEast()
    run(crowd, 3000, () => { across.look(); round.look() })
    expect(crowdTotals(crowd)).toMatchObject({ left: 180, inside: 0 })
    // Who goes east comes from the left of the line and would have its first point on the right: they go round.
    expect(across.fromLeft).toBe(0)
    expect(across.fromRight).toBeGreaterThan(40)
    expect(across.fromRight + round.fromRight).toBe(60)
    expect(eastBefore).toBeGreaterThanOrEqual(60)
    expect(round.fromLeft).toBe(180 - eastBefore)
  })
})
