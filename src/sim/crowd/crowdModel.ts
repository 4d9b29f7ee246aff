import type { Crew } from '../threads/crew'
import type { Model } from '../threads/trafficModel'
import { CrowdCount, type Crowd } from './crowd'
import { crowdPhases, finishCrowd } from './stepCrowd'

/** What a crew must know to advance crowds; a thread that helps with them gives it to `serveCrew`. */
export const crowdModel: Model<Crowd> = {
  id: 1, phases: crowdPhases, finish: finishCrowd, domainCost: 20,
  begin() {},
  tick: crowd => crowd.counts[CrowdCount.tick],
  load: crowd => crowd.mail.load,
  sample: crowd => crowd.counts,
  forHelpers: crowd => ({ ...crowd, changes: [] }),
}

/** Advances a crowd by one tick with several threads. It must have been made to be shared, and the helpers must serve `crowdModel`. */
export function stepCrowdTogether(crew: Crew, crowd: Crowd): void {
  crew.advance(crowdModel, crowd)
}
