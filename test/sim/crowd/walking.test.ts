import { describe, expect, test } from 'vitest'
import { createTable, crowdTotals, checkCrowd, createCrowd, freeSpeedByAge, freeSpeedOf, stepCrowd, walkerColumns, walkingDefaults, type Crowd, type CrowdInput, type Point } from '../../../src/sim'
import { exitOf, floorOf, hallInput, inputOf, rectangle, spaceOf, walkersAt } from './support'

function run(crowd: Crowd, ticks: number, each?: () => void): Crowd {
  for (let tick = 0; tick < ticks; tick++) { stepCrowd(crowd); each?.() }
  return crowd
}

const corridor = (length: number, width: number): CrowdInput['space'] =>
  spaceOf({ floors: [floorOf('corridor', rectangle(0, 0, length, width))], goals: [exitOf('end', 'corridor', [length - 0.4, 0], [length - 0.4, width])] })

describe('theory', () => {
  test('one person walks 40 m at their free speed', () => {
    const crowd = createCrowd(inputOf(corridor(43, 2), walkersAt([[1, 1]], (walkers, row) => { walkers.speed[row] = 1.33 }), [['end']]))
    let arrival = 0
    run(crowd, 640, () => {
      if (arrival === 0 && crowd.now.x[0]! >= 41) arrival = crowdTotals(crowd).tick
      checkCrowd(crowd)
    })
    // The first tick is spent appearing.
    expect((arrival - 1) * 0.05).toBeCloseTo(40 / 1.33, 1)
    expect(crowdTotals(crowd).left).toBe(1)
  })

  test.each([0.35, 0.5, 0.8])('who follows somebody of %d m/s keeps the gap of the law: v = s / T', speed => {
    const walkers = walkersAt([[3, 0.3], [1.5, 0.3]], (table, row) => { table.speed[row] = row === 0 ? speed : 1.4 })
    // 0.6 m wide: nobody can pass.
    const crowd = run(createCrowd(inputOf(corridor(60, 0.6), walkers, [['end']])), 400)
    const gap = Math.abs(crowd.now.x[0]! - crowd.now.x[1]!) - 2 * walkingDefaults.radius
    expect(gap / walkingDefaults.timeGap).toBeCloseTo(speed, 2)
  })

  test('speeds on stairs are shares of those on the level', () => {
    const stairs = (up: boolean): number => {
      const [from, to]: Point[] = up ? [[0, 1], [20, 1]] : [[20, 1], [0, 1]]
      const space = spaceOf({ floors: [{ ...floorOf('corridor', rectangle(0, 0, 20, 2)), surface: 'stairs', ascent: { from: from!, to: to!, rise: 10 } }], goals: [exitOf('end', 'corridor', [19.6, 0], [19.6, 2])] })
      return run(createCrowd(inputOf(space, walkersAt([[1, 1]], (walkers, row) => { walkers.speed[row] = 1.34 }), [['end']])), 100).now.speed[0]!
    }
    expect(stairs(true)).toBeCloseTo(0.61, 3)
    expect(stairs(false)).toBeCloseTo(0.694, 3)
  })

  test('free speeds: mean 1.34 and deviation 0.26 m/s; by age along the curve', () => {
    const walkers = createTable(walkerColumns, 4000)
    for (let row = 0; row < walkers.rows; row++) walkers.id[row] = row
    const input = inputOf(corridor(10, 2), walkers, [['end']])
    const draw = (): { mean: number; deviation: number } => {
      const speeds = Array.from({ length: walkers.rows }, (_, row) => freeSpeedOf(input, row))
      const mean = speeds.reduce((a, b) => a + b) / speeds.length
      return { mean, deviation: Math.sqrt(speeds.reduce((sum, speed) => sum + (speed - mean) ** 2, 0) / speeds.length) }
    }
    expect(draw().mean).toBeCloseTo(1.34, 1)
    expect(draw().deviation).toBeCloseTo(0.26, 1)
    walkers.age.fill(70)
    expect(draw().mean).toBeCloseTo(freeSpeedByAge(70), 1)
    expect(freeSpeedByAge(25)).toBeGreaterThan(freeSpeedByAge(75))
  })
})

