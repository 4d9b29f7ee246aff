import { invariant } from '../core/invariant'
import { enterWalker } from '../crowd/admit'
import { Draw, hash4 } from '../core/random'
import { CrowdCount } from '../crowd/crowd'
import { freeSpeedOfId } from '../crowd/freeSpeed'
import { crowdModel } from '../crowd/crowdModel'
import { stepCrowd } from '../crowd/stepCrowd'
import { enterSidewalk, FootCount, stepSidewalks } from '../sidewalks'
import { callTrip } from '../traffic/insertion'
import { doorsAt, RideEvent, stepTransit, TransitCount, waitForRide } from '../transit'
import type { Advance } from '../threads/trafficModel'
import type { World } from '../world'
import { updateCrossings } from './crossings'
import { updateMidBlock } from './midBlock'
import { WATCH_SECONDS } from './crowdWatch'
import { PeopleCount, type People } from './people'
import { noteBoarding, openDoors, watchDoors } from './trainDoors'
import { From, LegKind, Place } from './peopleTypes'
import { watchFootways, watchPeople, watchSteps } from './peopleWatch'

/** Fewer persons in the crowd than this are sooner moved by one thread than shared out: two calls a step take some 20 us each. */
const MANY = 500

/**
 * Advances people by one tick of the traffic, after the vehicles moved: those who set out, the crowd in its own small
 * steps, and whoever passes from one kind of way to the next. In a fixed order, and alone but for the crowd, which
 * `advance` shares out among the threads of a crew.
 */
export function stepPeople(world: World, people: People, advance: Advance | null): void {
  setOut(world, people)
  for (let at = 0; at < people.crowdSteps; at++) {
    if (advance && people.crowd.mail.first[people.crowd.index.domains] >= MANY) advance(crowdModel, people.crowd)
    else stepCrowd(people.crowd)
    watchSteps(people.watch, people.crowd)
  }
  leaveCrowd(world, people)
  walkFootways(world, people)
  ride(world, people)
  changeTrains(world, people)
  alight(world, people)
  takeTaxis(world, people)
  if ((world.tick + 1) % Math.round(WATCH_SECONDS / world.input.dt) !== 0) return
  watchDoors(people, world.tick)
  watchPeople(people.watch, people.crowd, people.transit, people.counts)
}

function setOut(world: World, people: People): void {
  const { counts, input: { persons } } = people
  let next = counts[PeopleCount.nextPerson]
  for (; next < persons.rows && persons.startTick[next] <= world.tick; next++) beginLeg(world, people, next, 0)
  counts[PeopleCount.nextPerson] = next
}

function moveTo(people: People, person: number, place: number): void {
  const { persons, counts } = people
  counts[persons.place[person]]--
  counts[place]++
  persons.place[person] = place
}

function beginLeg(world: World, people: People, person: number, at: number): void {
  const { input: { persons: plans, legs, parties }, persons, crowd, counts } = people
  persons.leg[person] = at
  persons.sinceTick[person] = world.tick
  if (at === plans.legCount[person]) {
    persons.endTick[person] = world.tick
    return moveTo(people, person, Place.arrived)
  }
  const leg = plans.legFirst[person] + at
  people.legTick[leg] = world.tick
  switch (legs.kind[leg]) {
    case LegKind.crowd:
      // Who is somewhere in the walk space already appears by the walker's own tick.
      if (legs.from[leg] !== From.own) enterWalker(crowd, legs.ref[leg], legs.from[leg] === From.trainDoor ? persons.goal[person] : legs.from[leg])
      return moveTo(people, person, Place.crowd)
    case LegKind.footway:
      moveTo(people, person, Place.footway)
      if (legs.from[leg] >= 0) persons.node[person] = legs.from[leg]
      if (persons.node[person] === legs.to[leg]) return endLeg(world, people, person)
      if (!stepOut(people, person)) waitForFootway(people, person)
      return
    case LegKind.transit: {
      const { transit, input: { goalStop, goalDoor } } = people
      const stop = legs.from[leg] >= 0 ? legs.from[leg] : goalStop[persons.goal[person]]
      const door = legs.from[leg] >= 0 ? doorOf(people, person, stop) : goalDoor[persons.goal[person]]
      waitForRide(transit!, person, stop, door, legs.to[leg], timeOf(world))
      return moveTo(people, person, Place.platform)
    }
    case LegKind.transfer:
      people.transferring[counts[PeopleCount.transferring]++] = person
      return moveTo(people, person, Place.transfer)
    case LegKind.drive: {
      const party = legs.ref[leg]
      const trip = parties.trip[party]
      people.parties.ready[party]++
      if (people.parties.ready[party] < parties.size[party]) return moveTo(people, person, trip < world.onCall ? Place.driving : Place.car)
      // Scheduled: they were in the car from its departure on.
      if (trip >= world.onCall) callTrip(world, trip)
      people.riding[counts[PeopleCount.riding]++] = party
      for (let m = people.memberFirst[party]; m < people.memberFirst[party + 1]; m++) moveTo(people, people.member[m], Place.driving)
      return
    }
    case LegKind.taxi: {
      const party = legs.ref[leg]
      moveTo(people, person, Place.taxiRank)
      if (++people.parties.ready[party] === parties.size[party]) joinLine(world, people, party)
      return
    }
    default:
      invariant(false, () => `tick ${world.tick}: person ${plans.id[person]} has a leg of kind ${legs.kind[leg]}, which nobody carries`)
  }
}

