import { Group, type IUniform, type Material, type Mesh } from 'three'
import type { MeshData, RoadTile, StructureTile } from '../../city'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import type { Pickable } from '../picking'
import { roadFragment, roadVertex, structureFragment, structureVertex, vergeFragment } from '../shaders/road'
import { RoadPaint } from '../roadPaint'
import { floatTexture } from '../textures'
import type { SharedUniforms } from '../uniforms'

export type RoadColourMode = 'none' | 'congestion' | 'difference'

/** Carriageways, margins, bridges. */
export class RoadLayer {
  readonly group = new Group()
  readonly #surface
  readonly #verge
  readonly #structure
  readonly #own: Record<string, IUniform>
  readonly #surfaces: Mesh[] = []
  /** What they wear unless told otherwise. */
  readonly paint = new RoadPaint()
  #links = 0

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
    this.paint.setLinks(links)
    this.wear(this.paint)
  }

  /** What the roads wear from the next picture on. */
  wear({ colours, flags, coloured }: RoadPaint): void {
    if (!colours || !flags) return
    this.#own['uLinkColour']!.value = colours
    this.#own['uLinkFlags']!.value = flags
    this.#own['uColourOn']!.value = coloured ? 1 : 0
    this.#own['uWiden']!.value = coloured ? 2 : 1
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

  /** What the picking pass draws: carriageways, with their widening when far. */
  pickables(material: Material): Pickable[] { return this.#surfaces.map(mesh => ({ mesh, material })) }
  get shader(): { readonly uniforms: Record<string, IUniform> } { return { uniforms: { ...this.#own, uPull: { value: 1.2 } } } }
}
