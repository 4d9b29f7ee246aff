/**
 * The half of `src/city` that needs Node: writing packs, opening them from a folder, compiling layers from raw files.
 * Kept out of index.ts so that no compiler code reaches the page.
 */
export * from './pack/writePack'
export { whyNotWritable } from './pack/outputFolder'
export { compileLayers, type CompiledLayers } from './layers/compile'
export { CORE_LONLAT, shenzhenHead } from './layers/compile/shenzhen'
export { buildExtract, buildShenzhen, type BuildResult } from './build/buildCity'
export { qualityGeoJson, type QualityReport } from './network'
export { ExtractError, type Box } from './osm'
export type { NetworkMeta } from './build/networkBuild'
export { searchBuild } from './layers/compile/search'
export { ImportError } from './import/importError'
export type { ImportReport, Noted } from './import/importReport'
export type { Imported } from './import/imported'
export { importGeoJson } from './import/importGeoJson'
export { importGmns } from './import/importGmns'
export { importSumo } from './import/importSumo'
export { randomTripList, type ListedTrip } from './import/listedTrips'
export { checkOutput, writeImport } from './import/writeImport'
