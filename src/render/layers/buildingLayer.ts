import { Group, Mesh, type BufferGeometry, type Camera } from 'three'
import type { MeshData } from '../../city'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import { buildingFragment, buildingShadowVertex, buildingVertex, shadowOnlyFragment } from '../shaders/building'
import type { SharedUniforms } from '../uniforms'

const FAR = 14000, FAR_SHARE = 0.6 // m; beyond, only the larger part of a tile is drawn (its mesh starts with the largest)

/** All buildings: one mesh a tile, shared material. */
export class BuildingLayer {
  readonly group = new Group()
  readonly shadowMaterial
  readonly #material
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
      const share = distance > FAR ? Math.floor((count * FAR_SHARE) / 3) * 3 : count
      mesh.geometry.setDrawRange(0, share)
    }
  }
}
