import { describe, expect, test } from 'vitest'
import { lookDirection } from '../../src/render/axes'
import { cameraPoses } from '../../src/render/cameraPoses'
import { congestionColours, differenceColours, differenceScale, roadRamps } from '../../src/render/colours'
import { daylightAt } from '../../src/render/daylight'
import { nearestHit } from '../../src/render/picking'
import { buildVehicleModels } from '../../src/render/vehicleModels'
import { VehicleClass } from '../../src/sim'

describe('daylight', () => {
  test.each([[6.3, true], [12, true], [18.3, true], [5.5, false], [20, false], [0, false]])('at %d h the sun is up: %s', (hour, up) =>
    expect(daylightAt(hour * 3600).sunElevation > 0).toBe(up))

  test('the sun stands in the east in the morning, highest about 12:24, in the west in the evening', () => {
    expect(daylightAt(8 * 3600).sunDirection[0]).toBeGreaterThan(0.5)
    expect(daylightAt(17 * 3600).sunDirection[0]).toBeLessThan(-0.5)
    expect(daylightAt(12.4 * 3600).sunElevation).toBeGreaterThan(Math.max(daylightAt(12 * 3600).sunElevation, daylightAt(12.8 * 3600).sunElevation))
  })

  test('light changes without jumps', () => {
    let before = daylightAt(0)
    for (let seconds = 60; seconds <= 86400; seconds += 60) {
      const now = daylightAt(seconds)
      expect(Math.abs(now.lamps - before.lamps)).toBeLessThan(0.09)
      for (let c = 0; c < 3; c++) expect(Math.abs(now.horizon[c]! - before.horizon[c]!)).toBeLessThan(0.05)
      before = now
    }
  })
})

describe('colours', () => {
  const lightness = (text: string): number => {
    const [r, g, b] = [1, 3, 5].map(at => (parseInt(text.slice(at, at + 2), 16) / 255) ** 2.2)
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
  }
  test('slow is darker than free-flowing, so that the ramp reads without hue', () => {
    const [worst, bad, middle, good, free] = roadRamps.usual.congestion.map(lightness)
    expect(worst!).toBeLessThan(bad!)
    expect(bad!).toBeLessThan(middle!)
    expect(middle!).toBeLessThan(good!)
    expect(free!).toBeGreaterThan(bad!)
  })
  test('a standing link is red, a free one blue-green, an empty one faint', () => {
    const out = new Uint8Array(12)
    congestionColours(Uint8Array.of(0, 254, 255), out)
    expect(out[0]!).toBeGreaterThan(out[1]! * 3)
    expect(out[5]!).toBeGreaterThan(out[4]! * 3)
    expect(out[11]!).toBeLessThan(out[7]!)
  })
  test('differences: worse is red, better is blue, none is faint', () => {
    const out = new Uint8Array(12)
    const values = Float32Array.of(10, -10, 0)
    differenceColours(values, differenceScale(values), out)
    expect(Array.from(out.subarray(0, 3))).toEqual([1, 3, 5].map(at => parseInt(roadRamps.usual.difference[4]!.slice(at, at + 2), 16)))
    expect(Array.from(out.subarray(4, 7))).toEqual([1, 3, 5].map(at => parseInt(roadRamps.usual.difference[0]!.slice(at, at + 2), 16)))
    expect(out[11]!).toBeLessThan(60)
  })
})

describe('picking', () => {
  const side = 17
  const put = (bytes: Uint8Array, i: number, j: number, row: number, kind: number): void => bytes.set([row & 255, (row >> 8) & 255, row >> 16, kind * 32], (j * side + i) * 4)

  test('nothing near is nothing', () => expect(nearestHit(new Uint8Array(side * side * 4), side)).toBeNull())
  test('a road a few pixels off is hit', () => {
    const bytes = new Uint8Array(side * side * 4)
    put(bytes, 13, 8, 12618, 1)
    expect(nearestHit(bytes, side)).toEqual({ kind: 'link', row: 12618 })
  })
  test('a vehicle wins over the road below it, a road beside the pointer over a house under it', () => {
    const bytes = new Uint8Array(side * side * 4)
    for (let i = 0; i < side; i++) put(bytes, i, 8, 7, 1)
    put(bytes, 9, 8, 70_000, 2)
    expect(nearestHit(bytes, side)).toEqual({ kind: 'vehicle', row: 70_000 })
    bytes.fill(0)
    put(bytes, 8, 8, 3, 3)
    put(bytes, 10, 8, 9, 1)
    expect(nearestHit(bytes, side)).toEqual({ kind: 'link', row: 9 })
  })
})

test('a look to the north-east, down by 30 degrees', () => {
  const [x, y, z] = lookDirection(45, 30)
  expect(x).toBeCloseTo(y, 10)
  expect(z).toBeCloseTo(-0.5, 10)
})

test('fixed views have names of their own and look down at the ground', () => {
  expect(new Set(cameraPoses.map(({ name }) => name)).size).toBe(cameraPoses.length)
  for (const { pose } of cameraPoses) expect(pose.pitch).toBeGreaterThan(0)
})

test('2,000 models of vehicles stay under 1.2 million triangles, with normals that look outwards', () => {
  const models = buildVehicleModels()
  expect(models).toHaveLength(Object.keys(VehicleClass).length)
  for (const { triangles, position, normal } of models) {
    expect(triangles).toBeLessThan(600)
    let outwards = 0
    for (let i = 0; i < position.length; i += 9) {
      const x = (position[i]! + position[i + 3]! + position[i + 6]!) / 3, y = (position[i + 1]! + position[i + 4]! + position[i + 7]!) / 3
      outwards += Math.sign(x * 0.2 * normal[i]! + y * normal[i + 1]! + 0.01 * normal[i + 2]!)
    }
    expect(outwards).toBeGreaterThan(0)
  }
})
