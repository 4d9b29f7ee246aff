import {
  assembleNetwork, createTable, gridSpec, LegKind, legColumns, ON_CALL, partyColumns, planColumns, taxiColumns, TravelMode, VehicleClass, walkerColumns,
  type PeopleInput, type WorldInput,
} from '../../../src/sim'
import { exitOf, floorOf, rectangle, spaceOf } from '../crowd/support'
import { inputOf, linkBetween, tripTable, type TripRow } from '../support'

const network = assembleNetwork(gridSpec(4))
const home = linkBetween(network, [500, 500], [750, 500])
const garage = linkBetween(network, [250, 250], [500, 250])
const stand = linkBetween(network, [250, 500], [500, 500])
const yard = spaceOf({ floors: [floorOf('yard', rectangle(0, 0, 20, 20))], goals: [exitOf('east', 'yard', [20, 8], [20, 12]), exitOf('west', 'yard', [0, 8], [0, 12])] })

/** Persons in a yard: so many cars of two that stand in the garage, taxis of one from a rank, and the rest on foot. */
export function outing(cars: number, parties: number, walkers: number, taxis = parties): WorldInput {
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
