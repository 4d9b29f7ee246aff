/**
 * Stands in for Cesium's decoder of Gaussian splats, which compiles WebAssembly as soon as it is imported and so breaks
 * `script-src 'self'`. We draw no splats.
 */
export function loadSpz(): never {
  throw new Error('this build of the globe draws no Gaussian splats')
}
