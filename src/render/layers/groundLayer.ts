import { Group, Vector4, type Mesh, type Texture } from 'three'
import type { GroundMap, MeshData } from '../../city'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import { groundFragment, groundVertex } from '../shaders/ground'
import { byteTexture } from '../textures'
import type { SharedUniforms } from '../uniforms'

/** Terrain, woods, parks and water: one material over all tiles. */
export class GroundLayer {
  readonly group = new Group()
  readonly #own
  readonly #material
  readonly #blank: Texture

  constructor(shared: SharedUniforms) {
    this.#blank = shared.blank
    this.#own = {
      uMapWide: { value: shared.blank }, uMapCore: { value: shared.blank },
      uBoundsWide: { value: new Vector4(0, 0, 1, 1) }, uBoundsCore: { value: new Vector4(1e9, 1e9, 1, 1) },
    }
    this.#material = cityMaterial(shared, 'ground', groundVertex, groundFragment, this.#own)
    this.group.renderOrder = 0
  }

  get meshes(): Mesh[] { return this.group.children as Mesh[] }

  setTerrain(meshes: readonly MeshData[]): void {
    for (const mesh of this.meshes) mesh.geometry.dispose()
    this.group.clear()
    for (const data of meshes) this.group.add(meshOf(data, this.#material))
  }

  setMap(which: 'wide' | 'core', { raster, data }: GroundMap): void {
    const texture = byteTexture(data, raster.columns, raster.rows, 4, true)
    const bounds = new Vector4(raster.x0, raster.y0, raster.columns * raster.cell, raster.rows * raster.cell)
    const before = which === 'wide' ? this.#own.uMapWide.value : this.#own.uMapCore.value
    if (before !== this.#blank) before.dispose()
    if (which === 'wide') { this.#own.uMapWide.value = texture; this.#own.uBoundsWide.value = bounds }
    else { this.#own.uMapCore.value = texture; this.#own.uBoundsCore.value = bounds }
  }
}
