import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { addRing, buildCity, coverageOf, newSums, readPack, type CityPiece, type MeshData, type Raster } from '../../src/city'
import { Part } from '../../src/city/geometry/buildingVertices'

const folder = resolve(import.meta.dirname, '../../assets/shenzhen')
let pieces: CityPiece[] = []
const of = <K extends CityPiece['kind']>(kind: K): Extract<CityPiece, { kind: K }>[] => pieces.filter(piece => piece.kind === kind) as never
const meshes = (): MeshData[] => pieces.flatMap(piece => {
  switch (piece.kind) {
    case 'terrain': return piece.meshes
    case 'roads': return piece.tiles.flatMap(tile => [tile.surface, tile.verge]).filter(mesh => mesh !== null)
    case 'structures': case 'trees': return piece.tiles.map(tile => tile.mesh)
    case 'buildings': return [piece.mesh]
    case 'metro': return piece.metro.lines ? [piece.metro.lines] : []
    default: return []
  }
})

describe('meshes of the shipped city', () => {
  beforeAll(async () => {
    const pack = await readPack(async file => new Uint8Array(readFileSync(resolve(folder, file))))
    await buildCity(pack, [0, 0], piece => {
      if (piece.kind === 'terrain') pieces = pieces.filter(({ kind }) => kind !== 'terrain') // the levelled ground replaces the bare one
      pieces.push(piece)
    }, { pause: async () => undefined, roadsStand: async () => undefined })
  }, 120_000)

  test('ground, roads and buildings come in this order', () => {
    const order = pieces.map(piece => piece.kind)
    expect(order.indexOf('terrain')).toBeLessThan(order.indexOf('roads'))
    expect(order.indexOf('roads')).toBeLessThan(order.indexOf('buildings'))
    expect(of('buildings').length).toBeGreaterThan(80)
  })

  test('buildings near the focus come first', () => {
    const distance = ({ origin }: MeshData): number => Math.hypot(origin[0], origin[1])
    const tiles = of('buildings').map(({ mesh }) => distance(mesh))
    expect(tiles).toEqual([...tiles].sort((a, b) => a - b))
  })

  test('at most 400 draw calls and 5 million triangles, all of it together', () => {
    const triangles = meshes().reduce((sum, mesh) => sum + mesh.triangles, 0)
    console.log(`meshes ${meshes().length}, triangles ${triangles}`)
    expect(meshes().length).toBeLessThanOrEqual(380) // agents, signals, sky, labels and stations take the rest
    expect(triangles).toBeLessThanOrEqual(5_000_000)
  })

  test('every index points at a vertex and every triangle is finite', () => {
    for (const mesh of meshes()) {
      const { array, itemSize } = mesh.attributes['position']!
      const vertices = array.length / itemSize
      for (const [name, attribute] of Object.entries(mesh.attributes)) expect(attribute.array.length / attribute.itemSize, name).toBe(vertices)
      let worst = 0
      for (const corner of mesh.index!) if (corner > worst) worst = corner
      expect(worst).toBeLessThan(vertices)
      if (array instanceof Float32Array) expect(array.every(Number.isFinite)).toBe(true)
    }
  })

  test('everything lies inside its bounding sphere', () => {
    for (const mesh of meshes()) {
      const { array, itemSize } = mesh.attributes['position']!
      const [x, y, z, radius] = mesh.sphere
      let worst = 0
      for (let i = 0; i < array.length; i += itemSize) {
        worst = Math.max(worst, Math.hypot(array[i]! * mesh.scale - x, array[i + 1]! * mesh.scale - y, array[i + 2]! * mesh.scale - z))
      }
      expect(worst).toBeLessThanOrEqual(radius + 0.1)
    }
  })

  test('paths have points in order, and a place on a path is where the network has it', () => {
    const { header, points } = of('paths')[0]!.paths
    for (let path = 0; path < 200; path++) {
      const first = header[path * 8]!, segments = header[path * 8 + 1]!, length = header[path * 8 + 2]!
      let sum = 0
      for (let i = first; i < first + segments; i++) {
        sum += Math.hypot(points[i * 4 + 4]! - points[i * 4]!, points[i * 4 + 5]! - points[i * 4 + 1]!)
      }
      expect(Math.abs(sum - length)).toBeLessThan(1 + length * 0.03)
    }
  })

  test('landmarks stand in their own shape: the roof of the Civic Centre is 486 m long, the masts of 地王大厦 reach 384 m', () => {
    const corners = of('buildings').flatMap(({ mesh: { attributes, origin, scale } }) => {
      const position = attributes['position']!.array, facts = attributes['facts']!.array
      const found: { x: number; y: number; z: number; part: number }[] = []
      for (let v = 0; v * 4 < position.length; v++) {
        found.push({ x: origin[0] + position[v * 4]! * scale, y: origin[1] + position[v * 4 + 1]! * scale, z: position[v * 4 + 2]! * scale, part: facts[v * 4 + 2]! })
      }
      return found
    })
    const wings = corners.filter(({ part }) => part === Part.wing)
    const reach = (values: readonly number[]): number => Math.max(...values) - Math.min(...values)
    expect(reach(wings.map(({ x }) => x))).toBeCloseTo(486, 0)
    expect(reach(wings.map(({ y }) => y))).toBeGreaterThan(140)
    const diwang = corners.filter(({ x, y }) => Math.hypot(x - 5854, y - 192) < 40)
    expect(Math.max(...diwang.map(({ z }) => z))).toBeCloseTo(384 + 9, -1)
  })

  test('the skyline is as high as its towers, and low where none stands', () => {
    const { x0, y0, cell, columns, height } = of('skyline')[0]!.skyline
    const at = (x: number, y: number): number => height[Math.floor((y - y0) / cell) * columns + Math.floor((x - x0) / cell)]!
    expect(at(180, -774)).toBeGreaterThan(590) // 平安金融中心
    expect(at(600, 60)).toBe(0) // the square before the Civic Centre
  })

  test('no tunnel is drawn and every name has a place', () => {
    const labels = of('labels')[0]!.labels
    expect(labels.length).toBeGreaterThan(300)
    for (const label of labels) expect(Number.isFinite(label.x + label.y + label.z)).toBe(true)
    expect(labels.some(label => label.zh === '深南大道')).toBe(true)
  })
})

