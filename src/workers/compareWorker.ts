import * as Comlink from 'comlink'
import { createCompareHost } from './compareHost'
import { workerEnvironment } from './workerEnvironment'

Comlink.expose(createCompareHost(workerEnvironment))
