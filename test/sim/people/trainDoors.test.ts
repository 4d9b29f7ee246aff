import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, checkInvariants, createTable, createWorld, From, gridSpec, LegKind, legColumns, partyColumns, planColumns, randomTrips, restoreWorld, routeColumns, routeStopColumns,
  saveWorld, stateHash, step, taxiColumns, transitTripColumns, TravelMode, walkerColumns, type PeopleInput, type TransitService, type World, type WorldInput,
} from '../../../src/sim'
import { peopleTotals } from '../../../src/sim/people/peopleReports'
import { stopReports } from '../../../src/sim/people/measureReports'
import { walkPeople } from '../../../src/sim/onFoot'
import { exitOf, floorOf, rectangle, spaceOf } from '../crowd/support'
import { inputOf } from '../support'

walkPeople()
const network = assembleNetwork(gridSpec(2))
const START = 7 * 3600
/** A platform of 20 m with the two doors of a car on its eastern edge. */
const platform = spaceOf({
  floors: [floorOf('platform', rectangle(0, 0, 20, 20))],
  goals: [exitOf('door:1:f:0', 'platform', [20, 5], [20, 6.4]), exitOf('door:1:f:1', 'platform', [20, 14], [20, 15.4])],
})

/** Trains of one car with two doors, the first after 40 s, then one every `headway` s; `others` ride in each. */
function line(room: number, headway: number, others: number): TransitService {
  const service = { routes: createTable(routeColumns, 1), stops: createTable(routeStopColumns, 2), trips: createTable(transitTripColumns, 8) }
  const values = { fixed: 12, dwell: 30, service: 1, clearance: 40, stopCount: 2, tripCount: 8, room, cars: 1, doors: 2, streams: 2, alightDoor: -1 }
  for (const [name, value] of Object.entries(values)) service.routes[name as keyof typeof values][0] = value
  service.stops.run.fill(60)
  for (let stop = 0; stop < 2; stop++) service.stops.place[stop] = stop
  for (let trip = 0; trip < 8; trip++) service.trips.departure[trip] = START + 70 + trip * headway
  return { ...service, others: { aboard: new Float32Array(48).fill(others), exchange: new Float32Array(48) } }
}

function passengers(persons: number, transit: TransitService): WorldInput {
  const walkers = createTable(walkerColumns, persons)
  const plans = createTable(planColumns, persons)
  const legs = createTable(legColumns, 2 * persons)
  walkers.group.fill(-1)
  walkers.from.fill(-1)
  legs.to.fill(-1)
  legs.ref.fill(-1)
  for (let person = 0; person < persons; person++) {
    walkers.id[person] = plans.id[person] = person + 1
    walkers.x[person] = 2 + (person % 10)
    walkers.y[person] = 2 + Math.floor(person / 10)
    plans.mode[person] = TravelMode.metro
    plans.legFirst[person] = 2 * person
    plans.legCount[person] = 2
    legs.kind[2 * person] = LegKind.crowd
    legs.from[2 * person] = From.own
    legs.ref[2 * person] = person
    legs.kind[2 * person + 1] = LegKind.transit
    legs.from[2 * person + 1] = -1
    legs.to[2 * person + 1] = 1
  }
  const people: PeopleInput = {
    crowd: { space: platform, walkers, seed: 1, dt: 0.05, startTime: START, changes: [], journeys: [{ id: 'train', stages: [{ kind: 'walk', goals: ['door:1:f:0', 'door:1:f:1'] }] }] },
    persons: plans, legs, parties: createTable(partyColumns, 0), taxis: createTable(taxiColumns, 0), ranks: [],
    goalNode: new Int32Array(2).fill(-1), goalStop: new Int32Array(2), goalDoor: Int32Array.of(0, 1), transit,
  }
  return inputOf(network, randomTrips(network, 1, 1, 1), { people })
}
const until = (world: World, tick: number): World => {
  while (world.tick < tick) { step(world); if (world.tick % 5 === 0) checkInvariants(world) }
  return world
}

describe('a platform of 60 persons and trains with room for 25', () => {
  const input = passengers(60, line(40, 180, 15))
  const world = createWorld(input)

  test('before a train comes all stand on the floor, before both doors', () => {
    const { crowd, platform: inLine } = peopleTotals(until(world, 70).people!)
    expect([crowd, inLine]).toEqual([60, 0])
    expect(stopReports(world.people!)).toMatchObject([{ boarded: 0, leftBehind: 0 }])
    expect(stopReports(world.people!)[0]!.waiting).toBeGreaterThan(40)
  })

  test('a full train leaves the others behind on the floor, where they are seen, and each is counted at each train', () => {
    const first = peopleTotals(until(world, 240).people!)
    // Who has not squeezed through the door when it closes stays, though there was room.
    expect(first.train).toBeGreaterThanOrEqual(23)
    expect(first.train).toBeLessThanOrEqual(25)
    expect([first.crowd, first.platform]).toEqual([60 - first.train, 0])
    expect(stopReports(world.people!)).toMatchObject([{ waiting: first.crowd, boarded: first.train }])
    // Who stands 8 m or more from the doors has not been there when they closed.
    const { leftBehind } = stopReports(world.people!)[0]!
    expect(leftBehind).toBeGreaterThanOrEqual(first.crowd - 2)
    expect(leftBehind).toBeLessThanOrEqual(first.crowd)
    const second = peopleTotals(until(world, 600).people!)
    expect(second.crowd).toBeLessThanOrEqual(60 - 2 * 23)
    expect(second.crowd).toBeGreaterThanOrEqual(60 - 2 * 25)
    expect(stopReports(world.people!)[0]!.leftBehind).toBe(leftBehind + second.crowd)
    expect(peopleTotals(until(world, 1200).people!)).toMatchObject({ arrived: 60 })
    const { waitMean, waitMost } = stopReports(world.people!)[0]!
    // Trains stand there from 40, 220 and 400 s on.
    expect(waitMost).toBeGreaterThan(380)
    expect(waitMean).toBeGreaterThan((25 * 30 + 25 * 205 + 10 * 385) / 60)
    expect(waitMean).toBeLessThan((25 * 65 + 25 * 245 + 10 * 425) / 60)
  })

  test('saved with people before the doors, it goes on the same', () => {
    const half = until(createWorld(input), 300)
    const saved = saveWorld(half)
    expect(stateHash(until(restoreWorld(input, saved), 500))).toBe(stateHash(until(half, 500)))
  })
})
