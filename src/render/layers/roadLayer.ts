import { Group, type DataTexture, type IUniform, type Material, type Mesh } from 'three'
import type { MeshData, RoadTile, StructureTile } from '../../city'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import type { Pickable } from '../picking'
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
  readonly #surfaces: Mesh[] = []
  #links = 0
  #colours: DataTexture | null = null
  #flags: DataTexture | null = null

  constructor(shared: SharedUniforms) {
    this.#own = {
      uLinks: { value: shared.blank }, uLinkColour: { value: shared.blank }, uLinkFlags: { value: shared.blank },
      uColourOn: { value: 0 }, uWiden: { value: 1 },
    }
    this.#surface = cityMaterial(shared, 'road', roadVertex, roadFragment, { ...this.#own, uPull: { value: 1.2 } }, { transparent: true, depthWrite: true })
    this.#verge = cityMaterial(shared, 'verge', roadVertex, vergeFragment, { ...this.#own, uPull: { value: 0.9 } })
    this.#structure = cityMaterial(shared, 'structure', structureVertex, structureFragment)
  }

  get links(): number { return this.#links }

  setLinks(data: Float32Array<ArrayBuffer>, width: number, height: number, links: number): void {
    this.#links = links
    this.#own['uLinks']!.value = floatTexture(data, width, height)
    const rows = Math.max(1, Math.ceil(links / 256))
    this.#colours = byteTexture(new Uint8Array(256 * rows * 4), 256, rows, 4)
    this.#flags = byteTexture(new Uint8Array(256 * rows * 4), 256, rows, 4)
    this.#own['uLinkColour']!.value = this.#colours
    this.#own['uLinkFlags']!.value = this.#flags
  }

  addTiles(tiles: readonly RoadTile[]): void {
    for (const tile of tiles) {
      if (tile.verge) this.#add(tile.verge, this.#verge, 1)
      if (tile.surface) this.#surfaces.push(this.#add(tile.surface, this.#surface, 2))
    }
  }

  addStructures(tiles: readonly StructureTile[]): void {
    for (const { mesh } of tiles) this.#add(mesh, this.#structure, 2.5)
  }

  #add(data: MeshData, material: Material, order: number): Mesh {
    const mesh = meshOf(data, material)
    mesh.renderOrder = order
    this.group.add(mesh)
    return mesh
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
  setHovered(row: number): void { this.#mark(Flag.hovered, row < 0 ? [] : [row]) }

  /** Closed lanes as bits by link; bit 0 is the lane nearest the kerb. */
  setClosed(lanes: ReadonlyMap<number, number>): void {
    this.#mark(Flag.closed, lanes.keys())
    if (!this.#flags) return
    const data = this.#flags.image.data as Uint8Array
    for (let link = 0; link < this.#links; link++) data[link * 4 + 1] = lanes.get(link) ?? 0
  }

  #mark(flag: number, rows: Iterable<number>): void {
    if (!this.#flags) return
    const data = this.#flags.image.data as Uint8Array
    for (let i = 0; i < data.length; i += 4) data[i] = data[i]! & ~flag
    for (const row of rows) if (row >= 0 && row < this.#links) data[row * 4] = data[row * 4]! | flag
    this.#flags.needsUpdate = true
  }

  /** What the picking pass draws: carriageways, with their widening when far. */
  pickables(material: Material): Pickable[] { return this.#surfaces.map(mesh => ({ mesh, material })) }
  get shader(): { readonly uniforms: Record<string, IUniform> } { return { uniforms: { ...this.#own, uPull: { value: 1.2 } } } }
}
