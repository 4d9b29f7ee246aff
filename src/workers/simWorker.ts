import * as Comlink from 'comlink'
import { createSimHost } from './simHost'
import { workerEnvironment } from './workerEnvironment'

Comlink.expose(createSimHost(workerEnvironment))
