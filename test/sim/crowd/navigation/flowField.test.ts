import { describe, expect, test } from 'vitest'
import { uniform, type Floor, type Point, type WalkSpace } from '../../../../src/sim'
import { FIELD_SPEED } from '../../../../src/sim/crowd/navigation/walkGrid'
import { Lets } from '../../../../src/sim/crowd/spaceIndex'
import { exitOf, floorOf, rectangle, spaceOf } from '../support'
import { fieldOf } from './support'

const distance = ([ax, ay]: Point, [bx, by]: Point): number => Math.hypot(bx - ax, by - ay)

describe('travel times', () => {
  test('are straight distances in an open room, to within 2 % and half a cell', () => {
    const setting = fieldOf(spaceOf({ floors: [floorOf('hall', rectangle(0, 0, 60, 40))], goals: [exitOf('door', 'hall', [60, 18], [60, 22])] }))
    for (const [x, y] of [[2, 20], [30, 3], [10, 38], [55, 1], [1, 1], [59, 39]] as const) {
      const along = Math.min(21.8, Math.max(18.2, y))
      const exact = distance([x, y], [60, along])
      expect(Math.abs(setting.timeFrom(0, x, y) * FIELD_SPEED - exact), `${x}, ${y}`).toBeLessThan(0.02 * exact + 0.4)
      const { x: toX, y: toY } = setting.directionFrom(0, x, y)
      expect((toX * (60 - x) + toY * (along - y)) / exact, `${x}, ${y}`).toBeGreaterThan(0.99)
    }
  })

  test('go round an obstacle as the shortest line does, to within 5 %', () => {
    // A block of 20 m in the middle: the shortest line touches two of its corners.
    const setting = fieldOf(spaceOf({
      floors: [floorOf('hall', rectangle(0, 0, 60, 60), rectangle(20, 20, 40, 40))], goals: [exitOf('door', 'hall', [60, 29.5], [60, 30.5])],
    }))
    for (const [x, y] of [[5, 28], [18, 25], [5, 10]] as const) {
      const over = (corners: readonly Point[]): number => [[x, y] as Point, ...corners, [60, 30] as Point].reduce((sum, point, k, all) => (k > 0 ? sum + distance(all[k - 1]!, point) : 0), 0)
      const exact = x === 5 && y === 10 ? over([[40, 20]]) : over([[20, 20], [40, 20]])
      const found = setting.timeFrom(0, x, y) * FIELD_SPEED
      expect(found / exact, `${x}, ${y}`).toBeGreaterThan(0.97)
      expect(found / exact, `${x}, ${y}`).toBeLessThan(1.05)
    }
  })

  test('a first-order scheme: half the cell, about half the error', () => {
    const error = (cell: number): number => {
      const setting = fieldOf(spaceOf({ floors: [{ ...floorOf('hall', rectangle(0, 0, 40, 40)), cell }], goals: [exitOf('post', 'hall', [19.5, 20], [20.5, 20])] }))
      let sum = 0
      for (let k = 0; k < 64; k++) {
        const [x, y] = [20 + 15 * Math.cos((k / 32) * Math.PI), 20 + 15 * Math.sin((k / 32) * Math.PI)]
        sum += Math.abs(setting.timeFrom(0, x, y) * FIELD_SPEED - distance([x, y], [Math.min(20.3, Math.max(19.7, x)), 20])) / 64
      }
      return sum
    }
    expect(error(0.25) / error(0.5)).toBeLessThan(0.7)
  })

  test('nobody is led through a wall that is thinner than any cell, and everybody through its door of 0.8 m, wherever it lies on the raster', () => {
    for (let k = 0; k < 10; k++) {
      const y = 4 + 0.05 * k
      const wall: Point[] = [[10, 0], [10.01, 0], [10.01, y], [10, y]]
      const rest: Point[] = [[10, y + 0.8], [10.01, y + 0.8], [10.01, 10], [10, 10]]
      // Outer edge with the two pieces of wall as holes that touch it.
      const room: Floor = floorOf('rooms', rectangle(0, 0, 20, 10), wall, rest)
      const setting = fieldOf(spaceOf({ floors: [room], goals: [exitOf('out', 'rooms', [20, 1], [20, 2])] }))
      const exact = distance([1, 9], [10, y + 0.8]) + distance([10, y + 0.8], [20, 2])
      const found = setting.timeFrom(0, 1, 9) * FIELD_SPEED
      expect(found, `door at ${y}`).toBeGreaterThan(0.97 * exact)
      expect(found, `door at ${y}`).toBeLessThan(1.06 * exact + 0.5)
    }
  })

  test('a gap that no body fits through is no way, one that it fits through is, wherever they lie on the raster', () => {
    for (let k = 0; k < 10; k++) {
      const y = 4 + 0.05 * k
      const halls = (gap: number): number => fieldOf(spaceOf({
        floors: [floorOf('halls', rectangle(0, 0, 20, 10), rectangle(10, 0, 10.2, y), rectangle(10, y + gap, 10.2, 10))],
        goals: [exitOf('out', 'halls', [20, 4], [20, 6])],
      })).timeFrom(0, 1, 5)
      expect(halls(0.28), `gap at ${y}`).toBe(Infinity)
      expect(halls(0.4), `gap at ${y}`).toBeLessThan(20)
    }
  })

  test('a slanting wall lets nobody through, whatever its angle', () => {
    for (let k = 0; k < 12; k++) {
      const lean = -6 + k
      const space = spaceOf({
        floors: [floorOf('hall', rectangle(0, 0, 20, 10))], goals: [exitOf('out', 'hall', [20, 4], [20, 6])],
        barriers: [{ id: 'fence', floor: 'hall', line: [[10 + lean, 0], [10, 5.03], [10 - lean, 10]], lets: 'none', closed: true }],
      })
      expect(fieldOf(space).timeFrom(0, 1, 5), `lean ${lean}`).toBe(Infinity)
    }
  })
})

