/**
 * Stands in for the decoder of compressed glTF meshes that Cesium imports, which compiles WebAssembly five times over
 * as soon as it is imported and so breaks `script-src 'self'`. Our meshes come from the city pack, uncompressed.
 */
export const MeshoptDecoder = {
  decodeGltfBuffer(): never { throw new Error('this build of the globe opens no meshopt-compressed meshes') },
}
