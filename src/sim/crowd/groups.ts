import { CrowdCount, Mode, type Crowd } from './crowd'
import { WalkerState } from './crowdTypes'

/** Ticks between two looks round for the others. */
const EVERY = 5
/** Up to so far, m, ahead of the last of a group one walks as one likes; from WAIT, m, on one waits; between, ever slower. */
const TOGETHER = 1
const WAIT = 3
/** Pace of who waits for the others: they drift rather than stand like posts. */
const WAITING_PACE = 0.05

/**
 * Alone: members of a group who are ahead slow down and wait for the last one, by the way that each has to go; who is a
 * stage further on waits too. Distances are assumed, no source yet: arrivals of a group then lie within 10 s (NIST
 * TN 1822, test 2.9) down to a slowest member of 0.4 m/s.
 */
export function keepGroups(crowd: Crowd): void {
  const { groups: { first, member }, persons, counts } = crowd
  const tick = counts[CrowdCount.tick]
  if (tick % EVERY !== 0) return
  for (let group = 0; group < first.length - 1; group++) {
    let stage = Infinity
    let last = 0
    for (let at = first[group]; at < first[group + 1]; at++) {
      const walker = member[at]
      if (persons.state[walker] !== WalkerState.inside || !(persons.remaining[walker] < Infinity)) continue
      if (persons.stage[walker] > stage) continue
      if (persons.stage[walker] < stage) last = 0
      stage = persons.stage[walker]
      if (persons.remaining[walker] > last) last = persons.remaining[walker]
    }
    for (let at = first[group]; at < first[group + 1]; at++) {
      const walker = member[at]
      if (persons.state[walker] !== WalkerState.inside) continue
      if (persons.mode[walker] !== Mode.walking) { persons.pace[walker] = 1; continue }
      const ahead = persons.stage[walker] > stage ? WAIT : last - persons.remaining[walker]
      const pace = ahead <= TOGETHER ? 1 : 1 - (ahead - TOGETHER) / (WAIT - TOGETHER)
      persons.pace[walker] = pace > WAITING_PACE ? pace : WAITING_PACE
      // Who waits for others is not stuck.
      if (pace < 0.5) persons.progressTick[walker] = tick
    }
  }
}
