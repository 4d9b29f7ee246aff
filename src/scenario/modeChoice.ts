import type { DemandLayer } from '../city'
import { exponential } from '../sim'
import type { ScenarioCity } from './city'
import type { EventEdit, OnFoot } from './document'
import { homeWeights } from './places'

/** Shares of those who come to a place, by what they travel with; their sum is 1. */
export interface ModeShares { readonly walk: number; readonly metro: number; readonly bus: number; readonly taxi: number; readonly car: number }

/** Way by distance in the air line; of streets and of lines alike. */
const DETOUR = 1.3
/** Yuan that a minute is worth: half of a mean wage by the minute. */
const YUAN_A_MINUTE = 0.7
/** Dispersion of the logit, 1/min: published ones for minutes in a vehicle lie between 0.03 and 0.1 (Ortúzar & Willumsen 2011, Modelling Transport, section 7). */
const SCALE = 0.06
/** Nobody walks farther, km in the air line. */
const WALK_MAX = 2.5
/** Of companies that come together, those who have a car: 4.2 million cars of 17.8 million people, 2.4 persons a company. */
const HAVE_CAR = 0.48
/** A place without a metro station: so far off, km, that nobody walks there from one. */
const NO_STATION = 50

/**
 * How people come to a place, by where they live and what serves it: a multinomial logit over generalised minutes,
 * averaged over the homes of the demand. Speeds, waits and fares are assumed (docs/assumptions.md): metro 36 km/h
 * with 0.78 transfers of 4 min and 2 yuan + 0.25 a km, bus 15 km/h, taxi and car 25 km/h, the published speed of the peaks; a
 * taxi costs 10 yuan + 2.7 a km beyond 2 km, by two persons, a car 0.6 a km and 20 for parking, by 2.4.
 */
export function modeShares({ x, y }: { readonly x: number; readonly y: number }, demand: DemandLayer, stations: readonly { readonly x: number; readonly y: number }[]): ModeShares {
  const far = (place: { readonly x: number; readonly y: number }): number => Math.sqrt((place.x - x) * (place.x - x) + (place.y - y) * (place.y - y)) / 1000
  const station = stations.reduce((near, place) => Math.min(near, far(place)), NO_STATION)
  const sums = { walk: 0, metro: 0, bus: 0, taxi: 0, car: 0 }
  for (const [end, weight] of homeWeights(demand).entries()) {
    if (weight === 0) continue
    const air = far({ x: demand.ends.x[end]!, y: demand.ends.y[end]! })
    const way = air * DETOUR
    const onWheels = (60 * way) / 25
    const odds = {
      walk: air < WALK_MAX ? likes((60 * way) / 4.8) : 0,
      metro: likes(7 + 2 + (60 * way) / 36 + 0.78 * 4 + (60 * station * DETOUR) / 4.8 + (2 + 0.25 * way) / YUAN_A_MINUTE),
      bus: likes(5 + 5 + (60 * way) / 15 + 3 + 2 / YUAN_A_MINUTE),
      taxi: likes(6 + onWheels + 3 + (10 + 2.7 * Math.max(0, way - 2)) / 2 / YUAN_A_MINUTE),
      car: likes(6 + onWheels + 5 + (20 + 0.6 * way) / 2.4 / YUAN_A_MINUTE),
    }
    const without = odds.walk + odds.metro + odds.bus + odds.taxi
    const withCar = without + odds.car
    for (const mode of ['walk', 'metro', 'bus', 'taxi'] as const) sums[mode] += weight * odds[mode] * ((1 - HAVE_CAR) / without + HAVE_CAR / withCar)
    sums.car += (weight * odds.car * HAVE_CAR) / withCar
  }
  const all = sums.walk + sums.metro + sums.bus + sums.taxi + sums.car
  const share = (sum: number): number => (all > 0 ? sum / all : 0)
  return { walk: share(sums.walk), metro: share(sums.metro), bus: share(sums.bus), taxi: share(sums.taxi), car: share(sums.car) }
}

const likes = (minutes: number): number => exponential(-SCALE * minutes)

/** An event whose shares are all known. */
export type SettledEvent = EventEdit & Required<Pick<EventEdit, 'carShare' | 'taxiShare'>> & { readonly onFoot?: OnFoot & { readonly metroShare: number } }

/** The event with the shares that it leaves open: what those given leave goes to the others in proportion to `modeShares`. */
export function settleShares(edit: EventEdit, place: { readonly x: number; readonly y: number }, { demand, stations }: Pick<ScenarioCity, 'demand' | 'stations'>): SettledEvent {
  const { carShare, taxiShare, onFoot } = edit
  const metroShare = onFoot?.metroShare
  if (carShare !== undefined && taxiShare !== undefined && (!onFoot || metroShare !== undefined)) return edit as SettledEvent
  const shares = modeShares(place, demand, stations)
  const given = [[carShare, shares.car], [taxiShare, shares.taxi], [metroShare, shares.metro]] as const
  const left = 1 - given.reduce((sum, [share]) => sum + (share ?? 0), 0)
  const open = 1 - given.reduce((sum, [share, estimate]) => sum + (share === undefined ? 0 : estimate), 0)
  // To whole thousandths, so that the last bit of no engine decides who drives.
  const settle = (share: number | undefined, estimate: number): number => share ?? (open > 0 ? Math.round((1000 * left * estimate) / open) / 1000 : 0)
  return { ...edit, carShare: settle(carShare, shares.car), taxiShare: settle(taxiShare, shares.taxi), ...(onFoot ? { onFoot: { ...onFoot, metroShare: settle(metroShare, shares.metro) } } : {}) } as SettledEvent
}
