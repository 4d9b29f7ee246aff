import {
  assembleNetwork, createTable, From, gridSpec, LegKind, legColumns, partyColumns, planColumns, randomTrips, routeColumns, routeStopColumns,
  taxiColumns, transitTripColumns, TravelMode, walkerColumns, type PeopleInput, type TransitService, type WorldInput,
} from '../../../src/sim'
import { exitOf, floorOf, rectangle, spaceOf } from '../crowd/support'
import { inputOf } from '../support'

const network = assembleNetwork(gridSpec(2))
export const START = 7 * 3600
/** A platform of 20 m with the two doors of a car on its eastern edge. */
const platform = spaceOf({
  floors: [floorOf('platform', rectangle(0, 0, 20, 20))],
  goals: [exitOf('door:1:f:0', 'platform', [20, 5], [20, 6.4]), exitOf('door:1:f:1', 'platform', [20, 14], [20, 15.4])],
})

/** Trains of one car with two doors, the first after 40 s, then one every `headway` s, and some to spare; `others` ride in each. */
export function platformLine(room: number, headway: number, others: number, spare = 0): TransitService {
  const service = { routes: createTable(routeColumns, 1), stops: createTable(routeStopColumns, 2), trips: createTable(transitTripColumns, 8 + spare) }
  const values = { fixed: 12, dwell: 30, service: 1, clearance: 40, stopCount: 2, tripCount: 8 + spare, spare, room, cars: 1, doors: 2, streams: 2, alightDoor: -1 }
  for (const [name, value] of Object.entries(values)) service.routes[name as keyof typeof values][0] = value
  service.stops.run.fill(60)
  for (let stop = 0; stop < 2; stop++) service.stops.place[stop] = stop
  for (let trip = 0; trip < 8 + spare; trip++) service.trips.departure[trip] = trip < 8 ? START + 70 + trip * headway : Infinity
  return { ...service, others: { aboard: new Float32Array(48).fill(others), exchange: new Float32Array(48) } }
}

/** So many persons on the platform who want to ride. */
export function passengers(persons: number, transit: TransitService): WorldInput {
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
