export * from './document'
export * from './timeOfDay'
export * from './parse'
export * from './documentEdits'
