import { expect, test } from 'vitest'
import { assembleNetwork, crossSpec, createWorld, randomTrips, stateHash, totals, tripResults } from '../../src/sim'
import { inputOf, mean, run, travelTimes } from './support'

/**
 * What a tiny network does today: it records behaviour, not truth. After a change of the engine `npx vitest run
 * test/sim/golden.test.ts -u` rewrites it. Look at the difference before it is committed: a new hash alone is expected
 * of any change of behaviour; mean time, kilometres, or interventions that move by more than a percent or two want an
 * explanation in the commit message.
 */
test('ten minutes at one signalised crossing', () => {
  const network = assembleNetwork(crossSpec())
  const world = run(createWorld(inputOf(network, randomTrips(network, 400, 1200, 1), { seed: 1 })), 1200)
  const { departures, inserted, arrived, running, waiting, unreachable, interventions, missedTurns, vehicleKm, vehicleHours } = totals(world)
  expect({
    departures, inserted, arrived, running, waiting, unreachable, interventions, missedTurns,
    vehicleKm: vehicleKm.toFixed(3), vehicleHours: vehicleHours.toFixed(3),
    travelTimeMean: mean(travelTimes(world).filter(Number.isFinite)).toFixed(2),
    freeFlowTimeMean: mean([...tripResults(world).freeFlowTime].filter(time => time > 0)).toFixed(2),
    stateHash: stateHash(world),
  }).toMatchInlineSnapshot(`
    {
      "arrived": 361,
      "departures": 400,
      "freeFlowTimeMean": "52.08",
      "inserted": 400,
      "interventions": 0,
      "missedTurns": 0,
      "running": 39,
      "stateHash": "50444c4945359447",
      "travelTimeMean": "58.31",
      "unreachable": 0,
      "vehicleHours": "6.240",
      "vehicleKm": "204.228",
      "waiting": 0,
    }
  `)
})