const stairs = (surface: Floor['surface'], belt?: number): WalkSpace => spaceOf({
  floors: [
    floorOf('low', rectangle(0, 0, 10, 10)),
    { ...floorOf('stair', rectangle(10, 4, 20, 6)), surface, ascent: { from: [10, 5], to: [20, 5], rise: 5 }, ...(belt !== undefined && { belt }) },
    { ...floorOf('high', rectangle(20, 0, 30, 10)), cell: 0.5 },
  ],
  joins: [{ id: 'foot', floors: ['low', 'stair'], line: [[10, 4], [10, 6]] }, { id: 'head', floors: ['stair', 'high'], line: [[20, 4], [20, 6]] }],
  goals: [exitOf('out', 'high', [30, 4], [30, 6])],
})

describe('floors', () => {
  test('stairs are crossed at the speed of stairs, between cells of different size', () => {
    const setting = fieldOf(stairs('stairs'))
    // 9 m, 10 m at 0.61 of 1.34 m/s, 9 m.
    const exact = 9 / 1.34 + 10 / 0.61 + 10 / 1.34
    expect(setting.timeFrom(0, 1, 5)).toBeGreaterThan(0.97 * exact)
    expect(setting.timeFrom(0, 1, 5)).toBeLessThan(1.05 * exact)
    expect(setting.directionFrom(1, 15, 5).x).toBeGreaterThan(0.99)
  })

  test('an escalator carries one way only', () => {
    const up = fieldOf(stairs('escalator', 0.65))
    const plan = (0.65 * 10) / Math.hypot(10, 5)
    expect(up.timeFrom(0, 1, 5)).toBeGreaterThan(0.97 * (19 / 1.34 + 10 / plan))
    expect(up.timeFrom(0, 1, 5)).toBeLessThan(1.06 * (19 / 1.34 + 10 / plan))
    expect(fieldOf(stairs('escalator', -0.65)).timeFrom(0, 1, 5)).toBe(Infinity)
  })

  test('floors that lie above each other keep apart', () => {
    const below = { ...floorOf('below', rectangle(0, 0, 30, 10)) }
    const space = stairs('stairs')
    const setting = fieldOf({ ...space, floors: [...space.floors, below] })
    expect(setting.timeFrom(3, 15, 5)).toBe(Infinity)
    expect(setting.timeFrom(0, 1, 5)).toBeLessThan(Infinity)
  })
})

