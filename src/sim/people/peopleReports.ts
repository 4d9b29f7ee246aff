import { invariant } from '../core/invariant'
import { CrowdCount } from '../crowd/crowd'
import { WalkerState } from '../crowd/crowdTypes'
import type { World } from '../world'
import { PeopleCount, type People } from './people'
import { LegKind, Place, PLACES } from './peopleTypes'

/** How many persons are in each place; their sum never changes. */
export type PeopleTotals = { readonly [K in keyof typeof Place]: number }

export function peopleTotals({ counts }: People): PeopleTotals {
  return Object.fromEntries(Object.entries(Place).map(([name, place]) => [name, counts[place]])) as PeopleTotals
}

/** One taxi rank. */
export interface RankReport {
  readonly name: string
  /** Empty taxis that stand there. */
  readonly taxis: number
  /** Parties in line. */
  readonly line: number
  readonly served: number
  /** s that those served stood in line, on average; null = nobody was. */
  readonly waitMean: number | null
}

export function rankReports({ ranks, input }: People, dt: number): RankReport[] {
  return input.ranks.map((name, row) => ({
    name, taxis: ranks.taxis[row], line: ranks.line[row], served: ranks.served[row],
    waitMean: ranks.served[row] > 0 ? (ranks.waitTicks[row] * dt) / ranks.served[row] : null,
  }))
}

/** When people left: s after the start of the run. `leaveFrom`: when the first wanted to; `left`: when each who is out of the walk space for good went out. */
export function clearing({ input, crowd }: People): { leaveFrom: number; left: number[] } {
  const { walkers, dt } = input.crowd
  let leaveFrom = Infinity
  for (let row = 0; row < walkers.rows; row++) if (walkers.leaveTick[row] >= 0) leaveFrom = Math.min(leaveFrom, walkers.leaveTick[row] * dt)
  // Who was called into the walk space and has a `leaveTick` leaves it once, after that.
  const left: number[] = []
  for (let at = 0; at < crowd.counts[CrowdCount.left]; at++) if (walkers.leaveTick[crowd.left.walker[at]] >= 0) left.push(crowd.left.tick[at] * dt)
  return { leaveFrom, left }
}

/**
 * Nobody is lost and nobody is twice: each person is in the one place where the counts have them, whoever is in the
 * crowd has exactly one walker there, and who drives sits in a vehicle whose trip has begun and not ended.
 */
export function checkPeople(world: World, people: People): void {
  const { persons, counts, input: { persons: plans, legs, parties }, crowd } = people
  const found = new Int32Array(PLACES)
  for (let person = 0; person < plans.rows; person++) {
    const place = persons.place[person]
    found[place]++
    const who = (): string => `tick ${world.tick}: person ${plans.id[person]}`
    const leg = persons.leg[person]
    if (place === Place.before) invariant(leg === -1, () => `${who()} is not out yet, but on leg ${leg}`)
    else if (place === Place.arrived) invariant(leg === plans.legCount[person] && persons.endTick[person] >= 0, () => `${who()} arrived, but stands at leg ${leg} of ${plans.legCount[person]}`)
    const row = plans.legFirst[person] + leg
    if (place === Place.crowd) {
      const state = crowd.persons.state[legs.ref[row]]
      invariant(legs.kind[row] === LegKind.crowd && state !== WalkerState.left, () => `${who()} should be in the crowd, whose walker ${legs.ref[row]} has left`)
    }
    if (place === Place.driving) {
      const trip = parties.trip[legs.ref[row]]
      const called = trip < world.onCall || world.trips.callTick[trip] >= 0
      invariant(called && world.trips.arriveTick[trip] < 0, () => `${who()} is in a car whose trip ${world.input.trips.id[trip]} ${called ? 'has arrived' : 'was not called'}`)
    }
  }
  for (let place = 0; place < PLACES; place++) invariant(found[place] === counts[place], () => `tick ${world.tick}: ${found[place]} persons in place ${place}, ${counts[place]} counted`)
  invariant(counts[PeopleCount.riding] <= parties.rows, () => `tick ${world.tick}: ${counts[PeopleCount.riding]} of ${parties.rows} parties ride`)
}
