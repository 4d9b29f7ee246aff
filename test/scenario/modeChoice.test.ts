import { readFile } from 'node:fs/promises'
import { beforeAll, expect, test } from 'vitest'
import { readPack } from '../../src/city'
import { loadScenarioCity, modeShares, settleShares, type EventEdit, type ModeShares, type ScenarioCity } from '../../src/scenario'

const folder = new URL('../../assets/shenzhen/', import.meta.url)
let city: ScenarioCity
beforeAll(async () => { city = await loadScenarioCity(await readPack(async file => new Uint8Array(await readFile(new URL(file, folder))))) })

const square = { x: 750, y: 120 }
const at = (place = square, stations: readonly { readonly x: number; readonly y: number }[] = city.stations): ModeShares => modeShares(place, city.demand, stations)
const sum = ({ walk, metro, bus, taxi, car }: ModeShares): number => walk + metro + bus + taxi + car
const event: EventEdit = { kind: 'event', id: 'e', enabled: true, window: { start: '19:00', end: '20:00' }, venue: 'civic-center', attendance: 100, personsPerCar: 2.4 }

test('shares of all modes add up to 1, and none is missing from the middle of the city', () => {
  const shares = at()
  expect(sum(shares)).toBeCloseTo(1, 12)
  expect(Math.min(...Object.values(shares))).toBeGreaterThan(0.01)
  // Public transport carries 57.9 % of motorised travel in the peaks (Shenzhen Daily, 2024); to a square with its own station rather more.
  const { metro, bus, taxi, car } = shares
  expect((metro + bus) / (metro + bus + taxi + car)).toBeGreaterThan(0.55)
})

test('a station farther off takes riders from the metro and gives them to all others; without any, nobody rides', () => {
  const shares = [0, 500, 1000, 2000].map(off => at(square, [{ x: square.x + off, y: square.y }]))
  for (let k = 1; k < shares.length; k++) {
    expect(shares[k]!.metro).toBeLessThan(shares[k - 1]!.metro)
    for (const mode of ['walk', 'bus', 'taxi', 'car'] as const) expect(shares[k]![mode]).toBeGreaterThan(shares[k - 1]![mode])
  }
  expect(at(square, []).metro).toBeLessThan(1e-6)
})

test('far from everybody nobody walks', () => {
  expect(at({ x: square.x, y: square.y - 60_000 }).walk).toBe(0)
})

test('shares that are given stay; those left open share what remains as they would anyway', () => {
  const shares = at()
  const all = settleShares({ ...event, onFoot: {} }, square, city)
  expect([all.carShare, all.taxiShare, all.onFoot!.metroShare]).toEqual([shares.car, shares.taxi, shares.metro].map(share => Math.round(share * 1000) / 1000))
  const some = settleShares({ ...event, carShare: 0.5, onFoot: {} }, square, city)
  expect(some.carShare).toBe(0.5)
  expect(some.taxiShare / some.onFoot!.metroShare).toBeCloseTo(shares.taxi / shares.metro, 1)
  expect(some.carShare + some.taxiShare + some.onFoot!.metroShare).toBeLessThan(1)
  const given = { ...event, carShare: 0.1, taxiShare: 0.2 }
  expect(settleShares(given, square, city)).toBe(given)
})
