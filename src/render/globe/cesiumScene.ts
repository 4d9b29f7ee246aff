import { BlendingState, BoundingSphere, Cartesian3, ComponentDatatype, IndexDatatype } from '@cesium/engine'
import Buffer from '@cesium/engine/Source/Renderer/Buffer.js'
import DrawCommand from '@cesium/engine/Source/Renderer/DrawCommand.js'
import RenderState from '@cesium/engine/Source/Renderer/RenderState.js'
import ShaderProgram from '@cesium/engine/Source/Renderer/ShaderProgram.js'
import VertexArray from '@cesium/engine/Source/Renderer/VertexArray.js'
import { AdditiveBlending, DynamicDrawUsage, InstancedBufferAttribute, InstancedBufferGeometry, Matrix4, Mesh, Texture, type BufferAttribute, type BufferGeometry, type Object3D, type RawShaderMaterial } from 'three'
import type { CesiumTextures } from './cesiumTextures'
import { onGlobe } from './globeShaders'
import type { TangentPlane } from './tangentPlane'

const STATIC = 0x88e4, DYNAMIC = 0x88e8 // WebGL's names for how often a buffer changes
const OPAQUE_PASS = 8
/** What has no bounds of its own lies somewhere around the modelled area, m. */
const EVERYWHERE = 40_000

/** What the graphics card holds of a geometry, which several meshes may share. */
interface Uploaded {
  readonly buffers: readonly { readonly attribute: BufferAttribute; readonly buffer: Buffer; version: number }[]
  readonly vertices: VertexArray
}

interface Program {
  readonly program: ShaderProgram
  readonly uniforms: Readonly<Record<string, () => unknown>>
  readonly state: RenderState
}

/** Draws three's meshes with Cesium: same buffers, same shaders, same textures, bent around the earth. */
export class CesiumScene {
  readonly #commands = new WeakMap<Mesh, DrawCommand>()
  readonly #uploaded = new Map<BufferGeometry, Uploaded>()
  readonly #programs = new Map<RawShaderMaterial, Program>()
  /** Draw commands of the last frame, before those out of sight were left out. */
  commands = 0

  constructor(private readonly context: CesiumContext, private readonly scene: Object3D, private readonly plane: TangentPlane, private readonly textures: CesiumTextures) {}

  /** Adds what is visible to a frame, in the order in which it is to be drawn. */
  draw(commandList: unknown[]): void {
    const meshes: Mesh<BufferGeometry, RawShaderMaterial>[] = []
    this.scene.traverseVisible(object => { if (object instanceof Mesh) meshes.push(object) })
    meshes.sort((a, b) => a.renderOrder - b.renderOrder)
    this.commands = 0
    for (const mesh of meshes) {
      const { geometry } = mesh
      const count = Math.min(geometry.drawRange.count, geometry.index?.count ?? geometry.getAttribute('position').count)
      if (count === 0) continue
      const uploaded = this.#uploadedOf(geometry)
      for (const entry of uploaded.buffers) {
        if (entry.version === entry.attribute.version) continue
        entry.version = entry.attribute.version
        entry.buffer.copyFromArrayView(entry.attribute.array as unknown as ArrayBufferView)
      }
      let command = this.#commands.get(mesh)
      if (!command) this.#commands.set(mesh, command = this.#make(mesh, uploaded.vertices))
      command.count = count
      if (geometry instanceof InstancedBufferGeometry) command.instanceCount = geometry.instanceCount
      commandList.push(command)
      this.commands += 1
    }
  }

