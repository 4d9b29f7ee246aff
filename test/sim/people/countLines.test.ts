import { describe, expect, test } from 'vitest'
import { createCrowd, restoreCrowd, saveCrowd, stepCrowd, type Crowd, type CountLine, type Point } from '../../../src/sim'
import { countCrowd, createLineCounts, resumeLines, lineViews, type LineCounts } from '../../../src/sim/people/countLines'
import { crossing } from '../../../src/sim/people/lineCrossings'
import { hallInput, exitOf, floorOf, inputOf, rectangle, spaceOf, walkersAt } from '../crowd/support'

const lineOf = (id: string, line: readonly [Point, Point], level: string | undefined = 'hall', from = 0, until = Infinity): CountLine => ({ id, line, from, until, ...(level ? { level } : {}) })

function run(crowd: Crowd, counts: LineCounts, ticks: number, each: () => void = () => {}): void {
  for (let tick = 0; tick < ticks; tick++) {
    stepCrowd(crowd)
    countCrowd(counts, crowd)
    each()
  }
}

describe('a way over a line', () => {
  test('counts to the side where it ends, and only between the ends', () => {
    expect(crossing(0, 0, 0, 10, 1, 5, -1, 5)).toBe(1)
    expect(crossing(0, 0, 0, 10, -1, 5, 1, 5)).toBe(-1)
    expect(crossing(0, 0, 0, 10, 1, 11, -1, 11)).toBe(0)
    expect(crossing(0, 0, 0, 10, 1, 5, 2, 5)).toBe(0)
  })

  test('that ends on the line and goes on later counts once; through the point where two lines meet, at one of them', () => {
    expect(crossing(0, 0, 0, 10, 1, 5, 0, 5) + crossing(0, 0, 0, 10, 0, 5, -1, 5)).toBe(1)
    expect(crossing(0, 0, 0, 10, 0, 5, 1, 5) + crossing(0, 0, 0, 10, -1, 5, 0, 5)).toBe(-1)
    expect(crossing(0, 0, 0, 10, 1, 10, -1, 10) + crossing(0, 10, 0, 20, 1, 10, -1, 10)).toBe(1)
    expect(crossing(0, 0, 0, 10, -1, 10, 1, 10) + crossing(0, 10, 0, 20, -1, 10, 1, 10)).toBe(-1)
  })
})

test('who sways on a line has not crossed it', () => {
  const crowd = createCrowd(inputOf(spaceOf({ floors: [floorOf('hall', rectangle(0, 0, 20, 20))], goals: [exitOf('out', 'hall', [20, 8], [20, 12])] }), walkersAt([[10, 10]]), [['out']]))
  const counts = createLineCounts(crowd, null, [lineOf('line', [[10, 0], [10, 20]])])
  stepCrowd(crowd)
  const at = (x: number): number[] => {
    crowd.now.x[0] = x
    crowd.counts[0]!++
    countCrowd(counts, crowd)
    return [counts.table.toLeft[0]!, counts.table.toRight[0]!]
  }
  expect([9.9, 10.1, 9.9, 10.1, 9.95].map(at).at(-1)).toEqual([0, 0])
  expect([10.1, 10.2].map(at).at(-1)).toEqual([0, 0])
  expect(at(10.35)).toEqual([0, 1])
  expect([10.1, 9.9, 9.8, 9.6, 9.4].map(at).at(-1)).toEqual([1, 1])
})