describe('invariants', () => {
  test.each([1, 2, 3])('nobody overlaps, leaves the floor or gets lost, over stairs and through a door both ways (seed %d)', seed => {
    const crowd = createCrowd(hallInput(300, seed))
    run(crowd, 400, () => {
      if (crowdTotals(crowd).tick % 10 > 0) return
      checkCrowd(crowd)
      const { walkers, notYet, waiting, inside, inLift, left } = crowdTotals(crowd)
      expect(notYet + waiting + inside + inLift + left).toBe(walkers)
    })
    expect(crowdTotals(crowd).left).toBeGreaterThan(20)
  })

  test('two people who meet head on in the middle of a corridor pass each other', () => {
    const space = spaceOf({ floors: [floorOf('corridor', rectangle(0, 0, 20, 3))], goals: [exitOf('east', 'corridor', [19.6, 0], [19.6, 3]), exitOf('west', 'corridor', [0.4, 0], [0.4, 3])] })
    const walkers = walkersAt([[1, 1.5], [19, 1.5]], (table, row) => { table.journey[row] = row; table.speed[row] = 1.34 })
    const crowd = run(createCrowd(inputOf(space, walkers, [['east'], ['west']])), 340)
    expect(crowdTotals(crowd).left).toBe(2)
  })

  test('members of a group arrive together, however fast each could walk', () => {
    const walkers = walkersAt([[1, 1], [1, 2], [1, 3]], (table, row) => { table.group[row] = 7; table.speed[row] = [0.6, 1.2, 1.6][row]! })
    const crowd = run(createCrowd(inputOf(corridor(30, 4), walkers, [['end']])), 1200)
    expect(crowdTotals(crowd).left).toBe(3)
    expect((Math.max(...crowd.left.tick) - Math.min(...crowd.left.tick)) * 0.05).toBeLessThan(10)
  })
})

describe('metamorphic: who walks alike in a space that is', () => {
  /** s until all of a room have left through its door. */
  const clearing = (turn: (point: Point) => Point, order: readonly number[]): number => {
    const outline: Point[] = [[0, 0], [10, 0], [10, 4.4], [10.2, 4.4], [10.2, 0], [16, 0], [16, 10], [10.2, 10], [10.2, 5.6], [10, 5.6], [10, 10], [0, 10]]
    const places: Point[] = Array.from({ length: 60 }, (_, at) => [1 + (at % 8), 1 + Math.floor(at / 8)])
    const space = spaceOf({ floors: [floorOf('room', outline.map(turn))], goals: [exitOf('out', 'room', turn([15.6, 0]), turn([15.6, 10]))] })
    const walkers = walkersAt(order.map(at => turn(places[at]!)), (table, row) => { table.id[row] = order[row]! })
    const crowd = createCrowd(inputOf(space, walkers, [['out']]))
    while (crowdTotals(crowd).left < 60 && crowdTotals(crowd).tick < 3000) stepCrowd(crowd)
    return crowdTotals(crowd).tick * 0.05
  }
  const inOrder = Array.from({ length: 60 }, (_, at) => at)
  const plain = clearing(point => point, inOrder)

  test.each<[string, (point: Point) => Point, readonly number[]]>([
    ['turned by 90 degrees', ([x, y]) => [-y, x], inOrder],
    ['shifted', ([x, y]) => [x + 1234.56, y - 789.01], inOrder],
    ['in another order of rows', point => point, [...inOrder].reverse()],
  ])('%s', (_, turn, order) => {
    // One bottleneck, 60 people: single runs differ by a few seconds, as any two seeds do.
    expect(Math.abs(clearing(turn, order) / plain - 1)).toBeLessThan(0.12)
  })
})
