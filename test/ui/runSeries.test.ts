import { expect, test } from 'vitest'
import type { RunTotals } from '../../src/sim'
import { runSeries } from '../../src/ui/model/runSeries'

/** A steady city, a moment every 4 s: 90 vehicles at 36 km/h, 10 that wait, an arrival every two seconds. */
const steady = (count: number): RunTotals[] => Array.from({ length: count }, (_, at) => {
  const hours = (4 * at) / 3600
  return { tick: 8 * at, departures: 0, inserted: 0, arrived: 2 * at, running: 90, waiting: 10, unreachable: 0, interventions: 0, missedTurns: 0, reroutes: 0, vehicleHours: 100 * hours, waitingHours: 10 * hours, vehicleKm: 36 * 90 * hours, vehicleUpdates: 0 }
})

test('a steady city gives flat curves, however many moments are drawn together', () => {
  for (const count of [2, 30, 1800]) {
    const points = runSeries(steady(count), 25_200, 0.5)
    expect(points.length).toBeLessThanOrEqual(240)
    expect(points.at(-1)!.time).toBe(25_200 + 4 * (count - 1))
    for (const { vehicles, waiting, speed, arrivals } of points.slice(1)) {
      expect([vehicles, waiting]).toEqual([90, 10])
      expect(speed).toBeCloseTo(36, 6)
      expect(arrivals).toBeCloseTo(30, 6)
    }
  }
})

test('speed and arrivals follow within a minute what changes', () => {
  const moments = steady(60).map((each, at) => (at < 30 ? each : { ...each, arrived: 2 * 29 }))
  const points = runSeries(moments, 0, 0.5)
  expect(points[29]!.arrivals).toBeCloseTo(30, 6)
  expect(points[59]!.arrivals).toBe(0)
  expect(points[37]!.arrivals).toBeGreaterThan(0)
})

test('nothing recorded is no curve; where nobody has driven there is no speed', () => {
  expect(runSeries([], 0, 0.5)).toEqual([])
  expect(runSeries(steady(1), 0, 0.5)).toMatchObject([{ speed: null, arrivals: 0 }])
})
