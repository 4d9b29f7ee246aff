export * from './osmData'
export * from './readOsm'
