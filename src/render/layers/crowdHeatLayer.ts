import { BufferAttribute, BufferGeometry, Color, Group, LinearFilter, Mesh, Sphere, Vector3, Vector4, type Camera } from 'three'
import { fruinRoom } from '../../sim'
import { fruinRamp } from '../colours'
import { CrowdDensity, DENSITY_BYTES, DENSITY_CELLS } from '../crowdDensity'
import { cityMaterial } from '../material'
import { crowdHeatFragment, crowdHeatVertex } from '../shaders/crowdHeat'
import { byteTexture } from '../textures'
import type { SharedUniforms } from '../uniforms'
import type { PeopleLayer } from './peopleLayer'

export type CrowdHeatMode = 'none' | 'levels' | 'density'
export interface CrowdPlace { readonly x: number; readonly y: number; readonly density: number }

const EVERY = 450 // ms between two counts
const SNAP = 32 // cells by which the square moves
const QUADS = 64 // a side, that bend with the ground
const CELLS = [[700, 1], [2500, 2], [9000, 8]] as const // m to what is looked at, and the cells that are counted up to there, m
const OVER = 0.3 // m above the ground, to lie over carriageways
const BELOW = 2.5 // m below the ground from where people are underground

/** How densely people stand, on the ground around what the camera looks at: counted twice a second. */
export class CrowdHeatLayer {
  readonly group = new Group()
  readonly density = new CrowdDensity()
  groundAt: (x: number, y: number) => number = () => 0
  readonly #own
  readonly #mesh
  readonly #position
  #mode: CrowdHeatMode = 'none'
  #floors: readonly [low: number, high: number] | null = null
  #countedAt = -1e9
  #placed = ''
  #level = 0
  readonly #ahead = new Vector3()

  constructor(shared: SharedUniforms) {
    const texture = byteTexture(this.density.bytes, DENSITY_CELLS, DENSITY_CELLS, 1)
    texture.minFilter = texture.magFilter = LinearFilter
    this.#own = {
      uDensity: { value: texture }, uSquare: { value: new Vector4() }, uHeatMode: { value: 0 }, uThrough: { value: 0 },
      uBounds: { value: fruinRoom.walkway.map(room => 1 / room) }, uLevels: { value: fruinRamp.map(colour => { const { r, g, b } = new Color(colour); return new Vector3(r, g, b) }) },
    }
    const geometry = new BufferGeometry()
    this.#position = new BufferAttribute(new Float32Array((QUADS + 1) ** 2 * 3), 3)
    geometry.setAttribute('position', this.#position)
    const index = new Uint16Array(QUADS * QUADS * 6)
    for (let j = 0, k = 0; j < QUADS; j++) {
      for (let i = 0; i < QUADS; i++) {
        const a = j * (QUADS + 1) + i, b = a + QUADS + 1
        for (const corner of [a, a + 1, b + 1, a, b + 1, b]) index[k++] = corner
      }
    }
    geometry.setIndex(new BufferAttribute(index, 1))
    geometry.boundingSphere = new Sphere(new Vector3(), Infinity)
    this.#mesh = new Mesh(geometry, cityMaterial(shared, 'crowd density', crowdHeatVertex, crowdHeatFragment, this.#own, { transparent: true, depthWrite: false }))
    this.#mesh.frustumCulled = false
    this.#mesh.matrixAutoUpdate = false
    this.#mesh.renderOrder = 4.4
    this.#mesh.visible = false
    this.group.add(this.#mesh)
  }

  setMode(mode: CrowdHeatMode): void {
    this.#mode = mode
    this.#own.uHeatMode.value = mode === 'density' ? 1 : 0
    this.#countedAt = -1e9
    this.#mesh.visible = false
  }

  setFloors(range: readonly [low: number, high: number] | null): void {
    this.#floors = range
    this.#own.uThrough.value = range ? 1 : 0
    this.#placed = ''
    this.#countedAt = -1e9
  }

  /** p/m² at a place; null while nothing is counted. */
  densityAt(x: number, y: number): number | null { return this.#mesh.visible ? this.density.at(x, y) : null }

  /** Where people stand most densely of what is counted, p/m². */
  densest(): CrowdPlace | null {
    const { densest, west, south, cell, bytes } = this.density
    if (!this.#mesh.visible || densest < 0) return null
    return { x: west + ((densest % DENSITY_CELLS) + 0.5) * cell, y: south + (Math.floor(densest / DENSITY_CELLS) + 0.5) * cell, density: bytes[densest]! / DENSITY_BYTES }
  }

  update(people: PeopleLayer, camera: Camera, time: number): void {
    if (this.#mode === 'none' || people.slotsUsed === 0) { this.#mesh.visible = false; return }
    if (Math.abs(time - this.#countedAt) < EVERY) return
    this.#countedAt = time
    this.#place(camera)
    const { density } = this
    density.count(people.state, people.places, people.slotsUsed)
    this.#own.uDensity.value.needsUpdate = true
    this.#mesh.visible = density.persons > 0
    if (this.#floors && density.persons > 0 && Math.abs(density.meanZ - this.#level) > 0.1) this.#lay(density.meanZ)
  }

  /** Lays the square around where the camera looks at the ground. */
  #place(camera: Camera): void {
    const { x, y, z } = camera.position
    camera.getWorldDirection(this.#ahead)
    const level = this.#floors ? this.#floors[0] : this.groundAt(x, y)
    const reach = Math.min(9000, (z - level) / Math.max(0.12, -this.#ahead.z))
    const cell = (CELLS.find(([distance]) => reach < distance) ?? CELLS[2])[1], step = SNAP * cell, half = (DENSITY_CELLS / 2) * cell
    const ahead = Math.min(reach, half * 0.9)
    const west = Math.round((x + this.#ahead.x * ahead - half) / step) * step, south = Math.round((y + this.#ahead.y * ahead - half) / step) * step
    const placed = `${west} ${south} ${cell}`
    if (placed === this.#placed) return
    this.#placed = placed
    const floors = this.#floors
    this.density.place(west, south, cell, floors ? () => floors[0] : (px, py) => this.groundAt(px, py) - BELOW, floors ? floors[1] : 1e6)
    this.#own.uSquare.value.set(west, south, 1 / (DENSITY_CELLS * cell), cell)
    this.#lay(this.#level)
  }

  /** Lays the mesh of the square on the ground, or where a level is shown at its height, m above the sea. */
  #lay(level: number): void {
    this.#level = level
    const { west, south, cell } = this.density
    const side = (DENSITY_CELLS * cell) / QUADS, position = this.#position.array
    for (let j = 0, k = 0; j <= QUADS; j++) {
      for (let i = 0; i <= QUADS; i++, k += 3) {
        const x = west + i * side, y = south + j * side
        position[k] = x
        position[k + 1] = y
        position[k + 2] = this.#floors ? level : this.groundAt(x, y) + OVER
      }
    }
    this.#position.needsUpdate = true
  }
}
