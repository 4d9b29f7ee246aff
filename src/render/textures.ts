import {
  ClampToEdgeWrapping, DataTexture, FloatType, LinearFilter, LinearMipmapLinearFilter, NearestFilter, RedFormat, RedIntegerFormat,
  RGBAFormat, RGBAIntegerFormat, UnsignedByteType, UnsignedIntType, type MinificationTextureFilter, type WebGLRenderer,
} from 'three'

/** RGBA floats read by index with texelFetch. */
export function floatTexture(data: Float32Array<ArrayBuffer>, width: number, height: number): DataTexture {
  return finish(new DataTexture(data, width, height, RGBAFormat, FloatType), NearestFilter)
}

/** Unsigned 32-bit integers read by index with texelFetch: one a texel, all bits set at first, or four, none set. */
export function integerTexture(width: number, height: number, channels: 1 | 4 = 1): DataTexture {
  const words = new Uint32Array(width * height * channels)
  const texture = new DataTexture(channels === 1 ? words.fill(0xffffffff) : words, width, height, channels === 1 ? RedIntegerFormat : RGBAIntegerFormat, UnsignedIntType)
  texture.internalFormat = channels === 1 ? 'R32UI' : 'RGBA32UI'
  return finish(texture, NearestFilter)
}

export function byteTexture(data: Uint8Array<ArrayBuffer>, width: number, height: number, channels: 1 | 4, smooth = false): DataTexture {
  const texture = new DataTexture(data, width, height, channels === 4 ? RGBAFormat : RedFormat, UnsignedByteType)
  if (!smooth) return finish(texture, NearestFilter)
  texture.generateMipmaps = true
  texture.magFilter = LinearFilter
  texture.anisotropy = 4
  return finish(texture, LinearMipmapLinearFilter)
}

function finish(texture: DataTexture, filter: MinificationTextureFilter): DataTexture {
  if (filter === NearestFilter) { texture.minFilter = NearestFilter; texture.magFilter = NearestFilter; texture.generateMipmaps = false }
  else texture.minFilter = filter
  texture.wrapS = texture.wrapT = ClampToEdgeWrapping
  texture.unpackAlignment = 1
  texture.needsUpdate = true
  return texture
}

/** Puts the first rows of an integer texture's words on the graphics card. */
export type RowWriter = (texture: DataTexture, data: Uint32Array<ArrayBuffer>, rows: number) => void

/** Writes rows straight from the array that holds them, without the copies that three would make. */
export function rowWriter(renderer: WebGLRenderer): RowWriter {
  return (texture, data, rows) => {
    if (texture.version > 0) { renderer.initTexture(texture); texture.version = 0 }
    const gl = renderer.getContext() as WebGL2RenderingContext
    const handle = (renderer.properties.get(texture) as { __webglTexture?: WebGLTexture }).__webglTexture
    if (!handle) return
    renderer.state.activeTexture(gl.TEXTURE0)
    renderer.state.bindTexture(gl.TEXTURE_2D, handle)
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false)
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false)
    gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4)
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, texture.image.width, rows, texture.format === RGBAIntegerFormat ? gl.RGBA_INTEGER : gl.RED_INTEGER, gl.UNSIGNED_INT, data)
  }
}
