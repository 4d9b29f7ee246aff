// A worker thread starts without tsx: register it here, then load the worker proper.
import { register } from 'tsx/esm/api'

register()
await import('./crewWorker.ts')
