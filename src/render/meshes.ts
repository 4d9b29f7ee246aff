import { BufferAttribute, BufferGeometry, Mesh, Sphere, Vector3, type Material } from 'three'
import type { MeshData } from '../city'

/** A mesh of what the geometry worker built. It never moves, so its matrix is set once. */
export function meshOf(data: MeshData, material: Material): Mesh<BufferGeometry> {
  const geometry = new BufferGeometry()
  for (const [name, { array, itemSize, normalized }] of Object.entries(data.attributes)) {
    const attribute = new BufferAttribute(array, itemSize, normalized ?? false)
    attribute.onUpload(freeArray)
    geometry.setAttribute(name, attribute)
  }
  if (data.index) {
    const vertices = geometry.getAttribute('position').count
    const index = new BufferAttribute(vertices < 65536 ? Uint16Array.from(data.index) : data.index, 1)
    geometry.setIndex(index)
  }
  const [x, y, z, radius] = data.sphere
  geometry.boundingSphere = new Sphere(new Vector3(x / data.scale, y / data.scale, z / data.scale), radius / data.scale)
  const mesh = new Mesh(geometry, material)
  mesh.position.set(...(data.origin as [number, number, number]))
  mesh.scale.setScalar(data.scale)
  mesh.updateMatrix()
  mesh.updateMatrixWorld(true)
  mesh.matrixAutoUpdate = false
  mesh.matrixWorldAutoUpdate = false
  return mesh
}

/** The GPU has it now; the page need not keep a second copy. */
function freeArray(this: BufferAttribute): void {
  this.array = new Uint8Array(0)
}

/** A mesh without attributes whose vertex shader makes `vertices` corners from gl_VertexID. */
export function pulledMesh(material: Material, vertices: number): Mesh<BufferGeometry> {
  const geometry = new BufferGeometry()
  const attribute = new BufferAttribute(new Float32Array(3), 3)
  Object.assign(attribute, { count: vertices })
  geometry.setAttribute('position', attribute)
  geometry.boundingSphere = new Sphere(new Vector3(), Infinity)
  const mesh = new Mesh(geometry, material)
  mesh.frustumCulled = false
  mesh.matrixAutoUpdate = false
  return mesh
}
