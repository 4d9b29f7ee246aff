import type { TracedTrip } from '../../analysis'
import type { CityModel } from './cityModel'
import { roadName } from './places'

/** What a journey spends on one road, s; null = it does not use it. */
interface Spent { readonly seconds: number; readonly delay: number }
export interface JourneyLeg { readonly road: string | null; readonly baseline: Spent | null; readonly variant: Spent | null }

/** Roads of a journey in the order of its way with the changes, then those that it takes only without them. A road without a name is told with the others of its kind. */
export function journeyLegs(city: CityModel, baseline: TracedTrip | null, variant: TracedTrip | null): JourneyLeg[] {
  const sides = [baseline, variant].map(trip => {
    const roads = new Map<string | null, Spent>()
    for (const { link, seconds, free } of trip?.links ?? []) {
      const road = roadName(city, link)?.name ?? null
      const before = roads.get(road) ?? { seconds: 0, delay: 0 }
      roads.set(road, { seconds: before.seconds + seconds, delay: before.delay + Math.max(0, seconds - free) })
    }
    return roads
  })
  const [before, after] = sides as [Map<string | null, Spent>, Map<string | null, Spent>]
  return [...new Set([...after.keys(), ...before.keys()])].map(road => ({ road, baseline: before.get(road) ?? null, variant: after.get(road) ?? null }))
}
