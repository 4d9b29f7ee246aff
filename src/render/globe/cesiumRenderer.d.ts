/*
 * The part of Cesium's renderer that draws our own meshes. Cesium marks these classes private and leaves them out of
 * its declarations, so an upgrade has to look here; test/browser/globe.test.ts sees at once whether they still work.
 */
interface CesiumContext {
  readonly drawingBufferWidth: number
  readonly drawingBufferHeight: number
  readonly uniformState: { readonly projection: unknown }
}
interface CesiumFrameState {
  readonly context: CesiumContext
  readonly commandList: unknown[]
  readonly passes: { readonly render: boolean; readonly pick: boolean }
  readonly camera: import('@cesium/engine').Camera
}
interface CesiumResource { destroy(): void }

declare module '@cesium/engine/Source/Renderer/Buffer.js' {
  export default class Buffer {
    static createVertexBuffer(options: { context: CesiumContext; typedArray: ArrayBufferView; usage: number }): Buffer
    static createIndexBuffer(options: { context: CesiumContext; typedArray: ArrayBufferView; usage: number; indexDatatype: number }): Buffer
    copyFromArrayView(array: ArrayBufferView, offset?: number): void
  }
}
declare module '@cesium/engine/Source/Renderer/VertexArray.js' {
  import type Buffer from '@cesium/engine/Source/Renderer/Buffer.js'
  interface Attribute { index: number; vertexBuffer: Buffer; componentsPerAttribute: number; componentDatatype: number; normalize: boolean; instanceDivisor: number }
  export default class VertexArray implements CesiumResource {
    constructor(options: { context: CesiumContext; attributes: Attribute[]; indexBuffer?: Buffer })
    destroy(): void
  }
}
declare module '@cesium/engine/Source/Renderer/ShaderProgram.js' {
  export default class ShaderProgram implements CesiumResource {
    static fromCache(options: { context: CesiumContext; vertexShaderSource: string; fragmentShaderSource: string; attributeLocations: Record<string, number> }): ShaderProgram
    destroy(): void
  }
}
declare module '@cesium/engine/Source/Renderer/RenderState.js' {
  export default class RenderState {
    readonly depthMask: boolean
    static fromCache(options: { depthTest: { enabled: boolean }; depthMask: boolean; blending: unknown }): RenderState
  }
}
declare module '@cesium/engine/Source/Renderer/Sampler.js' {
  export default class Sampler {
    readonly wrapS: number
    constructor(options: { wrapS: number; wrapT: number; minificationFilter: number; magnificationFilter: number; maximumAnisotropy: number })
  }
}
declare module '@cesium/engine/Source/Renderer/Texture.js' {
  import type Sampler from '@cesium/engine/Source/Renderer/Sampler.js'
  type Source = HTMLCanvasElement | { width: number; height: number; arrayBufferView: ArrayBufferView }
  export default class Texture implements CesiumResource {
    constructor(options: { context: CesiumContext; source: Source; pixelFormat: number; pixelDatatype: number; flipY: boolean; sampler: Sampler; skipColorSpaceConversion: boolean })
    copyFrom(options: { source: Source; skipColorSpaceConversion?: boolean }): void
    generateMipmap(): void
    destroy(): void
  }
}
declare module '@cesium/engine/Source/Renderer/DrawCommand.js' {
  import type VertexArray from '@cesium/engine/Source/Renderer/VertexArray.js'
  import type ShaderProgram from '@cesium/engine/Source/Renderer/ShaderProgram.js'
  import type RenderState from '@cesium/engine/Source/Renderer/RenderState.js'
  export default class DrawCommand {
    constructor(options: {
      boundingVolume: import('@cesium/engine').BoundingSphere; vertexArray: VertexArray; shaderProgram: ShaderProgram; renderState: RenderState
      uniformMap: Record<string, () => unknown>; pass: number; count: number; instanceCount?: number; owner: unknown
    })
    count: number
    instanceCount: number
  }
}
