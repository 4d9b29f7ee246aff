import { Group, Mesh, type BufferGeometry, type Camera } from 'three'
import type { MeshData } from '../../city'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import { buildingFragment, buildingShadowVertex, buildingVertex, shadowOnlyFragment } from '../shaders/building'
import type { SharedUniforms } from '../uniforms'


/** All buildings: one mesh a tile, shared material. */
export class BuildingLayer {
  readonly group = new Group()
  readonly shadowMaterial
  readonly #material
  /** Distances, m, beyond which only a share of a tile is drawn; its mesh starts with the largest buildings. */
  detail: readonly (readonly [number, number])[] = []
  readonly #tiles: { mesh: Mesh<BufferGeometry>; count: number }[] = []

  constructor(shared: SharedUniforms) {
    this.#material = cityMaterial(shared, 'building', buildingVertex, buildingFragment)
    this.shadowMaterial = cityMaterial(shared, 'building shadow', buildingShadowVertex, shadowOnlyFragment)
  }

  addTile(data: MeshData): void {
    const mesh = meshOf(data, this.#material)
    mesh.renderOrder = 3
    this.#tiles.push({ mesh, count: data.index!.length })
    this.group.add(mesh)
  }

  get meshes(): Iterable<Mesh> { return this.#tiles.map(tile => tile.mesh) }

  update(camera: Camera): void {
    for (const { mesh, count } of this.#tiles) {
      const distance = Math.hypot(mesh.position.x - camera.position.x, mesh.position.y - camera.position.y, camera.position.z)
      let share = 1
      for (const [beyond, part] of this.detail) if (distance > beyond) share = part
      mesh.geometry.setDrawRange(0, Math.floor((count * share) / 3) * 3)
    }
  }
}
