import {
  ClampToEdgeWrapping, DataTexture, FloatType, LinearFilter, LinearMipmapLinearFilter, NearestFilter, RedFormat, RedIntegerFormat,
  RGBAFormat, UnsignedByteType, UnsignedIntType, type MinificationTextureFilter,
} from 'three'

/** RGBA floats read by index with texelFetch. */
export function floatTexture(data: Float32Array<ArrayBuffer>, width: number, height: number): DataTexture {
  return finish(new DataTexture(data, width, height, RGBAFormat, FloatType), NearestFilter)
}

/** Unsigned 32-bit integers read by index with texelFetch. */
export function integerTexture(width: number, height: number): DataTexture {
  const texture = new DataTexture(new Uint32Array(width * height).fill(0xffffffff), width, height, RedIntegerFormat, UnsignedIntType)
  texture.internalFormat = 'R32UI'
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
