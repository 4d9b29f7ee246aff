import { describe, expect, test } from 'vitest'
import { placeProps, Prop, PROP_FLOATS } from '../../src/render/closureProps'
import { isHidden } from '../../src/render/sight'

/**
 * Lanes of straight eastbound links: [link, x of the start, x of the end, y]. Lane rows are their places in the list;
 * a turn follows, so that the last lane has a neighbour in the table that is none.
 */
function paths(lanes: readonly (readonly [link: number, from: number, to: number, y: number])[]) {
  const header = new Float32Array((lanes.length + 1) * 8), points = new Float32Array((lanes.length + 1) * 8)
  for (const [lane, [link, from, to, y]] of lanes.entries()) {
    header.set([lane * 2, 1, to - from, 0, link, 1.75, 0, 0], lane * 8)
    points.set([from, y, 4, 0, to, y, 4, 0], lane * 8)
  }
  header.set([0, 1, 5, 0, 0, 1.75, 0, 1], lanes.length * 8)
  return { header, points, headerHeight: 1, pointsHeight: 1, width: 2048, origin: [0, 0] as const }
}
const props = (closed: readonly number[], lanes: Parameters<typeof paths>[0]) => {
  const floats = placeProps(closed, paths(lanes))
  return Array.from({ length: floats.length / PROP_FLOATS }, (_, i) => ({ x: floats[i * PROP_FLOATS]!, y: floats[i * PROP_FLOATS + 1]!, kind: floats[i * PROP_FLOATS + 6]! }))
}

describe('what stands on closed roads', () => {
  test('nothing on open ones', () => expect(props([], [[0, 0, 200, 0]])).toEqual([]))

  test('a whole road is barred on every lane, where traffic would drive in and at its end', () => {
    const found = props([0, 1], [[0, 0, 200, 0], [0, 0, 200, 3.5]])
    expect(found.every(({ kind }) => kind === Prop.barrier)).toBe(true)
    expect(found.map(({ x }) => Math.round(x)).sort((a, b) => a - b)).toEqual([3, 3, 199, 199])
  })

  test('no barrier where one link only becomes the next, one more where a side road could come in', () => {
    expect(props([0, 1], [[0, 0, 200, 0], [1, 200, 400, 0]]).map(({ x }) => Math.round(x)).sort((a, b) => a - b)).toEqual([3, 399])
    expect(props([0, 1], [[0, 0, 200, 0], [1, 230, 400, 0]]).map(({ x }) => Math.round(x)).sort((a, b) => a - b)).toEqual([3, 233, 399])
  })

  test('one lane of two: cones stand on the line between them', () => {
    const cones = props([0], [[0, 0, 200, 0], [0, 0, 200, 3.5]]).filter(({ kind }) => kind === Prop.cone)
    expect(cones.length).toBeGreaterThan(15)
    for (const { y } of cones) expect(y).toBeCloseTo(1.4, 3)
  })
})

describe('what hides a place', () => {
  const flat = (): number => 0
  const wall = { x0: 0, y0: 0, cell: 20, columns: 50, rows: 50, height: new Float32Array(2500) }
  for (let j = 0; j < 50; j++) wall.height[j * 50 + 25] = 100 // a row of houses, 100 m high, at x 500 to 520
  const eye = { x: 900, y: 500, z: 60 }

  test('a house between it and the eye does', () => expect(isHidden(300, 500, 5, eye, flat, wall, 100)).toBe(true))
  test('a house behind it does not', () => expect(isHidden(600, 500, 5, eye, flat, wall, 100)).toBe(false))
  test('nor does one that the eye looks over', () => expect(isHidden(300, 500, 5, { ...eye, z: 900 }, flat, wall, 100)).toBe(false))
  test('nor the one that it names', () => expect(isHidden(510, 500, 108, eye, flat, wall, 100)).toBe(false))
  test('a hill does', () => expect(isHidden(300, 500, 5, eye, x => (Math.abs(x - 600) < 60 ? 80 : 0), null, 900)).toBe(true))
})