describe('rasterise', () => {
  const raster: Raster = { x0: 0, y0: 0, cell: 1, columns: 8, rows: 8 }

  test('a rectangle covers exactly its area, whole cells and parts of cells', () => {
    const sums = newSums(raster)
    addRing(raster, sums, [1.25, 4.5, 4.5, 1.25], [2, 2, 5.5, 5.5], 0, 4)
    const coverage = coverageOf(raster, sums)
    expect(coverage.reduce((sum, value) => sum + value, 0)).toBeCloseTo(3.25 * 3.5, 4)
    expect(coverage[2 * 8 + 2]).toBeCloseTo(1, 5)
    expect(coverage[2 * 8 + 1]).toBeCloseTo(0.75, 5)
    expect(coverage[5 * 8 + 4]).toBeCloseTo(0.25, 5)
  })

  test('a ring that runs the other way is a hole, and what hangs over the edge is cut', () => {
    const sums = newSums(raster)
    addRing(raster, sums, [-5, 20, 20, -5], [-5, -5, 20, 20], 0, 4)
    addRing(raster, sums, [2, 2, 6, 6], [2, 6, 6, 2], 0, 4)
    const coverage = coverageOf(raster, sums)
    expect(coverage.reduce((sum, value) => sum + value, 0)).toBeCloseTo(64 - 16, 4)
  })

  test('a sloping edge shares its cells', () => {
    const sums = newSums(raster)
    addRing(raster, sums, [0, 8, 0], [0, 0, 8], 0, 3)
    expect(coverageOf(raster, sums).reduce((sum, value) => sum + value, 0)).toBeCloseTo(32, 3)
  })
})
