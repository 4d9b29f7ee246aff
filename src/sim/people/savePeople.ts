import { columnsOf, type ColumnArray } from '../core/table'
import type { StateHash } from '../core/stateHash'
import { crowdViews, restoreCrowd, saveCrowd } from '../crowd/saveCrowd'
import type { Network } from '../network/networkTables'
import { sidewalkViews } from '../sidewalks'
import { transitViews } from '../transit'
import { peopleWatchViews, resumeWatch } from './peopleWatch'
import { createPeople, partyStateColumns, personStateColumns, rankStateColumns, type People } from './people'
import type { PeopleInput } from './peopleTypes'

/** What the state consists of besides the crowd, in fixed order. */
function* ownViews({ counts, persons, legTick, parties, ranks, riding, coming, watch, sidewalks, transit, open, greenTick }: People): Generator<ColumnArray> {
  yield counts
  yield* columnsOf(personStateColumns, persons)
  yield legTick
  yield* columnsOf(partyStateColumns, parties)
  yield* columnsOf(rankStateColumns, ranks)
  yield riding
  yield coming
  yield* peopleWatchViews(watch)
  yield open
  yield greenTick
  if (sidewalks) yield* sidewalkViews(sidewalks)
  if (transit) yield* transitViews(transit)
}

export function hashPeople(people: People, hash: StateHash): void {
  for (const view of ownViews(people)) hash.add(view)
  for (const view of crowdViews(people.crowd)) hash.add(view)
}

/** The state between two ticks in one buffer: the views, each aligned to 8, then the crowd as `saveCrowd` has it. */
export function savePeople(people: People): ArrayBuffer {
  const crowd = saveCrowd(people.crowd)
  let bytes = 0
  for (const view of ownViews(people)) bytes += align8(view.byteLength)
  const out = new Uint8Array(bytes + crowd.byteLength)
  let offset = 0
  for (const view of ownViews(people)) {
    out.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset)
    offset += align8(view.byteLength)
  }
  out.set(new Uint8Array(crowd), offset)
  return out.buffer
}

/** People as they were when they were saved. The input must be the one that they were made from, but for lines to count at, and barriers and gates of the walk space. */
export function restorePeople(input: PeopleInput, network: Network, dt: number, saved: ArrayBuffer): People {
  const fresh = createPeople(input, network, dt)
  let offset = 0
  for (const view of ownViews(fresh)) {
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(new Uint8Array(saved, offset, view.byteLength))
    offset += align8(view.byteLength)
  }
  const crowd = restoreCrowd(input.crowd, saved.slice(offset))
  resumeWatch(fresh.watch, crowd, fresh.sidewalks)
  return { ...fresh, crowd }
}

const align8 = (bytes: number): number => (bytes + 7) & ~7
