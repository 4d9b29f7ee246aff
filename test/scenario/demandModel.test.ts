import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EndKind, PROFILE_SLOTS } from '../../src/city'
import { connectedLinks } from '../../src/city/layers/compile/demand/connected'
import { deterrence, gravityMatrix } from '../../src/city/layers/compile/demand/gravity'
import { hoursAll, hoursFromWork, hoursToWork, parameters } from '../../src/city/layers/compile/demand/parameters'
import { hoursOther, quarters } from '../../src/city/layers/compile/demand/profiles'
import { openPackFolder } from '../../src/city/node'
import { compileInCity, loadScenarioCity, type Scenario } from '../../src/scenario'
import { assembleNetwork, findRoute, straightSpec, VehicleClass } from '../../src/sim'
import { gridCity, gridNetwork, gridScenario } from './gridCity'

describe('gravity model', () => {
  const productions = Float64Array.from([3, 1, 2])
  const attractions = Float64Array.from([1, 4, 1])
  const distances = Float64Array.from([500, 2000, 4000, 2000, 500, 3000, 4000, 3000, 500])
  const trips = gravityMatrix(productions, attractions, distances, { power: 0.5, shape: 0.7, scale: 3 }, 200)

  test('rows and columns meet their totals', () => {
    for (let i = 0; i < 3; i++) {
      expect(trips[i * 3]! + trips[i * 3 + 1]! + trips[i * 3 + 2]!).toBeCloseTo(productions[i]! / 6, 9)
      expect(trips[i]! + trips[3 + i]! + trips[6 + i]!).toBeCloseTo(attractions[i]! / 6, 9)
    }
  })

  // The cross ratio of a doubly constrained model is that of its deterrence (Ortúzar & Willumsen, ch. 5).
  test('cross ratios are those of the deterrence', () => {
    const f = (i: number, j: number): number => deterrence(distances[i * 3 + j]!, { power: 0.5, shape: 0.7, scale: 3 })
    expect((trips[0]! * trips[4]!) / (trips[1]! * trips[3]!)).toBeCloseTo((f(0, 0) * f(1, 1)) / (f(0, 1) * f(1, 0)), 6)
  })

  test('e^-1 per km where only the exponential counts', () => {
    expect(deterrence(3000, { power: 0, shape: 1, scale: 1 }) / deterrence(2000, { power: 0, shape: 1, scale: 1 })).toBeCloseTo(1 / Math.E, 12)
  })
})

describe('profiles', () => {
  test.each([['all', hoursAll], ['to work', hoursToWork], ['from work', hoursFromWork], ['other', hoursOther()]])('%s: quarters keep the shares of the hours', (_, hours) => {
    const weights = quarters(hours)
    expect(weights.length).toBe(PROFILE_SLOTS)
    const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0)
    // Morning against evening, within the smoothing.
    expect(sum(weights.slice(24, 44)) / sum(weights)).toBeCloseTo(sum(hours.slice(6, 11)) / sum(hours), 1)
  })

  test('shares of the purposes add up to 1', () => expect(Object.values(parameters.purposeShares).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12))
})

describe('what is connected', () => {
  test('a grid is; a one-way road is not, for nobody can come back', () => {
    expect(connectedLinks(gridNetwork()).links.length).toBeGreaterThan(40)
    const { links, leadsIn, isReached } = connectedLinks(assembleNetwork(straightSpec(1000, { parts: 3 })))
    expect(links.length).toBe(1)
    expect(leadsIn[0]! + isReached[0]!).toBeGreaterThan(0)
  })
})

test('on a grid without edits every trip has a route', () => {
  const city = gridCity()
  const outcome = compileInCity(gridScenario(), city)
  if (!outcome.ok) throw new Error('does not compile')
  const { trips } = outcome.value
  for (let row = 0; row < trips.rows; row += Math.ceil(trips.rows / 25)) {
    expect(findRoute(city.network, trips.originLink[row]!, trips.destinationLink[row]!, VehicleClass.car).length, `trip ${trips.id[row]}`).toBeGreaterThan(0)
  }
})

const folder = resolve(import.meta.dirname, '../../assets/shenzhen')
describe.skipIf(!existsSync(folder))('the default city', async () => {
  const city = await loadScenarioCity(await openPackFolder(folder))
  const { demand, network } = city

  test('zones and gateways have places on links that lead everywhere', () => {
    const connected = new Set(demand.connected.link)
    expect(connected.size / network.links.rows).toBeGreaterThan(0.95)
    let zones = 0
    for (let end = 0; end < demand.ends.rows; end++) {
      if (demand.ends.kind[end] !== EndKind.zone) continue
      zones++
      for (let use = 0; use < 3; use++) {
        const first = demand.endUses.placeFirst[end * 3 + use]!
        const count = demand.endUses.placeCount[end * 3 + use]!
        expect(count).toBeGreaterThan(0)
        for (let place = first; place < first + count; place++) expect(connected.has(demand.places.link[place]!)).toBe(true)
      }
    }
    expect(zones).toBeGreaterThan(60)
  })

  test('the morning peak: trips by the tens of thousands, most in cars, taxis a fifth, the same each time', () => {
    const peak = { ...gridScenario({ city: city.id, seed: 1 }), window: { start: '07:00', end: '09:00' } } satisfies Scenario
    const [a, b] = [compileInCity(peak, city), compileInCity(peak, city)]
    if (!a.ok || !b.ok) throw new Error('does not compile')
    expect(Buffer.from(a.value.trips.buffer as ArrayBuffer).equals(Buffer.from(b.value.trips.buffer as ArrayBuffer))).toBe(true)
    const { trips } = a.value
    expect(trips.rows).toBeGreaterThan(50_000)
    const share = (kind: number): number => Array.from(trips.class).filter(each => each === kind).length / trips.rows
    expect(share(VehicleClass.car)).toBeGreaterThan(0.6)
    expect(share(VehicleClass.taxi)).toBeGreaterThan(0.08)
    expect(share(VehicleClass.bus)).toBeGreaterThan(0.005)
    // No street is asked for more vehicles than can enter it: 1,900 an hour and lane.
    const departures = new Map<number, number>()
    for (let row = 0; row < trips.rows; row++) if (trips.departTick[row]! >= 60) departures.set(trips.originLink[row]!, (departures.get(trips.originLink[row]!) ?? 0) + 1)
    for (const [link, count] of departures) expect(count / 2 / network.links.laneCount[link]!, network.strings[network.links.id[link]!]!).toBeLessThan(1900)
  })
})
