import { serveCrew } from '../sim'
import { CROWD_CREW } from './crewNames'

/** What moves crowds is fetched by helpers of a run that has people, and before they listen: they hear nothing while they work. */
const models = self.name === CROWD_CREW ? [(await import('../sim/onFoot')).crowdModel] : []
const serve = serveCrew(...models)
addEventListener('message', event => serve(event.data))
postMessage('listening')
