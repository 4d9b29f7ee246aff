import { serveCrew } from '../sim'

const serve = serveCrew()
addEventListener('message', event => serve(event.data))
postMessage('listening')
