import { describe, expect, test } from 'vitest'
import type { CityArea } from '../../src/city'
import type { ScenarioEdit } from '../../src/scenario'
import { marksOfEdits } from '../../src/ui/model/marksOfEdits'
import { canEnd, emptySketch, stepSketch, type Sketch, type SketchStep } from '../../src/ui/model/sketch'
import { crossesItself, ringArea } from '../../src/scenario'
import { groundsOf, lengthOf, octantAcross, positionOf, snapToGround, stretchOfEdge, type Point } from '../../src/ui/model/walkGround'
import type { Drawn } from '../../src/ui/stores/viewSlice'

const square = (west: number, south: number, side: number): Point[] => [[west, south], [west + side, south], [west + side, south + side], [west, south + side]]
const floor = (id: string, height: number, ring: readonly Point[]) => ({ id, height, outlines: [ring], surface: 'level', cell: 0.5 })
/** A square with a hall beneath its middle. */
const area = { id: 'place', name: '广场', nameEn: 'Place', venue: '', portals: [], figures: [], space: { floors: [floor('ground', 4, square(0, 0, 100)), floor('hall:concourse', -3, square(40, 40, 20))], joins: [], barriers: [], gates: [], queues: [], lifts: [], goals: [] } } as unknown as CityArea
const grounds = groundsOf([area])
const draw = (what: Drawn, ...steps: readonly SketchStep[]): Sketch => steps.reduce((sketch, step) => stepSketch(what, sketch, step), emptySketch)
const point = (x: number, y: number): SketchStep => ({ kind: 'point', at: [x, y], ground: 'place/ground', near: 2 })

describe('a sketch', () => {
  test('a gate is finished by its second point, a barrier by ending it', () => {
    expect(draw('gate', point(1, 1), point(9, 1)).finished).toBe(true)
    const fence = draw('barrier', point(1, 1), point(9, 1), point(9, 5))
    expect([fence.finished, lengthOf(fence.points)]).toEqual([false, 12])
    expect(stepSketch('barrier', fence, { kind: 'end' }).finished).toBe(true)
  })

  test('the second click of a double click makes no second point', () => expect(draw('barrier', point(1, 1), point(9, 1), point(9.1, 1)).points.length).toBe(2))

  test('one point makes no line: nothing ends before there are enough', () => expect(draw('barrier', point(1, 1), { kind: 'end' }).finished).toBe(false))

  test('points are taken back one by one, and the last lets the line begin on another ground', () => {
    const back = draw('barrier', point(1, 1), point(9, 1), { kind: 'back' })
    expect([back.points.length, back.ground]).toEqual([1, 'place/ground'])
    expect(stepSketch('barrier', back, { kind: 'back' }).ground).toBe(null)
  })

  test('a finished one takes no point, but a point back opens it again', () => {
    const gate = draw('gate', point(1, 1), point(9, 1))
    expect(stepSketch('gate', gate, point(5, 5))).toBe(gate)
    expect(stepSketch('gate', gate, { kind: 'back' }).finished).toBe(false)
  })

  test('a ground is closed by a click on its first corner, unless its edge would cross itself', () => {
    expect(draw('ground', point(0, 0), point(10, 0), point(10, 10), point(0.5, 0.5)).finished).toBe(true)
    const bow = draw('ground', point(0, 0), point(10, 10), point(10, 0), point(0, 10))
    expect([crossesItself(bow.points), canEnd('ground', bow)]).toEqual([true, false])
  })
})

describe('ground to walk on', () => {
  const open = { shown: null, on: null, pixel: 0.1 }
  test('a place in the open stays where it is; one beside the edge moves on to it; one far away is refused', () => {
    expect(snapToGround(grounds, [], [50, 50], open)).toMatchObject({ at: [50, 50], onEdge: false, ground: { id: 'place/ground' } })
    expect(snapToGround(grounds, [], [99.7, 50], open)).toMatchObject({ at: [100, 50], onEdge: true })
    expect(snapToGround(grounds, [], [102, 50], open)?.at).toEqual([100, 50])
    expect(snapToGround(grounds, [], [160, 50], open)).toBe(null)
  })

  test('the end of another line draws what is near on to itself', () => expect(snapToGround(grounds, [[50.3, 50]], [50, 50], open)?.at).toEqual([50.3, 50]))

  test('a level that is shown is drawn on, and a line keeps to the ground that it began on', () => {
    const hall = { ...open, shown: [-3.5, 0] as const }
    expect(snapToGround(grounds, [], [50, 50], hall)?.ground.id).toBe('place/hall:concourse')
    expect(snapToGround(grounds, [], [50, 50], { ...hall, on: 'place/ground' })?.ground.id).toBe('place/ground')
  })

  test('an exit is a stretch of the edge of its width, around the place that was clicked, and never around a corner', () => {
    const ring = square(0, 0, 100)
    expect(stretchOfEdge(ring, [50, -2], 6)).toEqual([[47, 0], [53, 0]])
    expect(stretchOfEdge(ring, [99, 0.1], 6)).toEqual([[94, 0], [100, 0]])
    expect(ringArea(ring)).toBe(10_000)
  })
})

test('whoever crosses an eastbound line to its left goes north', () => {
  expect(octantAcross([[0, 0], [10, 0]], 'toLeft')).toBe(0)
  expect(octantAcross([[0, 0], [10, 0]], 'toRight')).toBe(4)
})

test('what stands now is marked as standing, what comes later as planned; what is over or off is not on the map', () => {
  const barrier = (id: string, start: string, end: string, enabled = true): ScenarioEdit => ({ kind: 'barrier', id, enabled, window: { start, end }, line: [positionOf([10, 10]), positionOf([20, 10])], passage: 'toLeft' })
  const marks = marksOfEdits([barrier('now', '08:00', '10:00'), barrier('later', '11:00', '12:00'), barrier('over', '06:00', '07:00'), barrier('off', '08:00', '10:00', false)], 9 * 3600, [area], grounds)
  expect(marks.map(({ id, kind, state }) => [id, kind, state])).toEqual([['now', 'oneWay', 'standing'], ['later', 'oneWay', 'planned']])
  expect(lengthOf(marks[0]!.points)).toBeCloseTo(10, 1)
})