describe('a line across a hall', () => {
  /** Persons east of 30 m in the two halls and above. */
  const east = (crowd: Crowd): number => {
    let count = 0
    for (let row = 0; row < crowd.mail.first[crowd.index.domains]!; row++) if (crowd.now.x[row]! > 40) count++
    return count
  }

  test('counts the change of persons on one side, but for those who come and go there', () => {
    const crowd = createCrowd(hallInput(240, 7))
    const counts = createLineCounts(crowd, null, [lineOf('middle', [[40, -1], [40, 21]], 'east')])
    let [came, gone] = [0, 0]
    const seen = new Map<number, boolean>()
    run(crowd, counts, 1200, () => {
      // Who appears east of the line, and who was there and is no more.
      const present = new Set<number>()
      for (let row = 0; row < crowd.mail.first[crowd.index.domains]!; row++) {
        const walker = crowd.now.walker[row]!
        present.add(walker)
        const isEast = crowd.now.x[row]! > 40
        if (!seen.has(walker) && isEast) came++
        seen.set(walker, isEast)
      }
      for (const [walker, wasEast] of seen) if (!present.has(walker)) { if (wasEast) gone++; seen.delete(walker) }
    })
    const { toLeft, toRight } = counts.table
    expect(toRight[0]! + toLeft[0]!).toBeGreaterThan(100)
    // Who has crossed and is not yet beyond the line, of the first line: 1 = on the way to its left, 2 = to its right.
    const onTheWay = counts.pending.reduce((sum, word) => sum + [0, -1, 1][word & 3]!, 0)
    expect(toRight[0]! + onTheWay - toLeft[0]! + came - gone).toBe(east(crowd))
  })

  test('at the foot of a stair counts who steps on to it', () => {
    const crowd = createCrowd(hallInput(160, 3))
    const counts = createLineCounts(crowd, null, [lineOf('foot', [[60, 7], [60, 13]], 'east'), lineOf('on the stair', [[61, 7], [61, 13]], 'stair')])
    run(crowd, counts, 1600)
    const { toLeft, toRight } = counts.table
    expect(toRight[0]).toBeGreaterThan(20)
    expect(Math.abs(toRight[0]! - toLeft[0]! - toRight[1]! + toLeft[1]!)).toBeLessThan(12)
    expect(Array.from(counts.stepped)).toEqual([0, 1])
  })

  test('turned about, left is right; the series adds up, and the window holds', () => {
    const crowd = createCrowd(hallInput(200, 5))
    const counts = createLineCounts(crowd, null, [
      lineOf('a', [[20, -1], [20, 21]], 'west'), lineOf('b', [[20, 21], [20, -1]], 'west'), lineOf('late', [[20, -1], [20, 21]], 'west', 30, 60),
    ])
    run(crowd, counts, 1400)
    const { toLeft, toRight, peak } = counts.table
    expect([toLeft[1], toRight[1]]).toEqual([toRight[0], toLeft[0]])
    const series = (line: number): number => counts.series.subarray(2 * line * 1440, 2 * (line + 1) * 1440).reduce((sum, persons) => sum + persons, 0)
    expect(series(0)).toBe(toLeft[0]! + toRight[0]!)
    expect(toLeft[2]! + toRight[2]!).toBeLessThan(toLeft[0]! + toRight[0]!)
    expect(toLeft[2]! + toRight[2]!).toBeGreaterThan(0)
    // 20 m of 22 can be walked on.
    expect(counts.width[0]).toBeCloseTo(20, 1)
    expect(peak[0]).toBeGreaterThan((toLeft[0]! + toRight[0]!) / 20 / 2)
  })

  test('saved half-way it goes on as it was, also when other lines come and go', () => {
    const input = hallInput(200, 5)
    const lines = [lineOf('a', [[20, -1], [20, 21]], 'west'), lineOf('b', [[40, -1], [40, 21]], 'east')]
    const whole = createCrowd(input)
    const counts = createLineCounts(whole, null, lines)
    run(whole, counts, 500)
    const saved = saveCrowd(whole)
    const views = [...lineViews(counts)].map(view => view.slice())
    run(whole, counts, 500)

    const half = restoreCrowd(input, saved)
    const other = createLineCounts(half, null, [lineOf('new', [[25, -1], [25, 21]], 'west'), lines[1]!])
    for (const [at, view] of [...lineViews(other)].entries()) (view as Int32Array).set(views[at] as Int32Array)
    resumeLines(other, half, null)
    expect(other.table.toLeft[0]! + other.table.toRight[0]!).toBe(0)
    run(half, other, 500)
    expect([other.table.toLeft[1], other.table.toRight[1], other.table.peak[1]]).toEqual([counts.table.toLeft[1], counts.table.toRight[1], counts.table.peak[1]])
    expect(other.table.toLeft[0]! + other.table.toRight[0]!).toBeGreaterThan(0)
  })
})

test('without a level a line lies on the open ground', () => {
  const crowd = createCrowd(inputOf(spaceOf({ floors: [floorOf('park/ground', rectangle(0, 0, 20, 20)), floorOf('park/hall', rectangle(0, 0, 20, 20))], goals: [exitOf('out', 'park/ground', [20, 8], [20, 12])] }), walkersAt([[4, 10]]), [['out']]))
  const counts = createLineCounts(crowd, null, [lineOf('gate', [[10, 0], [10, 20]], '')])
  expect(counts.crossings.lines[0]!.floors).toEqual([0])
  run(crowd, counts, 300)
  expect([counts.table.toLeft[0], counts.table.toRight[0]]).toEqual([0, 1])
})
