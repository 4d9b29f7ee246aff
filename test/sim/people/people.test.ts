import { describe, expect, test } from 'vitest'
import {
  assembleNetwork, checkInvariants, createTable, createWorld, gridSpec, LegKind, legColumns, ON_CALL, partyColumns, planColumns, restoreWorld, saveWorld,
  stateHash, step, taxiColumns, totals, TravelMode, tripResults, VehicleClass, walkerColumns, type PeopleInput, type World, type WorldInput,
} from '../../../src/sim'
import { peopleTotals, rankReports } from '../../../src/sim/people/peopleReports'
import { walkPeople } from '../../../src/sim/onFoot'
import { exitOf, floorOf, rectangle, spaceOf } from '../crowd/support'
import { inputOf, linkBetween, tripTable, type TripRow } from '../support'

walkPeople()
const network = assembleNetwork(gridSpec(4))
const home = linkBetween(network, [500, 500], [750, 500])
const garage = linkBetween(network, [250, 250], [500, 250])
const stand = linkBetween(network, [250, 500], [500, 500])
const yard = spaceOf({ floors: [floorOf('yard', rectangle(0, 0, 20, 20))], goals: [exitOf('east', 'yard', [20, 8], [20, 12]), exitOf('west', 'yard', [0, 8], [0, 12])] })

/** Persons in a yard: so many cars of two that stand in the garage, taxis of one from a rank, and the rest on foot. */
function outing(cars: number, parties: number, walkers: number, taxis = parties): WorldInput {
  const persons = 2 * cars + parties + walkers
  const trips: TripRow[] = []
  for (let taxi = 0; taxi < taxis; taxi++) trips.push({ id: 1000 + taxi, depart: 20 + 40 * taxi, from: home, to: stand, class: VehicleClass.taxi })
  for (let party = 0; party < cars + parties; party++) trips.push({ id: 2000 + party, depart: ON_CALL, from: party < cars ? garage : stand, to: home, class: party < cars ? VehicleClass.car : VehicleClass.taxi })
  const table = tripTable(network, trips)
  const rowOf = (id: number): number => table.id.indexOf(id)
  const crowd = createTable(walkerColumns, persons)
  const plans = createTable(planColumns, persons)
  const legs = createTable(legColumns, persons * 2)
  const groups = createTable(partyColumns, cars + parties)
  const coming = createTable(taxiColumns, taxis)
  for (let taxi = 0; taxi < taxis; taxi++) coming.trip[taxi] = rowOf(1000 + taxi)
  for (let party = 0; party < cars + parties; party++) {
    groups.trip[party] = rowOf(2000 + party)
    groups.size[party] = party < cars ? 2 : 1
    groups.rank[party] = party < cars ? -1 : 0
  }
  crowd.group.fill(-1)
  crowd.from.fill(-1)
  let leg = 0
  for (let person = 0; person < persons; person++) {
    crowd.id[person] = plans.id[person] = person + 1
    crowd.x[person] = 2 + (person % 16)
    crowd.y[person] = 2 + Math.floor(person / 16)
    const mode = person < 2 * cars ? TravelMode.car : person < 2 * cars + parties ? TravelMode.taxi : TravelMode.walk
    crowd.journey[person] = mode === TravelMode.taxi ? 1 : 0
    plans.mode[person] = mode
    plans.legFirst[person] = leg
    plans.legCount[person] = mode === TravelMode.walk ? 1 : 2
    legs.from[leg] = -1
    legs.kind[leg] = LegKind.crowd
    legs.ref[leg++] = person
    if (mode === TravelMode.walk) continue
    legs.kind[leg] = mode === TravelMode.car ? LegKind.drive : LegKind.taxi
    legs.ref[leg++] = mode === TravelMode.car ? Math.floor(person / 2) : person - cars
  }
  const people: PeopleInput = {
    crowd: {
      space: yard, walkers: crowd, seed: 1, dt: 0.05, startTime: 0, changes: [],
      journeys: ['east', 'west'].map(goal => ({ id: goal, stages: [{ kind: 'walk', goals: [goal] }] })),
    },
    persons: plans, legs, parties: groups, taxis: coming, ranks: ['rank'], goalNode: new Int32Array(2).fill(-1), goalStop: new Int32Array(2).fill(-1), goalDoor: new Int32Array(2).fill(-1),
  }
  return inputOf(network, table, { people })
}
const until = (world: World, tick: number): World => {
  while (world.tick < tick) { step(world); checkInvariants(world) }
  return world
}

describe('people of an outing', () => {
  const input = outing(12, 10, 6)
  const world = until(createWorld(input), 1400)

  test('are conserved at every tick, and all arrive: on foot, by their cars, by taxi', () => {
    expect(peopleTotals(world.people!)).toMatchObject({ arrived: 40, crowd: 0, driving: 0, taxiRank: 0, stranded: 0 })
    expect(totals(world)).toMatchObject({ departures: 32, arrived: 32 })
  })

  test('a car leaves when the last of its people has come, and not before', () => {
    const { departTick } = tripResults(world)
    const { crowd, input: { parties } } = world.people!
    for (let party = 0; party < 12; party++) {
      const last = Math.max(crowd.persons.leaveTick[2 * party]!, crowd.persons.leaveTick[2 * party + 1]!)
      expect(departTick[parties.trip[party]!]).toBe(Math.floor(last / 10))
    }
  })

  test('taxis are taken in the order of the line', () => {
    const { departTick } = tripResults(world)
    const { crowd, input: { parties } } = world.people!
    const order = Array.from({ length: 10 }, (_, at) => at).sort((a, b) => crowd.persons.leaveTick[24 + a]! - crowd.persons.leaveTick[24 + b]! || crowd.left.walker.indexOf(24 + a) - crowd.left.walker.indexOf(24 + b))
    const ticks = order.map(at => departTick[parties.trip[12 + at]!]!)
    expect(ticks).toEqual([...ticks].sort((a, b) => a - b))
    expect(rankReports(world.people!, 0.5)[0]).toMatchObject({ served: 10, line: 0, taxis: 0 })
  })

  test('saved half-way and run on, they end in the same state', () => {
    const half = until(createWorld(input), 150)
    expect(stateHash(until(restoreWorld(input, saveWorld(half)), 400))).toBe(stateHash(until(half, 400)))
  })
})

test('with too few taxis the line stays, and nobody is lost', () => {
  const world = until(createWorld(outing(0, 10, 0, 4)), 1400)
  expect(peopleTotals(world.people!)).toMatchObject({ arrived: 4, taxiRank: 6 })
  expect(rankReports(world.people!, 0.5)[0]!.line).toBe(6)
})
