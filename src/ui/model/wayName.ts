import type { TFunction } from 'i18next'
import type { CityArea } from '../../city'
import type { AreaWay } from '../../scenario'
import { language } from '../i18n'
import { session } from '../session'
import { linkName, type CityModel } from './cityModel'
import { namePair } from './places'
import { middle, nearestOnRings, octantOf, type Point } from './walkGround'

const ROAD_WITHIN = 90 // m from a way at which a road is the one that it leads to

/** A way of an area by its kind and number, and the street that it leads to; with the name of its area, unless it is told `short`. */
export function wayName(way: AreaWay, area: CityArea, t: TFunction, short = false): string {
  const number = wayNumber(way)
  const street = way.kind === 'portal' && session.city ? streetOf(way, area, session.city) : null
  const name = street && session.city
    ? t('way.street', { number, road: namePair(session.city.pack, street.road).name, side: t(`side.${street.side}`) })
    : t(`way.${way.kind}`, { number })
  return short ? name : t('way.of', { way: name, area: areaName(area) })
}

/** The number that a way has in its area, and on the map. */
export const wayNumber = ({ id }: AreaWay): string => /(\d+)$/.exec(id)?.[1] ?? ''

/** Name of an area in the language of the page. */
export const areaName = ({ name, nameEn }: Pick<CityArea, 'name' | 'nameEn'>): string => (language() === 'en' && nameEn ? nameEn : name)

interface Street { readonly road: string; /** Of the area, octant clockwise from north. */ readonly side: number }
const streets = new WeakMap<CityArea, ReadonlyMap<string, Street>>()

function streetOf({ id }: AreaWay, area: CityArea, city: CityModel): Street | null {
  let known = streets.get(area)
  if (!known) {
    known = streetsAround(area, city)
    streets.set(area, known)
  }
  return known.get(`${id.slice(id.indexOf('/') + 1)}`) ?? null
}

/** The nearest named road to each portal of an area. */
function streetsAround({ portals }: CityArea, { network }: CityModel): Map<string, Street> {
  const places = portals.map(({ at }): Point => at)
  const xs = places.map(([x]) => x), ys = places.map(([, y]) => y), centre = middle(places)
  const [west, east, south, north] = [Math.min(...xs) - ROAD_WITHIN, Math.max(...xs) + ROAD_WITHIN, Math.min(...ys) - ROAD_WITHIN, Math.max(...ys) + ROAD_WITHIN]
  const { links, points } = network
  const roads: { readonly name: string; readonly line: readonly Point[] }[] = []
  for (let link = 0; link < links.rows; link++) {
    if (links.name[link]! < 0) continue
    const first = links.pointFirst[link]!
    const line = Array.from({ length: links.pointCount[link]! }, (_, at): Point => [points.x[first + at]!, points.y[first + at]!])
    if (line.some(([x, y]) => x > west && x < east && y > south && y < north)) roads.push({ name: linkName(network, link)!, line })
  }
  return new Map(portals.flatMap(({ goal, at }): [string, Street][] => {
    let best = '', least = ROAD_WITHIN
    for (const { name, line } of roads) {
      for (let k = 0; k + 1 < line.length; k++) {
        const { distance } = nearestOnRings([[line[k]!, line[k + 1]!]], at)
        if (distance < least) { least = distance; best = name }
      }
    }
    return best ? [[goal, { road: best, side: octantOf(at[0] - centre[0], at[1] - centre[1]) }]] : []
  }))
}
