import { invariant } from '../core/invariant'
import type { StateHash } from '../core/stateHash'
import type { Network } from '../network/networkTables'
import type { PeopleSnapshot } from '../snapshot'
import type { Advance } from '../threads/trafficModel'
import type { World } from '../world'
import type { People } from './people'
import type { PeopleReport } from './peopleReportTypes'
import type { PeopleInput } from './peopleTypes'
import type { PersonReport } from './personReport'

/** What moves people. Most runs have vehicles only, so a page fetches it, the crowd included, when a run has people. */
export interface PeopleEngine {
  create(input: PeopleInput, network: Network, dt: number, shared: boolean): People
  step(world: World, people: People, advance: Advance | null): void
  check(world: World, people: People): void
  report(people: People, dt: number): PeopleReport
  person(world: World, people: People, row: number): PersonReport | null
  personWith(people: People, id: number): number
  write(people: People, snapshot: PeopleSnapshot, tick: number): void
  hash(people: People, hash: StateHash): void
  save(people: People): ArrayBuffer
  restore(input: PeopleInput, network: Network, dt: number, saved: ArrayBuffer, shared: boolean): People
}

let engine: PeopleEngine | null = null

export function usePeopleEngine(given: PeopleEngine): void {
  engine = given
}

export function peopleEngine(): PeopleEngine {
  invariant(engine !== null, () => 'a run with people, but nothing that moves them: call walkPeople() of sim/onFoot before')
  return engine
}
