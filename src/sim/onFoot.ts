import { createPeople } from './people/people'
import { usePeopleEngine } from './people/peopleEngine'
import { checkPeople, peopleReport } from './people/peopleReports'
import { personReport, personWith } from './people/personReport'
import { hashPeople, restorePeople, savePeople } from './people/savePeople'
import { stepPeople } from './people/stepPeople'
import { writePeople } from './people/writePeople'

export { crowdModel } from './crowd/crowdModel'

/** Lets runs have people on foot, from now on. */
export function walkPeople(): void {
  usePeopleEngine({ create: createPeople, step: stepPeople, check: checkPeople, report: peopleReport, person: personReport, personWith, write: writePeople, hash: hashPeople, save: savePeople, restore: restorePeople })
}