/** Where who does not stand on a platform of the walk space gets on: at the front of a bus, at any door of a train. */
function doorOf({ transit, persons, crowd, input: { persons: plans } }: People, person: number, stop: number): number {
  const { routes, stops } = transit!.service
  return routes.alightDoor[stops.route[stop]] >= 0 ? 0 : hash4(crowd.input.seed, Draw.trainDoor, plans.id[person], persons.leg[person]) % doorsAt(transit!, stop)
}

const endLeg = (world: World, people: People, person: number): void => beginLeg(world, people, person, people.persons.leg[person] + 1)

/** Who left the walk space in this tick goes on, in the order in which they left. */
function leaveCrowd(world: World, people: People): void {
  const { crowd, counts, personOfWalker, persons, input: { goalNode } } = people
  const end = crowd.counts[CrowdCount.left]
  for (let at = counts[PeopleCount.crowdLeft]; at < end; at++) {
    const person = personOfWalker[crowd.left.walker[at]]
    if (person < 0) continue
    persons.goal[person] = crowd.left.goal[at]
    persons.node[person] = goalNode[crowd.left.goal[at]]
    endLeg(world, people, person)
  }
  counts[PeopleCount.crowdLeft] = end
}

const timeOf = ({ input: { startTime, dt }, tick }: World): number => startTime + tick * dt

/** Puts a person on the footway towards the end of the leg; false = it has no room now. */
function stepOut({ sidewalks, persons, input: { persons: plans, legs, crowd } }: People, person: number): boolean {
  const leg = plans.legFirst[person] + persons.leg[person]
  return enterSidewalk(sidewalks!, person, persons.node[person], legs.to[leg], freeSpeedOfId(crowd.seed, plans.id[person]))
}

function waitForFootway({ persons, counts }: People, person: number): void {
  const { blockedHead, blockedTail } = PeopleCount
  if (counts[blockedHead] < 0) counts[blockedHead] = person
  else persons.nextBlocked[counts[blockedTail]] = person
  counts[blockedTail] = person
  persons.nextBlocked[person] = -1
}

/** Those for whom there was no room try again, first come first; then all walk, and whoever is there goes on. */
function walkFootways(world: World, people: People): void {
  const { sidewalks, crossings, persons, counts } = people
  if (!sidewalks) return
  updateCrossings(world, crossings!, people.greenTick, sidewalks)
  updateMidBlock(world, people.midBlock!, sidewalks)
  const { blockedHead, blockedTail } = PeopleCount
  let person = counts[blockedHead]
  counts[blockedHead] = counts[blockedTail] = -1
  while (person >= 0) {
    const next = persons.nextBlocked[person]
    persons.nextBlocked[person] = -1
    if (!stepOut(people, person)) waitForFootway(people, person)
    person = next
  }
  stepSidewalks(sidewalks, world.input.dt)
  watchFootways(people.watch.lines, sidewalks, (world.tick + 1) * world.input.dt)
  const { arrivals, counts: { [FootCount.arrivals]: there } } = sidewalks
  for (let row = 0; row < there; row++) {
    persons.node[arrivals.person[row]] = arrivals.node[row]
    endLeg(world, people, arrivals.person[row])
  }
}

