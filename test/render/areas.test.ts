import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { AreaLift } from '../../src/render/areaLift'
import { AreaPart, buildArea, heightOn, planArea } from '../../src/render/areaMeshes'
import { loadAreas, readPack, type CityArea, type MeshData } from '../../src/city'
import type { Floor, Point, WalkSpace } from '../../src/sim'

const square = (west: number, south: number, side: number): Point[] => [[west, south], [west + side, south], [west + side, south + side], [west, south + side]]
const level = (id: string, height: number, outlines: readonly (readonly Point[])[]): Floor => ({ id, height, outlines, surface: 'level', cell: 0.5 })
const stairs: Floor = { id: 'stairs', height: -2, outlines: [[[40, 40], [44, 40], [44, 50], [40, 50]]], surface: 'stairs', cell: 0.25, ascent: { from: [42, 50], to: [42, 40], rise: 6 } }
/** A square on sloping ground with a stair down to a hall. */
const space: WalkSpace = {
  floors: [level('ground', 4, [square(0, 0, 100), [[40, 40], [44, 40], [44, 50], [40, 50]]]), stairs, level('hall', -2, [[[38, 50], [46, 50], [46, 60], [38, 60]]])],
  joins: [{ id: 'head', floors: ['ground', 'stairs'], line: [[40, 40], [44, 40]] }, { id: 'foot', floors: ['stairs', 'hall'], line: [[40, 50], [44, 50]] }],
  barriers: [{ id: 'bar', floor: 'ground', line: [[10, 10], [20, 10]], lets: 'none', closed: true }, { id: 'open', floor: 'ground', line: [[10, 20], [20, 20]], lets: 'none', closed: false }],
  gates: [{ id: 'gate', floor: 'hall', line: [[40, 55], [44, 55]], lanes: 4, service: 2, lets: 'both', open: true }],
  queues: [], lifts: [], goals: [{ id: 'portal:1', floor: 'ground', shape: [[0.4, 10], [0.4, 20]], kind: 'exit', open: true }],
}
const area: CityArea = { id: 'test', name: '试', nameEn: 'test', venue: null, space, portals: [], figures: [] } as unknown as CityArea
const slope = (x: number): number => 3 + x * 0.02 // 3 m in the west, 5 m in the east

const face = (mesh: MeshData, wanted: number, visit: (area: number, z: number, normalZ: number) => void): void => {
  const { position, part, normal } = Object.fromEntries(Object.entries(mesh.attributes).map(([name, { array }]) => [name, array as Float32Array]))
  for (let i = 0; i < part!.length / 3; i += 3) {
    if (part![i * 3] !== wanted) continue
    const p = (k: number, c: number): number => position![(i + k) * 3 + c]!
    const flat = ((p(1, 0) - p(0, 0)) * (p(2, 1) - p(0, 1)) - (p(2, 0) - p(0, 0)) * (p(1, 1) - p(0, 1))) / 2
    visit(flat, (p(0, 2) + p(1, 2) + p(2, 2)) / 3, normal![i * 3 + 2]!)
  }
}
const flatArea = (mesh: MeshData, part: number): number => {
  let sum = 0
  face(mesh, part, (flat, _, up) => { if (up > 0.5) sum += Math.abs(flat) })
  return sum
}

describe('a square with stairs to a hall', () => {
  const plan = planArea(space, slope)
  const lift = new AreaLift(plan, slope)
  const mesh = buildArea(area, plan, (x, y, z) => lift.at(x, y, z))

  test('the square lies under the sky, the hall does not, and the ground gives way over the stairs', () => {
    expect(plan.open.map(({ id }) => id)).toEqual(['ground'])
    expect(plan.pits).toEqual([{ ring: space.floors[0]!.outlines[1], bottom: -2 }])
  })

  test('floors are drawn on the ground, the lift fades along the stairs and ends in the hall', () => {
    expect(lift.at(10, 50, 4)).toBeCloseTo(3.2 - 4, 1)
    expect(lift.at(90, 50, 4)).toBeCloseTo(4.8 - 4, 1)
    expect(lift.at(90, 50, 1.5)).toBeCloseTo(0.4, 1)
    expect(lift.at(90, 50, -2)).toBe(0)
    expect(lift.at(500, 50, 4)).toBe(0)
  })

  test('what is drawn of a floor is as large as the floor', () => {
    expect(flatArea(mesh, AreaPart.paving)).toBeCloseTo(100 * 100 - 40, 0)
    expect(flatArea(mesh, AreaPart.hall)).toBeCloseTo(80, 1)
    expect(flatArea(mesh, AreaPart.stair)).toBeCloseTo(40, 1)
  })

  test('steps rise evenly from the foot to the head', () => {
    let low = Infinity, high = -Infinity
    face(mesh, AreaPart.stair, (_, z, up) => { if (up > 0.5) { low = Math.min(low, z); high = Math.max(high, z) } })
    expect(low).toBeGreaterThan(-2)
    expect(low).toBeLessThan(-1.7)
    expect(high).toBeGreaterThan(3.3)
    expect(high).toBeLessThan(4.1)
    expect(heightOn(stairs, 42, 45)).toBeCloseTo(1, 9)
  })

  test('a closed barrier stands striped, an open one not at all; the exit is marked', () => {
    expect(flatArea(mesh, AreaPart.closed)).toBeGreaterThan(1)
    expect(flatArea(mesh, AreaPart.edge)).toBeGreaterThan(0)
    expect(flatArea(mesh, AreaPart.exit)).toBeCloseTo(5, 1)
    let parts = 0
    face(mesh, AreaPart.gate, () => { parts++ })
    expect(parts).toBe(5 * 10) // five cabinets between four lanes
  })
})

describe('the areas of the shipped city', () => {
  let areas: CityArea[] = []
  beforeAll(async () => {
    const folder = resolve(import.meta.dirname, '../../assets/shenzhen')
    areas = await loadAreas(await readPack(async file => new Uint8Array(readFileSync(resolve(folder, file)))))
  })

  test('each becomes one mesh of fewer than 100,000 triangles without a hole in its numbers', () => {
    expect(areas.length).toBeGreaterThan(1)
    for (const one of areas) {
      const street = one.space.floors.find(({ id }) => id === 'ground')?.height ?? 5
      const plan = planArea(one.space, () => street + 0.5)
      const lift = new AreaLift(plan, () => street + 0.5)
      const mesh = buildArea(one, plan, (x, y, z) => lift.at(x, y, z))
      expect(mesh.triangles).toBeGreaterThan(500)
      expect(mesh.triangles).toBeLessThan(100_000)
      for (const { array } of Object.values(mesh.attributes)) expect(array.every(Number.isFinite)).toBe(true)
    }
  })

  test('the ground gives way over the four entrances of the station and over the bowl of the stadium', () => {
    const pitsOf = (id: string): number => planArea(areas.find(one => one.id === id)!.space, () => (id === 'civic-center' ? 5 : 2.6)).pits.length
    expect(pitsOf('civic-center')).toBeGreaterThanOrEqual(3)
    expect(pitsOf('bay-sports')).toBeGreaterThanOrEqual(1)
  })
})