describe('changes', () => {
  const fenced = (lets: 'none' | 'firstOnLeft' | 'firstOnRight', closed: boolean): WalkSpace => spaceOf({
    floors: [floorOf('hall', rectangle(0, 0, 40, 20))], goals: [exitOf('west', 'hall', [0, 9], [0, 11])],
    barriers: [{ id: 'fence', floor: 'hall', line: [[20, 0], [20, 15]], lets, closed }],
  })

  test('a barrier sends people round it, one way or both', () => {
    const open = fieldOf(fenced('none', false)).timeFrom(0, 25, 5)
    const closed = fieldOf(fenced('none', true)).timeFrom(0, 25, 5)
    expect(closed).toBeGreaterThan(1.2 * open)
    // Who goes west has the south end, which is the first, on the left.
    expect(fieldOf(fenced('firstOnLeft', true)).timeFrom(0, 25, 5)).toBe(open)
    expect(fieldOf(fenced('firstOnRight', true)).timeFrom(0, 25, 5)).toBe(closed)
  })

  test('closing and opening again leaves the very same field', () => {
    const setting = fieldOf(fenced('none', false))
    const before = [setting.field.time.slice(), setting.field.heading.slice()]
    setting.index.walls.lets.fill(Lets.none)
    setting.build()
    expect(setting.field.time).not.toEqual(before[0])
    for (let wall = 0; wall < setting.index.walls.rows; wall++) if (setting.index.walls.barrier[wall]! >= 0) setting.index.walls.lets[wall] = Lets.all
    setting.build()
    expect(setting.field.time).toEqual(before[0])
    expect(setting.field.heading).toEqual(before[1])
  })

  test('made anew only from where a change concerns it, a field is that made from the start', () => {
    const fences = Array.from({ length: 8 }, (_, k) => ({ id: `fence ${k}`, floor: 'hall', line: [[5 + 4 * k, k % 2 ? 0 : 4], [5.3 + 4 * k, k % 2 ? 15 : 20]] as Point[], lets: 'none' as const, closed: false }))
    const space = spaceOf({ floors: [floorOf('hall', rectangle(0, 0, 40, 20))], goals: [exitOf('west', 'hall', [0, 9], [0, 11]), exitOf('east', 'hall', [40, 2], [40, 4])], barriers: fences })
    const [partly, whole] = [fieldOf(space), fieldOf(space)]
    let kept = 0
    for (let go = 0; go < 40; go++) {
      const draw = uniform(1, 0, go, 0)
      if (draw < 0.2) for (const each of [partly, whole]) each.targets.open[go % 2] = 1 - each.targets.open[go % 2]!
      else {
        const wall = Math.floor(draw * 997) % 8
        for (const { index } of [partly, whole])
          for (let row = 0; row < index.walls.rows; row++) if (index.walls.barrier[row] === wall) index.walls.lets[row] = index.walls.lets[row] === Lets.all ? Lets.none : Lets.all
      }
      if (partly.rebuild() > 2) kept++
      whole.build()
      const differs = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a).findIndex((value, at) => value !== b[at])
      expect(differs(partly.field.time, whole.field.time), `change ${go}`).toBe(-1)
      expect(differs(partly.field.heading, whole.field.heading), `change ${go}`).toBe(-1)
    }
    expect(kept).toBeGreaterThan(10)
  })

  test('of two exits, the line where people part moves with the time that is waited at each', () => {
    const setting = fieldOf(spaceOf({
      floors: [floorOf('hall', rectangle(0, 0, 40, 10))], goals: [exitOf('west', 'hall', [0, 4], [0, 6]), exitOf('east', 'hall', [40, 4], [40, 6])],
    }))
    const parting = (): number => {
      for (let x = 0.125; x < 40; x += 0.25) { setting.timeFrom(0, x, 5); if (setting.field.source[lookedAt(setting, x)] === 1) return x }
      return 40
    }
    expect(Math.abs(parting() - 20)).toBeLessThan(0.3)
    setting.targets.wait[1] = 10
    setting.build()
    expect(Math.abs(parting() - (20 + (10 * 1.34) / 2))).toBeLessThan(0.3)
  })
})

const lookedAt = (setting: ReturnType<typeof fieldOf>, x: number): number => {
  const { rasters } = setting.grid
  return rasters.first[0]! + Math.floor((5 - rasters.originY[0]!) / 0.25) * rasters.columns[0]! + Math.floor((x - rasters.originX[0]!) / 0.25)
}
