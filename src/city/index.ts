export * from './pack/manifest'
export * from './pack/layerFile'
