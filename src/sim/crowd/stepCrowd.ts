import { admitWalkers } from './admit'
import { settleStir } from './calm'
import { CrowdCount, type Crowd } from './crowd'
import { glide } from './glide'
import { keepGroups } from './groups'
import { aim, arrive, direct, settle } from './navigation/navigation'
import { beginPlacing, collect, endPlacing, placeBodies } from './place'
import { walk } from './walk'

/** As the phases of traffic: `together` works on one domain of the walk space, `alone` runs between. */
export type CrowdPhase =
  | { readonly alone: (crowd: Crowd) => void }
  | { readonly together: (crowd: Crowd, domain: number) => void }

export const crowdPhases: readonly CrowdPhase[] = [
  { alone: begin },
  { together: move },
  { alone: between },
  { together: placeBodies },
]

/** Advances the crowd by one tick, on this thread. */
export function stepCrowd(crowd: Crowd): void {
  const { domains } = crowd.index
  for (const phase of crowdPhases) {
    if ('alone' in phase) phase.alone(crowd)
    else for (let domain = 0; domain < domains; domain++) phase.together(crowd, domain)
  }
  finishCrowd(crowd)
}

/** Changes, gates, queues and lifts; who goes where. Then who appears: bodies that lie in `next` only, and do not move in this tick. */
function begin(crowd: Crowd): void {
  direct(crowd)
  keepGroups(crowd)
  admitWalkers(crowd)
}

/** All walk: reads of `now` whatever is near, writes of `next` the bodies of this domain. */
function move(crowd: Crowd, domain: number): void {
  const from = crowd.mail.first[domain]
  const to = crowd.mail.first[domain + 1]
  aim(crowd, from, to)
  glide(crowd, from, to)
  walk(crowd, from, to)
  arrive(crowd, from, to)
  collect(crowd, domain)
}

/** Counts who left, and makes room for each domain in the next order. */
function between(crowd: Crowd): void {
  settle(crowd)
  beginPlacing(crowd)
}

/** Ends the tick, alone. */
export function finishCrowd(crowd: Crowd): void {
  settleStir(crowd)
  endPlacing(crowd)
  crowd.counts[CrowdCount.tick] += 1
}