/** Trains run; who got on rides, who got off goes on; doors of platforms let people out while a train stands there. */
function ride(world: World, people: People): void {
  const { transit, persons, doorGoal } = people
  if (!transit) return
  stepTransit(transit, timeOf(world))
  const { events, counts: { [TransitCount.events]: happened }, doorsMax } = transit
  for (let row = 0; row < happened; row++) {
    const person = events.person[row]
    if (events.kind[row] === RideEvent.boarded) {
      moveTo(people, person, Place.train)
      noteBoarding(people, person, events.stop[row], world.tick)
    }
    else if (events.kind[row] === RideEvent.alighted) {
      persons.goal[person] = doorGoal[events.stop[row] * doorsMax + events.door[row]]
      endLeg(world, people, person)
    }
  }
  openDoors(world, people, timeOf(world))
}

/** Who has walked from one train to the platform of the other waits there. */
function changeTrains(world: World, people: People): void {
  const { transferring, counts, persons, input: { persons: plans, legs } } = people
  let kept = 0
  const before = counts[PeopleCount.transferring]
  for (let at = 0; at < before; at++) {
    const person = transferring[at]
    if (world.tick - persons.sinceTick[person] < legs.to[plans.legFirst[person] + persons.leg[person]]) transferring[kept++] = person
    else endLeg(world, people, person)
  }
  counts[PeopleCount.transferring] = kept
}

/** Vehicles that have arrived let their people out; taxis that have come stand at their rank. */
function alight(world: World, people: People): void {
  const { counts, riding, coming, input: { parties, taxis }, ranks } = people
  const { arriveTick, unreachable } = world.trips
  let kept = 0
  // Whoever drives off now, in `endLeg`, stands behind those that are looked at.
  const before = counts[PeopleCount.riding]
  for (let at = 0; at < before; at++) {
    const party = riding[at]
    const trip = parties.trip[party]
    if (arriveTick[trip] < 0 && unreachable[trip] === 0) { riding[kept++] = party; continue }
    for (let m = people.memberFirst[party]; m < people.memberFirst[party + 1]; m++) {
      if (unreachable[trip] !== 0) moveTo(people, people.member[m], Place.stranded)
      else endLeg(world, people, people.member[m])
    }
  }
  for (let at = before; at < counts[PeopleCount.riding]; at++) riding[kept++] = riding[at]
  counts[PeopleCount.riding] = kept
  let left = 0
  for (let at = 0; at < counts[PeopleCount.coming]; at++) {
    const taxi = coming[at]
    if (arriveTick[taxis.trip[taxi]] >= 0) ranks.taxis[taxis.rank[taxi]]++
    else if (unreachable[taxis.trip[taxi]] !== 0) counts[PeopleCount.lostTaxis]++
    else coming[left++] = taxi
  }
  counts[PeopleCount.coming] = left
}

function joinLine(world: World, people: People, party: number): void {
  const { ranks, parties, input } = people
  const rank = input.parties.rank[party]
  parties.lineTick[party] = world.tick
  if (ranks.head[rank] < 0) ranks.head[rank] = party
  else parties.next[ranks.tail[rank]] = party
  ranks.tail[rank] = party
  if (++ranks.line[rank] > ranks.lineMost[rank]) ranks.lineMost[rank] = ranks.line[rank]
}

/** First come, first served: a party a taxi. */
function takeTaxis(world: World, people: People): void {
  const { ranks, parties, counts, riding, input } = people
  for (let rank = 0; rank < ranks.rows; rank++) {
    while (ranks.taxis[rank] > 0 && ranks.head[rank] >= 0) {
      const party = ranks.head[rank]
      ranks.head[rank] = parties.next[party]
      ranks.taxis[rank]--
      ranks.line[rank]--
      ranks.served[rank]++
      ranks.waitTicks[rank] += world.tick - parties.lineTick[party]
      callTrip(world, input.parties.trip[party])
      riding[counts[PeopleCount.riding]++] = party
      for (let m = people.memberFirst[party]; m < people.memberFirst[party + 1]; m++) moveTo(people, people.member[m], Place.driving)
    }
  }
}
