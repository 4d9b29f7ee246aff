import { describe, expect, test } from 'vitest'
import { connectedLinks } from '../../src/city/layers/compile/demand/connected'
import { findGateways } from '../../src/city/layers/compile/demand/cordon'
import { fitToRoads } from '../../src/city/layers/compile/demand/fitToRoads'
import { hourOfTrips } from '../../src/city/layers/compile/demand/hourOfTrips'
import { innerWays } from '../../src/city/layers/compile/demand/innerWays'
import { hoursFromWork, hoursToWork, parameters } from '../../src/city/layers/compile/demand/parameters'
import { normal } from '../../src/city/layers/compile/demand/profiles'
import type { DemandContent } from '../../src/city/layers/compile/demand/writeDemand'
import { assembleNetwork, createHourLoad, createRoutePlanner, gridSpec, hopSaturation, loadHour, planRoute, Purpose, VehicleClass } from '../../src/sim'

/** Two zones on a signalised grid of 3 x 3, each with four streets, and its gateways. */
function grid(perDay: number) {
  const network = assembleNetwork(gridSpec(3))
  const connected = connectedLinks(network)
  const gateways = findGateways(network, connected)
  const places = [0, 1].map(side => [...connected.links].slice(side * 4, side * 4 + 4).map(link => ({ link, weight: 1 })))
  const ends = 2 + gateways.length
  const matrix = (): Float64Array => Float64Array.from({ length: ends * ends }, (_, cell) => (Math.floor(cell / ends) === cell % ends ? 0 : perDay))
  const spec = (name: string, hours: readonly number[]) =>
    ({ name, purpose: Purpose.commute, originUse: 0, destinationUse: 0, hours, classes: { car: 1, taxi: 0, bus: 0 } })
  const content: DemandContent = {
    zones: places.map((list, id) => ({ id, x: 0, y: 0, places: [list, list, list] })), gateways,
    specs: [spec('toWork', hoursToWork), spec('fromWork', hoursFromWork)], trips: [matrix(), matrix()], volume: 1,
  }
  return { network, content, gateways, places }
}
const total = (matrices: readonly Float64Array[]): number => matrices.reduce((sum, matrix) => matrix.reduce((a, b) => a + b, sum), 0)

describe('an hour of trips', () => {
  test('has as many as the matrices and their profiles say, evenly over the cells', () => {
    const { content } = grid(40)
    const drawn = hourOfTrips(content, 8)
    const expected = content.specs.map(({ hours }, at) => total([content.trips[at]!]) * normal(hours)[8]!)
    for (const [at, count] of expected.entries()) {
      // Only trips that would start and end on one street are left out.
      const found = drawn.matrix.filter(matrix => matrix === at).length
      expect(found).toBeLessThanOrEqual(Math.ceil(count))
      expect(found).toBeGreaterThan(0.95 * count - 1)
    }
    const ofCell = new Map<number, number>()
    for (const [row, cell] of drawn.cell.entries()) if (drawn.matrix[row] === 0) ofCell.set(cell, (ofCell.get(cell) ?? 0) + 1)
    for (const count of ofCell.values()) expect(Math.abs(count - 40 * normal(hoursToWork)[8]!)).toBeLessThanOrEqual(2)
  })
})

describe('demand and roads', () => {
  test('what the roads can carry stays as it is', () => {
    const { network, content } = grid(3)
    const { trips, heldBack } = fitToRoads(network, content)
    expect(heldBack).toBeCloseTo(0, 9)
    for (const [at, matrix] of trips.entries()) for (const [cell, perDay] of matrix.entries()) expect(perDay).toBeCloseTo(content.trips[at]![cell]!, 9)
  })

  test('of too much just so much goes that the fullest turn comes down to what it can carry, and nothing is added', () => {
    const { network, content } = grid(300)
    /** Share of the trips whose way leads over a turn with a tenth more than it can carry, and the fullest turn of all. */
    const overloaded = (trips: readonly Float64Array[]): { share: number; most: number } => {
      const planner = createRoutePlanner(network)
      const load = createHourLoad(planner, hourOfTrips({ ...content, trips }, 8))
      loadHour(load, 12)
      const saturation = hopSaturation(network, planner.index, load.flow)
      const over = load.ways.filter(way => way.some(hop => saturation[hop]! > 1.1 * parameters.saturationMax)).length
      return { share: over / load.ways.length, most: saturation.reduce((a, b) => Math.max(a, b), 0) }
    }
    const before = overloaded(content.trips)
    const { trips, heldBack, saturatedBefore, saturatedAfter } = fitToRoads(network, content)
    const after = overloaded(trips)
    expect(before.share).toBeGreaterThan(0.6)
    expect(after.share).toBeLessThan(0.2)
    expect(after.most).toBeGreaterThan(0.8 * parameters.saturationMax)
    expect(saturatedAfter).toBeLessThan(saturatedBefore)
    expect(heldBack).toBeGreaterThan(0)
    expect(heldBack).toBeCloseTo(1 - total(trips) / total(content.trips), 9)
    for (const [at, matrix] of trips.entries()) for (const [cell, perDay] of matrix.entries()) expect(perDay).toBeLessThanOrEqual(content.trips[at]![cell]! + 1e-9)
  })

  test('twice the same', () => {
    const [a, b] = [grid(60), grid(60)]
    expect(fitToRoads(a.network, a.content)).toEqual(fitToRoads(b.network, b.content))
    expect(Array.from(a.network.stages.green)).toEqual(Array.from(b.network.stages.green))
  })
})

test('ways between gateways and zones are as long as the quickest ways on the roads', () => {
  const { network, gateways, places } = grid(1)
  const linkPart = new Int32Array(network.links.rows).fill(-1)
  for (const [part, list] of places.entries()) for (const { link } of list) linkPart[link] = part
  const { into, out, between } = innerWays(network, gateways, linkPart, 3)
  const planner = createRoutePlanner(network)
  const metres = (from: number, to: number): number => planRoute(planner, from, to, VehicleClass.car)!.metres
  for (const [g, { inLink, outLink }] of gateways.entries()) {
    const mean = (of: (link: number) => number): number => places[1]!.reduce((sum, { link }) => sum + of(link), 0) / places[1]!.length
    expect(into[gateways.length + g]).toBeCloseTo(mean(link => metres(inLink, link)), 6)
    expect(out[gateways.length + g]).toBeCloseTo(mean(link => metres(link, outLink)), 6)
    // A part without streets is out of reach.
    expect(into[2 * gateways.length + g]).toBe(Infinity)
    expect(between[g * gateways.length + g]).toBe(Infinity)
  }
  expect(between[1]).toBeCloseTo(metres(gateways[0]!.inLink, gateways[1]!.outLink), 6)
})
