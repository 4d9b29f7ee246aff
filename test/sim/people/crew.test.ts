import { expect, test } from 'vitest'
import {
  assembleNetwork, checkInvariants, createTable, createWorld, CrowdCount, gridSpec, LegKind, legColumns, orderSpec, partyColumns, peopleEngine, planColumns, randomTrips, restoreWorld, saveWorld, stateHash, step, taxiColumns,
  type PeopleInput, type World, type WorldInput,
} from '../../../src/sim'
import { walkPeople } from '../../../src/sim/onFoot'
import { hallInput } from '../crowd/support'
import { crewStarter } from '../crewStarter'

walkPeople()
const PERSONS = 900
const crewOf = crewStarter()

/** Traffic on a grid, and people who walk through halls beside it and over a line. */
function inputOf(): WorldInput {
  const network = assembleNetwork(orderSpec(gridSpec(6)))
  const persons = createTable(planColumns, PERSONS)
  const legs = createTable(legColumns, PERSONS)
  legs.from.fill(-1)
  for (let person = 0; person < PERSONS; person++) {
    persons.id[person] = person + 1
    persons.legFirst[person] = legs.ref[person] = person
    persons.legCount[person] = 1
    legs.kind[person] = LegKind.crowd
  }
  const people: PeopleInput = {
    crowd: hallInput(PERSONS, 3), persons, legs, parties: createTable(partyColumns, 0), taxis: createTable(taxiColumns, 0), ranks: [],
    goalNode: new Int32Array(4).fill(-1), goalStop: new Int32Array(4).fill(-1), goalDoor: new Int32Array(4).fill(-1),
    countLines: [{ id: 'across', line: [[20, 0.5], [20, 19.5]], from: 0, until: 3600 }],
  }
  return { network, trips: randomTrips(network, 300, 30, 3, true), changes: [], seed: 3, dt: 0.5, startTime: 7 * 3600, rerouteShare: 0.5, keepRight: true, people }
}

test('a crew moves traffic and crowd to the state and the measures of one thread, whatever their number, and on from a saved state', () => {
  const input = inputOf()
  const ticks = 20
  const alone = createWorld(input)
  let saved: ArrayBuffer | null = null
  for (let tick = 0; tick < ticks; tick++) {
    if (tick === 14) saved = saveWorld(alone)
    step(alone)
  }
  checkInvariants(alone)
  const report = ({ people }: World): unknown => peopleEngine().report(people!, input.dt)
  expect(alone.people!.crowd.counts[CrowdCount.inside]).toBeGreaterThan(600)
  for (const threads of [2, 7]) {
    const crew = crewOf(threads)
    const world = createWorld(input, true)
    while (world.tick < ticks) crew.step(world)
    checkInvariants(world)
    expect(stateHash(world), `${threads} threads`).toBe(stateHash(alone))
    expect(report(world)).toEqual(report(alone))
    if (threads !== 7) continue
    expect(Buffer.compare(new Uint8Array(saveWorld(world)), new Uint8Array(saveWorld(alone)))).toBe(0)
    const resumed = restoreWorld(input, saved!, true)
    while (resumed.tick < ticks) crew.step(resumed)
    expect(stateHash(resumed)).toBe(stateHash(alone))
  }
}, 60_000)
