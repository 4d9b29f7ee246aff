export * from './compileNetwork'
export * from './corrections'
export * from './quality'
export { Area, anyArea } from './places'
