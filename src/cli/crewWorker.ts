import { parentPort } from 'node:worker_threads'
import { crowdModel, serveCrew } from '../sim'

parentPort!.on('message', serveCrew(crowdModel))
