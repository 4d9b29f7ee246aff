import { createTable, type Columns, type TableOf } from '../core/table'
import type { NetworkIndex } from '../network/networkIndex'
import { carriedColumns } from './vehicleTable'

/** A vehicle on its way to another domain within a tick: what it takes along, and where it goes. */
export const mailColumns = {
  position: { type: 'f64', unit: 'm', doc: 'on the lane that it enters' },
  speed: carriedColumns.speed,
  acceleration: carriedColumns.acceleration,
  key: carriedColumns.key,
  factor: carriedColumns.factor,
  noise: carriedColumns.noise,
  length: carriedColumns.length,
  slot: { type: 'i32', unit: 'row', doc: 'its slot' },
  from: { type: 'i32', unit: 'row', doc: 'path that it leaves' },
  to: { type: 'i32', unit: 'row', doc: 'lane that it enters' },
  class: carriedColumns.class,
} as const satisfies Columns

/** What a driver decided, to be done when all have decided: another lane, or another way where his lane does not lead on. */
export const wishColumns = {
  weight: { type: 'f64', unit: '1 or s', doc: 'urgency of the change; longest detour of the other way' },
  slot: { type: 'i32', unit: 'row', doc: 'who' },
  lane: { type: 'i32', unit: 'row', doc: 'lane where he decided' },
  target: { type: 'i32', unit: 'row', doc: 'lane that he wants; -1 = another way' },
  need: { type: 'u8', unit: 'Need', doc: 'how much' },
} as const satisfies Columns

/** `choice`: it would be quicker; `route`: the route needs it some links ahead; `end`: the present lane does not lead on. */
export const Need = { choice: 0, route: 1, end: 2 } as const

/** Sums of one tick, by domain, so that they are added up in the same order whoever worked on the domain. */
export const tallyColumns = {
  metres: { type: 'f64', unit: 'm', doc: 'driven' },
  updates: { type: 'i32', unit: '1', doc: 'vehicles moved' },
  emergencyBrakes: { type: 'i32', unit: '1', doc: 'who braked harder than anybody should' },
  passes: { type: 'i32', unit: '1', doc: 'entries of `passing`' },
  arrivals: { type: 'i32', unit: '1', doc: 'entries of `arriving`' },
  wishes: { type: 'i32', unit: '1', doc: 'entries of `wishes`' },
  mailEven: { type: 'i32', unit: '1', doc: 'entries of `mail`, rounds 0, 2, ...' },
  mailOdd: { type: 'i32', unit: '1', doc: 'the same of rounds 1, 3, ...' },
} as const satisfies Columns

/**
 * Lists that a domain fills within a tick, for others to read later in it. Each domain has a stretch of its own; nothing
 * in them outlives the tick.
 */
export interface DomainTables {
  readonly tally: TableOf<typeof tallyColumns>
  /** Paths whose head has passed their end, and lanes with vehicles that may have arrived. */
  readonly passing: Int32Array
  readonly arriving: Int32Array
  /** First entry of each domain in both. */
  readonly pathFirst: Int32Array
  readonly wishes: TableOf<typeof wishColumns>
  readonly wishFirst: Int32Array
  readonly mail: readonly [TableOf<typeof mailColumns>, TableOf<typeof mailColumns>]
  readonly mailFirst: Int32Array
}

export function createDomainTables({ domains, pathRows, laneRows }: NetworkIndex, toLane: Int32Array): DomainTables {
  const { count, laneFirst, turnFirst, ofPath } = domains
  const pathFirst = Int32Array.from(laneFirst, (lane, domain) => lane + turnFirst[domain])
  const wishFirst = Int32Array.from(laneFirst, (lane, domain) => lane + 64 * domain)
  const mailFirst = new Int32Array(count + 1)
  for (let domain = 0; domain < count; domain++) {
    let out = 64
    // Two vehicles may leave a turn within one step.
    for (let turn = turnFirst[domain]; turn < turnFirst[domain + 1]; turn++) if (ofPath[toLane[turn]] !== domain) out += 4
    mailFirst[domain + 1] = mailFirst[domain] + out
  }
  return {
    tally: createTable(tallyColumns, count),
    passing: new Int32Array(pathRows), arriving: new Int32Array(pathRows), pathFirst,
    wishes: createTable(wishColumns, laneRows + 64 * count), wishFirst,
    mail: [createTable(mailColumns, mailFirst[count]), createTable(mailColumns, mailFirst[count])], mailFirst,
  }
}
