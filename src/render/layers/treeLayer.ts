import { Group, type Camera, type Mesh } from 'three'
import type { TreeTile } from '../../city'
import { cityMaterial } from '../material'
import { meshOf } from '../meshes'
import { shadowOnlyFragment } from '../shaders/building'
import { treeFragment, treeShadowVertex, treeVertex } from '../shaders/props'
import type { SharedUniforms } from '../uniforms'

/** Trees near the camera; beyond their reach the ground's own tint stands for them. */
export class TreeLayer {
  readonly group = new Group()
  readonly meshes: Mesh[] = []
  readonly shadowMaterial
  readonly #material
  reach = 3600

  constructor(shared: SharedUniforms) {
    this.#material = cityMaterial(shared, 'tree', treeVertex, treeFragment)
    this.shadowMaterial = cityMaterial(shared, 'tree shadow', treeShadowVertex, shadowOnlyFragment)
  }

  addTiles(tiles: readonly TreeTile[]): void {
    for (const tile of tiles) {
      const mesh = meshOf(tile.mesh, this.#material)
      mesh.renderOrder = 4
      this.meshes.push(mesh)
      this.group.add(mesh)
    }
  }

  update(camera: Camera): void {
    for (const mesh of this.meshes) {
      mesh.visible = Math.hypot(mesh.position.x - camera.position.x, mesh.position.y - camera.position.y, camera.position.z) - mesh.geometry.boundingSphere!.radius * mesh.scale.x * 0.75 < this.reach
    }
  }
}
