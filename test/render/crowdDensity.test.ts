import { describe, expect, test } from 'vitest'
import { fruinRamp } from '../../src/render/colours'
import { CrowdDensity, DENSITY_CELLS } from '../../src/render/crowdDensity'
import { fruinRoom, PersonBit } from '../../src/sim'

/** Words of people at places. */
function words(people: readonly (readonly [number, number, number])[]): { state: Uint32Array; places: Float32Array; slots: number } {
  const state = new Uint32Array(people.length * 4), places = new Float32Array(state.buffer)
  for (const [slot, place] of people.entries()) {
    places.set(place, slot * 4)
    state[slot * 4 + 3] = PersonBit.present >>> 0
  }
  return { state, places, slots: people.length }
}
const counted = (people: readonly (readonly [number, number, number])[], cell = 1, low = -1e6, high = 1e6): CrowdDensity => {
  const density = new CrowdDensity()
  density.place(-100, -100, cell, () => low, high)
  const { state, places, slots } = words(people)
  density.count(state, places, slots)
  return density
}
/** `perSide` times `perSide` people evenly on a square of `side` m. */
const evenly = (side: number, perSide: number): [number, number, number][] =>
  Array.from({ length: perSide * perSide }, (_, i) => [((i % perSide) + 0.5) * (side / perSide), (Math.floor(i / perSide) + 0.5) * (side / perSide), 0])

describe('density on the ground', () => {
  test.each([[1, 20], [2, 40], [4, 80]] as const)('%d times as many a metre are the square of that a square metre', (perMetre, perSide) => {
    const density = counted(evenly(20, perSide))
    expect(density.at(10, 10)).toBeCloseTo(Math.min(255 / 32, perMetre * perMetre), 1)
    expect(density.at(30, 30)).toBe(0)
    expect(density.persons).toBe(perSide * perSide)
  })

  test('cells of two metres tell the same', () => expect(counted(evenly(40, 80), 2).at(20, 20)).toBeCloseTo(4, 1))

  test('one person is a ninth of a person in each of nine cells', () => {
    const density = counted([[0.5, 0.5, 0]])
    expect(density.bytes.reduce((sum, byte) => sum + byte, 0)).toBe(9 * Math.round(32 / 9))
    expect(density.at(-0.5, 1.5)).toBeCloseTo(1 / 9, 1)
    expect(density.at(2.5, 0.5)).toBe(0)
  })

  test('who is on another floor, beyond the square or gone does not count', () => {
    expect(counted([[0, 0, -7], [0, 0, 3]], 1, -1, 4).persons).toBe(1)
    expect(counted([[-101, 0, 0], [DENSITY_CELLS, 0, 0]]).persons).toBe(0)
    const { state, places, slots } = words([[0, 0, 0]])
    state[3] = 0
    const density = new CrowdDensity()
    density.place(-100, -100, 1, () => -1e6, 1e6)
    density.count(state, places, slots)
    expect(density.persons).toBe(0)
  })

  test('a second count forgets the first, and the last row is that of its neighbours alone', () => {
    const density = counted([[0.5, DENSITY_CELLS - 100.5, 0]])
    expect(density.at(0.5, DENSITY_CELLS - 100.5)).toBeGreaterThan(0)
    const { state, places, slots } = words([[50, 50, 0]])
    density.count(state, places, slots)
    expect(density.at(0.5, DENSITY_CELLS - 100.5)).toBe(0)
    expect(density.at(50, 50)).toBeGreaterThan(0)
  })
})

test('Fruin colours get darker from level to level, one for each', () => {
  expect(fruinRamp).toHaveLength(fruinRoom.walkway.length + 1)
  const lightness = fruinRamp.map(text => {
    const [r, g, b] = [1, 3, 5].map(at => (parseInt(text.slice(at, at + 2), 16) / 255) ** 2.2)
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  })
  for (let k = 1; k < lightness.length; k++) expect(lightness[k]!).toBeLessThan(lightness[k - 1]! * 0.85)
})
