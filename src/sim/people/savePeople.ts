import { columnsOf, type ColumnArray } from '../core/table'
import type { StateHash } from '../core/stateHash'
import { crowdViews, restoreCrowd, saveCrowd } from '../crowd/saveCrowd'
import type { Network } from '../network/networkTables'
import { sidewalkViews } from '../sidewalks'
import { transitViews } from '../transit'
import { alarmStateViews, peopleWatchViews, resumeWatch } from './peopleWatch'
import { doorWaitColumns } from './trainDoors'
import { createPeople, partyStateColumns, personStateColumns, rankStateColumns, type People } from './people'
import type { PeopleInput } from './peopleTypes'

/** What the state consists of besides the crowd, in fixed order. */
function* ownViews({ counts, persons, legTick, parties, ranks, riding, transferring, coming, watch, sidewalks, transit, open, doorWaits, greenTick }: People): Generator<ColumnArray> {
  yield counts
  yield* columnsOf(personStateColumns, persons)
  yield legTick
  yield* columnsOf(partyStateColumns, parties)
  yield* columnsOf(rankStateColumns, ranks)
  yield riding
  yield transferring
  yield coming
  yield* peopleWatchViews(watch)
  yield open
  yield* columnsOf(doorWaitColumns, doorWaits)
  yield greenTick
  if (sidewalks) yield* sidewalkViews(sidewalks)
  if (transit) yield* transitViews(transit)
}

/** The same and what only a log needs. */
function* savedViews(people: People): Generator<ColumnArray> {
  yield* ownViews(people)
  yield* alarmStateViews(people.watch)
}

export function hashPeople(people: People, hash: StateHash): void {
  for (const view of ownViews(people)) hash.add(view)
  for (const view of crowdViews(people.crowd)) hash.add(view)
}

/** Bytes before the crowd: how many it takes. */
const HEAD = 8

/** The state between two ticks in one buffer: the bytes of the crowd, the crowd as `saveCrowd` has it, then the views; each aligned to 8. */
export function savePeople(people: People): ArrayBuffer {
  const crowd = saveCrowd(people.crowd)
  let offset = HEAD + align8(crowd.byteLength)
  let bytes = offset
  for (const view of savedViews(people)) bytes += align8(view.byteLength)
  const out = new Uint8Array(bytes)
  new Uint32Array(out.buffer, 0, 1)[0] = crowd.byteLength
  out.set(new Uint8Array(crowd), HEAD)
  for (const view of savedViews(people)) {
    out.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset)
    offset += align8(view.byteLength)
  }
  return out.buffer
}

/** People as they were when they were saved. The input must be the one that they were made from, but for lines to count at, and barriers and gates of the walk space. */
export function restorePeople(input: PeopleInput, network: Network, dt: number, saved: ArrayBuffer, shared: boolean): People {
  const [crowdBytes] = new Uint32Array(saved, 0, 1)
  const people = createPeople(input, network, dt, shared, restoreCrowd(input.crowd, saved.slice(HEAD, HEAD + crowdBytes), shared))
  let offset = HEAD + align8(crowdBytes)
  for (const view of savedViews(people)) {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(new Uint8Array(saved, offset, view.byteLength))
    offset += align8(view.byteLength)
  }
  resumeWatch(people.watch, people.crowd, people.sidewalks)
  return people
}

const align8 = (bytes: number): number => (bytes + 7) & ~7
