import { createTable, type Columns, type TableOf } from '../core/table'
import { invariant } from '../core/invariant'
import { createCrowd } from '../crowd/createCrowd'
import { CrowdCount, type Crowd } from '../crowd/crowd'
import type { Network } from '../network/networkTables'
import { setGoalRoom } from '../crowd/navigation/exits'
import { createSidewalks, type Sidewalks } from '../sidewalks'
import { createTransit, type Transit } from '../transit'
import { findCrossings, type Crossings } from './crossings'
import { findMidBlock, type MidBlock } from './midBlock'
import { createPeopleWatch, type PeopleWatch } from './peopleWatch'
import { doorWaitColumns } from './trainDoors'
import { LegKind, Place, PLACES, type PeopleInput } from './peopleTypes'

/** What has become of each person so far, by row of the plans. */
export const personStateColumns = {
  leg: { type: 'i32', unit: '1', doc: 'leg under way, counted from the first; -1 = not yet out' },
  sinceTick: { type: 'i32', unit: 'tick', doc: 'when that leg began' },
  endTick: { type: 'i32', unit: 'tick', doc: 'when the person arrived; -1 = not yet' },
  node: { type: 'i32', unit: 'row', doc: 'node of the walking graph where the last leg ended; -1 = none' },
  goal: { type: 'i32', unit: 'row', doc: 'goal of the walk space where the last leg ended: an exit, or the door of a train; -1 = none' },
  nextBlocked: { type: 'i32', unit: 'row', doc: 'next person who waits for room on the footway; -1 = last' },
  waitTick: { type: 'i32', unit: 'tick', doc: 'since when the person waits at the door of a train; -1 = does not' },
  place: { type: 'u8', unit: 'Place', doc: 'where the person is' },
} as const satisfies Columns

export const partyStateColumns = {
  ready: { type: 'i32', unit: '1', doc: 'persons who are at the vehicle or the rank' },
  next: { type: 'i32', unit: 'row', doc: 'next party in line at the rank; -1 = last' },
  lineTick: { type: 'i32', unit: 'tick', doc: 'when it joined the line of its rank; -1 = not yet' },
} as const satisfies Columns

export const rankStateColumns = {
  taxis: { type: 'i32', unit: '1', doc: 'empty taxis that stand here' },
  head: { type: 'i32', unit: 'row', doc: 'first party in line; -1 = nobody' },
  tail: { type: 'i32', unit: 'row', doc: 'last party in line' },
  line: { type: 'i32', unit: '1', doc: 'parties in line' },
  lineMost: { type: 'i32', unit: '1', doc: 'most of them so far' },
  served: { type: 'i32', unit: '1', doc: 'parties that have left' },
  waitTicks: { type: 'f32', unit: 'tick', doc: 'that those served stood in line, in all' },
} as const satisfies Columns

/** Single numbers of the state; the first PLACES are persons by place. */
export const PeopleCount = { nextPerson: PLACES, riding: PLACES + 1, coming: PLACES + 2, crowdLeft: PLACES + 3, blockedHead: PLACES + 4, blockedTail: PLACES + 5, lostTaxis: PLACES + 6, transferring: PLACES + 7 } as const
const COUNTS = PLACES + 8

/** People under way: plain data. */
export interface People {
  readonly input: PeopleInput
  readonly crowd: Crowd
  readonly watch: PeopleWatch
  readonly sidewalks: Sidewalks | null
  readonly transit: Transit | null
  /** Crossings at junctions, and by row when their people last got green; -1 = they have red. */
  readonly crossings: Crossings | null
  readonly greenTick: Int32Array
  readonly midBlock: MidBlock | null
  /** Goal of the walk space at each stop and door of the trains: stop * doorsMax + door; -1 = none. And the stops that have any. */
  readonly doorGoal: Int32Array
  readonly stops: Int32Array
  /** By stop of `stops`: whether its doors are open. */
  readonly open: Uint8Array
  /** By stop of `stops`, and the row of each stop in it; -1 = none. */
  readonly doorWaits: TableOf<typeof doorWaitColumns>
  readonly doorWaitOf: Int32Array
  /** Scratch: persons by goal. */
  readonly lettingOut: Int32Array
  readonly counts: Int32Array
  readonly persons: TableOf<typeof personStateColumns>
  /** By row of the legs: tick at which it began; -1 = not yet. */
  readonly legTick: Int32Array
  readonly parties: TableOf<typeof partyStateColumns>
  readonly ranks: TableOf<typeof rankStateColumns>
  /** Parties whose vehicle is under way, `riding` of them, in order of departure. */
  readonly riding: Int32Array
  /** Persons between two trains, `transferring` of them, in order of the end of their ride. */
  readonly transferring: Int32Array
  /** Taxis that have not come to their rank, `coming` of them. */
  readonly coming: Int32Array
  /** Persons of each party: member[memberFirst[party]] to member[memberFirst[party + 1] - 1]. */
  readonly memberFirst: Int32Array
  readonly member: Int32Array
  /** Person of each walker row; -1 = none. */
  readonly personOfWalker: Int32Array
  /** Crowd steps in a tick of the traffic. */
  readonly crowdSteps: number
}

/**
 * @param network  of the roads whose crossings they use
 * @param dt       s, of a tick of the traffic: a whole number of steps of the crowd
 * @param shared   the crowd over memory that a crew of threads can share
 * @param crowdNow its crowd, where one was saved
 */
