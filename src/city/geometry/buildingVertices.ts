import earcut from 'earcut'
import { GrowingArray, growingIndex, sphereOf, type MeshData } from './meshData'
import { TILE_SCALE } from './tiles'

/** How a building is dressed by the shader. */
export const Look = { apartment: 0, office: 1, mall: 2, industrial: 3, house: 4, civic: 5, hall: 6 } as const

/** Part of a building, in `facts`: what the shader paints on the face. */
export const Part = { wall: 0, roof: 1, plant: 2, pitched: 3, wing: 4, painted: 5, shell: 6 } as const

export const SUNK = 1.5 // m that walls go into the ground, so that slopes leave no gap
const WALL_UNIT = 8 // units a metre of the distance along the wall

/** Vertices of the buildings of a tile; see buildBuildings for their layout. */
export class BuildingVertices {
  readonly position = new GrowingArray(length => new Int16Array(length), 65536)
  readonly facts = new GrowingArray(length => new Uint8Array(length), 65536)
  readonly extent = new GrowingArray(length => new Uint16Array(length), 32768)
  readonly row = new GrowingArray(length => new Float32Array(length), 16384)
  readonly index = growingIndex()
  look = 0; seed = 0; ground = 0; height = 0; building = 0

  constructor(readonly centre: readonly [number, number]) {}
  get count(): number { return this.row.length }

  vertex(x: number, y: number, z: number, along: number, part: number): number {
    this.position.push(Math.round((x - this.centre[0]) / TILE_SCALE), Math.round((y - this.centre[1]) / TILE_SCALE), Math.round(z / TILE_SCALE), Math.min(32767, Math.round(along * WALL_UNIT)))
    this.facts.push(this.look, this.seed, part, 0)
    this.extent.push(Math.round(this.ground / TILE_SCALE), Math.min(65535, Math.round(this.height / TILE_SCALE)))
    this.row.push(this.building)
    return this.row.length - 1
  }

  take(): MeshData | null {
    if (this.index.length === 0) return null
    const position = this.position.take()
    return {
      attributes: {
        position: { array: position, itemSize: 4 },
        facts: { array: this.facts.take(), itemSize: 4 },
        extent: { array: this.extent.take(), itemSize: 2 },
        row: { array: this.row.take(), itemSize: 1 },
      },
      index: this.index.take(), origin: [this.centre[0], this.centre[1], 0], scale: TILE_SCALE,
      sphere: sphereOf(position, 4, position.length / 4, TILE_SCALE), triangles: this.index.length / 3,
    }
  }
}

export function walls(out: BuildingVertices, ring: Float64Array, bottom: number, top: number, part: number = Part.wall): void {
  const n = ring.length / 2
  const first = out.count
  let along = 0
  for (let i = 0; i <= n; i++) {
    const a = (i % n) * 2
    if (i > 0) { const b = (i - 1) * 2; along += Math.hypot(ring[a]! - ring[b]!, ring[a + 1]! - ring[b + 1]!) }
    out.vertex(ring[a]!, ring[a + 1]!, bottom, along, part)
    out.vertex(ring[a]!, ring[a + 1]!, top, along, part)
  }
  for (let i = 0; i < n; i++) {
    const a = first + 2 * i
    out.index.push(a, a + 2, a + 3, a, a + 3, a + 1)
  }
}

export function roof(out: BuildingVertices, rings: readonly Float64Array[], z: number, part: number = Part.roof): void {
  const flat: number[] = [], holes: number[] = []
  const first = out.count
  for (const [k, ring] of rings.entries()) {
    if (k > 0) holes.push(flat.length / 2)
    for (let i = 0; i < ring.length; i += 2) {
      flat.push(ring[i]!, ring[i + 1]!)
      out.vertex(ring[i]!, ring[i + 1]!, z, 0, part)
    }
  }
  for (const corner of earcut(flat, holes.length > 0 ? holes : undefined)) out.index.push(first + corner)
}

export function plant(out: BuildingVertices, ring: Float64Array, bottom: number, top: number): void {
  walls(out, ring, bottom, top, Part.plant)
  roof(out, [ring], top, Part.plant)
}

export function areaOf(ring: Float64Array): number {
  let area = 0
  const n = ring.length
  const x0 = ring[0]!, y0 = ring[1]!
  for (let i = 0; i < n; i += 2) area += (ring[i]! - x0) * (ring[(i + 3) % n]! - y0) - (ring[(i + 2) % n]! - x0) * (ring[i + 1]! - y0)
  return area / 2
}

export function middleOf(ring: Float64Array): [number, number] {
  let x = 0, y = 0
  for (let i = 0; i < ring.length; i += 2) { x += ring[i]!; y += ring[i + 1]! }
  return [(x * 2) / ring.length, (y * 2) / ring.length]
}

export const scaled = (ring: Float64Array, cx: number, cy: number, scale: number): Float64Array =>
  ring.map((value, i) => (i % 2 === 0 ? cx + (value - cx) * scale : cy + (value - cy) * scale))

export const square = (x: number, y: number, half: number): Float64Array =>
  Float64Array.of(x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half)


/** A wall through rings of the same number of corners, one above the other. */
export function sweep(out: BuildingVertices, levels: readonly { readonly ring: Float64Array; readonly z: number }[], part: number = Part.wall): void {
  const base = levels[0]!.ring
  const n = base.length / 2
  let before = -1
  for (const { ring, z } of levels) {
    const first = out.count
    let along = 0
    for (let i = 0; i <= n; i++) {
      const a = (i % n) * 2
      if (i > 0) { const b = (i - 1) * 2; along += Math.hypot(base[a]! - base[b]!, base[a + 1]! - base[b + 1]!) }
      out.vertex(ring[a]!, ring[a + 1]!, z, along, part)
    }
    if (before >= 0) {
      for (let i = 0; i < n; i++) {
        const a = before + i, b = first + i
        out.index.push(a, a + 1, b + 1)
        out.index.push(a, b + 1, b)
      }
    }
    before = first
  }
}
