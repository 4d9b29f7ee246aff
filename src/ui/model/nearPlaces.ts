import { nearNames } from '../../city'
import type { CityModel, PlaceHit } from './cityModel'
import { openPlaces, placeOf } from './places'

/** Places whose names are nearly what was asked for, for what is not found. */
export async function findNear(city: CityModel, query: string, count: number): Promise<readonly PlaceHit[]> {
  return nearNames(await openPlaces(city.pack), query, count).map(hit => placeOf(city, hit))
}