export function createPeople(input: PeopleInput, network: Network, dt: number, shared: boolean, crowdNow = createCrowd(input.crowd, shared)): People {
  const transit = input.transit ? createTransit(input.transit, input.persons.rows, input.crowd.startTime) : null
  const { persons, legs, parties, taxis, ranks, crowd } = input
  const crowdSteps = Math.round(dt / crowd.dt)
  invariant(Math.abs(crowdSteps * crowd.dt - dt) < 1e-9, () => `a crowd of steps of ${crowd.dt} s in a run of ticks of ${dt} s`)
  const personOfWalker = new Int32Array(crowd.walkers.rows).fill(-1)
  const memberFirst = new Int32Array(parties.rows + 1)
  const inParty = (leg: number): boolean => legs.kind[leg] === LegKind.drive || legs.kind[leg] === LegKind.taxi
  for (let person = 0; person < persons.rows; person++) {
    for (let leg = persons.legFirst[person]; leg < persons.legFirst[person] + persons.legCount[person]; leg++) {
      if (inParty(leg)) memberFirst[legs.ref[leg] + 1]++
      else if (legs.kind[leg] === LegKind.crowd) {
        invariant(personOfWalker[legs.ref[leg]] < 0, () => `walker row ${legs.ref[leg]} stands in the plans of two persons`)
        personOfWalker[legs.ref[leg]] = person
      }
    }
  }
  for (let party = 0; party < parties.rows; party++) {
    invariant(memberFirst[party + 1] === parties.size[party], () => `party ${party} is of ${parties.size[party]} persons, but ${memberFirst[party + 1]} have it in their plans`)
    memberFirst[party + 1] += memberFirst[party]
  }
  const member = new Int32Array(memberFirst[parties.rows])
  const fill = memberFirst.slice()
  for (let person = 0; person < persons.rows; person++)
    for (let leg = persons.legFirst[person]; leg < persons.legFirst[person] + persons.legCount[person]; leg++)
      if (inParty(leg)) member[fill[legs.ref[leg]]++] = person
  const crossings = input.sidewalks ? findCrossings(network, input.sidewalks) : null
  const sidewalks = input.sidewalks ? createSidewalks(input.sidewalks, persons.rows) : null
  // Doors of platforms let nobody out until a train is there.
  const doors = doorsOf(input, transit?.doorsMax ?? 0)
  if (crowdNow.counts[CrowdCount.tick] === 0) for (const goal of doors.doorGoal) if (goal >= 0) setGoalRoom(crowdNow, goal, 0)
  const people: People = {
    input, crowd: crowdNow, watch: createPeopleWatch(input, crowdNow, sidewalks), sidewalks, transit, crossings, midBlock: input.sidewalks ? findMidBlock(network, input.sidewalks) : null, greenTick: new Int32Array(crossings?.edge.length ?? 0).fill(-1), ...doors, counts: new Int32Array(COUNTS),
    persons: createTable(personStateColumns, persons.rows), legTick: new Int32Array(legs.rows).fill(-1), parties: createTable(partyStateColumns, parties.rows), ranks: createTable(rankStateColumns, ranks.length),
    riding: new Int32Array(parties.rows), transferring: new Int32Array(persons.rows), coming: new Int32Array(taxis.rows), memberFirst, member, personOfWalker, crowdSteps,
  }
  people.counts[Place.before] = persons.rows
  people.counts[PeopleCount.coming] = taxis.rows
  people.counts[PeopleCount.blockedHead] = people.counts[PeopleCount.blockedTail] = -1
  for (let taxi = 0; taxi < taxis.rows; taxi++) people.coming[taxi] = taxi
  people.persons.leg.fill(-1)
  people.persons.endTick.fill(-1)
  people.persons.node.fill(-1)
  people.persons.goal.fill(-1)
  people.persons.nextBlocked.fill(-1)
  people.persons.waitTick.fill(-1)
  people.parties.next.fill(-1)
  people.parties.lineTick.fill(-1)
  people.ranks.head.fill(-1)
  people.ranks.tail.fill(-1)
  return people
}

/** Doors of trains in the walk space, by stop. */
function doorsOf({ goalStop, goalDoor, transit }: PeopleInput, doorsMax: number): Pick<People, 'doorGoal' | 'stops' | 'open' | 'doorWaits' | 'doorWaitOf' | 'lettingOut'> {
  const doorGoal = new Int32Array((transit?.stops.rows ?? 0) * doorsMax).fill(-1)
  const stops = new Set<number>()
  for (let goal = 0; goal < goalStop.length; goal++) {
    if (goalStop[goal] < 0) continue
    doorGoal[goalStop[goal] * doorsMax + goalDoor[goal]] = goal
    stops.add(goalStop[goal])
  }
  const rows = Int32Array.from([...stops].sort((a, b) => a - b))
  const doorWaitOf = new Int32Array(transit?.stops.rows ?? 0).fill(-1)
  for (const [row, stop] of rows.entries()) doorWaitOf[stop] = row
  return { doorGoal, stops: rows, open: new Uint8Array(rows.length), doorWaits: createTable(doorWaitColumns, rows.length), doorWaitOf, lettingOut: new Int32Array(goalStop.length) }
}
