import { PixelDatatype, PixelFormat, TextureMagnificationFilter, TextureMinificationFilter } from '@cesium/engine'
import Sampler from '@cesium/engine/Source/Renderer/Sampler.js'
import Texture from '@cesium/engine/Source/Renderer/Texture.js'
import { FloatType, LinearFilter, LinearMipmapLinearFilter, RedFormat, RedIntegerFormat, RepeatWrapping, RGBAIntegerFormat, RGFormat, UnsignedByteType, UnsignedIntType, type Texture as SceneTexture } from 'three'

const REPEAT = 0x2901, CLAMP = 0x812f // WebGL's names for how a texture goes on beyond its edge
const formats: ReadonlyMap<number, number> = new Map([[RedFormat, PixelFormat.RED], [RGFormat, PixelFormat.RG], [RedIntegerFormat, PixelFormat.RED_INTEGER], [RGBAIntegerFormat, PixelFormat.RGBA_INTEGER]])
const datatypes: ReadonlyMap<number, number> = new Map([[FloatType, PixelDatatype.FLOAT], [UnsignedByteType, PixelDatatype.UNSIGNED_BYTE], [UnsignedIntType, PixelDatatype.UNSIGNED_INT]])

type Image = HTMLCanvasElement | { readonly width: number; readonly height: number; readonly data: ArrayBufferView }

/** Cesium's twins of the scene's textures, made when first drawn and kept up to date by their version. */
export class CesiumTextures {
  readonly #twins = new Map<SceneTexture, { readonly texture: Texture; version: number }>()

  constructor(private readonly context: CesiumContext) {}

  of(texture: SceneTexture): Texture {
    let twin = this.#twins.get(texture)
    if (!twin) {
      const made = this.#make(texture)
      this.#twins.set(texture, twin = { texture: made, version: texture.version })
      texture.addEventListener('dispose', () => { if (this.#twins.delete(texture)) made.destroy() })
    }
    else if (twin.version !== texture.version) {
      twin.version = texture.version
      twin.texture.copyFrom({ source: sourceOf(texture), skipColorSpaceConversion: true })
    }
    return twin.texture
  }

  #make(texture: SceneTexture): Texture {
    const wrap = texture.wrapS === RepeatWrapping ? REPEAT : CLAMP
    const mipmaps = texture.minFilter === LinearMipmapLinearFilter
    const made = new Texture({
      context: this.context, source: sourceOf(texture), flipY: false, skipColorSpaceConversion: true,
      pixelFormat: formats.get(texture.format) ?? PixelFormat.RGBA, pixelDatatype: datatypes.get(texture.type) ?? PixelDatatype.UNSIGNED_BYTE,
      sampler: new Sampler({
        wrapS: wrap, wrapT: wrap, maximumAnisotropy: 1,
        minificationFilter: mipmaps ? TextureMinificationFilter.LINEAR_MIPMAP_LINEAR : texture.minFilter === LinearFilter ? TextureMinificationFilter.LINEAR : TextureMinificationFilter.NEAREST,
        magnificationFilter: texture.magFilter === LinearFilter ? TextureMagnificationFilter.LINEAR : TextureMagnificationFilter.NEAREST,
      }),
    })
    if (mipmaps) made.generateMipmap()
    return made
  }

  /** Puts the first rows of an integer texture's words on the graphics card. */
  write(texture: SceneTexture, data: Uint32Array<ArrayBuffer>, rows: number): void {
    const { width } = texture.image as { width: number }
    this.of(texture).copyFrom({ source: { width, height: rows, arrayBufferView: data } })
  }

  destroy(): void {
    for (const { texture } of this.#twins.values()) texture.destroy()
    this.#twins.clear()
  }
}

function sourceOf(texture: SceneTexture): HTMLCanvasElement | { width: number; height: number; arrayBufferView: ArrayBufferView } {
  const image = texture.image as Image
  return image instanceof HTMLCanvasElement ? image : { width: image.width, height: image.height, arrayBufferView: image.data }
}