  #make(mesh: Mesh<BufferGeometry, RawShaderMaterial>, vertices: VertexArray): DrawCommand {
    const { program, uniforms, state } = this.#programOf(mesh.material, mesh.geometry)
    const placement = new Matrix4().makeTranslation(-this.plane.centre[0], -this.plane.centre[1], 0).multiply(mesh.matrixWorld)
    return new DrawCommand({
      boundingVolume: this.#boundsOf(mesh), vertexArray: vertices, shaderProgram: program, renderState: state, pass: OPAQUE_PASS, count: 0, owner: this,
      uniformMap: { ...uniforms, uPlacement: () => placement.elements },
    })
  }

  #uploadedOf(geometry: BufferGeometry): Uploaded {
    const known = this.#uploaded.get(geometry)
    if (known) return known
    const { context } = this
    const buffers: { attribute: BufferAttribute; buffer: Buffer; version: number }[] = []
    const locations = locationsOf(geometry)
    const attributes = Object.entries(geometry.attributes as Record<string, BufferAttribute>).map(([name, attribute]) => {
      const buffer = Buffer.createVertexBuffer({ context, typedArray: attribute.array as unknown as ArrayBufferView, usage: attribute.usage === DynamicDrawUsage ? DYNAMIC : STATIC })
      buffers.push({ attribute, buffer, version: attribute.version })
      return {
        index: locations[name]!, vertexBuffer: buffer, componentsPerAttribute: attribute.itemSize, componentDatatype: datatypeOf(attribute.array),
        normalize: attribute.normalized, instanceDivisor: attribute instanceof InstancedBufferAttribute ? 1 : 0,
      }
    })
    const { index } = geometry
    const indexBuffer = index ? Buffer.createIndexBuffer({
      context, typedArray: index.array as unknown as ArrayBufferView, usage: STATIC, indexDatatype: index.array instanceof Uint16Array ? IndexDatatype.UNSIGNED_SHORT : IndexDatatype.UNSIGNED_INT,
    }) : undefined
    const uploaded = { buffers, vertices: new VertexArray({ context, attributes, ...(indexBuffer ? { indexBuffer } : {}) }) }
    this.#uploaded.set(geometry, uploaded)
    geometry.addEventListener('dispose', () => { if (this.#uploaded.delete(geometry)) uploaded.vertices.destroy() })
    for (const { attribute } of buffers) attribute.onUploadCallback() // the page need not keep a second copy
    return uploaded
  }

  #boundsOf(mesh: Mesh<BufferGeometry>): BoundingSphere {
    const sphere = mesh.geometry.boundingSphere
    if (!sphere || !Number.isFinite(sphere.radius)) return new BoundingSphere(Cartesian3.fromArray(this.plane.toEarth(...this.plane.centre, 0)), EVERYWHERE)
    const centre = sphere.center.clone().applyMatrix4(mesh.matrixWorld)
    return new BoundingSphere(Cartesian3.fromArray(this.plane.toEarth(centre.x, centre.y, centre.z)), sphere.radius * mesh.scale.x * 1.02)
  }

  #programOf(material: RawShaderMaterial, geometry: BufferGeometry): Program {
    let made = this.#programs.get(material)
    if (!made) {
      const { context, plane, textures } = this
      const centre = new Cartesian3(...plane.centre, 0)
      const uniforms: Record<string, () => unknown> = { projectionMatrix: () => context.uniformState.projection, uCentre: () => centre }
      for (const [name, uniform] of Object.entries(material.uniforms)) {
        uniforms[name] = () => {
          const value: unknown = uniform.value
          return value instanceof Texture ? textures.of(value) : (value as { elements?: unknown } | null)?.elements ?? value
        }
      }
      made = {
        program: ShaderProgram.fromCache({ context, vertexShaderSource: onGlobe(material.vertexShader), fragmentShaderSource: onGlobe(material.fragmentShader), attributeLocations: locationsOf(geometry) }),
        uniforms,
        state: RenderState.fromCache({
          depthTest: { enabled: material.depthTest }, depthMask: material.depthWrite,
          blending: material.blending === AdditiveBlending ? BlendingState.ADDITIVE_BLEND : material.transparent || material.name === 'ground' ? BlendingState.ALPHA_BLEND : BlendingState.DISABLED,
        }),
      }
      this.#programs.set(material, made)
    }
    return made
  }

  destroy(): void {
    for (const { vertices } of this.#uploaded.values()) vertices.destroy()
    for (const { program } of this.#programs.values()) program.destroy()
    this.#uploaded.clear()
    this.#programs.clear()
  }
}

/** Attributes by their order; meshes of one material all have the same. */
const locationsOf = (geometry: BufferGeometry): Record<string, number> => Object.fromEntries(Object.keys(geometry.attributes).map((name, place) => [name, place]))

function datatypeOf(array: ArrayLike<number>): ComponentDatatype {
  if (array instanceof Float32Array) return ComponentDatatype.FLOAT
  if (array instanceof Int16Array) return ComponentDatatype.SHORT
  if (array instanceof Uint16Array) return ComponentDatatype.UNSIGNED_SHORT
  if (array instanceof Int8Array) return ComponentDatatype.BYTE
  if (array instanceof Uint8Array) return ComponentDatatype.UNSIGNED_BYTE
  throw new Error('a mesh has an attribute of a kind that the globe does not draw')
}
