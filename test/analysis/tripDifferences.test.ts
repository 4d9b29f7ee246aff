import { describe, expect, test } from 'vitest'
import { compareSeries, compareTrips, type NetworkSeries, type TripTimes } from '../../src/analysis'
import { uniform } from '../../src/sim'

const times = (id: number[], seconds: number[], zone = id.map(() => 5)): TripTimes =>
  ({ id: Int32Array.from(id), class: Uint8Array.from(id, each => each % 2), zone: Int32Array.from(zone), seconds: Float32Array.from(seconds), depart: Float32Array.from(id, each => 25_200 + 600 * each), metres: Float32Array.from(id, each => 1500 * each) })

describe('gains and losses of trips', () => {
  test('are paired by id, whatever the order and whoever else travels', () => {
    const baseline = times([1, 2, 3, 4, 9], [600, 300, 900, 100, 50], [5, 5, 8, 8, 8])
    const variant = times([7, 4, 3, 2, 1], [999, 100, 700, 420, 610], [5, 8, 8, 5, 5])
    const { winners, losers, unchanged, stranded, byZone, byClass } = compareTrips([baseline], [variant])
    expect({ winners, losers, unchanged, stranded }).toEqual({ winners: 1, losers: 1, unchanged: 2, stranded: 0 })
    expect(byZone).toEqual([
      { key: 8, trips: 2, hours: -200 / 3600, mean: -100, low95: null, high95: null },
      { key: 5, trips: 2, hours: 130 / 3600, mean: 65, low95: null, high95: null },
    ])
    expect(byClass.map(({ key, hours }) => [key, Math.round(hours * 3600)])).toEqual([[1, -190], [0, 120]])
  })

  test('by region, distance and half hour of departure they add up to the same; who changed most is named', () => {
    const baseline = times([1, 2, 3, 4], [600, 300, 900, 100], [5, 5, 8, -4])
    const variant = times([1, 2, 3, 4], [640, 420, 600, 1000], [5, 5, 8, -4])
    const { byRegion, byDistance, byDeparture, byZone, most } = compareTrips([baseline], [variant], zone => (zone < -1 ? -2 : zone === 8 ? 1 : 0))
    expect(byRegion.map(({ key, trips, hours }) => [key, trips, Math.round(hours * 3600)])).toEqual([[-2, 1, 900], [1, 1, -300], [0, 2, 160]])
    expect(byDistance.map(({ key, trips }) => [key, trips])).toEqual([[0, 1], [2000, 2], [5000, 1]])
    expect(byDeparture.map(({ key, trips }) => [key, trips])).toEqual([[25_200, 2], [27_000, 2]])
    for (const groups of [byRegion, byDistance, byDeparture]) expect(groups.reduce((sum, { hours }) => sum + hours, 0)).toBeCloseTo(byZone.reduce((sum, { hours }) => sum + hours, 0), 9)
    expect(most.losers.map(({ id, baseline: before, variant: after }) => [id, before, after])).toEqual([[4, 100, 1000], [2, 300, 420]])
    expect(most.winners).toEqual([{ id: 3, class: 1, zone: 8, depart: 27_000, baseline: 900, variant: 600 }])
  })

  test('who can no longer arrive is stranded, not slow; who has not set out does not count', () => {
    const result = compareTrips([times([1, 2, 3, 4], [60, Infinity, 60, NaN])], [times([1, 2, 3, 4], [Infinity, 60, 60, 60])])
    expect(result).toMatchObject({ stranded: 1, freed: 1, unchanged: 1, winners: 0, losers: 0 })
    expect(result.byZone[0]!.trips).toBe(1)
  })

  test('of a run against itself are none; the other way round they turn their sign', () => {
    const random = (purpose: number): TripTimes => {
      const ids = Array.from({ length: 400 }, (_, id) => id)
      return times(ids, ids.map(id => Math.fround(1000 * uniform(3, purpose, id, 0))), ids.map(id => id % 7))
    }
    const [a, b, c, d] = [1, 2, 3, 4].map(random) as [TripTimes, TripTimes, TripTimes, TripTimes]
    expect(compareTrips([a, b], [a, b])).toMatchObject({ winners: 0, losers: 0, unchanged: 400 })
    const there = compareTrips([a, b], [c, d]), back = compareTrips([c, d], [a, b])
    expect([there.winners, there.losers]).toEqual([back.losers, back.winners])
    for (const group of there.byZone) {
      const other = back.byZone.find(({ key }) => key === group.key)!
      expect(group.mean).toBeCloseTo(-other.mean, 9)
      expect(group.low95!).toBeCloseTo(-other.high95!, 9)
    }
    expect(there.byZone.reduce((sum, { hours }) => sum + hours, 0)).toBeCloseTo(there.byClass.reduce((sum, { hours }) => sum + hours, 0), 9)
  })
})

test('the network over time: means over seeds, intervals of the paired difference, no bin that a run lacks', () => {
  const series = (vehicles: number[], metres: number[]): NetworkSeries => ({ startTime: 25200, binSeconds: 300, vehicles, metres })
  const [first, second, rest] = compareSeries([series([100, 0, 3], [300_000, 0, 1]), series([120, 0, 3], [360_000, 0, 1])], [series([110, 5], [300_000, 1500]), series([130, 7], [360_000, 2100])])
  expect(rest).toBeUndefined()
  expect(first).toEqual({ time: 25500, baseline: { vehicles: 110, speed: 36 }, variant: { vehicles: 120, speed: 33 }, difference: { mean: 10, low95: 10, high95: 10 } })
  expect(second!.baseline).toEqual({ vehicles: 0, speed: null })
  expect(second!.difference.mean).toBe(6)
})
