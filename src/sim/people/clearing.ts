import { CrowdCount } from '../crowd/crowd'
import type { Clearing, EventClearing } from './peopleReportTypes'
import type { People } from './people'
import { LegKind, Place } from './peopleTypes'

/** How all places empty together, from when the first of all leave. */
export const clearing = (people: People): Clearing => clearingOf(people, -1)

/** How each event empties, from when its first leave. */
export const clearingByEvent = (people: People): EventClearing[] =>
  (people.input.events ?? []).map((event, row) => ({ event, ...clearingOf(people, row) }))

/**
 * Each who is called into the walk space and stays there until a time of their own leaves it for good once, after that;
 * who cannot get there at all is not waited for. The time of a share is that of the person who completes it.
 *
 * @param event  row of it; -1 = all
 */
function clearingOf({ input: { crowd: { walkers, dt }, persons: plans, legs }, crowd, persons, personOfWalker }: People, event: number): Clearing {
  const counts = (walker: number): boolean => walkers.leaveTick[walker] >= 0 && (event < 0 || (personOfWalker[walker] >= 0 && plans.event[personOfWalker[walker]] === event))
  let leaveFrom = Infinity
  let expected = 0
  let staying = 0
  for (let row = 0; row < walkers.rows; row++) {
    if (!counts(row)) continue
    expected++
    if (walkers.leaveTick[row] > crowd.counts[CrowdCount.tick]) staying++
    leaveFrom = Math.min(leaveFrom, walkers.leaveTick[row] * dt)
  }
  for (let person = 0; person < plans.rows; person++) {
    if (persons.place[person] !== Place.stranded) continue
    for (let leg = plans.legFirst[person] + persons.leg[person]; leg < plans.legFirst[person] + plans.legCount[person]; leg++)
      if (legs.kind[leg] === LegKind.crowd && counts(legs.ref[leg])) expected--
  }
  // Who left stands in order of time.
  const left: number[] = []
  for (let at = 0; at < crowd.counts[CrowdCount.left]; at++) if (counts(crowd.left.walker[at])) left.push(crowd.left.tick[at] * dt)
  const when = (percent: number): number | null => {
    const time = left[Math.ceil((percent * expected) / 100) - 1]
    return time === undefined ? null : time - leaveFrom
  }
  return { expected, staying, left: left.length, t50: when(50), t95: when(95), t100: when(100) }
}
