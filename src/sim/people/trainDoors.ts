import type { Columns } from '../core/table'
import { setGoalRoom } from '../crowd/navigation/exits'
import { HOLD_MAX, leaveBehind, roomAt, TripStage } from '../transit'
import type { World } from '../world'
import type { People } from './people'

/** Per direction of a line at a platform in the walk space. */
export const doorWaitColumns = {
  waitTicks: { type: 'f64', unit: 'tick', doc: 'that those who got on waited before their doors, in all' },
  waiting: { type: 'i32', unit: 'persons', doc: 'on the floor before its doors, in the last second' },
  waitingMost: { type: 'i32', unit: 'persons', doc: 'most of them so far' },
  boarded: { type: 'i32', unit: 'persons', doc: 'who waited there and got on' },
  waitMost: { type: 'i32', unit: 'tick', doc: 'longest wait of one of them' },
} as const satisfies Columns

/** Whoever has less than this left to the door of a train, m, waits at it. */
const NEAR_DOOR = 8
/** Doors stay open for whoever steps in within so many s after the one before; assumed. */
const PATIENCE = 3

/**
 * Once a second: who waits before the doors of trains. They are in the crowd, on the floor of the platform, until a
 * train stands there and has room for them.
 */
export function watchDoors({ crowd, personOfWalker, persons, doorWaits, doorWaitOf, input: { goalStop } }: People, tick: number): void {
  const { now, mail, index } = crowd
  doorWaits.waiting.fill(0)
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const walker = now.walker[row]
    const goal = crowd.persons.goal[walker]
    if (goal < 0 || goal >= goalStop.length || goalStop[goal] < 0 || !(crowd.persons.remaining[walker] < NEAR_DOOR)) continue
    const person = personOfWalker[walker]
    if (persons.waitTick[person] < 0) persons.waitTick[person] = tick
    doorWaits.waiting[doorWaitOf[goalStop[goal]]]++
  }
  for (let row = 0; row < doorWaits.rows; row++) if (doorWaits.waiting[row] > doorWaits.waitingMost[row]) doorWaits.waitingMost[row] = doorWaits.waiting[row]
}

/** Lets people out of the crowd into trains that stand, as many as each car has room for; whoever a full one leaves behind stays on the floor. Doors do not close while people step in one after another. */
export function openDoors(world: World, people: People, time: number): void {
  const { transit, crowd, doorGoal, stops, open } = people
  if (!transit) return
  const { doorsMax, service: { routes, stops: calls }, trips } = transit
  let counted = false
  for (let row = 0; row < stops.length; row++) {
    const stop = stops[row]
    const trip = transit.stops.trip[stop]
    const stands = trip >= 0 && trips.stage[trip] === TripStage.standing
    if (!stands && open[row] === 0) continue
    if (!counted) countLettingOut(people)
    counted = true
    const perCar = routes.doors[calls.route[stop]]
    let stepsIn = false
    if (!stands) leaveOthersBehind(people, stop, time, world.tick - routes.dwell[calls.route[stop]] / world.input.dt)
    for (let first = 0; first < routes.cars[calls.route[stop]] * perCar; first += perCar) {
      let room = stands ? roomAt(transit, stop, first, time) : 0
      let doors = 0
      for (let door = first; door < first + perCar; door++) {
        const goal = doorGoal[stop * doorsMax + door]
        if (goal < 0) continue
        doors += 1
        room -= people.lettingOut[goal]
        if (stands && people.lettingOut[goal] > 0 && time < transit.doors.free[trips.slot[trip] * doorsMax + door] + PATIENCE) stepsIn = true
      }
      if (room < 0) room = 0
      // What is left over by even shares goes to another door every tick.
      const share = Math.floor(room / Math.max(1, doors))
      let at = world.tick
      for (let door = first; door < first + perCar; door++) {
        const goal = doorGoal[stop * doorsMax + door]
        if (goal >= 0) setGoalRoom(crowd, goal, share + (at++ % doors < room - share * doors ? 1 : 0))
      }
    }
    if (stands && stepsIn && time < trips.time[trip] + HOLD_MAX) trips.last[trip] = Math.max(trips.last[trip], time + 2 * world.input.dt)
    open[row] = stands ? 1 : 0
  }
}

/** Who are on their last step to a door, by goal. */
function countLettingOut({ crowd: { now, mail, index, navigation: { intents } }, lettingOut, input: { goalStop } }: People): void {
  lettingOut.fill(0)
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const goal = intents.permit[now.walker[row]]
    if (goal >= 0 && goalStop[goal] >= 0) lettingOut[goal]++
  }
}

/** Doors close: left behind is who stands before those of a full car, or stood there for a whole stop and has not got on. */
function leaveOthersBehind({ crowd, transit, personOfWalker, persons, input: { goalStop, goalDoor } }: People, stop: number, time: number, opened: number): void {
  const { now, mail, index } = crowd
  const bodies = mail.first[index.domains]
  for (let row = 0; row < bodies; row++) {
    const walker = now.walker[row]
    const goal = crowd.persons.goal[walker]
    if (goal < 0 || goal >= goalStop.length || goalStop[goal] !== stop || !(crowd.persons.remaining[walker] < NEAR_DOOR)) continue
    const since = persons.waitTick[personOfWalker[walker]]
    if (since >= 0 && (since <= opened || roomAt(transit!, stop, goalDoor[goal], time) === 0)) leaveBehind(transit!, personOfWalker[walker], stop)
  }
}

/** Somebody got on at a stop: the wait before the door is over. */
export function noteBoarding({ persons, doorWaits, doorWaitOf }: People, person: number, stop: number, tick: number): void {
  const row = doorWaitOf[stop]
  if (row < 0 || persons.waitTick[person] < 0) return
  const wait = tick - persons.waitTick[person]
  persons.waitTick[person] = -1
  doorWaits.boarded[row]++
  doorWaits.waitTicks[row] += wait
  if (wait > doorWaits.waitMost[row]) doorWaits.waitMost[row] = wait
}
