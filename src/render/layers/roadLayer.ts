import { Group, type DataTexture, type IUniform, type Material } from 'three'
import type { MeshData, RoadTile, StructureTile } from '../../city'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import { roadFragment, roadVertex, structureFragment, structureVertex, vergeFragment } from '../shaders/road'
import { byteTexture, floatTexture } from '../textures'
import type { SharedUniforms } from '../uniforms'

export type RoadColourMode = 'none' | 'congestion' | 'difference'

const Flag = { highlighted: 1, closed: 2, hovered: 4 } as const

/** Carriageways, margins, bridges; colours and marks of single roads are texels, so changing one costs four bytes. */
export class RoadLayer {
  readonly group = new Group()
  readonly #surface
  readonly #verge
  readonly #structure
  readonly #own: Record<string, IUniform>
  #links = 0
  #colours: DataTexture | null = null
  #flags: DataTexture | null = null

  constructor(shared: SharedUniforms) {
    this.#own = {
      uLinks: { value: shared.blank }, uLinkColour: { value: shared.blank }, uLinkFlags: { value: shared.blank },
      uColourOn: { value: 0 }, uWiden: { value: 1 },
    }
    this.#surface = cityMaterial(shared, 'road', roadVertex, roadFragment, { ...this.#own, uPull: { value: 0.25 } }, { transparent: true, depthWrite: true })
    this.#verge = cityMaterial(shared, 'verge', roadVertex, vergeFragment, { ...this.#own, uPull: { value: 0.05 } })
    this.#structure = cityMaterial(shared, 'structure', structureVertex, structureFragment)
  }

  /** Uniforms with the link textures, for the picking pass. */
  get uniforms(): Record<string, IUniform> { return this.#own }
  get links(): number { return this.#links }

  setLinks(data: Float32Array<ArrayBuffer>, width: number, height: number, links: number): void {
    this.#links = links
    this.#own['uLinks']!.value = floatTexture(data, width, height)
    const rows = Math.max(1, Math.ceil(links / 256))
    this.#colours = byteTexture(new Uint8Array(256 * rows * 4), 256, rows, 4)
    this.#flags = byteTexture(new Uint8Array(256 * rows), 256, rows, 1)
    this.#own['uLinkColour']!.value = this.#colours
    this.#own['uLinkFlags']!.value = this.#flags
  }

  addTiles(tiles: readonly RoadTile[]): void {
    for (const tile of tiles) {
      if (tile.verge) this.#add(tile.verge, this.#verge, 1)
      if (tile.surface) this.#add(tile.surface, this.#surface, 2)
    }
  }

  addStructures(tiles: readonly StructureTile[]): void {
    for (const { mesh } of tiles) this.#add(mesh, this.#structure, 2.5)
  }

  #add(data: MeshData, material: Material, order: number): void {
    const mesh = meshOf(data, material)
    mesh.renderOrder = order
    this.group.add(mesh)
  }

  /** rgb 0..255 and opacity 0..255 of every link, four bytes each; null takes all colour off. */
  setColours(colours: Uint8Array | null): void {
    this.#own['uColourOn']!.value = colours ? 1 : 0
    this.#own['uWiden']!.value = colours ? 2 : 1
    if (!this.#colours) return
    const data = this.#colours.image.data as Uint8Array
    if (colours) data.set(colours.subarray(0, data.length))
    else data.fill(0)
    this.#colours.needsUpdate = true
  }

  setHighlighted(rows: Iterable<number>): void { this.#mark(Flag.highlighted, rows) }
  setClosed(rows: Iterable<number>): void { this.#mark(Flag.closed, rows) }
  setHovered(row: number): void { this.#mark(Flag.hovered, row < 0 ? [] : [row]) }

  #mark(flag: number, rows: Iterable<number>): void {
    if (!this.#flags) return
    const data = this.#flags.image.data as Uint8Array
    for (let i = 0; i < data.length; i++) data[i] = data[i]! & ~flag
    for (const row of rows) if (row >= 0 && row < this.#links) data[row] = data[row]! | flag
    this.#flags.needsUpdate = true
  }
}
