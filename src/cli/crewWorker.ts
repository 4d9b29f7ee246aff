import { parentPort } from 'node:worker_threads'
import { serveCrew } from '../sim'

parentPort!.on('message', serveCrew())
